//! Opening PDFs that ask for a password (ISO 32000-1, 7.6.3).
//!
//! In files older than PDF 2.0 the engine knows the user's password only. They keep it encrypted with the owner's, so
//! from the owner's it is found here. Those files also mean the letters of PDFDocEncoding where the engine takes UTF-8:
//! a right password with an ñ cannot be told to it, and is not called a wrong one.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use md5::{Digest as _, Md5};
use pdf_extract::{Dictionary, Document};

use crate::{Archivo, Clave, RenderError};

/// What stands for the missing letters of a short password.
const RELLENO: [u8; 32] = [
    0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08, 0x2e, 0x2e, 0x00,
    0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a,
];

/// An open file, and the password that its other reader needs.
pub struct Abierto {
    pub pdf: Pdf,
    pub clave: String,
}

/// Opens a file: with the empty password first, as every reader does, then with the one given.
pub fn abrir(archivo: Archivo<'_>) -> Result<Abierto, RenderError> {
    let bytes = Arc::new(archivo.bytes.to_vec());
    match probar(&bytes, "")? {
        Some(pdf) => Ok(Abierto { pdf, clave: String::new() }),
        None => con_clave(&bytes, archivo.clave.ok_or(RenderError::ClaveNecesaria)?),
    }
}

/// Opens it with this password; `None` if it has another.
fn probar(bytes: &Arc<Vec<u8>>, clave: &str) -> Result<Option<Pdf>, RenderError> {
    match Pdf::new_with_password(Arc::clone(bytes), clave) {
        Ok(pdf) => Ok(Some(pdf)),
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => Ok(None),
        Err(LoadPdfError::Decryption(DecryptionError::UnsupportedAlgorithm)) => Err(RenderError::Cifrado),
        Err(LoadPdfError::Decryption(_) | LoadPdfError::Invalid) => Err(RenderError::Roto),
    }
}

fn con_clave(bytes: &Arc<Vec<u8>>, clave: &Clave) -> Result<Abierto, RenderError> {
    let doc = sin_panico(|| Document::load_mem(bytes).ok());
    let cifrado = doc.as_ref().and_then(|doc| doc.get_encrypted().ok());
    let del_propietario = cifrado.and_then(|cifrado| del_usuario(cifrado, clave.as_str()));
    for clave in [Some(clave.as_str().to_owned()), del_propietario].into_iter().flatten() {
        if let Some(pdf) = probar(bytes, &clave)? {
            return Ok(Abierto { pdf, clave });
        }
        let es_esta = |doc: &Document| sin_panico(|| doc.authenticate_user_password(&clave).ok()).is_some();
        if doc.as_ref().is_some_and(es_esta) {
            return Err(RenderError::Cifrado);
        }
    }
    Err(RenderError::ClaveIncorrecta)
}

fn sin_panico<T>(trabajo: impl FnOnce() -> Option<T>) -> Option<T> {
    catch_unwind(AssertUnwindSafe(trabajo)).ok().flatten()
}

/// The user's password, which older files keep encrypted with the owner's (algorithm 7).
fn del_usuario(cifrado: &Dictionary, propietario: &str) -> Option<String> {
    let numero = |clave: &[u8]| cifrado.get(clave).ok()?.as_i64().ok();
    let revision = numero(b"R").filter(|r| (2..=4).contains(r))?;
    let bits = if revision == 2 { 40 } else { numero(b"Length").unwrap_or(if revision == 4 { 128 } else { 40 }) };
    let largo = usize::try_from(bits / 8).ok().filter(|n| (5..=16).contains(n))?;

    // PDFDocEncoding has the letters of Latin-1 where Latin-1 has them.
    let letras: Option<Vec<u8>> = propietario.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    let rellena: Vec<u8> = letras?.into_iter().chain(RELLENO).take(32).collect();
    let mut suma = Md5::digest(&rellena);
    for _ in 0..if revision == 2 { 0 } else { 50 } {
        suma = Md5::digest(&suma[..largo]);
    }
    let mut usuario = cifrado.get(b"O").ok()?.as_str().ok()?.get(..32)?.to_vec();
    for n in (0..if revision == 2 { 1 } else { 20_u8 }).rev() {
        let clave: Vec<u8> = suma[..largo].iter().map(|byte| byte ^ n).collect();
        rc4(&clave, &mut usuario);
    }
    let fin = (0..=32).find(|n| usuario[*n..] == RELLENO[..32 - n])?;
    Some(usuario[..fin].iter().map(|byte| char::from(*byte)).collect())
}

/// Encrypts or decrypts in place, which is the same.
fn rc4(clave: &[u8], datos: &mut [u8]) {
    let mut caja: [u8; 256] = std::array::from_fn(|n| n as u8);
    let mut j = 0_u8;
    for i in 0..256 {
        j = j.wrapping_add(caja[i]).wrapping_add(clave[i % clave.len()]);
        caja.swap(i, usize::from(j));
    }
    let (mut i, mut j) = (0_u8, 0_u8);
    for byte in datos {
        i = i.wrapping_add(1);
        j = j.wrapping_add(caja[usize::from(i)]);
        caja.swap(usize::from(i), usize::from(j));
        *byte ^= caja[usize::from(caja[usize::from(i)].wrapping_add(caja[usize::from(j)]))];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cipher_is_the_known_one() {
        let mut datos = *b"Plaintext";
        rc4(b"Key", &mut datos);
        assert_eq!(datos, [0xbb, 0xf3, 0x16, 0xe8, 0xd9, 0x40, 0xaf, 0x0a, 0xd3]);
    }
}
