//! Who gets a key: overlay ► text field ► pane ► everywhere.

use super::key::KeyPress;
use super::keymap::{Found, Keymap};
use crate::action::Action;
use crate::action::info::Place;
use crate::state::overlay::Overlay;
use crate::state::{Pane, Screen, State};
use crate::update::Input;
use crossterm::event::{KeyCode, KeyModifiers};

/// What a key means now; `None` when it means nothing.
pub fn route(state: &State, key: KeyPress) -> Option<Input> {
    let keymap = &state.keymap;
    if key.code == KeyCode::Char('c') && key.modifiers == KeyModifiers::CONTROL {
        return Some(Input::Action(Action::Quit));
    }
    match context(state) {
        Context::Field => Some(in_field(keymap, key, state.screen == Screen::Work && state.top().is_none())),
        Context::Question => in_question(key),
        Context::Keys(place) => in_pane(keymap, &state.pending_keys, place, key),
        Context::List => in_list(in_pane(keymap, &state.pending_keys, Place::Documentos, key)),
    }
}

/// Who has the keys.
enum Context {
    /// A text field: characters are typed.
    Field,
    /// A question: yes or no.
    Question,
    /// Rows: every key is an action.
    Keys(Place),
    /// Rows over the panes.
    List,
}

fn context(state: &State) -> Context {
    match state.top() {
        Some(
            Overlay::Picker(_)
            | Overlay::Prompt(_)
            | Overlay::SignInAgain
            | Overlay::NewExpediente(_)
            | Overlay::Escrito(_),
        ) => {
            return Context::Field;
        }
        Some(Overlay::Files(files)) if !files.review => return Context::Field,
        Some(Overlay::Confirm(_)) => return Context::Question,
        // Lists over the panes have the keys of a list of documents: `d` takes a line out, `c` changes its type.
        Some(_) => return Context::List,
        None => {}
    }
    match state.screen {
        Screen::Choice if !state.sees_expedientes() => Context::Keys(Place::Global),
        Screen::SignIn | Screen::Choice => Context::Field,
        Screen::Trust => Context::Question,
        Screen::Connecting => Context::Keys(Place::Global),
        Screen::Work if state.lista.search.is_some() => Context::Field,
        Screen::Work if crate::update::preview::find::is_typing(state) => Context::Field,
        Screen::Work if is_editing(state) => Context::Field,
        Screen::Work => Context::Keys(place(state)),
    }
}

/// While the index on screen is edited and has the focus its field has the keys; a conflict is resolved with plain keys.
fn is_editing(state: &State) -> bool {
    let in_conflict = state.indice.edit.as_ref().is_some_and(|edit| edit.conflict.is_some());
    state.focus == Pane::Indice && !in_conflict && state.is_typing_here()
}

/// The place of the focused pane.
pub fn place(state: &State) -> Place {
    match state.focus {
        Pane::Expedientes => Place::Expedientes,
        Pane::Documentos => Place::Documentos,
        Pane::Preview => Place::Preview,
        Pane::Indice => Place::Indice,
    }
}

/// Keys that move, accept, save or leave are actions in a field too; all else edits it, as in a shell: no page scrolls while a field has the
/// cursor. A field is a form's, wherever it stands. From one of the panes another entidad can be chosen.
fn in_field(keymap: &Keymap, key: KeyPress, in_pane: bool) -> Input {
    if key.char().is_some() {
        return Input::Edit(key);
    }
    match keymap.find(&[key], Place::Indice) {
        Found::Action(Action::ChangeChoice) if !in_pane => Input::Edit(key),
        // The page beside a form is read on while one types.
        Found::Action(action @ (Action::PreviewUp | Action::PreviewDown)) if in_pane => Input::Action(action),
        Found::Action(action) if is_for_fields(action) => Input::Action(action),
        _ => Input::Edit(key),
    }
}

fn is_for_fields(action: Action) -> bool {
    use Action::*;
    let moves = matches!(action, Up | Down | PageUp | PageDown | NextPane | PreviousPane);
    moves || matches!(action, Enter | Back | Save | Help | Palette | ChangeChoice)
}

/// What lies over the panes is closed by the key that would leave the program: nobody means to leave from there.
fn in_list(input: Option<Input>) -> Option<Input> {
    match input {
        Some(Input::Action(Action::Quit)) => Some(Input::Action(Action::Back)),
        other => other,
    }
}

/// `s` and `y` say yes, `n` and Esc no; arrows and Tab move between them, Intro takes the selected one.
fn in_question(key: KeyPress) -> Option<Input> {
    let action = match key.code {
        KeyCode::Enter => Action::Enter,
        KeyCode::Esc => Action::Back,
        KeyCode::Left | KeyCode::Right | KeyCode::Tab | KeyCode::Up | KeyCode::Down => Action::NextPane,
        _ => return key.char().map(|_| Input::Edit(key)),
    };
    Some(Input::Action(action))
}

fn in_pane(keymap: &Keymap, pending: &[KeyPress], place: Place, key: KeyPress) -> Option<Input> {
    let keys: Vec<KeyPress> = pending.iter().copied().chain([key]).collect();
    match keymap.find(&keys, place) {
        Found::Action(action) => Some(Input::Action(action)),
        Found::Prefix => Some(Input::Pending(keys)),
        // A sequence that leads nowhere is forgotten.
        Found::Nothing => (!pending.is_empty()).then(|| Input::Pending(Vec::new())),
    }
}
