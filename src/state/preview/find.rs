//! Text looked for in a document.

use super::Half;
use crate::preview::tint::{Ink, Piece};
use api::documento::Hallazgos;
use domain::DocumentoId;
use tui_input::Input;

/// What is looked for, and what was found.
#[derive(Debug, Clone)]
pub struct Find {
    /// In which page of the pane it was begun.
    pub half: Half,
    /// In which document.
    pub documento: DocumentoId,
    /// In which content.
    pub sha256: String,
    /// What is typed.
    pub input: Input,
    /// Whether keys go into the box.
    pub typing: bool,
    /// The text that the hits are of.
    pub of: String,
    /// What was found.
    pub found: Option<Hallazgos>,
    /// Why nothing was, one sentence.
    pub error: Option<String>,
    /// Search under way: generation and since when.
    pub pending: Option<(u64, u64)>,
    /// The hit one has gone to.
    pub at: usize,
    /// Whether it has still to be brought into sight.
    pub reveal: bool,
    /// Where the page has hits, as pictures: for terminals that draw pictures themselves.
    pub tinted: Option<Tinted>,
}

/// Hits of a page as small pictures.
#[derive(Debug, Clone)]
pub struct Tinted {
    /// What is lit.
    pub ink: Ink,
    /// The pictures; none while they are being made.
    pub pieces: Vec<Piece>,
}

impl Find {
    /// An empty box.
    pub fn new(half: Half, documento: DocumentoId, sha256: String) -> Self {
        Self {
            half,
            documento,
            sha256,
            input: Input::default(),
            typing: true,
            of: String::new(),
            found: None,
            error: None,
            pending: None,
            at: 0,
            reveal: false,
            tinted: None,
        }
    }

    /// How many hits there are.
    pub fn count(&self) -> usize {
        self.found.as_ref().map_or(0, |found| found.hallazgos.len())
    }

    /// Boxes of the hits of a page, each with whether it is of the chosen one.
    pub fn boxes(&self, page: u32) -> Vec<([u16; 4], bool)> {
        let hits = self.found.iter().flat_map(|found| found.hallazgos.iter().enumerate());
        let here = hits.filter(|(_, hit)| hit.pagina == page);
        here.flat_map(|(at, hit)| hit.cajas.iter().map(move |caja| (*caja, at == self.at))).collect()
    }
}

/// A box in ten-thousandths of the unturned page, as it lies on the turned one of that size in pixels: left, top, right, bottom.
pub fn on_page(caja: [u16; 4], rotation: u16, whole: (u32, u32)) -> [u32; 4] {
    const UNIT: u32 = 10_000;
    let [left, top, right, bottom] = caja.map(|side| u32::from(side).min(UNIT));
    let [left, top, right, bottom] = match rotation % 360 {
        90 => [UNIT - bottom, left, UNIT - top, right],
        180 => [UNIT - right, UNIT - bottom, UNIT - left, UNIT - top],
        270 => [top, UNIT - right, bottom, UNIT - left],
        _ => [left, top, right, bottom],
    };
    let pixels = |part: u32, side: u32| (u64::from(part) * u64::from(side) / u64::from(UNIT)) as u32;
    let up = |part: u32, side: u32| (u64::from(part) * u64::from(side)).div_ceil(u64::from(UNIT)) as u32;
    [pixels(left, whole.0), pixels(top, whole.1), up(right, whole.0), up(bottom, whole.1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_turn_with_the_page() {
        let caja = [1_000, 2_000, 3_000, 2_500];
        let turned = [0, 90, 180, 270].map(|degrees| {
            let whole = if u16::is_multiple_of(degrees, 180) { (1_000, 2_000) } else { (2_000, 1_000) };
            on_page(caja, degrees, whole)
        });
        assert_eq!(turned[0], [100, 400, 300, 500]);
        assert_eq!(turned[1], [1_500, 100, 1_600, 300], "the top is on the right");
        assert_eq!(turned[2], [700, 1_500, 900, 1_600]);
        assert_eq!(turned[3], [400, 700, 500, 900], "the top is on the left");
    }
}
