//! The files that go up: text, so that the service takes them, and no two alike.

use rand::rngs::StdRng;
use rand::{Rng, RngExt};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// A file that goes up.
pub struct Fichero {
    /// Where it is.
    pub path: PathBuf,
    /// Its name, which no other has.
    pub nombre: String,
    /// Its sum.
    pub sha256: [u8; 32],
}

/// Writes that many files of that size.
pub fn make(folder: &Path, files: usize, bytes: usize, random: &mut StdRng) -> anyhow::Result<Vec<Fichero>> {
    std::fs::create_dir_all(folder)?;
    let mut all = Vec::with_capacity(files);
    for number in 0..files {
        let mut content = vec![0; bytes];
        random.fill_bytes(&mut content);
        for byte in &mut content {
            *byte = if *byte < 4 { b'\n' } else { b'a' + *byte % 26 };
        }
        let nombre = format!("oferta {number:03} {:04}.txt", random.random_range(0..10_000));
        let path = folder.join(&nombre);
        std::fs::write(&path, &content)?;
        all.push(Fichero { path, nombre, sha256: sha256(&content) });
    }
    Ok(all)
}

/// SHA-256 of some bytes.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
