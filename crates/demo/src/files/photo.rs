//! A photograph of something on a desk, taken with a telephone held anyhow: the camera says in EXIF how to turn it.

use super::canvas::Lienzo;
use super::raster::{first_page, grain};
use super::{FileError, Tamano};
use crate::azar::Azar;
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder, RgbImage, imageops};

/// How cameras are held: upright, upside down, turned right, turned left (values of the Orientation tag).
const HELD: [u16; 4] = [1, 6, 8, 3];

/// Photographs a scene.
pub(super) fn photo(escena: Lienzo, tamano: Tamano, azar: &mut Azar) -> Result<Vec<u8>, FileError> {
    let ancho = match tamano {
        Tamano::Normal => 1_280,
        Tamano::Pequeno => 480,
    };
    let mut picture = first_page(escena.finish(), ancho)?;
    vignette(&mut picture, azar);
    grain(picture.as_mut(), 7, azar);
    let orientation = HELD[azar.weighted(&[34, 34, 18, 14])];
    // The sensor stored it turned the other way.
    let stored = match orientation {
        3 => imageops::rotate180(&picture),
        6 => imageops::rotate270(&picture),
        8 => imageops::rotate90(&picture),
        _ => picture,
    };
    let mut jpeg = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, 74);
    encoder.set_exif_metadata(exif(orientation)).map_err(|_| FileError::Draw)?;
    encoder.write_image(stored.as_raw(), stored.width(), stored.height(), ExtendedColorType::Rgb8)?;
    Ok(jpeg)
}

/// Light comes from one side and falls off towards the corners.
fn vignette(picture: &mut RgbImage, azar: &mut Azar) {
    let (w, h) = (i64::from(picture.width()), i64::from(picture.height()));
    let (cx, cy) = (w * azar.between(35, 65) / 100, h * azar.between(30, 60) / 100);
    let square = |distance: i64, long: i64| (distance * 1_000 / long).pow(2);
    let across: Vec<i64> = (0..w).map(|x| square(x - cx, w)).collect();
    for (y, row) in (0..h).zip(picture.rows_mut()) {
        let down = square(y - cy, h);
        for (pixel, across) in row.zip(&across) {
            let light = ((1_040 - (across + down) / 1_900) * 65_536 / 1_000) as i32;
            pixel.0 = pixel.0.map(|v| ((i32::from(v) * light) >> 16).clamp(0, 255) as u8);
        }
    }
}

/// A TIFF directory with Make and Orientation (Exif 2.3, section 4.6), big-endian as telephones write it.
fn exif(orientation: u16) -> Vec<u8> {
    let mut out = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    out.extend([0x01, 0x0F, 0, 2, 0, 0, 0, 4]); // Make, ASCII of four bytes, which fit in the entry itself
    out.extend(*b"Cam\0");
    out.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1]); // Orientation, SHORT
    out.extend(orientation.to_be_bytes());
    out.extend([0, 0, 0, 0, 0, 0]); // padding of the value, and no further directory
    out
}
