//! What lies over the panes: who of them has the keys, and the simple ones.

pub mod anotado;
pub mod confirm;
pub mod escrito;
pub mod fields;
pub mod files;
pub mod history;
pub mod notas;
pub mod nuevo;
pub mod paths;
pub mod personas;
pub mod picker;
pub mod prompt;
pub mod thumbs;

use super::{sesion, transfers};
use crate::action::Action;
use crate::effect::Effect;
use crate::input::key::KeyPress;
use crate::state::documentos::Line;
use crate::state::indice::visible_fields;
use crate::state::overlay::{Overlay, Then};
use crate::state::transfers::EstadoTransfer;
use crate::state::{Pane, State, cola};
use domain::gate::Falta;

/// An action for the topmost overlay.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match state.overlays.last_mut() {
        Some(Overlay::Picker(_)) => picker::act(state, action),
        Some(Overlay::Prompt(_)) => prompt::act(state, action),
        Some(Overlay::Confirm(_)) => confirm::act(state, action),
        Some(Overlay::Files(_)) => files::act(state, action),
        Some(Overlay::NewExpediente(_)) => nuevo::act(state, action),
        Some(Overlay::History(_)) => history::act(state, action),
        Some(Overlay::Notas(_)) => notas::act(state, action),
        Some(Overlay::Escrito(_)) => escrito::act(state, action),
        Some(Overlay::Avisos(_)) => super::avisos::act(state, action),
        Some(Overlay::SignInAgain) => sesion::act(state, action),
        Some(Overlay::Thumbs(_)) => thumbs::act(state, action),
        Some(Overlay::Missing { .. } | Overlay::Log { .. } | Overlay::Firmas { .. }) => read_only(state, action),
        Some(Overlay::Transfers { .. }) => transfers_act(state, action),
        None => Vec::new(),
    }
}

/// Opens an overlay; signing in again stays on top of whatever comes.
pub fn push(state: &mut State, overlay: Overlay) {
    let place = state.overlays.iter().position(|overlay| matches!(overlay, Overlay::SignInAgain));
    state.overlays.insert(place.unwrap_or(state.overlays.len()), overlay);
}

/// Where moving in a list of `count` leads; `None` when the action does not move.
pub(super) fn scrolled(at: usize, action: Action, count: usize) -> Option<usize> {
    let to = match action {
        Action::Up => at.saturating_sub(1),
        Action::Down => at + 1,
        Action::PageUp | Action::PreviewHalfUp => at.saturating_sub(10),
        Action::PageDown | Action::PreviewHalfDown => at + 10,
        Action::First => 0,
        Action::Last => count,
        _ => return None,
    };
    Some(to.min(count.saturating_sub(1)))
}

/// The log is read from its end: up is further back.
fn turned(action: Action) -> Action {
    match action {
        Action::Up => Action::Down,
        Action::Down => Action::Up,
        Action::PageUp => Action::PageDown,
        Action::PageDown => Action::PageUp,
        Action::First => Action::Last,
        Action::Last => Action::First,
        other => other,
    }
}

/// What is missing, and the log: read, and closed.
fn read_only(state: &mut State, action: Action) -> Vec<Effect> {
    let faltas = state.documentos.detalle.value.as_ref().map_or(0, |detalle| detalle.faltas.len());
    let firmas = super::preview::firmas::here(state).map_or(0, |firmas| firmas.firmas.len());
    let moved = match state.overlays.last_mut() {
        Some(Overlay::Firmas { selected }) => scrolled(*selected, action, firmas).map(|to| *selected = to),
        Some(Overlay::Missing { selected }) => scrolled(*selected, action, faltas).map(|to| *selected = to),
        Some(Overlay::Log { offset }) => {
            scrolled(*offset, turned(action), state.mensajes.log.len()).map(|to| *offset = to)
        }
        _ => None,
    };
    match action {
        _ if moved.is_some() => Vec::new(),
        Action::Enter if matches!(state.top(), Some(Overlay::Missing { .. })) => go_to_missing(state),
        Action::Back | Action::Enter | Action::Missing | Action::Log | Action::Signatures => {
            state.overlays.pop();
            Vec::new()
        }
        // From what is missing straight on: over the gate, or to what is to be done about it.
        Action::Advance | Action::Force | Action::Retreat | Action::Upload | Action::EditIndice
            if matches!(state.top(), Some(Overlay::Missing { .. })) =>
        {
            state.overlays.pop();
            super::work(state, action)
        }
        _ => Vec::new(),
    }
}

