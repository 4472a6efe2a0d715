//! A key, made equal on every keyboard.

use crossterm::event::{KeyCode, KeyModifiers};

/// A key press. AltGr (CTRL+ALT with a printable character) is the character; SHIFT is dropped on what is not a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyPress {
    /// The key.
    pub code: KeyCode,
    /// What is held with it.
    pub modifiers: KeyModifiers,
}
