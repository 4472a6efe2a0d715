//! Keys as the configuration writes them. What is read is a key that a terminal can send, and comes out of an event as it went in.

#![no_main]

use expedientes::action::info::TABLE;
use expedientes::input::KeyPress;
use expedientes::input::keymap::Keymap;
use libfuzzer_sys::fuzz_target;
use std::collections::BTreeMap;

fuzz_target!(|text: &str| {
    if let Some(key) = KeyPress::parse(text) {
        let event = crossterm_event(key);
        assert_eq!(KeyPress::from_event(&event), Some(key), "{text:?}");
        assert!(!key.to_string().is_empty(), "{text:?}");
    }
    // A person's keys, one action a line: `accion: tecla, tecla`; an action is meant by its name or its place in the table.
    let own: BTreeMap<String, Vec<String>> = text
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(action, keys)| {
            let named = action.parse::<usize>().ok().and_then(|n| TABLE.get(n % TABLE.len())).map(|info| info.name);
            (named.unwrap_or(action).to_owned(), keys.split(',').map(str::to_owned).collect())
        })
        .collect();
    let (keymap, wrong) = Keymap::new(&own);
    let known = own.keys().filter(|name| TABLE.iter().any(|info| info.name == name.as_str())).count();
    let unknown = own.len() - known;
    assert!(wrong.len() >= unknown, "{own:?}");
    for info in TABLE {
        let _ = keymap.keys_of(info.action);
    }
});

fn crossterm_event(key: KeyPress) -> crossterm::event::KeyEvent {
    crossterm::event::KeyEvent::new(key.code, key.modifiers)
}
