//! From a drawn page to the bytes that travel.

use std::borrow::Cow;

use image::{DynamicImage, GrayImage, ImageEncoder, RgbImage, codecs::jpeg::JpegEncoder};
use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter};

use crate::{Calidad, RenderError, palette};

/// Of 1 to 9: beyond it, twice the time for two bytes in a hundred.
const NIVEL_PNG: u8 = 6;
const CALIDAD_JPEG: u8 = 85;
/// A page where this share of pixels equals the one to the left is flat: letters and lines on paper. On those a PNG is
/// smaller than a JPEG and has no ghosts around its letters.
const PARTE_PLANA: f64 = 0.6;
/// How far from the paper's grey the grain of a scan strays.
const GRANO: u8 = 14;

/// Encodes a grey or RGB picture: the bytes, and their media type.
pub fn imagen(dibujo: &DynamicImage, calidad: Calidad) -> Result<(Vec<u8>, &'static str), RenderError> {
    match calidad {
        Calidad::Gris2 => Ok((gris2(&gris(dibujo))?, "image/png")),
        Calidad::Color16 => Ok((color16(&rgb(dibujo))?, "image/png")),
        Calidad::Completa => completa(dibujo),
    }
}

fn gris(dibujo: &DynamicImage) -> Cow<'_, GrayImage> {
    match dibujo {
        DynamicImage::ImageLuma8(imagen) => Cow::Borrowed(imagen),
        _ => Cow::Owned(dibujo.to_luma8()),
    }
}

fn rgb(dibujo: &DynamicImage) -> Cow<'_, RgbImage> {
    match dibujo {
        DynamicImage::ImageRgb8(imagen) => Cow::Borrowed(imagen),
        _ => Cow::Owned(dibujo.to_rgb8()),
    }
}

/// Four greys. In a scan the paper becomes white and the ink black first, or its thin strokes would be lost.
fn gris2(imagen: &GrayImage) -> Result<Vec<u8>, RenderError> {
    let (negro, blanco) = match papel(imagen) {
        Some(papel) => (tinta(imagen).min(papel / 2), papel.saturating_sub(GRANO)),
        None => (0, 255),
    };
    let (negro, campo) = (u32::from(negro), u32::from(blanco.saturating_sub(negro).max(1)));
    // At most 3.
    let tonos: Vec<u8> =
        (0..=255_u32).map(|v| ((v.saturating_sub(negro) * 3 + campo / 2) / campo).min(3) as u8).collect();
    let filas = empaquetar(imagen.iter().map(|v| tonos[usize::from(*v)]), imagen.width(), 2);
    escribir(imagen.width(), imagen.height(), (ColorType::Grayscale, BitDepth::Two), Filter::NoFilter, None, &filas)
}

/// Sixteen colours, with the paper of a scan made of one colour first.
fn color16(imagen: &RgbImage) -> Result<Vec<u8>, RenderError> {
    let paleta = palette::cuantizar(&alisar(imagen));
    let filas = empaquetar(paleta.indices.into_iter(), imagen.width(), 4);
    let forma = (ColorType::Indexed, BitDepth::Four);
    escribir(imagen.width(), imagen.height(), forma, Filter::NoFilter, Some(paleta.colores.concat()), &filas)
}

/// Gives all pixels of grainy paper the paper's mean colour.
fn alisar(imagen: &RgbImage) -> Cow<'_, RgbImage> {
    let gris = DynamicImage::ImageRgb8(imagen.clone()).into_luma8();
    let Some(papel) = papel(&gris) else { return Cow::Borrowed(imagen) };
    let del_papel = imagen.pixels().zip(gris.iter()).filter(|(_, v)| v.abs_diff(papel) <= GRANO).map(|(p, _)| p.0);
    let (mut suma, mut cuantos) = ([0_u64; 3], 0_u64);
    for p in del_papel {
        cuantos += 1;
        suma.iter_mut().zip(p).for_each(|(suma, v)| *suma += u64::from(v));
    }
    // A mean of bytes is a byte.
    let media = suma.map(|suma| (suma / cuantos.max(1)) as u8);
    let mut lisa = imagen.clone();
    for p in lisa.pixels_mut() {
        if p.0.iter().zip(media).all(|(v, media)| v.abs_diff(media) <= GRANO) {
            p.0 = media;
        }
    }
    Cow::Owned(lisa)
}

fn completa(dibujo: &DynamicImage) -> Result<(Vec<u8>, &'static str), RenderError> {
    let color = rgb(dibujo);
    let sin_color = color.pixels().all(|p| p.0[0] == p.0[1] && p.0[1] == p.0[2]);
    let (datos, forma) = if sin_color {
        (Cow::Owned(gris(dibujo).into_owned().into_raw()), ColorType::Grayscale)
    } else {
        (Cow::Borrowed(color.as_raw().as_slice()), ColorType::Rgb)
    };
    let (ancho, alto) = (color.width(), color.height());
    if es_plana(&color) {
        let bytes = escribir(ancho, alto, (forma, BitDepth::Eight), Filter::Adaptive, None, &datos)?;
        return Ok((bytes, "image/png"));
    }
    let mut bytes = Vec::new();
    let tipo = if sin_color { image::ExtendedColorType::L8 } else { image::ExtendedColorType::Rgb8 };
    JpegEncoder::new_with_quality(&mut bytes, CALIDAD_JPEG).write_image(&datos, ancho, alto, tipo).map_err(fallo)?;
    Ok((bytes, "image/jpeg"))
}

