//! The text of PDF pages.
//!
//! pdf-extract found most text when measured, and panicked on one file in twenty. So each page is tried with it
//! first, inside a guard; a page it fails on is read again through the glyphs that hayro would draw, whose
//! characters are right but whose words have to be put together from positions. Both feed the same [`Renglones`].

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro::{
    hayro_interpret::{
        BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
        InterpreterSettings, RenderContent, SoftMask,
        font::{Glyph, GlyphRun},
        hayro_cmap::BfString,
        interpret_page,
    },
    hayro_syntax::{Pdf, page::Page},
    kurbo::{Affine, BezPath, Rect},
};
use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform, output_doc, output_doc_page};

use crate::{RenderError, annotations, pdf::Documento, plain};

/// Text beyond this many bytes is not looked for: nobody reads it in a pane, and a search index has enough.
const MAX_TEXTO: usize = 8 * 1024 * 1024;
/// Units of a font's design square.
const UNIDADES: f64 = 1000.0;

/// The text of one page (from 1), or of all with a form feed between each two.
pub fn texto(bytes: &[u8], pagina: Option<u32>) -> Result<String, RenderError> {
    let doc = Documento::open(bytes)?;
    let paginas = doc.paginas();
    if let Some(n) = pagina
        && (n == 0 || n > paginas)
    {
        return Err(RenderError::PaginaInexistente { paginas });
    }
    let primeras = con_pdf_extract(bytes, pagina);
    let pages = doc.pdf().pages();
    let pedidas = match pagina {
        Some(n) => n as usize - 1..n as usize,
        None => 0..paginas as usize,
    };

    let mut todo = String::new();
    for (n, indice) in pedidas.enumerate() {
        if n > 0 {
            todo.push('\u{c}');
        }
        let page = pages.get(indice);
        let cuerpo = primeras.get(n).cloned().flatten();
        let cuerpo = cuerpo.or_else(|| page.map(|page| con_hayro(page, RenderContent::PAGE))).unwrap_or_default();
        let anotado = page.map(|page| de_anotaciones(doc.pdf(), page)).unwrap_or_default();
        todo.push_str(&plain::limpio(&format!("{cuerpo}\n{anotado}")));
        if todo.len() > MAX_TEXTO {
            break;
        }
    }
    Ok(todo)
}

/// What pdf-extract reads, page by page; pages it did not get through are missing or `None`.
fn con_pdf_extract(bytes: &[u8], pagina: Option<u32>) -> Vec<Option<String>> {
    let mut salida = Salida::default();
    // What had been read before a panic or an error is as good as it would have been without.
    let _ = catch_unwind(AssertUnwindSafe(|| -> Result<(), OutputError> {
        let mut doc = Document::load_mem(bytes)?;
        if doc.is_encrypted() {
            doc.decrypt("")?;
        }
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
        self.actual.letra(matriz * Affine::scale(font_size), Some(width), texto);
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

/// What form fields and notes say: what they show by themselves, and what is drawn for those that show nothing.
fn de_anotaciones(doc: &Pdf, page: &Page<'_>) -> String {
    if !page.raw().contains_key("Annots") {
        return String::new();
    }
    let mut texto = con_hayro(page, RenderContent::ANNOTATIONS);
    let encima = annotations::superponer(doc, page).and_then(|bytes| Pdf::new(bytes).ok());
    if let Some(page) = encima.as_ref().and_then(|pdf| pdf.pages().first()) {
        texto.push('\n');
        texto.push_str(&con_hayro(page, RenderContent::PAGE));
    }
    texto
}

/// What hayro would draw, read instead.
fn con_hayro(page: &Page<'_>, parte: RenderContent) -> String {
    let mut lector = Lector(Renglones::default());
    let _ = catch_unwind(AssertUnwindSafe(|| {
        let cache = InterpreterCache::new();
        let ajustes = InterpreterSettings { render_content: parte, ..InterpreterSettings::default() };
        let todo = Rect::new(f64::MIN, f64::MIN, f64::MAX, f64::MAX);
        let mut contexto = Context::new(Affine::IDENTITY, todo, &cache, page.xref(), ajustes);
        interpret_page(page, &mut contexto, &mut lector);
    }));
    lector.0.texto
}

/// A device that draws nothing and notes every character, invisible text of a recognised scan too.
struct Lector(Renglones);

impl<'a> Device<'a> for Lector {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for letra in run.glyphs() {
            if self.0.texto.len() > MAX_TEXTO {
                return;
            }
            let ancho = match &**letra {
                Glyph::Outline(g) => g.advance_width(),
                Glyph::Type3(g) => g.advance_width(),
            };
            let matriz = props.transform * letra.transform() * Affine::scale(UNIDADES);
            let ancho = ancho.map(|a| f64::from(a) / UNIDADES);
            match letra.as_unicode() {
                Some(BfString::Char(c)) => self.0.letra(matriz, ancho, c.encode_utf8(&mut [0; 4])),
                Some(BfString::String(s)) => self.0.letra(matriz, ancho, &s),
                None => {}
            }
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// Puts characters together to words and lines by where they stand.
#[derive(Default)]
struct Renglones {
    texto: String,
    /// Where the last character ended, in the page's space, and its size.
    fin: Option<(f64, f64, f64)>,
}

impl Renglones {
    /// Adds a character. `matriz` takes its em square (side 1, on the base line) to the page; `ancho` is in ems.
    fn letra(&mut self, matriz: Affine, ancho: Option<f64>, letra: &str) {
        let [a, b, c, d, x, y] = matriz.as_coeffs();
        let (largo, cuerpo) = (a.hypot(b), c.hypot(d));
        if !(x.is_finite() && y.is_finite() && largo > 0.0 && cuerpo > 0.0) {
            return;
        }
        if let Some((fin_x, fin_y, fin_cuerpo)) = self.fin {
            // Along and across the direction in which this character is written, so that turned pages read alike.
            let (dx, dy) = (x - fin_x, y - fin_y);
            let avance = (dx * a + dy * b) / largo;
            let salto = ((dy * a - dx * b) / largo).abs();
            let medida = cuerpo.max(fin_cuerpo);
            if salto > medida * 0.6 {
                self.texto.push_str(if salto > medida * 2.2 { "\n\n" } else { "\n" });
            } else if (avance > cuerpo * 0.15 || avance < -medida) && !self.texto.ends_with(char::is_whitespace) {
                self.texto.push(' ');
            }
        }
        self.texto.push_str(letra);
        let ancho = ancho.unwrap_or(0.5);
        self.fin = Some((x + a * ancho, y + b * ancho, cuerpo));
    }
}
