//! Receiving bytes.

use super::busy::Held;
use super::finish::{HEAD, check_beginning};
use super::{busy, expiry, file_of, find, finish};
use crate::app::Actor;
use crate::blobs::{create_dir_private, sync_dir};
use crate::store::subidas::{self as store, SubidaRow};
use crate::{AppError, AppResult, AppState};
use api::Codigo;
use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::io::{self, SeekFrom};
use std::path::Path;
use std::time::Duration;
use tokio::fs::File;
use tokio::io::{AsyncSeekExt, AsyncWriteExt, BufWriter};

/// Bytes after which the offset is moved in the midst of a request: a crash costs the client at most as much.
pub const CHECKPOINT: u64 = 4 * 1024 * 1024;
/// A line that brings nothing for so long is taken for cut; what came is kept.
const IDLE: Duration = Duration::from_secs(30);
const BUFFER: usize = 256 * 1024;

/// Bytes as they come in.
pub struct Chunk {
    /// Where they go; must be the offset.
    pub offset: u64,
    /// How many, if the request says so.
    pub len: Option<u64>,
    /// Their sum, to be checked before they count.
    pub checksum: Option<Checksum>,
    /// The bytes.
    pub body: BoxStream<'static, io::Result<Bytes>>,
}

/// Sum of one chunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checksum {
    /// How it is made.
    pub algorithm: Algorithm,
    /// What it must be.
    pub expected: Vec<u8>,
}

/// Algorithms of [`Checksum`]: those of [`api::subida::TUS_CHECKSUMS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// SHA-1, which the protocol asks every server to have: against faults of the line, not against people.
    Sha1,
    /// SHA-256.
    Sha256,
}

/// Receives a chunk; with the last one the upload becomes a document.
///
/// Runs as a task of its own: when the client goes away, the request is dropped, but what had arrived is still written and counted.
pub async fn append(state: &AppState, actor: &Actor, id: &str, chunk: Chunk) -> AppResult<SubidaRow> {
    let held = state.uploads().take(id).await.ok_or_else(busy)?;
    let row = find(state, actor, id).await?;
    if chunk.offset != row.recibido() {
        return Err(AppError::refused(
            Codigo::Estado,
            "La subida no va por ese punto; pregunte por dónde va y siga desde ahí.",
        ));
    }
    if chunk.len.is_some_and(|len| len > row.total() - row.recibido()) {
        return Err(past_the_end());
    }
    if row.documento_id.is_some() {
        return Ok(row);
    }
    let (state, actor) = (state.clone(), actor.clone());
    let task = tokio::spawn(async move {
        receive(&state, &row, &held, chunk).await?;
        let before = row.recibido();
        let row = find(&state, &actor, &row.id).await?;
        // What it is shows at its beginning: nobody sends a hundred megabytes to be told at their end that they are of no use.
        if before < HEAD && row.recibido() >= HEAD && !row.is_complete() {
            check_beginning(&state, &actor, &row).await?;
        }
        if row.is_complete() { finish(&state, &actor, &row.id).await } else { Ok(row) }
    });
    task.await.map_err(anyhow::Error::from)?
}

fn past_the_end() -> AppError {
    AppError::refused(Codigo::DemasiadoGrande, "Llegan más bytes de los anunciados; vuelva a subir el fichero.")
}

