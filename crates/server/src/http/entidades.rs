//! `/entidades` and `/modelos/{id}`: where a person works.

use super::conditional::has_already;
use super::extract::{Json, Path};
use crate::app::{Actor, entidades as app};
use crate::blobs::Sum;
use crate::{AppResult, AppState};
use api::Problem;
use api::servidor::ModeloDefinicion;
use api::sesion::EntidadVista;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
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

/// The definition of a modelo, without the fields this person may not see. It changes seldom: a client that has kept it says so.
#[utoipa::path(get, path = "/modelos/{id}", tag = "entidades",
    params(("id" = String, Path, description = "Modelo"), ("If-None-Match" = Option<String>, Header)),
    responses((status = 200, body = ModeloDefinicion, headers(("ETag" = String, description = "Changes with the definition"))),
        (status = 304, description = "The client has it"), (status = 404, body = Problem, description = "`no-encontrado`")))]
async fn modelo(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<ModeloId>,
    headers: HeaderMap,
) -> AppResult<Response> {
    let body = serde_json::to_string(&app::modelo(&state, &actor, &id).await?).map_err(anyhow::Error::from)?;
    // Of all that is in it: asesores come and go, and margins are hidden, without another version of the configuration.
    let etag = format!("\"{}\"", &Sum::of(body.as_bytes()).to_string()[..16]);
    let tag = [(header::ETAG, HeaderValue::from_str(&etag).map_err(anyhow::Error::from)?)];
    if has_already(&headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, tag).into_response());
    }
    Ok((tag, [(header::CONTENT_TYPE, "application/json")], body).into_response())
}
