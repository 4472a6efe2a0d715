//! Work that nobody waits for: forgetting what has had its time.

use crate::app::subidas::DIR as UPLOADS;
use crate::store::{eventos, idempotencia, sesiones, subidas};
use crate::{AppResult, AppState};
use std::time::Duration;
use tokio::task::JoinHandle;

const EVERY: Duration = Duration::from_secs(600);
/// An upload that expired is known for so long, to be told from one that never was. Milliseconds, as all below.
const KEEP_EXPIRED: i64 = DAY;
/// A client that was away for longer reads again what it shows.
const KEEP_EVENTS: i64 = 30 * DAY;
/// A retry comes within minutes; a week covers an office that was cut off.
const KEEP_ANSWERS: i64 = 7 * DAY;
const DAY: i64 = 24 * 3_600_000;
/// Uploads forgotten in one transaction.
const BATCH: u32 = 100;

/// Starts the loop. It ends when the task is aborted or the service stops.
pub fn spawn(state: AppState) -> JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            if let Err(cause) = purge(&state).await {
                tracing::error!(%cause, "purge failed");
            }
            tokio::select! {
                () = tokio::time::sleep(EVERY) => {}
                () = state.stopping().cancelled() => return,
            }
        }
    })
}

/// Forgets what has had its time, once.
pub async fn purge(state: &AppState) -> AppResult<()> {
    let now = state.clock.now_ms();
    remove_files(state, now).await?;
    forget_uploads(state, now - KEEP_EXPIRED).await?;
    let mut tx = state.db.write().await?;
    let answers = idempotencia::purge(&mut tx, now - KEEP_ANSWERS).await?;
    sesiones::purge(&mut tx, now).await?;
    let events = eventos::purge(&mut tx, now - KEEP_EVENTS).await?;
    tx.commit().await?;
    if state.pages().wants_purge() {
        let pages = state.clone();
        crate::blobs::blocking(move || pages.pages().purge()).await?;
    }
    tracing::debug!(answers, events, "purged");
    Ok(())
}

/// Removes the files of uploads that expired, were ended, or became documents while the service fell.
async fn remove_files(state: &AppState, now: i64) -> AppResult<()> {
    let mut dir = match tokio::fs::read_dir(state.settings.datos.join(UPLOADS)).await {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        other => other?,
    };
    while let Some(entry) = dir.next_entry().await? {
        let name = entry.file_name();
        let id = name.to_string_lossy();
        // Whoever writes to it, or finishes it, removes it; else its turn comes next time.
        let Some(_held) = state.uploads().hold(&id) else { continue };
        let row = subidas::by_id(&mut *state.db.read().await?, &id).await?;
        if row.is_none_or(|row| row.caduca <= now || row.documento_id.is_some()) {
            tokio::fs::remove_file(entry.path()).await?;
        }
    }
    Ok(())
}

/// Forgets uploads that expired before `before`.
async fn forget_uploads(state: &AppState, before: i64) -> AppResult<()> {
    loop {
        let mut tx = state.db.write().await?;
        let forgotten = subidas::forget(&mut tx, before, BATCH).await?;
        tx.commit().await?;
        if forgotten < u64::from(BATCH) {
            return Ok(());
        }
    }
}
