//! Whether a modelo makes sense as a whole; the service adds file and line.

use super::Modelo;

/// Something wrong in a modelo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problema {
    /// Where, as a path of the configuration: `documento.3.fase` (tables count from 0).
    pub ruta: String,
    /// What is wrong and what to do, one Spanish sentence.
    pub mensaje: String,
}

/// All that is wrong in a modelo; empty when it can be applied.
pub fn check(_modelo: &Modelo) -> Vec<Problema> {
    Vec::new()
}
