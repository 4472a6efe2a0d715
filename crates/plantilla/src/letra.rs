//! The letters: Open Sans, regular and bold, with Latin, Greek and Cyrillic.

use crate::Error;
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

/// The files.
const FICHEROS: [&[u8]; 2] =
    [include_bytes!("../fonts/OpenSans-Regular.ttf"), include_bytes!("../fonts/OpenSans-Bold.ttf")];

/// One of the two.
pub struct Cara {
    /// The file.
    pub fichero: &'static [u8],
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    /// Units of the em square.
    pub em: f32,
}

impl Cara {
    fn abrir(fichero: &'static [u8]) -> Result<Self, Error> {
        let font = FontRef::new(fichero).map_err(|cause| Error::Letra(cause.to_string()))?;
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let em = font.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
        Ok(Self { fichero, charmap: font.charmap(), metrics, em: f32::from(em.max(1)) })
    }

    /// The glyph of a character; 0, an empty box, for one that these letters do not have.
    pub fn glifo(&self, c: char) -> u16 {
        self.charmap.map(c).and_then(|glyph| u16::try_from(glyph.to_u32()).ok()).unwrap_or_default()
    }

    /// How far a character moves on, in thousandths of the size.
    pub fn avance(&self, c: char) -> f32 {
        let glyph = u32::from(self.glifo(c));
        self.metrics.advance_width(glyph.into()).unwrap_or_default() * 1000.0 / self.em
    }
}

/// Both.
pub struct Letras([Cara; 2]);

impl Letras {
    /// Reads them.
    pub fn abrir() -> Result<Self, Error> {
        let [regular, bold] = FICHEROS;
        Ok(Self([Cara::abrir(regular)?, Cara::abrir(bold)?]))
    }

    /// The one asked for.
    pub fn cara(&self, negrita: bool) -> &Cara {
        &self.0[usize::from(negrita)]
    }

    /// Width of a text at that size.
    pub fn ancho(&self, texto: &str, negrita: bool, cuerpo: f32) -> f32 {
        let cara = self.cara(negrita);
        texto.chars().map(|c| cara.avance(c)).sum::<f32>() * cuerpo / 1000.0
    }
}
