//! Files for this user alone, and folders whose entries are on disk.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a file that must not be there yet, readable by this user alone.
pub fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Opens a file that is there for writing.
pub fn open_write(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).open(path)
}

/// Makes a folder for this user alone, and those above it; one that is there is left as it is.
pub fn create_dir_private(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes the entries of a folder durable: what was made, renamed or removed in it. Systems that cannot open a folder have no such
/// call and need none.
pub fn sync_dir(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(path)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
