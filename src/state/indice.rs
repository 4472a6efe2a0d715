//! Pane 4: the index, seen and edited.

use api::expediente::Conflicto;
use domain::{CampoId, ExpedienteId, Indice, Valor};
use std::collections::BTreeMap;
use tui_input::Input;

/// The index form.
#[derive(Debug, Clone, Default)]
pub struct IndicePane {
    /// Selected field, in the order of the visible fields of the modelo.
    pub selected: usize,
    /// First row on screen.
    pub offset: usize,
    /// Rows that fit, told by the view's layout.
    pub height: usize,
    /// Columns of the grid, told by the view's layout.
    pub columns: usize,
    /// What is being edited.
    pub edit: Option<Edit>,
}

/// An index being edited. It belongs to one expediente and survives whatever happens to the list, the session or the line.
#[derive(Debug, Clone)]
pub struct Edit {
    /// Whose index.
    pub expediente: ExpedienteId,
    /// Revision the person started from.
    pub revision: i64,
    /// Index at that revision.
    pub base: Indice,
    /// Texts of the fields that were touched.
    pub texts: BTreeMap<CampoId, String>,
    /// The field with the cursor and its text.
    pub field: CampoId,
    /// Its text field.
    pub input: Input,
    /// Selected option, while the field is a choice and its list is open.
    pub option: Option<usize>,
    /// What is wrong with a field: one sentence.
    pub errors: BTreeMap<CampoId, String>,
    /// What is odd but accepted: one sentence.
    pub warnings: BTreeMap<CampoId, String>,
    /// Save under way: generation and the client-made key, the same on every retry.
    pub saving: Option<(u64, String)>,
    /// Somebody else changed fields meanwhile: resolved one by one.
    pub conflict: Option<Resolve>,
}

/// Resolving a conflict field by field.
#[derive(Debug, Clone)]
pub struct Resolve {
    /// What the service said.
    pub conflicto: Conflicto,
    /// For each field that both changed: whether mine is kept.
    pub mine: BTreeMap<CampoId, bool>,
    /// Selected line.
    pub selected: usize,
    /// My values.
    pub values: BTreeMap<CampoId, Option<Valor>>,
}
