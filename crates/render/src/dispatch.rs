//! From the format to its renderer. These run in the calling process: services go through [`crate::Pool`].

use std::panic::{AssertUnwindSafe, catch_unwind};

use image::DynamicImage;

use crate::{
    Archivo, Busqueda, Firma, Formato, Hallazgos, Imagen, Peticion, RenderError, encode,
    find::Buscador,
    heic, laminas,
    layout::{self, Hojas},
    letras, maqueta as rejilla,
    page::Dibujo,
    pdf, pdf_text, raster, signatures, sniff_todo, svg, tiff_pages,
};

/// How many pages a document has. A picture has one; what has no pages of its own is laid out as A4 pages.
///
/// # Errors
/// [`RenderError::FormatoDesconocido`], [`RenderError::Roto`], or one of those about passwords.
pub fn paginas<'a>(archivo: impl Into<Archivo<'a>>) -> Result<u32, RenderError> {
    let archivo = archivo.into();
    let bytes = archivo.bytes;
    sin_panico(|| match sniff_todo(bytes) {
        Formato::Pdf => pdf::Documento::open(archivo).map(|doc| doc.paginas()),
        Formato::Tiff => tiff_pages::paginas(bytes),
        formato => match Foto::de(formato) {
            Some(foto) => (foto.comprobar)(bytes).map(|()| 1),
            None => laminas::leer(bytes, formato).map(|hojas| hojas.paginas()),
        },
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
        let (dibujo, paginas) = match sniff_todo(bytes) {
            Formato::Pdf => {
                let doc = pdf::Documento::open(archivo)?;
                firmas = signatures::contar(doc.pdf());
                (doc.dibujar(p)?, doc.paginas())
            }
            Formato::Tiff => tiff_pages::dibujar(bytes, p)?,
            formato => match Foto::de(formato) {
                Some(foto) => {
                    p.indice(1)?;
                    ((foto.dibujar)(bytes, p)?, 1)
                }
                None => hoja(&laminas::leer(bytes, formato)?, p)?,
            },
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
    sin_panico(|| match sniff_todo(bytes) {
        Formato::Pdf => pdf_text::texto(archivo, pagina),
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

/// The text as [`texto`], but each page of a PDF as it stands on it: in columns, with an empty line where there is room
/// for one or more. Letters of recognised scans are in it too.
///
/// # Errors
/// As [`texto`].
pub fn maqueta<'a>(archivo: impl Into<Archivo<'a>>, pagina: Option<u32>) -> Result<String, RenderError> {
    let archivo = archivo.into();
    if sniff_todo(archivo.bytes) != Formato::Pdf {
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
    sin_panico(|| match sniff_todo(archivo.bytes) {
        Formato::Pdf => {
            let doc = pdf::Documento::open(archivo)?;
            let letras = |n| doc.page(n).map(|page| (letras::de_todo(doc.pdf(), page), page.render_dimensions()));
            Ok(Buscador::new(busqueda, doc.paginas()).buscar(letras))
        }
        formato if formato == Formato::Tiff || Foto::de(formato).is_some() => {
            Ok(Hallazgos { paginas: paginas(archivo)?, ..Hallazgos::default() })
        }
        formato => Ok(buscar_en_hojas(&laminas::leer(archivo.bytes, formato)?, busqueda)),
    })
}

/// The digital signatures of a PDF, checked; no other format bears any.
///
/// # Errors
/// As [`paginas`], for PDFs.
pub fn firmas<'a>(archivo: impl Into<Archivo<'a>>) -> Result<Vec<Firma>, RenderError> {
    let archivo = archivo.into();
    if sniff_todo(archivo.bytes) != Formato::Pdf {
        return Ok(Vec::new());
    }
    sin_panico(|| Ok(signatures::firmas(archivo.bytes, pdf::Documento::open(archivo)?.pdf())))
}

/// What is laid out is searched where it is drawn.
fn buscar_en_hojas(hojas: &Hojas, busqueda: &Busqueda) -> Hallazgos {
    Buscador::new(busqueda, hojas.paginas()).buscar(|n| {
        let doc = pdf::Documento::open(&layout::pdf(hojas.hoja(n).ok()?)).ok()?;
        let page = doc.page(1)?;
        Some((letras::de_todo(doc.pdf(), page), page.render_dimensions()))
    })
}

/// What is laid out becomes a PDF page and is drawn like any other: one rasteriser, the same crisp letters at every
/// size.
fn hoja(hojas: &Hojas, p: &Peticion) -> Result<(Dibujo, u32), RenderError> {
    let paginas = hojas.paginas();
    let doc = pdf::Documento::open(&layout::pdf(hojas.hoja(p.pagina)?))?;
    Ok((doc.dibujar(&Peticion { pagina: 1, ..p.clone() })?, paginas))
}

/// Draws what is asked of a picture.
type Dibujante = fn(&[u8], &Peticion) -> Result<Dibujo, RenderError>;

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
