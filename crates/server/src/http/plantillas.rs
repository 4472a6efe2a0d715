//! `/expedientes/{id}/plantillas/{plantilla}`: a document made from the index.

use super::expedientes::clave;
use super::extract::{IdempotencyKey, Json, Path};
use crate::app::{Actor, plantillas as app};
use crate::{AppResult, AppState};
use api::Problem;
use api::documento::DocumentoVista;
use api::plantilla::PlantillaPedido;
use axum::extract::State;
use axum::http::StatusCode;
use domain::{ExpedienteId, PlantillaId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes of templates.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(hacer))
}

/// Makes a document from a template, filled from the index, and adds it to the expediente.
#[utoipa::path(post, path = "/expedientes/{id}/plantillas/{plantilla}", tag = "documentos", request_body = PlantillaPedido,
    params(("id" = i64, Path, description = "Expediente"), ("plantilla" = String, Path, description = "Template of its modelo"),
        ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = DocumentoVista), (status = 403, body = Problem, description = "`sin-permiso`"),
        (status = 404, body = Problem, description = "`no-encontrado`: that expediente or template"),
        (status = 409, body = Problem, description = "`estado`: closed, the template's condition does not hold, or too long; or `clave-repetida`"),
        (status = 413, body = Problem, description = "`demasiado-grande`"),
        (status = 422, body = Problem, description = "`datos-invalidos`: `campos` says which fields are empty")))]
async fn hacer(
    State(state): State<AppState>,
    actor: Actor,
    Path((id, plantilla)): Path<(ExpedienteId, PlantillaId)>,
    key: IdempotencyKey,
    Json(pedido): Json<PlantillaPedido>,
) -> AppResult<(StatusCode, Json<DocumentoVista>)> {
    let clave = clave(key, &format!("POST /expedientes/{id}/plantillas/{plantilla}"), &pedido)?;
    let made = app::hacer(&state, &actor, &clave, id, &plantilla, &pedido).await?;
    Ok((StatusCode::CREATED, Json(made)))
}
