//! `/sesion` and `/sesiones`.

use super::extract::{Json, Path, PeerAddr, RequestId};
use crate::app::{Actor, sesion as app};
use crate::{AppResult, AppState};
use api::Problem;
use api::sesion::{Credenciales, Persona, SesionNueva, SesionVista};
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes of sessions.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(entrar, quien, salir)).routes(routes!(lista)).routes(routes!(revocar))
}

/// Signs in.
#[utoipa::path(post, path = "/sesion", tag = "sesion", request_body = Credenciales, security(()),
    responses((status = 201, body = SesionNueva),
        (status = 401, body = Problem, description = "`credenciales-malas`, or `codigo-requerido`: send the one-time code too"),
        (status = 429, body = Problem, description = "`demasiados-intentos`: `Retry-After` says when")))]
async fn entrar(
    State(state): State<AppState>,
    Extension(PeerAddr(address)): Extension<PeerAddr>,
    Extension(RequestId(peticion)): Extension<RequestId>,
    Json(credenciales): Json<Credenciales>,
) -> AppResult<(StatusCode, axum::Json<SesionNueva>)> {
    let nueva = app::sign_in(&state, credenciales, &address.to_string(), &peticion).await?;
    Ok((StatusCode::CREATED, axum::Json(nueva)))
}

/// Whose session this is.
#[utoipa::path(get, path = "/sesion", tag = "sesion", responses((status = 200, body = Persona), (status = 401, body = Problem, description = "`sin-sesion`")))]
async fn quien(actor: Actor) -> axum::Json<Persona> {
    axum::Json(app::who(&actor))
}

/// Ends this session.
#[utoipa::path(delete, path = "/sesion", tag = "sesion", responses((status = 204), (status = 401, body = Problem, description = "`sin-sesion`")))]
async fn salir(State(state): State<AppState>, actor: Actor) -> AppResult<StatusCode> {
    app::sign_out(&state, &actor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Open sessions of the person who asks.
#[utoipa::path(get, path = "/sesiones", tag = "sesion",
    responses((status = 200, body = Vec<SesionVista>), (status = 401, body = Problem, description = "`sin-sesion`")))]
async fn lista(State(state): State<AppState>, actor: Actor) -> AppResult<axum::Json<Vec<SesionVista>>> {
    Ok(axum::Json(app::list(&state, &actor).await?))
}

/// Ends one of them.
#[utoipa::path(delete, path = "/sesiones/{id}", tag = "sesion", params(("id" = i64, Path, description = "Session")),
    responses((status = 204), (status = 401, body = Problem, description = "`sin-sesion`"), (status = 404, body = Problem, description = "`no-encontrado`")))]
async fn revocar(State(state): State<AppState>, actor: Actor, Path(id): Path<i64>) -> AppResult<StatusCode> {
    app::revoke(&state, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
