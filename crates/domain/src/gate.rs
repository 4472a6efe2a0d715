//! The gate of a fase: what is asked for, and what is missing to leave it.

use crate::modelo::Modelo;
use crate::{CampoId, EstadoDocumento, FaseId, Indice, TipoId};
use serde::{Deserialize, Serialize};

/// One line of the checklist: a document type that applies to this expediente.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requisito {
    /// The type.
    pub tipo: TipoId,
    /// The fase it belongs to.
    pub fase: FaseId,
    /// Whether the fase cannot be left without it.
    pub requerido: bool,
    /// How it stands.
    pub estado: EstadoRequisito,
}

/// How a line of the checklist stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EstadoRequisito {
    /// A validated document is there, or one of its group.
    Validado,
    /// A document waits to be checked.
    Pendiente,
    /// Only rejected ones.
    Rechazado,
    /// None.
    Falta,
}

/// Something that keeps an expediente from leaving its fase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "clase")]
pub enum Falta {
    /// A required document is not validated.
    Documento {
        /// The type.
        tipo: TipoId,
        /// How it stands instead.
        estado: EstadoRequisito,
    },
    /// A required index field is empty.
    Campo {
        /// The field.
        campo: CampoId,
    },
}

/// A document as the gate sees it.
pub type DocumentoEnPuerta<'a> = (&'a TipoId, EstadoDocumento);

/// The checklist: every document type that applies, in the modelo's order, and how it stands.
pub fn checklist(_modelo: &Modelo, _indice: &Indice, _documentos: &[DocumentoEnPuerta<'_>]) -> Vec<Requisito> {
    Vec::new()
}

/// What is missing to leave `fase`; empty means the gate is open. Required documents and fields of earlier fases count too.
pub fn faltas(_modelo: &Modelo, _indice: &Indice, _documentos: &[DocumentoEnPuerta<'_>], _fase: &FaseId) -> Vec<Falta> {
    Vec::new()
}

/// The next fase that applies to this index after `fase`; `None` at the end.
pub fn next_fase<'m>(_modelo: &'m Modelo, _indice: &Indice, _fase: &FaseId) -> Option<&'m FaseId> {
    None
}

/// The fase before, likewise; `None` at the start.
pub fn previous_fase<'m>(_modelo: &'m Modelo, _indice: &Indice, _fase: &FaseId) -> Option<&'m FaseId> {
    None
}
