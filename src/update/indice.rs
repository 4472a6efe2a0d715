//! Pane 4: moving in the index, editing it, saving it. Nothing typed is lost: not by events, not by a cut, not by an ended session.

use super::{ask, conexion, conflict, documentos, mensajes};
use crate::action::Action;
use crate::effect::Effect;
use crate::i18n::Text;
use crate::input::key::KeyPress;
use crate::msg::{Answer, FailureKind, Msg};
use crate::state::indice::{Edit, visible_fields};
use crate::state::overlay::Then;
use crate::state::{Pane, State};
use crate::update::overlay::fields;
use api::Codigo;
use api::expediente::Cambiado;
use crossterm::event::KeyCode;
use domain::campo::{self, TipoCampo};
use domain::{CampoId, CampoIndice, ExpedienteId, Valor};
use std::collections::BTreeMap;

/// Moves the selection among the fields.
pub fn moves(state: &mut State, action: Action) -> Vec<Effect> {
    let count = visible_fields(state).len();
    let row = state.indice.columns.max(1);
    let page = row * state.indice.height.max(2) / 2;
    let at = state.indice.selected;
    let to = match action {
        Action::Up => at.saturating_sub(row),
        Action::Down => at + row,
        Action::PageUp => at.saturating_sub(page),
        Action::PageDown => at + page,
        Action::First => 0,
        _ => count,
    };
    state.indice.selected = to.min(count.saturating_sub(1));
    Vec::new()
}

/// Selects a field; while editing, the cursor goes there.
pub fn select(state: &mut State, field: usize) -> Vec<Effect> {
    state.indice.selected = field.min(visible_fields(state).len().saturating_sub(1));
    if state.indice.edit.is_some() {
        leave_field(state);
        enter_field(state);
    }
    Vec::new()
}

/// Begins to edit at the selected field; goes on with an edit that is open.
pub fn begin(state: &mut State) -> Vec<Effect> {
    state.focus = Pane::Indice;
    let Some(detalle) = &state.documentos.detalle.value else { return Vec::new() };
    if let Some(edit) = &state.indice.edit {
        let elsewhere = edit.expediente != detalle.id;
        return if elsewhere && edit.is_changed() { mensajes::warn(state, Text::key("edicion-en-otro")) } else { Vec::new() };
    }
    let (id, revision, base) = (detalle.id, detalle.revision, detalle.indice.clone());
    let fields = visible_fields(state);
    let start = fields.iter().skip(state.indice.selected).chain(&fields).find(|campo| !campo.solo_lectura);
    let Some(field) = start.map(|campo| campo.id.clone()) else { return Vec::new() };
    state.indice.selected = fields.iter().position(|campo| campo.id == field).unwrap_or_default();
    state.indice.edit = Some(Edit::new(id, revision, base, field));
    enter_field(state);
    Vec::new()
}

/// An action while editing.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    if state.indice.edit.as_ref().is_some_and(|edit| edit.conflict.is_some()) {
        return conflict::act(state, action);
    }
    let in_options = state.indice.edit.as_ref().is_some_and(|edit| edit.option.is_some());
    match action {
        Action::Up | Action::Down if in_options => choose_option(state, action == Action::Down),
        Action::Enter | Action::NextPane => step(state, 1),
        Action::PreviousPane => step(state, -1),
        Action::Down => step(state, state.indice.columns.max(1) as isize),
        Action::Up => step(state, -(state.indice.columns.max(1) as isize)),
        Action::Save => save(state),
        Action::Back => leave(state),
        Action::PreviewHalfDown | Action::PreviewHalfUp => super::preview::act(state, action),
        // Another pane while editing: the edit stays open, and says so in its title.
        Action::PaneExpedientes | Action::PaneDocumentos | Action::PanePreview => super::work(state, action),
        _ => Vec::new(),
    }
}

/// A key for the field: a choice opens its list, a space turns a yes into a no.
pub fn edit(state: &mut State, key: KeyPress) -> Vec<Effect> {
    let Some(campo) = current_field(state) else { return Vec::new() };
    let Some(edit) = &mut state.indice.edit else { return Vec::new() };
    if campo.tipo == TipoCampo::Logico && key.code == KeyCode::Char(' ') {
        let turned = if edit.input.value() == "sí" { "no" } else { "sí" };
        edit.input = turned.into();
    } else {
        fields::edit(&mut edit.input, key);
    }
    typed(state, &campo);
    Vec::new()
}

