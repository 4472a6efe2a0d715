//! Uploads that survive cuts and crashes.
//!
//! The bytes of an upload go to `subidas/<id>`; its row has the offset. The row is the truth: the offset moves only after the bytes up to
//! it were synced, in a transaction of its own, at least every [`append::CHECKPOINT`] bytes. What a crash leaves in the file beyond the
//! offset was never acknowledged; it may be torn (a file can be longer on disk than the data that reached it), so the next write starts
//! by cutting it off rather than trusting the file's length. That also makes a chunk that comes with a checksum all or nothing.
//!
//! Finishing ([`finish`]) can be done over after a crash at any point: the file is linked among the originals, never moved, and document
//! and "done" are one transaction. An upload whose bytes are all here but that is not done is finished by whoever looks next.

pub mod append;
mod busy;
mod create;
mod finish;

pub use append::{Algorithm, Checksum, Chunk, append};
pub use busy::Busy;
pub use create::{Nueva, create};
pub use finish::finish;

use crate::app::Actor;
use crate::store::subidas::{self as store, SubidaRow};
use crate::{AppError, AppResult, AppState};
use api::Codigo;
use std::path::PathBuf;

/// Folder of uploads under way, inside that of the data.
pub const DIR: &str = "subidas";

/// The file of an upload. Ids are hex digits made by the service, and only those found in the database come here.
pub fn file_of(state: &AppState, id: &str) -> PathBuf {
    state.settings.datos.join(DIR).join(id)
}

/// An upload of this person: 404 when there is none, 410 when it has expired or was ended.
pub async fn find(state: &AppState, actor: &Actor, id: &str) -> AppResult<SubidaRow> {
    let mut conn = state.db.read().await?;
    let row = store::find(&mut conn, actor.id.0, id).await?.ok_or_else(|| AppError::not_found("esa subida"))?;
    if row.caduca <= state.clock.now_ms() {
        return Err(AppError::refused(
            Codigo::SubidaCaducada,
            "Esta subida ha caducado o se canceló; vuelva a subir el fichero.",
        ));
    }
    Ok(row)
}

/// How an upload stands. One that lacks nothing but its finish is finished.
pub async fn look(state: &AppState, actor: &Actor, id: &str) -> AppResult<SubidaRow> {
    let row = find(state, actor, id).await?;
    if !row.is_complete() || row.documento_id.is_some() {
        return Ok(row);
    }
    let held = state.uploads().take(id).await.ok_or_else(busy)?;
    let finished = finish(state, actor, id).await;
    drop(held);
    finished
}

/// Ends an upload and throws its bytes away.
pub async fn terminate(state: &AppState, actor: &Actor, id: &str) -> AppResult<()> {
    let row = find(state, actor, id).await?;
    let _held = state.uploads().take(id).await.ok_or_else(busy)?;
    if row.documento_id.is_some() {
        return Err(AppError::refused(
            Codigo::Estado,
            "La subida ya es un documento; si no lo quiere, borre el documento.",
        ));
    }
    drop_upload(state, id).await
}

/// Ends an upload; its row stays for a while, to say that it is gone.
async fn drop_upload(state: &AppState, id: &str) -> AppResult<()> {
    let mut tx = state.db.write().await?;
    store::end(&mut tx, id, state.clock.now_ms()).await?;
    tx.commit().await?;
    remove_file(state, id).await;
    Ok(())
}

/// Removes the file of an upload that no longer needs it. What stays behind after a fault is removed by the purge.
async fn remove_file(state: &AppState, id: &str) {
    match tokio::fs::remove_file(file_of(state, id)).await {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            tracing::warn!(subida = id, cause = %error, "file of an upload not removed");
        }
        _ => {}
    }
}

/// When an upload that is worked on now expires.
fn expiry(state: &AppState) -> i64 {
    state.clock.now_ms() + i64::from(state.settings.horas_subida) * 3_600_000
}

/// 409: somebody else writes to it at this moment.
fn busy() -> AppError {
    AppError::refused(Codigo::Estado, "Esta subida ya está recibiendo datos por otra conexión; espere unos segundos.")
}
