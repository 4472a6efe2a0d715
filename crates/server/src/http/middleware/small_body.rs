//! HTTP/1: a small body is read before its request is looked at.
//!
//! Whatever is refused by its head alone leaves the body unread. Over HTTP/1 the connection is then closed, and a client that takes the
//! refusal and sends its next request on it, as it may, meets the end of the line instead of an answer.

use crate::AppError;
use api::Codigo;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Version, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::time::Duration;

/// Largest body, in bytes, that is kept in memory for that.
const SMALL: usize = 64 * 1024;

/// The layer. The body is to be here within the time limit of an answer.
pub async fn layer(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    if request.version() >= Version::HTTP_2 || !is_small(request.headers()) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    match tokio::time::timeout(limit, to_bytes(body, SMALL)).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Err(_)) | Err(_) => AppError::refused(
            Codigo::PeticionInvalida,
            "La conexión se cortó antes de llegar toda la petición; envíela otra vez.",
        )
        .into_response(),
    }
}

/// Bytes of uploads are not: each that came counts, even of a body that is cut.
fn is_small(headers: &HeaderMap) -> bool {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    length.is_some_and(|length| (1..=SMALL).contains(&length)) && !crate::http::subidas::content_is_chunk(headers)
}
