//! Making the files of a world on several threads.

use crate::files::FileError;
use crate::{ArchivoRef, Mundo};
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// A file that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archivo {
    /// Which one.
    pub archivo: ArchivoRef,
    /// Its content.
    pub bytes: Vec<u8>,
    /// SHA-256 of it.
    pub sha256: [u8; 32],
}

/// Files that may wait for `keep`, so that memory stays small however slow the disk.
const WAITING: usize = 16;

/// Makes every file of the world and hands each to `keep`, in whatever order they are done. Blocks until all are.
///
/// `keep` runs on the calling thread. Its first error stops the making and is the answer.
pub fn make_all<E: From<FileError>>(
    mundo: &Mundo,
    threads: usize,
    mut keep: impl FnMut(Archivo) -> Result<(), E>,
) -> Result<(), E> {
    let all = mundo.archivos();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let (done, inbox) = mpsc::sync_channel(WAITING);
        for _ in 0..threads.max(1) {
            let (done, all, next) = (done.clone(), &all, &next);
            scope.spawn(move || {
                while let Some(archivo) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let made = mundo.archivo(*archivo).map(|bytes| {
                        let sha256 = Sha256::digest(&bytes).into();
                        Archivo { archivo: *archivo, bytes, sha256 }
                    });
                    // Nobody listens any more when `keep` has failed.
                    if done.send(made).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        // Moved in, so that a failure here closes the channel and lets the threads end.
        inbox.into_iter().try_for_each(|made| keep(made?))
    })
}
