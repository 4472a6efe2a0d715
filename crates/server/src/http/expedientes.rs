//! `/expedientes`: the list, one of them, opening one, its history.

use super::conditional::has_already;
use super::extract::{IdempotencyKey, Json, Path, Query};
use crate::app::documentos::Clave;
use crate::app::{Actor, expedientes as app};
use crate::blobs::Sum;
use crate::{AppResult, AppState};
use api::Problem;
use api::expediente::{ExpedienteDetalle, ExpedienteNuevo, HistorialEntrada};
use api::lista::{Lista, ListaParams};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::ExpedienteId;
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes of expedientes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(listar, crear)).routes(routes!(ver)).routes(routes!(historial))
}

/// The key of a write, and the sum of what it asks.
pub(super) fn clave(IdempotencyKey(key): IdempotencyKey, what: &str, body: &impl Serialize) -> AppResult<Clave> {
    let body = serde_json::to_string(body).map_err(anyhow::Error::from)?;
    Ok(Clave { key, huella: Sum::of(format!("{what}\n{body}").as_bytes()).as_bytes().to_vec() })
}

/// The `ETag` of a revision, as a header.
pub(super) fn etag(revision: i64) -> AppResult<[(HeaderName, HeaderValue); 1]> {
    let value = HeaderValue::from_str(&format!("\"{revision}\"")).map_err(anyhow::Error::from)?;
    Ok([(header::ETAG, value)])
}

/// A page of the list.
#[utoipa::path(get, path = "/expedientes", tag = "expedientes", params(ListaParams),
    responses((status = 200, body = Lista),
        (status = 400, body = Problem, description = "`busqueda-invalida`: `detail` says what and where; or `peticion-invalida`"),
        (status = 404, body = Problem, description = "`no-encontrado`: that entidad or modelo")))]
async fn listar(
    State(state): State<AppState>,
    actor: Actor,
    Query(params): Query<ListaParams>,
) -> AppResult<Json<Lista>> {
    app::listar(&state, &actor, &params).await.map(Json)
}

/// Opens an expediente.
#[utoipa::path(post, path = "/expedientes", tag = "expedientes", request_body = ExpedienteNuevo,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = ExpedienteDetalle), (status = 403, body = Problem, description = "`sin-permiso`"),
        (status = 404, body = Problem, description = "`no-encontrado`: that entidad or modelo"),
        (status = 422, body = Problem, description = "`datos-invalidos`: `campos` says which")))]
async fn crear(
    State(state): State<AppState>,
    actor: Actor,
    key: IdempotencyKey,
    Json(nuevo): Json<ExpedienteNuevo>,
) -> AppResult<Response> {
    let clave = clave(key, "POST /expedientes", &nuevo)?;
    let detail = app::crear(&state, &actor, &clave, &nuevo).await?;
    Ok((StatusCode::CREATED, etag(detail.revision)?, axum::Json(detail)).into_response())
}

/// Everything of an expediente.
#[utoipa::path(get, path = "/expedientes/{id}", tag = "expedientes",
    params(("id" = i64, Path, description = "Expediente"), ("If-None-Match" = Option<String>, Header)),
    responses((status = 200, body = ExpedienteDetalle, headers(("ETag" = String, description = "The revision"))),
        (status = 304, description = "The client has it"), (status = 404, body = Problem, description = "`no-encontrado`")))]
async fn ver(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<ExpedienteId>,
    headers: HeaderMap,
) -> AppResult<Response> {
    let (revision, detail) =
        app::detalle(&state, &actor, id, |revision| has_already(&headers, &format!("\"{revision}\""))).await?;
    let etag = etag(revision)?;
    Ok(match detail {
        Some(detail) => (etag, axum::Json(detail)).into_response(),
        None => (StatusCode::NOT_MODIFIED, etag).into_response(),
    })
}

/// The history, newest first.
#[utoipa::path(get, path = "/expedientes/{id}/historial", tag = "expedientes", params(("id" = i64, Path, description = "Expediente")),
    responses((status = 200, body = Vec<HistorialEntrada>), (status = 404, body = Problem, description = "`no-encontrado`")))]
async fn historial(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<ExpedienteId>,
) -> AppResult<Json<Vec<HistorialEntrada>>> {
    app::historial(&state, &actor, id).await.map(Json)
}