/// The grey of a scan's paper: the commonest light grey, when a quarter of all pixels lie around it and most of those
/// a little beside it.
///
/// That grain is what costs bytes and tires the eye. A drawn page has none: there a faint shade is meant, and stays.
fn papel(imagen: &GrayImage) -> Option<u8> {
    let histograma = histograma(imagen);
    let papel = (160..=255_u8).max_by_key(|v| histograma[usize::from(*v)])?;
    let cerca = usize::from(papel.saturating_sub(GRANO))..=usize::from(papel.saturating_add(GRANO));
    let pixeles: usize = histograma[cerca].iter().sum();
    (pixeles * 4 >= imagen.len() && histograma[usize::from(papel)] * 2 < pixeles).then_some(papel)
}

/// The grey of a scan's ink: two pixels in a hundred are darker.
fn tinta(imagen: &GrayImage) -> u8 {
    let mut quedan = imagen.len() / 50;
    for (v, pixeles) in (0..=255_u8).zip(histograma(imagen)) {
        if pixeles > quedan {
            return v;
        }
        quedan -= pixeles;
    }
    0
}

fn histograma(imagen: &GrayImage) -> [usize; 256] {
    let mut histograma = [0; 256];
    for v in imagen.iter() {
        histograma[usize::from(*v)] += 1;
    }
    histograma
}

fn es_plana(imagen: &RgbImage) -> bool {
    let ancho = imagen.width() as usize * 3;
    let iguales: usize = imagen
        .chunks_exact(ancho.max(3))
        .map(|fila| fila.chunks_exact(3).zip(fila[3..].chunks_exact(3)).filter(|(a, b)| a == b).count())
        .sum();
    iguales as f64 >= imagen.pixels().len() as f64 * PARTE_PLANA
}

/// Packs samples of 2 or 4 bits into bytes, each row beginning at a byte.
fn empaquetar(muestras: impl Iterator<Item = u8>, ancho: u32, bits: u8) -> Vec<u8> {
    let por_byte = usize::from(8 / bits);
    let ancho = ancho as usize;
    let mut filas = Vec::new();
    let mut x = 0;
    for muestra in muestras {
        if x % por_byte == 0 {
            filas.push(0);
        }
        if let Some(byte) = filas.last_mut() {
            *byte |= muestra << (8 - bits * ((x % por_byte) as u8 + 1));
        }
        x = if x + 1 == ancho { 0 } else { x + 1 };
    }
    filas
}

fn escribir(
    ancho: u32,
    alto: u32,
    (color, bits): (ColorType, BitDepth),
    filtro: Filter,
    paleta: Option<Vec<u8>>,
    datos: &[u8],
) -> Result<Vec<u8>, RenderError> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, ancho, alto);
    encoder.set_color(color);
    encoder.set_depth(bits);
    encoder.set_deflate_compression(DeflateCompression::Level(NIVEL_PNG));
    encoder.set_filter(filtro);
    if let Some(paleta) = paleta {
        encoder.set_palette(paleta);
    }
    let mut writer = encoder.write_header().map_err(fallo)?;
    writer.write_image_data(datos).map_err(fallo)?;
    writer.finish().map_err(fallo)?;
    Ok(bytes)
}

fn fallo(e: impl std::fmt::Display) -> RenderError {
    RenderError::Worker(e.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn samples_are_packed_row_by_row() {
        assert_eq!(empaquetar([3, 0, 1, 2, 3, 1].into_iter(), 3, 2), [0b1100_0100, 0b1011_0100]);
        assert_eq!(empaquetar([15, 1, 2].into_iter(), 3, 4), [0xf1, 0x20]);
    }

    #[test]
    fn flat_pages_become_png_and_photographs_jpeg() {
        let plana = DynamicImage::ImageRgb8(RgbImage::from_fn(64, 64, |x, _| image::Rgb([(x / 16) as u8 * 60, 0, 0])));
        assert_eq!(imagen(&plana, Calidad::Completa).unwrap().1, "image/png");
        let foto = RgbImage::from_fn(64, 64, |x, y| image::Rgb([(x * 3) as u8, (y * 5) as u8, (x * y) as u8]));
        assert_eq!(imagen(&DynamicImage::ImageRgb8(foto), Calidad::Completa).unwrap().1, "image/jpeg");
    }

    #[test]
    fn grey_paper_becomes_white() {
        let hoja = DynamicImage::ImageLuma8(GrayImage::from_fn(40, 40, |x, y| {
            image::Luma([if x == y { 20 } else { 205 + ((x * 7 + y * 3) % 9) as u8 }])
        }));
        let (png, _) = imagen(&hoja, Calidad::Gris2).unwrap();
        let vuelta = image::load_from_memory(&png).unwrap().into_luma8();
        assert!(vuelta.enumerate_pixels().all(|(x, y, p)| p.0[0] == if x == y { 0 } else { 255 }));
    }
}
