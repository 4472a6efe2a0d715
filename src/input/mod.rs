//! From terminal events to actions: one reader, keys made equal on every keyboard, one trie, one router.

pub mod key;
