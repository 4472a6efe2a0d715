//! A handler that panics costs one request.

use crate::AppError;
use axum::response::{IntoResponse, Response};
use std::any::Any;

/// 500, with the panic's message in the log.
pub fn answer(cause: Box<dyn Any + Send + 'static>) -> Response {
    let message =
        cause.downcast_ref::<&str>().map(|text| (*text).to_owned()).or_else(|| cause.downcast_ref::<String>().cloned());
    AppError::Internal(anyhow::anyhow!("panic: {}", message.unwrap_or_default())).into_response()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use axum::Router;
    use axum::body::Body;
    use axum::http::{Request, header};
    use axum::routing::get;
    use tower::ServiceExt;
    use tower_http::catch_panic::CatchPanicLayer;

    #[tokio::test]
    async fn the_cause_stays_in_the_log() {
        let fall = async || -> &'static str { panic!("secreto") };
        let router = Router::new().route("/", get(fall)).layer(CatchPanicLayer::custom(answer));
        let response = router.oneshot(Request::new(Body::empty())).await.unwrap();
        assert_eq!(response.status(), 500);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
        let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
        let problem: api::Problem = serde_json::from_slice(&body).unwrap();
        assert_eq!(problem.codigo, api::Codigo::Interno);
        assert!(!String::from_utf8_lossy(&body).contains("secreto"));
    }
}
