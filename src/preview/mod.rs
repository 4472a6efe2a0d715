//! Pages: from the cache or from the service, decoded off the loop. Pages live in memory, never in a file.

mod cache;
pub mod tint;

use crate::msg::{Answer, Failure, FailureKind};
use crate::remote::Remote;
use crate::remote::calls::Pagina;
use crate::state::preview::secret::Secret;
use crate::state::preview::{Shown, Signature};
use api::documento::{Firmas, Hallazgos};
use cache::Cache;
use domain::DocumentoId;
use graphics::Picture;
use std::collections::HashMap;
use std::io::Cursor;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Bytes of pictures and texts kept.
const CACHE_BYTES: usize = 48 * 1024 * 1024;
/// Largest side of a picture that is decoded, in pixels: what the service is asked for is never larger.
const SIDE_MAX: u32 = 4096;

/// What came of asking for a page.
#[derive(Debug, Clone)]
pub struct Page {
    /// What to show.
    pub shown: Shown,
    /// How many pages there are, if known.
    pub pages: Option<u32>,
    /// How many digital signatures the document bears.
    pub firmas: u32,
    /// Whether the line was down: worth asking again.
    pub offline: bool,
}

/// Fetches pages; cheap to clone.
#[derive(Clone)]
pub struct Preview {
    remote: Remote,
    cache: Arc<Mutex<Cache>>,
    /// Passwords of documents, by content: here and nowhere else, for as long as the program runs.
    claves: Arc<Mutex<HashMap<String, Secret>>>,
    /// The page that is being fetched ahead, and who waits for it.
    ahead: Arc<Mutex<Option<Ahead>>>,
}

/// A page being fetched before it is asked for.
struct Ahead {
    signature: Signature,
    /// Held while it is under way.
    turn: Arc<tokio::sync::Mutex<()>>,
}

/// Fetching ahead ends after what the line moves in so many seconds, for the next wish should not find it busy.
const AHEAD_SECONDS: u64 = 3;
/// And never before this many bytes: a page.
const AHEAD_BYTES: u64 = 48_000;

impl Preview {
    /// With an empty cache.
    pub fn new(remote: Remote) -> Self {
        Self {
            remote,
            cache: Arc::new(Mutex::new(Cache::new(CACHE_BYTES))),
            claves: Arc::default(),
            ahead: Arc::default(),
        }
    }

    /// The page of that signature: picture, text, or a card that says why not.
    pub async fn page(&self, signature: &Signature) -> Page {
        if let Some(page) = self.peek(signature) {
            return page;
        }
        if let Some(turn) = self.turn_of(signature) {
            // It is on its way already; should that fail, it is asked for here.
            drop(turn.lock().await);
            if let Some(page) = self.peek(signature) {
                return page;
            }
        }
        match self.fetch(signature).await {
            Ok(page) => {
                locked(&self.cache).put(signature.clone(), page.clone());
                page
            }
            Err(failure) => {
                let offline = failure.kind == FailureKind::Offline;
                let codigo = failure.codigo();
                let shown = Shown::Card { of: signature.clone(), reason: failure.sentence, codigo };
                Page { shown, pages: None, firmas: 0, offline }
            }
        }
    }

    /// The page, if it is here: as asked for, or sharper.
    pub fn peek(&self, signature: &Signature) -> Option<Page> {
        locked(&self.cache).get(signature)
    }

    /// Fetches pages nobody has asked for yet, one after the other, until the budget of bytes is used up. One that fails is left for when
    /// it is asked for.
    pub async fn ahead(&self, signatures: &[Signature]) {
        let before = self.remote.bytes().1;
        let budget = self.remote.rate().map_or(u64::MAX, |rate| (rate * AHEAD_SECONDS).max(AHEAD_BYTES));
        for signature in signatures {
            if self.peek(signature).is_some() {
                continue;
            }
            if self.remote.bytes().1 - before >= budget {
                return;
            }
            let turn = Arc::new(tokio::sync::Mutex::new(()));
            let _held = turn.clone().lock_owned().await;
            *locked(&self.ahead) = Some(Ahead { signature: signature.clone(), turn });
            let _ended = Ended(&self.ahead);
            if let Ok(page) = self.fetch(signature).await {
                locked(&self.cache).put(signature.clone(), page);
            }
        }
    }

