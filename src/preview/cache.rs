//! Pages by signature, the least recently used ones dropped first.

use super::Page;
use crate::state::preview::{Shown, Signature};
use std::collections::HashMap;

/// A cache with a limit in bytes.
pub struct Cache {
    pages: HashMap<Signature, (u64, Page)>,
    clock: u64,
    bytes: usize,
    limit: usize,
}

impl Cache {
    /// An empty one.
    pub fn new(limit: usize) -> Self {
        Self { pages: HashMap::new(), clock: 0, bytes: 0, limit }
    }

    /// A page, if it is here: the sharpest that serves.
    pub fn get(&mut self, signature: &Signature) -> Option<Page> {
        self.clock += 1;
        let serving = self.pages.iter_mut().filter(|(here, _)| here.serves(signature));
        let (_, (used, page)) = serving.max_by_key(|(here, _)| here.nitidez)?;
        *used = self.clock;
        Some(page.clone())
    }

    /// Keeps a page; one larger than a quarter of the cache is not kept.
    pub fn put(&mut self, signature: Signature, page: Page) {
        let size = size_of_page(&page);
        if size > self.limit / 4 {
            return;
        }
        self.clock += 1;
        self.bytes += size;
        if let Some((_, old)) = self.pages.insert(signature, (self.clock, page)) {
            self.bytes -= size_of_page(&old);
        }
        while self.bytes > self.limit {
            let oldest = self.pages.iter().min_by_key(|(_, (used, _))| *used).map(|(signature, _)| signature.clone());
            let Some((_, page)) = oldest.and_then(|signature| self.pages.remove(&signature)) else { break };
            self.bytes -= size_of_page(&page);
        }
    }
}

fn size_of_page(page: &Page) -> usize {
    const ENTRY: usize = 256;
    match &page.shown {
        Shown::Picture { picture, .. } => picture.pixels().as_raw().len() + picture.png().len() + ENTRY,
        Shown::Text { text, .. } => text.len() + ENTRY,
        Shown::Nothing | Shown::Card { .. } => ENTRY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(number: u32, bytes: usize) -> (Signature, Page) {
        let of = Signature {
            documento: domain::DocumentoId(1),
            sha256: String::new(),
            page: number,
            width: 1,
            height: 1,
            rotation: 0,
            text: true,
            nitidez: crate::state::nitidez::Nitidez::Normal,
            percent: 100,
            crop: None,
        };
        let shown = Shown::Text { of: of.clone(), text: "x".repeat(bytes).into() };
        (of, Page { shown, pages: None, firmas: 0, offline: false })
    }

    #[test]
    fn the_least_recently_used_goes_first() {
        let mut cache = Cache::new(10_000);
        for number in 0..4 {
            let (signature, page) = page(number, 2_000);
            cache.put(signature, page);
        }
        assert!(cache.get(&page(0, 0).0).is_some(), "used just now");
        let (signature, fifth) = page(4, 2_000);
        cache.put(signature, fifth);
        assert!(cache.get(&page(0, 0).0).is_some());
        assert!(cache.get(&page(1, 0).0).is_none());
        assert!(cache.bytes <= 10_000);
    }

    #[test]
    fn what_is_too_large_is_not_kept() {
        let mut cache = Cache::new(10_000);
        let (signature, page) = page(0, 3_000);
        cache.put(signature.clone(), page);
        assert!(cache.get(&signature).is_none());
    }
}
