//! Writes that a cut must not lose: the person is on the next document already when it is known that this one did not arrive.

use super::{conexion, mensajes};
use crate::effect::Effect;
use crate::i18n::Text;
use crate::msg::{FailureKind, Msg};
use crate::state::State;
use crate::state::outbox::Write;

/// Takes note of the writes among these effects.
pub fn keep(state: &mut State, effects: &[Effect]) {
    for effect in effects.iter().filter(|effect| effect.kept_key().is_some()) {
        match state.outbox.writes.iter_mut().find(|write| write.effect == *effect) {
            Some(write) => write.waiting = false,
            None => state.outbox.writes.push(Write { effect: effect.clone(), waiting: false }),
        }
    }
}

/// An answer has come. One that was cut stays, to be sent again, and `Some` is all that comes of it; else it is for whoever asked.
pub fn answered(state: &mut State, msg: &Msg) -> Option<Vec<Effect>> {
    let (key, failure) = msg.kept_write()?;
    let place = state.outbox.writes.iter().position(|write| !write.waiting && write.effect.kept_key() == Some(key))?;
    match failure.filter(|failure| matches!(failure.kind, FailureKind::Offline | FailureKind::SessionEnded)) {
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

/// The line, or the session, is back: what was cut goes out again, in its order.
pub fn go_on(state: &State) -> Vec<Effect> {
    state.outbox.writes.iter().filter(|write| write.waiting).map(|write| write.effect.clone()).collect()
}
