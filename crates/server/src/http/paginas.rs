//! `/documentos/{id}/paginas/{n}` and `/documentos/{id}/texto`: what there is to see of a document.

use super::conditional::has_already;
use super::extract::{Path, Query};
use crate::app::Actor;
use crate::app::paginas::{Wanted, look};
use crate::{AppError, AppResult, AppState};
use api::documento::PaginaParams;
use api::{Codigo, Problem, paths};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::DocumentoId;
use render::{Calidad, Peticion};
use serde::Deserialize;
use std::time::Instant;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Shortest side of the box in pixels.
const MIN_SIDE: u32 = 16;

/// Routes of what there is to see.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(pagina)).routes(routes!(texto))
}

/// One page as an image that fits in a box. The header `Paginas` has the count.
#[utoipa::path(get, path = "/documentos/{id}/paginas/{n}", tag = "documentos",
    params(("id" = i64, Path, description = "Document"), ("n" = u32, Path, description = "Page, from 1"), PaginaParams,
        ("If-None-Match" = Option<String>, Header)),
    responses((status = 200, description = "The page", content_type = "image/png",
            headers(("Paginas" = u32, description = "Pages of the document"))),
        (status = 304, description = "The client has it"), (status = 404, body = Problem, description = "`no-encontrado`"),
        (status = 422, body = Problem, description = "`sin-vista-previa`: `detail` says why")))]
async fn pagina(
    State(state): State<AppState>,
    actor: Actor,
    Path((id, n)): Path<(DocumentoId, u32)>,
    Query(params): Query<PaginaParams>,
    headers: HeaderMap,
) -> AppResult<Response> {
    let wanted = Wanted::Page(peticion(n, &params)?);
    show(&state, &actor, id, params.version, wanted, &headers).await
}

/// Which text.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
pub struct TextoParams {
    /// Page, from 1; all of them when not said.
    #[serde(default)]
    pagina: Option<u32>,
    /// Version; the current one when not said.
    #[serde(default)]
    version: Option<u32>,
}

/// The text of a page, or of the whole document.
#[utoipa::path(get, path = "/documentos/{id}/texto", tag = "documentos",
    params(("id" = i64, Path, description = "Document"), TextoParams, ("If-None-Match" = Option<String>, Header)),
    responses((status = 200, body = String, content_type = "text/plain; charset=utf-8"), (status = 304, description = "The client has it"),
        (status = 404, body = Problem, description = "`no-encontrado`"),
        (status = 422, body = Problem, description = "`sin-vista-previa`: `detail` says why")))]
async fn texto(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<DocumentoId>,
    Query(params): Query<TextoParams>,
    headers: HeaderMap,
) -> AppResult<Response> {
    show(&state, &actor, id, params.version, Wanted::Text(params.pagina), &headers).await
}

async fn show(
    state: &AppState,
    actor: &Actor,
    id: DocumentoId,
    version: Option<u32>,
    wanted: Wanted,
    headers: &HeaderMap,
) -> AppResult<Response> {
    let look = look(state, actor, id, version, wanted).await?;
    let etag = format!("\"{}\"", look.key());
    let mut answer = if has_already(headers, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let start = Instant::now();
        let drawn = look.draw(state).await?;
        let took = format!("app;dur={:.1}", start.elapsed().as_secs_f64() * 1e3);
        let mut answer = drawn.bytes.clone().into_response();
        answer.headers_mut().insert(header::CONTENT_TYPE, value(&drawn.mime)?);
        answer.headers_mut().insert(HeaderName::from_static(paths::SERVER_TIMING), value(&took)?);
        if drawn.paginas > 0 {
            answer.headers_mut().insert(HeaderName::from_static(paths::PAGINAS), drawn.paginas.into());
        }
        answer
    };
    let headers = answer.headers_mut();
    headers.insert(header::ETAG, value(&etag)?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(answer)
}

fn peticion(pagina: u32, params: &PaginaParams) -> AppResult<Peticion> {
    let sides = MIN_SIDE..=render::MAX_LADO;
    if !sides.contains(&params.ancho) || !sides.contains(&params.alto) {
        let detail = format!("El ancho y el alto de la página van de {MIN_SIDE} a {} píxeles.", render::MAX_LADO);
        return Err(AppError::refused(Codigo::PeticionInvalida, detail));
    }
    let giro = params.giro.unwrap_or_default();
    if !matches!(giro, 0 | 90 | 180 | 270) {
        return Err(AppError::refused(
            Codigo::PeticionInvalida,
            "El giro de la página puede ser 0, 90, 180 o 270 grados.",
        ));
    }
    let calidad: Calidad = match params.calidad.as_deref() {
        None => Calidad::default(),
        Some(name) => name
            .parse()
            .map_err(|e: render::CalidadDesconocida| AppError::refused(Codigo::PeticionInvalida, e.to_string()))?,
    };
    Ok(Peticion { pagina, ancho: params.ancho, alto: params.alto, giro, calidad })
}

fn value(text: &str) -> AppResult<HeaderValue> {
    Ok(HeaderValue::from_str(text).map_err(anyhow::Error::from)?)
}
