//! Choosing entidad and modelo.

use super::{avisos, conexion, lista, mensajes, paging, preview, trabajo};
use crate::action::Action;
use crate::effect::{Effect, Memoria, Timer};
use crate::i18n::Text;
use crate::input::key::KeyPress;
use crate::msg::{FailureKind, Msg};
use crate::state::eleccion::Elegido;
use crate::state::{Pane, Screen, State};
use crate::update::overlay::fields;

/// Opens the choice; what there is to choose is asked for each time, for it may have changed.
pub fn open(state: &mut State) -> Vec<Effect> {
    state.screen = Screen::Choice;
    state.avisos.go_to = None;
    state.eleccion.filter.reset();
    state.eleccion.selected = 0;
    load(state)
}

fn load(state: &mut State) -> Vec<Effect> {
    let generation = state.next_generation();
    state.eleccion.entidades.begin(generation, state.now);
    vec![Effect::LoadEntidades { generation }]
}

/// The line is back while choosing.
pub fn reload_if_needed(state: &mut State) -> Vec<Effect> {
    match state.screen {
        Screen::Choice if state.eleccion.modelo_pending.is_some() => reload_modelo(state),
        Screen::Choice => load(state),
        Screen::SignIn if state.sesion.kept => super::sesion::start(state),
        _ => Vec::new(),
    }
}

/// The configuration has changed: new fields and document types show without a new client.
pub fn reload_modelo(state: &mut State) -> Vec<Effect> {
    let Some(elegido) = state.eleccion.chosen.as_ref().or(state.eleccion.actual.as_ref()) else { return Vec::new() };
    let modelo = elegido.modelo.clone();
    let generation = state.next_generation();
    state.eleccion.modelo_pending = Some(generation);
    vec![Effect::LoadModelo { generation, modelo }]
}

/// An action on the list of choices.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let rows = state.eleccion.rows().len();
    let last = rows.saturating_sub(1);
    match action {
        Action::Up => state.eleccion.selected = state.eleccion.selected.saturating_sub(1),
        Action::Down => state.eleccion.selected = (state.eleccion.selected + 1).min(last),
        Action::PageUp => state.eleccion.selected = state.eleccion.selected.saturating_sub(10),
        Action::PageDown => state.eleccion.selected = (state.eleccion.selected + 10).min(last),
        Action::Enter => {
            let chosen = state.eleccion.rows().get(state.eleccion.selected).cloned();
            return chosen.map(|chosen| choose(state, chosen)).unwrap_or_default();
        }
        Action::Back if !state.eleccion.filter.value().is_empty() => {
            state.eleccion.filter.reset();
            state.eleccion.selected = 0;
        }
        Action::Back if state.eleccion.actual.is_some() => return back_to_work(state),
        _ => {}
    }
    Vec::new()
}

/// A click on a choice.
pub fn click(state: &mut State, row: usize) -> Vec<Effect> {
    state.eleccion.selected = row;
    super::act(state, Action::Enter)
}

/// A key for the filter.
pub fn edit(state: &mut State, key: KeyPress) -> Vec<Effect> {
    fields::edit(&mut state.eleccion.filter, key);
    state.eleccion.selected = 0;
    Vec::new()
}

/// Pasted text for the filter.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    let whole = fields::paste(&mut state.eleccion.filter, text);
    state.eleccion.selected = 0;
    if whole { Vec::new() } else { mensajes::warn(state, Text::key("pegado-cortado")) }
}

/// What there is to choose, or the definition of what was chosen.
pub fn message(state: &mut State, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Entidades { generation, answer } => {
            let failure = answer.as_ref().err().cloned();
            let sees = state.sees_expedientes();
            let answer = answer.map(|all| if sees { all } else { Vec::new() });
            if !state.eleccion.entidades.finish(generation, answer.map_err(|failure| failure.sentence)) {
                return Vec::new();
            }
            match failure {
                Some(failure) => conexion::failed(state, &failure),
                None => take_preferred(state),
            }
        }
        Msg::Modelo { generation, answer } if state.eleccion.modelo_pending == Some(generation) => {
            state.eleccion.modelo_pending = None;
            match answer {
                Ok(definicion) => {
                    state.modelo = Some(definicion.into());
                    match state.eleccion.chosen.take() {
                        Some(chosen) => come_in(state, chosen),
                        None => super::documentos::reload_whole(state),
                    }
                }
                Err(failure) => {
                    match failure.kind {
                        // Asked for again when the line is back.
                        FailureKind::Offline => state.eleccion.modelo_pending = Some(generation),
                        _ => (state.eleccion.chosen, state.avisos.go_to) = (None, None),
                    }
                    conexion::failed(state, &failure)
                }
            }
        }
        _ => Vec::new(),
    }
}

/// The remembered choice, or the only one there is, is taken without asking; once.
fn take_preferred(state: &mut State) -> Vec<Effect> {
    if state.screen != Screen::Choice || state.eleccion.actual.is_some() || state.eleccion.chosen.is_some() {
        return Vec::new();
    }
    let rows = state.eleccion.rows();
    let preferred = state.eleccion.preferida.take();
    let found = preferred
        .and_then(|(entidad, modelo)| rows.iter().find(|row| row.entidad == entidad && row.modelo == modelo).cloned());
    match (found, rows.as_slice()) {
        (Some(chosen), _) => choose(state, chosen),
        (None, [only]) => choose(state, only.clone()),
        _ => Vec::new(),
    }
}

/// Its definition is asked for; when it comes, the four panes open. The one that is open already is gone back to.
pub fn choose(state: &mut State, chosen: Elegido) -> Vec<Effect> {
    if state.eleccion.actual.as_ref() == Some(&chosen) {
        return back_to_work(state);
    }
    state.eleccion.chosen = Some(chosen);
    reload_modelo(state)
}

/// To the four panes as they were. What happened meanwhile, be it a change of others, a cut or an ended session, is caught up with.
fn back_to_work(state: &mut State) -> Vec<Effect> {
    state.screen = Screen::Work;
    state.eleccion.chosen = None;
    conexion::go_on(state)
}

/// To the four panes, afresh.
fn come_in(state: &mut State, chosen: Elegido) -> Vec<Effect> {
    let (entidad, modelo) = (chosen.entidad.clone(), chosen.modelo.clone());
    state.eleccion.actual = Some(chosen);
    state.screen = Screen::Work;
    state.focus = Pane::Expedientes;
    state.zoomed = false;
    let recent = std::mem::take(&mut state.lista.recent);
    state.lista = crate::state::lista::ListaPane { recent, ..Default::default() };
    state.documentos = Default::default();
    state.indice = Default::default();
    preview::clear(state);
    avisos::arrive(state);
    let mut effects = paging::load(state);
    effects.extend(avisos::ask_again(state));
    effects.push(Effect::Wake { after_ms: lista::VISTAS_MS, timer: Timer::Vistas });
    effects.push(Effect::Remember(Memoria::Eleccion(entidad, modelo)));
    // Another choice is the same stream: it goes on from where it was.
    effects.push(Effect::Listen { desde: state.conexion.seq });
    effects.extend(trabajo::place(state));
    effects
}
