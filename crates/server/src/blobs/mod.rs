//! Originals, content-addressed by SHA-256: the same content is kept once, and nothing ever rewrites an original.
//!
//! [`Blobs`] is the interface: everything outside asks for content by its sum, so that a store in the cloud can take this one's place
//! behind the same functions. What is here keeps local files, `originales/ab/cdef…`, mode 0600. It is our own rather than
//! `object_store`'s local one because that one neither syncs the file nor the folder it is renamed into: a row could then name an
//! original that a power cut takes away. Here content is on disk, folder entry included, before [`Blobs::put`] or [`Blobs::adopt`] answer.

mod disk;
mod sum;

pub use disk::{create_dir_private, create_private, open_write, sync_dir};
pub use sum::{Sum, hex};

use sha2::{Digest, Sha256};
use std::io::{self, Read, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncSeekExt};

/// Folder, inside that of the originals, for files that are not complete yet.
const UNFINISHED: &str = "nuevos";

/// Where originals are kept; cheap to clone.
#[derive(Debug, Clone)]
pub struct Blobs {
    dir: Arc<Path>,
}

impl Blobs {
    /// Opens the folder, making it when it is not there, and clears what a crash left unfinished. Blocks: call it at start.
    pub fn open(dir: &Path) -> io::Result<Self> {
        create_dir_private(dir)?;
        let unfinished = dir.join(UNFINISHED);
        create_dir_private(&unfinished)?;
        for entry in std::fs::read_dir(&unfinished)? {
            std::fs::remove_file(entry?.path())?;
        }
        // Made beforehand, all of them, so that no original waits for its folder to be safely in its parent.
        for first in 0..=u8::MAX {
            create_dir_private(&dir.join(hex(&[first])))?;
        }
        sync_dir(dir)?;
        Ok(Self { dir: dir.into() })
    }

    /// The originals in a folder that a service may be using: nothing is made, nothing cleared.
    pub fn at(dir: &Path) -> Self {
        Self { dir: dir.into() }
    }

    /// The file of that content, for programs that need one. It may not be there: see [`Blobs::size`].
    pub fn path(&self, sum: &Sum) -> PathBuf {
        let name = sum.to_string();
        let (first, rest) = name.split_at(2);
        self.dir.join(first).join(rest)
    }

    /// Stores content; answers its sum.
    pub async fn put(&self, bytes: impl Into<bytes::Bytes>) -> io::Result<Sum> {
        let (blobs, bytes) = (self.clone(), bytes.into());
        blocking(move || {
            let sum = Sum::of(&bytes);
            blobs.store(&sum, bytes.len() as u64, |unfinished| unfinished.write_all(&bytes))?;
            Ok(sum)
        })
        .await
    }

    /// Stores the content of a file that has that sum. The file is left where it is, and must never be written again: it may from
    /// now on be the same file as the original.
    pub async fn adopt(&self, file: &Path, sum: Sum) -> io::Result<()> {
        let (blobs, file) = (self.clone(), file.to_owned());
        blocking(move || {
            let source = std::fs::File::open(&file)?;
            source.sync_all()?;
            let len = source.metadata()?.len();
            let target = blobs.path(&sum);
            if !is_complete(&target, len) && std::fs::hard_link(&file, &target).is_ok() {
                return blobs.sync_parent(&target);
            }
            // It is there already, or this file system has no links, or the two folders are on different ones.
            blobs.store(&sum, len, |unfinished| io::copy(&mut &source, unfinished).map(drop))
        })
        .await
    }

