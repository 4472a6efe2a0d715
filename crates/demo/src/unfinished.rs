//! Telling a world that is whole from what a making that was cut short has left.

use server::Settings;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// A file that is there while a world is being made. Nothing is served meanwhile, so all that lies beside it then is the making's own.
#[derive(Debug)]
pub(crate) struct Unfinished {
    mark: PathBuf,
    database: PathBuf,
    blobs: PathBuf,
}

impl Unfinished {
    /// That of the service with these settings.
    pub(crate) fn of(settings: &Settings) -> Self {
        Self {
            mark: settings.datos.join("mundo-sin-terminar"),
            database: settings.database_file(),
            blobs: settings.blobs_folder(),
        }
    }

    /// Removes what an earlier making has left, if it did not end.
    pub(crate) fn clear(&self) -> io::Result<()> {
        if !self.mark.try_exists()? {
            return Ok(());
        }
        for suffix in ["", "-wal", "-shm"] {
            let mut file = self.database.clone().into_os_string();
            file.push(suffix);
            absent_is_fine(std::fs::remove_file(Path::new(&file)))?;
        }
        absent_is_fine(std::fs::remove_dir_all(&self.blobs))?;
        self.end()
    }

    /// A making begins.
    pub(crate) fn begin(&self) -> io::Result<()> {
        std::fs::write(&self.mark, "")
    }

    /// It has ended.
    pub(crate) fn end(&self) -> io::Result<()> {
        absent_is_fine(std::fs::remove_file(&self.mark))
    }
}

fn absent_is_fine(outcome: io::Result<()>) -> io::Result<()> {
    match outcome {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
