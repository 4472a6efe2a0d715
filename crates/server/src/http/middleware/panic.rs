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
