//! Sixel graphics: bands of six rows, each colour of a band drawn over the others. DEC STD 070, chapter 9.

use crate::indexed::Indexed;
use std::fmt::Write;

/// Rows of a band.
const BAND: usize = 6;
/// Shortest run that is written as a count: `!4~` is as long as `~~~`.
const RUN: usize = 4;

/// The picture as one DCS string. Pixels that are not its own stay what they are.
pub fn encode(picture: &Indexed) -> Vec<u8> {
    let Some(height) = picture.pixels.len().checked_div(picture.width) else { return Vec::new() };
    let mut out = format!("\x1bP0;1;0q\"1;1;{};{height}", picture.width);
    for (place, rgb) in picture.palette.iter().enumerate() {
        let [red, green, blue] = rgb.map(|part| (u32::from(part) * 100 + 127) / 255);
        let _ = write!(out, "#{place};2;{red};{green};{blue}");
    }
    for (at, band) in picture.pixels.chunks(picture.width * BAND).enumerate() {
        if at > 0 {
            out.push('-');
        }
        encode_band(&mut out, band, picture);
    }
    out.push_str("\x1b\\");
    out.into_bytes()
}

fn encode_band(out: &mut String, band: &[u8], picture: &Indexed) {
    // For each colour the sixels of its columns, and the first and last column that has one.
    let mut columns: Vec<Option<(Vec<u8>, usize, usize)>> = vec![None; picture.palette.len()];
    for (row, pixels) in band.chunks(picture.width).enumerate() {
        for (x, place) in pixels.iter().enumerate() {
            let Some(colour) = columns.get_mut(usize::from(*place)) else { continue };
            let (sixels, first, last) = colour.get_or_insert_with(|| (vec![0; picture.width], x, x));
            if let Some(sixel) = sixels.get_mut(x) {
                *sixel |= 1 << row;
            }
            (*first, *last) = ((*first).min(x), (*last).max(x));
        }
    }
    let mut is_first = true;
    for (place, colour) in columns.iter().enumerate() {
        let Some((sixels, first, last)) = colour else { continue };
        if !is_first {
            out.push('$');
        }
        is_first = false;
        let _ = write!(out, "#{place}");
        repeat(out, 0, *first);
        for run in sixels.get(*first..=*last).unwrap_or_default().chunk_by(|a, b| a == b) {
            repeat(out, run.first().copied().unwrap_or_default(), run.len());
        }
    }
}

/// A sixel so many times.
fn repeat(out: &mut String, sixel: u8, times: usize) {
    let character = char::from(b'?' + (sixel & 0x3f));
    if times >= RUN {
        let _ = write!(out, "!{times}{character}");
    } else {
        out.extend(std::iter::repeat_n(character, times));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage};

    #[test]
    fn bands_colours_and_runs() {
        // Seven rows of six: the left half white, the right half red; below the first band one row is left.
        let image = RgbImage::from_fn(6, 7, |x, _| if x < 3 { Rgb([255; 3]) } else { Rgb([255, 0, 0]) });
        let expected = "\x1bP0;1;0q\"1;1;6;7#0;2;100;100;100#1;2;100;0;0#0~~~$#1???~~~-#0@@@$#1???@@@\x1b\\";
        assert_eq!(encode(&Indexed::new(&image)), expected.as_bytes());
    }

    #[test]
    fn white_paper_is_short() {
        let image = RgbImage::from_pixel(540, 765, Rgb([255; 3]));
        assert!(encode(&Indexed::new(&image)).len() < 1_500);
    }
}
