//! Originals: whether those that rows name are all here and as they came, and away with those that no row names.

use crate::blobs::{Blobs, Sum};
use crate::store::{Db, originales};
use crate::{AppResult, Settings};
use std::time::{Duration, SystemTime};

/// What no row names is left alone for so long: an upload puts the content first and the row after.
const ORPHAN_AGE: Duration = Duration::from_secs(24 * 3_600);
/// Rows read, and originals removed, at once.
const BATCH: u32 = 200;

/// What a check of the originals came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many are as they came.
    pub whole: u64,
    /// Named by a row and not here.
    pub missing: Vec<Original>,
    /// No longer the content that came.
    pub changed: Vec<Original>,
}

/// An original and one document that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// SHA-256.
    pub sum: Sum,
    /// Number of the expediente.
    pub numero: String,
    /// File name.
    pub nombre: String,
}

/// Reads every original that a row names and compares its sum, while the service runs or not.
pub async fn verify_originals(settings: &Settings, db: &Db) -> AppResult<Verified> {
    let blobs = Blobs::at(&settings.blobs_folder());
    let mut found = Verified::default();
    let mut after = Vec::new();
    loop {
        let named = originales::after(&mut *db.read().await?, &after, BATCH).await?;
        let Some(last) = named.last() else { return Ok(found) };
        after = last.sha256.clone();
        for row in named {
            let sum = Sum::try_from(row.sha256.as_slice()).map_err(anyhow::Error::from)?;
            let original = Original { sum, numero: row.numero, nombre: row.nombre };
            if blobs.size(&sum).await?.is_none() {
                found.missing.push(original);
            } else if blobs.verify(sum).await? {
                found.whole += 1;
            } else {
                found.changed.push(original);
            }
        }
    }
}

/// What was removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Removed {
    /// Originals.
    pub originals: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// Removes the originals that no row names and that were put more than a day before `now`, while the service runs or not.
///
/// Each is asked for again within a write before it goes, and an upload that ends looks within its own write that its original is there
/// (see `app::subidas::finish`): so no row ever names what was removed.
pub async fn remove_orphans(settings: &Settings, db: &Db, now: SystemTime) -> AppResult<Removed> {
    let Some(before) = now.checked_sub(ORPHAN_AGE) else { return Ok(Removed::default()) };
    let blobs = Blobs::at(&settings.blobs_folder());
    let mut orphans = Vec::new();
    for sum in blobs.older_than(before).await? {
        if !originales::is_named(&mut *db.read().await?, sum.as_bytes()).await? {
            orphans.push(sum);
        }
    }
    let mut removed = Removed::default();
    for some in orphans.chunks(BATCH as usize) {
        let mut tx = db.write().await?;
        for sum in some {
            if !originales::is_named(&mut tx, sum.as_bytes()).await? {
                removed.bytes += blobs.remove(sum).await?;
                removed.originals += 1;
            }
        }
        tx.commit().await?;
    }
    Ok(removed)
}
