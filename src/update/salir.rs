//! Leaving: at once when nothing would be lost, else after a question.

use super::ask;
use crate::effect::Effect;
use crate::i18n::Text;
use crate::state::State;
use crate::state::overlay::{Confirm, Overlay, Prompt, Then};

/// Leaves the program.
pub fn quit(state: &mut State) -> Vec<Effect> {
    if matches!(state.top(), Some(Overlay::Confirm(Confirm { then: Then::Quit, .. }))) {
        return Vec::new();
    }
    match would_lose(state) {
        Some(question) => ask(state, question, Then::Quit),
        None => {
            state.quit = true;
            Vec::new()
        }
    }
}

/// Signs out; asks in any case.
pub fn sign_out(state: &mut State) -> Vec<Effect> {
    let question = would_lose(state).unwrap_or(Text::key("pregunta-salir-sesion"));
    ask(state, question, Then::SignOut)
}

/// What is not done yet, as a question; uploads first, for they take longest. Where work is kept on this machine, it is not lost.
fn would_lose(state: &State) -> Option<Text> {
    let kept = state.trabajo.is_some();
    match state.transfers.open() {
        0 if has_reason(state) => Some(Text::key("pregunta-salir-sin-guardar")),
        0 if !has_typed(state) && queued(state) == 0 => None,
        0 if !has_typed(state) => {
            let key = if kept { "pregunta-salir-cambios" } else { "pregunta-salir-cambios-perder" };
            Some(Text::key(key).with("n", queued(state)))
        }
        0 if kept => Some(Text::key("pregunta-salir-guardado")),
        0 => Some(Text::key("pregunta-salir-sin-guardar")),
        open if kept => Some(Text::key("pregunta-salir-siguen").with("n", open)),
        open => Some(Text::key("pregunta-salir-con-subidas").with("n", open)),
    }
}

/// Changes the service has not answered: what the bottom line counts, and without a line all of them.
fn queued(state: &State) -> usize {
    if state.conexion.is_up() { state.outbox.late(state.now).count() } else { state.outbox.writes.len() }
}

/// Whether a reason is being typed: it is kept nowhere.
fn has_reason(state: &State) -> bool {
    let is_reason = |overlay: &Overlay| match overlay {
        Overlay::Prompt(Prompt { purpose, input, .. }) => purpose.is_reason() && !input.value().trim().is_empty(),
        _ => false,
    };
    state.overlays.iter().any(is_reason)
}

/// Whether something typed into the index or a new expediente has not been taken yet.
fn has_typed(state: &State) -> bool {
    let unsaved = |overlay: &Overlay| match overlay {
        Overlay::NewExpediente(nuevo) => nuevo.edit.is_changed(),
        Overlay::Escrito(escrito) => escrito.is_changed(),
        _ => false,
    };
    state.has_unsaved_edit() || state.overlays.iter().any(unsaved)
}
