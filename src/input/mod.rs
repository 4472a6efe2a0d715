//! From terminal events to actions: one reader, keys made equal on every keyboard, one trie, one router.

pub mod key;
pub mod keymap;
pub mod late;
pub mod router;
pub mod typed;

pub use key::KeyPress;
pub use keymap::Keymap;
