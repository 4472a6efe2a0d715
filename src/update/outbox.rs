//! Writes that a cut must not lose: the person is on the next document already when it is known that this one did not arrive.

use super::{conexion, mensajes};
use crate::effect::{Effect, Write};
use crate::i18n::Text;
use crate::msg::{FailureKind, Msg};
use crate::state::State;
use crate::state::outbox::Sent;

/// Takes note of the writes among these effects.
pub fn keep(state: &mut State, effects: &mut Vec<Effect>) {
    if effects.iter().any(|effect| matches!(effect, Effect::Write { .. })) {
        effects.push(super::lista::patience());
    }
    for effect in effects.iter() {
        let Effect::Write { key, write } = effect else { continue };
        match state.outbox.writes.iter_mut().find(|sent| sent.key == *key) {
            Some(sent) => (sent.waiting, sent.since) = (false, state.now),
            None => state.outbox.writes.push(Sent {
                key: key.clone(),
                write: write.clone(),
                since: state.now,
                waiting: false,
            }),
        }
    }
}

/// What an answer from outside is to whoever asked.
pub enum Answered {
    /// It was cut: kept, to be sent again; these effects are all that comes of it.
    Cut(Vec<Effect>),
    /// It answers this write, which is done or refused.
    Write(Write),
    /// No write of the outbox.
    Other,
}

/// An answer has come.
pub fn answered(state: &mut State, msg: &Msg) -> Answered {
    let Some((key, failure)) = msg.kept_write() else { return Answered::Other };
    let place = state.outbox.writes.iter().position(|sent| !sent.waiting && sent.key == key);
    let Some(place) = place else { return Answered::Other };
    match failure.filter(|failure| matches!(failure.kind, FailureKind::Offline | FailureKind::SessionEnded)) {
        Some(failure) => {
            state.outbox.writes[place].waiting = true;
            let mut effects = conexion::failed(state, failure);
            effects.extend(mensajes::warn(state, Text::key("cambio-espera")));
            Answered::Cut(effects)
        }
        None => Answered::Write(state.outbox.writes.remove(place).write),
    }
}

/// The line, or the session, is back: what was cut goes out again, in its order.
pub fn go_on(state: &State) -> Vec<Effect> {
    state.outbox.writes.iter().filter(|sent| sent.waiting).map(Sent::effect).collect()
}
