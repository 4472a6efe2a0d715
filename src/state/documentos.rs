//! Pane 2: the documents of the selected expediente, and those that are missing.

use super::Load;
use api::documento::DocumentoVista;
use api::expediente::ExpedienteDetalle;
use domain::gate::Requisito;
use domain::{DocumentoId, ExpedienteId};
use std::collections::{BTreeMap, BTreeSet};

/// The detail of the selected expediente, and the selection in its documents.
#[derive(Debug, Clone, Default)]
pub struct DocumentosPane {
    /// The expediente that is shown or awaited.
    pub expediente: Option<ExpedienteId>,
    /// Its detail.
    pub detalle: Load<ExpedienteDetalle>,
    /// Selected line, see [`DocumentosPane::lines`].
    pub selected: usize,
    /// First line on screen.
    pub offset: usize,
    /// Lines that fit, told by the view's layout.
    pub height: usize,
    /// Documents being written to, with their names: shown as such until the answer comes.
    pub writing: BTreeMap<DocumentoId, String>,
    /// Something changed while the detail was on its way: it is asked for once more.
    pub again: bool,
    /// Documents that have just been uploaded: when the detail has them, duplicates are pointed out.
    pub uploaded: BTreeSet<DocumentoId>,
    /// Made just now: it is selected as soon as the detail has it.
    pub select: Option<DocumentoId>,
    /// Marked documents.
    pub marked: BTreeSet<DocumentoId>,
    /// Where a range of marks begins.
    pub anchor: Option<DocumentoId>,
}

/// A line of the pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line<'a> {
    /// A document that is there.
    Documento(&'a DocumentoVista),
    /// A type of which none is there.
    Falta(&'a Requisito),
}

impl DocumentosPane {
    /// Documents in the order of the checklist, missing types at their place in it; missing but optional ones are left out.
    pub fn lines(&self) -> Vec<Line<'_>> {
        let Some(detalle) = &self.detalle.value else { return Vec::new() };
        let mut lines = Vec::with_capacity(detalle.documentos.len() + 4);
        for requisito in &detalle.requisitos {
            let before = lines.len();
            lines.extend(detalle.documentos.iter().filter(|d| d.tipo == requisito.tipo).map(Line::Documento));
            let missing = requisito.estado == domain::gate::EstadoRequisito::Falta;
            if lines.len() == before && missing && requisito.requerido {
                lines.push(Line::Falta(requisito));
            }
        }
        let listed = |d: &DocumentoVista| detalle.requisitos.iter().any(|r| r.tipo == d.tipo);
        lines.extend(detalle.documentos.iter().filter(|d| !listed(d)).map(Line::Documento));
        lines
    }

    /// Whether the detail on screen is not that of the selected expediente, whose own is on its way: nothing is done to it.
    pub fn is_stale(&self) -> bool {
        self.detalle.value.as_ref().is_some_and(|detalle| self.expediente != Some(detalle.id))
    }

    /// Whether the detail of the selected expediente is here.
    pub fn has_come(&self) -> bool {
        self.detalle.value.is_some() && !self.is_stale()
    }

    /// The selected document.
    pub fn current(&self) -> Option<&DocumentoVista> {
        match self.lines().get(self.selected) {
            Some(Line::Documento(documento)) => self.find(documento.id),
            _ => None,
        }
    }

    /// A document by id.
    pub fn find(&self, id: DocumentoId) -> Option<&DocumentoVista> {
        self.detalle.value.as_ref()?.documentos.iter().find(|d| d.id == id)
    }
}
