//! Which way pictures go to a terminal.

use crate::hints::Hints;
use crate::probe::Abilities;

/// A way to show a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Protocol {
    /// kitty's graphics protocol: sent once, placed by its id.
    Kitty,
    /// The same through tmux, with placeholder characters that tmux moves about as text.
    KittyPlaceholders,
    /// iTerm2's inline images.
    Iterm,
    /// Sixel graphics.
    Sixel,
    /// Cells of two colours, as text: see [`crate::Glyphs`].
    #[default]
    HalfBlocks,
}

/// Terminals that take iTerm2's images, by what they call themselves.
const ITERM: [&str; 5] = ["iTerm", "WezTerm", "vscode", "mintty", "Tabby"];

/// The best way for this terminal. Names come from the terminal's own answer (`CSI > q`) if it gave one, else from the environment.
pub fn choose(abilities: &Abilities, hints: &Hints) -> Protocol {
    if hints.screen {
        return Protocol::HalfBlocks;
    }
    let named = |name: &str| {
        let heard = if abilities.name.is_empty() { &hints.program } else { &abilities.name };
        heard.to_lowercase().contains(&name.to_lowercase())
    };
    // In these kitty's protocol is new or partial, and sixel slower: their own comes first.
    if ITERM.iter().any(|name| named(name)) && !hints.tmux {
        return Protocol::Iterm;
    }
    match (abilities.kitty, hints.tmux) {
        (true, false) => Protocol::Kitty,
        (true, true) if knows_placeholders(&abilities.name) => Protocol::KittyPlaceholders,
        _ if abilities.sixel => Protocol::Sixel,
        _ => Protocol::HalfBlocks,
    }
}

/// Whether the terminal of that name and version draws placeholder characters: others answer the query too, and show boxes.
fn knows_placeholders(name: &str) -> bool {
    let name = name.to_lowercase();
    if name.starts_with("ghostty") {
        return true;
    }
    // `kitty(0.28.0)`: the first version that does.
    name.starts_with("kitty(") && numbers(&name) >= vec![0, 28]
}

/// The version in a name, number by number: `kitty(0.28.0)`, `ghostty 1.1.2`.
pub(crate) fn numbers(name: &str) -> Vec<u32> {
    let version = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    version.split(['.', ')', '-', ' ']).map_while(|n| n.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn able(kitty: bool, sixel: bool, name: &str) -> Abilities {
        Abilities { kitty, sixel, name: name.to_owned(), ..Abilities::default() }
    }

    #[test]
    fn each_terminal_gets_its_best() {
        let (plain, tmux) = (Hints::default(), Hints { tmux: true, ..Hints::default() });
        let screen = Hints { screen: true, ..Hints::default() };
        for (abilities, hints, wanted) in [
            (able(true, false, "kitty(0.41.1)"), &plain, Protocol::Kitty),
            (able(true, false, "ghostty 1.1"), &plain, Protocol::Kitty),
            (able(true, true, "WezTerm 20240203"), &plain, Protocol::Iterm),
            (able(false, true, "XTerm(379)"), &plain, Protocol::Sixel),
            (able(false, false, ""), &plain, Protocol::HalfBlocks),
            (able(true, false, "kitty(0.41.1)"), &tmux, Protocol::KittyPlaceholders),
            (able(true, false, "kitty(0.26.5)"), &tmux, Protocol::HalfBlocks),
            (able(true, false, "ghostty 1.1.2"), &tmux, Protocol::KittyPlaceholders),
            (able(false, true, "tmux 3.4"), &tmux, Protocol::Sixel),
            (able(true, true, "kitty(0.41.1)"), &screen, Protocol::HalfBlocks),
        ] {
            assert_eq!(choose(&abilities, hints), wanted, "{abilities:?} {hints:?}");
        }
    }
}
