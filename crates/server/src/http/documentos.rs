//! `/documentos`: one document, its versions, its check.

use super::extract::{IdempotencyKey, Json, Path, Query};
use crate::app::Actor;
use crate::app::documentos::{self as app, Clave, Veredicto};
use crate::blobs::Sum;
use crate::{AppResult, AppState};
use api::Problem;
use api::documento::{BorrarParams, DocumentoCambio, DocumentoVista, Revision, VersionVista};
use axum::extract::State;
use domain::{DocumentoId, ExpedienteId};
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes of documents.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(ver, cambiar, borrar))
        .routes(routes!(versiones))
        .routes(routes!(validar))
        .routes(routes!(rechazar))
        .routes(routes!(recuperar))
        .routes(routes!(borrados))
}

/// The key of a write, and the sum of what it asks.
fn clave(IdempotencyKey(key): IdempotencyKey, what: &str, id: DocumentoId, body: &impl Serialize) -> AppResult<Clave> {
    let body = serde_json::to_string(body).map_err(anyhow::Error::from)?;
    let huella = Sum::of(format!("{what} /documentos/{id}\n{body}").as_bytes()).as_bytes().to_vec();
    Ok(Clave { key, huella })
}

/// One document.
#[utoipa::path(get, path = "/documentos/{id}", tag = "documentos", params(("id" = i64, Path, description = "Document")),
    responses((status = 200, body = DocumentoVista), (status = 404, body = Problem, description = "`no-encontrado`")))]
async fn ver(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<DocumentoId>,
) -> AppResult<Json<DocumentoVista>> {
    app::find(&state, &actor, id).await.map(Json)
}

/// Every version of a document, newest first.
#[utoipa::path(get, path = "/documentos/{id}/versiones", tag = "documentos", params(("id" = i64, Path, description = "Document")),
    responses((status = 200, body = Vec<VersionVista>), (status = 404, body = Problem, description = "`no-encontrado`")))]
async fn versiones(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<DocumentoId>,
) -> AppResult<Json<Vec<VersionVista>>> {
    app::versiones(&state, &actor, id).await.map(Json)
}

/// Gives a document another name or type.
#[utoipa::path(patch, path = "/documentos/{id}", tag = "documentos", request_body = DocumentoCambio,
    params(("id" = i64, Path, description = "Document"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = DocumentoVista), (status = 403, body = Problem, description = "`sin-permiso`"),
        (status = 404, body = Problem, description = "`no-encontrado`"), (status = 409, body = Problem, description = "`estado`"),
        (status = 415, body = Problem, description = "`formato-no-admitido`"),
        (status = 422, body = Problem, description = "`datos-invalidos`")))]
async fn cambiar(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<DocumentoId>,
    key: IdempotencyKey,
    Json(cambio): Json<DocumentoCambio>,
) -> AppResult<Json<DocumentoVista>> {
    let clave = clave(key, "PATCH", id, &cambio)?;
    app::cambiar(&state, &actor, &clave, id, &cambio).await.map(Json)
}

/// Validates the version that was looked at.
#[utoipa::path(post, path = "/documentos/{id}/validar", tag = "documentos", request_body = Revision,
    params(("id" = i64, Path, description = "Document"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = DocumentoVista), (status = 403, body = Problem, description = "`sin-permiso`"),
        (status = 404, body = Problem, description = "`no-encontrado`"),
        (status = 409, body = Problem, description = "`estado`: validated already, or another version came")))]
async fn validar(
    state: State<AppState>,
    actor: Actor,
    id: Path<DocumentoId>,
    key: IdempotencyKey,
    revision: Json<Revision>,
) -> AppResult<Json<DocumentoVista>> {
    revisar(state, actor, id, key, Veredicto::Validar, revision).await
}

/// Rejects the version that was looked at, with a reason.
#[utoipa::path(post, path = "/documentos/{id}/rechazar", tag = "documentos", request_body = Revision,
    params(("id" = i64, Path, description = "Document"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = DocumentoVista), (status = 403, body = Problem, description = "`sin-permiso`"),
        (status = 404, body = Problem, description = "`no-encontrado`"),
        (status = 409, body = Problem, description = "`estado`: rejected already, or another version came"),
        (status = 422, body = Problem, description = "`datos-invalidos`: no reason")))]
async fn rechazar(
    state: State<AppState>,
    actor: Actor,
    id: Path<DocumentoId>,
    key: IdempotencyKey,
    revision: Json<Revision>,
) -> AppResult<Json<DocumentoVista>> {
    revisar(state, actor, id, key, Veredicto::Rechazar, revision).await
}

async fn revisar(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<DocumentoId>,
    key: IdempotencyKey,
    veredicto: Veredicto,
    Json(revision): Json<Revision>,
) -> AppResult<Json<DocumentoVista>> {
    let what = match veredicto {
        Veredicto::Validar => "validar",
        Veredicto::Rechazar => "rechazar",
    };
    let clave = clave(key, what, id, &revision)?;
    app::revisar(&state, &actor, &clave, id, veredicto, &revision).await.map(Json)
}

/// Deletes a document with a reason. It is kept, and can be brought back.
#[utoipa::path(delete, path = "/documentos/{id}", tag = "documentos",
    params(("id" = i64, Path, description = "Document"), BorrarParams, ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = DocumentoVista), (status = 403, body = Problem, description = "`sin-permiso`"),
        (status = 404, body = Problem, description = "`no-encontrado`"), (status = 409, body = Problem, description = "`estado`"),
        (status = 422, body = Problem, description = "`datos-invalidos`: no reason")))]
async fn borrar(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<DocumentoId>,
    key: IdempotencyKey,
    Query(params): Query<BorrarParams>,
) -> AppResult<Json<DocumentoVista>> {
    let clave = clave(key, "DELETE", id, &params)?;
    app::borrar(&state, &actor, &clave, id, &params.motivo).await.map(Json)
}

/// Brings a deleted document back.
#[utoipa::path(post, path = "/documentos/{id}/recuperar", tag = "documentos",
    params(("id" = i64, Path, description = "Document"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = DocumentoVista), (status = 403, body = Problem, description = "`sin-permiso`"),
        (status = 404, body = Problem, description = "`no-encontrado`"), (status = 409, body = Problem, description = "`estado`")))]
async fn recuperar(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<DocumentoId>,
    key: IdempotencyKey,
) -> AppResult<Json<DocumentoVista>> {
    let clave = clave(key, "recuperar", id, &())?;
    app::recuperar(&state, &actor, &clave, id).await.map(Json)
}

/// The deleted documents of an expediente, the last deleted first.
#[utoipa::path(get, path = "/expedientes/{id}/borrados", tag = "documentos", params(("id" = i64, Path, description = "Expediente")),
    responses((status = 200, body = Vec<DocumentoVista>), (status = 403, body = Problem, description = "`sin-permiso`"),
        (status = 404, body = Problem, description = "`no-encontrado`")))]
async fn borrados(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<ExpedienteId>,
) -> AppResult<Json<Vec<DocumentoVista>>> {
    app::borrados(&state, &actor, id).await.map(Json)
}
