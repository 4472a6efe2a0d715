//! One of a field's options.

use super::{CampoError, Result};
use crate::Valor;
use crate::modelo::CampoIndice;
use crate::texto::fold;

/// Reads an option by id, by name, or by the beginning of one when it is the only one that begins so.
pub fn parse(campo: &CampoIndice, texto: &str) -> Result<Valor> {
    let wanted = fold(texto);
    let whole = campo.opciones.iter().find(|o| o.id == wanted || fold(&o.nombre) == wanted);
    if let Some(option) = whole {
        return Ok(Valor::Texto(option.id.clone()));
    }
    let mut beginning =
        campo.opciones.iter().filter(|o| o.id.starts_with(&wanted) || fold(&o.nombre).starts_with(&wanted));
    match (beginning.next(), beginning.next()) {
        (Some(option), None) => Ok(Valor::Texto(option.id.clone())),
        _ => Err(unknown(campo)),
    }
}

/// Names the options there are.
pub fn unknown(campo: &CampoIndice) -> CampoError {
    let names: Vec<&str> = campo.opciones.iter().map(|o| o.nombre.as_str()).collect();
    CampoError::new(format!("Elija una de las opciones: {}.", names.join(", ")))
}

/// The option's name; its id when the configuration no longer has it.
pub fn show(campo: &CampoIndice, id: &str) -> String {
    campo.opciones.iter().find(|o| o.id == id).map_or_else(|| id.to_owned(), |o| o.nombre.clone())
}
