//! Leaving: at once when nothing would be lost, else after a question.

use super::ask;
use crate::effect::Effect;
use crate::i18n::Text;
use crate::state::State;
use crate::state::overlay::{Confirm, Overlay, Purpose, Then};

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

/// What would be lost, as a question; uploads first, for they take longest.
fn would_lose(state: &State) -> Option<Text> {
    match state.transfers.open() {
        0 => has_typed(state).then(|| Text::key("pregunta-salir-sin-guardar")),
        open => Some(Text::key("pregunta-salir-con-subidas").with("n", open)),
    }
}

/// Whether something typed has not been taken yet: in the index, in a new expediente, a reason, or a change that waits for the line.
fn has_typed(state: &State) -> bool {
    let unsaved = |overlay: &Overlay| match overlay {
        Overlay::NewExpediente(nuevo) => nuevo.edit.is_changed(),
        Overlay::Prompt(prompt) => {
            let is_reason = matches!(
                prompt.purpose,
                Purpose::Reject(_) | Purpose::Delete(_) | Purpose::Force(_) | Purpose::Retreat(_)
            );
            is_reason && !prompt.input.value().trim().is_empty()
        }
        _ => false,
    };
    state.has_unsaved_edit() || state.outbox.waiting() > 0 || state.overlays.iter().any(unsaved)
}
