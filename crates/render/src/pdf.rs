//! PDF pages, by hayro: of the engines whose licence fits, the one that opened most and drew best when measured.
//!
//! The page is drawn straight at its final size instead of being drawn large and shrunk: scans are resampled once,
//! letters are hinted for the pixels they end up on, and the cost follows the size of the answer. A part of a page is
//! the same drawing moved, on a canvas of the part's size.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro::{
    RenderCache, RenderSettings,
    hayro_interpret::util::TransformExt,
    hayro_syntax::{Pdf, page::Page},
    kurbo::Affine,
    render_into,
    vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit, color::palette::css::WHITE},
};
use image::{DynamicImage, RgbImage};
use pdf_extract::{Document, LoadOptions};

use crate::{
    Archivo, Peticion, RenderError, annotations, fonts,
    page::{Dibujo, MAX_LADO, encajar},
    password::{self, Abierto},
};

/// Added to where everything stands, in pixels. Letters are put on whole rows and quarters of columns; one that stands
/// just between two would go one way in the whole page and the other in a part of it, for the sake of the last bit.
const DESVIO: f64 = 1.0 / 4096.0;

/// An open PDF.
pub struct Documento {
    pdf: Pdf,
    clave: String,
    paginas: u32,
}

impl Documento {
    /// Opens it: with the empty password first, as every reader does, then with the one given.
    pub fn open<'a>(archivo: impl Into<Archivo<'a>>) -> Result<Self, RenderError> {
        let Abierto { pdf, clave } = password::abrir(archivo.into())?;
        match u32::try_from(pdf.pages().len()) {
            Ok(0) => Err(RenderError::Roto),
            Ok(paginas) => Ok(Self { pdf, clave, paginas }),
            Err(_) => Err(RenderError::DemasiadoGrande),
        }
    }

    /// How many pages it has, at least one.
    pub fn paginas(&self) -> u32 {
        self.paginas
    }

    /// The parsed file, for the text.
    pub fn pdf(&self) -> &Pdf {
        &self.pdf
    }

    /// The password that another reader needs; usually the empty one.
    pub fn clave(&self) -> &str {
        &self.clave
    }

    /// A page, from 1.
    pub fn page(&self, pagina: u32) -> Option<&Page<'_>> {
        self.pdf.pages().get(usize::try_from(pagina.checked_sub(1)?).ok()?)
    }

    /// Draws the crop box of a page on white, turned as the page itself says, to fit the box asked for; or a part of
    /// what that would give.
    pub fn dibujar(&self, p: &Peticion) -> Result<Dibujo, RenderError> {
        let indice = p.indice(self.paginas)?;
        let page = self.page(p.pagina).ok_or(RenderError::PaginaInexistente { paginas: self.paginas })?;

        let sana = con_caja(self, page, p.pagina);
        let page = sana.as_ref().and_then(|pdf| pdf.pages().get(indice)).unwrap_or(page);
        let (ancho_pt, alto_pt) = page.render_dimensions();
        let natural = (f64::from(ancho_pt), f64::from(alto_pt));
        let medida = encajar(natural, p.caja());
        let parte = p.parte(medida)?;
        // Both are at most MAX_LADO; the engine counts pixels in 16 bits.
        let lado = |n: u32| u16::try_from(n.min(MAX_LADO)).map_err(|_| RenderError::DemasiadoGrande);
        let mut lienzo = RenderContext::new(lado(parte.ancho)?, lado(parte.alto)?);
        let escala = Affine::scale_non_uniform(f64::from(medida.0) / natural.0, f64::from(medida.1) / natural.1);
        let escala = Affine::translate((DESVIO - f64::from(parte.x), DESVIO - f64::from(parte.y))) * escala;

        pintar(page, &mut lienzo, escala);
        // What annotations without appearance would show is a page of its own; it has the same boxes, so the same scale.
        let encima = annotations::superponer(&self.pdf, page).and_then(|bytes| Pdf::new(bytes).ok());
        if let Some(page) = encima.as_ref().and_then(|pdf| pdf.pages().first()) {
            pintar(page, &mut lienzo, escala);
        }
        lienzo.flush();
        let mut pixeles = Pixmap::new(lienzo.width(), lienzo.height());
        let blanco = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..RasterizerSettings::default() };
        lienzo.render_with(&mut pixeles, &mut Resources::default(), blanco);

        // On white everything is opaque, so the fourth byte says nothing.
        let rgb = pixeles.data_as_u8_slice().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
        let imagen = RgbImage::from_raw(parte.ancho, parte.alto, rgb).ok_or(RenderError::Roto)?;
        Ok(Dibujo { imagen: DynamicImage::ImageRgb8(imagen), medida })
    }
}

/// The file with a box for a page that has an empty one, which the engine would draw nothing of. The size is that of
/// a letter, which other readers take too.
fn con_caja(doc: &Documento, page: &Page<'_>, pagina: u32) -> Option<Pdf> {
    let caja = page.intersected_crop_box();
    if caja.width() > 0.0 && caja.height() > 0.0 {
        return None;
    }
    let bytes = catch_unwind(AssertUnwindSafe(|| {
        let clave = LoadOptions::with_password(doc.clave());
        let mut otro = Document::load_mem_with_options(doc.pdf.data().as_ref(), clave).ok()?;
        let id = *otro.get_pages().get(&pagina)?;
        let hoja = otro.get_dictionary_mut(id).ok()?;
        hoja.set("MediaBox", vec![0.into(), 0.into(), 612.into(), 792.into()]);
        hoja.remove(b"CropBox");
        let mut bytes = Vec::new();
        otro.save_to(&mut bytes).ok()?;
        Some(bytes)
    }));
    Pdf::new(bytes.ok().flatten()?).ok()
}

fn pintar(page: &Page<'_>, lienzo: &mut RenderContext, escala: Affine) {
    render_into(
        page,
        &RenderCache::new(),
        &fonts::ajustes(page),
        &RenderSettings::default(),
        lienzo,
        escala * page.initial_transform(true).to_kurbo(),
    );
}
