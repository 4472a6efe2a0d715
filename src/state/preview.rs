//! Pane 3: the page.

use super::nitidez::{Linea, Nitidez};
use domain::DocumentoId;
use graphics::{CellSize, Glyphs, Picture, Protocol};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is to be seen, and what has come of it.
#[derive(Debug, Clone, Default)]
pub struct PreviewPane {
    /// The page that should be on screen.
    pub wanted: Option<Signature>,
    /// What is on screen; may be of an older wish until the new one comes.
    pub shown: Shown,
    /// Wish under way: generation and since when.
    pub pending: Option<(u64, u64)>,
    /// Whether the text is shown instead of the picture.
    pub text_mode: bool,
    /// Page, from 1.
    pub page: u32,
    /// How many pages the document has, once known.
    pub pages: Option<u32>,
    /// Zoom in percent of the whole page in the pane.
    pub zoom: u16,
    /// Turn in degrees clockwise.
    pub rotation: u16,
    /// Rows scrolled down, in cells.
    pub scroll: u16,
    /// Columns scrolled right, in cells.
    pub scroll_x: u16,
    /// Size of the pane's inside in cells, told by the view's layout.
    pub area: (u16, u16),
    /// Versions of documents of which a page, or the reason why there is none, has been on screen.
    pub seen: BTreeSet<(DocumentoId, String)>,
    /// How pictures get to this terminal.
    pub drawing: Drawing,
    /// How sharp the person, or staying, has made this page; nothing when it is as the line has it.
    pub nitidez: Option<Nitidez>,
    /// The line, as far as pages go.
    pub linea: Linea,
}

/// How pictures get to the terminal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Drawing {
    /// By which protocol.
    pub protocol: Protocol,
    /// Pixels of a cell.
    pub cell: CellSize,
    /// Into what cells are divided where pages are text.
    pub glyphs: Glyphs,
}

impl Drawing {
    /// Pixels that a picture has for each cell: across and down.
    pub fn per_cell(self) -> (u32, u32) {
        match self.protocol {
            Protocol::HalfBlocks => self.glyphs.per_cell(),
            _ => (self.cell.width.into(), self.cell.height.into()),
        }
    }
}

/// Which picture exactly: a stale one never shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Signature {
    /// Document, to ask the service.
    pub documento: DocumentoId,
    /// Its content.
    pub sha256: String,
    /// Page, from 1.
    pub page: u32,
    /// Box in pixels: width.
    pub width: u32,
    /// Box in pixels: height.
    pub height: u32,
    /// Degrees clockwise.
    pub rotation: u16,
    /// Text instead of picture.
    pub text: bool,
    /// How sharp.
    pub nitidez: Nitidez,
    /// How much the terminal stretches the picture, in percent: the box has that much fewer pixels.
    pub percent: u32,
}

impl Signature {
    /// Whether whoever wants `wanted` can do with this: the same, and at least as sharp.
    pub fn serves(&self, wanted: &Self) -> bool {
        let on_screen = |pixels: u32, percent: u32| pixels * percent / 100;
        // Rounding may take a pixel here and there.
        let alike = |a: u32, b: u32| on_screen(a, self.percent).abs_diff(on_screen(b, wanted.percent)) <= 4;
        self == wanted
            || (self.is_of_same_page(wanted)
                && self.nitidez >= wanted.nitidez
                && alike(self.width, wanted.width)
                && alike(self.height, wanted.height))
    }

    /// Whether it is the same page, turned alike, at whatever size.
    pub fn is_of_same_page(&self, other: &Self) -> bool {
        (self.documento, &self.sha256, self.page, self.rotation, self.text)
            == (other.documento, &other.sha256, other.page, other.rotation, other.text)
    }
}

/// What is on screen.
#[derive(Debug, Clone, Default)]
pub enum Shown {
    /// Nothing yet: the pane says what to do.
    #[default]
    Nothing,
    /// A page as pixels, RGB.
    Picture {
        /// What it is of.
        of: Signature,
        /// File and pixels.
        picture: Picture,
    },
    /// The page's text.
    Text {
        /// What it is of.
        of: Signature,
        /// Cleaned of control characters.
        text: Arc<str>,
    },
    /// A card with name, type and size, and why there is no picture.
    Card {
        /// What it is of.
        of: Signature,
        /// One sentence.
        reason: String,
    },
}
