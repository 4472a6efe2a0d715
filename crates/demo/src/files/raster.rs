//! Pages as pixels, and what scanners, faxes and cameras do to them.

use super::FileError;
use crate::azar::Azar;
use hayro::hayro_interpret::{InterpreterSettings, util::TransformExt};
use hayro::hayro_syntax::Pdf;
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{self, Level, Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};
use image::{GrayImage, RgbImage};
use std::sync::Arc;

/// Every page of one of our own PDFs, `ancho` pixels wide.
pub(super) fn pages(pdf: Vec<u8>, ancho: u16) -> Result<Vec<RgbImage>, FileError> {
    let pdf = Pdf::new(Arc::new(pdf)).map_err(|_| FileError::Draw)?;
    pdf.pages()
        .iter()
        .map(|page| {
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
            let rgb = pixels.data_as_u8_slice().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
            RgbImage::from_raw(u32::from(ancho), u32::from(alto), rgb).ok_or(FileError::Draw)
        })
        .collect()
}

/// Grey values of a page.
pub(super) fn grey(page: &RgbImage) -> GrayImage {
    GrayImage::from_fn(page.width(), page.height(), |x, y| {
        let [r, g, b] = page.get_pixel(x, y).0;
        image::Luma([((u32::from(r) * 77 + u32::from(g) * 150 + u32::from(b) * 29) >> 8) as u8])
    })
}

/// A page laid crooked on the glass: turned by the slope `k`, with `paper` where nothing lies. Pixels are mixed of their four neighbours.
pub(super) fn skew(page: &GrayImage, k: f32, paper: u8) -> GrayImage {
    let (w, h) = (page.width(), page.height());
    let (cx, cy) = (w as f32 / 2.0, h as f32 / 2.0);
    let source = page.as_raw();
    let at = |x: i32, y: i32| {
        if x < 0 || y < 0 || x >= w as i32 || y >= h as i32 {
            i32::from(paper)
        } else {
            i32::from(source[y as usize * w as usize + x as usize])
        }
    };
    let mut out = Vec::with_capacity(source.len());
    for y in 0..h {
        let dy = y as f32 - cy;
        for x in 0..w {
            let dx = x as f32 - cx;
            // In 256ths of a pixel from here on.
            let sx = ((cx + dx + k * dy) * 256.0) as i32;
            let sy = ((cy + dy - k * dx) * 256.0) as i32;
            let (ix, iy, fx, fy) = (sx >> 8, sy >> 8, sx & 255, sy & 255);
            let top = at(ix, iy) * (256 - fx) + at(ix + 1, iy) * fx;
            let low = at(ix, iy + 1) * (256 - fx) + at(ix + 1, iy + 1) * fx;
            out.push(((top * (256 - fy) + low * fy) >> 16) as u8);
        }
    }
    GrayImage::from_raw(w, h, out).unwrap_or_default()
}

/// Grain of a sensor: each sample moves by at most `strength`. A short table repeats at an odd length, which the eye does not see.
pub(super) fn grain(samples: &mut [u8], strength: i64, azar: &mut Azar) {
    let table: Vec<i16> = (0..4_099)
        .map(|_| (azar.between(-strength, strength) + azar.between(-strength, strength)) as i16 / 2)
        .collect();
    for (sample, noise) in samples.iter_mut().zip(table.iter().cycle()) {
        *sample = (i16::from(*sample) + noise).clamp(0, 255) as u8;
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
