//! Changes the state: no I/O, no clock, no await. One file per pane or overlay, named as in `state/`.

use crate::action::Action;
use crate::effect::Effect;
use crate::input::key::KeyPress;
use crate::msg::Msg;
use crate::state::State;

/// What happened.
#[derive(Debug)]
pub enum Input {
    /// A key, or a choice in a list, that means an action.
    Action(Action),
    /// A key for the text field that has the cursor.
    Edit(KeyPress),
    /// The first keys of a sequence.
    Pending(Vec<KeyPress>),
    /// Pasted text.
    Paste(String),
    /// A click or a turn of the wheel on something the view has drawn.
    Mouse(crate::view::hit::Hit),
    /// The terminal has another size.
    Resize(u16, u16),
    /// Something came from outside.
    Msg(Msg),
}

/// Takes what happened into the state; answers what is to be done outside.
pub fn update(_state: &mut State, _input: Input) -> Vec<Effect> {
    Vec::new()
}
