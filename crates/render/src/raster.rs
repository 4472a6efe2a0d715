//! JPEG, PNG, WebP, GIF and BMP pictures, and the steps every picture goes through: size check, upright, on white, shrunk.

use std::io::Cursor;

use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::{
    DynamicImage, ImageDecoder, ImageError, ImageReader, Limits, RgbImage, error::LimitErrorKind, metadata::Orientation,
};

use crate::{
    Peticion, RenderError,
    page::{Dibujo, encajar},
    recorte::{self, Recorte},
};

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

/// Decodes a picture, turns it upright and fits it into the box asked for.
pub fn dibujar(bytes: &[u8], p: &Peticion) -> Result<Dibujo, RenderError> {
    let mut decoder = decoder(bytes)?;
    // A wrong orientation in the metadata is no reason not to show the picture.
    let orientacion = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let imagen = opaca(DynamicImage::from_decoder(decoder).map_err(error)?);
    enderezar(&imagen, orientacion, 1.0, p)
}

/// Turns a grey or RGB picture upright so that it fits the box asked for, never enlarging it; or a part of it, enlarged
/// if the box is. `estirar` is the height of a pixel divided by its width: fax pages have pixels that are not square.
///
/// Cut first, then scaled, then turned: little is done to pixels that nobody sees.
pub fn enderezar(
    imagen: &DynamicImage,
    orientacion: Orientation,
    estirar: f64,
    p: &Peticion,
) -> Result<Dibujo, RenderError> {
    let (ancho, alto) = (imagen.width(), imagen.height());
    if ancho == 0 || alto == 0 {
        return Err(RenderError::Roto);
    }
    let tumbada = recorte::giro(orientacion).0 % 2 == 1;
    let tumbar = |(ancho, alto)| if tumbada { (alto, ancho) } else { (ancho, alto) };
    let natural = (f64::from(ancho), f64::from(alto) * estirar);
    let caja = tumbar(p.caja());
    let tope = match p.recorte {
        None => (caja.0.min(ancho), caja.1.min((natural.1.ceil() as u32).max(1))),
        Some(_) => caja,
    };
    let medida = encajar(natural, tope);
    let derecha = tumbar(medida);
    let parte = p.parte(derecha)?.antes_de_enderezar(orientacion, medida);
    let mut imagen = escalar(imagen, medida, parte)?;
    imagen.apply_orientation(orientacion);
    Ok(Dibujo { imagen, medida: derecha })
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

/// The part of a grey or RGB picture that `parte` is of it once scaled to `medida`.
fn escalar(imagen: &DynamicImage, medida: (u32, u32), parte: Recorte) -> Result<DynamicImage, RenderError> {
    let (ancho, alto) = (imagen.width(), imagen.height());
    if medida == (ancho, alto) {
        return Ok(imagen.crop_imm(parte.x, parte.y, parte.ancho, parte.alto));
    }
    let mut nueva = match imagen {
        DynamicImage::ImageLuma8(_) => DynamicImage::new_luma8(parte.ancho, parte.alto),
        _ => DynamicImage::new_rgb8(parte.ancho, parte.alto),
    };
    let (por_x, por_y) = (f64::from(ancho) / f64::from(medida.0), f64::from(alto) / f64::from(medida.1));
    let (izquierda, arriba) = (f64::from(parte.x) * por_x, f64::from(parte.y) * por_y);
    // Rounding must not take it past the edge.
    let largo = (f64::from(parte.ancho) * por_x).min(f64::from(ancho) - izquierda);
    let hondo = (f64::from(parte.alto) * por_y).min(f64::from(alto) - arriba);
    let filtro = if por_x >= REDUCCION_MEDIA { FilterType::Box } else { FilterType::Lanczos3 };
    let opciones =
        ResizeOptions::new().resize_alg(ResizeAlg::Convolution(filtro)).crop(izquierda, arriba, largo, hondo);
    Resizer::new().resize(imagen, &mut nueva, &opciones).map_err(|_| RenderError::Roto)?;
    Ok(nueva)
}
