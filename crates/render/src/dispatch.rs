//! From the format to its renderer. These run in the calling process: services go through [`crate::Pool`].

use std::panic::{AssertUnwindSafe, catch_unwind};

use image::DynamicImage;

use crate::{
    Formato, Imagen, Peticion, RenderError, encode, heic, laminas,
    layout::{self, Hojas},
    pdf, pdf_text, raster, sniff, svg, tiff_pages,
};

/// How many pages a document has. A picture has one; what has no pages of its own is laid out as A4 pages.
///
/// # Errors
/// [`RenderError::FormatoDesconocido`], [`RenderError::Cifrado`] or [`RenderError::Roto`].
pub fn paginas(bytes: &[u8]) -> Result<u32, RenderError> {
    sin_panico(|| match sniff(bytes) {
        Formato::Pdf => pdf::Documento::open(bytes).map(|doc| doc.paginas()),
        Formato::Tiff => tiff_pages::paginas(bytes),
        formato => match Foto::de(formato) {
            Some(foto) => (foto.comprobar)(bytes).map(|()| 1),
            None => laminas::leer(bytes, formato).map(|hojas| hojas.paginas()),
        },
    })
}

/// Draws one page so that it fits the box asked for. Pictures are never enlarged beyond their own pixels: whoever
/// shows them can do that without sending the bytes.
///
/// # Errors
/// Any [`RenderError`] but the three that only a worker process can meet.
pub fn pagina(bytes: &[u8], p: &Peticion) -> Result<Imagen, RenderError> {
    sin_panico(|| {
        let (dibujo, paginas) = match sniff(bytes) {
            Formato::Pdf => {
                let doc = pdf::Documento::open(bytes)?;
                (doc.dibujar(p)?, doc.paginas())
            }
            Formato::Tiff => tiff_pages::dibujar(bytes, p)?,
            formato => match Foto::de(formato) {
                Some(foto) => {
                    p.indice(1)?;
                    ((foto.dibujar)(bytes, p.caja())?, 1)
                }
                None => hoja(&laminas::leer(bytes, formato)?, p)?,
            },
        };
        encode::imagen(&girar(dibujo, p.cuartos()), p.calidad, paginas)
    })
}

/// The text of one page, or of all of them with a form feed between each two. Pictures have none: the answer is
/// empty. Control characters other than line feed and tab, and those that reverse the direction of writing, are gone.
///
/// # Errors
/// As [`paginas`]; [`RenderError::PaginaInexistente`] for a page that is not there.
pub fn texto(bytes: &[u8], pagina: Option<u32>) -> Result<String, RenderError> {
    sin_panico(|| match sniff(bytes) {
        Formato::Pdf => pdf_text::texto(bytes, pagina),
        Formato::Tiff => existe(pagina, tiff_pages::paginas(bytes)?).map(|()| String::new()),
        formato => match Foto::de(formato) {
            Some(foto) => {
                (foto.comprobar)(bytes)?;
                existe(pagina, 1).map(|()| String::new())
            }
            None => laminas::leer(bytes, formato)?.texto(pagina),
        },
    })
}

/// What is laid out becomes a PDF page and is drawn like any other: one rasteriser, the same crisp letters at every
/// size.
fn hoja(hojas: &Hojas, p: &Peticion) -> Result<(DynamicImage, u32), RenderError> {
    let paginas = hojas.paginas();
    let doc = pdf::Documento::open(&layout::pdf(hojas.hoja(p.pagina)?))?;
    Ok((doc.dibujar(&Peticion { pagina: 1, ..p.clone() })?, paginas))
}

/// Draws a picture so that it fits in a box.
type Dibujante = fn(&[u8], (u32, u32)) -> Result<DynamicImage, RenderError>;

/// The decoder of a picture of one page.
struct Foto {
    comprobar: fn(&[u8]) -> Result<(), RenderError>,
    dibujar: Dibujante,
}

impl Foto {
    fn de(formato: Formato) -> Option<Self> {
        match formato {
            Formato::Jpeg | Formato::Png | Formato::Webp | Formato::Gif | Formato::Bmp => {
                Some(Self { comprobar: raster::comprobar, dibujar: raster::dibujar })
            }
            Formato::Heic => Some(Self { comprobar: heic::comprobar, dibujar: heic::dibujar }),
            Formato::Svg => Some(Self { comprobar: svg::comprobar, dibujar: svg::dibujar }),
            _ => None,
        }
    }
}

fn existe(pagina: Option<u32>, paginas: u32) -> Result<(), RenderError> {
    match pagina {
        Some(n) if n == 0 || n > paginas => Err(RenderError::PaginaInexistente { paginas }),
        _ => Ok(()),
    }
}

fn girar(dibujo: DynamicImage, cuartos: u16) -> DynamicImage {
    match cuartos {
        1 => dibujo.rotate90(),
        2 => dibujo.rotate180(),
        3 => dibujo.rotate270(),
        _ => dibujo,
    }
}

/// A renderer that panics has met a document it does not understand. Nothing is shared with it, so nothing is left
/// half done.
pub(crate) fn sin_panico<T>(trabajo: impl FnOnce() -> Result<T, RenderError>) -> Result<T, RenderError> {
    catch_unwind(AssertUnwindSafe(trabajo)).unwrap_or(Err(RenderError::Roto))
}
