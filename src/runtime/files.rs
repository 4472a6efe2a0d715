//! Folders and files of this machine, for the file picker and for what is pasted or dropped.

use crate::state::overlay::Entry;
use crate::state::transfers::Pick;
use domain::texto::clean_line;
use std::path::{Path, PathBuf};

/// Entries a folder shows at most.
const ENTRIES_MAX: usize = 5_000;
/// Files taken at once from what is pasted, dropped or marked.
const PICKS_MAX: usize = 500;

/// Entries of a folder: folders first, then files, by name; hidden ones left out. Answers the folder's full path too.
pub async fn list(folder: PathBuf) -> (Result<Vec<Entry>, String>, PathBuf) {
    let shown = folder.clone();
    tokio::task::spawn_blocking(move || {
        let full = std::fs::canonicalize(&folder).unwrap_or(folder);
        (read_folder(&full), full)
    })
    .await
    .unwrap_or_else(|_| (Err(cannot_read(&shown)), shown))
}

fn read_folder(folder: &Path) -> Result<Vec<Entry>, String> {
    let read = std::fs::read_dir(folder).map_err(|_| cannot_read(folder))?;
    let mut entries: Vec<Entry> = read.flatten().filter_map(|entry| entry_of(&entry)).take(ENTRIES_MAX).collect();
    entries.sort_by_cached_key(|entry| (!entry.folder, domain::texto::fold(&entry.label)));
    Ok(entries)
}

fn entry_of(entry: &std::fs::DirEntry) -> Option<Entry> {
    let name = entry.file_name();
    let label = clean_line(&name.to_string_lossy());
    if label.starts_with('.') {
        return None;
    }
    let path = entry.path();
    let meta = std::fs::metadata(&path).ok()?;
    Some(Entry { label, folder: meta.is_dir(), bytes: meta.len(), path })
}

/// Files that can be read, folders opened one level; and a sentence about each that cannot.
pub async fn inspect(paths: Vec<PathBuf>) -> (Vec<Pick>, Vec<String>) {
    tokio::task::spawn_blocking(move || {
        let (mut picks, mut refused) = (Vec::new(), Vec::new());
        for path in paths {
            match std::fs::metadata(&path) {
                Ok(meta) if meta.is_dir() => match read_folder(&path) {
                    Ok(entries) => picks.extend(entries.into_iter().filter(|e| !e.folder).map(pick_of)),
                    Err(sentence) => refused.push(sentence),
                },
                Ok(meta) if meta.is_file() && std::fs::File::open(&path).is_ok() => {
                    let label = clean_line(&path.file_name().unwrap_or_default().to_string_lossy());
                    picks.push(pick_of(Entry { label, folder: false, bytes: meta.len(), path }));
                }
                _ => refused.push(cannot_read(&path)),
            }
        }
        picks.dedup_by(|a, b| a.path == b.path);
        picks.truncate(PICKS_MAX);
        (picks, refused)
    })
    .await
    .unwrap_or_default()
}

fn pick_of(entry: Entry) -> Pick {
    Pick { path: entry.path, nombre: entry.label, bytes: entry.bytes, tipo: None }
}

fn cannot_read(path: &Path) -> String {
    let name = clean_line(&path.to_string_lossy());
    format!("No se puede leer «{name}»; compruebe que existe y que tiene permiso.")
}
