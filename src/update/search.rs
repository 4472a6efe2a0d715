//! The search box: live results, completion, recent queries. A wrong query says what and where, and the last good result stays.

use super::{form, lista, mensajes};
use crate::action::Action;
use crate::effect::{Effect, Memoria, Timer};
use crate::i18n::Text;
use crate::input::key::KeyPress;
use crate::state::State;
use crate::state::lista::SearchBox;
use crate::update::overlay::fields;
use crossterm::event::KeyCode;
use domain::query::{self, Schema};
use domain::{Permiso, Rol};

/// Longest query that is remembered, in characters: more was a paste gone astray.
const RECENT_LEN_MAX: usize = 120;
/// How long typing rests before the list is asked for, in milliseconds.
/// Longer than between the keys of somebody who types: a search per key would cost the line a page each.
const REST_MS: u64 = 200;
/// Recent queries kept.
const RECENT_MAX: usize = 20;

/// Opens the box with the query in force.
pub fn open(state: &mut State) -> Vec<Effect> {
    let before = state.lista.query.clone();
    let selected_before = state.lista.current().map(|fila| fila.id);
    state.focus = crate::state::Pane::Expedientes;
    state.lista.search = Some(SearchBox {
        input: before.clone().into(),
        fresh: !before.is_empty(),
        before,
        selected_before,
        ..SearchBox::default()
    });
    Vec::new()
}

/// An action while the box is open.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(search) = &mut state.lista.search else { return Vec::new() };
    match action {
        Action::Back if search.selected.is_some() => {
            search.selected = None;
            Vec::new()
        }
        Action::Back => leave(state, false),
        Action::Enter if search.selected.is_some() => accept(state),
        Action::Enter => leave(state, true),
        Action::NextPane if search.proposals.is_empty() => {
            propose(state);
            Vec::new()
        }
        Action::NextPane if search.selected.is_none() && search.proposals.len() > 1 => {
            search.selected = Some(0);
            Vec::new()
        }
        Action::NextPane => accept(state),
        Action::Up if search.selected.is_some() => choose(state, false),
        Action::Up if search.input.value().is_empty() || search.recalled.is_some() => recall(state, true),
        Action::Down if search.recalled.is_some() => recall(state, false),
        Action::Down if !search.proposals.is_empty() => choose(state, true),
        Action::Up | Action::Down | Action::PageUp | Action::PageDown => lista::moves(state, action),
        Action::PreviousPane if search.selected.is_some() => choose(state, false),
        Action::PreviousPane => Vec::new(),
        Action::Save => leave(state, true),
        Action::Help | Action::Palette | Action::PreviewUp | Action::PreviewDown => super::work(state, action),
        other => leave_for(state, other),
    }
}

/// Something else was asked for, from the palette for one: the box keeps its query and closes, unless that is wrong.
fn leave_for(state: &mut State, action: Action) -> Vec<Effect> {
    let mut effects = leave(state, true);
    if state.lista.search.is_none() {
        effects.extend(super::act(state, action));
    }
    effects
}

fn choose(state: &mut State, forward: bool) -> Vec<Effect> {
    if let Some(search) = &mut state.lista.search {
        let last = search.proposals.len() - 1;
        search.selected = match (search.selected, forward) {
            (None, _) => Some(0),
            (Some(at), true) => Some((at + 1).min(last)),
            (Some(0), false) => None,
            (Some(at), false) => Some(at - 1),
        };
    }
    Vec::new()
}

/// Recent queries, one after the other, with ↑ in an empty box; ↓ goes back towards the newest, and then to the empty box.
fn recall(state: &mut State, older: bool) -> Vec<Effect> {
    let last = state.lista.recent.len().checked_sub(1);
    let (Some(last), Some(search)) = (last, &mut state.lista.search) else { return Vec::new() };
    let place = match (search.recalled, older) {
        (None, _) => Some(0),
        (Some(at), true) => Some((at + 1).min(last)),
        (Some(at), false) => at.checked_sub(1),
    };
    let query = place.and_then(|at| state.lista.recent.get(at)).cloned().unwrap_or_default();
    search.input = query.into();
    let effects = typed(state);
    if let Some(search) = &mut state.lista.search {
        search.recalled = place;
        search.proposals.clear();
    }
    effects
}

/// A key for the box.
pub fn edit(state: &mut State, key: KeyPress) -> Vec<Effect> {
    let Some(search) = &mut state.lista.search else { return Vec::new() };
    let before = search.input.value().to_owned();
    if std::mem::take(&mut search.fresh) && form::takes_place(key) {
        search.input.reset();
    }
    fields::edit(&mut search.input, key);
    if search.input.value() == before && key.code != KeyCode::Backspace { Vec::new() } else { typed(state) }
}

/// Pasted text for the box.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    let Some(search) = &mut state.lista.search else { return Vec::new() };
    if std::mem::take(&mut search.fresh) {
        search.input.reset();
    }
    let whole = fields::paste(&mut search.input, text);
    let mut effects = typed(state);
    if !whole {
        effects.extend(mensajes::warn(state, Text::key("pegado-cortado")));
    }
    effects
}

