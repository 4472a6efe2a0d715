//! Fax pages inside TIFF: CCITT Group 3 (one- and two-dimensional) and Group 4, ITU-T T.4 and T.6.
//!
//! The TIFF reader knows only Group 4 and stops at the first wrong code. The fax decoder of the PDF engine knows all
//! of them and goes on after a damaged line, as paper faxes always did, so it is used for all.

use hayro_ccitt::{DecodeSettings, Decoder, DecoderContext, EncodingMode, decode};
use image::GrayImage;

/// What the tags of a page say about its fax data (TIFF 6.0, sections 8, 10 and 11).
pub struct Ajustes {
    /// Width in pixels.
    pub ancho: u32,
    /// Height in pixels.
    pub alto: u32,
    /// Rows in each strip but the last.
    pub filas_por_tira: u32,
    /// Compression: 2 is Huffman by rows, 3 is Group 3, 4 is Group 4.
    pub compresion: u16,
    /// T4Options: bit 0 says two-dimensional.
    pub t4: u32,
    /// FillOrder 2: the first pixel of a byte is its lowest bit.
    pub bits_al_reves: bool,
    /// Photometric 1: what the code calls white is black.
    pub negativo: bool,
}

/// Decodes the strips of a page; lines that cannot be read stay white.
pub fn pagina<'a>(tiras: impl Iterator<Item = &'a [u8]>, a: &Ajustes) -> GrayImage {
    let blanco = if a.negativo { 0 } else { 255 };
    let mut hoja = GrayImage::from_pixel(a.ancho, a.alto, image::Luma([blanco]));
    let ancho = a.ancho as usize;
    let mut filas = hoja.chunks_exact_mut(ancho.max(1));
    let mut quedan = a.alto;
    for tira in tiras {
        let altura = quedan.min(a.filas_por_tira);
        if altura == 0 {
            break;
        }
        quedan -= altura;
        let mut destino = Filas { filas: filas.by_ref().take(altura as usize), tinta: 255 - blanco };
        let al_reves: Vec<u8>;
        let datos = if a.bits_al_reves {
            al_reves = tira.iter().map(|b| b.reverse_bits()).collect();
            &al_reves
        } else {
            tira
        };
        // An error means that the strip ends early; the lines before it are drawn already.
        let _ = decode(datos, &mut destino, &mut DecoderContext::new(ajustes(a, altura)));
        destino.filas.for_each(drop);
    }
    hoja
}

fn ajustes(a: &Ajustes, filas: u32) -> DecodeSettings {
    DecodeSettings {
        columns: a.ancho,
        rows: filas,
        end_of_block: true,
        end_of_line: a.compresion == 3,
        rows_are_byte_aligned: a.compresion == 2,
        encoding: match a.compresion {
            4 => EncodingMode::Group4,
            3 if a.t4 & 1 == 1 => EncodingMode::Group3_2D,
            _ => EncodingMode::Group3_1D,
        },
        strict: false,
    }
}

/// Writes decoded lines one after the other.
struct Filas<I> {
    filas: I,
    tinta: u8,
}

impl<'a, I: Iterator<Item = &'a mut [u8]>> Decoder for Filas<I> {
    fn push_row(&mut self, cambios: &[u32]) {
        let Some(fila) = self.filas.next() else { return };
        for tramo in cambios.chunks(2) {
            let fin = tramo.get(1).map_or(fila.len(), |n| *n as usize);
            if let Some(pixeles) = fila.get_mut(tramo[0] as usize..fin) {
                pixeles.fill(self.tinta);
            }
        }
    }
}
