//! Originals on disk, by SHA-256.

/// Where originals are kept.
#[derive(Debug, Clone)]
pub struct Blobs {}
