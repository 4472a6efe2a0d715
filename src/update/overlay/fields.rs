//! One-line text fields: keys and pasted text, within a limit.

use crate::input::key::KeyPress;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use tui_input::backend::crossterm::EventHandler;
use tui_input::{Input, InputRequest};

/// Longest text of a field, in characters.
pub const MAX: usize = 400;

/// A key for a field. A field that is full takes no more characters.
pub fn edit(input: &mut Input, key: KeyPress) {
    if key.char().is_some() && input.value().chars().count() >= MAX {
        return;
    }
    // Where a shell and the widget differ, the shell's habit wins.
    match (key.code, key.modifiers) {
        (KeyCode::Char('u'), KeyModifiers::CONTROL) => input.handle(InputRequest::DeleteFromStart),
        (KeyCode::Char('d'), KeyModifiers::CONTROL) => input.handle(InputRequest::DeleteNextChar),
        (code, modifiers) => input.handle_event(&Event::Key(KeyEvent::new(code, modifiers))),
    };
}

/// Pasted text, at the cursor, as one line; `false` when it did not fit whole.
pub fn paste(input: &mut Input, text: &str) -> bool {
    let room = MAX.saturating_sub(input.value().chars().count());
    // Cut first, clean then: a megabyte is not worth reading for four hundred characters.
    let taken: String = text.chars().take(room + 1).collect();
    let whole = taken.chars().count() <= room;
    let taken: String = domain::texto::clean_line(taken.trim_end_matches(['\r', '\n'])).chars().take(room).collect();
    let value = input.value();
    let at = value.char_indices().nth(input.cursor()).map_or(value.len(), |(at, _)| at);
    let cursor = input.cursor() + taken.chars().count();
    let joined = format!("{}{taken}{}", &value[..at], &value[at..]);
    *input = Input::new(joined).with_cursor(cursor);
    whole
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn keys_of_a_shell_edit_a_field() {
        let after = |key: &str| {
            let mut input = Input::new("uno dos tres".into()).with_cursor(7);
            edit(&mut input, KeyPress::parse(key).unwrap());
            (input.value().to_owned(), input.cursor())
        };
        assert_eq!(after("ctrl-u"), (" tres".to_owned(), 0));
        assert_eq!(after("ctrl-w"), ("uno  tres".to_owned(), 4));
        assert_eq!(after("ctrl-k"), ("uno dos".to_owned(), 7));
        assert_eq!(after("ctrl-d"), ("uno dostres".to_owned(), 7));
        assert_eq!(after("ctrl-a").1, 0);
        assert_eq!(after("ctrl-e").1, 12);
    }

    #[test]
    fn a_megabyte_is_cut_and_no_escape_passes() {
        let mut input = Input::new("ab".into()).with_cursor(1);
        assert!(!paste(&mut input, &"x\u{1b}".repeat(500_000)));
        assert_eq!(input.value().chars().count(), 2 + (MAX - 1).div_ceil(2));
        assert!(input.value().starts_with("ax") && input.value().ends_with("xb"));
        let mut input = Input::default();
        assert!(paste(&mut input, "dos\nlíneas\n"));
        assert_eq!(input.value(), "dos líneas");
    }
}
