//! Pane 2: the documents of the selected expediente; checking them one after the other.

use super::{ask, conexion, lista, mensajes, preview};
use crate::action::Action;
use crate::effect::Effect;
use crate::i18n::Text;
use crate::msg::{Answer, Msg};
use crate::state::State;
use crate::state::documentos::Line;
use crate::state::overlay::{Overlay, Prompt, Purpose, Then};
use api::documento::DocumentoVista;
use api::expediente::ExpedienteDetalle;
use domain::{DocumentoId, EstadoDocumento};

/// Detail of the selected expediente. That of the one before stays on screen until it comes.
pub fn load(state: &mut State) -> Vec<Effect> {
    let Some(id) = state.lista.current().map(|fila| fila.id) else {
        state.documentos = Default::default();
        preview::clear(state);
        return Vec::new();
    };
    if state.documentos.expediente == Some(id) && state.documentos.detalle.pending.is_some() {
        return Vec::new();
    }
    if state.documentos.expediente != Some(id) {
        state.documentos.expediente = Some(id);
        state.documentos.marked.clear();
        state.documentos.anchor = None;
    }
    ask_for(state)
}

/// The same again; costs the line almost nothing when nothing has changed.
pub fn reload(state: &mut State) -> Vec<Effect> {
    if state.documentos.expediente.is_some() { ask_for(state) } else { Vec::new() }
}

fn ask_for(state: &mut State) -> Vec<Effect> {
    let Some(id) = state.documentos.expediente else { return Vec::new() };
    let known = state.documentos.detalle.value.as_ref().filter(|detalle| detalle.id == id).map(|detalle| detalle.revision);
    let generation = state.next_generation();
    state.documentos.detalle.begin(generation, state.now);
    vec![Effect::LoadDetalle { generation, id, known }, lista::patience()]
}

/// The detail comes.
pub fn loaded(state: &mut State, generation: u64, answer: Answer<Option<ExpedienteDetalle>>) -> Vec<Effect> {
    if state.documentos.detalle.pending.is_none_or(|(awaited, _)| awaited != generation) {
        return Vec::new();
    }
    match answer {
        Ok(Some(detalle)) => {
            let another = state.documentos.detalle.value.as_ref().is_none_or(|before| before.id != detalle.id);
            let selected = state.documentos.current().map(|documento| documento.id);
            update_row(state, &detalle);
            state.documentos.detalle.finish(generation, Ok(detalle));
            place_selection(state, another, selected);
            let mut effects = preview::follow(state, another);
            effects.extend(super::indice::changed_elsewhere(state));
            effects
        }
        Ok(None) => {
            state.documentos.detalle.pending = None;
            Vec::new()
        }
        Err(failure) => {
            state.documentos.detalle.finish(generation, Err(failure.sentence.clone()));
            conexion::failed(state, &failure)
        }
    }
}

/// The list's row follows what the detail says, before the list is loaded again.
fn update_row(state: &mut State, detalle: &ExpedienteDetalle) {
    let Some(fila) = state.lista.filas.iter_mut().find(|fila| fila.id == detalle.id) else { return };
    let count = |estado| detalle.documentos.iter().filter(|d| d.estado == estado).count() as u32;
    fila.fase = detalle.fase.clone();
    fila.docs = detalle.documentos.len() as u32;
    fila.pendientes = count(EstadoDocumento::Pendiente);
    fila.rechazados = count(EstadoDocumento::Rechazado);
}

/// The selection follows its document; in another expediente it begins at the first pending one, if asked for, else at the top.
fn place_selection(state: &mut State, another: bool, selected: Option<DocumentoId>) {
    let to_pending = std::mem::take(&mut state.documentos.to_pending);
    let lines = state.documentos.lines();
    let of = |wanted: DocumentoId| lines.iter().position(|line| matches!(line, Line::Documento(d) if d.id == wanted));
    let found = if to_pending {
        lines.iter().position(is_pending)
    } else if another {
        Some(0)
    } else {
        selected.and_then(of)
    };
    let last = lines.len().saturating_sub(1);
    state.documentos.selected = found.unwrap_or(state.documentos.selected).min(last);
    keep_visible(state);
}

fn is_pending(line: &Line<'_>) -> bool {
    matches!(line, Line::Documento(d) if d.estado == EstadoDocumento::Pendiente)
}

/// Scrolls as little as shows the selected line.
pub fn keep_visible(state: &mut State) {
    let pane = &mut state.documentos;
    pane.offset = lista::visible_offset(pane.offset, pane.selected, pane.height);
}

/// Moves the selection.
pub fn moves(state: &mut State, action: Action) -> Vec<Effect> {
    let last = state.documentos.lines().len().saturating_sub(1);
    let page = state.documentos.height.max(2) - 1;
    let at = state.documentos.selected;
    let to = match action {
        Action::Up => at.saturating_sub(1),
        Action::Down => at + 1,
        Action::PageUp => at.saturating_sub(page),
        Action::PageDown => at + page,
        Action::First => 0,
        _ => last,
    };
    select(state, to.min(last))
}

/// Selects a line; the page follows.
pub fn select(state: &mut State, line: usize) -> Vec<Effect> {
    state.documentos.selected = line.min(state.documentos.lines().len().saturating_sub(1));
    keep_visible(state);
    preview::follow(state, false)
}

