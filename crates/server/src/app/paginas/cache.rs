//! What was drawn, on disk, so that it is drawn once for everybody.

use bytes::Bytes;
use render::RenderError;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::future::Future;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// Folder of drawn pages, inside that of the data.
pub const DIR: &str = "cache/paginas";
/// How much is kept, in bytes.
pub const MAX_BYTES: u64 = 512 * 1024 * 1024;
/// A page used again is marked so when its last mark is older: one write an hour at most.
const MARK_EVERY: Duration = Duration::from_secs(3600);

/// A page image, a text, or what else is told of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Media type.
    pub mime: String,
    /// For a page image.
    pub sheet: Option<Sheet>,
    /// Content.
    pub bytes: Bytes,
}

/// What is told with a page image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Pages of the whole document.
    pub paginas: u32,
    /// Width of the whole turned page, of which the image may be a part.
    pub ancho: u32,
    /// Height of the whole turned page.
    pub alto: u32,
    /// Digital signatures of the document.
    pub firmas: u32,
}

/// First line of a file of the cache; the content follows.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
enum Head {
    Drawn { mime: String, sheet: Option<Sheet>, len: u64 },
    Failed(RenderError),
}

/// What is kept: a drawing, or why there is none.
pub type Outcome = Result<Arc<Drawn>, RenderError>;

/// The cache. Files of it can be lost or torn at any time: then they are drawn again.
#[derive(Debug)]
pub struct PageCache {
    dir: PathBuf,
    max_bytes: u64,
    /// Written since the last purge; before the first one nobody knows what is there.
    written: AtomicU64,
    /// What is being drawn, so that several who want the same wait for one drawing.
    flights: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

impl PageCache {
    /// A cache in that folder, which is made when something is put there.
    pub fn new(dir: PathBuf, max_bytes: u64) -> Self {
        Self { dir, max_bytes, written: AtomicU64::new(max_bytes), flights: Mutex::default() }
    }

    /// What is kept under `key`, else what `draw` makes, kept. A failure is kept too when the same content always fails like that.
    pub async fn get_or(&self, key: &str, draw: impl Future<Output = Result<Drawn, RenderError>>) -> Outcome {
        if let Some(kept) = self.read(key).await {
            return kept;
        }
        let flight = Flight::join(self, key);
        // When whoever draws goes away, the next one in line draws.
        let _turn = flight.turn.lock().await;
        if let Some(kept) = self.read(key).await {
            return kept;
        }
        let outcome = draw.await.map(Arc::new);
        if outcome.as_ref().err().is_none_or(RenderError::es_del_documento) {
            self.keep(key, outcome.clone()).await;
        }
        outcome
    }

    /// What is kept under `key`.
    pub async fn kept(&self, key: &str) -> Option<Outcome> {
        self.read(key).await
    }

    /// The file that is kept under `key`, else one with what `make` makes. A failure is kept as in [`Self::get_or`].
    ///
    /// It can be purged at any time; whoever finds it gone asks again.
    pub async fn file_or(
        &self,
        key: &str,
        make: impl Future<Output = Result<Vec<u8>, RenderError>>,
    ) -> Result<PathBuf, RenderError> {
        let flight = Flight::join(self, key);
        let _turn = flight.turn.lock().await;
        let path = self.path(&format!("{key}.pdf"));
        let there = path.clone();
        let used = tokio::task::spawn_blocking(move || there.is_file().then(|| mark_used(&there)).is_some());
        if used.await.unwrap_or(false) {
            return Ok(path);
        }
        if let Some(Err(failed)) = self.read(key).await {
            return Err(failed);
        }
        match make.await {
            Ok(bytes) => {
                let (len, to) = (bytes.len() as u64, path.clone());
                let written = tokio::task::spawn_blocking(move || write_atomically(&to, &[&bytes])).await;
                written
                    .map_err(|e| RenderError::Worker(e.to_string()))?
                    .map_err(|e| RenderError::Worker(e.to_string()))?;
                self.written.fetch_add(len, Ordering::Relaxed);
                Ok(path)
            }
            Err(failed) => {
                if failed.es_del_documento() {
                    self.keep(key, Err(failed.clone())).await;
                }
                Err(failed)
            }
        }
    }

