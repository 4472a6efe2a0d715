//! Whether an expediente answers a query, in memory.

use super::Query;
use crate::{EstadoDocumento, FaseId, Indice, Modelo};

/// An expediente as the matcher sees it.
#[derive(Debug, Clone)]
pub struct Ficha<'a> {
    /// `26-01877`.
    pub numero: &'a str,
    /// Its fase.
    pub fase: &'a FaseId,
    /// User name of its asesor.
    pub asesor: &'a str,
    /// Full name of its asesor.
    pub asesor_nombre: &'a str,
    /// State of each of its documents.
    pub documentos: &'a [EstadoDocumento],
    /// Required documents not validated up to its fase.
    pub faltan: u32,
    /// Open avisos.
    pub avisos: u32,
    /// Its index.
    pub indice: &'a Indice,
}

/// Whether it answers the query.
pub fn matches(_query: &Query, _ficha: &Ficha<'_>, _modelo: &Modelo) -> bool {
    true
}

/// Whether an index answers a condition ([`super::parse_condition`]).
pub fn matches_indice(_condition: &Query, _indice: &Indice, _modelo: &Modelo) -> bool {
    true
}

/// The folded text free words are looked for in: number, asesor's name, and every text-like index field that is not margin
/// (text, NIF, VIN, plate, telephone, e-mail), values separated by line ends so that a phrase never spans two.
pub fn search_text(_modelo: &Modelo, _indice: &Indice, _numero: &str, _asesor_nombre: &str) -> String {
    String::new()
}

/// The words of a folded text: runs of letters and digits.
pub fn tokens(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}
