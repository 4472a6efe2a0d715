//! Characters that divide a cell into parts of two colours, from two parts to eight, and which of them a terminal surely has.

use crate::hints::Hints;
use crate::protocol::numbers;

/// A set of such characters. All have their complement in the set: what has two colours can be drawn either way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub enum Glyphs {
    /// `▀`: two parts, one above the other.
    #[default]
    Halves,
    /// U+2596 to U+259F: two by two.
    Quadrants,
    /// U+1FB00 to U+1FB3B of Unicode 13: two across, three down.
    Sextants,
    /// U+1CD00 to U+1CDE5 of Unicode 16: two across, four down.
    Octants,
}

/// By bits: upper left, upper right, lower left, lower right.
const QUADRANTS: [char; 16] = [' ', '▘', '▝', '▀', '▖', '▌', '▞', '▛', '▗', '▚', '▐', '▜', '▄', '▙', '▟', '█'];
/// Sextants that had been characters before there were sextants.
const SEXTANTS: [(u8, char); 4] = [(0, ' '), (0b01_0101, '▌'), (0b10_1010, '▐'), (0b11_1111, '█')];
/// Likewise octants; those of a single corner, and of the middle of a side, stand elsewhere in Unicode 16.
#[rustfmt::skip]
const OCTANTS: [(u8, char); 26] = [
    (0, ' '), (1, '\u{1CEA8}'), (2, '\u{1CEAB}'), (3, '\u{1FB82}'), (5, '▘'), (10, '▝'), (15, '▀'), (20, '\u{1FBE6}'), (40, '\u{1FBE7}'),
    (63, '\u{1FB85}'), (64, '\u{1CEA3}'), (80, '▖'), (85, '▌'), (90, '▞'), (95, '▛'), (128, '\u{1CEA0}'), (160, '▗'), (165, '▚'),
    (170, '▐'), (175, '▜'), (192, '▂'), (240, '▄'), (245, '▙'), (250, '▟'), (252, '▆'), (255, '█'),
];

impl Glyphs {
    /// Parts of a cell, across and down.
    pub fn grid(self) -> (u32, u32) {
        match self {
            Self::Halves => (1, 2),
            Self::Quadrants => (2, 2),
            Self::Sextants => (2, 3),
            Self::Octants => (2, 4),
        }
    }

    /// Pixels that a picture should have for each cell, across and down. More than it has parts: they are averaged, which is sharper.
    pub fn per_cell(self) -> (u32, u32) {
        if self == Self::Halves { (2, 4) } else { (4, 8) }
    }

    /// The character whose parts are those of the mask: the lowest bit is the first part, row by row.
    pub(crate) fn symbol(self, mask: u8) -> char {
        match self {
            Self::Halves => [' ', '▀', '▄', '█'][usize::from(mask & 3)],
            Self::Quadrants => QUADRANTS[usize::from(mask & 15)],
            Self::Sextants => numbered(mask & 63, &SEXTANTS, 0x1FB00),
            Self::Octants => numbered(mask, &OCTANTS, 0x1CD00),
        }
    }

    /// The finest set that this terminal draws by itself, whatever its font has, by what it calls itself; otherwise halves, which every font has.
    pub fn surely_of(name: &str, hints: &Hints) -> Self {
        if hints.screen || hints.term == "linux" {
            return Self::Halves;
        }
        let name = name.to_lowercase();
        let since =
            |first: &[u32], then: Self, before: Self| if numbers(&name) >= first.to_vec() { then } else { before };
        let known = match name.split([' ', '(', '-']).next().unwrap_or_default() {
            "kitty" => since(&[0, 40], Self::Octants, Self::Sextants),
            "ghostty" => since(&[1, 2], Self::Octants, Self::Sextants),
            "foot" => since(&[1, 20], Self::Octants, since(&[1, 7], Self::Sextants, Self::Halves)),
            // `VTE(7800)` is 0.78.
            "vte" => since(&[7800], Self::Octants, Self::Sextants),
            "wezterm" => Self::Sextants,
            // It does not tell its version: what all have had since 2022.
            "" if hints.term.starts_with("alacritty") => Self::Quadrants,
            _ => Self::Halves,
        };
        // tmux counts the columns of what it passes on, and may be older than Unicode 16.
        if hints.tmux { known.min(Self::Sextants) } else { known }
    }
}

/// Characters in the order of their masks, but for those that stand elsewhere.
fn numbered(mask: u8, elsewhere: &[(u8, char)], first: u32) -> char {
    if let Some((_, symbol)) = elsewhere.iter().find(|(other, _)| *other == mask) {
        return *symbol;
    }
    let before = elsewhere.iter().filter(|(other, _)| *other < mask).count() as u32;
    char::from_u32(first + u32::from(mask) - before).unwrap_or(' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn characters_are_unicodes() {
        let (sextants, octants) = (|mask| Glyphs::Sextants.symbol(mask), |mask| Glyphs::Octants.symbol(mask));
        // BLOCK SEXTANT-1, -135 is the left half, -235, -23456.
        assert_eq!([1, 21, 22, 62].map(sextants), ['\u{1FB00}', '▌', '\u{1FB14}', '\u{1FB3B}']);
        // BLOCK OCTANT-3, -5, -23456, -17, -2345678.
        assert_eq!(
            [4, 16, 62, 65, 254].map(octants),
            ['\u{1CD00}', '\u{1CD09}', '\u{1CD35}', '\u{1CD36}', '\u{1CDE5}']
        );
        for (glyphs, parts) in [(Glyphs::Quadrants, 4), (Glyphs::Sextants, 6), (Glyphs::Octants, 8)] {
            let all: BTreeSet<char> = (0..1u32 << parts).map(|mask| glyphs.symbol(mask as u8)).collect();
            assert_eq!(all.len(), 1 << parts, "each mask has a character of its own");
            assert_eq!(glyphs.grid().0 * glyphs.grid().1, parts);
        }
    }

    #[test]
    fn terminals_get_what_they_draw_themselves() {
        let plain = Hints::default();
        let tmux = Hints { tmux: true, ..Hints::default() };
        let alacritty = Hints { term: "alacritty".into(), ..Hints::default() };
        for (name, hints, wanted) in [
            ("kitty(0.41.1)", &plain, Glyphs::Octants),
            ("kitty(0.26.5)", &plain, Glyphs::Sextants),
            ("kitty(0.41.1)", &tmux, Glyphs::Sextants),
            ("ghostty 1.1.3", &plain, Glyphs::Sextants),
            ("ghostty 1.2.0", &plain, Glyphs::Octants),
            ("foot(1.16.2)", &plain, Glyphs::Sextants),
            ("foot(1.20.0)", &plain, Glyphs::Octants),
            ("VTE(7600)", &plain, Glyphs::Sextants),
            ("VTE(7802)", &plain, Glyphs::Octants),
            ("WezTerm 20240203-110809", &plain, Glyphs::Sextants),
            ("XTerm(379)", &plain, Glyphs::Halves),
            ("", &plain, Glyphs::Halves),
            ("", &alacritty, Glyphs::Quadrants),
        ] {
            assert_eq!(Glyphs::surely_of(name, hints), wanted, "{name}");
        }
    }
}
