//! From the format to its renderer. These run in the calling process: services go through [`crate::Pool`].

use std::panic::{AssertUnwindSafe, catch_unwind};

use image::DynamicImage;

use crate::{
    Archivo, Busqueda, Formato, Hallazgos, Imagen, Peticion, RenderError, encode,
    find::Buscador,
    layout::{self, Hojas},
    letras, mail, maqueta as rejilla,
    page::Dibujo,
    pdf, pdf_text, plain, raster, signatures, sniff, tiff_pages,
};

/// How many pages a document has. A picture has one; text and e-mail are laid out as A4 pages.
///
/// # Errors
/// [`RenderError::FormatoDesconocido`], [`RenderError::Roto`], or one of those about passwords.
pub fn paginas<'a>(archivo: impl Into<Archivo<'a>>) -> Result<u32, RenderError> {
    let archivo = archivo.into();
    let bytes = archivo.bytes;
    sin_panico(|| match sniff(bytes) {
        Formato::Pdf => pdf::Documento::open(archivo).map(|doc| doc.paginas()),
        Formato::Jpeg | Formato::Png | Formato::Webp => raster::comprobar(bytes).map(|()| 1),
        Formato::Tiff => tiff_pages::paginas(bytes),
        Formato::Texto => Ok(Hojas::new(&plain::decode(bytes)).paginas()),
        Formato::Correo => Ok(Hojas::new(&mail::texto(bytes)?).paginas()),
        Formato::Desconocido => Err(RenderError::FormatoDesconocido),
    })
}

/// Draws one page, or a part of it, so that the page fits the box asked for. Whole pictures are never enlarged beyond
/// their own pixels: whoever shows them can do that without sending the bytes.
///
/// # Errors
/// Any [`RenderError`] but the three that only a worker process can meet.
pub fn pagina<'a>(archivo: impl Into<Archivo<'a>>, p: &Peticion) -> Result<Imagen, RenderError> {
    let archivo = archivo.into();
    let bytes = archivo.bytes;
    sin_panico(|| {
        let mut firmas = 0;
        let (dibujo, paginas) = match sniff(bytes) {
            Formato::Pdf => {
                let doc = pdf::Documento::open(archivo)?;
                firmas = signatures::contar(doc.pdf());
                (doc.dibujar(p)?, doc.paginas())
            }
            Formato::Jpeg | Formato::Png | Formato::Webp => {
                p.indice(1)?;
                (raster::dibujar(bytes, p)?, 1)
            }
            Formato::Tiff => tiff_pages::dibujar(bytes, p)?,
            Formato::Texto => hoja(&plain::decode(bytes), p)?,
            Formato::Correo => hoja(&mail::texto(bytes)?, p)?,
            Formato::Desconocido => return Err(RenderError::FormatoDesconocido),
        };
        let (pagina_ancho, pagina_alto) = p.tumbar(dibujo.medida);
        let imagen = girar(dibujo.imagen, p.cuartos());
        let (ancho, alto) = (imagen.width(), imagen.height());
        let (bytes, mime) = encode::imagen(&imagen, p.calidad)?;
        Ok(Imagen { bytes, mime, ancho, alto, pagina_ancho, pagina_alto, paginas, firmas })
    })
}

/// The text of one page, or of all of them with a form feed between each two. Pictures have none: the answer is
/// empty. Control characters other than line feed and tab, and those that reverse the direction of writing, are gone.
///
/// # Errors
/// As [`paginas`]; [`RenderError::PaginaInexistente`] for a page that is not there.
pub fn texto<'a>(archivo: impl Into<Archivo<'a>>, pagina: Option<u32>) -> Result<String, RenderError> {
    let archivo = archivo.into();
    let bytes = archivo.bytes;
    sin_panico(|| match sniff(bytes) {
        Formato::Pdf => pdf_text::texto(archivo, pagina),
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

/// The text as [`texto`], but each page of a PDF as it stands on it: in columns, with an empty line where there is room
/// for one or more. Letters of recognised scans are in it too.
///
/// # Errors
/// As [`texto`].
pub fn maqueta<'a>(archivo: impl Into<Archivo<'a>>, pagina: Option<u32>) -> Result<String, RenderError> {
    let archivo = archivo.into();
    if sniff(archivo.bytes) != Formato::Pdf {
        return texto(archivo, pagina);
    }
    sin_panico(|| {
        let doc = pdf::Documento::open(archivo)?;
        existe(pagina, doc.paginas())?;
        let mut todo = String::new();
        for n in pagina.map_or(1..=doc.paginas(), |n| n..=n) {
            if !todo.is_empty() || (pagina.is_none() && n > 1) {
                todo.push('\u{c}');
            }
            let page = doc.page(n).map(|page| rejilla::maquetar(&letras::de_todo(doc.pdf(), page)));
            todo.push_str(&page.unwrap_or_default());
            if todo.len() > pdf_text::MAX_TEXTO {
                break;
            }
        }
        Ok(todo)
    })
}

/// Where a text stands in a document; nowhere in a picture.
///
/// # Errors
/// As [`paginas`].
pub fn buscar<'a>(archivo: impl Into<Archivo<'a>>, busqueda: &Busqueda) -> Result<Hallazgos, RenderError> {
    let archivo = archivo.into();
    sin_panico(|| match sniff(archivo.bytes) {
        Formato::Pdf => {
            let doc = pdf::Documento::open(archivo)?;
            let letras = |n| doc.page(n).map(|page| (letras::de_todo(doc.pdf(), page), page.render_dimensions()));
            Ok(Buscador::new(busqueda, doc.paginas()).buscar(letras))
        }
        Formato::Texto => Ok(buscar_en_hojas(&plain::decode(archivo.bytes), busqueda)),
        Formato::Correo => Ok(buscar_en_hojas(&mail::texto(archivo.bytes)?, busqueda)),
        _ => Ok(Hallazgos { paginas: paginas(archivo)?, ..Hallazgos::default() }),
    })
}

/// Text laid out is searched where it is drawn.
fn buscar_en_hojas(texto: &str, busqueda: &Busqueda) -> Hallazgos {
    let hojas = Hojas::new(texto);
    Buscador::new(busqueda, hojas.paginas()).buscar(|n| {
        let doc = pdf::Documento::open(&layout::pdf(&hojas.renglones(n))).ok()?;
        let page = doc.page(1)?;
        Some((letras::de_todo(doc.pdf(), page), page.render_dimensions()))
    })
}

/// Text is laid out as a PDF page and drawn like any other: one typesetter, the same crisp letters at every size.
fn hoja(texto: &str, p: &Peticion) -> Result<(Dibujo, u32), RenderError> {
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