    /// Whether this very page is being fetched ahead.
    pub fn is_fetching(&self, signature: &Signature) -> bool {
        self.turn_of(signature).is_some()
    }

    fn turn_of(&self, signature: &Signature) -> Option<Arc<tokio::sync::Mutex<()>>> {
        let ahead = locked(&self.ahead);
        ahead.as_ref().filter(|ahead| ahead.signature.serves(signature)).map(|ahead| ahead.turn.clone())
    }

    async fn fetch(&self, signature: &Signature) -> Result<Page, Failure> {
        if signature.text {
            let clave = self.clave(&signature.sha256);
            let (text, pages) = self.remote.texto(signature.documento, signature.page, clave.as_ref()).await?;
            let shown = Shown::Text { of: signature.clone(), text: text.into() };
            return Ok(Page { shown, pages, firmas: 0, offline: false });
        }
        let clave = self.clave(&signature.sha256);
        let Pagina { bytes, pages, firmas, whole } = self.remote.pagina(signature, clave.as_ref()).await?;
        let decoded = tokio::task::spawn_blocking(move || picture(bytes));
        let picture = decoded.await.ok().flatten().ok_or_else(Failure::broken)?;
        // A service that does not say how large the page is has sent all of it.
        let crop = signature.crop.filter(|_| whole.is_some());
        let whole = whole.unwrap_or_else(|| picture.pixels().dimensions());
        let shown = Shown::Picture { of: Signature { crop, ..signature.clone() }, picture, whole };
        Ok(Page { shown, pages, firmas, offline: false })
    }

    /// The text of a page, to be copied.
    pub async fn text(&self, signature: &Signature) -> Answer<String> {
        if let Some(Page { shown: Shown::Text { text, .. }, .. }) = self.peek(signature) {
            return Ok(text.to_string());
        }
        let page = self.fetch(signature).await?;
        locked(&self.cache).put(signature.clone(), page.clone());
        Ok(if let Shown::Text { text, .. } = page.shown { text.to_string() } else { String::new() })
    }

    /// Where a text stands in a document.
    pub async fn find(&self, documento: DocumentoId, sha256: &str, q: &str) -> Answer<Hallazgos> {
        self.remote.hallazgos(documento, q, self.clave(sha256).as_ref()).await
    }

    /// Digital signatures of a document.
    pub async fn firmas(&self, documento: DocumentoId, sha256: &str) -> Answer<Firmas> {
        self.remote.firmas(documento, self.clave(sha256).as_ref()).await
    }

    /// From now on whatever is asked of this content is asked with this password.
    pub fn unlock(&self, sha256: String, clave: Secret) {
        locked(&self.claves).insert(sha256, clave);
    }

    /// Whoever comes next does not know the passwords, nor has seen the pages.
    pub fn forget(&self) {
        locked(&self.claves).clear();
        *locked(&self.cache) = Cache::new(CACHE_BYTES);
    }

    fn clave(&self, sha256: &str) -> Option<Secret> {
        locked(&self.claves).get(sha256).cloned()
    }
}

/// File and pixels. What is no PNG (a photograph in all its colours) becomes one: it is what terminals take.
fn picture(bytes: Vec<u8>) -> Option<Picture> {
    let pixels = decode(&bytes)?;
    let is_png = image::guess_format(&bytes).is_ok_and(|format| format == image::ImageFormat::Png);
    let file = if is_png { bytes } else { png(&pixels)? };
    Some(Picture::new(file.into(), Arc::new(pixels)))
}

fn png(pixels: &image::RgbImage) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    pixels.write_to(&mut Cursor::new(&mut file), image::ImageFormat::Png).ok()?;
    Some(file)
}

/// Takes the note away that a page is being fetched ahead, also when fetching is broken off.
struct Ended<'a>(&'a Mutex<Option<Ahead>>);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        *locked(self.0) = None;
    }
}

/// A thread that panicked while it held the lock left nothing half done: each use is one call.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Decodes what the service sent, within limits: it is not trusted either.
fn decode(bytes: &[u8]) -> Option<image::RgbImage> {
    let mut reader = image::ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = image::Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(SIDE_MAX), Some(SIDE_MAX));
    limits.max_alloc = Some(u64::from(SIDE_MAX * SIDE_MAX) * 4);
    reader.limits(limits);
    reader.decode().ok().map(|picture| picture.into_rgb8())
}
