//! Toasts, and the log that keeps all of them.

use crate::effect::{Effect, Timer};
use crate::i18n::Text;
use crate::state::State;
use crate::state::mensajes::{LOG_MAX, Mensaje, Nivel, Toast};

/// How long a toast stays, in milliseconds; an error stays longer, and all can be read again in the log.
const SHORT_MS: u64 = 3_500;
const LONG_MS: u64 = 8_000;
/// Toasts at once.
const TOASTS_MAX: usize = 3;

/// Something was done.
pub fn done(state: &mut State, texto: Text) -> Vec<Effect> {
    tell(state, Nivel::Hecho, texto, None)
}

/// Worth knowing.
pub fn warn(state: &mut State, texto: Text) -> Vec<Effect> {
    tell(state, Nivel::Aviso, texto, None)
}

/// Something failed.
pub fn error(state: &mut State, texto: Text) -> Vec<Effect> {
    tell(state, Nivel::Error, texto, None)
}

/// Tells; `peticion` is the request's id at the service.
pub fn tell(state: &mut State, nivel: Nivel, texto: Text, peticion: Option<String>) -> Vec<Effect> {
    let mensaje = Mensaje { nivel, texto, at: state.now, peticion };
    keep(state, mensaje.clone());
    let stays = if nivel == Nivel::Hecho { SHORT_MS } else { LONG_MS };
    state.mensajes.toasts.retain(|toast| toast.mensaje.texto != mensaje.texto);
    state.mensajes.toasts.push(Toast { mensaje, until: state.now + stays });
    if state.mensajes.toasts.len() > TOASTS_MAX {
        state.mensajes.toasts.remove(0);
    }
    wake(state)
}

/// Into the log alone: one of many of which the sum is told.
pub fn note(state: &mut State, nivel: Nivel, texto: Text) -> Vec<Effect> {
    keep(state, Mensaje { nivel, texto, at: state.now, peticion: None });
    Vec::new()
}

fn keep(state: &mut State, mensaje: Mensaje) {
    if state.mensajes.log.len() == LOG_MAX {
        state.mensajes.log.pop_front();
    }
    state.mensajes.log.push_back(mensaje);
}

/// Takes a toast away that has become untrue; the log keeps it.
pub fn take_back(state: &mut State, texto: &Text) {
    state.mensajes.toasts.retain(|toast| toast.mensaje.texto != *texto);
}

/// Takes away what has been seen long enough.
pub fn expire(state: &mut State) -> Vec<Effect> {
    let now = state.now;
    state.mensajes.toasts.retain(|toast| toast.until > now);
    wake(state)
}

fn wake(state: &State) -> Vec<Effect> {
    let next = state.mensajes.toasts.iter().map(|toast| toast.until).min();
    next.map(|until| Effect::Wake { after_ms: until.saturating_sub(state.now) + 1, timer: Timer::Toast })
        .into_iter()
        .collect()
}
