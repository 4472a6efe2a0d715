//! Pages: from the cache or from the service, decoded off the loop. Pages live in memory, never in a file.

mod cache;

use crate::msg::{Failure, FailureKind};
use crate::remote::Remote;
use crate::state::preview::{Shown, Signature};
use cache::Cache;
use graphics::Picture;
use std::io::Cursor;
use std::sync::{Arc, Mutex, PoisonError};

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
    /// Whether the line was down: worth asking again.
    pub offline: bool,
}

/// Fetches pages; cheap to clone.
#[derive(Clone)]
pub struct Preview {
    remote: Remote,
    cache: Arc<Mutex<Cache>>,
}

impl Preview {
    /// With an empty cache.
    pub fn new(remote: Remote) -> Self {
        Self { remote, cache: Arc::new(Mutex::new(Cache::new(CACHE_BYTES))) }
    }

    /// The page of that signature: picture, text, or a card that says why not.
    pub async fn page(&self, signature: &Signature) -> Page {
        if let Some(page) = self.cache.lock().unwrap_or_else(PoisonError::into_inner).get(signature) {
            return page;
        }
        match self.fetch(signature).await {
            Ok(page) => {
                self.cache.lock().unwrap_or_else(PoisonError::into_inner).put(signature.clone(), page.clone());
                page
            }
            Err(failure) => {
                let offline = failure.kind == FailureKind::Offline;
                let shown = Shown::Card { of: signature.clone(), reason: failure.sentence };
                Page { shown, pages: None, offline }
            }
        }
    }

    async fn fetch(&self, signature: &Signature) -> Result<Page, Failure> {
        if signature.text {
            let (text, pages) = self.remote.texto(signature.documento, signature.page).await?;
            let shown = Shown::Text { of: signature.clone(), text: text.into() };
            return Ok(Page { shown, pages, offline: false });
        }
        let (bytes, pages) = self.remote.pagina(signature, "color16").await?;
        let decoded =
            tokio::task::spawn_blocking(move || Some(Picture::new(bytes.as_slice().into(), Arc::new(decode(&bytes)?))));
        let picture = decoded.await.ok().flatten().ok_or_else(Failure::broken)?;
        let shown = Shown::Picture { of: signature.clone(), picture };
        Ok(Page { shown, pages, offline: false })
    }
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
