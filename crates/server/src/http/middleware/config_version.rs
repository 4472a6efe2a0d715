//! The version of the configuration in every answer: a client that has another asks for its modelo again.

use crate::AppState;
use api::paths;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

/// Adds the header. The version is that from before the answer: when it changed meanwhile, the client looks once too often, never too seldom.
pub async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let version = state.config().version;
    let mut response = next.run(request).await;
    response.headers_mut().insert(HeaderName::from_static(paths::CONFIG_VERSION), HeaderValue::from(version));
    response
}
