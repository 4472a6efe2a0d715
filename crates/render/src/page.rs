//! What is asked of a page and what is answered.

use std::{fmt, str::FromStr};

use image::DynamicImage;
use serde::{Deserialize, Serialize};

use crate::{Recorte, RenderError};

/// The longest side of an image, in pixels: a larger one costs hundreds of megabytes and no screen shows it.
pub const MAX_LADO: u32 = 4096;
/// The longest side of the box of a page of which only a part is drawn.
pub const MAX_CAJA: u32 = 16_384;

/// One page, and the box of pixels it has to fit in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peticion {
    /// The page, from 1.
    pub pagina: u32,
    /// Width of the box in pixels; clamped to 1..=[`MAX_LADO`], or to [`MAX_CAJA`] for a part.
    pub ancho: u32,
    /// Height of the box in pixels; clamped like `ancho`.
    pub alto: u32,
    /// Turn asked for by the person, clockwise, on top of what the document itself says: 0, 90, 180 or 270 degrees.
    /// Any other value is taken as the nearest quarter turn below.
    pub giro: u16,
    /// How much the line can carry.
    pub calidad: Calidad,
    /// The part to draw, in pixels of the turned page as it fits in the box; all of it when missing. A picture is
    /// enlarged for a part of it, and for that alone: the answer has as many pixels as the part.
    pub recorte: Option<Recorte>,
}

impl Peticion {
    /// Quarter turns clockwise, 0 to 3.
    pub(crate) fn cuartos(&self) -> u16 {
        (self.giro / 90) % 4
    }

    /// The box the unturned page must fit in.
    pub(crate) fn caja(&self) -> (u32, u32) {
        let tope = if self.recorte.is_some() { MAX_CAJA } else { MAX_LADO };
        self.tumbar((self.ancho.clamp(1, tope), self.alto.clamp(1, tope)))
    }

    /// The part to draw of an unturned page that has this size in its box.
    pub(crate) fn parte(&self, medida: (u32, u32)) -> Result<Recorte, RenderError> {
        match self.recorte {
            None => Ok(Recorte::todo(medida)),
            Some(recorte) => Ok(recorte.dentro(self.tumbar(medida))?.antes_de_girar(self.cuartos(), medida)),
        }
    }

    /// Sides exchanged for a turn by one quarter or three.
    pub(crate) fn tumbar(&self, (ancho, alto): (u32, u32)) -> (u32, u32) {
        if self.cuartos() % 2 == 1 { (alto, ancho) } else { (ancho, alto) }
    }

    /// The page as an index, if the document has it.
    pub(crate) fn indice(&self, paginas: u32) -> Result<usize, RenderError> {
        if self.pagina == 0 || self.pagina > paginas {
            return Err(RenderError::PaginaInexistente { paginas });
        }
        usize::try_from(self.pagina - 1).map_err(|_| RenderError::PaginaInexistente { paginas })
    }
}

/// A page drawn but not turned as the person asked, and not encoded.
pub(crate) struct Dibujo {
    /// What was to be drawn, in grey or RGB.
    pub imagen: DynamicImage,
    /// The size of the whole page.
    pub medida: (u32, u32),
}

/// The largest size with the proportions of `natural` that fits in `caja`, each side at least one pixel.
pub(crate) fn encajar(natural: (f64, f64), caja: (u32, u32)) -> (u32, u32) {
    let escala = (f64::from(caja.0) / natural.0).min(f64::from(caja.1) / natural.1);
    let lado = |largo: f64, tope: u32| {
        let redondeado = (largo * escala).round();
        // `as` saturates, and what is not a number becomes 0.
        (redondeado as u32).clamp(1, tope)
    };
    (lado(natural.0, caja.0), lado(natural.1, caja.1))
}

/// How an image is encoded: what the line can carry decides. Sizes are those of an A4 page of 540×765 pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Calidad {
    /// PNG of four greys, up to 31 kB: for slow lines and for a first look.
    Gris2,
    /// PNG with a palette of 16 colours, up to 70 kB: the usual one.
    #[default]
    Color16,
    /// JPEG for photographs and scans, full-colour PNG for flat pages.
    Completa,
}

impl Calidad {
    /// The name used in addresses and in configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gris2 => "gris2",
            Self::Color16 => "color16",
            Self::Completa => "completa",
        }
    }
}

impl fmt::Display for Calidad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A name that is none of the qualities.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("La calidad tiene que ser gris2, color16 o completa.")]
pub struct CalidadDesconocida;

impl FromStr for Calidad {
    type Err = CalidadDesconocida;

    fn from_str(nombre: &str) -> Result<Self, Self::Err> {
        [Self::Gris2, Self::Color16, Self::Completa]
            .into_iter()
            .find(|calidad| calidad.as_str() == nombre)
            .ok_or(CalidadDesconocida)
    }
}

/// A drawn page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imagen {
    /// The encoded image.
    pub bytes: Vec<u8>,
    /// `image/png` or `image/jpeg`.
    pub mime: &'static str,
    /// Width in pixels, after every turn.
    pub ancho: u32,
    /// Height in pixels, after every turn.
    pub alto: u32,
    /// Width of the whole turned page, of which the image may be a part.
    pub pagina_ancho: u32,
    /// Height of the whole turned page.
    pub pagina_alto: u32,
    /// How many pages the whole document has.
    pub paginas: u32,
    /// How many digital signatures the document bears.
    pub firmas: u32,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn a_page_fits_in_its_box_and_keeps_its_proportions() {
        assert_eq!(encajar((595.0, 842.0), (540, 765)), (540, 764));
        assert_eq!(encajar((842.0, 595.0), (540, 765)), (540, 382));
        assert_eq!(encajar((1.0, 100_000.0), (540, 765)), (1, 765));
    }

    #[test]
    fn a_turned_page_swaps_its_box_and_sizes_are_clamped() {
        let p = Peticion { pagina: 1, ancho: 100, alto: 1_000_000, giro: 270, calidad: Calidad::Gris2, recorte: None };
        assert_eq!(p.caja(), (MAX_LADO, 100));
        let parte = Peticion { recorte: Some(Recorte::todo((1, 1))), ..p };
        assert_eq!(parte.caja(), (MAX_CAJA, 100));
    }

    #[test]
    fn quality_has_one_name_everywhere() {
        for calidad in [Calidad::Gris2, Calidad::Color16, Calidad::Completa] {
            assert_eq!(calidad.as_str().parse(), Ok(calidad));
            assert_eq!(serde_json::to_string(&calidad).unwrap(), format!("\"{calidad}\""));
        }
        assert_eq!("mejor".parse::<Calidad>(), Err(CalidadDesconocida));
    }
}
