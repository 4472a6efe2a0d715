//! What there is to see of a document: `/documentos/{id}/paginas/{n}`, `…/texto`, `…/hallazgos` and `…/firmas`.

use super::conditional::has_already;
use super::extract::{Json, Path, Query};
use crate::app::Actor;
use crate::app::paginas::{Wanted, find, look};
use crate::{AppError, AppResult, AppState};
use api::documento::{Firmas, Hallazgos, PaginaParams};
use api::{Codigo, Problem, paths};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::DocumentoId;
use render::{Calidad, Clave, Peticion, Recorte};
use serde::Deserialize;
use std::time::Instant;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Shortest side of the box in pixels.
const MIN_SIDE: u32 = 16;
/// Longest text that is looked for, in characters.
const MAX_QUERY: usize = 200;

/// Routes of what there is to see.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(pagina))
        .routes(routes!(texto))
        .routes(routes!(hallazgos))
        .routes(routes!(firmas))
}

/// One page as an image that fits in a box, or a part of it. With `Clave-Documento` there is no `ETag`, and nothing is kept.
#[utoipa::path(get, path = "/documentos/{id}/paginas/{n}", tag = "documentos",
    params(("id" = i64, Path, description = "Document"), ("n" = u32, Path, description = "Page, from 1"), PaginaParams,
        ("If-None-Match" = Option<String>, Header),
        ("Clave-Documento" = Option<String>, Header, description = "The document's password in UTF-8, as unpadded base64url")),
    responses((status = 200, description = "The page", content_type = "image/png",
            headers(("Paginas" = u32, description = "Pages of the document"),
                ("Pagina-Ancho" = u32, description = "Width in pixels of the whole turned page, of which `recorte` shows a part"),
                ("Pagina-Alto" = u32, description = "Height in pixels of that page"),
                ("Firmas" = Option<u32>, description = "Digital signatures of the document; absent when none"))),
        (status = 304, description = "The client has it"), (status = 404, body = Problem, description = "`no-encontrado`"),
        (status = 422, body = Problem, description = "`sin-vista-previa`: `detail` says why; `clave-necesaria`, `clave-incorrecta`")))]
async fn pagina(
    State(state): State<AppState>,
    actor: Actor,
    Path((id, n)): Path<(DocumentoId, u32)>,
    Query(params): Query<PaginaParams>,
    headers: HeaderMap,
) -> AppResult<Response> {
    let wanted = Wanted::Page(peticion(n, &params)?);
    show(&state, &actor, id, params.version, wanted, &headers).await
}

/// Which text.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
pub struct TextoParams {
    /// Page, from 1; all of them when not said.
    #[serde(default)]
    pagina: Option<u32>,
    /// Laid out as on the page: its columns stand below each other.
    #[serde(default)]
    maqueta: bool,
    /// Version; the current one when not said.
    #[serde(default)]
    version: Option<u32>,
}

/// The text of a page, or of the whole document.
#[utoipa::path(get, path = "/documentos/{id}/texto", tag = "documentos",
    params(("id" = i64, Path, description = "Document"), TextoParams, ("If-None-Match" = Option<String>, Header),
        ("Clave-Documento" = Option<String>, Header, description = "The document's password in UTF-8, as unpadded base64url")),
    responses((status = 200, body = String, content_type = "text/plain; charset=utf-8"), (status = 304, description = "The client has it"),
        (status = 404, body = Problem, description = "`no-encontrado`"),
        (status = 422, body = Problem, description = "`sin-vista-previa`: `detail` says why; `clave-necesaria`, `clave-incorrecta`")))]
async fn texto(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<DocumentoId>,
    Query(params): Query<TextoParams>,
    headers: HeaderMap,
) -> AppResult<Response> {
    let wanted = if params.maqueta { Wanted::Layout(params.pagina) } else { Wanted::Text(params.pagina) };
    show(&state, &actor, id, params.version, wanted, &headers).await
}

/// What to look for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct HallazgosParams {
    /// Text, of 1 to 200 characters. Accents, case and the width of spaces make no difference.
    q: String,
    /// Version; the current one when not said.
    #[serde(default)]
    version: Option<u32>,
}

/// Where a text stands in the document; over line ends and hyphens too, and in the invisible text of recognised scans.
#[utoipa::path(get, path = "/documentos/{id}/hallazgos", tag = "documentos",
    params(("id" = i64, Path, description = "Document"), HallazgosParams,
        ("Clave-Documento" = Option<String>, Header, description = "The document's password in UTF-8, as unpadded base64url")),
    responses((status = 200, body = Hallazgos, description = "At most 500 hits; `mas` says that there may be more"),
        (status = 404, body = Problem, description = "`no-encontrado`"),
        (status = 422, body = Problem, description = "`sin-vista-previa`: `detail` says why; `clave-necesaria`, `clave-incorrecta`")))]
async fn hallazgos(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<DocumentoId>,
    Query(params): Query<HallazgosParams>,
    headers: HeaderMap,
) -> AppResult<Response> {
    let text = params.q.trim();
    if text.is_empty() || text.chars().count() > MAX_QUERY {
        let detail = format!("El texto que se busca tiene de 1 a {MAX_QUERY} caracteres.");
        return Err(AppError::refused(Codigo::PeticionInvalida, detail));
    }
    let clave = clave(&headers)?;
    let found = find(&state, &actor, id, params.version, clave.as_ref(), text.to_owned()).await?;
    Ok(([(header::CACHE_CONTROL, "private, no-store")], Json(found)).into_response())
}

