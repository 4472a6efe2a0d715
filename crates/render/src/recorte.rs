//! The visible part of a page: given in pixels of the page as the person sees it, needed in pixels of the page as it
//! lies in the file.

use std::str::FromStr;

use image::metadata::Orientation;
use serde::{Deserialize, Serialize};

use crate::{RenderError, page::MAX_LADO};

/// A rectangle of pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorte {
    /// From the left edge.
    pub x: u32,
    /// From the upper edge.
    pub y: u32,
    /// Width, 1 to [`MAX_LADO`].
    pub ancho: u32,
    /// Height, 1 to [`MAX_LADO`].
    pub alto: u32,
}

/// A text that is no rectangle of pixels.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("El recorte son cuatro números, «x,y,ancho,alto», y sus lados van de 1 a {MAX_LADO} píxeles.")]
pub struct RecorteIncorrecto;

impl FromStr for Recorte {
    type Err = RecorteIncorrecto;

    fn from_str(texto: &str) -> Result<Self, Self::Err> {
        let mut numeros = texto.split(',').map(|n| n.parse::<u32>().map_err(|_| RecorteIncorrecto));
        let mut numero = || numeros.next().unwrap_or(Err(RecorteIncorrecto));
        let recorte = Self { x: numero()?, y: numero()?, ancho: numero()?, alto: numero()? };
        let lados = 1..=MAX_LADO;
        let sobra = numeros.next().is_some();
        if sobra || !lados.contains(&recorte.ancho) || !lados.contains(&recorte.alto) {
            return Err(RecorteIncorrecto);
        }
        Ok(recorte)
    }
}

impl Recorte {
    /// All of a page of this size.
    pub(crate) fn todo((ancho, alto): (u32, u32)) -> Self {
        Self { x: 0, y: 0, ancho, alto }
    }

    /// What of it lies on a page of this size.
    pub(crate) fn dentro(self, (ancho, alto): (u32, u32)) -> Result<Self, RenderError> {
        if self.x >= ancho || self.y >= alto || self.ancho == 0 || self.alto == 0 {
            return Err(RenderError::FueraDeLaPagina { ancho, alto });
        }
        Ok(Self {
            ancho: self.ancho.min(ancho - self.x).min(MAX_LADO),
            alto: self.alto.min(alto - self.y).min(MAX_LADO),
            ..self
        })
    }

    /// Where it lay before the picture, of size (`ancho`, `alto`) then, was turned clockwise by quarters.
    /// It must lie inside the turned picture.
    pub(crate) fn antes_de_girar(self, cuartos: u16, (ancho, alto): (u32, u32)) -> Self {
        let abajo = |lado: u32, inicio: u32, largo: u32| lado.saturating_sub(inicio.saturating_add(largo));
        match cuartos {
            1 => Self { x: self.y, y: abajo(alto, self.x, self.ancho), ancho: self.alto, alto: self.ancho },
            2 => Self { x: abajo(ancho, self.x, self.ancho), y: abajo(alto, self.y, self.alto), ..self },
            3 => Self { x: abajo(ancho, self.y, self.alto), y: self.x, ancho: self.alto, alto: self.ancho },
            _ => self,
        }
    }

    /// Where it lay before a picture of that size was set upright as its metadata say.
    pub(crate) fn antes_de_enderezar(self, orientacion: Orientation, (ancho, alto): (u32, u32)) -> Self {
        let (cuartos, espejo) = giro(orientacion);
        let derecho = if cuartos % 2 == 1 { alto } else { ancho };
        let sin_espejo =
            if espejo { Self { x: derecho.saturating_sub(self.x.saturating_add(self.ancho)), ..self } } else { self };
        sin_espejo.antes_de_girar(cuartos, (ancho, alto))
    }
}

/// An orientation as quarter turns clockwise, and whether left and right are exchanged after them.
pub(crate) fn giro(orientacion: Orientation) -> (u16, bool) {
    match orientacion {
        Orientation::NoTransforms => (0, false),
        Orientation::Rotate90 => (1, false),
        Orientation::Rotate180 => (2, false),
        Orientation::Rotate270 => (3, false),
        Orientation::FlipHorizontal => (0, true),
        Orientation::FlipVertical => (2, true),
        Orientation::Rotate90FlipH => (1, true),
        Orientation::Rotate270FlipH => (3, true),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use image::{DynamicImage, GrayImage};

    use super::*;

    #[test]
    fn four_numbers_and_nothing_else() {
        assert_eq!("1,2,3,4".parse(), Ok(Recorte { x: 1, y: 2, ancho: 3, alto: 4 }));
        for malo in ["", "1,2,3", "1,2,3,4,5", "1,2,0,4", "1,2,3,4097", "-1,2,3,4", "1, 2,3,4", "a,b,c,d"] {
            assert_eq!(malo.parse::<Recorte>(), Err(RecorteIncorrecto), "{malo}");
        }
    }

    #[test]
    fn what_lies_outside_is_cut_off_or_refused() {
        let recorte = Recorte { x: 8, y: 0, ancho: 10, alto: 3 };
        assert_eq!(recorte.dentro((12, 9)), Ok(Recorte { ancho: 4, ..recorte }));
        assert_eq!(recorte.dentro((8, 9)), Err(RenderError::FueraDeLaPagina { ancho: 8, alto: 9 }));
    }

    #[test]
    fn a_part_of_the_upright_picture_is_that_part_of_the_lying_one_set_upright() {
        let imagen = DynamicImage::ImageLuma8(GrayImage::from_fn(7, 4, |x, y| image::Luma([(y * 7 + x) as u8])));
        for n in 1..=8 {
            let orientacion = Orientation::from_exif(n).unwrap();
            let mut derecha = imagen.clone();
            derecha.apply_orientation(orientacion);
            let r = Recorte { x: 1, y: 2, ancho: 3, alto: 1 };
            let esperado = derecha.crop_imm(r.x, r.y, r.ancho, r.alto);
            let antes = r.antes_de_enderezar(orientacion, (7, 4));
            let mut parte = imagen.crop_imm(antes.x, antes.y, antes.ancho, antes.alto);
            parte.apply_orientation(orientacion);
            assert_eq!(parte, esperado, "{orientacion:?}");
        }
    }
}
