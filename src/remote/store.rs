//! What is remembered between runs, in the platform's state folder, readable by this user alone.

use directories::ProjectDirs;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What is remembered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// The service used last.
    pub ultimo: Option<String>,
    /// Theme chosen in the program.
    pub tema: Option<String>,
    /// Language chosen in the program.
    pub idioma: Option<String>,
    /// Whether the person was told how tmux lets pictures through.
    pub tmux_avisado: bool,
    /// By address of the service.
    pub servidores: BTreeMap<String, ServerMemory>,
}

/// What is remembered of one service.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServerMemory {
    /// User who signed in last.
    pub usuario: Option<String>,
    /// Token of `expedientes login`.
    pub token: Option<String>,
    /// Fingerprint the person has confirmed.
    pub huella: Option<String>,
    /// CA file given with `--ca`.
    pub ca: Option<PathBuf>,
    /// Last entidad and modelo.
    pub eleccion: Option<(String, String)>,
    /// Queries typed, newest first.
    pub busquedas: Vec<String>,
    /// Reasons given, newest first.
    pub motivos: Vec<String>,
    /// To whom avisos are given; empty when to the asesor.
    pub destinatario: String,
}

/// Where it is kept.
#[derive(Debug, Clone)]
pub struct MemoryFile(PathBuf);

impl MemoryFile {
    /// In the platform's state folder; `None` when the platform has none.
    pub fn standard() -> Option<Self> {
        let dirs = ProjectDirs::from("", "", "expedientes")?;
        let folder = dirs.state_dir().unwrap_or(dirs.data_local_dir());
        Some(Self(folder.join("memoria.json")))
    }

    /// In this file.
    pub fn at(path: PathBuf) -> Self {
        Self(path)
    }

    /// The folder it is in.
    pub fn folder(&self) -> &Path {
        self.0.parent().unwrap_or(Path::new("."))
    }

    /// What is there; nothing when it cannot be read: memory is a comfort, not a duty.
    pub fn load(&self) -> Memory {
        std::fs::read(&self.0).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Reads, changes and writes whole.
    pub fn change(&self, change: impl FnOnce(&mut Memory)) -> std::io::Result<()> {
        let mut memory = self.load();
        let before = memory.clone();
        change(&mut memory);
        if memory == before {
            return Ok(());
        }
        write_private(&self.0, &serde_json::to_vec_pretty(&memory)?)
    }
}

/// Makes the folder if it is not there, readable by this user alone: what is kept in it names clients.
pub(crate) fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Writes a file whole or not at all, readable by this user alone.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    private_folder(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    std::io::Write::write_all(&mut file, bytes)?;
    file.persist(path)?;
    Ok(())
}
