//! `/expedientes/{id}/indice` and `/expedientes/{id}/deshacer`: changing the index, and undoing it.

use super::expedientes::{clave, etag};
use super::extract::{IdempotencyKey, IfMatch, Json, Path};
use crate::app::{Actor, expedientes as app};
use crate::{AppResult, AppState};
use api::Problem;
use api::expediente::{Cambiado, Deshacer, IndiceCambio};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::ExpedienteId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes of the index.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(cambiar)).routes(routes!(deshacer))
}

/// Changes index fields.
#[utoipa::path(patch, path = "/expedientes/{id}/indice", tag = "indice", request_body = IndiceCambio,
    params(("id" = i64, Path, description = "Expediente"), ("If-Match" = String, Header, description = "The revision"),
        ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Cambiado), (status = 403, body = Problem, description = "`sin-permiso`"),
        (status = 404, body = Problem, description = "`no-encontrado`"), (status = 409, body = Problem, description = "`estado`: closed"),
        (status = 412, body = Problem, description = "`revision-antigua`: `conflicto` says what changed"),
        (status = 422, body = Problem, description = "`datos-invalidos`: `campos` says which"),
        (status = 428, body = Problem, description = "`revision-requerida`")))]
async fn cambiar(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<ExpedienteId>,
    IfMatch(revision): IfMatch,
    key: IdempotencyKey,
    Json(cambio): Json<IndiceCambio>,
) -> AppResult<Response> {
    let clave = clave(key, &format!("PATCH /expedientes/{id}/indice {revision:?}"), &cambio)?;
    let changed = app::cambiar_indice(&state, &actor, &clave, id, revision, &cambio).await?;
    Ok((etag(changed.revision)?, axum::Json(changed)).into_response())
}

/// Undoes a change of the index.
#[utoipa::path(post, path = "/expedientes/{id}/deshacer", tag = "indice", request_body = Deshacer,
    params(("id" = i64, Path, description = "Expediente"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Cambiado), (status = 403, body = Problem, description = "`sin-permiso`"),
        (status = 404, body = Problem, description = "`no-encontrado`"),
        (status = 409, body = Problem, description = "`estado`: nothing to undo, or a field has changed since")))]
async fn deshacer(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<ExpedienteId>,
    key: IdempotencyKey,
    Json(asked): Json<Deshacer>,
) -> AppResult<Response> {
    let clave = clave(key, &format!("POST /expedientes/{id}/deshacer"), &asked)?;
    let changed = app::deshacer(&state, &actor, &clave, id, &asked).await?;
    Ok((etag(changed.revision)?, axum::Json(changed)).into_response())
}
