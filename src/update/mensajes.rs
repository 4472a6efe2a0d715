//! Toasts, and the log that keeps all of them.

use crate::effect::{Effect, Timer};
use crate::i18n::Text;
use crate::state::State;
use crate::state::mensajes::{Asunto, LOG_MAX, Mensaje, Nivel, Toast};
use crate::view::layout::LOW;

/// How long a toast stays, in milliseconds; an error stays longer, and all can be read again in the log.
const SHORT_MS: u64 = 3_500;
const LONG_MS: u64 = 8_000;
/// On a low terminal it stands over the keys.
const LOW_MS: u64 = 2_500;
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
    show(state, Mensaje { nivel, texto, at: state.now, peticion }, None)
}

/// Tells of one thing: what was told of it before is not true any more.
pub fn about(state: &mut State, asunto: Asunto, nivel: Nivel, texto: Text) -> Vec<Effect> {
    show(state, Mensaje { nivel, texto, at: state.now, peticion: None }, Some(asunto))
}

/// Likewise of something that the service has refused; `peticion` is the request's id there.
pub fn refused(state: &mut State, asunto: Asunto, texto: Text, peticion: Option<String>) -> Vec<Effect> {
    show(state, Mensaje { nivel: Nivel::Error, texto, at: state.now, peticion }, Some(asunto))
}

fn show(state: &mut State, mensaje: Mensaje, asunto: Option<Asunto>) -> Vec<Effect> {
    keep(state, mensaje.clone());
    let stays = match mensaje.nivel {
        _ if state.size.1 < LOW => LOW_MS,
        Nivel::Hecho => SHORT_MS,
        Nivel::Aviso | Nivel::Error => LONG_MS,
    };
    let same = |toast: &Toast| toast.mensaje.texto == mensaje.texto || (asunto.is_some() && toast.asunto == asunto);
    let toasts = &mut state.mensajes.toasts;
    toasts.retain(|toast| !same(toast));
    toasts.push(Toast { mensaje, until: state.now + stays, asunto, seen: false });
    if toasts.len() > TOASTS_MAX {
        // What went well makes room for what did not, and of two alike the older one for the newer.
        let least = toasts.iter().enumerate().min_by_key(|(_, toast)| toast.mensaje.nivel).map_or(0, |(at, _)| at);
        toasts.remove(least);
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

/// Takes away what was told of something that is settled; the log keeps it.
pub fn settle(state: &mut State, asunto: Asunto) {
    state.mensajes.toasts.retain(|toast| toast.asunto != Some(asunto));
}

/// Takes away what has been there long enough. Errors stay until somebody is at the keyboard.
pub fn expire(state: &mut State) -> Vec<Effect> {
    let now = state.now;
    state.mensajes.toasts.retain(|toast| toast.until > now || (toast.mensaje.nivel == Nivel::Error && !toast.seen));
    wake(state)
}

/// Somebody is at the keyboard: the errors on screen have been seen.
pub fn seen(state: &mut State) {
    let now = state.now;
    state.mensajes.toasts.iter_mut().for_each(|toast| toast.seen = true);
    state.mensajes.toasts.retain(|toast| toast.until > now);
}

fn wake(state: &State) -> Vec<Effect> {
    let next = state.mensajes.toasts.iter().map(|toast| toast.until).filter(|until| *until > state.now).min();
    next.map(|until| Effect::Wake { after_ms: until.saturating_sub(state.now) + 1, timer: Timer::Toast })
        .into_iter()
        .collect()
}
