//! Types of index fields: how a person writes a value, how it is kept, how it is shown.

mod dinero;
mod email;
mod entero;
mod fecha;
mod iban;
mod logico;
mod matricula;
mod nif;
mod opcion;
mod telefono;
mod vin;

pub use fecha::{parse as parse_fecha, show as show_fecha};

use crate::Valor;
use crate::modelo::CampoIndice;
use crate::query::FieldKind;
use crate::texto::clean_line;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Longest text of a field, in characters.
pub const TEXTO_MAX: usize = 200;

/// What an index field holds. To add one: a variant here, its module, its arms in [`parse`], [`check`], [`show`] and [`TipoCampo::kind`], a
/// line in `docs/indice.md`.
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

impl TipoCampo {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Texto,
        Self::Entero,
        Self::Dinero,
        Self::Fecha,
        Self::Logico,
        Self::Opcion,
        Self::Nif,
        Self::Vin,
        Self::Matricula,
        Self::Iban,
        Self::Telefono,
        Self::Email,
    ];

    /// How the search language asks about it.
    pub fn kind(self) -> FieldKind {
        match self {
            Self::Texto | Self::Email => FieldKind::Text,
            Self::Nif | Self::Vin | Self::Matricula | Self::Iban | Self::Telefono => FieldKind::Code,
            Self::Entero => FieldKind::Number,
            Self::Dinero => FieldKind::Money,
            Self::Fecha => FieldKind::Date,
            Self::Logico => FieldKind::Flag,
            Self::Opcion => FieldKind::Choice,
        }
    }

    /// Whether its values take part in the search by free words. Bank accounts do not: they are looked for by their field.
    pub fn is_searched(self) -> bool {
        matches!(self.kind(), FieldKind::Text | FieldKind::Code) && self != Self::Iban
    }
}

/// A value read from what a person wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leido {
    /// Normalised; `None` when the text was blank.
    pub valor: Option<Valor>,
    /// Something odd that is accepted all the same (an old provincial plate): one Spanish sentence.
    pub aviso: Option<String>,
}

impl Leido {
    fn of(valor: impl Into<Valor>) -> Self {
        Self { valor: Some(valor.into()), aviso: None }
    }

    fn empty() -> Self {
        Self { valor: None, aviso: None }
    }
}

/// Why a text is no value of its field: one Spanish sentence with what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CampoError(pub String);

impl CampoError {
    fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

type Result<T> = std::result::Result<T, CampoError>;

/// Reads what a person wrote into a field. `today` gives the year to a day without one.
pub fn parse(campo: &CampoIndice, texto: &str, today: Date) -> Result<Leido> {
    let texto = clean_line(texto);
    let texto = texto.trim();
    if texto.is_empty() {
        return Ok(Leido::empty());
    }
    if texto.chars().count() > TEXTO_MAX {
        return Err(CampoError::new(format!("Es demasiado largo; escriba {TEXTO_MAX} caracteres como mucho.")));
    }
    match campo.tipo {
        TipoCampo::Texto => Ok(Leido::of(texto)),
        TipoCampo::Entero => entero::parse(texto).map(Leido::of),
        TipoCampo::Dinero => dinero::parse(texto).map(Leido::of),
        TipoCampo::Fecha => fecha::parse(texto, today).map(|day| Leido::of(day.to_string().as_str())),
        TipoCampo::Logico => logico::parse(texto).map(Leido::of),
        TipoCampo::Opcion => opcion::parse(campo, texto).map(Leido::of),
        TipoCampo::Nif => nif::parse(texto).map(|nif| Leido::of(nif.as_str())),
        TipoCampo::Vin => vin::parse(texto).map(|vin| Leido::of(vin.as_str())),
        TipoCampo::Matricula => matricula::parse(texto),
        TipoCampo::Iban => iban::parse(texto).map(|iban| Leido::of(iban.as_str())),
        TipoCampo::Telefono => telefono::parse(texto).map(|number| Leido::of(number.as_str())),
        TipoCampo::Email => email::parse(texto).map(|address| Leido::of(address.as_str())),
    }
}

/// Checks a value that came over the wire: right JSON type, normalised, within limits.
pub fn check(campo: &CampoIndice, valor: &Valor) -> Result<Leido> {
    match (campo.tipo, valor) {
        (TipoCampo::Entero | TipoCampo::Dinero, Valor::Entero(n)) => dinero::within(*n).map(Leido::of),
        (TipoCampo::Logico, Valor::Logico(b)) => Ok(Leido::of(*b)),
        (TipoCampo::Fecha, Valor::Texto(text)) => match fecha::parse_iso(text) {
            Some(day) => Ok(Leido::of(day.to_string().as_str())),
            None => Err(CampoError::new("Se espera una fecha ISO, como 2026-11-03.")),
        },
        (TipoCampo::Opcion, Valor::Texto(text)) if campo.opciones.iter().any(|o| &o.id == text) => {
            Ok(Leido::of(text.as_str()))
        }
        (TipoCampo::Opcion, _) => Err(opcion::unknown(campo)),
        (TipoCampo::Entero | TipoCampo::Dinero | TipoCampo::Logico | TipoCampo::Fecha, _) => {
            Err(CampoError::new("El valor no es del tipo de este campo."))
        }
        (_, Valor::Texto(text)) => parse(campo, text, Date::ZERO),
        _ => Err(CampoError::new("El valor no es del tipo de este campo: se espera texto.")),
    }
}

/// A value as people read it: `27.480,00 €`, `03/11/2026`, `sí`, the option's name.
pub fn show(campo: &CampoIndice, valor: &Valor) -> String {
    match (campo.tipo, valor) {
        (TipoCampo::Dinero, Valor::Entero(cents)) => dinero::show(*cents),
        (TipoCampo::Iban, Valor::Texto(text)) => iban::show(text),
        (TipoCampo::Opcion, Valor::Texto(id)) => opcion::show(campo, id),
        _ => edit_text(campo, valor),
    }
}

/// A value as one edits it: `27480,00`, `03/11/2026`; [`parse`] reads it back to the same value.
pub fn edit_text(campo: &CampoIndice, valor: &Valor) -> String {
    match (campo.tipo, valor) {
        (TipoCampo::Dinero, Valor::Entero(cents)) => dinero::edit_text(*cents),
        (TipoCampo::Fecha, Valor::Texto(text)) => fecha::show(text),
        (TipoCampo::Opcion, Valor::Texto(id)) => opcion::show(campo, id),
        (_, Valor::Texto(text)) => text.clone(),
        (_, Valor::Entero(n)) => n.to_string(),
        (_, Valor::Logico(b)) => logico::show(*b).to_owned(),
    }
}

/// Letters and digits of what was written, in capitals: spaces (also those that do not break), dots and hyphens are how people group them.
fn compact(texto: &str) -> String {
    let is_grouping = |c: char| c.is_whitespace() || matches!(c, '.' | '-' | '/' | '_');
    texto.chars().filter(|c| !is_grouping(*c)).flat_map(char::to_uppercase).collect()
}
