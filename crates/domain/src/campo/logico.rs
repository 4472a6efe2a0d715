//! Yes or no.

use super::{CampoError, Result};
use crate::texto::fold;

/// Reads `sí`, `s`, `no`, `n`, `x`, `1`, `0`…
pub fn parse(texto: &str) -> Result<bool> {
    match fold(texto).as_str() {
        "si" | "s" | "x" | "1" | "true" | "yes" | "y" => Ok(true),
        "no" | "n" | "0" | "false" => Ok(false),
        _ => Err(CampoError::new("Escriba sí o no.")),
    }
}

/// `sí` or `no`.
pub fn show(b: bool) -> &'static str {
    if b { "sí" } else { "no" }
}
