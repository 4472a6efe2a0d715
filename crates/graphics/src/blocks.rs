//! Pictures as text: each cell shows two colours, in the parts that a character divides it into.

use crate::colours::{nearest_16, nearest_256};
use crate::fit::{Fit, Rgb, fit};
use crate::glyphs::Glyphs;
use image::RgbImage;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

/// Colours the terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// 24 bits.
    True,
    /// xterm's 256.
    Indexed,
    /// Sixteen.
    Sixteen,
}

/// Which part of a picture is drawn, and how large.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Pixels of the picture to a cell, across; there are twice as many down.
    pub scale: u32,
    /// First column of the picture, in cells.
    pub x: u32,
    /// First row of the picture, in cells.
    pub y: u32,
}

/// Draws the part of the picture that the window shows into the area, centred when it is smaller. Answers how many cells it took.
pub fn blocks(
    image: &RgbImage,
    window: Window,
    (glyphs, colours): (Glyphs, Colours),
    area: Rect,
    buffer: &mut Buffer,
) -> (u16, u16) {
    let (across, down) = (window.scale.max(1), window.scale.max(1) * 2);
    let columns = room(image.width().div_ceil(across).saturating_sub(window.x), area.width);
    let rows = room(image.height().div_ceil(down).saturating_sub(window.y), area.height);
    let (left, top) = (area.x + (area.width - columns) / 2, area.y + (area.height - rows) / 2);
    for row in 0..rows {
        let mut before = None;
        for column in 0..columns {
            let (x, y) = ((window.x + u32::from(column)) * across, (window.y + u32::from(row)) * down);
            let parts = parts(image, glyphs, (x, y), (across, down));
            let Some(cell) = buffer.cell_mut((left + column, top + row)) else { continue };
            let whole: Option<Vec<Rgb>> = parts.iter().copied().collect();
            before = match whole.as_deref() {
                Some(&[upper, lower]) => Some(Fit { mask: 1, fg: upper, bg: lower }),
                Some(whole) => Some(fit(whole, before)),
                None => None,
            };
            let style = match before {
                Some(Fit { fg, bg, .. }) => Style::new().fg(colour(fg, colours)).bg(colour(bg, colours)),
                // At the edge of the picture: what it does not have is the terminal's.
                None => match mean(&parts) {
                    Some(fg) => Style::new().fg(colour(fg, colours)),
                    None => continue,
                },
            };
            let there = |mask: u8, (at, part): (usize, &Option<Rgb>)| mask | u8::from(part.is_some()) << at;
            let mask = before.map_or_else(|| parts.iter().enumerate().fold(0, there), |fit| fit.mask);
            cell.set_char(glyphs.symbol(mask)).set_style(style);
        }
    }
    (columns, rows)
}

/// The colours of a cell's parts, row by row; none outside the picture.
fn parts(image: &RgbImage, glyphs: Glyphs, (x, y): (u32, u32), (across, down): (u32, u32)) -> Vec<Option<Rgb>> {
    let (columns, rows) = glyphs.grid();
    let edges = |n: u32, of: u32, pixels: u32| (n * pixels / of, (n + 1) * pixels / of);
    let part = |row: u32, column: u32| {
        let ((left, right), (top, bottom)) = (edges(column, columns, across), edges(row, rows, down));
        // Half a cell beyond the edge is as the edge: a page ends with a cell.
        let left = left.min(image.width().saturating_sub(x + 1));
        average(image, (x + left, y + top), (x + right, y + bottom))
    };
    (0..rows).flat_map(|row| (0..columns).map(move |column| part(row, column))).collect()
}

/// The mean of those parts that there are.
fn mean(parts: &[Option<Rgb>]) -> Option<Rgb> {
    let there: Vec<Rgb> = parts.iter().copied().flatten().collect();
    let count = u32::try_from(there.len()).ok().filter(|count| *count > 0)?;
    Some([0, 1, 2].map(|of| (there.iter().map(|part| u32::from(part[of])).sum::<u32>() / count) as u8))
}

fn room(cells: u32, room: u16) -> u16 {
    u16::try_from(cells).unwrap_or(u16::MAX).min(room)
}

