//! Names and texts that came from elsewhere: fit for a disk, fit for a terminal, and clean once is clean for good.

#![no_main]

use domain::texto::{clean_block, clean_line, fold};
use domain::{Modelo, clean_file_name, guess};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static MODELO: LazyLock<Modelo> =
    LazyLock::new(|| toml::from_str(server::config::shipped()[0].1).expect("the modelos that ship are right"));

fuzz_target!(|text: &str| {
    let name = clean_file_name(text);
    assert!((1..=domain::nombre::MAX_BYTES).contains(&name.len()), "{text:?}");
    assert!(!name.starts_with('.') && !name.ends_with(['.', ' ']), "{text:?}: {name:?}");
    assert!(!name.chars().any(|c| c.is_control() || "/\\<>:\"|?*".contains(c)), "{text:?}: {name:?}");
    assert_eq!(clean_file_name(&name), name, "{text:?}");

    let line = clean_line(text);
    assert!(!line.chars().any(char::is_control), "{text:?}");
    assert_eq!(clean_line(&line), line, "{text:?}");
    let block = clean_block(text);
    assert!(!block.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
    assert_eq!(clean_block(&block), block, "{text:?}");
    // Folding is how everything is compared: it must not matter how often it is done.
    let folded = fold(text);
    assert_eq!(fold(&folded), folded, "{text:?}");
    let _ = guess::guess_tipo(&MODELO, text);
});
