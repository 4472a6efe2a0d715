//! What stays on this machine between runs, to spare the line and to lose nothing: in the platform's state folder, readable by this user
//! alone.

pub mod modelos;
pub mod trabajo;

use crate::remote::store::{MemoryFile, write_private};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::path::PathBuf;

/// The folder; cheap to clone.
#[derive(Debug, Clone)]
pub struct Cache(PathBuf);

impl Cache {
    /// Beside what is remembered.
    pub fn beside(memory: &MemoryFile) -> Self {
        Self(memory.folder().to_owned())
    }

    /// What is kept under a name; nothing when it cannot be read.
    fn get<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        serde_json::from_slice(&std::fs::read(self.0.join(name)).ok()?).ok()
    }

    /// Keeps it, whole or not at all.
    fn put(&self, name: &str, value: &impl Serialize) -> std::io::Result<()> {
        write_private(&self.0.join(name), &serde_json::to_vec(value)?)
    }
}

/// The name of a file for these: a service, a person, a modelo. Addresses and names do not show in a folder's listing.
fn name_for(kind: &str, of: &[&str]) -> String {
    let sum = Sha256::digest(of.join("\n"));
    let hex: String = sum.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("{kind}-{hex}.json")
}
