//! Writes that a cut must not lose: the person is on the next document already when it is known that this one did not arrive.

use super::{conexion, mensajes};
use crate::effect::Effect;
use crate::i18n::Text;
use crate::msg::{Failure, FailureKind, Msg};
use crate::state::State;
use crate::state::outbox::Write;

/// Takes note of the writes among these effects.
pub fn keep(state: &mut State, effects: &[Effect]) {
    for effect in effects.iter().filter(|effect| is_kept(effect)) {
        match state.outbox.writes.iter_mut().find(|write| write.effect == *effect) {
            Some(write) => write.waiting = false,
            None => state.outbox.writes.push(Write { effect: effect.clone(), waiting: false }),
        }
    }
}

/// The index keeps its own save, and a new expediente stays in its form.
fn is_kept(effect: &Effect) -> bool {
    effect.is_write() && !matches!(effect, Effect::SaveIndice { .. } | Effect::Create { .. })
}

/// An answer has come. One that was cut stays, to be sent again, and `Some` is all that comes of it; else it is for whoever asked.
pub fn answered(state: &mut State, msg: &Msg) -> Option<Vec<Effect>> {
    let place = state.outbox.writes.iter().position(|write| !write.waiting && answers(msg, &write.effect))?;
    match failure_of(msg).filter(|failure| matches!(failure.kind, FailureKind::Offline | FailureKind::SessionEnded)) {
        Some(failure) => {
            state.outbox.writes[place].waiting = true;
            let mut effects = conexion::failed(state, failure);
            effects.extend(mensajes::warn(state, Text::key("cambio-espera")));
            Some(effects)
        }
        None => {
            state.outbox.writes.remove(place);
            None
        }
    }
}

fn answers(msg: &Msg, effect: &Effect) -> bool {
    match (msg, effect) {
        (
            Msg::DocumentoChanged { documento: of, .. },
            Effect::Validate { documento, .. }
            | Effect::Reject { documento, .. }
            | Effect::ChangeDocumento { documento, .. }
            | Effect::RecoverDocumento { documento, .. },
        )
        | (Msg::DocumentoDeleted { documento: of, .. }, Effect::DeleteDocumento { documento, .. }) => of == documento,
        (Msg::FaseChanged { id: of, .. }, Effect::ChangeFase { id, .. })
        | (Msg::Undone { id: of, .. }, Effect::Undo { id, .. }) => of == id,
        _ => false,
    }
}

fn failure_of(msg: &Msg) -> Option<&Failure> {
    match msg {
        Msg::DocumentoChanged { answer, .. } => answer.as_ref().err(),
        Msg::DocumentoDeleted { answer, .. } => answer.as_ref().err(),
        Msg::FaseChanged { answer, .. } | Msg::Undone { answer, .. } => answer.as_ref().err(),
        _ => None,
    }
}

/// The line, or the session, is back: what was cut goes out again, in its order.
pub fn go_on(state: &State) -> Vec<Effect> {
    state.outbox.writes.iter().filter(|write| write.waiting).map(|write| write.effect.clone()).collect()
}
