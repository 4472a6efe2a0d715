//! Headers of tus, read strictly.

use crate::app::subidas::{Algorithm, Checksum};
use crate::{AppError, AppResult};
use api::subida::TUS_VERSION;
use api::{Codigo, Problem};
use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

const CHUNK: &str = "application/offset+octet-stream";

/// 412 unless the client speaks the version of the service.
pub fn require_version(headers: &HeaderMap) -> AppResult<()> {
    if headers.get("tus-resumable").is_some_and(|version| version == TUS_VERSION) {
        return Ok(());
    }
    Err(with_status(
        412,
        format!("Este servicio habla tus {TUS_VERSION}: falta la cabecera Tus-Resumable o es de otra versión."),
    ))
}

/// `Upload-Length`. A length that comes later (`Upload-Defer-Length`) is an extension the service has not.
pub fn upload_length(headers: &HeaderMap) -> AppResult<u64> {
    if headers.contains_key("upload-defer-length") {
        return Err(malformed(
            "Hay que decir el tamaño al empezar la subida: este servicio no admite Upload-Defer-Length.",
        ));
    }
    number(headers, "upload-length")
}

/// `Upload-Offset`.
pub fn upload_offset(headers: &HeaderMap) -> AppResult<u64> {
    number(headers, "upload-offset")
}

/// `Upload-Checksum`, if there is one.
pub fn upload_checksum(headers: &HeaderMap) -> AppResult<Option<Checksum>> {
    let Some(header) = headers.get("upload-checksum") else { return Ok(None) };
    let wrong =
        || malformed("La cabecera Upload-Checksum tiene que ser «sha1» o «sha256», un espacio y la suma en base64.");
    let (algorithm, sum) = header.to_str().ok().and_then(|text| text.trim().split_once(' ')).ok_or_else(wrong)?;
    let (algorithm, len) = match algorithm {
        "sha1" => (Algorithm::Sha1, 20),
        "sha256" => (Algorithm::Sha256, 32),
        _ => return Err(wrong()),
    };
    let expected = STANDARD.decode(sum.trim()).map_err(|_| wrong())?;
    if expected.len() != len {
        return Err(wrong());
    }
    Ok(Some(Checksum { algorithm, expected }))
}

/// Whether the content is bytes of an upload.
pub fn content_is_chunk(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == CHUNK)
}

/// 415 unless the content is bytes of an upload.
pub fn require_chunk(headers: &HeaderMap) -> AppResult<()> {
    if content_is_chunk(headers) {
        return Ok(());
    }
    Err(with_status(415, format!("Los datos de una subida se envían como {CHUNK}.")))
}

/// A method in disguise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Override {
    /// Bytes.
    Patch,
    /// The end.
    Delete,
}

/// `X-HTTP-Method-Override`.
pub fn method_override(headers: &HeaderMap) -> Option<Override> {
    match headers.get("x-http-method-override")?.as_bytes() {
        b"PATCH" => Some(Override::Patch),
        b"DELETE" => Some(Override::Delete),
        _ => None,
    }
}

/// 405 for a `POST` to an upload that is none in disguise.
pub fn not_allowed() -> AppError {
    AppError::refused(Codigo::MetodoNoPermitido, "A una subida se le envían datos con PATCH, no con POST.")
}

/// Seconds precision, as RFC 9110 section 5.6.7 has it.
pub fn http_date(ms: i64) -> String {
    let stamp = jiff::Timestamp::from_millisecond(ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    stamp.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// 400 with a sentence.
pub fn malformed(detail: impl Into<String>) -> AppError {
    AppError::refused(Codigo::PeticionInvalida, detail)
}

fn number(headers: &HeaderMap, name: &str) -> AppResult<u64> {
    let text = headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim).unwrap_or_default();
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match text.parse() {
        Ok(number) if digits => Ok(number),
        _ => Err(malformed(format!("Falta la cabecera {name}, o no es un número."))),
    }
}

/// A malformed request with the status that tus wants for it.
fn with_status(status: u16, detail: String) -> AppError {
    let mut problem = Problem::new(Codigo::PeticionInvalida, detail);
    problem.status = status;
    AppError::Refused(Box::new(problem))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn with(name: &'static str, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name.parse().unwrap(), value.parse().unwrap())])
    }

    #[test]
    fn checksums_are_read() {
        let good = upload_checksum(&with("upload-checksum", "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=")).unwrap().unwrap();
        assert_eq!((good.algorithm, good.expected.len()), (Algorithm::Sha1, 20));
        assert_eq!(upload_checksum(&HeaderMap::new()).unwrap(), None);
        for bad in
            ["", "sha1", "md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha1 Kq5s", "sha256 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", "sha1 ñ"]
        {
            let header = HeaderMap::from_iter([(
                "upload-checksum".parse().unwrap(),
                axum::http::HeaderValue::from_bytes(bad.as_bytes()).unwrap(),
            )]);
            assert_eq!(upload_checksum(&header).unwrap_err().problem().status, 400, "{bad}");
        }
    }

    #[test]
    fn numbers_are_digits_alone() {
        assert_eq!(upload_offset(&with("upload-offset", "0")).unwrap(), 0);
        assert_eq!(upload_length(&with("upload-length", "209715200")).unwrap(), 209_715_200);
        for bad in ["", "-1", "+1", "1.5", "0x10", "99999999999999999999999"] {
            assert!(upload_offset(&with("upload-offset", bad)).is_err(), "{bad}");
        }
        assert!(upload_length(&with("upload-defer-length", "1")).is_err());
    }

    #[test]
    fn a_date_reads_as_in_rfc_9110() {
        assert_eq!(http_date(784_111_777_999), "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
