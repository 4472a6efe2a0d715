//! Headers of an upload, one a line as `name: value`. What is taken has a target, a type and a name that can be cleaned; everything
//! else is an answer between 400 and 499.

#![no_main]

use http::{HeaderMap, HeaderName, HeaderValue};
use libfuzzer_sys::fuzz_target;
use server::AppError;
use server::http::subidas::{headers as tus, metadata};

fuzz_target!(|bytes: &[u8]| {
    let headers: HeaderMap = bytes
        .split(|byte| *byte == b'\n')
        .filter_map(|line| {
            let colon = line.iter().position(|byte| *byte == b':')?;
            let name = HeaderName::from_bytes(&line[..colon]).ok()?;
            Some((name, HeaderValue::from_bytes(line[colon + 1..].trim_ascii()).ok()?))
        })
        .collect();
    let total = tus::upload_length(&headers).map_err(refused).unwrap_or_default();
    match metadata::read(&headers, total) {
        Ok(nueva) => {
            assert!(!nueva.nombre.is_empty() && !nueva.tipo.as_str().is_empty());
            assert!(!domain::clean_file_name(&nueva.nombre).is_empty());
        }
        Err(error) => refused(error),
    }
    let _ = tus::upload_offset(&headers).map_err(refused);
    let _ = tus::upload_checksum(&headers).map_err(refused);
    let _ = tus::require_version(&headers).map_err(refused);
    let _ = tus::require_chunk(&headers).map_err(refused);
    let _ = tus::method_override(&headers);
});

fn refused(error: AppError) {
    let status = error.problem().status;
    assert!((400..500).contains(&status), "{status}");
}
