//! `/subidas`: tus 1.0.0 with creation, creation-with-upload, termination, checksum and expiration (<https://tus.io/protocols/resumable-upload>).

pub mod headers;
pub mod metadata;

pub(super) use self::headers::content_is_chunk;
use self::headers::{Override, require_version, upload_checksum, upload_length, upload_offset};
use super::extract::Path;
use crate::app::Actor;
use crate::app::subidas::{self as app, Chunk};
use crate::store::subidas::SubidaRow;
use crate::{AppError, AppResult, AppState};
use api::subida::{TUS_CHECKSUMS, TUS_EXTENSIONS, TUS_VERSION};
use api::{Problem, paths};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use std::io;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const TUS_MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
const UPLOAD_METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const UPLOAD_EXPIRES: HeaderName = HeaderName::from_static("upload-expires");

/// Routes of uploads. Every answer, refusals too, says the version of the protocol.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(opciones, crear)).routes(routes!(preguntar, enviar, cancelar, sustituir)).layer(
        middleware::map_response(async |mut answer: Response| {
            answer.headers_mut().insert(TUS_RESUMABLE, HeaderValue::from_static(TUS_VERSION));
            answer
        }),
    )
}

/// What the service can do. Needs neither session nor version.
#[utoipa::path(options, path = "/subidas", tag = "subidas",
    responses((status = 204, description = "`Tus-Version`, `Tus-Extension`, `Tus-Max-Size`, `Tus-Checksum-Algorithm`")), security(()))]
async fn opciones(State(state): State<AppState>) -> Response {
    let fixed =
        [("tus-version", TUS_VERSION), ("tus-extension", TUS_EXTENSIONS), ("tus-checksum-algorithm", TUS_CHECKSUMS)];
    let mut answer = (StatusCode::NO_CONTENT, fixed).into_response();
    answer.headers_mut().insert(TUS_MAX_SIZE, state.settings.max_subida.into());
    answer
}

/// Begins an upload; with content of type `application/offset+octet-stream` its first bytes come along.
#[utoipa::path(post, path = "/subidas", tag = "subidas",
    params(("Tus-Resumable" = String, Header), ("Upload-Length" = u64, Header),
        ("Upload-Metadata" = String, Header, description = "`expediente`, `tipo`, `nombre`; optional `sha256`, `clave`, `documento`")),
    responses((status = 201, description = "`Location`, `Upload-Offset`, `Upload-Expires`; `Documento-Id` once complete"),
        (status = 403, body = Problem, description = "`sin-permiso`"), (status = 404, body = Problem, description = "`no-encontrado`"),
        (status = 409, body = Problem, description = "`estado`, `clave-repetida`"),
        (status = 412, body = Problem, description = "Another version of tus"),
        (status = 413, body = Problem, description = "`demasiado-grande`"),
        (status = 415, body = Problem, description = "`formato-no-admitido`"),
        (status = 422, body = Problem, description = "`datos-invalidos`"), (status = 460, body = Problem, description = "`suma-mala`"),
        (status = 429, body = Problem, description = "`demasiadas-subidas`")))]
async fn crear(State(state): State<AppState>, actor: Actor, headers: HeaderMap, body: Body) -> Response {
    let created = async {
        require_version(&headers)?;
        let nueva = metadata::read(&headers, upload_length(&headers)?)?;
        let chunk = content_is_chunk(&headers).then(|| chunk(&headers, 0, body)).transpose()?;
        let mut row = app::create(&state, &actor, nueva).await?;
        // Found again under its key it may have bytes already: then the client goes on from the offset it is told.
        if let Some(chunk) = chunk
            && row.recibido == 0
        {
            row = app::append(&state, &actor, &row.id, chunk).await?;
        }
        let location = format!("{}/subidas/{}", paths::BASE, row.id);
        let mut answer = (StatusCode::CREATED, [(header::LOCATION, location)]).into_response();
        describe(&row, answer.headers_mut())?;
        Ok(answer)
    };
    answer(&state, created.await)
}

/// How far an upload has got.
#[utoipa::path(head, path = "/subidas/{id}", tag = "subidas",
    params(("id" = String, Path, description = "Upload"), ("Tus-Resumable" = String, Header)),
    responses((status = 200, description = "`Upload-Offset`, `Upload-Length`, `Upload-Metadata`, `Upload-Expires`; `Documento-Id` once complete"),
        (status = 404, description = "`no-encontrado`"), (status = 410, description = "`subida-caducada`"),
        (status = 412, description = "Another version of tus")))]
async fn preguntar(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let looked = async {
        require_version(&headers)?;
        let row = app::look(&state, &actor, &id).await?;
        let mut answer = StatusCode::OK.into_response();
        describe(&row, answer.headers_mut())?;
        answer.headers_mut().insert(UPLOAD_LENGTH, row.total().into());
        answer.headers_mut().insert(UPLOAD_METADATA, value(&row.metadatos)?);
        Ok(answer)
    };
    answer(&state, looked.await)
}

