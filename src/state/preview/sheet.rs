//! One page in its part of the pane: which, how large, and what of it is seen.

use super::{Crop, Drawing, Nitidez, Shown, Signature};

/// Most pixels that a side of the box of a whole page has, and of a part of a page.
const SIDE_MAX: u32 = 4096;
/// Most pixels that a side of the box has when only a part of the page is asked for.
const SIDE_MAX_CROPPED: u32 = 16_384;
/// Least pixels of a side.
const SIDE_MIN: u32 = 16;

/// How a page of 100 % stands in the pane.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Fit {
    /// All of it is seen.
    #[default]
    Page,
    /// It is as wide as the pane.
    Width,
}

/// A page, and how it is looked at.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// The page that should be on screen.
    pub wanted: Option<Signature>,
    /// What is on screen; may be of an older wish until the new one comes.
    pub shown: Shown,
    /// Wish under way: generation and since when.
    pub pending: Option<(u64, u64)>,
    /// Page, from 1.
    pub page: u32,
    /// How many pages the document has, once known.
    pub pages: Option<u32>,
    /// Zoom in percent of the page as it fits.
    pub zoom: u16,
    /// How it fits.
    pub fit: Fit,
    /// Turn in degrees clockwise.
    pub rotation: u16,
    /// Rows scrolled down, in cells.
    pub scroll: u16,
    /// Columns scrolled right, in cells.
    pub scroll_x: u16,
    /// Its end is to be seen as soon as it is known where that is.
    pub at_end: bool,
    /// Size of its part of the pane in cells, told by the view's layout.
    pub area: (u16, u16),
    /// Size of the page, as it was told last.
    pub whole: Option<Whole>,
    /// How sharp the person, or staying, has made this page; nothing when it is as the line has it.
    pub nitidez: Option<Nitidez>,
    /// Line of the text with the cursor.
    pub line: usize,
    /// Where a range of lines began.
    pub anchor: Option<usize>,
}

/// The size of a whole page, in pixels of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whole {
    /// Page, from 1.
    pub page: u32,
    /// As turned by so many degrees.
    pub rotation: u16,
    /// In such a box.
    pub boxed: (u32, u32),
    /// It has so many.
    pub size: (u32, u32),
}

impl Whole {
    /// What an answer tells: size of the whole page, in pixels of the picture.
    pub fn told(of: &Signature, size: (u32, u32)) -> Self {
        let grown = |size| grown(size, of.percent);
        Self { page: of.page, rotation: of.rotation, boxed: grown((of.width, of.height)), size: grown(size) }
    }

    /// Turned otherwise.
    fn turned(self, rotation: u16) -> Self {
        let swapped = |(width, height): (u32, u32)| (height, width);
        match rotation.abs_diff(self.rotation) % 180 {
            0 => self,
            _ => Self { rotation, boxed: swapped(self.boxed), size: swapped(self.size), ..self },
        }
    }

    /// Its size in another box. Pictures are not made larger than they are: one that did not fill its box stays as it was.
    fn within(&self, boxed: (u32, u32)) -> (u32, u32) {
        let (width, height) = (self.size.0.max(1), self.size.1.max(1));
        if boxed == self.boxed {
            return (width, height);
        }
        // Rounding may take a pixel here and there.
        let fills = width + ROUNDING >= self.boxed.0 || height + ROUNDING >= self.boxed.1;
        let ratio = (f64::from(boxed.0) / f64::from(width)).min(f64::from(boxed.1) / f64::from(height));
        let ratio = if fills { ratio } else { ratio.min(1.0) };
        let scaled = |side: u32| ((f64::from(side) * ratio).round() as u32).max(1);
        (scaled(width), scaled(height))
    }
}

/// Pixels that stretching may take or give.
const ROUNDING: u32 = 4;

/// Pixels of a picture as pixels of the screen, which stretches it by so many percent.
pub fn grown((width, height): (u32, u32), percent: u32) -> (u32, u32) {
    (width * percent / 100, height * percent / 100)
}

impl Sheet {
    /// Back to the beginning of the page.
    pub fn to_top(&mut self) {
        (self.scroll, self.scroll_x, self.at_end, self.line, self.anchor) = (0, 0, false, 0, None);
    }

    /// The box that the whole page is to fit in, in pixels of a picture that the screen stretches by so many percent.
    pub fn page_box(&self, drawing: Drawing, fit: Fit, percent: u32) -> (u32, u32) {
        let (across, down) = drawing.per_cell();
        let zoom = u32::from(self.zoom.max(100));
        let most = if zoom > 100 { SIDE_MAX_CROPPED } else { SIDE_MAX };
        let pixels =
            |cells: u16, per_cell: u32| (u32::from(cells) * per_cell * zoom / percent.max(1)).clamp(SIDE_MIN, most);
        match fit {
            Fit::Page => (pixels(self.area.0, across), pixels(self.area.1, down)),
            Fit::Width => (pixels(self.area.0, across), most),
        }
    }

    /// Size of the page in a box, if it is known; both in pixels of the screen.
    fn whole_in(&self, boxed: (u32, u32)) -> Option<(u32, u32)> {
        let known = self.whole.filter(|whole| whole.page == self.page.max(1))?;
        Some(known.turned(self.rotation).within(boxed))
    }

