//! TIFF: every page, in the kinds that scanners and fax machines make.
//!
//! Black and white, grey, palette, RGB, CMYK and YCbCr; fax pages go through [`crate::fax`]. Reduced copies of a page
//! that some programs add are not pages. The resolution is honoured: a fax in standard quality has pixels twice as
//! high as wide and would otherwise look trodden on.

use std::{collections::HashSet, io::Cursor};

use image::{DynamicImage, GrayImage, ImageBuffer, RgbImage, metadata::Orientation};
use tiff::{
    ColorType, TiffError,
    decoder::{Decoder, DecodingResult, Limits},
    tags::{IfdPointer, Tag},
};

use crate::{
    Peticion, RenderError,
    fax::{self, Ajustes},
    page::Dibujo,
    raster::{self, MAX_DECODIFICADO},
};

type Lector<'a> = Decoder<Cursor<&'a [u8]>>;

/// More pages than any scanner's feeder; an endless chain of them is an attack.
const MAX_PAGINAS: usize = 65_535;

/// How many pages there are.
pub fn paginas(bytes: &[u8]) -> Result<u32, RenderError> {
    let indices = indices(&mut abrir(bytes)?)?;
    u32::try_from(indices.len()).map_err(|_| RenderError::DemasiadoGrande)
}

/// Draws a page to fit the box asked for, upright as its Orientation tag says; and how many pages there are.
pub fn dibujar(bytes: &[u8], p: &Peticion) -> Result<(Dibujo, u32), RenderError> {
    let mut lector = abrir(bytes)?;
    let indices = indices(&mut lector)?;
    let paginas = u32::try_from(indices.len()).map_err(|_| RenderError::DemasiadoGrande)?;
    let indice = indices.get(p.indice(paginas)?).ok_or(RenderError::PaginaInexistente { paginas })?;
    lector.seek_to_image(*indice).map_err(error)?;

    let orientacion = numero(&mut lector, Tag::Orientation)
        .and_then(|n| u8::try_from(n).ok())
        .and_then(Orientation::from_exif)
        .unwrap_or(Orientation::NoTransforms);
    let estirar = estirar(&mut lector);
    let imagen = raster::opaca(decodificar(bytes, &mut lector)?);
    Ok((raster::enderezar(&imagen, orientacion, estirar, p)?, paginas))
}

fn abrir(bytes: &[u8]) -> Result<Lector<'_>, RenderError> {
    let tope = usize::try_from(MAX_DECODIFICADO).unwrap_or(usize::MAX);
    let mut limites = Limits::default();
    limites.decoding_buffer_size = tope;
    limites.intermediate_buffer_size = tope;
    Ok(Decoder::new(Cursor::new(bytes)).map_err(error)?.with_limits(limites))
}

fn error(e: TiffError) -> RenderError {
    match e {
        TiffError::LimitsExceeded | TiffError::IntSizeError => RenderError::DemasiadoGrande,
        _ => RenderError::Roto,
    }
}

/// The places in the chain of directories that are pages. A broken link ends the chain: the pages before it are good.
fn indices(lector: &mut Lector<'_>) -> Result<Vec<usize>, RenderError> {
    let mut siguiente = lector.ifd_pointer();
    let (mut vistos, mut indices) = (HashSet::new(), Vec::new());
    while let Some(IfdPointer(lugar)) = siguiente {
        if vistos.len() == MAX_PAGINAS {
            return Err(RenderError::DemasiadoGrande);
        }
        if !vistos.insert(lugar) {
            break;
        }
        let Ok(directorio) = lector.read_directory(IfdPointer(lugar)) else { break };
        let clase = lector.read_directory_tags(&directorio).find_tag_unsigned::<u32>(Tag::NewSubfileType);
        if clase.ok().flatten().unwrap_or(0) & 1 == 0 {
            indices.push(vistos.len() - 1);
        }
        siguiente = directorio.next();
    }
    if indices.is_empty() { Err(RenderError::Roto) } else { Ok(indices) }
}

