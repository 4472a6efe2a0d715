//! Half blocks: the upper half of a cell is its text colour, the lower half its background.

use crate::colours::{nearest_16, nearest_256};
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
    /// Pixels of the picture to one of the screen: 2 averages 2×2.
    pub scale: u32,
    /// First column of the picture, in cells.
    pub x: u32,
    /// First row of the picture, in cells.
    pub y: u32,
}

/// Draws the part of the picture that the window shows into the area, centred when it is smaller. Answers how many cells it took.
pub fn half_blocks(image: &RgbImage, window: Window, colours: Colours, area: Rect, buffer: &mut Buffer) -> (u16, u16) {
    let scale = window.scale.max(1);
    let cells = |pixels: u32, per_cell: u32| pixels.div_ceil(scale * per_cell);
    let (all_columns, all_rows) = (cells(image.width(), 1), cells(image.height(), 2));
    let columns = fit(all_columns.saturating_sub(window.x), area.width);
    let rows = fit(all_rows.saturating_sub(window.y), area.height);
    let (left, top) = (area.x + (area.width - columns) / 2, area.y + (area.height - rows) / 2);
    for row in 0..rows {
        for column in 0..columns {
            let (x, y) = ((window.x + u32::from(column)) * scale, (window.y + u32::from(row)) * 2 * scale);
            let (upper, lower) = (average(image, x, y, scale), average(image, x, y + scale, scale));
            let Some(cell) = buffer.cell_mut((left + column, top + row)) else { continue };
            let style = match (upper, lower) {
                (Some(upper), Some(lower)) => Style::new().fg(colour(upper, colours)).bg(colour(lower, colours)),
                (Some(upper), None) => Style::new().fg(colour(upper, colours)),
                _ => continue,
            };
            cell.set_symbol("▀").set_style(style);
        }
    }
    (columns, rows)
}

fn fit(cells: u32, room: u16) -> u16 {
    u16::try_from(cells).unwrap_or(u16::MAX).min(room)
}

/// The mean of a square of pixels; none outside the picture.
fn average(image: &RgbImage, x: u32, y: u32, side: u32) -> Option<[u8; 3]> {
    let (right, bottom) = ((x + side).min(image.width()), (y + side).min(image.height()));
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

fn colour(rgb: [u8; 3], colours: Colours) -> Color {
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
    use image::Rgb;

    fn checks() -> RgbImage {
        RgbImage::from_fn(8, 8, |x, y| if (x / 2 + y / 2) % 2 == 0 { Rgb([255, 0, 0]) } else { Rgb([0, 0, 255]) })
    }

    #[test]
    fn two_pixels_in_a_cell_and_averages_above() {
        let area = Rect::new(0, 0, 6, 4);
        let mut buffer = Buffer::empty(area);
        let window = Window { scale: 2, x: 0, y: 0 };
        assert_eq!(half_blocks(&checks(), window, Colours::True, area, &mut buffer), (4, 2));
        let cell = buffer.cell((1, 1)).unwrap();
        assert_eq!((cell.symbol(), cell.fg, cell.bg), ("▀", Color::Rgb(255, 0, 0), Color::Rgb(0, 0, 255)));
        assert_eq!(buffer.cell((0, 1)).unwrap().symbol(), " ", "centred");
    }

    #[test]
    fn a_window_beyond_the_picture_draws_nothing() {
        let area = Rect::new(0, 0, 6, 4);
        let mut buffer = Buffer::empty(area);
        assert_eq!(half_blocks(&checks(), Window { scale: 1, x: 50, y: 50 }, Colours::True, area, &mut buffer), (0, 0));
        assert_eq!(buffer, Buffer::empty(area));
    }
}
