//! `/documentos/{id}/original`: the file as it came, byte for byte.

use super::conditional::{Part, has_already, part};
use super::extract::{Path, Query};
use crate::app::Actor;
use crate::app::documentos::original;
use crate::{AppError, AppResult, AppState};
use api::{Codigo, Problem};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::DocumentoId;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use tokio_util::io::ReaderStream;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Bytes read from the disk at once: with one such piece per download under way, memory stays flat.
const PIECE: usize = 64 * 1024;
/// `attr-char` of RFC 5987.
const NOT_ATTR_CHAR: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// The route of originals.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(bajar))
}

/// Which version.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
pub struct Params {
    /// Version; the current one when not said.
    #[serde(default)]
    version: Option<u32>,
}

/// The original, whole or in part.
#[utoipa::path(get, path = "/documentos/{id}/original", tag = "documentos",
    params(("id" = i64, Path, description = "Document"), Params, ("Range" = Option<String>, Header), ("If-Range" = Option<String>, Header),
        ("If-None-Match" = Option<String>, Header)),
    responses((status = 200, description = "Everything", content_type = "*/*"),
        (status = 206, description = "The range asked for", content_type = "*/*"), (status = 304, description = "The client has it"),
        (status = 404, body = Problem, description = "`no-encontrado`"), (status = 416, body = Problem, description = "`rango-invalido`")))]
async fn bajar(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<DocumentoId>,
    Query(params): Query<Params>,
    headers: HeaderMap,
) -> AppResult<Response> {
    let original = original(&state, &actor, id, params.version).await?;
    let etag = format!("\"{}\"", original.sum);
    if has_already(&headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, describe(&etag)?).into_response());
    }
    let total = original.bytes;
    let (status, from, len) = match part(&headers, &etag, total) {
        Part::Whole => (StatusCode::OK, 0, total),
        Part::Range { from, len } => (StatusCode::PARTIAL_CONTENT, from, len),
        Part::Outside => return Ok(outside(total)),
    };
    if state.blobs.size(&original.sum).await? != Some(total) {
        return Err(anyhow::anyhow!("original {} is damaged or missing", original.sum).into());
    }
    let reader = state.blobs.read(&original.sum, from, len).await?;
    let body = Body::from_stream(ReaderStream::with_capacity(reader, PIECE));
    let mut answer = (status, describe(&etag)?, body).into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, value(&original.mime)?);
    headers.insert(header::CONTENT_LENGTH, len.into());
    headers.insert(header::CONTENT_DISPOSITION, value(&disposition(&original.nombre))?);
    if status == StatusCode::PARTIAL_CONTENT {
        headers.insert(header::CONTENT_RANGE, value(&format!("bytes {from}-{}/{total}", from + len - 1))?);
    }
    Ok(answer)
}

/// Headers of the content, whether it is sent or not.
fn describe(etag: &str) -> AppResult<HeaderMap> {
    let mut headers = HeaderMap::new();
    headers.insert(header::ETAG, value(etag)?);
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    // `no-transform`: compressed on the way it would no longer be the original, nor have ranges.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache, no-transform"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(headers)
}

fn outside(total: u64) -> Response {
    let refused = AppError::refused(Codigo::RangoInvalido, "Se piden bytes que el fichero no tiene; bájelo entero.");
    let mut answer = refused.into_response();
    if let Ok(range) = format!("bytes */{total}").parse() {
        answer.headers_mut().insert(header::CONTENT_RANGE, range);
    }
    answer
}

/// RFC 6266: the name in UTF-8, and one in ASCII for those who do not read it.
fn disposition(nombre: &str) -> String {
    let ascii: String =
        nombre.chars().map(|c| if c.is_ascii() && !matches!(c, '"' | '\\' | '%') { c } else { '_' }).collect();
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{}", utf8_percent_encode(nombre, NOT_ATTR_CHAR))
}

fn value(text: &str) -> AppResult<HeaderValue> {
    Ok(HeaderValue::from_str(text).map_err(anyhow::Error::from)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_can_be_said_in_a_header() {
        assert_eq!(
            disposition("DNI de Íñigo 50%.pdf"),
            "attachment; filename=\"DNI de __igo 50_.pdf\"; filename*=UTF-8''DNI%20de%20%C3%8D%C3%B1igo%2050%25.pdf"
        );
        assert_eq!(disposition("a\"b'c.pdf"), "attachment; filename=\"a_b'c.pdf\"; filename*=UTF-8''a%22b%27c.pdf");
    }
}
