//! JPEG, PNG, WebP, GIF and BMP pictures, and the steps every picture goes through: size check, upright, on white, shrunk.

use std::io::Cursor;

use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::{
    DynamicImage, ImageDecoder, ImageError, ImageReader, Limits, RgbImage, error::LimitErrorKind, metadata::Orientation,
};

use crate::{RenderError, page::encajar};

/// The most bytes a decoded picture may need: 100 megapixels in RGB, more than any scanner on a desk makes, and little
/// enough to hold it twice in a worker's memory.
pub const MAX_DECODIFICADO: u64 = 300 * 1024 * 1024;
/// From this reduction on, the mean of the pixels under each new one is as good as a sharper filter, and keeps the thin
/// strokes of black-and-white scans.
const REDUCCION_MEDIA: f64 = 3.0;

/// Whether the picture could be drawn, judged by its header.
pub fn comprobar(bytes: &[u8]) -> Result<(), RenderError> {
    decoder(bytes).map(|_| ())
}

/// Decodes a picture, turns it upright and shrinks it to fit `caja`.
pub fn dibujar(bytes: &[u8], caja: (u32, u32)) -> Result<DynamicImage, RenderError> {
    let mut decoder = decoder(bytes)?;
    // A wrong orientation in the metadata is no reason not to show the picture.
    let orientacion = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let imagen = opaca(DynamicImage::from_decoder(decoder).map_err(error)?);
    enderezar(&imagen, orientacion, 1.0, caja)
}

/// Turns a grey or RGB picture upright so that it fits `caja`; see [`reducir`] for `estirar`.
///
/// It is shrunk first: turning few pixels is cheaper than turning all.
pub fn enderezar(
    imagen: &DynamicImage,
    orientacion: Orientation,
    estirar: f64,
    (ancho, alto): (u32, u32),
) -> Result<DynamicImage, RenderError> {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    let tumbada = matches!(orientacion, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH);
    let mut imagen = reducir(imagen, estirar, if tumbada { (alto, ancho) } else { (ancho, alto) })?;
    imagen.apply_orientation(orientacion);
    Ok(imagen)
}

fn decoder(bytes: &[u8]) -> Result<impl ImageDecoder + '_, RenderError> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_DECODIFICADO);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| RenderError::Roto)?;
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(error)?;
    if decoder.total_bytes() > MAX_DECODIFICADO {
        return Err(RenderError::DemasiadoGrande);
    }
    Ok(decoder)
}

fn error(e: ImageError) -> RenderError {
    match e {
        ImageError::Limits(e) if !matches!(e.kind(), LimitErrorKind::Unsupported { .. }) => {
            RenderError::DemasiadoGrande
        }
        _ => RenderError::Roto,
    }
}

/// The picture on white paper, as grey or RGB of 8 bits: all that follows knows only those two.
pub fn opaca(imagen: DynamicImage) -> DynamicImage {
    match imagen {
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_) => imagen,
        DynamicImage::ImageLuma16(_) => DynamicImage::ImageLuma8(imagen.into_luma8()),
        _ if !imagen.color().has_alpha() => DynamicImage::ImageRgb8(imagen.into_rgb8()),
        _ => {
            let rgba = imagen.into_rgba8();
            let mezcla = |c: u8, alfa: u8| {
                let (c, alfa) = (u32::from(c), u32::from(alfa));
                // Never above 255.
                ((c * alfa + 255 * (255 - alfa) + 127) / 255) as u8
            };
            DynamicImage::ImageRgb8(RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
                let [r, g, b, alfa] = rgba.get_pixel(x, y).0;
                image::Rgb([mezcla(r, alfa), mezcla(g, alfa), mezcla(b, alfa)])
            }))
        }
    }
}

/// Shrinks a grey or RGB picture to fit `caja`, never enlarging it. `estirar` is the height of a pixel divided by its
/// width: fax pages have pixels that are not square.
fn reducir(imagen: &DynamicImage, estirar: f64, caja: (u32, u32)) -> Result<DynamicImage, RenderError> {
    let (ancho, alto) = (imagen.width(), imagen.height());
    if ancho == 0 || alto == 0 {
        return Err(RenderError::Roto);
    }
    let natural = (f64::from(ancho), f64::from(alto) * estirar);
    let tope = (caja.0.min(ancho), caja.1.min((natural.1.ceil() as u32).max(1)));
    let (nuevo_ancho, nuevo_alto) = encajar(natural, tope);
    if (nuevo_ancho, nuevo_alto) == (ancho, alto) {
        return Ok(imagen.clone());
    }
    let mut nueva = match imagen {
        DynamicImage::ImageLuma8(_) => DynamicImage::new_luma8(nuevo_ancho, nuevo_alto),
        _ => DynamicImage::new_rgb8(nuevo_ancho, nuevo_alto),
    };
    let reduccion = f64::from(ancho) / f64::from(nuevo_ancho);
    let filtro = if reduccion >= REDUCCION_MEDIA { FilterType::Box } else { FilterType::Lanczos3 };
    let opciones = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(filtro));
    Resizer::new().resize(imagen, &mut nueva, &opciones).map_err(|_| RenderError::Roto)?;
    Ok(nueva)
}