/// Which version.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
pub struct FirmasParams {
    /// Version; the current one when not said.
    #[serde(default)]
    version: Option<u32>,
}

/// The digital signatures of a PDF, and whether what they cover is as it was signed. Whom to believe is not judged.
#[utoipa::path(get, path = "/documentos/{id}/firmas", tag = "documentos",
    params(("id" = i64, Path, description = "Document"), FirmasParams, ("If-None-Match" = Option<String>, Header),
        ("Clave-Documento" = Option<String>, Header, description = "The document's password in UTF-8, as unpadded base64url")),
    responses((status = 200, body = Firmas), (status = 304, description = "The client has it"),
        (status = 404, body = Problem, description = "`no-encontrado`"),
        (status = 422, body = Problem, description = "`sin-vista-previa`: `detail` says why; `clave-necesaria`, `clave-incorrecta`")))]
async fn firmas(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<DocumentoId>,
    Query(params): Query<FirmasParams>,
    headers: HeaderMap,
) -> AppResult<Response> {
    show(&state, &actor, id, params.version, Wanted::Signatures, &headers).await
}

async fn show(
    state: &AppState,
    actor: &Actor,
    id: DocumentoId,
    version: Option<u32>,
    wanted: Wanted,
    headers: &HeaderMap,
) -> AppResult<Response> {
    let look = look(state, actor, id, version, clave(headers)?, wanted).await?;
    let etag = look.key().map(|key| format!("\"{key}\""));
    let mut answer = if etag.as_ref().is_some_and(|etag| has_already(headers, etag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let start = Instant::now();
        let drawn = look.draw(state).await?;
        let took = format!("app;dur={:.1}", start.elapsed().as_secs_f64() * 1e3);
        let mut answer = drawn.bytes.clone().into_response();
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_TYPE, value(&drawn.mime)?);
        headers.insert(HeaderName::from_static(paths::SERVER_TIMING), value(&took)?);
        if let Some(sheet) = drawn.sheet {
            headers.insert(HeaderName::from_static(paths::PAGINAS), sheet.paginas.into());
            if sheet.ancho > 0 {
                headers.insert(HeaderName::from_static(paths::PAGINA_ANCHO), sheet.ancho.into());
                headers.insert(HeaderName::from_static(paths::PAGINA_ALTO), sheet.alto.into());
            }
            if sheet.firmas > 0 {
                headers.insert(HeaderName::from_static(paths::FIRMAS), sheet.firmas.into());
            }
        }
        answer
    };
    let headers = answer.headers_mut();
    let keep = if etag.is_some() { "private, no-cache" } else { "private, no-store" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    if let Some(etag) = etag {
        headers.insert(header::ETAG, value(&etag)?);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(answer)
}

fn peticion(pagina: u32, params: &PaginaParams) -> AppResult<Peticion> {
    let invalid = |detail: String| AppError::refused(Codigo::PeticionInvalida, detail);
    let recorte: Option<Recorte> = match params.recorte.as_deref() {
        None => None,
        Some(part) => Some(part.parse().map_err(|e: render::RecorteIncorrecto| invalid(e.to_string()))?),
    };
    let longest = if recorte.is_some() { render::MAX_CAJA } else { render::MAX_LADO };
    let sides = MIN_SIDE..=longest;
    if !sides.contains(&params.ancho) || !sides.contains(&params.alto) {
        return Err(invalid(format!("El ancho y el alto de la página van de {MIN_SIDE} a {longest} píxeles.")));
    }
    let giro = params.giro.unwrap_or_default();
    if !matches!(giro, 0 | 90 | 180 | 270) {
        return Err(invalid("El giro de la página puede ser 0, 90, 180 o 270 grados.".to_owned()));
    }
    let calidad: Calidad = match params.calidad.as_deref() {
        None => Calidad::default(),
        Some(name) => name.parse().map_err(|e: render::CalidadDesconocida| invalid(e.to_string()))?,
    };
    Ok(Peticion { pagina, ancho: params.ancho, alto: params.alto, giro, calidad, recorte })
}

/// The document's password, if the request brings one. What cannot be read is not told back, nor logged.
fn clave(headers: &HeaderMap) -> AppResult<Option<Clave>> {
    let Some(header) = headers.get(paths::CLAVE_DOCUMENTO) else { return Ok(None) };
    let bytes = URL_SAFE_NO_PAD.decode(header.as_bytes()).ok();
    match bytes.and_then(|bytes| String::from_utf8(bytes).ok()) {
        Some(text) if text.is_empty() => Ok(None),
        Some(text) => Clave::new(text).map(Some).ok_or_else(|| {
            AppError::refused(Codigo::ClaveIncorrecta, "La clave es demasiado larga para ser la del documento.")
        }),
        None => Err(AppError::refused(
            Codigo::PeticionInvalida,
            "La cabecera Clave-Documento tiene que ser la clave en base64url, sin relleno.",
        )),
    }
}

fn value(text: &str) -> AppResult<HeaderValue> {
    Ok(HeaderValue::from_str(text).map_err(anyhow::Error::from)?)
}
