//! The line to the service: coming up, going away, coming back by itself; and what other people do there.

use super::{avisos, documentos, eleccion, guardar, lista, mensajes, outbox, paging, sesion, transfers};
use crate::action::Action;
use crate::effect::{Effect, Memoria, Timer};
use crate::i18n::Text;
use crate::input::key::KeyPress;
use crate::msg::{Failure, FailureKind, Msg};
use crate::state::conexion::EstadoConexion;
use crate::state::mensajes::{Asunto, Nivel};
use crate::state::overlay::Overlay;
use crate::state::{Screen, State};
use api::evento::{Clase, Evento};
use api::servidor::Servidor;

/// Longest wait between attempts, in milliseconds.
const BACKOFF_MAX_MS: u64 = 30_000;

/// What the service, or its stream of events, has said.
pub fn message(state: &mut State, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Servidor(Ok(servidor)) => up(state, servidor),
        Msg::Servidor(Err(failure)) => {
            state.conexion.motivo = failure.reason_of_line().map(str::to_owned);
            // Whatever it is that does not let the service in, a proxy for one, may pass: tried again in any case.
            let mut effects = if failure.kind == FailureKind::Offline { Vec::new() } else { failed(state, &failure) };
            effects.extend(away(state));
            effects
        }
        Msg::Untrusted(huella) => {
            state.conexion.trust = Some(huella);
            state.screen = Screen::Trust;
            Vec::new()
        }
        Msg::Listening { seq } => {
            // Back on line it is only with the answer of the service itself, for then what was waiting goes out.
            state.conexion.seq = Some(seq);
            Vec::new()
        }
        Msg::Evento(evento) => event(state, evento),
        Msg::ListenLost(failure) => match failure.kind {
            FailureKind::SessionEnded => session_ended(state),
            // The line is fine: asking again would be refused again.
            FailureKind::Refused => failed(state, &failure),
            _ => away(state),
        },
        _ => Vec::new(),
    }
}

/// The service answers: sign in, or go on where one was.
fn up(state: &mut State, servidor: Servidor) -> Vec<Effect> {
    let was_away = matches!(state.conexion.estado, EstadoConexion::SinConexion { .. });
    state.conexion.estado = EstadoConexion::EnLinea;
    state.conexion.motivo = None;
    state.conexion.servidor = Some(servidor);
    match state.screen {
        Screen::Connecting | Screen::Trust => sesion::start(state),
        Screen::SignIn => eleccion::reload_if_needed(state),
        Screen::Choice => {
            let mut effects = eleccion::reload_if_needed(state);
            effects.extend(send_waiting(state));
            effects
        }
        Screen::Work => {
            let mut effects = go_on(state);
            // Without a session nothing comes yet: it is told when one is signed in.
            if was_away && !state.session_has_ended() {
                mensajes::take_back(state, &Text::key("cambio-espera"));
                effects.extend(mensajes::done(state, Text::key("conexion-vuelve")));
            }
            effects
        }
    }
}

/// The line, or the session, is back: listens from where it was, asks again for what is on screen, sends what was waiting.
pub fn go_on(state: &mut State) -> Vec<Effect> {
    if state.session_has_ended() {
        return Vec::new();
    }
    let mut effects = vec![Effect::Listen { desde: state.conexion.seq }];
    effects.extend(lista::reload(state));
    effects.extend(documentos::ask_again(state));
    effects.extend(avisos::ask_again(state));
    effects.extend(guardar::retry(state));
    effects.extend(super::overlay::personas::ask_again(state));

    effects.extend(super::preview::load(state));
    effects.extend(send_waiting(state));
    if state.eleccion.modelo_pending.is_some() {
        effects.extend(eleccion::reload_modelo(state));
    }
    effects
}

/// What a cut or an ended session has kept back goes out, wherever the person is by now.
pub fn send_waiting(state: &mut State) -> Vec<Effect> {
    let mut effects = outbox::go_on(state);
    effects.extend(transfers::go_on(state));
    effects
}

/// The service does not answer: waits longer each time, and tries again.
pub fn away(state: &mut State) -> Vec<Effect> {
    let attempts = match state.conexion.estado {
        EstadoConexion::SinConexion { retry_at, attempts } if retry_at > state.now => {
            return keep_waiting(state, retry_at, attempts);
        }
        EstadoConexion::SinConexion { attempts, .. } => attempts + 1,
        _ => 1,
    };
    let wait = (1_000 << (attempts - 1).min(5)).min(BACKOFF_MAX_MS);
    state.conexion.estado = EstadoConexion::SinConexion { retry_at: state.now + wait, attempts };
    vec![Effect::Wake { after_ms: wait, timer: Timer::Reconnect }]
}

