//! The text of PDF pages.
//!
//! pdf-extract found most text when measured, and panicked on one file in twenty. So each page is tried with it
//! first, inside a guard; a page it fails on is read again through the glyphs that hayro would draw, whose
//! characters are right but whose words have to be put together from positions. Both feed the same [`Renglones`].

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro::{hayro_interpret::RenderContent, kurbo::Affine};
use pdf_extract::{Document, LoadOptions, MediaBox, OutputDev, OutputError, Transform, output_doc, output_doc_page};

use crate::{
    Archivo, RenderError,
    letras::{self, Renglones},
    pdf::Documento,
    plain,
};

/// Text beyond this many bytes is not looked for: nobody reads it in a pane, and a search index has enough.
pub const MAX_TEXTO: usize = 8 * 1024 * 1024;

/// The text of one page (from 1), or of all with a form feed between each two.
pub fn texto(archivo: Archivo<'_>, pagina: Option<u32>) -> Result<String, RenderError> {
    let doc = Documento::open(archivo)?;
    let paginas = doc.paginas();
    if let Some(n) = pagina
        && (n == 0 || n > paginas)
    {
        return Err(RenderError::PaginaInexistente { paginas });
    }
    let primeras = con_pdf_extract(archivo.bytes, doc.clave(), pagina);
    let pedidas = match pagina {
        Some(n) => n..=n,
        None => 1..=paginas,
    };

    let mut todo = String::new();
    for (n, numero) in pedidas.enumerate() {
        if n > 0 {
            todo.push('\u{c}');
        }
        let page = doc.page(numero);
        let cuerpo = primeras.get(n).cloned().flatten();
        let con_hayro = || page.map(|page| Renglones::de(&letras::de_parte(page, RenderContent::PAGE)));
        let cuerpo = cuerpo.or_else(con_hayro).unwrap_or_default();
        let anotado = page.map(|page| Renglones::de(&letras::de_anotaciones(doc.pdf(), page))).unwrap_or_default();
        todo.push_str(&plain::limpio(&format!("{cuerpo}\n{anotado}")));
        if todo.len() > MAX_TEXTO {
            break;
        }
    }
    Ok(todo)
}

/// What pdf-extract reads, page by page; pages it did not get through are missing or `None`.
fn con_pdf_extract(bytes: &[u8], clave: &str, pagina: Option<u32>) -> Vec<Option<String>> {
    let mut salida = Salida::default();
    // What had been read before a panic or an error is as good as it would have been without.
    let _ = catch_unwind(AssertUnwindSafe(|| -> Result<(), OutputError> {
        let doc = Document::load_mem_with_options(bytes, LoadOptions::with_password(clave))?;
        match pagina {
            Some(n) => output_doc_page(&doc, &mut salida, n),
            None => output_doc(&doc, &mut salida),
        }
    }));
    salida.paginas
}

/// Collects the characters that pdf-extract hands out.
#[derive(Default)]
struct Salida {
    paginas: Vec<Option<String>>,
    actual: Renglones,
    leidos: usize,
}

impl OutputDev for Salida {
    fn begin_page(&mut self, _: u32, _: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        self.actual = Renglones::default();
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        let texto = std::mem::take(&mut self.actual).texto;
        self.leidos += texto.len();
        self.paginas.push(Some(texto));
        if self.leidos > MAX_TEXTO { Err(OutputError::FormatError(std::fmt::Error)) } else { Ok(()) }
    }

    fn output_character(
        &mut self,
        trm: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        texto: &str,
    ) -> Result<(), OutputError> {
        let matriz = Affine::new([trm.m11, trm.m12, trm.m21, trm.m22, trm.m31, trm.m32]);
        self.actual.letra(matriz * Affine::scale(font_size), width, texto);
        if self.actual.texto.len() > MAX_TEXTO { Err(OutputError::FormatError(std::fmt::Error)) } else { Ok(()) }
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
