//! Pane 4: the index, seen and edited.

use super::State;
use api::expediente::Conflicto;
use domain::campo;
use domain::{CampoId, CampoIndice, ExpedienteId, Indice, Modelo, Valor, gate};
use serde::{Deserialize, Serialize};
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
    /// The last change is about to be undone, as soon as it is known which one that is: generation of the history, and whose.
    pub undoing: Option<(u64, ExpedienteId)>,
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
    /// Characters go into the field. Not while what was typed is on its way: whoever has saved is on to the next thing.
    pub typing: bool,
    /// The cursor has just come into the field: the next character takes the place of what is there, as in any form.
    pub fresh: bool,
    /// Selected option, while the field is a choice and its list is open.
    pub option: Option<usize>,
    /// What is wrong with a field: one sentence.
    pub errors: BTreeMap<CampoId, String>,
    /// What is odd but accepted: one sentence.
    pub warnings: BTreeMap<CampoId, String>,
    /// Save under way, or waiting for the line or the session.
    pub saving: Option<Saving>,
    /// Somebody else changed fields meanwhile: resolved one by one.
    pub conflict: Option<Resolve>,
}

/// A save that has been sent: sent again just so after a cut, it is done once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saving {
    /// Generation of the request.
    #[serde(skip)]
    pub generation: u64,
    /// Client-made key, the same on every retry.
    pub key: String,
    /// Revision it stands on.
    pub revision: i64,
    /// What was sent.
    pub campos: BTreeMap<CampoId, Option<Valor>>,
    /// Saved again meanwhile: what was typed since goes out after the answer.
    pub again: bool,
}

/// Resolving a conflict field by field. Nothing is taken from the service before it is resolved.
#[derive(Debug, Clone)]
pub struct Resolve {
    /// What the service said.
    pub conflicto: Conflicto,
    /// For each field that both changed: whether mine is kept.
    pub mine: BTreeMap<CampoId, bool>,
    /// Selected line, in the order of `mine`.
    pub selected: usize,
    /// Rows of its value scrolled away, where the screen has room for nothing else.
    pub offset: usize,
    /// My values.
    pub values: BTreeMap<CampoId, Option<Valor>>,
}

impl Edit {
    /// Nothing touched yet.
    pub fn new(expediente: ExpedienteId, revision: i64, base: Indice, field: CampoId) -> Self {
        Self {
            expediente,
            revision,
            base,
            texts: BTreeMap::new(),
            field,
            input: Input::default(),
            typing: true,
            fresh: false,
            option: None,
            errors: BTreeMap::new(),
            warnings: BTreeMap::new(),
            saving: None,
            conflict: None,
        }
    }

    /// Whether anything was touched.
    pub fn is_changed(&self) -> bool {
        !self.texts.is_empty()
    }

    /// The text of a field: as typed, else as it is stored.
    pub fn text(&self, campo: &CampoIndice) -> String {
        match self.texts.get(&campo.id) {
            Some(text) => text.clone(),
            None => self.base.get(&campo.id).map(|valor| campo::edit_text(campo, valor)).unwrap_or_default(),
        }
    }

    /// Takes a text, and says what is wrong or odd about it. A text equal to what is stored is no change.
    pub fn set(&mut self, campo: &CampoIndice, text: String, today: jiff::civil::Date) {
        self.errors.remove(&campo.id);
        self.warnings.remove(&campo.id);
        match campo::parse(campo, &text, today) {
            Ok(read) => {
                if let Some(aviso) = read.aviso {
                    self.warnings.insert(campo.id.clone(), aviso);
                }
                if read.valor.as_ref() == self.base.get(&campo.id) {
                    self.texts.remove(&campo.id);
                    return;
                }
            }
            Err(error) => drop(self.errors.insert(campo.id.clone(), error.0)),
        }
        self.texts.insert(campo.id.clone(), text);
    }

    /// Changed values, or the first field that is wrong.
    pub fn changes(
        &self,
        modelo: &Modelo,
        today: jiff::civil::Date,
    ) -> Result<BTreeMap<CampoId, Option<Valor>>, CampoId> {
        let mut changes = BTreeMap::new();
        for campo in &modelo.campos {
            let Some(text) = self.texts.get(&campo.id) else { continue };
            let read = campo::parse(campo, text, today).map_err(|_| campo.id.clone())?;
            if read.valor.as_ref() != self.base.get(&campo.id) {
                changes.insert(campo.id.clone(), read.valor);
            }
        }
        Ok(changes)
    }

