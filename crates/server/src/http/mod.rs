//! The edge: routes, extractors, problem+json. To add a route: its handler in the file of its noun, one line in `api_routes`.

pub mod avisos;
pub mod conditional;
pub mod documentos;
pub mod entidades;
pub mod eventos;
pub mod expedientes;
pub mod extract;
pub mod fases;
pub mod indice;
pub mod middleware;
pub mod notas;
mod openapi;
pub mod original;
pub mod paginas;
pub mod plantillas;
pub mod servidor;
pub mod sesion;
pub mod subidas;
pub mod vistas;
pub(crate) mod watched;

use crate::metrics::Metrics;
use crate::{AppError, AppState};
use api::{Codigo, paths};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::get;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Largest JSON body, in bytes. Uploads stream and have their own limit.
const BODY_MAX: usize = 1024 * 1024;

/// Every route of the API, without its base.
fn api_routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(servidor::routes())
        .merge(sesion::routes())
        .merge(entidades::routes())
        .merge(expedientes::routes())
        .merge(indice::routes())
        .merge(fases::routes())
        .merge(notas::routes())
        .merge(avisos::routes())
        .merge(vistas::routes())
        .merge(documentos::routes())
        .merge(original::routes())
        .merge(plantillas::routes())
        .merge(paginas::routes())
        .merge(subidas::routes())
        .merge(eventos::routes())
}

fn routes_and_document() -> (Router<AppState>, utoipa::openapi::OpenApi) {
    let all = OpenApiRouter::with_openapi(openapi::Document::openapi())
        .nest(paths::BASE, api_routes())
        .routes(routes!(servidor::salud));
    let (router, mut document) = all.split_for_parts();
    openapi::complete(&mut document);
    (router, document)
}

/// The OpenAPI 3.1 document, the same for every build of the same code.
pub fn openapi_json() -> String {
    let (_, document) = routes_and_document();
    let mut text = document.to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}

/// The whole service as one router; an answer begins within `limit`, or is a refusal.
pub fn router(state: AppState, metrics: Metrics, limit: Duration) -> Router {
    let (router, _) = routes_and_document();
    let document: std::sync::Arc<str> = openapi_json().into();
    let serve_document = move || {
        let document = document.to_string();
        async move { ([(header::CONTENT_TYPE, "application/json")], document) }
    };
    router
        .route(paths::OPENAPI, get(serve_document))
        .method_not_allowed_fallback(async || {
            AppError::refused(
                Codigo::MetodoNoPermitido,
                "Esa dirección no admite ese método; vea el documento OpenAPI.",
            )
            .into_response()
        })
        .fallback(async || AppError::not_found("esa dirección").into_response())
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .layer(from_fn_with_state(state.clone(), middleware::config_version::layer))
        .layer(from_fn_with_state(limit, middleware::small_body::layer))
        .layer(from_fn_with_state(limit, middleware::time_limit::layer))
        .layer(CatchPanicLayer::custom(middleware::panic::answer))
        .layer(from_fn(middleware::request_id::in_problem))
        .layer(middleware::compression::layer())
        .layer(from_fn_with_state(metrics, middleware::access_log::layer))
        .layer(from_fn(middleware::request_id::layer))
        .with_state(state)
}
