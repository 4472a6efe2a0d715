//! One line a request, without personal data: method, route's template, status, time, bytes. Never the query: it holds what people search for.

use crate::http::extract::RequestId;
use crate::http::watched::{Watcher, watched};
use crate::metrics::Metrics;
use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use std::time::{Duration, Instant};

/// Counts when the answer begins; logs when it is over, for only then is its length known. `ms` is until it began.
pub async fn layer(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route =
        request.extensions().get::<MatchedPath>().map_or_else(|| "-".to_owned(), |path| path.as_str().to_owned());
    let id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let response = next.run(request).await;
    let took = began.elapsed();
    let status = response.status().as_u16();
    metrics.request(&method, &route, status, took);
    response.map(|body| watched(body, Line { id, method, route, status, took, bytes: 0 }))
}

/// The line, written when it is dropped.
struct Line {
    id: String,
    method: Method,
    route: String,
    status: u16,
    took: Duration,
    bytes: u64,
}

impl Watcher for Line {
    fn given(&mut self, bytes: u64) {
        self.bytes += bytes;
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let Self { id, method, route, status, took, bytes } = self;
        tracing::info!(peticion = %id, %method, route = %route, status, ms = took.as_secs_f64() * 1000.0, bytes, "request");
    }
}