/// From what is missing to where it is mended: the document, its upload, or the field.
fn go_to_missing(state: &mut State) -> Vec<Effect> {
    let Some(Overlay::Missing { selected }) = state.overlays.pop() else { return Vec::new() };
    let falta = state.documentos.detalle.value.as_ref().and_then(|detalle| detalle.faltas.get(selected));
    match falta.map(|falta| falta.falta.clone()) {
        Some(Falta::Documento { tipo, .. }) => {
            state.focus = Pane::Documentos;
            let is_it = |line: &Line<'_>| match line {
                Line::Documento(documento) => documento.tipo == tipo,
                Line::Falta(requisito) => requisito.tipo == tipo,
            };
            let lines = state.documentos.lines();
            let place = lines.iter().position(is_it);
            let missing = place.is_some_and(|place| matches!(lines[place], Line::Falta(_)));
            let mut effects = place.map(|place| super::documentos::select(state, place)).unwrap_or_default();
            if missing {
                effects.extend(super::work(state, Action::Upload));
            }
            effects
        }
        Some(Falta::Avisos { .. }) => notas::open(state),
        Some(Falta::Campo { campo }) => {
            let place = visible_fields(state).iter().position(|field| field.id == campo);
            state.focus = Pane::Indice;
            state.indice.selected = place.unwrap_or(state.indice.selected);
            super::work(state, Action::EditIndice)
        }
        None => Vec::new(),
    }
}

/// What waits for the line goes out by itself. Of the transfers, Intro tries again, `d` ends one and takes away one that has ended, Esc closes.
fn transfers_act(state: &mut State, action: Action) -> Vec<Effect> {
    let count = state.transfers.items.len() + cola::cambios(state).len();
    let Some(Overlay::Transfers { selected }) = state.overlays.last_mut() else { return Vec::new() };
    // What waited may have been sent meanwhile.
    *selected = (*selected).min(count.saturating_sub(1));
    if let Some(moved) = scrolled(*selected, action, count) {
        *selected = moved;
        return Vec::new();
    }
    let Some(transfer) = state.transfers.items.get(*selected) else {
        if matches!(action, Action::Back | Action::Enter | Action::Transfers) {
            state.overlays.pop();
        }
        return Vec::new();
    };
    let (id, nombre) = (transfer.id, transfer.nombre.clone());
    let open = matches!(transfer.estado, EstadoTransfer::EnCola | EstadoTransfer::EnCurso);
    match action {
        Action::Enter | Action::Rotate | Action::Refresh => transfers::retry(state, id),
        Action::Delete | Action::Reject if open => super::ask(
            state,
            crate::i18n::Text::key("pregunta-cancelar-transferencia").with("nombre", nombre),
            Then::CancelTransfer(id),
        ),
        Action::Delete | Action::Reject => {
            state.transfers.items.retain(|transfer| transfer.id != id);
            if let Some(Overlay::Transfers { selected }) = state.overlays.last_mut() {
                *selected = (*selected).min(count.saturating_sub(2));
            }
            Vec::new()
        }
        Action::Back | Action::Transfers => {
            state.overlays.pop();
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// A key for the topmost overlay's field.
pub fn edit(state: &mut State, key: KeyPress) -> Vec<Effect> {
    match state.top() {
        Some(Overlay::Picker(_)) => picker::edit(state, key),
        Some(Overlay::Prompt(_)) => prompt::edit(state, key),
        Some(Overlay::Confirm(_)) => confirm::edit(state, key),
        Some(Overlay::Files(_)) => files::edit(state, key),
        Some(Overlay::NewExpediente(_)) => nuevo::edit(state, key),
        Some(Overlay::Escrito(_)) => escrito::edit(state, key),
        Some(Overlay::SignInAgain) => sesion::edit(state, key),
        _ => Vec::new(),
    }
}

/// Pasted text for the topmost overlay's field.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    match state.top() {
        Some(Overlay::Picker(_)) => picker::paste(state, text),
        Some(Overlay::Prompt(_)) => prompt::paste(state, text),
        Some(Overlay::Files(_)) => files::paste_paths(state, text),
        Some(Overlay::NewExpediente(_)) => nuevo::paste(state, text),
        Some(Overlay::Escrito(_)) => escrito::paste(state, text),
        Some(Overlay::SignInAgain) => sesion::paste(state, text),
        _ => Vec::new(),
    }
}

/// A click on an entry of the topmost overlay.
pub fn click(state: &mut State, at: usize) -> Vec<Effect> {
    match state.overlays.last_mut() {
        Some(Overlay::Picker(picker)) => {
            picker.selected = at.min(picker.visible.len().saturating_sub(1));
            picker::act(state, Action::Enter)
        }
        Some(Overlay::Files(files)) => {
            let count = if files.review { files.chosen.len() } else { files.visible.len() };
            files.selected = at.min(count.saturating_sub(1));
            files::act(state, Action::Enter)
        }
        Some(Overlay::History(history)) => {
            let count = history.entries.value.as_ref().map_or(0, Vec::len);
            history.selected = at.min(count.saturating_sub(1));
            Vec::new()
        }
        Some(Overlay::Thumbs(_)) => thumbs::click(state, at),
        Some(Overlay::Firmas { selected }) => {
            *selected = at;
            Vec::new()
        }
        Some(Overlay::Notas(_)) => notas::click(state, at),
        Some(Overlay::Escrito(_)) => escrito::click(state, at),
        Some(Overlay::Avisos(_)) => super::avisos::click(state, at),
        Some(Overlay::Transfers { selected }) => {
            *selected = at;
            Vec::new()
        }
        Some(Overlay::Confirm(confirm)) => {
            confirm.yes = at == 1;
            confirm::act(state, Action::Enter)
        }
        _ => Vec::new(),
    }
}
