//! The person's own files: configuration and theme. A mistake is one sentence with its line.

#![no_main]

use expedientes::config::Config;
use expedientes::input::keymap::Keymap;
use expedientes::theme::{ColorDepth, Theme};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match Config::parse(text) {
        Ok(config) => drop(Keymap::new(&config.teclas)),
        Err(sentence) => has_line(&sentence, text),
    }
    for depth in [ColorDepth::None, ColorDepth::Sixteen, ColorDepth::Indexed, ColorDepth::True] {
        let _ = Theme::parse(text, depth);
    }
});

fn has_line(sentence: &str, text: &str) {
    let line = sentence.strip_prefix("línea ").and_then(|rest| rest.split(':').next()).and_then(|n| n.parse().ok());
    let lines = text.matches('\n').count() + 1;
    assert!(line.is_some_and(|line| (1..=lines).contains(&line)), "{sentence} ({lines} lines)");
}