async fn receive(state: &AppState, row: &SubidaRow, held: &Held, mut chunk: Chunk) -> AppResult<()> {
    let mut partial = Partial::open(state, row).await?;
    let mut sum = chunk.checksum.as_ref().map(|c| Running::new(c.algorithm));
    let ended = loop {
        let next = tokio::select! {
            next = tokio::time::timeout(IDLE, chunk.body.next()) => next,
            () = held.wanted() => break Some(busy()),
        };
        let piece = match next {
            Ok(Some(Ok(piece))) => piece,
            Ok(None) => break None,
            Ok(Some(Err(_))) | Err(_) => break Some(cut_short()),
        };
        if partial.written + piece.len() as u64 > row.total() {
            return Err(past_the_end());
        }
        if let Some(sum) = &mut sum {
            sum.update(&piece);
        }
        partial.write(&piece).await?;
        // With a checksum nothing counts before all of it was checked.
        if sum.is_none() && partial.written - partial.counted >= CHECKPOINT {
            partial.count().await?;
        }
    };
    if let (Some(sum), Some(checksum)) = (sum, chunk.checksum) {
        if let Some(ended) = ended {
            return Err(ended);
        }
        if sum.finish() != checksum.expected {
            return Err(AppError::refused(
                Codigo::SumaMala,
                "Los datos han llegado alterados; vuelva a enviarlos desde el mismo punto.",
            ));
        }
    }
    partial.count().await?;
    ended.map_or(Ok(()), Err)
}

fn cut_short() -> AppError {
    AppError::refused(Codigo::PeticionInvalida, "La conexión se cortó a mitad de la subida; siga desde donde quedó.")
}

/// The file of an upload, open at its offset.
struct Partial<'a> {
    state: &'a AppState,
    id: &'a str,
    file: BufWriter<File>,
    written: u64,
    counted: u64,
}

impl<'a> Partial<'a> {
    async fn open(state: &'a AppState, row: &'a SubidaRow) -> AppResult<Self> {
        let path = file_of(state, &row.id);
        let recibido = row.recibido();
        let mut file = open_or_make(&path).await?;
        let len = file.metadata().await?.len();
        if len < recibido {
            // Only a fault of the disk, or a copy put back, takes away what was synced. Nothing of it can be trusted any more.
            tracing::error!(subida = %row.id, len, recibido, "file of an upload is shorter than what was counted");
            let mut tx = state.db.write().await?;
            store::advance(&mut tx, &row.id, recibido, 0, row.caduca).await?;
            tx.commit().await?;
            super::remove_file(state, &row.id).await;
            return Err(AppError::refused(
                Codigo::Estado,
                "Se ha perdido parte de la subida; empiece otra vez desde el principio.",
            ));
        }
        if len > recibido {
            file.set_len(recibido).await?;
        }
        file.seek(SeekFrom::Start(recibido)).await?;
        let file = BufWriter::with_capacity(BUFFER, file);
        Ok(Self { state, id: &row.id, file, written: recibido, counted: recibido })
    }

    async fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        self.file.write_all(piece).await?;
        self.written += piece.len() as u64;
        Ok(())
    }

    /// Makes what was written durable, then counts it.
    async fn count(&mut self) -> AppResult<()> {
        if self.written == self.counted {
            return Ok(());
        }
        self.file.flush().await?;
        self.file.get_ref().sync_data().await?;
        let mut tx = self.state.db.write().await?;
        if !store::advance(&mut tx, self.id, self.counted, self.written, expiry(self.state)).await? {
            return Err(busy());
        }
        tx.commit().await?;
        self.counted = self.written;
        Ok(())
    }
}

async fn open_or_make(path: &Path) -> io::Result<File> {
    let path = path.to_owned();
    let file = crate::blobs::blocking(move || match crate::blobs::open_write(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let dir = path.parent().unwrap_or(Path::new("."));
            create_dir_private(dir)?;
            let file = crate::blobs::create_private(&path)?;
            sync_dir(dir)?;
            Ok(file)
        }
        other => other,
    });
    Ok(File::from_std(file.await?))
}

/// A sum under way.
enum Running {
    Sha1(Sha1),
    Sha256(Sha256),
}

impl Running {
    fn new(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Sha1 => Self::Sha1(Sha1::new()),
            Algorithm::Sha256 => Self::Sha256(Sha256::new()),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha1(sum) => sum.update(bytes),
            Self::Sha256(sum) => sum.update(bytes),
        }
    }

    fn finish(self) -> Vec<u8> {
        match self {
            Self::Sha1(sum) => sum.finalize().to_vec(),
            Self::Sha256(sum) => sum.finalize().to_vec(),
        }
    }
}
