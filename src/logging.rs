//! Logs: the service's on standard error as JSON lines, the client's in a file, because the screen is the panes'.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::prelude::*;

/// Variable with the filter, as in `tracing_subscriber::EnvFilter`: `info`, `server=debug`.
pub const FILTER_VAR: &str = "EXPEDIENTES_LOG";
/// A log file larger than this is started afresh, in bytes.
const FILE_MAX: u64 = 4 * 1024 * 1024;

fn filter(default: &str) -> EnvFilter {
    EnvFilter::try_from_env(FILTER_VAR).unwrap_or_else(|_| EnvFilter::new(default))
}

/// The service: JSON lines on standard error.
#[cfg(feature = "server")]
pub fn service() {
    let layer = tracing_subscriber::fmt::layer().json().with_writer(std::io::stderr).with_filter(filter("info"));
    let _ = tracing_subscriber::registry().with(layer).try_init();
}

/// The client: a file in the platform's state folder; answers its path. Without such a folder there is no log.
pub fn client() -> Option<std::path::PathBuf> {
    let dirs = directories::ProjectDirs::from("", "", "expedientes")?;
    let folder = dirs.state_dir().unwrap_or(dirs.data_local_dir()).to_owned();
    crate::remote::store::private_folder(&folder).ok()?;
    let path = folder.join("expedientes.log");
    let full = std::fs::metadata(&path).is_ok_and(|meta| meta.len() > FILE_MAX);
    let file = std::fs::OpenOptions::new().create(true).append(!full).write(true).truncate(full).open(&path).ok()?;
    let writer = std::sync::Mutex::new(file);
    let layer = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(writer).with_filter(filter("info"));
    let _ = tracing_subscriber::registry().with(layer).try_init();
    Some(path)
}
