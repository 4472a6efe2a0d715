//! A paper that went through the office scanner: grey, crooked, grainy, one JPEG a page in a PDF.

use super::canvas::{Lienzo, pdf_of_scans};
use super::raster::{grain, grey_pages, skew, specks};
use super::{FileError, Tamano};
use crate::azar::Azar;
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, GrayImage};

/// Pages that go through the feeder; the conditions behind them stay in the drawer.
const MAX_PAGES: usize = 2;

/// Scans a paper.
pub(super) fn scan(papel: Lienzo, titulo: &str, tamano: Tamano, azar: &mut Azar) -> Result<Vec<u8>, FileError> {
    let ancho = match tamano {
        Tamano::Normal => 1_000,
        Tamano::Pequeno => 420,
    };
    // Which way it lay is the paper's own; two degrees at most.
    let slope = azar.swing() * 0.028;
    let mut scans = Vec::new();
    for page in grey_pages(papel.finish(), ancho, MAX_PAGES)? {
        let paper = azar.between(232, 247) as u8;
        let mut page = skew(&page, slope + azar.swing() * 0.004, paper);
        soften(&mut page, paper);
        shade(&mut page, azar.chance(50));
        specks(&mut page, azar.between(15, 70) as u64, azar);
        grain(page.as_mut(), 5, azar);
        let (w, h) = page.dimensions();
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, 52).encode(page.as_raw(), w, h, ExtendedColorType::L8)?;
        scans.push((jpeg, w, h));
    }
    Ok(pdf_of_scans(titulo, &scans))
}

/// Paper is not white and toner is not black.
fn soften(page: &mut GrayImage, paper: u8) {
    let table: Vec<u8> = (0..=255_u16).map(|v| (34 + v * (u16::from(paper) - 34) / 255) as u8).collect();
    for pixel in page.iter_mut() {
        *pixel = table[usize::from(*pixel)];
    }
}

/// The gutter of light along the hinge of the lid.
fn shade(page: &mut GrayImage, left: bool) {
    let width = page.width() as usize;
    let band = width / 18;
    let darker = |pixel: &mut u8, distance: usize| *pixel = pixel.saturating_sub(((band - distance) * 46 / band) as u8);
    for row in page.chunks_exact_mut(width.max(1)) {
        if left {
            row.iter_mut().take(band).enumerate().for_each(|(distance, pixel)| darker(pixel, distance));
        } else {
            row.iter_mut().rev().take(band).enumerate().for_each(|(distance, pixel)| darker(pixel, distance));
        }
    }
}