    /// Removes what was used least lately until four fifths of the limit are left. Blocks.
    pub fn purge(&self) -> io::Result<()> {
        self.written.store(0, Ordering::Relaxed);
        let mut files = Vec::new();
        for dir in entries(&self.dir)? {
            for file in entries(&dir)? {
                // Another purge may have been faster.
                if let Ok(meta) = std::fs::metadata(&file) {
                    files.push((meta.modified()?, meta.len(), file));
                }
            }
        }
        let mut total: u64 = files.iter().map(|(_, len, _)| len).sum();
        if total <= self.max_bytes {
            return Ok(());
        }
        files.sort();
        for (_, len, file) in files {
            if total <= self.max_bytes / 5 * 4 {
                break;
            }
            match std::fs::remove_file(file) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => total -= len,
            }
        }
        Ok(())
    }

    /// Whether so much was written since the last purge that the limit may be passed by a tenth.
    pub fn wants_purge(&self) -> bool {
        self.written.load(Ordering::Relaxed) > self.max_bytes / 10
    }

    fn path(&self, key: &str) -> PathBuf {
        self.dir.join(key.get(..2).unwrap_or("00")).join(key)
    }

    async fn read(&self, key: &str) -> Option<Outcome> {
        let path = self.path(key);
        tokio::task::spawn_blocking(move || read_file(&path)).await.ok()?
    }

    /// A page that cannot be kept is only drawn again.
    async fn keep(&self, key: &str, outcome: Outcome) {
        let path = self.path(key);
        let kept = tokio::task::spawn_blocking(move || write_file(&path, &outcome)).await;
        match kept {
            Ok(Ok(len)) => drop(self.written.fetch_add(len, Ordering::Relaxed)),
            Ok(Err(cause)) => tracing::warn!(%cause, "page not kept"),
            Err(cause) => tracing::warn!(%cause, "page not kept"),
        }
    }
}

/// A place in the line of those who want the same.
struct Flight<'c> {
    cache: &'c PageCache,
    key: &'c str,
    turn: Arc<tokio::sync::Mutex<()>>,
}

impl<'c> Flight<'c> {
    fn join(cache: &'c PageCache, key: &'c str) -> Self {
        let mut flights = cache.flights.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = flights.entry(key.to_owned()).or_default().clone();
        Self { cache, key, turn }
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        let mut flights = self.cache.flights.lock().unwrap_or_else(PoisonError::into_inner);
        // The map's and this one: nobody else waits.
        if Arc::strong_count(&self.turn) == 2 {
            flights.remove(self.key);
        }
    }
}

fn read_file(path: &Path) -> Option<Outcome> {
    let content = Bytes::from(std::fs::read(path).ok()?);
    let end = content.iter().position(|b| *b == b'\n')?;
    match serde_json::from_slice(&content[..end]).ok()? {
        Head::Failed(error) => Some(Err(error)),
        Head::Drawn { mime, sheet, len } => {
            let bytes = content.slice(end + 1..);
            if bytes.len() as u64 != len {
                return None;
            }
            mark_used(path);
            Some(Ok(Arc::new(Drawn { mime, sheet, bytes })))
        }
    }
}

/// Notes the use for the purge. One that fails makes the page look older, no more.
fn mark_used(path: &Path) {
    let now = SystemTime::now();
    let used = std::fs::metadata(path).and_then(|meta| meta.modified());
    if used.is_ok_and(|used| now.duration_since(used).is_ok_and(|ago| ago > MARK_EVERY)) {
        let _ = std::fs::OpenOptions::new().append(true).open(path).and_then(|file| file.set_modified(now));
    }
}

fn write_file(path: &Path, outcome: &Outcome) -> io::Result<u64> {
    let (head, bytes) = match outcome {
        Ok(d) => (Head::Drawn { mime: d.mime.clone(), sheet: d.sheet, len: d.bytes.len() as u64 }, d.bytes.clone()),
        Err(error) => (Head::Failed(error.clone()), Bytes::new()),
    };
    write_atomically(path, &[&serde_json::to_vec(&head)?, b"\n", &bytes])?;
    Ok(bytes.len() as u64)
}

/// Nobody sees half of it.
fn write_atomically(path: &Path, parts: &[&[u8]]) -> io::Result<()> {
    let dir = path.parent().unwrap_or(Path::new("."));
    crate::blobs::create_dir_private(dir)?;
    let mut file = tempfile::NamedTempFile::new_in(dir)?;
    for part in parts {
        file.write_all(part)?;
    }
    file.persist(path)?;
    Ok(())
}

