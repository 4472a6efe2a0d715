//! A photograph of something on a desk, taken with a telephone held anyhow: the camera says in EXIF how to turn it.

use super::canvas::Lienzo;
use super::raster::{grain, pages};
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
    let mut picture = pages(escena.finish(), ancho)?.into_iter().next().ok_or(FileError::Draw)?;
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
    let (w, h) = (picture.width() as i64, picture.height() as i64);
    let (cx, cy) = (w * azar.between(35, 65) / 100, h * azar.between(30, 60) / 100);
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        let (dx, dy) = ((i64::from(x) - cx) * 1_000 / w, (i64::from(y) - cy) * 1_000 / h);
        let light = 1_040 - (dx * dx + dy * dy) / 1_900;
        pixel.0 = pixel.0.map(|v| (i64::from(v) * light / 1_000).clamp(0, 255) as u8);
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
