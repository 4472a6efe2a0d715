//! What handlers take out of a request. Whatever cannot be read is `peticion-invalida`, with the cause in the log.

use crate::app::{Actor, sesion};
use crate::auth::token;
use crate::store::sesiones;
use crate::{AppError, AppResult, AppState};
use api::{Codigo, paths};
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, MatchedPath, RawPathParams, Request};
use axum::http::request::Parts;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use domain::Rol;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::net::IpAddr;

/// Longest idempotency key.
const KEY_MAX: usize = 64;

fn invalid(what: &str, cause: &dyn std::fmt::Display) -> AppError {
    tracing::debug!(what, %cause, "request cannot be read");
    AppError::refused(
        Codigo::PeticionInvalida,
        format!("La petición no se entiende: {what}; revise lo que envía su programa."),
    )
}

/// A JSON body, of a request or of an answer.
#[derive(Debug, Clone)]
pub struct Json<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

impl<T: DeserializeOwned> FromRequest<AppState> for Json<T> {
    type Rejection = AppError;

    async fn from_request(request: Request, state: &AppState) -> AppResult<Self> {
        let is_json =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|value| {
                value.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
            });
        if !is_json {
            return Err(AppError::refused(
                Codigo::FormatoNoAdmitido,
                "El cuerpo de la petición ha de ser JSON: envíe «Content-Type: application/json».",
            ));
        }
        let bytes =
            Bytes::from_request(request, state).await.map_err(|rejection| match rejection.status().as_u16() {
                413 => AppError::refused(
                    Codigo::DemasiadoGrande,
                    "La petición es demasiado grande; envíe menos de una vez.",
                ),
                _ => invalid("el cuerpo", &rejection.body_text()),
            })?;
        // Every body is an object; serde would take a list of its fields' values as well.
        if bytes.trim_ascii_start().first() != Some(&b'{') {
            return Err(invalid("el cuerpo no es un objeto JSON", &"se esperaba «{»"));
        }
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|cause| invalid("el cuerpo no es el JSON que se espera", &cause))
    }
}

/// Query parameters.
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<AppState> for Query<T> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> AppResult<Self> {
        let query = axum::extract::Query::try_from_uri(&parts.uri);
        query.map(|axum::extract::Query(query)| Self(query)).map_err(|cause| invalid("los parámetros", &cause))
    }
}

/// Parts of the path.
#[derive(Debug, Clone)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<AppState> for Path<T> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> AppResult<Self> {
        let path = axum::extract::Path::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(path)| Self(path)).map_err(|cause| invalid("la dirección", &cause))
    }
}

fn text_header<'p>(parts: &'p Parts, name: &HeaderName) -> AppResult<Option<&'p str>> {
    let Some(value) = parts.headers.get(name) else { return Ok(None) };
    value.to_str().map(Some).map_err(|cause| invalid(&format!("la cabecera {name}"), &cause))
}

/// `Idempotency-Key`: 1 to 64 visible ASCII characters.
#[derive(Debug, Clone)]
pub struct IdempotencyKey(pub Option<String>);

impl FromRequestParts<AppState> for IdempotencyKey {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> AppResult<Self> {
        let name = HeaderName::from_static(paths::IDEMPOTENCY_KEY);
        let Some(key) = text_header(parts, &name)? else { return Ok(Self(None)) };
        if key.is_empty() || key.len() > KEY_MAX || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(invalid("la cabecera Idempotency-Key ha de tener de 1 a 64 caracteres visibles", &"its shape"));
        }
        Ok(Self(Some(key.to_owned())))
    }
}

/// `If-Match` with a revision (`"14"`); none when the header is missing.
#[derive(Debug, Clone, Copy)]
pub struct IfMatch(pub Option<i64>);

impl FromRequestParts<AppState> for IfMatch {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> AppResult<Self> {
        let Some(text) = text_header(parts, &header::IF_MATCH)? else { return Ok(Self(None)) };
        let revision = text.trim().trim_matches('"').parse();
        revision.map(|revision| Self(Some(revision))).map_err(|cause| invalid("la cabecera If-Match", &cause))
    }
}

/// From where the request came. [`crate::listener`] puts it there.
#[derive(Debug, Clone, Copy)]
pub struct PeerAddr(pub IpAddr);

/// Id of the request. [`super::middleware::request_id`] puts it there.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

impl RequestId {
    /// Of this request.
    pub fn of(parts: &Parts) -> String {
        parts.extensions.get::<Self>().map(|id| id.0.clone()).unwrap_or_default()
    }
}

/// The person behind the token.
impl FromRequestParts<AppState> for Actor {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> AppResult<Self> {
        let no_session = || AppError::refused(Codigo::SinSesion, "No hay sesión, o ha caducado: entre de nuevo.");
        let header = text_header(parts, &header::AUTHORIZATION)?.ok_or_else(no_session)?;
        let (scheme, token) = header.split_once(' ').ok_or_else(no_session)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(no_session());
        }
        let now = state.clock.now_ms();
        let row = {
            let mut conn = state.db.read().await?;
            sesiones::active(&mut conn, &token::sha256(token.trim()), now).await?.ok_or_else(no_session)?
        };
        sesion::touch(state, row.sesion, row.usada).await;
        let actor = Self::of(row, RequestId::of(parts))?;
        audit_look(state, &actor, parts).await?;
        Ok(actor)
    }
}

/// Every look of soporte is audited: which expediente or document, when, in which request.
async fn audit_look(state: &AppState, actor: &Actor, parts: &mut Parts) -> AppResult<()> {
    if actor.rol != Rol::Soporte {
        return Ok(());
    }
    // As the router understood it, not as it was written: `%31` is 1 too.
    let id = match RawPathParams::from_request_parts(parts, state).await {
        Ok(params) => params.iter().find(|(name, _)| *name == "id").and_then(|(_, id)| id.parse().ok()),
        Err(_) => None,
    };
    let template = parts.extensions.get::<MatchedPath>().map(MatchedPath::as_str).unwrap_or_default();
    let noun = template.strip_prefix(paths::BASE).and_then(|path| path.split('/').nth(1));
    let (expediente, documento) = match noun {
        Some("expedientes") => (id.map(domain::ExpedienteId), None),
        Some("documentos") => (None, id.map(domain::DocumentoId)),
        _ => return Ok(()),
    };
    let mut work = crate::app::Work::begin(state, actor).await?;
    work.audit("soporte-mira", expediente, documento, "{}").await?;
    work.commit().await
}
