//! Session tokens: 256 random bits that mean nothing; the service keeps only their SHA-256.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// A new token.
pub struct Fresh {
    /// What the client gets.
    pub token: String,
    /// What the service keeps.
    pub sha256: Vec<u8>,
}

/// Draws a token.
pub fn fresh() -> Fresh {
    let token = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
    let sha256 = sha256(&token);
    Fresh { token, sha256 }
}

/// What the service keeps of a token.
pub fn sha256(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}
