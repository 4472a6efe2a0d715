//! How sharp a page is asked for: the rungs of a ladder, and which one the line can carry.

use super::preview::Drawing;
use graphics::Protocol;
use serde::Deserialize;

/// Bytes in a second under which a line is slow: 256 kbit/s.
const SLOW: u64 = 32_000;
/// And from which on it is not slow any more; between the two it stays what it was.
const FAST: u64 = 48_000;
/// Under this a sharper page that nobody has asked for would be in the way of what is asked for.
const TOO_SLOW_TO_SHARPEN: u64 = 16_000;
/// Widest cell, in pixels, that a reduced page fills one to one: letters of a page of 68 columns can be read from here on.
const REDUCED_CELL: u32 = 6;
/// The same for the middle rung: pixels beyond this are for eyes at a dense screen, not for reading.
const MIDDLE_CELL: u32 = 10;

/// A rung. Each costs about three times the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nitidez {
    /// Four greys at two thirds of the pixels.
    Reducida,
    /// Four greys.
    Media,
    /// Sixteen colours: as sharp as text gets.
    Normal,
    /// All colours, for photographs.
    Completa,
}

impl Nitidez {
    /// What the service calls it.
    pub fn calidad(self) -> &'static str {
        match self {
            Self::Reducida | Self::Media => "gris2",
            Self::Normal => "color16",
            Self::Completa => "completa",
        }
    }

    /// How much the terminal stretches the picture, in percent.
    pub fn percent(self, drawing: Drawing) -> u32 {
        let widest = match self {
            // Half blocks have few pixels as it is.
            _ if drawing.protocol == Protocol::HalfBlocks => return 100,
            Self::Reducida => REDUCED_CELL.min(u32::from(drawing.cell.width) * 2 / 3),
            Self::Media => MIDDLE_CELL,
            Self::Normal | Self::Completa => return 100,
        };
        (u32::from(drawing.cell.width) * 100 / widest.max(1)).max(100)
    }
}

/// What the configuration says: `calidad`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Calidad {
    /// As the line is measured to be.
    #[default]
    Auto,
    /// Always as for a slow line: where the slow part lies between this program and the terminal.
    Reducida,
    /// Never less than sharp.
    Normal,
}

/// What is known of the line as far as pages go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Linea {
    rate: Option<u64>,
    slow: bool,
}

impl Linea {
    /// Takes what was measured, in bytes a second.
    pub fn measured(&mut self, rate: Option<u64>) {
        self.rate = rate;
        self.slow = rate.is_some_and(|rate| rate < SLOW || (self.slow && rate < FAST));
    }

    /// The rung that a page is asked for at first.
    pub fn rung(self, calidad: Calidad, zoomed: bool) -> Nitidez {
        match calidad {
            Calidad::Normal => Nitidez::Normal,
            Calidad::Auto if !self.slow => Nitidez::Normal,
            // Who looks closer wants to read.
            Calidad::Auto | Calidad::Reducida if zoomed => Nitidez::Media,
            Calidad::Auto | Calidad::Reducida => Nitidez::Reducida,
        }
    }

    /// Whether a page is made sharper by itself when somebody stays on it.
    pub fn sharpens(self, calidad: Calidad) -> bool {
        calidad == Calidad::Auto && self.rate.is_none_or(|rate| rate >= TOO_SLOW_TO_SHARPEN)
    }

    /// Whether bytes are to be saved.
    pub fn is_slow(self) -> bool {
        self.slow
    }

    /// How many pages that may be wanted next are fetched ahead.
    pub fn ahead(self) -> usize {
        if self.slow { 1 } else { 3 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use graphics::CellSize;

    #[test]
    fn a_line_is_slow_until_it_is_clearly_not() {
        let mut line = Linea::default();
        assert_eq!(line.rung(Calidad::Auto, false), Nitidez::Normal, "nothing is known");
        line.measured(Some(8_000));
        assert_eq!(line.rung(Calidad::Auto, false), Nitidez::Reducida);
        assert_eq!(line.rung(Calidad::Auto, true), Nitidez::Media);
        assert_eq!(line.rung(Calidad::Normal, false), Nitidez::Normal);
        assert!(!line.sharpens(Calidad::Auto));
        line.measured(Some(40_000));
        assert_eq!(line.rung(Calidad::Auto, false), Nitidez::Reducida);
        line.measured(Some(50_000));
        assert_eq!(line.rung(Calidad::Auto, false), Nitidez::Normal);
        line.measured(Some(40_000));
        assert_eq!(line.rung(Calidad::Auto, false), Nitidez::Normal);
        assert_eq!(line.rung(Calidad::Reducida, false), Nitidez::Reducida);
    }

    #[test]
    fn the_terminal_stretches_what_has_fewer_pixels() {
        let drawing =
            |protocol, width, height| Drawing { protocol, cell: CellSize { width, height }, ..Drawing::default() };
        assert_eq!(Nitidez::Reducida.percent(drawing(Protocol::Kitty, 9, 18)), 150);
        assert_eq!(Nitidez::Reducida.percent(drawing(Protocol::Kitty, 24, 48)), 400);
        assert_eq!(Nitidez::Media.percent(drawing(Protocol::Sixel, 8, 16)), 100);
        assert_eq!(Nitidez::Media.percent(drawing(Protocol::Sixel, 20, 40)), 200);
        assert_eq!(Nitidez::Normal.percent(drawing(Protocol::Kitty, 24, 48)), 100);
        assert_eq!(Nitidez::Reducida.percent(drawing(Protocol::HalfBlocks, 8, 16)), 100);
    }
}