/// Pasted text for the field.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    let Some(campo) = current_field(state) else { return Vec::new() };
    let Some(edit) = &mut state.indice.edit else { return Vec::new() };
    let whole = fields::paste(&mut edit.input, text);
    typed(state, &campo);
    if whole { Vec::new() } else { mensajes::warn(state, Text::key("pegado-cortado")) }
}

/// Validates as one types, and narrows the list of options.
fn typed(state: &mut State, campo: &CampoIndice) {
    let today = state.today;
    let Some(edit) = &mut state.indice.edit else { return };
    edit.saving = None;
    let text = edit.input.value().to_owned();
    edit.option = (campo.tipo == TipoCampo::Opcion).then(|| first_option(campo, &text));
    edit.set(campo, text, today);
}

/// The option the text points at.
fn first_option(campo: &CampoIndice, text: &str) -> usize {
    let wanted = domain::texto::fold(text);
    campo.opciones.iter().position(|option| domain::texto::fold(&option.nombre).starts_with(&wanted)).unwrap_or_default()
}

fn choose_option(state: &mut State, forward: bool) -> Vec<Effect> {
    let (Some(campo), today) = (current_field(state), state.today) else { return Vec::new() };
    let Some(edit) = &mut state.indice.edit else { return Vec::new() };
    let last = campo.opciones.len().saturating_sub(1);
    let at = edit.option.unwrap_or_default();
    // The first arrow in an empty field points at what is shown as pointed at.
    let next = match (edit.input.value().is_empty(), forward) {
        (true, _) => at,
        (false, true) => (at + 1).min(last),
        (false, false) => at.saturating_sub(1),
    };
    if let Some(option) = campo.opciones.get(next) {
        edit.option = Some(next);
        edit.input = option.nombre.clone().into();
        edit.set(&campo, option.nombre.clone(), today);
    }
    Vec::new()
}

/// The next field that can be edited, this many places on.
fn step(state: &mut State, places: isize) -> Vec<Effect> {
    leave_field(state);
    let fields: Vec<CampoIndice> = visible_fields(state).into_iter().cloned().collect();
    let count = fields.len() as isize;
    if count == 0 {
        return Vec::new();
    }
    let mut at = (state.indice.selected as isize + places).rem_euclid(count);
    let one = places.signum();
    for _ in 0..count {
        if !fields[at as usize].solo_lectura {
            break;
        }
        at = (at + one).rem_euclid(count);
    }
    state.indice.selected = at as usize;
    enter_field(state);
    Vec::new()
}

/// The field under the cursor keeps what was typed, as it will be stored.
fn leave_field(state: &mut State) {
    let Some(campo) = current_field(state) else { return };
    let today = state.today;
    let Some(edit) = &mut state.indice.edit else { return };
    if let (Some(text), Ok(read)) = (edit.texts.get(&campo.id), campo::parse(&campo, edit.input.value(), today)) {
        let normalised = read.valor.as_ref().map(|valor| campo::edit_text(&campo, valor)).unwrap_or_default();
        if *text != normalised {
            edit.set(&campo, normalised, today);
        }
    }
    edit.option = None;
}

fn enter_field(state: &mut State) {
    let Some(campo) = visible_fields(state).get(state.indice.selected).map(|campo| (*campo).clone()) else { return };
    let Some(edit) = &mut state.indice.edit else { return };
    edit.field = campo.id.clone();
    edit.input = edit.text(&campo).into();
    edit.option = (campo.tipo == TipoCampo::Opcion).then(|| first_option(&campo, edit.input.value()));
}

fn current_field(state: &State) -> Option<CampoIndice> {
    let edit = state.indice.edit.as_ref()?;
    state.modelo.as_ref()?.modelo.campo(&edit.field).cloned()
}

/// Saves what was changed; wrong fields keep it from being sent.
pub fn save(state: &mut State) -> Vec<Effect> {
    leave_field(state);
    let Some(modelo) = state.modelo.clone() else { return Vec::new() };
    let today = state.today;
    let Some(edit) = &mut state.indice.edit else { return Vec::new() };
    let campos = match edit.changes(&modelo.modelo, today) {
        Ok(campos) => campos,
        Err(wrong) => {
            let place = visible_fields(state).iter().position(|campo| campo.id == wrong);
            if let Some(place) = place {
                state.indice.selected = place;
                enter_field(state);
            }
            return mensajes::error(state, Text::key("indice-con-errores"));
        }
    };
    if campos.is_empty() {
        state.indice.edit = None;
        return mensajes::done(state, Text::key("indice-sin-cambios"));
    }
    send(state, campos)
}

