//! What is to be shown, and where.

use image::RgbImage;
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// Pixels of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CellSize {
    /// Width, 1 to 200.
    pub width: u16,
    /// Height, 1 to 400.
    pub height: u16,
}

impl Default for CellSize {
    /// What terminals have had since they were made of glass.
    fn default() -> Self {
        Self { width: 8, height: 16 }
    }
}

impl CellSize {
    /// A believable size; nothing otherwise (some terminals answer 0).
    pub fn new(width: u16, height: u16) -> Option<Self> {
        ((1..=200).contains(&width) && (1..=400).contains(&height)).then_some(Self { width, height })
    }
}

/// A picture: its file and its pixels, shared. Two with the same file are the same picture.
#[derive(Debug, Clone)]
pub struct Picture {
    key: u64,
    png: Arc<[u8]>,
    pixels: Arc<RgbImage>,
}

impl Picture {
    /// From a PNG file and what it decodes to.
    pub fn new(png: Arc<[u8]>, pixels: Arc<RgbImage>) -> Self {
        let mut hasher = DefaultHasher::new();
        png.hash(&mut hasher);
        Self { key: hasher.finish(), png, pixels }
    }

    /// What tells it from others.
    pub fn key(&self) -> u64 {
        self.key
    }

    /// The file.
    pub fn png(&self) -> &[u8] {
        &self.png
    }

    /// The pixels.
    pub fn pixels(&self) -> &RgbImage {
        &self.pixels
    }
}

/// A picture in its place.
#[derive(Debug, Clone)]
pub struct Placement {
    /// What is shown.
    pub picture: Picture,
    /// The cells it has; no larger than what is left of the picture from `from` on.
    pub area: Rect,
    /// Cells of the picture that are scrolled out on the left and above.
    pub from: (u16, u16),
    /// Pixels of the screen to one of the picture, in percent: 100 shows it as it is.
    pub percent: u32,
}

impl Placement {
    /// Size on the screen in pixels.
    pub fn size(&self) -> (u32, u32) {
        let grown = |n: u32| n * self.percent.max(1) / 100;
        (grown(self.picture.pixels.width()), grown(self.picture.pixels.height()))
    }

    /// Size on the screen in cells, the last ones perhaps in part.
    pub fn cells(&self, cell: CellSize) -> (u16, u16) {
        let (width, height) = self.size();
        let cells = |pixels: u32, cell: u16| u16::try_from(pixels.div_ceil(u32::from(cell))).unwrap_or(u16::MAX);
        (cells(width, cell.width), cells(height, cell.height))
    }

    /// Whether the same is seen in the same place.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        (self.picture.key, self.area, self.from, self.percent)
            == (other.picture.key, other.area, other.from, other.percent)
    }
}

/// Gives cells to a picture: blank, and left alone by ratatui. What is painted over one takes it back.
pub fn reserve(buffer: &mut Buffer, area: Rect) {
    for position in area.intersection(buffer.area).positions() {
        if let Some(cell) = buffer.cell_mut(position) {
            cell.reset();
            cell.set_diff_option(CellDiffOption::Skip);
        }
    }
}

/// Rectangles that make up the cells of an area that `wanted` names, without overlap; whole rows of the same columns are one.
pub(crate) fn rectangles(area: Rect, wanted: impl Fn(u16, u16) -> bool) -> Vec<Rect> {
    let mut done: Vec<Rect> = Vec::new();
    let mut open: Vec<Rect> = Vec::new();
    for y in area.top()..area.bottom() {
        let mut runs = Vec::new();
        let mut x = area.left();
        while x < area.right() {
            let start = x;
            while x < area.right() && wanted(x, y) {
                x += 1;
            }
            if x > start {
                runs.push(Rect::new(start, y, x - start, 1));
            }
            x += 1;
        }
        let mut next = Vec::new();
        for run in runs {
            let above = open.iter().position(|above| (above.x, above.width) == (run.x, run.width));
            next.push(match above {
                Some(at) => {
                    let above = open.swap_remove(at);
                    Rect { height: above.height + 1, ..above }
                }
                None => run,
            });
        }
        done.append(&mut open);
        open = next;
    }
    done.append(&mut open);
    done.sort_unstable_by_key(|rect| (rect.y, rect.x));
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_hole_leaves_four_rectangles() {
        let (area, hole) = (Rect::new(2, 1, 10, 6), Rect::new(5, 3, 3, 2));
        let around = rectangles(area, |x, y| !hole.contains((x, y).into()));
        assert_eq!(
            around,
            [Rect::new(2, 1, 10, 2), Rect::new(2, 3, 3, 2), Rect::new(8, 3, 4, 2), Rect::new(2, 5, 10, 2)]
        );
        assert_eq!(rectangles(area, |_, _| true), [area]);
    }

    #[test]
    fn unbelievable_cells_are_no_size() {
        assert_eq!(CellSize::new(0, 16), None);
        assert_eq!(CellSize::new(8, 4000), None);
    }

    proptest! {
        #[test]
        fn every_wanted_cell_is_in_one_rectangle(holes in proptest::collection::vec((0u16..12, 0u16..8, 1u16..5, 1u16..5), 0..4)) {
            let area = Rect::new(1, 2, 10, 6);
            let wanted = |x: u16, y: u16| !holes.iter().any(|(hx, hy, w, h)| Rect::new(*hx, *hy, *w, *h).contains((x, y).into()));
            let found = rectangles(area, wanted);
            for position in area.positions() {
                let times = found.iter().filter(|rect| rect.contains(position)).count();
                prop_assert_eq!(times, usize::from(wanted(position.x, position.y)));
            }
        }
    }
}
