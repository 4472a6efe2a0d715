//! Signing in, the first time and again.

use super::{conexion, eleccion, mensajes, trabajo};
use crate::action::Action;
use crate::effect::Effect;
use crate::i18n::Text;
use crate::input::key::KeyPress;
use crate::msg::{Answer, Failure, FailureKind, Msg};
use crate::state::conexion::EstadoConexion;
use crate::state::overlay::Overlay;
use crate::state::sesion::Field;
use crate::state::{Screen, State};
use crate::update::overlay::fields;
use api::Codigo;
use api::sesion::{Credenciales, Persona, SesionNueva};

/// The service is there: with a password from the environment or a kept session straight on, without a form; else the form.
pub fn start(state: &mut State) -> Vec<Effect> {
    if state.sesion.kept {
        let generation = state.next_generation();
        state.sesion.pending = Some((generation, state.now));
        return vec![Effect::WhoAmI { generation }];
    }
    if state.sesion.clave.value().is_empty() && is_demo_user(state) {
        // One key and one is in, the second time too: nobody has to take the remembered name out first.
        state.sesion.usuario.reset();
    }
    if !state.sesion.usuario.value().is_empty() {
        state.sesion.field = Field::Clave;
        if !state.sesion.clave.value().is_empty() {
            state.sesion.pending = None;
            return submit(state);
        }
    }
    state.screen = Screen::SignIn;
    Vec::new()
}

/// The form for signing in again: the same user, an empty password.
pub fn prepare_again(state: &mut State) {
    let usuario = state.persona.as_ref().map(|persona| persona.usuario.clone()).unwrap_or_default();
    let device = std::mem::take(&mut state.sesion.device);
    let field = if usuario.is_empty() { Field::Usuario } else { Field::Clave };
    state.sesion = crate::state::sesion::SignIn { usuario: usuario.into(), field, device, ..Default::default() };
}

/// An action on the form.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::NextPane | Action::Down => move_field(state, true),
        Action::PreviousPane | Action::Up => move_field(state, false),
        Action::Enter => match state.sesion.field {
            Field::Usuario if state.sesion.usuario.value().is_empty() => return demo_user(state, state.sesion.demo),
            Field::Usuario => state.sesion.field = Field::Clave,
            Field::Clave | Field::Codigo => return submit(state),
        },
        _ => {}
    }
    Vec::new()
}

/// In a demo, with nothing typed yet, up and down choose among its users; else they move between the fields.
fn move_field(state: &mut State, forward: bool) {
    let users = demo_len(state);
    if users > 0 && state.sesion.field == Field::Usuario && state.sesion.usuario.value().is_empty() {
        let step = if forward { 1 } else { users - 1 };
        state.sesion.demo = (state.sesion.demo + step) % users;
        return;
    }
    state.sesion.field = match (state.sesion.field, forward, state.sesion.con_codigo) {
        (Field::Usuario, true, _) | (Field::Codigo, false, _) => Field::Clave,
        (Field::Clave, true, true) => Field::Codigo,
        (Field::Usuario, false, true) => Field::Codigo,
        (Field::Usuario, false, false) => Field::Clave,
        _ => Field::Usuario,
    };
}

fn is_demo_user(state: &State) -> bool {
    let named = state.sesion.usuario.value();
    state.conexion.servidor.as_ref().is_some_and(|servidor| servidor.demo.iter().any(|user| user.usuario == named))
}

fn demo_len(state: &State) -> usize {
    state.conexion.servidor.as_ref().map_or(0, |servidor| servidor.demo.len())
}

/// A key for the field; in a demo, with an empty user, a digit signs that user in.
pub fn edit(state: &mut State, key: KeyPress) -> Vec<Effect> {
    let empty = state.sesion.field == Field::Usuario && state.sesion.usuario.value().is_empty();
    if let (true, Some(digit)) = (empty, key.char().and_then(|c| c.to_digit(10)))
        && (1..=demo_len(state)).contains(&(digit as usize))
    {
        return demo_user(state, digit as usize - 1);
    }
    fields::edit(field(state), key);
    state.sesion.error = None;
    Vec::new()
}

/// Pasted text for the field.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    if fields::paste(field(state), text) { Vec::new() } else { mensajes::warn(state, Text::key("pegado-cortado")) }
}

fn field(state: &mut State) -> &mut tui_input::Input {
    match state.sesion.field {
        Field::Usuario => &mut state.sesion.usuario,
        Field::Clave => &mut state.sesion.clave,
        Field::Codigo => &mut state.sesion.codigo,
    }
}

/// A click on a user of a demo.
pub fn click(state: &mut State, at: usize) -> Vec<Effect> {
    demo_user(state, at)
}

fn demo_user(state: &mut State, at: usize) -> Vec<Effect> {
    let Some(user) = state.conexion.servidor.as_ref().and_then(|servidor| servidor.demo.get(at)) else {
        return Vec::new();
    };
    let (usuario, clave) = (user.usuario.clone(), user.clave.clone());
    state.sesion.usuario = usuario.into();
    state.sesion.clave = clave.into();
    submit(state)
}

