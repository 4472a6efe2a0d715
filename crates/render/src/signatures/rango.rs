//! What of the file a signature covers: all but the hole in which it itself stands.

use hayro::hayro_syntax::object::{Array, Dict};

use super::fallo::Fallo;

/// The signed bytes, and the signature that stands between them.
pub struct Rango<'a> {
    /// Before the signature and after it.
    pub trozos: [&'a [u8]; 2],
    /// The signature, as bytes.
    pub firma: Vec<u8>,
    /// Whether nothing of the file comes after what is covered.
    pub hasta_el_final: bool,
    /// Where it ends.
    pub fin: usize,
}

impl<'a> Rango<'a> {
    /// Reads the `ByteRange` of a signature dictionary.
    pub fn de(firma: &Dict<'_>, bytes: &'a [u8]) -> Result<Self, Fallo> {
        let numeros: Vec<i64> =
            firma.get::<Array<'_>>("ByteRange").map(|rango| rango.iter::<i64>().take(5).collect()).unwrap_or_default();
        let numeros: Vec<usize> = numeros.into_iter().filter_map(|n| usize::try_from(n).ok()).collect();
        let [0, largo, desde, resto] = numeros[..] else { return Err(Fallo::Rango) };
        let fin = desde.checked_add(resto).filter(|fin| *fin <= bytes.len() && largo <= desde).ok_or(Fallo::Rango)?;
        let firma = hexadecimal(&bytes[largo..desde]).ok_or(Fallo::Rango)?;
        // Some programs end the file with one more line end than they sign.
        let hasta_el_final = bytes[fin..].iter().all(u8::is_ascii_whitespace);
        Ok(Self { trozos: [&bytes[..largo], &bytes[desde..fin]], firma, hasta_el_final, fin })
    }
}

/// The bytes of a hexadecimal string, which must be all that the hole holds.
fn hexadecimal(hueco: &[u8]) -> Option<Vec<u8>> {
    let hueco = hueco.trim_ascii();
    let hueco = hueco.strip_prefix(b"<").unwrap_or(hueco);
    let hueco = hueco.strip_suffix(b">").unwrap_or(hueco);
    let mut bytes = Vec::with_capacity(hueco.len() / 2);
    let mut alto = None;
    for c in hueco.iter().filter(|c| !c.is_ascii_whitespace()) {
        // A hexadecimal digit is below 16.
        let cifra = char::from(*c).to_digit(16)? as u8;
        match alto.take() {
            None => alto = Some(cifra),
            Some(alto) => bytes.push(alto << 4 | cifra),
        }
    }
    bytes.extend(alto.map(|alto| alto << 4));
    Some(bytes)
}