    /// The index as it would be after saving, for conditions between fields; wrong texts count as they are stored.
    pub fn preview(&self, modelo: &Modelo, today: jiff::civil::Date) -> Indice {
        let mut indice = self.base.clone();
        for campo in &modelo.campos {
            let Some(text) = self.texts.get(&campo.id) else { continue };
            match campo::parse(campo, text, today).map(|read| read.valor) {
                Ok(Some(valor)) => drop(indice.insert(campo.id.clone(), valor)),
                Ok(None) => drop(indice.remove(&campo.id)),
                Err(_) => {}
            }
        }
        indice
    }

    /// The text field of the field under the cursor, afresh.
    pub fn reload_field(&mut self, modelo: &Modelo) {
        if let Some(campo) = modelo.campo(&self.field) {
            self.input = self.text(campo).into();
        }
    }

    /// Takes values that the service has now. Texts that say the same are no changes any more.
    pub fn rebase(
        &mut self,
        modelo: &Modelo,
        today: jiff::civil::Date,
        revision: i64,
        campos: impl IntoIterator<Item = (CampoId, Option<Valor>)>,
    ) {
        self.revision = revision;
        for (id, ahora) in campos {
            match &ahora {
                Some(valor) => self.base.insert(id.clone(), valor.clone()),
                None => self.base.remove(&id),
            };
            let typed = modelo
                .campo(&id)
                .zip(self.texts.get(&id))
                .and_then(|(campo, text)| campo::parse(campo, text, today).ok());
            if typed.is_some_and(|read| read.valor == ahora) {
                self.texts.remove(&id);
                self.errors.remove(&id);
            }
        }
        self.reload_field(modelo);
    }
}

/// The fields that are asked for, in the order of the form: section by section, those whose condition holds. While editing, the condition
/// looks at what is typed.
pub fn visible_fields(state: &State) -> Vec<&CampoIndice> {
    let Some(definicion) = &state.modelo else { return Vec::new() };
    let modelo = &definicion.modelo;
    let shown = state.documentos.detalle.value.as_ref();
    let edit = state.indice.edit.as_ref().filter(|edit| shown.is_none_or(|detalle| detalle.id == edit.expediente));
    let indice = match (edit, shown) {
        (Some(edit), _) => edit.preview(modelo, state.today),
        (None, Some(detalle)) => detalle.indice.clone(),
        (None, None) => return Vec::new(),
    };
    fields_of(modelo, &indice)
}

/// The row and column of each field in a grid: left to right, each section on rows of its own.
pub fn grid(fields: &[&CampoIndice], columns: usize) -> Vec<(usize, usize)> {
    let (mut row, mut column) = (0, 0);
    let mut section = fields.first().map(|campo| campo.seccion.as_str());
    let mut places = Vec::with_capacity(fields.len());
    for campo in fields {
        if column >= columns.max(1) || section != Some(campo.seccion.as_str()) {
            row += 1;
            column = 0;
        }
        section = Some(&campo.seccion);
        places.push((row, column));
        column += 1;
    }
    places
}

/// The field so many rows below (or, if negative, above) another in the grid: in the same column, or the last of a shorter row. At the edge,
/// the row at the edge.
pub fn vertically(fields: &[&CampoIndice], columns: usize, from: usize, rows: isize) -> usize {
    let places = grid(fields, columns);
    let Some((row, column)) = places.get(from).copied() else { return 0 };
    let last = places.last().map_or(0, |(row, _)| *row);
    let wanted = row.saturating_add_signed(rows).min(last);
    let in_row = places.iter().enumerate().filter(|(_, (row, _))| *row == wanted);
    in_row.filter(|(_, (_, c))| *c <= column).map(|(at, _)| at).next_back().unwrap_or(from)
}

/// Likewise for any index.
pub fn fields_of<'m>(modelo: &'m Modelo, indice: &Indice) -> Vec<&'m CampoIndice> {
    let of = |seccion: &str| modelo.campos.iter().filter(move |campo| campo.seccion == seccion).collect::<Vec<_>>();
    let in_order = modelo.secciones.iter().flat_map(|seccion| of(&seccion.id));
    // A value that is there shows even when nothing asks for it: it must not be invisible.
    in_order
        .filter(|campo| indice.contains_key(&campo.id) || gate::holds(modelo, campo.si.as_deref(), indice))
        .collect()
}