/// The same save under the same key, after a cut or an ended session.
pub fn retry_save(state: &mut State) -> Vec<Effect> {
    let (Some(modelo), today) = (state.modelo.clone(), state.today) else { return Vec::new() };
    let Some(edit) = state.indice.edit.as_mut().filter(|edit| edit.saving.is_some()) else { return Vec::new() };
    edit.changes(&modelo.modelo, today).map(|campos| send(state, campos)).unwrap_or_default()
}

fn send(state: &mut State, campos: BTreeMap<CampoId, Option<Valor>>) -> Vec<Effect> {
    let generation = state.next_generation();
    let fresh = state.next_key();
    let Some(edit) = &mut state.indice.edit else { return Vec::new() };
    let key = edit.saving.take().map_or(fresh, |(_, key)| key);
    edit.saving = Some((generation, key.clone()));
    vec![Effect::SaveIndice { generation, id: edit.expediente, revision: edit.revision, campos, key }]
}

/// What came of a save or of an undo.
pub fn message(state: &mut State, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::IndiceSaved { generation, answer, .. } => saved(state, generation, answer),
        Msg::Undone { id, answer } => match answer {
            Ok(_) => reloaded_with(state, id, Text::key("deshecho")),
            Err(failure) => conexion::failed(state, &failure),
        },
        _ => Vec::new(),
    }
}

fn saved(state: &mut State, generation: u64, answer: Answer<Cambiado>) -> Vec<Effect> {
    let Some(edit) = state.indice.edit.as_mut().filter(|edit| edit.saving.as_ref().is_some_and(|(g, _)| *g == generation)) else {
        return Vec::new();
    };
    match answer {
        Ok(cambiado) => {
            let id = edit.expediente;
            state.indice.edit = None;
            let texto = match cambiado.avisos.first() {
                Some(aviso) => aviso.mensaje.clone().into(),
                None => Text::key("indice-guardado"),
            };
            reloaded_with(state, id, texto)
        }
        // Kept with its key: it goes out again when the line or the session is back.
        Err(failure) if matches!(failure.kind, FailureKind::Offline | FailureKind::SessionEnded) => {
            let mut effects = conexion::failed(state, &failure);
            effects.extend(mensajes::warn(state, Text::key("guardado-pendiente")));
            effects
        }
        Err(failure) => {
            edit.saving = None;
            let problem = failure.problem.clone();
            let wrong = problem.iter().flat_map(|problem| &problem.campos);
            edit.errors.extend(wrong.map(|malo| (CampoId::from(malo.campo.as_str()), malo.mensaje.clone())));
            match problem.filter(|problem| problem.codigo == Codigo::RevisionAntigua).and_then(|problem| problem.conflicto) {
                Some(conflicto) => conflict::begin(state, conflicto),
                None => conexion::failed(state, &failure),
            }
        }
    }
}

fn reloaded_with(state: &mut State, id: ExpedienteId, texto: Text) -> Vec<Effect> {
    let mut effects = mensajes::done(state, texto);
    if state.documentos.expediente == Some(id) {
        effects.extend(documentos::reload(state));
    }
    effects
}

/// The detail of the expediente that is being edited has changed under the edit: the person is told; saving will merge or ask.
pub fn changed_elsewhere(state: &mut State) -> Vec<Effect> {
    let Some(detalle) = &state.documentos.detalle.value else { return Vec::new() };
    let Some(edit) = state.indice.edit.as_mut().filter(|edit| edit.expediente == detalle.id) else { return Vec::new() };
    if edit.saving.is_some() || detalle.revision <= edit.revision || edit.conflict.is_some() {
        return Vec::new();
    }
    if detalle.indice == edit.base {
        // Documents or fase alone: nothing of the index is at stake.
        edit.revision = detalle.revision;
        return Vec::new();
    }
    mensajes::warn(state, Text::key("indice-cambiado-por-otro"))
}

/// Leaves; asks when something typed would be lost.
fn leave(state: &mut State) -> Vec<Effect> {
    let Some(edit) = &mut state.indice.edit else { return Vec::new() };
    if !edit.is_changed() {
        state.indice.edit = None;
        return Vec::new();
    }
    ask(state, Text::key("pregunta-descartar"), Then::DiscardEdit)
}

/// Asks before undoing the last change of the index.
pub fn ask_undo(state: &mut State) -> Vec<Effect> {
    let Some(detalle) = &state.documentos.detalle.value else { return Vec::new() };
    let (id, numero) = (detalle.id, detalle.numero.clone());
    ask(state, Text::key("pregunta-deshacer").with("numero", numero), Then::Undo(id, None))
}
