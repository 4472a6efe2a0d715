//! Looking at documents.

use super::{WHAT, find_any};
use crate::app::Actor;
use crate::blobs::Sum;
use crate::store::documentos::{self as store, DocumentoRow};
use crate::store::{duplicados, expedientes};
use crate::{AppError, AppResult, AppState};
use api::documento::{DocumentoVista, VersionVista};
use domain::{DocumentoId, ExpedienteId, Permiso};

/// A document that is not deleted.
pub async fn find(state: &AppState, actor: &Actor, id: DocumentoId) -> AppResult<DocumentoVista> {
    actor.require(Permiso::Ver)?;
    let mut conn = state.db.snapshot().await?;
    let mut rows = [find_live(&mut conn, actor, id).await?];
    duplicados::mark(&mut conn, &actor.scope, &mut rows).await?;
    Ok(rows[0].vista())
}

/// Every version of a document, newest first.
pub async fn versiones(state: &AppState, actor: &Actor, id: DocumentoId) -> AppResult<Vec<VersionVista>> {
    actor.require(Permiso::Ver)?;
    let mut conn = state.db.snapshot().await?;
    find_live(&mut conn, actor, id).await?;
    Ok(store::versions(&mut conn, id).await?.iter().map(store::VersionRow::vista).collect())
}

/// The deleted documents of an expediente, for who may bring them back.
pub async fn borrados(state: &AppState, actor: &Actor, id: ExpedienteId) -> AppResult<Vec<DocumentoVista>> {
    actor.require(Permiso::Borrar)?;
    let mut conn = state.db.snapshot().await?;
    expedientes::find(&mut conn, &actor.scope, id).await?.ok_or_else(|| AppError::not_found("ese expediente"))?;
    Ok(store::deleted_of(&mut conn, id).await?.iter().map(DocumentoRow::vista).collect())
}

/// The content of one version of a document.
#[derive(Debug, Clone)]
pub struct Original {
    /// Sum.
    pub sum: Sum,
    /// Length.
    pub bytes: u64,
    /// Media type, by content.
    pub mime: String,
    /// File name.
    pub nombre: String,
}

/// The content of a document: of its current version, or of that one.
pub async fn original(state: &AppState, actor: &Actor, id: DocumentoId, version: Option<u32>) -> AppResult<Original> {
    actor.require(Permiso::Ver)?;
    let mut conn = state.db.snapshot().await?;
    let documento = find_live(&mut conn, actor, id).await?;
    let (sum, bytes, mime, nombre) = match version {
        Some(version) if i64::from(version) != documento.version => {
            let row = store::version(&mut conn, id, version)
                .await?
                .ok_or_else(|| AppError::not_found("esa versión del documento"))?;
            (row.sha256, row.bytes, row.mime, row.nombre)
        }
        _ => (documento.sha256, documento.bytes, documento.mime, documento.nombre),
    };
    let sum = Sum::try_from(sum.as_slice()).map_err(anyhow::Error::from)?;
    Ok(Original { sum, bytes: u64::try_from(bytes).unwrap_or_default(), mime, nombre })
}

pub(crate) async fn find_live(
    conn: &mut sqlx::SqliteConnection,
    actor: &Actor,
    id: DocumentoId,
) -> AppResult<DocumentoRow> {
    let (documento, _) = find_any(conn, &actor.scope, id).await?;
    if documento.borrado.is_some() {
        return Err(AppError::not_found(WHAT));
    }
    Ok(documento)
}
