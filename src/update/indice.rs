//! Pane 4: moving in the index, editing it. Nothing typed is lost: not by events, not by a cut, not by an ended session.

use super::{ask, conflict, documentos, form, guardar, lista, mensajes};
use crate::action::Action;
use crate::effect::Effect;
use crate::i18n::Text;
use crate::input::key::KeyPress;
use crate::state::indice::{Edit, vertically, visible_fields};
use crate::state::overlay::Then;
use crate::state::{Pane, State};
use domain::CampoIndice;

/// Moves the selection among the fields, as they stand in the grid.
pub fn moves(state: &mut State, action: Action) -> Vec<Effect> {
    let page = isize::try_from(state.indice.height / 2).unwrap_or(1).max(1);
    let fields = visible_fields(state);
    let by = |rows| vertically(&fields, state.indice.columns, state.indice.selected, rows);
    let to = match action {
        Action::Up => by(-1),
        Action::Down => by(1),
        Action::PageUp => by(-page),
        Action::PageDown => by(page),
        Action::First => 0,
        _ => fields.len().saturating_sub(1),
    };
    state.indice.selected = to;
    Vec::new()
}

/// Selects a field; while editing, the cursor goes there, if it can be edited.
pub fn select(state: &mut State, field: usize) -> Vec<Effect> {
    let wanted = visible_fields(state).get(field).map(|campo| campo.id.clone());
    leave_field(state);
    let editing = state.is_editing_here();
    let takes = |campo: &CampoIndice| Some(&campo.id) == wanted.as_ref() && !(editing && campo.solo_lectura);
    let place = visible_fields(state).iter().position(|campo| takes(campo));
    state.indice.selected = place.unwrap_or(state.indice.selected);
    enter_field(state);
    Vec::new()
}

/// Begins to edit at the selected field. An edit that is open goes on; that of another expediente brings one back to it.
pub fn begin(state: &mut State) -> Vec<Effect> {
    state.focus = Pane::Indice;
    if state.is_editing_here() {
        if let Some(edit) = &mut state.indice.edit {
            edit.typing = true;
        }
        enter_field(state);
        return Vec::new();
    }
    if let Some(elsewhere) = state.indice.edit.as_ref().filter(|edit| edit.is_changed()).map(|edit| edit.expediente) {
        let mut effects = mensajes::warn(state, Text::key("edicion-en-otro"));
        effects.extend(match state.lista.filas.iter().position(|fila| fila.id == elsewhere) {
            Some(row) => lista::go_to(state, row),
            None => documentos::show(state, elsewhere),
        });
        return effects;
    }
    let Some(detalle) = &state.documentos.detalle.value else { return Vec::new() };
    let (id, revision, base) = (detalle.id, detalle.revision, detalle.indice.clone());
    state.indice.edit = None;
    let fields = visible_fields(state);
    let start = fields.iter().skip(state.indice.selected).chain(&fields).find(|campo| !campo.solo_lectura);
    let Some(field) = start.map(|campo| campo.id.clone()) else { return Vec::new() };
    state.indice.selected = fields.iter().position(|campo| campo.id == field).unwrap_or_default();
    state.indice.edit = Some(Edit::new(id, revision, base, field));
    enter_field(state);
    Vec::new()
}

/// An action while editing. What is no business of the form is done as elsewhere: help, palette, another pane; the edit stays open.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    if state.indice.edit.as_ref().is_some_and(|edit| edit.conflict.is_some()) {
        return conflict::act(state, action);
    }
    let in_options = state.indice.edit.as_ref().is_some_and(|edit| edit.option.is_some());
    match action {
        Action::Up | Action::Down if in_options => {
            if let (Some(campo), today) = (current_field(state), state.today)
                && let Some(edit) = &mut state.indice.edit
            {
                form::choose(edit, &campo, action == Action::Down, today);
            }
            follow_field(state);
            Vec::new()
        }
        Action::Enter | Action::NextPane => step(state, 1),
        Action::PreviousPane => step(state, -1),
        Action::Down => step_rows(state, 1),
        Action::Up => step_rows(state, -1),
        Action::PageUp | Action::PageDown | Action::First | Action::Last => jump(state, action),
        Action::Save => guardar::save(state),
        Action::Back => leave(state),
        Action::EditIndice => Vec::new(),
        other => super::work(state, other),
    }
}

/// A key for the field.
pub fn edit(state: &mut State, key: KeyPress) -> Vec<Effect> {
    if let (Some(campo), today) = (current_field(state), state.today)
        && let Some(edit) = &mut state.indice.edit
    {
        form::key(edit, &campo, key, today);
    }
    follow_field(state);
    Vec::new()
}

