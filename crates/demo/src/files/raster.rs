//! Pages as pixels, and what scanners, faxes and cameras do to them.

use super::FileError;
use crate::azar::Azar;
use hayro::hayro_interpret::{InterpreterSettings, util::TransformExt};
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{self, Level, Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};
use image::{GrayImage, RgbImage};
use std::sync::Arc;

/// The first page of one of our own PDFs in colour, `ancho` pixels wide.
pub(super) fn first_page(pdf: Vec<u8>, ancho: u16) -> Result<RgbImage, FileError> {
    let pdf = Pdf::new(Arc::new(pdf)).map_err(|_| FileError::Draw)?;
    let drawn = draw(pdf.pages().first().ok_or(FileError::Draw)?, ancho);
    let rgba = drawn.data_as_u8_slice();
    let mut rgb = vec![0; rgba.len() / 4 * 3];
    for (to, from) in rgb.chunks_exact_mut(3).zip(rgba.chunks_exact(4)) {
        to.copy_from_slice(&from[..3]);
    }
    RgbImage::from_raw(u32::from(drawn.width()), u32::from(drawn.height()), rgb).ok_or(FileError::Draw)
}

/// The first `most` pages of one of our own PDFs in grey, `ancho` pixels wide.
pub(super) fn grey_pages(pdf: Vec<u8>, ancho: u16, most: usize) -> Result<Vec<GrayImage>, FileError> {
    let pdf = Pdf::new(Arc::new(pdf)).map_err(|_| FileError::Draw)?;
    // Weights of 256ths, so that all fits in 16 bits.
    let grey = |p: &[u8; 4]| ((u16::from(p[0]) * 77 + u16::from(p[1]) * 150 + u16::from(p[2]) * 29) >> 8) as u8;
    let page = |page: &Page<'_>| {
        let drawn = draw(page, ancho);
        let samples = drawn.data_as_u8_slice().as_chunks().0.iter().map(grey).collect();
        GrayImage::from_raw(u32::from(drawn.width()), u32::from(drawn.height()), samples).ok_or(FileError::Draw)
    };
    pdf.pages().iter().take(most).map(page).collect()
}

fn draw(page: &Page<'_>, ancho: u16) -> Pixmap {
    let (w, h) = page.render_dimensions();
    let scale = f64::from(ancho) / f64::from(w);
    let alto = (f64::from(h) * scale).round() as u16;
    // The baseline instructions and no cache of glyphs: the same pixels whatever the processor can do.
    let settings = vello_cpu::RenderSettings { level: Level::baseline(), num_threads: 0 };
    let mut canvas = RenderContext::new_with(ancho, alto, settings);
    render_into(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings { glyph_caching: false, ..RenderSettings::default() },
        &mut canvas,
        Affine::scale(scale) * page.initial_transform(true).to_kurbo(),
    );
    canvas.flush();
    let mut pixels = Pixmap::new(ancho, alto);
    let white = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..RasterizerSettings::default() };
    canvas.render_with(&mut pixels, &mut Resources::default(), white);
    pixels
}

/// A page laid crooked on the glass: turned by the slope `k`, with `paper` where nothing lies. Pixels are mixed of their four neighbours.
pub(super) fn skew(page: &GrayImage, k: f32, paper: u8) -> GrayImage {
    let (w, h) = (page.width() as usize, page.height() as usize);
    // Paper all round, as wide as the page can be moved, so that the loop below need not ask where the page ends.
    let (side, above) = (moved(k, h), moved(k, w));
    let wide = w + 2 * side;
    let mut bed = vec![paper; wide * (h + 2 * above)];
    for (y, row) in page.as_raw().chunks_exact(w.max(1)).enumerate() {
        let start = (y + above) * wide + side;
        bed[start..start + w].copy_from_slice(row);
    }
    // In 65,536ths of a pixel from here on. Along a row all pixels move sideways by the same.
    let slope = (f64::from(k) * 65_536.0) as i64;
    let (mid_x, mid_y) = (w as i64 / 2, h as i64 / 2);
    let mut out = vec![0; w * h];
    for (y, row) in (0..).zip(out.chunks_exact_mut(w.max(1))) {
        let across = slope * (y - mid_y);
        let fx = (across >> 8 & 255) as u16;
        let first = (side as i64 + (across >> 16)) as usize;
        // Sixteen pixels at a time come from the same two lines, and are mixed in the same proportion: what that is off by, nobody sees.
        for (x, piece) in (0..).step_by(16).zip(row.chunks_mut(16)) {
            let down = (y << 16) - slope * (x + 8 - mid_x);
            let fy = (down >> 8 & 255) as u16;
            let start = ((down >> 16) + above as i64) as usize * wide + first + x as usize;
            let (top, low) = (&bed[start..=start + piece.len()], &bed[start + wide..=start + wide + piece.len()]);
            let mixed = |line: &[u8], i: usize| (u16::from(line[i]) * (256 - fx) + u16::from(line[i + 1]) * fx) >> 8;
            for (i, pixel) in piece.iter_mut().enumerate() {
                *pixel = ((mixed(top, i) * (256 - fy) + mixed(low, i) * fy) >> 8) as u8;
            }
        }
    }
    GrayImage::from_raw(w as u32, h as u32, out).unwrap_or_default()
}

/// How far, in whole pixels, the edge of a side that long moves when it turns about its middle, and the neighbour beyond.
fn moved(k: f32, long: usize) -> usize {
    (k.abs() * long as f32 / 2.0).ceil() as usize + 2
}

/// Grain of a sensor: each sample moves by at most `strength`. A short table repeats at an odd length, which the eye does not see.
pub(super) fn grain(samples: &mut [u8], strength: i64, azar: &mut Azar) {
    let table: Vec<i16> = (0..4_099)
        .map(|_| (azar.between(-strength, strength) + azar.between(-strength, strength)) as i16 / 2)
        .collect();
    for piece in samples.chunks_mut(table.len()) {
        for (sample, noise) in piece.iter_mut().zip(&table) {
            *sample = (i16::from(*sample) + noise).clamp(0, 255) as u8;
        }
    }
}

/// Dust: dark specks of one to three pixels.
pub(super) fn specks(page: &mut GrayImage, count: u64, azar: &mut Azar) {
    let (w, h) = (u64::from(page.width()), u64::from(page.height()));
    for _ in 0..count {
        let (x, y) = (azar.below(w) as u32, azar.below(h) as u32);
        let (size, tone) = (azar.between(1, 3) as u32, azar.between(20, 150) as u8);
        for (dx, dy) in (0..size).flat_map(|dx| (0..size).map(move |dy| (dx, dy))) {
            if let Some(pixel) = page.get_pixel_mut_checked(x + dx, y + dy) {
                pixel.0 = [tone];
            }
        }
    }
}