fn numero(lector: &mut Lector<'_>, tag: Tag) -> Option<u32> {
    lector.find_tag_unsigned(tag).ok().flatten()
}

/// Height of a pixel divided by its width. What lies far from any device is taken as a mistake in the tags.
fn estirar(lector: &mut Lector<'_>) -> f64 {
    let mut resolucion = |tag| match lector.find_tag(tag).ok().flatten()? {
        tiff::decoder::ifd::Value::Rational(n, d) if n > 0 && d > 0 => Some(f64::from(n) / f64::from(d)),
        _ => None,
    };
    match (resolucion(Tag::XResolution), resolucion(Tag::YResolution)) {
        (Some(x), Some(y)) if (0.25..=4.0).contains(&(x / y)) && !(0.97..=1.03).contains(&(x / y)) => x / y,
        _ => 1.0,
    }
}

fn decodificar(bytes: &[u8], lector: &mut Lector<'_>) -> Result<DynamicImage, RenderError> {
    let (ancho, alto) = lector.dimensions().map_err(error)?;
    let pixeles = u64::from(ancho) * u64::from(alto);
    if pixeles == 0 {
        return Err(RenderError::Roto);
    }
    let compresion = numero(lector, Tag::Compression).unwrap_or(1);
    if matches!(compresion, 2..=4) {
        if pixeles > MAX_DECODIFICADO {
            return Err(RenderError::DemasiadoGrande);
        }
        return pagina_fax(bytes, lector, (ancho, alto), compresion);
    }
    let color = lector.colortype().map_err(error)?;
    // As RGB, which is what most kinds become.
    if pixeles.saturating_mul(u64::from(color.num_samples().max(3))) > MAX_DECODIFICADO {
        return Err(RenderError::DemasiadoGrande);
    }
    let mapa = match color {
        ColorType::Palette(_) => lector.get_tag_u16_vec(Tag::ColorMap).map_err(error)?,
        _ => Vec::new(),
    };
    let mut datos = DecodingResult::U8(Vec::new());
    lector.read_image_to_buffer(&mut datos).map_err(error)?;
    convertir(ancho, alto, color, &mapa, datos).ok_or(RenderError::Roto)
}

/// A page's samples as a picture; `None` for a kind that no scanner makes, or for too few of them.
fn convertir(ancho: u32, alto: u32, color: ColorType, mapa: &[u16], datos: DecodingResult) -> Option<DynamicImage> {
    let rgb = |pixeles: Vec<u8>| RgbImage::from_raw(ancho, alto, pixeles).map(DynamicImage::ImageRgb8);
    match (color, datos) {
        (ColorType::Gray(bits @ (1 | 2 | 4)), DecodingResult::U8(v)) => {
            let maximo = (1_u16 << bits) - 1;
            // At most 255.
            let gris = muestras(&v, ancho, bits).map(|m| (u16::from(m) * 255 / maximo) as u8).collect();
            GrayImage::from_raw(ancho, alto, gris).map(DynamicImage::ImageLuma8)
        }
        (ColorType::Palette(bits @ (1 | 2 | 4 | 8)), DecodingResult::U8(v)) => {
            let colores = mapa.len() / 3;
            let canal = |n: usize, m: u8| mapa.get(n * colores + usize::from(m)).map_or(0, |c| (c >> 8) as u8);
            rgb(muestras(&v, ancho, bits).flat_map(|m| [canal(0, m), canal(1, m), canal(2, m)]).collect())
        }
        (ColorType::Gray(8), DecodingResult::U8(v)) => {
            GrayImage::from_raw(ancho, alto, v).map(DynamicImage::ImageLuma8)
        }
        (ColorType::Gray(16), DecodingResult::U16(v)) => {
            ImageBuffer::from_raw(ancho, alto, v).map(DynamicImage::ImageLuma16)
        }
        (ColorType::GrayA(8), DecodingResult::U8(v)) => {
            ImageBuffer::from_raw(ancho, alto, v).map(DynamicImage::ImageLumaA8)
        }
        (ColorType::RGB(8), DecodingResult::U8(v)) => rgb(v),
        (ColorType::RGB(16), DecodingResult::U16(v)) => {
            ImageBuffer::from_raw(ancho, alto, v).map(DynamicImage::ImageRgb16)
        }
        (ColorType::RGBA(8), DecodingResult::U8(v)) => {
            ImageBuffer::from_raw(ancho, alto, v).map(DynamicImage::ImageRgba8)
        }
        (ColorType::CMYK(8), DecodingResult::U8(v)) => rgb(v.chunks_exact(4).flat_map(de_cmyk).collect()),
        (ColorType::YCbCr(8), DecodingResult::U8(v)) => rgb(v.chunks_exact(3).flat_map(de_ycbcr).collect()),
        _ => None,
    }
}

