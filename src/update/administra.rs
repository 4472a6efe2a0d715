//! The screen of whoever administers the service and sees no expedientes: a short menu, and nothing to type.

use crate::action::Action;
use crate::effect::Effect;
use crate::state::State;

/// What can be done there, in the order of the menu.
pub const MENU: [Action; 7] =
    [Action::Sessions, Action::Theme, Action::Language, Action::Log, Action::Help, Action::SignOut, Action::Quit];

/// Whether an action has anything to do with somebody who sees no expedientes.
pub fn offers(action: Action) -> bool {
    MENU.contains(&action) || action == Action::Palette
}

/// Moves in the menu, does what is selected, or what a key says.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let (at, last) = (state.eleccion.selected, MENU.len() - 1);
    state.eleccion.selected = match action {
        Action::Up => at.saturating_sub(1),
        Action::Down => (at + 1).min(last),
        Action::PageUp | Action::First => 0,
        Action::PageDown | Action::Last => last,
        Action::Enter => return MENU.get(at).map(|chosen| super::work(state, *chosen)).unwrap_or_default(),
        other if offers(other) => return super::work(state, other),
        _ => at,
    };
    Vec::new()
}
