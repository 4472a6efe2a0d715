//! Nothing takes for ever: neither a body that comes in drops nor a handler that is stuck.

use crate::AppError;
use api::{Codigo, Problem, paths};
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::time::Duration;

/// After how many seconds it may be worth trying again.
const RETRY: u64 = 5;

/// 503 when an answer has not begun after that time; whatever was being written is rolled back. Uploads, downloads and the event stream
/// take as long as the line needs: they have limits of their own.
pub async fn layer(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    if request.extensions().get::<MatchedPath>().is_some_and(|path| is_long(path.as_str())) {
        return next.run(request).await;
    }
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let detail = "La petición ha tardado demasiado y no se ha hecho; vuelva a intentarlo.";
            let problem = Box::new(Problem::new(Codigo::NoDisponible, detail));
            AppError::Later { problem, seconds: RETRY }.into_response()
        }
    }
}

fn is_long(template: &str) -> bool {
    let path = template.strip_prefix(paths::BASE).unwrap_or(template);
    path == "/eventos" || path.starts_with("/subidas") || path.ends_with("/original")
}
