//! Places of a page that are to be found at a glance: as with a marker pen.

use graphics::Picture;
use image::{GenericImageView, Rgb, RgbImage, imageops};
use std::sync::Arc;

/// Marker pen, and that of the chosen place.
const PENS: [[u16; 3]; 2] = [[255, 232, 96], [255, 168, 48]];
/// More boxes than this are one picture together: each picture costs the terminal a place in its memory.
const PIECES_MAX: usize = 12;

/// What is to be lit of a picture.
#[derive(Debug, Clone)]
pub struct Ink {
    /// The picture.
    pub picture: Picture,
    /// Boxes in its pixels, left, top, right, bottom; each with whether it is the chosen one.
    pub boxes: Vec<([u32; 4], bool)>,
    /// Pixels of a cell of the screen.
    pub cell: (u32, u32),
    /// How much the screen stretches the picture, in percent.
    pub percent: u32,
}

impl PartialEq for Ink {
    fn eq(&self, other: &Self) -> bool {
        (self.picture.key(), &self.boxes, self.cell, self.percent)
            == (other.picture.key(), &other.boxes, other.cell, other.percent)
    }
}

/// A part of a picture with what is lit in it.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The part.
    pub picture: Picture,
    /// The cell of the whole picture where it begins.
    pub at: (u16, u16),
}

/// Goes over a box as with a marker pen: white paper takes its colour, ink stays.
pub fn mark(pixels: &mut RgbImage, [left, top, right, bottom]: [u32; 4], chosen: bool) {
    let pen = PENS[usize::from(chosen)];
    for y in top..bottom.min(pixels.height()) {
        for x in left..right.min(pixels.width()) {
            let Rgb(rgb) = *pixels.get_pixel(x, y);
            let lit = [0, 1, 2].map(|part| (u16::from(rgb[part]) * pen[part] / 255) as u8);
            pixels.put_pixel(x, y, Rgb(lit));
        }
    }
}

/// The parts of the picture that are lit, cut at the borders of cells.
pub fn pieces(ink: &Ink) -> Vec<Piece> {
    let pixels = ink.picture.pixels();
    let (width, height) = pixels.dimensions();
    let own = |cells: u32, per_cell: u32| cells * per_cell * 100 / ink.percent.max(1);
    let cells = |pixels: u32, per_cell: u32| pixels * ink.percent / 100 / per_cell.max(1);
    let around = |[left, top, right, bottom]: [u32; 4]| {
        let (across, down) = ink.cell;
        [
            cells(left, across),
            cells(top, down),
            cells(right.saturating_sub(1), across) + 1,
            cells(bottom.saturating_sub(1), down) + 1,
        ]
    };
    let within = ink.boxes.iter().filter(|([left, top, ..], _)| *left < width && *top < height);
    let mut places: Vec<[u32; 4]> = within.map(|(caja, _)| around(*caja)).collect();
    places.dedup();
    if places.len() > PIECES_MAX {
        let all = |a: [u32; 4], b: [u32; 4]| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])];
        places = places.into_iter().reduce(all).into_iter().collect();
    }
    let piece = |[left, top, right, bottom]: [u32; 4]| {
        let (x, y) = (own(left, ink.cell.0), own(top, ink.cell.1));
        let (x2, y2) = (own(right, ink.cell.0).min(width), own(bottom, ink.cell.1).min(height));
        if x >= x2 || y >= y2 {
            return None;
        }
        let mut part = pixels.view(x, y, x2 - x, y2 - y).to_image();
        for (caja, chosen) in &ink.boxes {
            let [left, top, right, bottom] = *caja;
            let moved =
                [left.saturating_sub(x), top.saturating_sub(y), right.saturating_sub(x), bottom.saturating_sub(y)];
            mark(&mut part, moved, *chosen);
        }
        let picture = Picture::new(super::png(&part)?.into(), Arc::new(part));
        Some(Piece { picture, at: (u16::try_from(left).ok()?, u16::try_from(top).ok()?) })
    };
    places.into_iter().filter_map(piece).collect()
}

/// A picture at another size for the time until the right one comes: quick rather than fine.
pub fn stretched(pixels: &RgbImage, part: [u32; 4], size: (u32, u32)) -> RgbImage {
    let [x, y, width, height] = part;
    let part = imageops::crop_imm(pixels, x, y, width, height).to_image();
    imageops::resize(&part, size.0.max(1), size.1.max(1), imageops::FilterType::Nearest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ink(boxes: Vec<([u32; 4], bool)>) -> Ink {
        let pixels = RgbImage::from_pixel(160, 64, Rgb([255, 255, 255]));
        Ink { picture: Picture::new(Arc::new([]), Arc::new(pixels)), boxes, cell: (8, 16), percent: 100 }
    }

    #[test]
    fn a_piece_begins_at_a_cell_and_is_lit_where_the_hit_is() {
        let pieces = pieces(&ink(vec![([10, 20, 30, 30], true)]));
        assert_eq!(pieces.len(), 1);
        assert_eq!(pieces[0].at, (1, 1));
        let part = pieces[0].picture.pixels();
        assert_eq!(part.dimensions(), (24, 16));
        assert_eq!(*part.get_pixel(0, 0), Rgb([255, 255, 255]));
        assert_eq!(*part.get_pixel(2, 4), Rgb([255, 168, 48]));
        assert_eq!(*part.get_pixel(21, 13), Rgb([255, 168, 48]));
        assert_eq!(*part.get_pixel(22, 13), Rgb([255, 255, 255]));
    }

    #[test]
    fn many_hits_are_one_piece_and_none_lies_outside() {
        let many = (0..20).map(|n| ([n * 8, 0, n * 8 + 3, 60], false)).collect();
        assert_eq!(pieces(&ink(many)).len(), 1);
        assert!(pieces(&ink(vec![([200, 200, 220, 220], false)])).is_empty());
    }
}