fn typed(state: &mut State) -> Vec<Effect> {
    propose(state);
    check(state);
    if let Some(search) = &mut state.lista.search {
        (search.recalled, search.fresh) = (None, false);
        // What is still being typed is no fault yet; when typing rests, or on Intro, it is.
        let end = search.input.value().trim_end().len();
        search.error.take_if(|(_, span)| span.end >= end);
    }
    vec![Effect::Wake { after_ms: REST_MS, timer: Timer::SearchDebounce }]
}

/// Names and values for the cursor.
fn propose(state: &mut State) {
    let Some(modelo) = state.modelo.clone() else { return };
    let asesores: Vec<(String, String)> =
        modelo.asesores.iter().map(|persona| (persona.usuario.clone(), persona.nombre.clone())).collect();
    let schema = schema(state, &modelo.modelo);
    let Some(search) = &state.lista.search else { return };
    let cursor = byte_cursor(&search.input);
    let proposals = query::complete(search.input.value(), cursor, &schema, &asesores);
    if let Some(search) = &mut state.lista.search {
        search.selected = None;
        search.proposals = proposals;
    }
}

fn byte_cursor(input: &tui_input::Input) -> usize {
    let text = input.value();
    text.char_indices().nth(input.cursor()).map_or(text.len(), |(at, _)| at)
}

fn schema<'m>(state: &State, modelo: &'m domain::Modelo) -> Schema<'m> {
    let con_margen = state
        .persona
        .as_ref()
        .is_some_and(|persona| persona.rol.puede(Permiso::VerMargen) && persona.rol != Rol::Soporte);
    Schema { modelo, today: state.today, con_margen }
}

/// Takes the selected proposal, or the first.
fn accept(state: &mut State) -> Vec<Effect> {
    let Some(search) = &mut state.lista.search else { return Vec::new() };
    let Some(proposal) = search.proposals.get(search.selected.unwrap_or(0)).cloned() else { return Vec::new() };
    let text = search.input.value();
    let (head, tail) = (&text[..proposal.replace.start], &text[proposal.replace.end..]);
    let open = proposal.insert.ends_with([':', '=']);
    let gap = if open || tail.starts_with(' ') { "" } else { " " };
    let value = format!("{head}{}{gap}{}", proposal.insert, tail);
    let cursor = head.chars().count() + proposal.insert.chars().count() + usize::from(!open);
    search.input = tui_input::Input::new(value).with_cursor(cursor);
    typed(state)
}

/// Says what is wrong, and where.
fn check(state: &mut State) -> bool {
    let Some(modelo) = state.modelo.clone() else { return true };
    let schema = schema(state, &modelo.modelo);
    let Some(search) = &state.lista.search else { return true };
    let error = query::parse(search.input.value(), &schema).err().map(|error| (error.message, error.span));
    let fine = error.is_none();
    if let Some(search) = &mut state.lista.search {
        search.error = error;
    }
    fine
}

/// Typing has rested: the list follows, unless the query is wrong.
pub fn run(state: &mut State) -> Vec<Effect> {
    let Some(text) = state.lista.search.as_ref().map(|search| search.input.value().trim().to_owned()) else {
        return Vec::new();
    };
    if !check(state) {
        // With proposals below, nobody needs to be told that something has still to follow.
        if let Some(search) = state.lista.search.as_mut().filter(|search| !search.proposals.is_empty()) {
            search.error.take_if(|(_, span)| span.end >= text.len());
        }
        return Vec::new();
    }
    let text = without_begun_field(state, text);
    if text == state.lista.query { Vec::new() } else { lista::search_for(state, text) }
}

/// Without a last word that is the name of a field: its value is about to be typed, and to look for the name as a word would empty the list.
fn without_begun_field(state: &State, text: String) -> String {
    let Some(definicion) = &state.modelo else { return text };
    let (head, last) = text.rsplit_once(char::is_whitespace).unwrap_or(("", &text));
    match schema(state, &definicion.modelo).resolve(last.trim_start_matches('-')) {
        Some(_) => head.trim_end().to_owned(),
        None => text,
    }
}

/// Closes the box: keeps the query, or goes back to the one before.
pub(super) fn leave(state: &mut State, keep: bool) -> Vec<Effect> {
    if keep && !check(state) {
        return Vec::new();
    }
    let Some(search) = state.lista.search.take() else { return Vec::new() };
    let query = if keep { search.input.value().trim().to_owned() } else { search.before };
    let back_to = search.selected_before.filter(|_| !keep);
    let mut effects = Vec::new();
    if keep && (1..=RECENT_LEN_MAX).contains(&query.chars().count()) {
        state.lista.recent.retain(|recent| *recent != query);
        state.lista.recent.insert(0, query.clone());
        state.lista.recent.truncate(RECENT_MAX);
        effects.push(Effect::Remember(Memoria::Busquedas(state.lista.recent.clone())));
    }
    if query != state.lista.query {
        effects.extend(lista::search_for(state, query));
        state.lista.back_to = back_to;
    }
    effects
}
