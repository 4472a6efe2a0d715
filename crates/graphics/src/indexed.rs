//! A picture as a palette and places in it: what sixel and small PNG files are made of.

use crate::colours::nearest_256;
use image::RgbImage;
use std::collections::HashMap;

/// A picture of at most 256 colours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indexed {
    /// The colours.
    pub palette: Vec<[u8; 3]>,
    /// Place in the palette of every pixel, row by row.
    pub pixels: Vec<u8>,
    /// Pixels of a row.
    pub width: usize,
}

impl Indexed {
    /// Exact, when it has few enough colours; else each by the nearest of xterm's 256.
    pub fn new(image: &RgbImage) -> Self {
        Self::exact(image).unwrap_or_else(|| Self::nearest(image))
    }

    fn exact(image: &RgbImage) -> Option<Self> {
        Self::by(image, |rgb| rgb)
    }

    fn nearest(image: &RgbImage) -> Self {
        let all = Self::by(image, |rgb| of_256(nearest_256(rgb)));
        all.unwrap_or(Self { palette: Vec::new(), pixels: Vec::new(), width: 0 })
    }

    fn by(image: &RgbImage, colour: impl Fn([u8; 3]) -> [u8; 3]) -> Option<Self> {
        let mut places: HashMap<[u8; 3], u8> = HashMap::new();
        let mut palette = Vec::new();
        let mut pixels = Vec::with_capacity(image.width() as usize * image.height() as usize);
        let mut last = None;
        for pixel in image.pixels() {
            // Neighbours are mostly alike.
            if let Some((rgb, place)) = last
                && rgb == pixel.0
            {
                pixels.push(place);
                continue;
            }
            let wanted = colour(pixel.0);
            let place = match places.get(&wanted) {
                Some(place) => *place,
                None => {
                    let place = u8::try_from(palette.len()).ok()?;
                    palette.push(wanted);
                    places.insert(wanted, place);
                    place
                }
            };
            last = Some((pixel.0, place));
            pixels.push(place);
        }
        Some(Self { palette, pixels, width: image.width() as usize })
    }

    /// As a PNG file with as few bits a pixel as its palette needs.
    pub fn png(&self) -> Option<Vec<u8>> {
        let height = self.pixels.len().checked_div(self.width)?;
        let (depth, bits) = match self.palette.len() {
            0..=2 => (png::BitDepth::One, 1),
            3..=4 => (png::BitDepth::Two, 2),
            5..=16 => (png::BitDepth::Four, 4),
            _ => (png::BitDepth::Eight, 8),
        };
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, u32::try_from(self.width).ok()?, u32::try_from(height).ok()?);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(depth);
        encoder.set_palette(self.palette.concat());
        let mut writer = encoder.write_header().ok()?;
        let rows = self.pixels.chunks_exact(self.width).flat_map(|row| packed(row, bits));
        writer.write_image_data(&rows.collect::<Vec<u8>>()).ok()?;
        writer.finish().ok()?;
        Some(file)
    }
}

/// A row with several pixels in a byte, the first in the highest bits.
fn packed(row: &[u8], bits: usize) -> Vec<u8> {
    let join = |pixels: &[u8]| {
        let fold = |byte: u8, (at, pixel): (usize, &u8)| byte | pixel << (8 - bits * (at + 1));
        pixels.iter().enumerate().fold(0, fold)
    };
    row.chunks(8 / bits).map(join).collect()
}

/// The colour of a place of xterm's 256, from 16 on.
fn of_256(place: u8) -> [u8; 3] {
    const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    match place {
        232.. => [8 + (place - 232) * 10; 3],
        _ => {
            let at = usize::from(place.saturating_sub(16));
            [LEVELS[at / 36 % 6], LEVELS[at / 6 % 6], LEVELS[at % 6]]
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use image::Rgb;

    #[test]
    fn few_colours_are_exact_and_come_back_from_png() {
        let image = RgbImage::from_fn(13, 5, |x, y| Rgb([(x % 3) as u8 * 100, (y % 4) as u8 * 60, 7]));
        let indexed = Indexed::new(&image);
        assert_eq!(indexed.palette.len(), 12);
        let file = indexed.png().unwrap();
        assert_eq!(image::load_from_memory(&file).unwrap().into_rgb8(), image);
    }

    #[test]
    fn many_colours_are_reduced() {
        let image = RgbImage::from_fn(64, 64, |x, y| Rgb([x as u8 * 4, y as u8 * 4, 90]));
        let indexed = Indexed::new(&image);
        assert!(indexed.palette.len() <= 240, "{}", indexed.palette.len());
        assert_eq!(indexed.pixels.len(), 64 * 64);
    }
}
