//! Pane 3: the page, and the one pinned beside it.

pub mod find;
pub mod secret;
pub mod sheet;
pub mod thumbs;

use super::nitidez::{Linea, Nitidez};
use api::Codigo;
use api::documento::{DocumentoVista, Firmas};
use domain::DocumentoId;
use find::Find;
use graphics::{CellSize, Glyphs, Picture, Protocol};
pub use sheet::{Fit, Sheet, Whole};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is to be seen, and what has come of it.
#[derive(Debug, Clone, Default)]
pub struct PreviewPane {
    /// The page of the document that is selected.
    pub sheet: Sheet,
    /// A page that stays beside it, whatever is selected.
    pub pinned: Option<Pinned>,
    /// Whether scrolling, zooming and turning are for the pinned one.
    pub on_pinned: bool,
    /// Whether the text is shown instead of the picture.
    pub text_mode: bool,
    /// Text that is looked for in the document.
    pub find: Option<Find>,
    /// Zoom and turn of documents that were changed in this run, by content.
    pub turned: BTreeMap<String, (u16, u16)>,
    /// Digital signatures, by content.
    pub firmas: BTreeMap<String, Firmas>,
    /// Those that are on their way: generation and content.
    pub firmas_pending: Option<(u64, String)>,
    /// The content whose password has just been typed: a wrong one is asked for again.
    pub clave_tried: Option<String>,
    /// Versions of documents of which a page, or the reason why there is none, has been on screen.
    pub seen: BTreeSet<(DocumentoId, String)>,
    /// How pictures get to this terminal.
    pub drawing: Drawing,
    /// The line, as far as pages go.
    pub linea: Linea,
}

/// Which of the two pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// That of the selected document.
    Selected,
    /// The pinned one.
    Pinned,
}

/// A page that stays.
#[derive(Debug, Clone)]
pub struct Pinned {
    /// Of which document.
    pub documento: DocumentoVista,
    /// Number of its expediente.
    pub numero: String,
    /// The page.
    pub sheet: Sheet,
}

impl PreviewPane {
    /// The page that keys are for.
    pub fn half(&self) -> Half {
        if self.on_pinned && self.pinned.is_some() { Half::Pinned } else { Half::Selected }
    }

    /// One of the two pages; without a pinned one, that of the selected document.
    pub fn of(&self, half: Half) -> &Sheet {
        match (half, &self.pinned) {
            (Half::Pinned, Some(pinned)) => &pinned.sheet,
            _ => &self.sheet,
        }
    }

    /// Likewise, to be changed.
    pub fn of_mut(&mut self, half: Half) -> &mut Sheet {
        match (half, &mut self.pinned) {
            (Half::Pinned, Some(pinned)) => &mut pinned.sheet,
            _ => &mut self.sheet,
        }
    }

    /// The page that keys are for.
    pub fn active(&self) -> &Sheet {
        self.of(self.half())
    }

    /// Likewise, to be changed.
    pub fn active_mut(&mut self) -> &mut Sheet {
        self.of_mut(self.half())
    }
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
    /// The part of the page that is wanted; none for all of it.
    pub crop: Option<Crop>,
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
                && alike(self.height, wanted.height)
                && self.has_part(wanted, alike))
    }

    /// Whether what is wanted of the page is in this part of it.
    fn has_part(&self, wanted: &Self, alike: impl Fn(u32, u32) -> bool) -> bool {
        match (self.crop, wanted.crop) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(here), Some(there)) => {
                [(here.x, there.x), (here.y, there.y), (here.width, there.width), (here.height, there.height)]
                    .into_iter()
                    .all(|(here, there)| alike(here, there))
            }
        }
    }

    /// Whether it is the same page, turned alike, at whatever size.
    pub fn is_of_same_page(&self, other: &Self) -> bool {
        (self.documento, &self.sha256, self.page, self.rotation, self.text)
            == (other.documento, &other.sha256, other.page, other.rotation, other.text)
    }
}

/// A part of a page, in pixels of the whole turned page as it fits in the box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Crop {
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
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
        /// Size in pixels of the whole page, of which it may be a part.
        whole: (u32, u32),
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
        /// What the service calls it.
        codigo: Option<Codigo>,
    },
}
