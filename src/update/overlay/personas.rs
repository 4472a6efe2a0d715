//! To whom the aviso being written is: those who may be it are asked for, kept for their expediente, and chosen from a list that stays open
//! whatever the line does, so that no key typed for it acts elsewhere.

use super::super::conexion;
use super::picker;
use crate::effect::{Effect, Memoria};
use crate::input::key::KeyPress;
use crate::msg::Answer;
use crate::state::State;
use crate::state::notas::{Campo, Encargo, Escrito};
use crate::state::overlay::Overlay;
use api::aviso::Destinatario;
use crossterm::event::KeyCode;

/// The editor, also while the list lies over it.
fn editor(state: &mut State) -> Option<&mut Escrito> {
    state.overlays.iter_mut().find_map(|overlay| match overlay {
        Overlay::Escrito(escrito) => Some(escrito.as_mut()),
        _ => None,
    })
}

/// Asks for them. Those that came before for the same expediente are there meanwhile.
pub fn ask(state: &mut State) -> Vec<Effect> {
    let (generation, now) = (state.next_generation(), state.now);
    let (known, remembered) = (state.avisos.personas.clone(), state.destinatario.clone());
    let Some(escrito) = editor(state) else { return Vec::new() };
    let (id, given) = (escrito.expediente, escrito.given());
    let Some(encargo) = escrito.encargo.as_mut().filter(|encargo| !encargo.only_day) else { return Vec::new() };
    if let Some((_, personas)) = known.filter(|(of, _)| *of == id && encargo.personas.value.is_none()) {
        take_best(encargo, &personas, &remembered, &given);
        encargo.personas.value = Some(personas);
    }
    encargo.personas.begin(generation, now);
    picker::await_personas(state, generation);
    vec![Effect::LoadPersonas { generation, id }]
}

/// The line is back: they are asked for again where they have not come.
pub fn ask_again(state: &mut State) -> Vec<Effect> {
    let missing = editor(state)
        .and_then(|escrito| escrito.encargo.as_ref())
        .is_some_and(|encargo| encargo.personas.value.is_none() || encargo.personas.error.is_some());
    if missing { ask(state) } else { Vec::new() }
}

/// The list is empty and something is pressed in it: asks, unless they are on their way.
pub fn ask_for_list(state: &mut State) -> Vec<Effect> {
    let idle = editor(state)
        .and_then(|escrito| escrito.encargo.as_ref())
        .is_some_and(|encargo| encargo.personas.value.is_none() && encargo.personas.pending.is_none());
    if idle { ask(state) } else { Vec::new() }
}

/// Opens the list of them, filtered by what was typed on the field.
pub fn choose(state: &mut State, first: Option<char>) -> Vec<Effect> {
    let Some(Overlay::Escrito(escrito)) = state.overlays.last() else { return Vec::new() };
    let Some(encargo) = &escrito.encargo else { return Vec::new() };
    let pending = encargo.personas.pending.map(|(generation, _)| generation);
    let personas = encargo.personas.value.clone().unwrap_or_default();
    let selected = personas.iter().position(|persona| persona.usuario == encargo.para).unwrap_or_default();
    let items = personas.into_iter().map(picker::persona_item).collect();
    picker::open_personas(state, items, selected, pending);
    let effects = ask_for_list(state);
    if let Some(first) = first {
        picker::edit(state, KeyPress::plain(KeyCode::Char(first)));
    }
    effects
}

/// Somebody is chosen; whoever is not the asesor is offered next time.
pub fn give_to(state: &mut State, usuario: String, nombre: String) -> Vec<Effect> {
    let asesor = state.documentos.detalle.value.as_ref().map(|detalle| detalle.asesor.clone());
    let Some(escrito) = editor(state) else { return Vec::new() };
    escrito.campo = Campo::Vence;
    if let Some(encargo) = &mut escrito.encargo {
        (encargo.para, encargo.nombre, encargo.chosen) = (usuario.clone(), nombre, true);
    }
    state.destinatario = if asesor.as_ref() == Some(&usuario) { String::new() } else { usuario };
    vec![Effect::Remember(Memoria::Destinatario(state.destinatario.clone()))]
}

/// They have come: the one remembered is taken, unless the person has chosen by now. Or they have not, and the list says so and stays.
pub fn come(state: &mut State, generation: u64, answer: Answer<Vec<Destinatario>>) -> Vec<Effect> {
    let remembered = state.destinatario.clone();
    let Some(escrito) = editor(state) else { return Vec::new() };
    let (id, given) = (escrito.expediente, escrito.given());
    let Some(encargo) = &mut escrito.encargo else { return Vec::new() };
    let failure = answer.as_ref().err().cloned();
    if !encargo.personas.finish(generation, answer.map_err(|failure| failure.sentence)) {
        return Vec::new();
    }
    let personas = encargo.personas.value.clone().unwrap_or_default();
    if failure.is_none() {
        take_best(encargo, &personas, &remembered, &given);
        state.avisos.personas = Some((id, personas.clone()));
    }
    picker::fill_personas(state, generation, personas);
    failure.map(|failure| conexion::failed(state, &failure)).unwrap_or_default()
}

/// The addressee with the name the service has for them: the one remembered, the one there is, or the one it began with. One who may not be
/// it is none.
fn take_best(encargo: &mut Encargo, personas: &[Destinatario], remembered: &str, given: &str) {
    let by_name = |usuario: &str| personas.iter().find(|persona| persona.usuario == usuario);
    let own = |usuario: &str| by_name(usuario).filter(|_| !encargo.chosen);
    match own(remembered).or_else(|| by_name(&encargo.para)).or_else(|| own(given)) {
        Some(persona) => (encargo.para, encargo.nombre) = (persona.usuario.clone(), persona.nombre.clone()),
        // Whoever was chosen stays: the service says what is wrong with them.
        None if encargo.chosen => {}
        None => (encargo.para, encargo.nombre) = (String::new(), String::new()),
    }
}
