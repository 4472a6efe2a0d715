//! Notes of expedientes.

use super::expedientes::clave;
use super::extract::{IdempotencyKey, Json, Path};
use crate::app::{Actor, notas as app};
use crate::{AppResult, AppState};
use api::Problem;
use api::nota::{NotaTexto, NotaVista};
use axum::extract::State;
use axum::http::StatusCode;
use domain::{ExpedienteId, NotaId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes of notes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(escribir)).routes(routes!(cambiar, borrar))
}

/// Writes a note.
#[utoipa::path(post, path = "/expedientes/{id}/notas", tag = "notas", request_body = NotaTexto,
    params(("id" = i64, Path, description = "Expediente"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = NotaVista), (status = 403, body = Problem, description = "`sin-permiso`"),
        (status = 404, body = Problem, description = "`no-encontrado`"),
        (status = 409, body = Problem, description = "`estado`: closed, or 200 notes already"),
        (status = 422, body = Problem, description = "`datos-invalidos`: the text")))]
async fn escribir(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<ExpedienteId>,
    key: IdempotencyKey,
    Json(nota): Json<NotaTexto>,
) -> AppResult<(StatusCode, Json<NotaVista>)> {
    let clave = clave(key, &format!("POST /expedientes/{id}/notas"), &nota)?;
    let vista = app::escribir(&state, &actor, &clave, id, &nota).await?;
    Ok((StatusCode::CREATED, Json(vista)))
}

/// Gives a note another text.
#[utoipa::path(patch, path = "/notas/{id}", tag = "notas", request_body = NotaTexto,
    params(("id" = i64, Path, description = "Note"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = NotaVista),
        (status = 403, body = Problem, description = "`sin-permiso`: only its author may"),
        (status = 404, body = Problem, description = "`no-encontrado`"),
        (status = 409, body = Problem, description = "`estado`: closed"),
        (status = 422, body = Problem, description = "`datos-invalidos`: the text")))]
async fn cambiar(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<NotaId>,
    key: IdempotencyKey,
    Json(nota): Json<NotaTexto>,
) -> AppResult<Json<NotaVista>> {
    let clave = clave(key, &format!("PATCH /notas/{id}"), &nota)?;
    app::cambiar(&state, &actor, &clave, id, &nota).await.map(Json)
}

/// Deletes a note. It is kept, but shown to nobody.
#[utoipa::path(delete, path = "/notas/{id}", tag = "notas",
    params(("id" = i64, Path, description = "Note"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204, description = "Deleted"),
        (status = 403, body = Problem, description = "`sin-permiso`: only its author may"),
        (status = 404, body = Problem, description = "`no-encontrado`"),
        (status = 409, body = Problem, description = "`estado`: closed")))]
async fn borrar(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<NotaId>,
    key: IdempotencyKey,
) -> AppResult<StatusCode> {
    let clave = clave(key, &format!("DELETE /notas/{id}"), &())?;
    app::borrar(&state, &actor, &clave, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
