//! What lies over the panes: who of them has the keys, and the simple ones.

pub mod confirm;
pub mod fields;
pub mod files;
pub mod history;
pub mod nuevo;
pub mod picker;
pub mod prompt;

use super::{sesion, transfers};
use crate::action::Action;
use crate::effect::Effect;
use crate::input::key::KeyPress;
use crate::state::State;
use crate::state::overlay::{Overlay, Then};
use crate::state::transfers::EstadoTransfer;

/// An action for the topmost overlay.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match state.overlays.last_mut() {
        Some(Overlay::Picker(_)) => picker::act(state, action),
        Some(Overlay::Prompt(_)) => prompt::act(state, action),
        Some(Overlay::Confirm(_)) => confirm::act(state, action),
        Some(Overlay::Files(_)) => files::act(state, action),
        Some(Overlay::NewExpediente(_)) => nuevo::act(state, action),
        Some(Overlay::History(_)) => history::act(state, action),
        Some(Overlay::SignInAgain) => sesion::act(state, action),
        Some(Overlay::Missing { offset } | Overlay::Log { offset }) => {
            if let Some(moved) = scrolled(*offset, action) {
                *offset = moved;
            } else if matches!(action, Action::Back | Action::Enter | Action::Missing | Action::Log) {
                state.overlays.pop();
            } else if matches!(action, Action::Force) {
                state.overlays.pop();
                return super::work(state, action);
            }
            Vec::new()
        }
        Some(Overlay::Transfers { .. }) => transfers_act(state, action),
        None => Vec::new(),
    }
}

fn scrolled(offset: usize, action: Action) -> Option<usize> {
    Some(match action {
        Action::Up => offset.saturating_sub(1),
        Action::Down => offset + 1,
        Action::PageUp => offset.saturating_sub(10),
        Action::PageDown => offset + 10,
        Action::First => 0,
        _ => return None,
    })
}

/// Intro tries again, `d` ends, Esc closes.
fn transfers_act(state: &mut State, action: Action) -> Vec<Effect> {
    let last = state.transfers.items.len().saturating_sub(1);
    let Some(Overlay::Transfers { selected }) = state.overlays.last_mut() else { return Vec::new() };
    if let Some(moved) = scrolled(*selected, action) {
        *selected = moved.min(last);
        return Vec::new();
    }
    let Some(transfer) = state.transfers.items.get(*selected) else {
        state.overlays.pop();
        return Vec::new();
    };
    let (id, nombre) = (transfer.id, transfer.nombre.clone());
    let open = matches!(transfer.estado, EstadoTransfer::EnCola | EstadoTransfer::EnCurso);
    match action {
        Action::Enter | Action::Rotate | Action::Refresh => transfers::retry(state, id),
        Action::Delete | Action::Reject if open => {
            super::ask(state, crate::i18n::Text::key("pregunta-cancelar-transferencia").with("nombre", nombre), Then::CancelTransfer(id))
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
            files.selected = at;
            files::act(state, Action::Enter)
        }
        Some(Overlay::History(history)) => {
            history.selected = at;
            Vec::new()
        }
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
