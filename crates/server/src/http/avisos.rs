//! Avisos of expedientes, and those to the person who asks.

use super::expedientes::clave;
use super::extract::{IdempotencyKey, Json, Path};
use crate::app::{Actor, avisos as app};
use crate::{AppResult, AppState};
use api::Problem;
use api::aviso::{AvisoCambio, AvisoNuevo, AvisoVista, Destinatario, MisAvisos};
use axum::extract::State;
use axum::http::StatusCode;
use domain::{AvisoId, ExpedienteId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes of avisos.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(mios))
        .routes(routes!(poner))
        .routes(routes!(cambiar, borrar))
        .routes(routes!(personas))
}

/// The open avisos to the person who asks.
#[utoipa::path(get, path = "/avisos", tag = "avisos", responses((status = 200, body = MisAvisos)))]
async fn mios(State(state): State<AppState>, actor: Actor) -> AppResult<Json<MisAvisos>> {
    app::mios(&state, &actor).await.map(Json)
}

/// Who may be the addressee of an aviso.
#[utoipa::path(get, path = "/expedientes/{id}/personas", tag = "avisos", params(("id" = i64, Path, description = "Expediente")),
    responses((status = 200, body = Vec<Destinatario>), (status = 403, body = Problem, description = "`sin-permiso`"),
        (status = 404, body = Problem, description = "`no-encontrado`")))]
async fn personas(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<ExpedienteId>,
) -> AppResult<Json<Vec<Destinatario>>> {
    app::personas(&state, &actor, id).await.map(Json)
}

/// Gives an aviso.
#[utoipa::path(post, path = "/expedientes/{id}/avisos", tag = "avisos", request_body = AvisoNuevo,
    params(("id" = i64, Path, description = "Expediente"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = AvisoVista), (status = 403, body = Problem, description = "`sin-permiso`"),
        (status = 404, body = Problem, description = "`no-encontrado`"),
        (status = 409, body = Problem, description = "`estado`: closed, or 200 open avisos already"),
        (status = 422, body = Problem, description = "`datos-invalidos`: the text, the addressee or the day; `campos` says which")))]
async fn poner(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<ExpedienteId>,
    key: IdempotencyKey,
    Json(nuevo): Json<AvisoNuevo>,
) -> AppResult<(StatusCode, Json<AvisoVista>)> {
    let clave = clave(key, &format!("POST /expedientes/{id}/avisos"), &nuevo)?;
    let vista = app::poner(&state, &actor, &clave, id, &nuevo).await?;
    Ok((StatusCode::CREATED, Json(vista)))
}

/// Changes an aviso, says that it is done, or opens it again.
#[utoipa::path(patch, path = "/avisos/{id}", tag = "avisos", request_body = AvisoCambio,
    params(("id" = i64, Path, description = "Aviso"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = AvisoVista),
        (status = 403, body = Problem, description = "`sin-permiso`: what it asks is its author's to change, its day also its addressee's"),
        (status = 404, body = Problem, description = "`no-encontrado`"),
        (status = 409, body = Problem, description = "`estado`: closed, or 200 open avisos already"),
        (status = 422, body = Problem, description = "`datos-invalidos`: the text, the addressee or the day; `campos` says which")))]
async fn cambiar(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<AvisoId>,
    key: IdempotencyKey,
    Json(cambio): Json<AvisoCambio>,
) -> AppResult<Json<AvisoVista>> {
    let clave = clave(key, &format!("PATCH /avisos/{id}"), &cambio)?;
    app::cambiar(&state, &actor, &clave, id, &cambio).await.map(Json)
}

/// Deletes an aviso. It is kept, but shown to nobody.
#[utoipa::path(delete, path = "/avisos/{id}", tag = "avisos",
    params(("id" = i64, Path, description = "Aviso"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204, description = "Deleted"),
        (status = 403, body = Problem, description = "`sin-permiso`: only its author may"),
        (status = 404, body = Problem, description = "`no-encontrado`"),
        (status = 409, body = Problem, description = "`estado`: closed")))]
async fn borrar(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<AvisoId>,
    key: IdempotencyKey,
) -> AppResult<StatusCode> {
    let clave = clave(key, &format!("DELETE /avisos/{id}"), &())?;
    app::borrar(&state, &actor, &clave, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
