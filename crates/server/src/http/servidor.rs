//! `/servidor`: what the service is; and `/salud`: whether it works.

use crate::{AppResult, AppState};
use api::Problem;
use api::servidor::Servidor;
use axum::extract::State;
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What this service can do; clients go by these words, never by the version.
const CAPACIDADES: [&str; 5] = ["subidas", "eventos", "vista-previa", "totp", "vistas"];

/// Routes of the service itself.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(servidor))
}

/// What the service is; needs no session.
#[utoipa::path(get, path = "/servidor", tag = "servidor", security(()), responses((status = 200, body = Servidor)))]
async fn servidor(State(state): State<AppState>) -> axum::Json<Servidor> {
    axum::Json(Servidor {
        nombre: state.settings.nombre.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        capacidades: CAPACIDADES.map(str::to_owned).into(),
        max_subida: state.settings.max_subida,
        demo: state.settings.demo.clone(),
    })
}

/// 204 while the database answers.
#[utoipa::path(get, path = "/salud", tag = "servidor", security(()),
    responses((status = 204, description = "It works"), (status = 503, body = Problem, description = "`no-disponible`")))]
pub async fn salud(State(state): State<AppState>) -> AppResult<StatusCode> {
    state.db.ping().await?;
    Ok(StatusCode::NO_CONTENT)
}