/// Bytes from the offset on. The last ones make the document.
#[utoipa::path(patch, path = "/subidas/{id}", tag = "subidas",
    params(("id" = String, Path, description = "Upload"), ("Tus-Resumable" = String, Header), ("Upload-Offset" = u64, Header),
        ("Upload-Checksum" = Option<String>, Header, description = "`sha1` or `sha256`, a space, the sum in base64")),
    request_body(content_type = "application/offset+octet-stream", content = Vec<u8>),
    responses((status = 204, description = "`Upload-Offset`, `Upload-Expires`; `Documento-Id` once complete"),
        (status = 404, body = Problem, description = "`no-encontrado`"),
        (status = 409, body = Problem, description = "`estado`: another offset, or another writer"),
        (status = 410, body = Problem, description = "`subida-caducada`"), (status = 412, body = Problem, description = "Another version of tus"),
        (status = 413, body = Problem, description = "`demasiado-grande`"),
        (status = 415, body = Problem, description = "`formato-no-admitido`"), (status = 460, body = Problem, description = "`suma-mala`")))]
async fn enviar(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    answer(&state, send(&state, &actor, &id, &headers, body).await)
}

/// Ends an upload that is not complete.
#[utoipa::path(delete, path = "/subidas/{id}", tag = "subidas",
    params(("id" = String, Path, description = "Upload"), ("Tus-Resumable" = String, Header)),
    responses((status = 204, description = "Ended"), (status = 404, body = Problem, description = "`no-encontrado`"),
        (status = 409, body = Problem, description = "`estado`: complete, or being written"),
        (status = 410, body = Problem, description = "`subida-caducada`"), (status = 412, body = Problem, description = "Another version of tus")))]
async fn cancelar(State(state): State<AppState>, actor: Actor, Path(id): Path<String>, headers: HeaderMap) -> Response {
    answer(&state, end(&state, &actor, &id, &headers).await)
}

/// `PATCH` or `DELETE` for clients that can only `POST`, named in `X-HTTP-Method-Override`.
#[utoipa::path(post, path = "/subidas/{id}", tag = "subidas",
    params(("id" = String, Path, description = "Upload"), ("X-HTTP-Method-Override" = String, Header)),
    responses((status = 204, description = "As the method that is named"), (status = 405, body = Problem, description = "`metodo-no-permitido`")))]
async fn sustituir(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let done = match headers::method_override(&headers) {
        Some(Override::Patch) => send(&state, &actor, &id, &headers, body).await,
        Some(Override::Delete) => end(&state, &actor, &id, &headers).await,
        None => Err(headers::not_allowed()),
    };
    answer(&state, done)
}

async fn send(state: &AppState, actor: &Actor, id: &str, headers: &HeaderMap, body: Body) -> AppResult<Response> {
    require_version(headers)?;
    headers::require_chunk(headers)?;
    let chunk = chunk(headers, upload_offset(headers)?, body)?;
    let row = app::append(state, actor, id, chunk).await?;
    let mut answer = StatusCode::NO_CONTENT.into_response();
    describe(&row, answer.headers_mut())?;
    Ok(answer)
}

async fn end(state: &AppState, actor: &Actor, id: &str, headers: &HeaderMap) -> AppResult<Response> {
    require_version(headers)?;
    app::terminate(state, actor, id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn chunk(headers: &HeaderMap, offset: u64, body: Body) -> AppResult<Chunk> {
    let checksum = upload_checksum(headers)?;
    let len = headers.get(header::CONTENT_LENGTH).and_then(|len| len.to_str().ok()).and_then(|len| len.parse().ok());
    let body = body.into_data_stream().map(|piece| piece.map_err(io::Error::other)).boxed();
    Ok(Chunk { offset, len, checksum, body })
}

/// How an upload stands, in headers.
fn describe(row: &SubidaRow, headers: &mut HeaderMap) -> AppResult<()> {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(UPLOAD_OFFSET, row.recibido().into());
    match row.documento_id {
        Some(id) => headers.insert(HeaderName::from_static(paths::DOCUMENTO_ID), id.into()),
        None => headers.insert(UPLOAD_EXPIRES, value(&headers::http_date(row.caduca))?),
    };
    Ok(())
}

/// A refusal says beside its problem what the protocol asks it to say.
fn answer(state: &AppState, result: AppResult<Response>) -> Response {
    let mut answer = result.unwrap_or_else(AppError::into_response);
    match answer.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            answer.headers_mut().insert(TUS_MAX_SIZE, state.settings.max_subida.into());
        }
        StatusCode::PRECONDITION_FAILED => {
            answer.headers_mut().insert(HeaderName::from_static("tus-version"), HeaderValue::from_static(TUS_VERSION));
        }
        _ => {}
    }
    answer
}

fn value(text: &str) -> AppResult<HeaderValue> {
    Ok(HeaderValue::from_str(text).map_err(anyhow::Error::from)?)
}
