//! PDF pages, by hayro: of the engines whose licence fits, the one that opened most and drew best when measured.
//!
//! The page is drawn straight at its final size instead of being drawn large and shrunk: scans are resampled once,
//! letters are hinted for the pixels they end up on, and the cost follows the size of the answer.

use std::sync::Arc;

use hayro::{
    RenderCache, RenderSettings,
    hayro_interpret::{InterpreterSettings, util::TransformExt},
    hayro_syntax::{DecryptionError, LoadPdfError, Pdf, page::Page},
    kurbo::Affine,
    render_into,
    vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit, color::palette::css::WHITE},
};
use image::{DynamicImage, RgbImage};

use crate::{
    Peticion, RenderError, annotations,
    page::{MAX_LADO, encajar},
};

/// An open PDF.
pub struct Documento {
    pdf: Pdf,
    paginas: u32,
}

impl Documento {
    /// Opens it; encrypted ones only if the empty password does, as every reader tries first.
    pub fn open(bytes: &[u8]) -> Result<Self, RenderError> {
        let pdf = Pdf::new(Arc::new(bytes.to_vec())).map_err(|e| match e {
            LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm) => {
                RenderError::Cifrado
            }
            LoadPdfError::Decryption(_) | LoadPdfError::Invalid => RenderError::Roto,
        })?;
        match u32::try_from(pdf.pages().len()) {
            Ok(0) => Err(RenderError::Roto),
            Ok(paginas) => Ok(Self { pdf, paginas }),
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

    /// Draws the crop box of a page on white, turned as the page itself says, to fit the box asked for.
    pub fn dibujar(&self, p: &Peticion) -> Result<DynamicImage, RenderError> {
        let indice = p.indice(self.paginas)?;
        let pages = self.pdf.pages();
        let page = pages.get(indice).ok_or(RenderError::PaginaInexistente { paginas: self.paginas })?;

        let (ancho_pt, alto_pt) = page.render_dimensions();
        let natural = (f64::from(ancho_pt), f64::from(alto_pt));
        let (ancho, alto) = encajar(natural, p.caja());
        // Both are at most MAX_LADO; the engine counts pixels in 16 bits.
        let lado = |n: u32| u16::try_from(n.min(MAX_LADO)).map_err(|_| RenderError::DemasiadoGrande);
        let mut lienzo = RenderContext::new(lado(ancho)?, lado(alto)?);
        let escala = Affine::scale_non_uniform(f64::from(ancho) / natural.0, f64::from(alto) / natural.1);

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
        RgbImage::from_raw(ancho, alto, rgb).map(DynamicImage::ImageRgb8).ok_or(RenderError::Roto)
    }
}

fn pintar(page: &Page<'_>, lienzo: &mut RenderContext, escala: Affine) {
    render_into(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        lienzo,
        escala * page.initial_transform(true).to_kurbo(),
    );
}