/// Samples of less than a byte or of one, each row beginning at a byte.
fn muestras(datos: &[u8], ancho: u32, bits: u8) -> impl Iterator<Item = u8> {
    let por_byte = usize::from(8 / bits);
    let ancho = ancho as usize;
    let mascara = u8::MAX >> (8 - bits);
    datos.chunks(ancho.div_ceil(por_byte)).flat_map(move |fila| {
        (0..ancho).map(move |x| {
            let byte = fila.get(x / por_byte).copied().unwrap_or(0);
            let corrimiento = 8 - bits * ((x % por_byte) as u8 + 1);
            (byte >> corrimiento) & mascara
        })
    })
}

/// Ink to light without a colour profile: near enough for a look.
fn de_cmyk(p: &[u8]) -> [u8; 3] {
    let luz = |tinta: u8| ((255 - u16::from(tinta)) * (255 - u16::from(p[3])) / 255) as u8;
    [luz(p[0]), luz(p[1]), luz(p[2])]
}

/// ITU-R BT.601 at full range, the default of TIFF 6.0, section 21.
fn de_ycbcr(p: &[u8]) -> [u8; 3] {
    let (y, cb, cr) = (f32::from(p[0]), f32::from(p[1]) - 128.0, f32::from(p[2]) - 128.0);
    // `as` saturates.
    [(y + 1.402 * cr) as u8, (y - 0.344_136 * cb - 0.714_136 * cr) as u8, (y + 1.772 * cb) as u8]
}

fn pagina_fax(
    bytes: &[u8],
    lector: &mut Lector<'_>,
    (ancho, alto): (u32, u32),
    compresion: u32,
) -> Result<DynamicImage, RenderError> {
    let lugares = lector.get_tag_u64_vec(Tag::StripOffsets).map_err(error)?;
    let largos = lector.get_tag_u64_vec(Tag::StripByteCounts).map_err(error)?;
    let ajustes = Ajustes {
        ancho,
        alto,
        filas_por_tira: numero(lector, Tag::RowsPerStrip).unwrap_or(alto),
        compresion: compresion as u16,
        t4: numero(lector, Tag::Unknown(292)).unwrap_or(0),
        bits_al_reves: numero(lector, Tag::FillOrder) == Some(2),
        negativo: numero(lector, Tag::PhotometricInterpretation) == Some(1),
    };
    let tiras = lugares.iter().zip(&largos).map(|(lugar, largo)| {
        let (Ok(inicio), Ok(largo)) = (usize::try_from(*lugar), usize::try_from(*largo)) else { return &[][..] };
        // What lies beyond the end of a cut file is missing, the rest of the strip is not.
        bytes.get(inicio..).map(|resto| &resto[..resto.len().min(largo)]).unwrap_or_default()
    });
    Ok(DynamicImage::ImageLuma8(fax::pagina(tiras, &ajustes)))
}
