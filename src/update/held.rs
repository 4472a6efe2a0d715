//! Keys typed ahead of the line: an action on an expediente that has not come yet waits for it, and whatever is typed after it waits behind
//! it, in its order. So does all that is typed while a save is on its way. Thrown away, the action would leave the words meant for its field to run as commands.

use super::{Input, documentos, mensajes, update};
use crate::action::Action;
use crate::action::info::disabled_reason;
use crate::effect::Effect;
use crate::i18n::Text;
use crate::input::{KeyPress, router};
use crate::state::{Screen, State};

/// Keys kept at most: nobody types further ahead than this.
const KEYS_MAX: usize = 500;

/// A key. While others wait it waits behind them; Esc lets go of all of them.
pub fn key(state: &mut State, key: KeyPress) -> Vec<Effect> {
    let input = router::route(state, key);
    if matches!(input, Some(Input::Action(Action::Quit))) && !state.held.is_empty() {
        state.held.clear();
    }
    if !state.held.is_empty() {
        state.dirty = true;
        match input {
            Some(Input::Action(Action::Back)) => state.held.clear(),
            _ if state.held.len() < KEYS_MAX => state.held.push(key),
            _ => {}
        }
        return Vec::new();
    }
    match input {
        Some(Input::Action(Action::Quit)) => update(state, Input::Action(Action::Quit)),
        Some(_) if state.awaits_save() && state.top().is_none() && state.screen == Screen::Work => {
            state.held.push(key);
            state.dirty = true;
            Vec::new()
        }
        Some(Input::Action(action)) if must_wait(state, action) => {
            state.held.push(key);
            state.pending_keys.clear();
            state.dirty = true;
            let mut effects = documentos::load_now(state);
            effects.push(super::lista::patience());
            effects
        }
        Some(input) => update(state, input),
        None => Vec::new(),
    }
}

/// Whether all that is in its way is that the expediente is still coming.
fn must_wait(state: &State, action: Action) -> bool {
    state.screen == Screen::Work
        && state.top().is_none()
        && state.lista.search.is_none()
        && disabled_reason(action, state) == Some("no-cargado")
        && state.conexion.is_up()
}

/// What they waited for has come, or will not come: they go on in their order, as if typed now, or are let go.
pub fn go_on(state: &mut State) -> Vec<Effect> {
    if state.held.is_empty() {
        return Vec::new();
    }
    if state.documentos.detalle.error.is_some() || !state.conexion.is_up() || state.screen != Screen::Work {
        state.held.clear();
        return mensajes::warn(state, Text::key("tecleado-sin-usar"));
    }
    if state.awaits_save() || !state.documentos.has_come() {
        return Vec::new();
    }
    let keys = std::mem::take(&mut state.held);
    keys.into_iter().flat_map(|one| key(state, one)).collect()
}