/// Several requests fail together when the line is cut: one of them has set the time.
fn keep_waiting(state: &mut State, retry_at: u64, attempts: u32) -> Vec<Effect> {
    state.conexion.estado = EstadoConexion::SinConexion { retry_at, attempts };
    Vec::new()
}

/// Time to try again, or the person does not want to wait.
pub fn retry(state: &State) -> Vec<Effect> {
    match state.conexion.estado {
        EstadoConexion::EnLinea => Vec::new(),
        _ => vec![Effect::Connect],
    }
}

/// Whether a failure is about what was asked, and not about the line or the session.
pub fn is_for_people(failure: &Failure) -> bool {
    matches!(failure.kind, FailureKind::Refused | FailureKind::Broken)
}

/// Something asked of the service was not done. What the person typed is still there, whatever it was.
pub fn failed(state: &mut State, failure: &Failure) -> Vec<Effect> {
    match failure.kind {
        FailureKind::Offline => away(state),
        FailureKind::SessionEnded => session_ended(state),
        FailureKind::Refused | FailureKind::Broken => {
            let peticion = failure.peticion();
            mensajes::tell(state, Nivel::Error, failure.sentence.clone().into(), peticion)
        }
    }
}

/// Likewise, of one thing: what is told of it next takes its place.
pub fn failed_about(state: &mut State, failure: &Failure, asunto: Asunto) -> Vec<Effect> {
    match is_for_people(failure) {
        true => mensajes::refused(state, asunto, failure.sentence.clone().into(), failure.peticion()),
        false => failed(state, failure),
    }
}

/// Asks to sign in again, over whatever is open.
pub fn session_ended(state: &mut State) -> Vec<Effect> {
    if state.screen != Screen::Work {
        sesion::prepare_again(state);
        state.screen = Screen::SignIn;
        return vec![Effect::StopListening];
    }
    // A line that has just come back is none yet for whoever has to sign in first.
    mensajes::take_back(state, &Text::key("conexion-vuelve"));
    if !state.session_has_ended() {
        sesion::prepare_again(state);
        state.overlays.push(Overlay::SignInAgain);
    }
    vec![Effect::StopListening]
}

/// Somebody, perhaps this person, has changed something.
fn event(state: &mut State, evento: Evento) -> Vec<Effect> {
    state.conexion.seq = Some(evento.seq);
    if evento.clase == Clase::ConfiguracionCambiada {
        return eleccion::reload_modelo(state);
    }
    let (Some(id), Screen::Work) = (evento.expediente, state.screen) else { return Vec::new() };
    let mine = avisos::follow(state, evento.clase, &evento.quien);
    let known =
        state.documentos.detalle.value.as_ref().filter(|detalle| detalle.id == id).map(|detalle| detalle.revision);
    if known.zip(evento.revision).is_some_and(|(known, revision)| revision <= known) {
        // What one has done oneself is on screen already, in the detail and in its row.
        return mine;
    }
    let mut effects = mine;
    if state.documentos.expediente == Some(id) {
        effects.extend(documentos::reload(state));
    }
    let listed = state.lista.filas.iter().any(|fila| fila.id == id);
    if listed || evento.clase == Clase::ExpedienteCreado {
        effects.extend(paging::refresh_soon(state));
    }
    effects
}

/// While there is no service: Intro and F5 try at once.
pub fn act(state: &State, action: Action) -> Vec<Effect> {
    if matches!(action, Action::Enter | Action::Refresh) { retry(state) } else { Vec::new() }
}

/// The question about an unknown certificate: `s` trusts, `n` leaves. Intro and Esc do nothing: this one is not to be clicked away.
pub fn edit(state: &mut State, key: KeyPress) -> Vec<Effect> {
    match (key.char(), state.conexion.trust.take()) {
        (Some('s' | 'S' | 'y' | 'Y'), Some(huella)) => {
            // A certificate that changed under one's work: back to it.
            state.screen =
                if state.persona.is_some() && state.modelo.is_some() { Screen::Work } else { Screen::Connecting };
            vec![Effect::Trust(huella.sha256), Effect::Connect]
        }
        (Some('n' | 'N'), _) => {
            state.quit = true;
            Vec::new()
        }
        (_, trust) => {
            state.conexion.trust = trust;
            Vec::new()
        }
    }
}

/// Spanish to English and back.
pub fn other_language(state: &mut State) -> Vec<Effect> {
    let mut config = (*state.config).clone();
    let other = if config.idioma.as_deref().is_some_and(|lang| lang.starts_with("en")) { "es" } else { "en" };
    config.idioma = Some(other.to_owned());
    state.config = config.into();
    vec![Effect::Remember(Memoria::Idioma(other.to_owned()))]
}
