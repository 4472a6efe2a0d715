//! Types of index fields: how a person writes a value, how it is kept, how it is shown.

use crate::Valor;
use crate::modelo::CampoIndice;
use serde::{Deserialize, Serialize};

/// What an index field holds. To add one: a variant here, its module, its arm in [`parse`] and [`show`], and a line in `docs/campos.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TipoCampo {
    /// One line of text.
    Texto,
    /// A whole number.
    Entero,
    /// Euros, kept in cents.
    Dinero,
    /// A day.
    Fecha,
    /// Yes or no.
    Logico,
    /// One of the field's options.
    Opcion,
    /// NIF, NIE or CIF.
    Nif,
    /// Vehicle identification number, ISO 3779.
    Vin,
    /// Registration plate.
    Matricula,
    /// Bank account, ISO 13616.
    Iban,
    /// Telephone.
    Telefono,
    /// E-mail address.
    Email,
}

/// A value read from what a person wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leido {
    /// Normalised; `None` when the text was blank.
    pub valor: Option<Valor>,
    /// Something odd that is accepted all the same (an old provincial plate, a VIN without check digit): one Spanish sentence.
    pub aviso: Option<String>,
}

/// Why a text is no value of its field: one Spanish sentence with what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CampoError(pub String);

/// Reads what a person wrote into a field.
pub fn parse(_campo: &CampoIndice, _texto: &str) -> Result<Leido, CampoError> {
    Err(CampoError("sin construir".into()))
}

/// Checks a value that came over the wire: right type, normalised, within limits.
pub fn check(_campo: &CampoIndice, _valor: &Valor) -> Result<Leido, CampoError> {
    Err(CampoError("sin construir".into()))
}

/// A value as people read it: `27.480,00 €`, `03/11/2026`, `sí`, the option's name.
pub fn show(_campo: &CampoIndice, _valor: &Valor) -> String {
    String::new()
}

/// A value as one edits it: `27480,00`, `03/11/2026`; [`parse`] reads it back to the same value.
pub fn edit_text(_campo: &CampoIndice, _valor: &Valor) -> String {
    String::new()
}
