//! `Upload-Metadata`: pairs of a key and a value in base64, parted by commas.

use super::headers::malformed;
use crate::app::subidas::Nueva;
use crate::{AppError, AppResult};
use api::problem::CampoMalo;
use api::subida::metadata as key;
use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeMap;
use std::str::FromStr;

/// Longest header that is read, in bytes: a name of 4,000 characters fits.
const MAX_BYTES: usize = 24 * 1024;
/// Longest client-made key.
const MAX_CLAVE: usize = 64;

/// What an upload is to become.
pub fn read(headers: &HeaderMap, total: u64) -> AppResult<Nueva> {
    let text = headers.get("upload-metadata").map(|value| value.to_str()).transpose();
    let text = text.map_err(|_| malformed("La cabecera Upload-Metadata no es ASCII."))?.unwrap_or_default();
    let pairs = parse(text)?;
    let get = |key: &str| pairs.get(key).map(String::as_str).filter(|value| !value.is_empty());
    let nombre = get(key::NOMBRE).or_else(|| get("filename")).ok_or_else(|| missing(key::NOMBRE))?;
    let clave = get(key::CLAVE).map(str::to_owned);
    if clave.as_ref().is_some_and(|c| c.len() > MAX_CLAVE || !c.bytes().all(|b| b.is_ascii_graphic())) {
        return Err(wrong(key::CLAVE));
    }
    Ok(Nueva {
        total,
        expediente: typed(&get, key::EXPEDIENTE)?.ok_or_else(|| missing(key::EXPEDIENTE))?,
        tipo: get(key::TIPO).ok_or_else(|| missing(key::TIPO))?.into(),
        nombre: nombre.to_owned(),
        version_de: typed(&get, key::DOCUMENTO)?,
        sha256: typed(&get, key::SHA256)?,
        clave,
        metadatos: text.to_owned(),
    })
}

fn typed<'p, T: FromStr>(get: &impl Fn(&str) -> Option<&'p str>, key: &str) -> AppResult<Option<T>> {
    get(key).map(|text| text.parse().map_err(|_| wrong(key))).transpose()
}

fn missing(key: &str) -> AppError {
    invalid(key, format!("Falta «{key}» en los datos de la subida."))
}

fn wrong(key: &str) -> AppError {
    invalid(key, format!("El dato «{key}» de la subida no vale."))
}

fn invalid(campo: &str, mensaje: String) -> AppError {
    AppError::invalid(vec![CampoMalo { campo: campo.to_owned(), mensaje }])
}

/// The pairs. Keys are ASCII without spaces and commas, and unique; a value may be missing, and then is empty.
fn parse(text: &str) -> AppResult<BTreeMap<String, String>> {
    let bad = || {
        malformed("La cabecera Upload-Metadata está mal: son pares de clave y valor en base64, separados por comas.")
    };
    if text.len() > MAX_BYTES {
        return Err(malformed("La cabecera Upload-Metadata es demasiado larga."));
    }
    let mut pairs = BTreeMap::new();
    for pair in text.split(',').map(|pair| pair.trim_matches(' ')).filter(|_| !text.is_empty()) {
        let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
        let value = STANDARD.decode(value.trim_matches(' ')).map_err(|_| bad())?;
        let value = String::from_utf8(value).map_err(|_| bad())?;
        if key.is_empty() || pairs.insert(key.to_owned(), value).is_some() {
            return Err(bad());
        }
    }
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use api::Codigo;

    fn header(pairs: &[(&str, &str)]) -> HeaderMap {
        let text: Vec<_> = pairs.iter().map(|(key, value)| format!("{key} {}", STANDARD.encode(value))).collect();
        HeaderMap::from_iter([("upload-metadata".parse().unwrap(), text.join(",").parse().unwrap())])
    }

    #[test]
    fn what_common_clients_send_is_read() {
        let sum = "ab".repeat(32);
        let headers = header(&[
            ("filename", "año.pdf"),
            ("filetype", "application/pdf"),
            ("expediente", "7"),
            ("tipo", "dni"),
            ("sha256", &sum),
            ("clave", "k-1"),
        ]);
        let nueva = read(&headers, 9).unwrap();
        assert_eq!((nueva.nombre.as_str(), nueva.expediente.0, nueva.tipo.as_str()), ("año.pdf", 7, "dni"));
        assert_eq!((nueva.sha256.unwrap().to_string(), nueva.clave.unwrap(), nueva.total), (sum, "k-1".to_owned(), 9));
        assert_eq!(nueva.version_de, None);
    }

    #[test]
    fn a_key_without_a_value_is_one() {
        let pairs = parse("a YQ==,is_confidential, b ").unwrap();
        assert_eq!(pairs.into_values().collect::<Vec<_>>(), ["a", "", ""]);
        assert!(parse("").unwrap().is_empty());
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        let good = [("nombre", "a"), ("expediente", "7"), ("tipo", "dni")];
        for (key, bad) in [
            ("nombre", ""),
            ("expediente", ""),
            ("expediente", "x"),
            ("tipo", ""),
            ("sha256", "abc"),
            ("documento", "1.5"),
            ("clave", "con espacios"),
            ("clave", &*"k".repeat(65)),
        ] {
            let mut pairs = good.to_vec();
            pairs.retain(|(k, _)| *k != key);
            pairs.push((key, bad));
            let problem = read(&header(&pairs), 9).unwrap_err().problem();
            assert_eq!(
                (problem.codigo, problem.campos[0].campo.as_str()),
                (Codigo::DatosInvalidos, key),
                "{key} {bad}"
            );
        }
    }

    #[test]
    fn what_is_no_metadata_is_refused() {
        let long = format!("a {}", "YWFh".repeat(MAX_BYTES / 4));
        for text in ["a ñ", "a YQ=", "a YQ==,a YQ==", ",", "a YQ==,,b YQ==", "a YQ== YQ==", "a /w==", &long] {
            assert_eq!(parse(text).unwrap_err().problem().codigo, Codigo::PeticionInvalida, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_header_makes_it_panic(text in proptest::prelude::any::<String>()) {
            let _ = parse(&text);
        }
    }
}
