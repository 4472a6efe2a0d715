//! zstd, br or gzip for what gets smaller by it: JSON and text of some length. Pictures, originals and event streams go as they are.

use axum::http::header::{CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};

/// Under this many bytes the frame costs more than it saves.
const MIN_BYTES: u64 = 200;
/// Kinds that are text.
const KINDS: [&str; 4] = ["application/json", "application/problem+json", "text/plain", "text/markdown"];

/// Whether an answer is text and whole.
#[derive(Debug, Clone, Copy)]
pub struct IsText;

impl Predicate for IsText {
    fn should_compress<B: http_body::Body>(&self, response: &axum::http::Response<B>) -> bool {
        let headers = response.headers();
        let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        // An original that is text says `no-transform`: its bytes and its length are what was asked for.
        let as_it_is = headers.get(CACHE_CONTROL).is_some_and(|value| value.as_bytes().ends_with(b"no-transform"));
        KINDS.contains(&kind) && !headers.contains_key(CONTENT_RANGE) && !as_it_is
    }
}

/// The layer. Up to level 7 brotli takes some 50 µs for an answer of some kilobytes; level 9 twenty times that, for nothing.
pub fn layer() -> CompressionLayer<impl Predicate> {
    CompressionLayer::new().quality(CompressionLevel::Precise(7)).compress_when(SizeAbove::new(MIN_BYTES).and(IsText))
}