/// What is in a folder; nothing when it is not there.
fn entries(dir: &Path) -> io::Result<Vec<PathBuf>> {
    match std::fs::read_dir(dir) {
        Ok(entries) => entries.map(|entry| Ok(entry?.path())).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::sync::atomic::AtomicUsize;

    fn page(bytes: &'static [u8]) -> Drawn {
        let sheet = Some(Sheet { paginas: 3, ancho: 20, alto: 10, firmas: 0 });
        Drawn { mime: "image/png".to_owned(), sheet, bytes: Bytes::from_static(bytes) }
    }

    fn cache(max_bytes: u64) -> (tempfile::TempDir, PageCache) {
        let dir = tempfile::tempdir().unwrap();
        let cache = PageCache::new(dir.path().join("paginas"), max_bytes);
        (dir, cache)
    }

    #[tokio::test]
    async fn many_who_want_the_same_wait_for_one_drawing() {
        let (_dir, cache) = cache(1 << 20);
        let drawings = AtomicUsize::new(0);
        let wanted = (0..8).map(|_| {
            cache.get_or("abc", async {
                drawings.fetch_add(1, Ordering::Relaxed);
                tokio::task::yield_now().await;
                Ok(page(b"a\nb"))
            })
        });
        for outcome in futures_util::future::join_all(wanted).await {
            assert_eq!(*outcome.unwrap(), page(b"a\nb"));
        }
        assert_eq!(drawings.into_inner(), 1);
        assert!(cache.flights.lock().unwrap().is_empty());
    }

    #[tokio::test]
    async fn when_the_one_who_draws_goes_away_the_next_draws() {
        let (_dir, cache) = cache(1 << 20);
        let first = tokio::time::timeout(Duration::ZERO, cache.get_or("abc", std::future::pending()));
        assert!(first.await.is_err());
        assert_eq!(*cache.get_or("abc", async { Ok(page(b"x")) }).await.unwrap(), page(b"x"));
        assert!(cache.flights.lock().unwrap().is_empty());
    }

    #[tokio::test]
    async fn a_failure_of_the_document_is_kept_and_one_of_the_machine_is_not() {
        let (_dir, cache) = cache(1 << 20);
        let protegido = cache.get_or("abc", async { Err(RenderError::ClaveNecesaria) }).await;
        assert_eq!(protegido, Err(RenderError::ClaveNecesaria));
        assert_eq!(cache.get_or("abc", async { Ok(page(b"x")) }).await, Err(RenderError::ClaveNecesaria));
        assert_eq!(cache.get_or("def", async { Err(RenderError::Tiempo) }).await, Err(RenderError::Tiempo));
        assert!(cache.get_or("def", async { Ok(page(b"x")) }).await.is_ok());
    }

    #[tokio::test]
    async fn a_file_is_made_once_and_made_again_when_it_was_purged() {
        let (_dir, cache) = cache(1 << 20);
        let path = cache.file_or("abc", async { Ok(b"%PDF-".to_vec()) }).await.unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"%PDF-");
        assert_eq!(cache.file_or("abc", async { Err(RenderError::Roto) }).await.unwrap(), path);
        std::fs::remove_file(&path).unwrap();
        assert_eq!(cache.file_or("abc", async { Err(RenderError::Tiempo) }).await, Err(RenderError::Tiempo));
        assert_eq!(cache.file_or("abc", async { Err(RenderError::Roto) }).await, Err(RenderError::Roto));
        assert_eq!(cache.file_or("abc", async { Ok(Vec::new()) }).await, Err(RenderError::Roto), "kept");
    }

    #[tokio::test]
    async fn a_torn_file_is_drawn_again() {
        let (_dir, cache) = cache(1 << 20);
        cache.get_or("abc", async { Ok(page(b"0123456789")) }).await.unwrap();
        let path = cache.path("abc");
        let whole = std::fs::read(&path).unwrap();
        for torn in [&whole[..whole.len() - 1], &whole[..4], b""] {
            std::fs::write(&path, torn).unwrap();
            assert_eq!(*cache.get_or("abc", async { Ok(page(b"again")) }).await.unwrap(), page(b"again"));
        }
    }

    #[tokio::test]
    async fn the_least_lately_used_goes_first() {
        let (_dir, cache) = cache(3_000);
        for (age, key) in ["aa", "bb", "cc", "dd"].into_iter().enumerate() {
            cache.get_or(key, async { Ok(page(&[0; 900])) }).await.unwrap();
            let file = std::fs::OpenOptions::new().append(true).open(cache.path(key)).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(age as u64)).unwrap();
        }
        assert!(cache.wants_purge());
        // Used: now it is the youngest.
        cache.get_or("aa", std::future::pending()).await.unwrap();
        cache.purge().unwrap();
        let left = |key| cache.path(key).exists();
        assert_eq!((left("aa"), left("bb"), left("cc"), left("dd")), (true, false, false, true));
        assert!(!cache.wants_purge());
    }
}
