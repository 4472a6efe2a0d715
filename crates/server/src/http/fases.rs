//! `/expedientes/{id}/fase`: moving on, over the gate, or back.

use super::expedientes::{clave, etag};
use super::extract::{IdempotencyKey, IfMatch, Json, Path};
use crate::app::{Actor, expedientes as app};
use crate::{AppResult, AppState};
use api::Problem;
use api::expediente::Cambiado;
use api::fase::FaseCambio;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::ExpedienteId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes of fases.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(mover))
}

/// Moves an expediente a fase on, or back.
#[utoipa::path(post, path = "/expedientes/{id}/fase", tag = "fases", request_body = FaseCambio,
    params(("id" = i64, Path, description = "Expediente"), ("If-Match" = String, Header, description = "The revision"),
        ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Cambiado), (status = 403, body = Problem, description = "`sin-permiso`"),
        (status = 404, body = Problem, description = "`no-encontrado`"),
        (status = 409, body = Problem, description = "`fase-bloqueada`: `faltas` says what is missing; or `estado`"),
        (status = 412, body = Problem, description = "`revision-antigua`"),
        (status = 422, body = Problem, description = "`datos-invalidos`: no reason"),
        (status = 428, body = Problem, description = "`revision-requerida`")))]
async fn mover(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<ExpedienteId>,
    IfMatch(revision): IfMatch,
    key: IdempotencyKey,
    Json(cambio): Json<FaseCambio>,
) -> AppResult<Response> {
    let clave = clave(key, &format!("POST /expedientes/{id}/fase {revision:?}"), &cambio)?;
    let changed = app::mover(&state, &actor, &clave, id, revision, &cambio).await?;
    Ok((etag(changed.revision)?, axum::Json(changed)).into_response())
}
