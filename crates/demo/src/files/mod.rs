//! Real files of every kind that a dealership receives, made from the data of a deal.
//!
//! [`Papel`] is what is written, [`Soporte`] is what it came on; [`make`] puts the two together. Every paper is drawn once, as a PDF; scans,
//! faxes and photographs are that page as pixels, and then treated as a scanner, a telephone line or a camera would.

mod canvas;
mod datos;
mod fax;
mod mail;
mod papel;
mod photo;
mod raster;
mod receta;
mod scan;
#[cfg(test)]
mod tests;
mod winansi;

pub use datos::Datos;
pub use papel::Papel;
pub(crate) use receta::all as all_recetas;
pub use receta::recetas;

use crate::azar::{Azar, Hilo};
use datos::euros;
use image::ImageEncoder;
use image::codecs::png::PngEncoder;

/// What a paper came on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Soporte {
    /// A PDF made by a program, with text.
    Digital,
    /// A PDF of grey, crooked pictures.
    Escaneo,
    /// A TIFF of several bilevel pages.
    Fax,
    /// A JPEG of a telephone, with EXIF orientation.
    Foto,
    /// A PNG of a screen.
    Captura,
    /// An e-mail with the paper attached.
    Correo,
}

impl Soporte {
    /// The usual file name extension.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Digital | Self::Escaneo => "pdf",
            Self::Fax => "tiff",
            Self::Foto => "jpg",
            Self::Captura => "png",
            Self::Correo => "eml",
        }
    }

    /// Media type.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Digital | Self::Escaneo => "application/pdf",
            Self::Fax => "image/tiff",
            Self::Foto => "image/jpeg",
            Self::Captura => "image/png",
            Self::Correo => "message/rfc822",
        }
    }

    /// Whether making one takes milliseconds (drawn as text) and not tens of them (drawn as pixels).
    pub fn is_cheap(self) -> bool {
        matches!(self, Self::Digital | Self::Correo)
    }
}

/// A paper on what it came on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Receta {
    /// What is written.
    pub papel: Papel,
    /// What it came on.
    pub soporte: Soporte,
}

/// How many pixels pictures have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tamano {
    /// As from a real device: 20 to 300 kB.
    Normal,
    /// A third of it a side, for worlds of a million expedientes.
    Pequeno,
}

/// A file that could not be made: a fault of this program.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// A page could not be drawn or encoded.
    #[error("no se ha podido dibujar una página de muestra")]
    Draw,
    /// The picture library refused.
    #[error("no se ha podido codificar una imagen de muestra")]
    Encode(#[from] image::ImageError),
}

/// Makes a file. The same arguments make the same bytes; `seed` moves what is by chance (signatures, skew, noise).
pub fn make(receta: Receta, datos: &Datos, seed: u64, tamano: Tamano) -> Result<Vec<u8>, FileError> {
    let mut azar = Azar::new(seed, Hilo::Archivo, receta.papel as u64 * 8 + receta.soporte as u64);
    let drawn = receta.papel.draw(receta.soporte, datos, &mut azar);
    match receta.soporte {
        Soporte::Digital => Ok(drawn.finish()),
        Soporte::Escaneo => scan::scan(drawn, receta.papel.titulo(), tamano, &mut azar),
        Soporte::Fax => fax::fax(drawn, datos, tamano, &mut azar),
        Soporte::Foto => photo::photo(drawn, tamano, &mut azar),
        Soporte::Captura => screenshot(drawn, tamano),
        Soporte::Correo => Ok(mail::mail(datos, receta.papel.titulo(), &drawn.finish(), &mut azar)),
    }
}

fn screenshot(drawn: canvas::Lienzo, tamano: Tamano) -> Result<Vec<u8>, FileError> {
    let ancho = if tamano == Tamano::Normal { 720 } else { 300 };
    let page = raster::first_page(drawn.finish(), ancho)?;
    let mut png = Vec::new();
    PngEncoder::new(&mut png).write_image(
        page.as_raw(),
        page.width(),
        page.height(),
        image::ExtendedColorType::Rgb8,
    )?;
    Ok(png)
}
