//! From the format to its renderer. These run in the calling process: services go through [`crate::Pool`].

use std::panic::{AssertUnwindSafe, catch_unwind};

use image::DynamicImage;

use crate::{
    Formato, Imagen, Peticion, RenderError, encode,
    layout::{self, Hojas},
    mail, pdf, pdf_text, plain, raster, sniff, tiff_pages,
};

/// How many pages a document has. A picture has one; text and e-mail are laid out as A4 pages.
///
/// # Errors
/// [`RenderError::FormatoDesconocido`], [`RenderError::Cifrado`] or [`RenderError::Roto`].
pub fn paginas(bytes: &[u8]) -> Result<u32, RenderError> {
    sin_panico(|| match sniff(bytes) {
        Formato::Pdf => pdf::Documento::open(bytes).map(|doc| doc.paginas()),
        Formato::Jpeg | Formato::Png | Formato::Webp => raster::comprobar(bytes).map(|()| 1),
        Formato::Tiff => tiff_pages::paginas(bytes),
        Formato::Texto => Ok(Hojas::new(&plain::decode(bytes)).paginas()),
        Formato::Correo => Ok(Hojas::new(&mail::texto(bytes)?).paginas()),
        Formato::Desconocido => Err(RenderError::FormatoDesconocido),
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
            Formato::Jpeg | Formato::Png | Formato::Webp => {
                p.indice(1)?;
                (raster::dibujar(bytes, p.caja())?, 1)
            }
            Formato::Tiff => tiff_pages::dibujar(bytes, p)?,
            Formato::Texto => hoja(&plain::decode(bytes), p)?,
            Formato::Correo => hoja(&mail::texto(bytes)?, p)?,
            Formato::Desconocido => return Err(RenderError::FormatoDesconocido),
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
        Formato::Jpeg | Formato::Png | Formato::Webp => {
            raster::comprobar(bytes)?;
            existe(pagina, 1).map(|()| String::new())
        }
        Formato::Tiff => existe(pagina, tiff_pages::paginas(bytes)?).map(|()| String::new()),
        Formato::Texto => Hojas::new(&plain::decode(bytes)).texto(pagina),
        Formato::Correo => Hojas::new(&mail::texto(bytes)?).texto(pagina),
        Formato::Desconocido => Err(RenderError::FormatoDesconocido),
    })
}

/// Text is laid out as a PDF page and drawn like any other: one typesetter, the same crisp letters at every size.
fn hoja(texto: &str, p: &Peticion) -> Result<(DynamicImage, u32), RenderError> {
    let hojas = Hojas::new(texto);
    let paginas = hojas.paginas();
    p.indice(paginas)?;
    let doc = pdf::Documento::open(&layout::pdf(&hojas.renglones(p.pagina)))?;
    Ok((doc.dibujar(&Peticion { pagina: 1, ..p.clone() })?, paginas))
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