fn submit(state: &mut State) -> Vec<Effect> {
    if state.sesion.pending.is_some() {
        return Vec::new();
    }
    let generation = state.next_generation();
    state.sesion.pending = Some((generation, state.now));
    state.sesion.error = None;
    let codigo = state.sesion.codigo.value().trim();
    let credenciales = Credenciales {
        usuario: state.sesion.usuario.value().trim().to_owned(),
        clave: state.sesion.clave.value().to_owned(),
        codigo: (!codigo.is_empty()).then(|| codigo.to_owned()),
        dispositivo: Some(state.sesion.device.clone()).filter(|device| !device.is_empty()),
    };
    vec![Effect::SignIn { generation, credenciales }]
}

/// What came of it.
pub fn message(state: &mut State, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::SignedIn { generation, answer } if awaited(state, generation) => signed_in(state, answer),
        Msg::WhoAmI { generation, answer } if awaited(state, generation) => match answer {
            Ok(persona) => come_in(state, persona),
            Err(failure) if failure.kind == FailureKind::Offline => conexion::away(state),
            // The kept session has ended.
            Err(_) => {
                state.sesion.kept = false;
                start(state)
            }
        },
        Msg::SignedOut => {
            let mut effects = forget(state);
            state.screen = Screen::SignIn;
            effects.push(Effect::StopListening);
            effects
        }
        _ => Vec::new(),
    }
}

/// Nothing of one person is left for the next: what they were sending ends, and its number is not given again.
fn forget(state: &mut State) -> Vec<Effect> {
    let open = state.transfers.items.iter().filter(|transfer| transfer.estado.is_open());
    let ended: Vec<Effect> = open.map(|transfer| Effect::CancelTransfer { id: transfer.id }).collect();
    let last = state.transfers.last;
    let fresh = State::new(state.config.clone(), state.today, state.size);
    let (conexion, now, keys, generation) = (state.conexion.clone(), state.now, state.keys, state.generation);
    let (keymap, device) = (state.keymap.clone(), state.sesion.device.clone());
    let last_folder = state.last_folder.clone();
    // The terminal is the same, and so is the line.
    let (drawing, linea) = (state.preview.drawing, state.preview.linea);
    *state = State { conexion, now, keys, generation, keymap, last_folder, ..fresh };
    (state.preview.drawing, state.preview.linea) = (drawing, linea);
    state.conexion.seq = None;
    state.sesion.device = device;
    state.transfers.last = last;
    state.redraw = true;
    ended
}

fn awaited(state: &mut State, generation: u64) -> bool {
    let is_awaited = state.sesion.pending.is_some_and(|(pending, _)| pending == generation);
    if is_awaited {
        state.sesion.pending = None;
    }
    is_awaited
}

/// Only the one-time code was wrong: the service names its field.
fn is_about_code(failure: &Failure) -> bool {
    failure.problem.as_ref().is_some_and(|problem| problem.campos.iter().any(|campo| campo.campo == "codigo"))
}

/// The password stays in its field while it may still be right: after a cut, or when only the one-time code is missing or wrong.
fn signed_in(state: &mut State, answer: Answer<SesionNueva>) -> Vec<Effect> {
    let failure = match answer {
        Ok(nueva) => {
            state.sesion.clave.reset();
            state.sesion.codigo.reset();
            // Whoever answers is there: the line need not be said to be back a second time.
            state.conexion.estado = EstadoConexion::EnLinea;
            return come_in(state, nueva.persona);
        }
        Err(failure) => failure,
    };
    if failure.kind == FailureKind::Offline {
        state.sesion.error = Some(failure.sentence);
        return conexion::away(state);
    }
    if state.screen == Screen::Connecting {
        state.screen = Screen::SignIn;
    }
    state.sesion.codigo.reset();
    state.sesion.error = Some(failure.sentence.clone());
    if failure.codigo() == Some(Codigo::CodigoRequerido) || is_about_code(&failure) {
        state.sesion.con_codigo = true;
        state.sesion.field = Field::Codigo;
    } else {
        state.sesion.clave.reset();
        state.sesion.field = Field::Clave;
    }
    Vec::new()
}

/// In: to the choice, or, signed in again, on with what was being done.
fn come_in(state: &mut State, persona: Persona) -> Vec<Effect> {
    let again = state.session_has_ended();
    if state.persona.as_ref().is_some_and(|before| before.id != persona.id) {
        // Somebody else sits here now: what the one before had open is not theirs to see.
        let mut effects = forget(state);
        state.persona = Some(persona);
        effects.extend(trabajo::ask(state));
        effects.extend(eleccion::open(state));
        return effects;
    }
    state.sesion.kept = false;
    state.sesion.error = None;
    state.persona = Some(persona);
    if !again {
        let mut effects = trabajo::ask(state);
        effects.extend(eleccion::open(state));
        effects.extend(conexion::send_waiting(state));
        return effects;
    }
    state.overlays.retain(|overlay| !matches!(overlay, Overlay::SignInAgain));
    let mut effects = conexion::go_on(state);
    effects.extend(mensajes::done(state, Text::key("sesion-vuelve")));
    effects
}
