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
    #![allow(clippy::unwrap_used)]
    use super::*;
    use image::{Rgb, RgbImage};

    /// Draws what a sixel string says, as a terminal would.
    fn decode(bytes: &[u8], width: u32, height: u32) -> RgbImage {
        let text = std::str::from_utf8(bytes).unwrap();
        let body = text.strip_prefix("\x1bP0;1;0q").unwrap().strip_suffix("\x1b\\").unwrap();
        let mut image = RgbImage::new(width, height);
        let mut palette = std::collections::HashMap::new();
        let (mut x, mut y, mut colour, mut times) = (0, 0, 0, 1);
        let mut rest = body;
        while let Some(c) = rest.chars().next() {
            rest = &rest[1..];
            let mut numbers = || {
                let end = rest.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(rest.len());
                let list: Vec<u32> = rest[..end].split(';').filter_map(|n| n.parse().ok()).collect();
                rest = &rest[end..];
                list
            };
            match c {
                '"' => assert_eq!(numbers(), [1, 1, width, height]),
                '#' => match numbers()[..] {
                    [place] => colour = place,
                    [place, 2, r, g, b] => {
                        palette.insert(place, Rgb([r, g, b].map(|part| ((part * 255 + 50) / 100) as u8)));
                    }
                    ref other => panic!("{other:?}"),
                },
                '!' => times = numbers()[0],
                '$' => x = 0,
                '-' => (x, y) = (0, y + 6),
                '?'..='~' => {
                    for _ in 0..times {
                        for row in (0..6).filter(|row| (c as u8 - b'?') >> row & 1 == 1) {
                            image.put_pixel(x, y + row, palette[&colour]);
                        }
                        x += 1;
                    }
                    times = 1;
                }
                other => panic!("{other}"),
            }
        }
        image
    }

    #[test]
    fn what_is_encoded_is_drawn() {
        // Values that percents keep.
        let image = RgbImage::from_fn(31, 17, |x, y| {
            if (x / 5 + y / 4) % 3 == 0 { Rgb([255, 0, 51]) } else { Rgb([(x % 2) as u8 * 255; 3]) }
        });
        let sixels = encode(&Indexed::new(&image));
        assert_eq!(decode(&sixels, 31, 17), image);
    }

    #[test]
    fn white_paper_is_short() {
        let image = RgbImage::from_pixel(540, 765, Rgb([255; 3]));
        assert!(encode(&Indexed::new(&image)).len() < 1_500);
    }
}