/// Marks documents.
pub fn mark(state: &mut State, action: Action) -> Vec<Effect> {
    let at = state.documentos.selected;
    let ids: Vec<Option<DocumentoId>> = state
        .documentos
        .lines()
        .iter()
        .map(|line| match line {
            Line::Documento(documento) => Some(documento.id),
            Line::Falta(_) => None,
        })
        .collect();
    match (action, state.documentos.anchor) {
        (Action::MarkRange, Some(anchor)) => {
            let (from, to) = (anchor.min(at), anchor.max(at));
            state.documentos.marked.extend(ids.into_iter().take(to + 1).skip(from).flatten());
            Vec::new()
        }
        _ => {
            state.documentos.anchor = Some(at);
            if let Some(id) = ids.get(at).copied().flatten()
                && !state.documentos.marked.remove(&id)
            {
                state.documentos.marked.insert(id);
            }
            if action == Action::Mark { moves(state, Action::Down) } else { Vec::new() }
        }
    }
}

/// The marked documents, else the selected one.
pub fn targets(state: &State) -> Vec<DocumentoVista> {
    if state.documentos.marked.is_empty() {
        return state.documentos.current().cloned().into_iter().collect();
    }
    state.documentos.marked.iter().filter_map(|id| state.documentos.find(*id)).cloned().collect()
}

/// Validate, reject, rename, retype, delete, bring back.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let targets = targets(state);
    let ids: Vec<DocumentoId> = targets.iter().map(|documento| documento.id).collect();
    match action {
        Action::Validate => validate(state, targets),
        Action::Reject => prompt(state, Purpose::Reject(ids), String::new()),
        Action::Delete => {
            let question = match targets.as_slice() {
                [one] => Text::key("pregunta-borrar").with("nombre", one.nombre.clone()),
                many => Text::key("pregunta-borrar-varios").with("n", many.len()),
            };
            ask(state, question, Then::Delete(ids))
        }
        Action::Rename => match targets.first() {
            Some(one) => {
                let (id, nombre) = (one.id, one.nombre.clone());
                prompt(state, Purpose::Rename(id), nombre)
            }
            None => Vec::new(),
        },
        Action::Retype => super::overlay::picker::open_types(state, ids),
        Action::Recover => super::overlay::picker::open_deleted(state),
        _ => Vec::new(),
    }
}

fn prompt(state: &mut State, purpose: Purpose, text: String) -> Vec<Effect> {
    state.overlays.push(Overlay::Prompt(Prompt { purpose, input: text.into(), error: None }));
    Vec::new()
}

fn validate(state: &mut State, targets: Vec<DocumentoVista>) -> Vec<Effect> {
    let waiting: Vec<DocumentoVista> = targets.into_iter().filter(|d| d.estado != EstadoDocumento::Validado).collect();
    if waiting.is_empty() {
        return mensajes::warn(state, Text::key("ya-validado"));
    }
    let mut effects = Vec::new();
    for documento in &waiting {
        let key = state.next_key();
        state.documentos.writing.insert(documento.id);
        effects.push(Effect::Validate { documento: documento.id, sha256: documento.sha256.clone(), key });
    }
    effects.extend(go_on(state, &waiting.iter().map(|d| d.id).collect::<Vec<_>>()));
    effects
}

/// Rejects with the reason that was typed.
pub fn reject(state: &mut State, ids: &[DocumentoId], motivo: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for id in ids {
        let Some(sha256) = state.documentos.find(*id).map(|documento| documento.sha256.clone()) else { continue };
        let key = state.next_key();
        state.documentos.writing.insert(*id);
        effects.push(Effect::Reject { documento: *id, sha256, motivo: motivo.to_owned(), key });
    }
    effects.extend(go_on(state, ids));
    effects
}

/// To the next pending document: below, then above, then in the next expediente that has one.
fn go_on(state: &mut State, done: &[DocumentoId]) -> Vec<Effect> {
    state.documentos.marked.clear();
    let lines = state.documentos.lines();
    let waits = |line: &Line<'_>| is_pending(line) && !matches!(line, Line::Documento(d) if done.contains(&d.id) || state.documentos.writing.contains(&d.id));
    let places: Vec<usize> = lines.iter().enumerate().filter(|(_, line)| waits(line)).map(|(place, _)| place).collect();
    let next = places.iter().find(|place| **place > state.documentos.selected).or(places.first()).copied();
    match next {
        Some(place) => select(state, place),
        None => lista::next_with_pending(state),
    }
}

/// What came of a change.
pub fn message(state: &mut State, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::DocumentoChanged { documento, answer } => {
            state.documentos.writing.remove(&documento);
            match answer {
                Ok(vista) => {
                    let texto = match vista.estado {
                        EstadoDocumento::Validado => Text::key("documento-validado"),
                        EstadoDocumento::Rechazado => Text::key("documento-rechazado"),
                        EstadoDocumento::Pendiente => Text::key("documento-cambiado"),
                    };
                    let texto = texto.with("nombre", vista.nombre.clone());
                    replace(state, vista);
                    let mut effects = mensajes::done(state, texto);
                    effects.extend(reload(state));
                    effects
                }
                Err(failure) => {
                    let mut effects = conexion::failed(state, &failure);
                    effects.extend(reload(state));
                    effects
                }
            }
        }
        Msg::DocumentoDeleted { answer, .. } => match answer {
            Ok(()) => {
                let mut effects = mensajes::done(state, Text::key("documento-borrado"));
                effects.extend(reload(state));
                effects
            }
            Err(failure) => conexion::failed(state, &failure),
        },
        _ => Vec::new(),
    }
}

fn replace(state: &mut State, vista: DocumentoVista) {
    let Some(detalle) = &mut state.documentos.detalle.value else { return };
    if let Some(old) = detalle.documentos.iter_mut().find(|documento| documento.id == vista.id) {
        *old = vista;
    }
}
