//! Options of `buscar` wherever they are written.

use clap::Command;
use std::ffi::{OsStr, OsString};

/// Puts the options of `buscar` before the words that are searched for. A search may have words that begin with a hyphen
/// (`-estado:pendiente`), so the parser takes everything after its first word as it stands; what begins with two hyphens is never a word.
pub fn options_first(words: Vec<OsString>, command: &Command) -> Vec<OsString> {
    let Some(buscar) = command.find_subcommand("buscar") else { return words };
    let Some(at) = words.iter().position(|word| word == "buscar") else { return words };
    let (mut options, mut rest) = (Vec::new(), Vec::new());
    let mut words = words;
    let mut after = words.split_off(at + 1).into_iter();
    while let Some(word) = after.next() {
        if word == "--" {
            rest.push(word);
            rest.extend(after);
            break;
        }
        let takes_next = takes_next(buscar, &word);
        if word.as_encoded_bytes().starts_with(b"--") {
            options.push(word);
            options.extend(after.by_ref().take(usize::from(takes_next)));
        } else {
            rest.push(word);
        }
    }
    words.into_iter().chain(options).chain(rest).collect()
}

/// The first word of a search that looks like an option and is none.
pub fn unknown_option<'w>(words: &'w [OsString], command: &Command) -> Option<&'w OsStr> {
    let buscar = command.find_subcommand("buscar")?;
    let at = words.iter().position(|word| word == "buscar")?;
    let mut after = words[at + 1..].iter().take_while(|word| *word != "--");
    while let Some(word) = after.next() {
        let Some(said) = word.to_str().and_then(|word| word.strip_prefix("--")) else { continue };
        let name = said.split('=').next().unwrap_or_default();
        let known = buscar.get_arguments().any(|argument| argument.get_long() == Some(name));
        if !known && !matches!(name, "lang" | "help") {
            return Some(word);
        }
        if takes_next(buscar, word) {
            after.next();
        }
    }
    None
}

/// Whether the next word is the value of this option.
fn takes_next(command: &Command, word: &OsStr) -> bool {
    let Some(name) = word.to_str().and_then(|word| word.strip_prefix("--")) else { return false };
    let found = command.get_arguments().find(|argument| argument.get_long() == Some(name));
    // Not one of its own: `--lang`, which every command has.
    found.map_or(name == "lang", |argument| argument.get_action().takes_values())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_with_two_hyphens_is_an_option_or_a_mistake() {
        for (written, unknown) in [
            ("buscar --limit 5 gil", Some("--limit")),
            ("buscar gil --limit=5", Some("--limit=5")),
            ("buscar gil --limite=5 --help", None),
            ("buscar --orden --pedido -fase:pedido", None),
            ("buscar gil -- --limit", None),
            ("mostrar --limit", None),
        ] {
            let words: Vec<OsString> = written.split(' ').map(OsString::from).collect();
            let found = unknown_option(&words, &crate::cli::command());
            assert_eq!(found, unknown.map(OsStr::new), "{written}");
        }
    }

    #[test]
    fn options_may_stand_behind_what_is_searched_for() {
        for (written, read) in [
            ("buscar gil --json", "buscar --json gil"),
            ("buscar -fase:pedido --limite 5 gil --lang en", "buscar --limite 5 --lang en -fase:pedido gil"),
            ("buscar --orden -pedido gil", "buscar --orden -pedido gil"),
            ("buscar gil --limite=5", "buscar --limite=5 gil"),
            ("buscar gil -- --json", "buscar gil -- --json"),
            ("--lang en buscar gil --json", "--lang en buscar --json gil"),
            ("mostrar 26-1 --json", "mostrar 26-1 --json"),
        ] {
            let words = |text: &str| -> Vec<OsString> { text.split(' ').map(OsString::from).collect() };
            assert_eq!(options_first(words(written), &crate::cli::command()), words(read), "{written}");
        }
    }
}