    /// Size of the page as it is wanted, in pixels of the screen.
    pub fn whole_wanted(&self) -> Option<(u32, u32)> {
        self.wanted.as_ref().and_then(|wanted| self.whole_for(wanted))
    }

    /// Likewise, as it would be wanted.
    pub fn whole_for(&self, wanted: &Signature) -> Option<(u32, u32)> {
        (!wanted.text).then(|| self.whole_in(grown((wanted.width, wanted.height), wanted.percent)))?
    }

    /// The part of a page in that box to ask for: what is seen and half of it more on every side, in steps, so that it is not asked for at every
    /// row. None for the whole page; the upper left part while its size is not known.
    pub fn part(&self, drawing: Drawing, boxed: (u32, u32), percent: u32) -> Option<Crop> {
        if self.zoom <= 100 {
            return None;
        }
        let (across, down) = drawing.per_cell();
        let screen = grown(boxed, percent);
        let (from, size) = match self.whole_in(screen) {
            Some(size) => ((self.scroll_x, self.scroll), size),
            None => ((0, 0), screen),
        };
        let (x, width) = step(from.0, self.area.0, across, size.0);
        let (y, height) = step(from.1, self.area.1, down, size.1);
        let is_all = (x, y) == (0, 0) && (width, height) == size && boxed.0 <= SIDE_MAX && boxed.1 <= SIDE_MAX;
        let (own, own_side) = (|n: u32| n * 100 / percent.max(1), |n: u32| (n * 100).div_ceil(percent.max(1)).max(1));
        (!is_all).then(|| Crop { x: own(x), y: own(y), width: own_side(width), height: own_side(height) })
    }

    /// How far the page can be scrolled, right and down, in cells.
    pub fn scroll_max(&self, drawing: Drawing) -> (u16, u16) {
        let size = match &self.shown {
            Shown::Picture { of, whole, .. } => self.whole_wanted().unwrap_or(grown(*whole, of.percent)),
            _ => return (0, 0),
        };
        let (across, down) = drawing.per_cell();
        let over = |pixels: u32, per_cell: u32, cells: u16| {
            u16::try_from((pixels / per_cell.max(1)).saturating_sub(u32::from(cells))).unwrap_or(u16::MAX)
        };
        (over(size.0, across, self.area.0), over(size.1, down, self.area.1))
    }
}

/// Where a part begins and how long it is, in pixels: two panes, beginning at a multiple of half a pane.
fn step(scroll: u16, cells: u16, per_cell: u32, whole: u32) -> (u32, u32) {
    let grid = u32::from(cells / 2).max(1);
    let before = u32::from(scroll).saturating_sub(grid);
    let start = ((before + grid / 2) / grid * grid * per_cell).min(whole.saturating_sub(1));
    let length = (u32::from(cells) * 2 * per_cell).clamp(SIDE_MIN, SIDE_MAX);
    (start, length.min(whole - start).max(1))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use graphics::{CellSize, Glyphs, Protocol};

    fn zoomed(scroll: u16) -> Sheet {
        let whole = Whole { page: 1, rotation: 0, boxed: (800, 1600), size: (800, 1131) };
        Sheet { page: 1, zoom: 400, area: (100, 100), scroll, whole: Some(whole), ..Sheet::default() }
    }

    const DRAWING: Drawing =
        Drawing { protocol: Protocol::Kitty, cell: CellSize { width: 8, height: 16 }, glyphs: Glyphs::Halves };

    #[test]
    fn what_is_seen_lies_well_within_the_part() {
        let boxed = zoomed(0).page_box(DRAWING, Fit::Page, 100);
        assert_eq!(boxed, (3200, 6400));
        let (_, down) = zoomed(0).scroll_max(DRAWING);
        assert_eq!(down, 0, "nothing is shown yet");
        for scroll in 0..182 {
            let part = zoomed(scroll).part(DRAWING, boxed, 100).unwrap();
            let (top, bottom) = (u32::from(scroll) * 16, (u32::from(scroll) + 100) * 16);
            assert!(part.y <= top && bottom <= part.y + part.height, "{scroll}: {part:?}");
            assert!(part.y == 0 || top - part.y >= 25 * 16, "{scroll}: {part:?}");
            assert_eq!(part.y % (50 * 16), 0);
        }
    }

    #[test]
    fn the_first_part_is_asked_for_without_knowing_the_page() {
        let sheet = Sheet { whole: None, scroll: 90, ..zoomed(0) };
        let part = sheet.part(DRAWING, sheet.page_box(DRAWING, Fit::Page, 100), 100).unwrap();
        assert_eq!((part.x, part.y, part.width, part.height), (0, 0, 1600, 3200));
    }

    #[test]
    fn a_page_that_fits_is_asked_for_whole() {
        let sheet = Sheet { zoom: 100, ..zoomed(0) };
        assert_eq!(sheet.part(DRAWING, sheet.page_box(DRAWING, Fit::Width, 100), 100), None);
    }

    #[test]
    fn small_pictures_do_not_grow() {
        let photo = Whole { page: 1, rotation: 0, boxed: (800, 1600), size: (300, 200) };
        assert_eq!(photo.within((1600, 3200)), (300, 200));
        assert_eq!(photo.within((150, 3200)), (150, 100));
        assert_eq!(photo.turned(270).within((150, 3200)), (150, 225));
        let page = Whole { size: (800, 1131), ..photo };
        assert_eq!(page.within((1600, 3200)), (1600, 2262));
    }
}