/// The mean of a rectangle of pixels; none outside the picture.
fn average(image: &RgbImage, (x, y): (u32, u32), (right, bottom): (u32, u32)) -> Option<Rgb> {
    let (right, bottom) = (right.min(image.width()), bottom.min(image.height()));
    if x >= right || y >= bottom {
        return None;
    }
    let mut sum = [0u32; 3];
    let stride = image.width() as usize * 3;
    let raw = image.as_raw();
    for line in y..bottom {
        let start = line as usize * stride + x as usize * 3;
        let pixels = raw.get(start..start + (right - x) as usize * 3)?;
        for pixel in pixels.as_chunks::<3>().0 {
            for (total, part) in sum.iter_mut().zip(pixel) {
                *total += u32::from(*part);
            }
        }
    }
    let count = (right - x) * (bottom - y);
    Some(sum.map(|total| (total / count) as u8))
}

fn colour(rgb: Rgb, colours: Colours) -> Color {
    match colours {
        Colours::True => Color::Rgb(rgb[0], rgb[1], rgb[2]),
        Colours::Indexed => Color::Indexed(nearest_256(rgb)),
        Colours::Sixteen => nearest_16(rgb),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use image::Rgb as Pixel;

    const HALVES: (Glyphs, Colours) = (Glyphs::Halves, Colours::True);

    fn checks() -> RgbImage {
        RgbImage::from_fn(8, 8, |x, y| if (x / 2 + y / 2) % 2 == 0 { Pixel([255, 0, 0]) } else { Pixel([0, 0, 255]) })
    }

    #[test]
    fn two_pixels_in_a_cell_and_averages_above() {
        let area = Rect::new(0, 0, 6, 4);
        let mut buffer = Buffer::empty(area);
        let window = Window { scale: 2, x: 0, y: 0 };
        assert_eq!(blocks(&checks(), window, HALVES, area, &mut buffer), (4, 2));
        let cell = buffer.cell((1, 1)).unwrap();
        assert_eq!((cell.symbol(), cell.fg, cell.bg), ("▀", Color::Rgb(255, 0, 0), Color::Rgb(0, 0, 255)));
        assert_eq!(buffer.cell((0, 1)).unwrap().symbol(), " ", "centred");
    }

    #[test]
    fn a_window_beyond_the_picture_draws_nothing() {
        let area = Rect::new(0, 0, 6, 4);
        let mut buffer = Buffer::empty(area);
        assert_eq!(blocks(&checks(), Window { scale: 1, x: 50, y: 50 }, HALVES, area, &mut buffer), (0, 0));
        assert_eq!(buffer, Buffer::empty(area));
    }

    #[test]
    fn finer_characters_show_what_is_finer() {
        let area = Rect::new(0, 0, 2, 2);
        // Stripes of one part: white, black, black, white, and so on down.
        let page = |height: u32| {
            RgbImage::from_fn(
                8,
                16,
                |_, y| if (y / height).is_multiple_of(3) { Pixel([255; 3]) } else { Pixel([0; 3]) },
            )
        };
        let draw = |glyphs, height| {
            let mut buffer = Buffer::empty(area);
            let window = Window { scale: 4, x: 0, y: 0 };
            assert_eq!(blocks(&page(height), window, (glyphs, Colours::True), area, &mut buffer), (2, 2));
            let cell = buffer.cell((0, 0)).unwrap();
            (cell.symbol().to_owned(), cell.fg, cell.bg)
        };
        let (white, black) = (Color::Rgb(255, 255, 255), Color::Rgb(0, 0, 0));
        let ways = [("\u{1CDAE}".to_owned(), white, black), ("\u{1CD33}".to_owned(), black, white)];
        assert!(ways.contains(&draw(Glyphs::Octants, 2)));
        assert_eq!(draw(Glyphs::Quadrants, 4), ("▀".to_owned(), white, black));
    }

    #[test]
    fn beyond_the_edge_the_terminal_shows() {
        let area = Rect::new(0, 0, 3, 2);
        let mut buffer = Buffer::empty(area);
        let image = RgbImage::from_pixel(6, 12, Pixel([9, 9, 9]));
        blocks(&image, Window { scale: 4, x: 0, y: 0 }, (Glyphs::Quadrants, Colours::True), area, &mut buffer);
        let cell = buffer.cell((1, 0)).unwrap();
        assert_eq!((cell.symbol(), cell.bg), (" ", Color::Rgb(9, 9, 9)), "half a cell across is a whole one");
        let cell = buffer.cell((0, 1)).unwrap();
        assert_eq!((cell.symbol(), cell.fg, cell.bg), ("▀", Color::Rgb(9, 9, 9), Color::Reset));
    }
}
