//! `/entidades` and `/modelos/{id}`: where a person works.

use super::extract::{Json, Path};
use crate::app::{Actor, entidades as app};
use crate::{AppResult, AppState};
use api::Problem;
use api::servidor::ModeloDefinicion;
use api::sesion::EntidadVista;
use axum::extract::State;
use domain::ModeloId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes of entidades and modelos.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(entidades)).routes(routes!(modelo))
}

/// The entidades of this person, and their modelos.
#[utoipa::path(get, path = "/entidades", tag = "entidades", responses((status = 200, body = Vec<EntidadVista>)))]
async fn entidades(State(state): State<AppState>, actor: Actor) -> Json<Vec<EntidadVista>> {
    Json(app::entidades(&state, &actor))
}

/// The definition of a modelo, without the fields this person may not see.
#[utoipa::path(get, path = "/modelos/{id}", tag = "entidades", params(("id" = String, Path, description = "Modelo")),
    responses((status = 200, body = ModeloDefinicion), (status = 404, body = Problem, description = "`no-encontrado`")))]
async fn modelo(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<ModeloId>,
) -> AppResult<Json<ModeloDefinicion>> {
    app::modelo(&state, &actor, &id).await.map(Json)
}
