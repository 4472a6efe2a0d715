//! Signing in, the first time and again.

use super::{conexion, documentos, eleccion, lista, mensajes};
use crate::action::Action;
use crate::effect::Effect;
use crate::i18n::Text;
use crate::input::key::KeyPress;
use crate::msg::{Answer, FailureKind, Msg};
use crate::state::overlay::Overlay;
use crate::state::sesion::Field;
use crate::state::{Screen, State};
use crate::update::overlay::fields;
use api::Codigo;
use api::sesion::{Credenciales, Persona, SesionNueva};

/// The service is there: with a password from the environment or a kept session straight on, else the form.
pub fn start(state: &mut State) -> Vec<Effect> {
    state.screen = Screen::SignIn;
    if state.sesion.kept {
        let generation = state.next_generation();
        state.sesion.pending = Some((generation, state.now));
        return vec![Effect::WhoAmI { generation }];
    }
    if !state.sesion.usuario.value().is_empty() {
        state.sesion.field = Field::Clave;
        if !state.sesion.clave.value().is_empty() {
            return submit(state);
        }
    }
    Vec::new()
}

/// The form for signing in again: the same user, an empty password.
pub fn prepare_again(state: &mut State) {
    let usuario = state.persona.as_ref().map(|persona| persona.usuario.clone()).unwrap_or_default();
    state.sesion = crate::state::sesion::SignIn { usuario: usuario.into(), field: Field::Clave, ..Default::default() };
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
    fields::paste(field(state), text);
    Vec::new()
}

fn field(state: &mut State) -> &mut tui_input::Input {
    match state.sesion.field {
        Field::Usuario => &mut state.sesion.usuario,
        Field::Clave => &mut state.sesion.clave,
        Field::Codigo => &mut state.sesion.codigo,
    }
}

fn demo_user(state: &mut State, at: usize) -> Vec<Effect> {
    let Some(user) = state.conexion.servidor.as_ref().and_then(|servidor| servidor.demo.get(at)) else { return Vec::new() };
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
            // The kept session has ended: the form is on screen already.
            Err(_) => Vec::new(),
        },
        Msg::SignedOut => {
            let usuario = state.sesion.usuario.clone();
            let fresh = State::new(state.config.clone(), state.today, state.size);
            let (conexion, now, keys) = (state.conexion.clone(), state.now, state.keys);
            *state = State { conexion, now, keys, screen: Screen::SignIn, ..fresh };
            state.conexion.seq = None;
            state.sesion.usuario = usuario;
            state.sesion.field = Field::Usuario;
            vec![Effect::StopListening]
        }
        _ => Vec::new(),
    }
}

fn awaited(state: &mut State, generation: u64) -> bool {
    let is_awaited = state.sesion.pending.is_some_and(|(pending, _)| pending == generation);
    if is_awaited {
        state.sesion.pending = None;
    }
    is_awaited
}

fn signed_in(state: &mut State, answer: Answer<SesionNueva>) -> Vec<Effect> {
    state.sesion.clave.reset();
    match answer {
        Ok(nueva) => come_in(state, nueva.persona),
        Err(failure) => {
            state.sesion.error = Some(failure.sentence.clone());
            match failure.codigo() {
                Some(Codigo::CodigoRequerido) => {
                    // The password was right: it is asked for again with the code, for it is not kept.
                    state.sesion.con_codigo = true;
                    state.sesion.field = Field::Clave;
                }
                _ => state.sesion.field = Field::Clave,
            }
            state.sesion.codigo.reset();
            if failure.kind == FailureKind::Offline { conexion::away(state) } else { Vec::new() }
        }
    }
}

/// In: to the choice, or, signed in again, on with what was being done.
fn come_in(state: &mut State, persona: Persona) -> Vec<Effect> {
    let again = state.overlays.iter().any(|overlay| matches!(overlay, Overlay::SignInAgain));
    state.sesion.kept = false;
    state.sesion.error = None;
    if !again {
        state.persona = Some(persona);
        return eleccion::open(state);
    }
    state.overlays.retain(|overlay| !matches!(overlay, Overlay::SignInAgain));
    let same = state.persona.as_ref().is_some_and(|before| before.id == persona.id);
    state.persona = Some(persona);
    if !same {
        // Somebody else sits here now: what the one before had open is not theirs to see.
        state.indice.edit = None;
        state.overlays.clear();
        return eleccion::open(state);
    }
    let mut effects = vec![Effect::Listen { desde: state.conexion.seq }];
    effects.extend(lista::reload(state));
    effects.extend(documentos::reload(state));
    effects.extend(super::indice::retry_save(state));
    effects.extend(mensajes::done(state, Text::key("sesion-vuelve")));
    effects
}
