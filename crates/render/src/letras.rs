//! The letters of a PDF page with their places, read from what the engine would draw: invisible text of a recognised
//! scan too. Words and lines are put together from those places, for most files say nothing about them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro::{
    hayro_interpret::{
        BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
        InterpreterSettings, RenderContent, SoftMask,
        font::{Glyph, GlyphRun},
        hayro_cmap::BfString,
        interpret_page,
        util::TransformExt,
    },
    hayro_syntax::{Pdf, page::Page},
    kurbo::{Affine, BezPath, Rect},
};

use crate::annotations;

/// More letters than this are on no page that people read.
const MAX_LETRAS: usize = 1_000_000;
/// Units of a font's design square.
const UNIDADES: f64 = 1000.0;
/// Taken for letters whose font tells no width, in ems.
const ANCHO: f64 = 0.5;
/// How far letters reach above and below their base line, in ems: what a highlighter would cover.
const SOBRE_LA_BASE: f64 = 0.8;
const BAJO_LA_BASE: f64 = -0.22;

/// A letter, or several that one glyph stands for.
pub struct Letra {
    texto: BfString,
    /// Takes the em square (side 1, on the base line) to the page.
    pub matriz: Affine,
    /// In ems.
    pub ancho: f64,
}

impl Letra {
    /// Its characters.
    pub fn texto<'a>(&'a self, lugar: &'a mut [u8; 4]) -> &'a str {
        match &self.texto {
            BfString::Char(c) => c.encode_utf8(lugar),
            BfString::String(s) => s,
        }
    }

    /// What it covers of the page.
    pub fn caja(&self) -> Rect {
        self.matriz.transform_rect_bbox(Rect::new(0.0, BAJO_LA_BASE, self.ancho, SOBRE_LA_BASE))
    }
}

/// What a page's content and its annotations show, in points from the upper left corner of the page as it is turned.
pub fn de_todo(doc: &Pdf, page: &Page<'_>) -> Vec<Letra> {
    let mut letras = de_parte(page, RenderContent::PAGE);
    letras.extend(de_anotaciones(doc, page));
    letras
}

/// What form fields and notes say: what they show by themselves, and what is drawn for those that show nothing.
pub fn de_anotaciones(doc: &Pdf, page: &Page<'_>) -> Vec<Letra> {
    if !page.raw().contains_key("Annots") {
        return Vec::new();
    }
    let mut letras = de_parte(page, RenderContent::ANNOTATIONS);
    let encima = annotations::superponer(doc, page).and_then(|bytes| Pdf::new(bytes).ok());
    if let Some(page) = encima.as_ref().and_then(|pdf| pdf.pages().first()) {
        letras.extend(de_parte(page, RenderContent::PAGE));
    }
    letras
}

/// What one layer of a page shows. What was read before a panic is as good as it would have been without.
pub fn de_parte(page: &Page<'_>, parte: RenderContent) -> Vec<Letra> {
    let mut lector = Lector(Vec::new());
    let _ = catch_unwind(AssertUnwindSafe(|| {
        let cache = InterpreterCache::new();
        let ajustes = InterpreterSettings { render_content: parte, ..InterpreterSettings::default() };
        let todo = Rect::new(f64::MIN, f64::MIN, f64::MAX, f64::MAX);
        let derecha = page.initial_transform(true).to_kurbo();
        let mut contexto = Context::new(derecha, todo, &cache, page.xref(), ajustes);
        interpret_page(page, &mut contexto, &mut lector);
    }));
    lector.0
}

/// A device that draws nothing and notes every letter.
struct Lector(Vec<Letra>);

impl<'a> Device<'a> for Lector {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for letra in run.glyphs() {
            if self.0.len() >= MAX_LETRAS {
                return;
            }
            let Some(texto) = letra.as_unicode() else { continue };
            let ancho = match &**letra {
                Glyph::Outline(g) => g.advance_width(),
                Glyph::Type3(g) => g.advance_width(),
            };
            let matriz = props.transform * letra.transform() * Affine::scale(UNIDADES);
            let ancho = ancho.map_or(ANCHO, |a| f64::from(a) / UNIDADES);
            if ancho.is_finite() && matriz.as_coeffs().iter().all(|n| n.is_finite()) {
                self.0.push(Letra { texto, matriz, ancho });
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

/// What lies between two letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corte {
    Nada,
    Espacio,
    Linea,
    Parrafo,
}

/// Goes from letter to letter and tells what lies between them.
#[derive(Default)]
pub struct Pluma {
    /// Where the last letter ended, and its size.
    fin: Option<(f64, f64, f64)>,
}

impl Pluma {
    /// Goes on to a letter whose em square `matriz` takes to the page and which is `ancho` ems wide; `None` for one
    /// that has no size.
    pub fn avanzar(&mut self, matriz: Affine, ancho: f64) -> Option<Corte> {
        let [a, b, c, d, x, y] = matriz.as_coeffs();
        let (largo, cuerpo) = (a.hypot(b), c.hypot(d));
        if !(x.is_finite() && y.is_finite() && largo > 0.0 && cuerpo > 0.0) {
            return None;
        }
        let corte = self.fin.map_or(Corte::Nada, |(fin_x, fin_y, fin_cuerpo)| {
            // Along and across the direction in which this letter is written, so that turned pages read alike.
            let (dx, dy) = (x - fin_x, y - fin_y);
            let avance = (dx * a + dy * b) / largo;
            let salto = ((dy * a - dx * b) / largo).abs();
            let medida = cuerpo.max(fin_cuerpo);
            if salto > medida * 2.2 {
                Corte::Parrafo
            } else if salto > medida * 0.6 {
                Corte::Linea
            } else if avance > cuerpo * 0.15 || avance < -medida {
                Corte::Espacio
            } else {
                Corte::Nada
            }
        });
        self.fin = Some((x + a * ancho, y + b * ancho, cuerpo));
        Some(corte)
    }
}

/// Text put together letter by letter.
#[derive(Default)]
pub struct Renglones {
    pub texto: String,
    pluma: Pluma,
}

impl Renglones {
    /// Adds a letter, and before it the space or line end that lies between it and the last.
    pub fn letra(&mut self, matriz: Affine, ancho: f64, letra: &str) {
        match self.pluma.avanzar(matriz, ancho) {
            None => return,
            Some(Corte::Nada) => {}
            Some(Corte::Espacio) if self.texto.ends_with(char::is_whitespace) => {}
            Some(Corte::Espacio) => self.texto.push(' '),
            Some(Corte::Linea) => self.texto.push('\n'),
            Some(Corte::Parrafo) => self.texto.push_str("\n\n"),
        }
        self.texto.push_str(letra);
    }

    /// The text of these letters.
    pub fn de(letras: &[Letra]) -> String {
        let mut renglones = Self::default();
        for letra in letras {
            renglones.letra(letra.matriz, letra.ancho, letra.texto(&mut [0; 4]));
        }
        renglones.texto
    }
}
