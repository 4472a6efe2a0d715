//! Backup and restore: database and originals, whole and consistent, while the service runs.

use crate::Settings;
use crate::store::Db;
use anyhow::{Context, ensure};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// Name of the database within a copy.
const DATABASE: &str = "expedientes.db";
/// Folders copied as they are. Originals never change once written; the database is copied first, so that every row finds its original.
const FOLDERS: [&str; 3] = ["originales", "config", "tls"];

/// Copies everything into a new folder.
pub async fn backup(settings: &Settings, to: &Path) -> anyhow::Result<()> {
    ensure!(!to.exists(), "{} ya existe: diga una carpeta nueva", to.display());
    crate::blobs::create_dir_private(to)?;
    let db = Db::open(&settings.database_file()).await?;
    db.copy_into(&to.join(DATABASE)).await?;
    db.close().await;
    let (from, target) = (settings.datos.clone(), to.to_owned());
    tokio::task::spawn_blocking(move || {
        for name in FOLDERS {
            copy_folder(&from.join(name), &target.join(name))?;
        }
        let sum = sum_of(&target.join(DATABASE))?;
        fs::write(target.join("SHA256"), format!("{sum}  {DATABASE}\n"))?;
        anyhow::Ok(())
    })
    .await?
}

/// Brings a copy back into an empty data folder, after checking the database's sum.
pub async fn restore(settings: &Settings, from: &Path) -> anyhow::Result<()> {
    let noted =
        fs::read_to_string(from.join("SHA256")).with_context(|| format!("{} no es una copia", from.display()))?;
    let sum = sum_of(&from.join(DATABASE))?;
    ensure!(noted.starts_with(&sum), "la base de datos de la copia no es la que se guardó");
    ensure!(
        !settings.database_file().exists(),
        "{} no está vacía: diga otra carpeta de datos",
        settings.datos.display()
    );
    let (from, to) = (from.to_owned(), settings.clone());
    tokio::task::spawn_blocking(move || {
        crate::blobs::create_dir_private(&to.datos)?;
        for name in FOLDERS {
            copy_folder(&from.join(name), &to.datos.join(name))?;
        }
        fs::copy(from.join(DATABASE), to.database_file())?;
        anyhow::Ok(())
    })
    .await?
}

fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    if !from.exists() {
        return Ok(());
    }
    let mut folders: Vec<(PathBuf, PathBuf)> = vec![(from.to_owned(), to.to_owned())];
    while let Some((from, to)) = folders.pop() {
        crate::blobs::create_dir_private(&to)?;
        for entry in fs::read_dir(&from)? {
            let entry = entry?;
            let target = to.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                folders.push((entry.path(), target));
            } else {
                fs::copy(entry.path(), &target).with_context(|| target.display().to_string())?;
            }
        }
    }
    Ok(())
}

fn sum_of(file: &Path) -> anyhow::Result<String> {
    let bytes = fs::read(file).with_context(|| file.display().to_string())?;
    Ok(Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect())
}
