//! Uploads and downloads: nothing is lost between a file chosen and a document on the service.

use domain::{DocumentoId, ExpedienteId, TipoId};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// All transfers of this run, oldest first.
#[derive(Debug, Clone, Default)]
pub struct Transfers {
    /// The transfers.
    pub items: Vec<Transfer>,
    /// Last number given.
    pub last: u64,
    /// Those that the line or the session has cut: they go on when it is back.
    pub waiting: Vec<u64>,
    /// Uploads that go together: when the last of them has ended, their sum is told.
    pub tanda: Vec<u64>,
    /// Whose files are being looked at, pasted or named: the person may have moved on when the answer comes.
    pub files_for: Option<ExpedienteId>,
}

/// A file chosen for upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// The file.
    pub path: PathBuf,
    /// Its name, cleaned.
    pub nombre: String,
    /// Bytes.
    pub bytes: u64,
    /// The type it gets; none until guessed or said.
    pub tipo: Option<TipoId>,
}

/// One upload or download.
#[derive(Debug, Clone)]
pub struct Transfer {
    /// Number, for cancel and retry.
    pub id: u64,
    /// What it does.
    pub job: Job,
    /// Name for people.
    pub nombre: String,
    /// Bytes in all.
    pub total: u64,
    /// Bytes done.
    pub done: u64,
    /// Bytes a second, smoothed.
    pub rate: u64,
    /// How it stands.
    pub estado: EstadoTransfer,
}

/// What a transfer does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Job {
    /// A file to the service.
    Upload {
        /// Target.
        expediente: ExpedienteId,
        /// Type.
        tipo: TipoId,
        /// New version of this document.
        version_of: Option<DocumentoId>,
        /// The file.
        path: PathBuf,
        /// Client-made key: a retry goes on with the same upload.
        key: String,
    },
    /// An original to a folder.
    Download {
        /// Which.
        documento: DocumentoId,
        /// Where to; none is a folder of this run alone, which goes with it, for the desktop's viewer to open it from.
        folder: Option<PathBuf>,
    },
}

/// How a transfer stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EstadoTransfer {
    /// Waits for its turn.
    EnCola,
    /// Under way.
    EnCurso,
    /// Done; for an upload the document it became.
    Hecho(Option<DocumentoId>),
    /// Failed, one sentence; can be tried again.
    Fallido(String),
    /// Ended by the person.
    Cancelado,
}

impl EstadoTransfer {
    /// Waiting or under way.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::EnCola | Self::EnCurso)
    }
}

impl Transfers {
    /// How many are waiting or under way.
    pub fn open(&self) -> usize {
        self.items.iter().filter(|transfer| transfer.estado.is_open()).count()
    }

    /// Those of the uploads that go together.
    pub fn of_tanda(&self) -> impl Iterator<Item = &Transfer> {
        self.items.iter().filter(|transfer| self.tanda.contains(&transfer.id))
    }
}