    /// How many bytes that content has; `None` when it is not here.
    pub async fn size(&self, sum: &Sum) -> io::Result<Option<u64>> {
        match tokio::fs::metadata(self.path(sum)).await {
            Ok(meta) => Ok(Some(meta.len())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// `len` bytes of that content from `from` on, without reading it into memory.
    pub async fn read(&self, sum: &Sum, from: u64, len: u64) -> io::Result<impl AsyncRead + Send + use<>> {
        let mut file = tokio::fs::File::open(self.path(sum)).await?;
        if from > 0 {
            file.seek(SeekFrom::Start(from)).await?;
        }
        Ok(file.take(len))
    }

    /// Whether what is kept still has that sum.
    pub async fn verify(&self, sum: Sum) -> io::Result<bool> {
        let path = self.path(&sum);
        blocking(move || Ok(sum_of_file(&path)? == sum)).await
    }

    /// The content that was put, or put again, before `before`. What is not an original is passed over.
    pub async fn older_than(&self, before: SystemTime) -> io::Result<Vec<Sum>> {
        let blobs = self.clone();
        blocking(move || {
            let mut old = Vec::new();
            for first in 0..=u8::MAX {
                let first = hex(&[first]);
                let folder = match std::fs::read_dir(blobs.dir.join(&first)) {
                    Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                    folder => folder?,
                };
                for entry in folder {
                    let entry = entry?;
                    let name = format!("{first}{}", entry.file_name().to_string_lossy());
                    if let Ok(sum) = name.parse::<Sum>()
                        && entry.metadata()?.modified()? < before
                    {
                        old.push(sum);
                    }
                }
            }
            Ok(old)
        })
        .await
    }

    /// Removes content that no row names; answers its bytes. The caller sees to it that no row comes to name it meanwhile.
    pub async fn remove(&self, sum: &Sum) -> io::Result<u64> {
        let path = self.path(sum);
        blocking(move || {
            let bytes = std::fs::metadata(&path)?.len();
            std::fs::remove_file(&path)?;
            Ok(bytes)
        })
        .await
    }

    /// Writes to a file beside, syncs it, renames it into its place, syncs the folder.
    fn store(&self, sum: &Sum, len: u64, write: impl FnOnce(&mut std::fs::File) -> io::Result<()>) -> io::Result<()> {
        let target = self.path(sum);
        if !is_complete(&target, len) {
            let mut unfinished = tempfile::NamedTempFile::new_in(self.dir.join(UNFINISHED))?;
            write(unfinished.as_file_mut())?;
            unfinished.as_file().sync_all()?;
            unfinished.persist(&target)?;
        }
        // Even when it was there: whoever put it may not have got as far as syncing its folder.
        self.sync_parent(&target)
    }

    fn sync_parent(&self, target: &Path) -> io::Result<()> {
        sync_dir(target.parent().unwrap_or(&self.dir))
    }
}

/// SHA-256 of a file, read in pieces. Blocks.
pub fn sum_of_file(file: &Path) -> io::Result<Sum> {
    let mut file = std::fs::File::open(file)?;
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 256 * 1024];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(Sum::from_digest(hasher.finalize().into())),
            n => hasher.update(&piece[..n]),
        }
    }
}

/// Runs what blocks on the threads for that.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

/// A file cut short by a fault of the disk is replaced when the same content comes again.
fn is_complete(target: &Path, len: u64) -> bool {
    std::fs::metadata(target).is_ok_and(|meta| meta.is_file() && meta.len() == len)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    async fn content(blobs: &Blobs, sum: &Sum, from: u64, len: u64) -> Vec<u8> {
        let mut out = Vec::new();
        blobs.read(sum, from, len).await.unwrap().read_to_end(&mut out).await.unwrap();
        out
    }

    #[tokio::test]
    async fn content_is_kept_once_and_read_by_range() {
        let dir = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(dir.path()).unwrap();
        let sum = blobs.put("hola, mundo").await.unwrap();
        assert_eq!(blobs.put("hola, mundo").await.unwrap(), sum);
        assert_eq!(content(&blobs, &sum, 6, 3).await, b"mun");
        assert_eq!(blobs.size(&sum).await.unwrap(), Some(11));
        assert_eq!(blobs.size(&Sum::of(b"otra")).await.unwrap(), None);
        assert!(blobs.verify(sum).await.unwrap());
        assert_eq!(std::fs::read_dir(dir.path().join(UNFINISHED)).unwrap().count(), 0);
    }

    #[tokio::test]
    async fn an_adopted_file_stays_where_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(&dir.path().join("originales")).unwrap();
        let file = dir.path().join("subida");
        std::fs::write(&file, "contenido").unwrap();
        let sum = sum_of_file(&file).unwrap();
        blobs.adopt(&file, sum).await.unwrap();
        blobs.adopt(&file, sum).await.unwrap();
        std::fs::remove_file(&file).unwrap();
        assert_eq!(content(&blobs, &sum, 0, 9).await, b"contenido");
    }

    #[tokio::test]
    async fn a_damaged_original_shows_and_is_mended_by_the_same_content() {
        let dir = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(dir.path()).unwrap();
        let sum = blobs.put("contenido").await.unwrap();
        std::fs::write(blobs.path(&sum), "conte").unwrap();
        assert!(!blobs.verify(sum).await.unwrap());
        blobs.put("contenido").await.unwrap();
        assert!(blobs.verify(sum).await.unwrap());
    }

    #[test]
    fn what_a_crash_left_unfinished_goes() {
        let dir = tempfile::tempdir().unwrap();
        Blobs::open(dir.path()).unwrap();
        std::fs::write(dir.path().join(UNFINISHED).join("x"), "a medias").unwrap();
        Blobs::open(dir.path()).unwrap();
        assert!(!dir.path().join(UNFINISHED).join("x").exists());
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn nobody_else_on_the_machine_can_read_an_original() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(dir.path()).unwrap();
        let sum = blobs.put("secreto").await.unwrap();
        let mode = std::fs::metadata(blobs.path(&sum)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