/// Pasted text for the field.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    let (Some(campo), today) = (current_field(state), state.today) else { return Vec::new() };
    let Some(edit) = &mut state.indice.edit else { return Vec::new() };
    let whole = form::paste(edit, &campo, text, today);
    follow_field(state);
    if whole { Vec::new() } else { mensajes::warn(state, Text::key("pegado-cortado")) }
}

/// What was typed may have brought fields or taken some away: the selection stays on the one with the cursor.
pub(super) fn follow_field(state: &mut State) {
    if !state.is_editing_here() {
        return;
    }
    let place = visible_fields(state)
        .iter()
        .position(|campo| state.indice.edit.as_ref().is_some_and(|edit| edit.field == campo.id));
    state.indice.selected = place.unwrap_or(state.indice.selected);
}

/// The next field that can be edited, or the one before.
fn step(state: &mut State, towards: isize) -> Vec<Effect> {
    leave_field(state);
    let selected = isize::try_from(state.indice.selected).unwrap_or(0);
    settle(state, selected + towards, towards);
    Vec::new()
}

/// A screenful up or down, or to the first or last field.
fn jump(state: &mut State, action: Action) -> Vec<Effect> {
    leave_field(state);
    moves(state, action);
    let towards = if matches!(action, Action::PageUp | Action::First) { 1 } else { -1 };
    let selected = isize::try_from(state.indice.selected).unwrap_or(0);
    settle(state, selected, towards);
    Vec::new()
}

/// The cursor goes to this field, or from it on to the nearest that can be edited.
fn settle(state: &mut State, first: isize, towards: isize) {
    let editable: Vec<bool> = visible_fields(state).iter().map(|campo| !campo.solo_lectura).collect();
    let count = isize::try_from(editable.len()).unwrap_or(0);
    let place = |skip: isize| (first + towards * skip).rem_euclid(count).unsigned_abs();
    let found = (0..count).map(place).find(|at| editable[*at]);
    state.indice.selected = found.unwrap_or(state.indice.selected);
    enter_field(state);
}

/// The field above or below, if it can be edited.
fn step_rows(state: &mut State, rows: isize) -> Vec<Effect> {
    leave_field(state);
    let fields = visible_fields(state);
    let mut at = state.indice.selected;
    loop {
        let next = vertically(&fields, state.indice.columns, at, rows);
        if next == at || fields.get(next).is_some_and(|campo| !campo.solo_lectura) {
            at = next;
            break;
        }
        at = next;
    }
    if fields.get(at).is_some_and(|campo| !campo.solo_lectura) {
        state.indice.selected = at;
    }
    enter_field(state);
    Vec::new()
}

/// The field under the cursor keeps what was typed, as it will be stored.
pub(super) fn leave_field(state: &mut State) {
    if let (Some(campo), today) = (current_field(state), state.today)
        && let Some(edit) = &mut state.indice.edit
    {
        form::leave(edit, &campo, today);
    }
    follow_field(state);
}

/// The cursor goes to the selected field. What is being edited in another expediente keeps its own.
pub(super) fn enter_field(state: &mut State) {
    if !state.is_editing_here() {
        return;
    }
    let campo = visible_fields(state).get(state.indice.selected).map(|campo| (*campo).clone());
    if let (Some(campo), Some(edit)) = (campo, &mut state.indice.edit) {
        form::enter(edit, &campo);
    }
}

fn current_field(state: &State) -> Option<CampoIndice> {
    let edit = state.indice.edit.as_ref()?;
    state.modelo.as_ref()?.modelo.campo(&edit.field).cloned()
}

/// The detail of the expediente that is being edited has changed under the edit: the person is told; saving will merge or ask.
pub fn changed_elsewhere(state: &mut State) -> Vec<Effect> {
    let Some(detalle) = &state.documentos.detalle.value else { return Vec::new() };
    let Some(edit) = state.indice.edit.as_mut().filter(|edit| edit.expediente == detalle.id) else { return Vec::new() };
    if edit.saving.is_some() || edit.conflict.is_some() || detalle.revision <= edit.revision {
        return Vec::new();
    }
    if detalle.indice == edit.base {
        // Documents or fase alone: nothing of the index is at stake.
        edit.revision = detalle.revision;
        return Vec::new();
    }
    if !edit.is_changed() {
        let (revision, indice) = (detalle.revision, detalle.indice.clone());
        edit.revision = revision;
        edit.base = indice;
        enter_field(state);
        return Vec::new();
    }
    mensajes::warn(state, Text::key("indice-cambiado-por-otro"))
}

/// Leaves; asks when something typed would be lost.
fn leave(state: &mut State) -> Vec<Effect> {
    if state.has_unsaved_edit() {
        return ask(state, Text::key("pregunta-descartar"), Then::DiscardEdit);
    }
    state.indice.edit = None;
    Vec::new()
}
