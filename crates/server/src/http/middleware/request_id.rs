//! An id for every request: in the answer's header, in a problem's body, in the log, in the audit trail.

use crate::http::extract::RequestId;
use api::{Problem, paths};
use axum::body::Body;
use axum::extract::{Extension, Request};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// Draws the id and writes it where it is looked for. 48 random bits: short on the line, unique enough for a log.
pub async fn layer(mut request: Request, next: Next) -> Response {
    let bytes: [u8; 6] = rand::random();
    let id: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static(paths::REQUEST_ID), value);
    }
    response
}

/// Writes the id into a problem's body. Before compression: after it the body would no longer be what its headers say.
pub async fn in_problem(Extension(RequestId(id)): Extension<RequestId>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Problem>() {
        Some(problem) => with_id(response, problem, id),
        None => response,
    }
}

fn with_id(response: Response, mut problem: Problem, id: String) -> Response {
    problem.peticion = Some(id);
    let Ok(body) = serde_json::to_vec(&problem) else { return response };
    let (mut parts, _) = response.into_parts();
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    Response::from_parts(parts, Body::from(body))
}
