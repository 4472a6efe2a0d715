//! HEIC photographs, as telephones take them.
//!
//! The decoder turns and crops them as the file says and converts wide colours to those of screens.

use heifer::{Error, Options, heifer_isobmff::HeifFile};
use image::{DynamicImage, RgbaImage, metadata::Orientation};

use crate::{
    Peticion, RenderError,
    page::Dibujo,
    raster::{self, MAX_DECODIFICADO},
};

/// Four bytes a pixel while it is decoded, and the picture once more on white.
const MAX_PIXELES: u64 = MAX_DECODIFICADO / 6;

/// Whether the picture could be drawn, judged by its header.
pub fn comprobar(bytes: &[u8]) -> Result<(), RenderError> {
    HeifFile::parse(bytes).map(|_| ()).map_err(|_| RenderError::Roto)
}

/// Decodes the main picture and fits it into the box asked for.
pub fn dibujar(bytes: &[u8], p: &Peticion) -> Result<Dibujo, RenderError> {
    // A worker cannot start threads.
    let opciones = Options { max_threads: 1, max_pixels: MAX_PIXELES };
    let imagen = heifer::decode_srgb_rgba8(bytes, &opciones)
        .or_else(|e| match e {
            // Colours that cannot be converted are better than no picture.
            Error::Unsupported(_) => heifer::decode_rgba8(bytes, &opciones),
            e => Err(e),
        })
        .map_err(|e| match e {
            // The one word that the decoder has for a picture of no size and for one beyond the limit.
            Error::Invalid(causa) if causa.contains("too large") => RenderError::DemasiadoGrande,
            _ => RenderError::Roto,
        })?;
    let rgba = RgbaImage::from_raw(imagen.width, imagen.height, imagen.data).ok_or(RenderError::Roto)?;
    let imagen = raster::opaca(DynamicImage::ImageRgba8(rgba));
    raster::enderezar(&imagen, Orientation::NoTransforms, 1.0, p)
}
