//! `/vistas`: saved views of a person.

use super::extract::{Json, Path, Query};
use crate::app::{Actor, vistas as app};
use crate::{AppError, AppResult, AppState};
use api::vista::Vista;
use api::{Codigo, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use domain::ModeloId;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes of saved views.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(listar)).routes(routes!(guardar, borrar))
}

/// Of which modelo.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct Params {
    /// Modelo.
    modelo: String,
}

/// The views of this person for a modelo, by name.
#[utoipa::path(get, path = "/vistas", tag = "vistas", params(Params), responses((status = 200, body = Vec<Vista>)))]
async fn listar(
    State(state): State<AppState>,
    actor: Actor,
    Query(params): Query<Params>,
) -> AppResult<Json<Vec<Vista>>> {
    app::listar(&state, &actor, &ModeloId(params.modelo)).await.map(Json)
}

/// Stores a view under its name.
#[utoipa::path(put, path = "/vistas/{nombre}", tag = "vistas", request_body = Vista,
    params(("nombre" = String, Path, description = "Name")),
    responses((status = 200, body = Vista), (status = 400, body = Problem, description = "`busqueda-invalida`"),
        (status = 404, body = Problem, description = "`no-encontrado`: that modelo"),
        (status = 409, body = Problem, description = "`estado`: 50 views already"),
        (status = 422, body = Problem, description = "`datos-invalidos`: the name")))]
async fn guardar(
    State(state): State<AppState>,
    actor: Actor,
    Path(nombre): Path<String>,
    Json(vista): Json<Vista>,
) -> AppResult<Json<Vista>> {
    if vista.nombre != nombre {
        return Err(AppError::refused(
            Codigo::PeticionInvalida,
            "El nombre de la vista no es el de la dirección; repítalo igual en los dos.",
        ));
    }
    app::guardar(&state, &actor, vista).await.map(Json)
}

/// Removes a view.
#[utoipa::path(delete, path = "/vistas/{nombre}", tag = "vistas", params(("nombre" = String, Path, description = "Name"), Params),
    responses((status = 204, description = "Removed"), (status = 404, body = Problem, description = "`no-encontrado`")))]
async fn borrar(
    State(state): State<AppState>,
    actor: Actor,
    Path(nombre): Path<String>,
    Query(params): Query<Params>,
) -> AppResult<StatusCode> {
    app::borrar(&state, &actor, &ModeloId(params.modelo), &nombre).await?;
    Ok(StatusCode::NO_CONTENT)
}
