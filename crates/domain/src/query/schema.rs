//! Which fields a query may name, and of what kind each is.

use super::Field;
use crate::modelo::Modelo;

/// Fields every expediente has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BuiltIn {
    /// `numero`: the expediente's number, text.
    Numero,
    /// `fase`: slug or name of a fase.
    Fase,
    /// `docs`: how many documents it has.
    Docs,
    /// `faltan`: how many required documents of its fase and earlier ones are not validated.
    Faltan,
    /// `estado`: it has a document in this state (`pendiente`, `validado`, `rechazado`).
    Estado,
    /// `asesor`: user name or words of the person's name.
    Asesor,
    /// `aviso`: `si` when it has an open aviso.
    Aviso,
    /// `cerrado`: `si` when it is in its last fase.
    Cerrado,
}

/// The kind of a field decides which tests it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Words, phrases, parts.
    Text,
    /// Numbers and plates (NIF, VIN, IBAN, telephone, plate, the expediente's number): people search by their last characters, so three or
    /// more are looked for anywhere.
    Code,
    /// Whole numbers.
    Number,
    /// Euros.
    Money,
    /// Days: `03/11/2026`, `3/11`, `2026-11-03`, `hoy`, `ayer`, `-7d`.
    Date,
    /// One of a closed set of slugs.
    Choice,
    /// `si` or `no`.
    Flag,
}

/// What names mean for one modelo.
#[derive(Debug, Clone, Copy)]
pub struct Schema<'m> {
    /// The modelo whose index fields may be named.
    pub modelo: &'m Modelo,
    /// Today, for `hoy`, `-7d` and days without year. The crate has no clock.
    pub today: jiff::civil::Date,
    /// Whether margin fields may be named.
    pub con_margen: bool,
}

impl Schema<'_> {
    /// What a name means: a built-in, the role of a column (`cliente`, `vehiculo`, `pedido`, `importe`, `matricula`, see
    /// [`crate::modelo::Papeles`]), or an index field by its id. `None` when nothing is called so.
    pub fn resolve(&self, _name: &str) -> Option<(Field, FieldKind)> {
        None
    }
}
