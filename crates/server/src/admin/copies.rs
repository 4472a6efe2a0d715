//! Backup and restore: database, originals, configuration and certificates, whole and consistent, while the service runs.

use crate::Settings;
use crate::blobs::{create_dir_private, create_private, sum_of_file};
use anyhow::{Context, bail, ensure};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

/// Name of the database within a copy.
const DATABASE: &str = "expedientes.db";
/// Name of the list of files and sums, as `sha256sum --check` reads it. Written last: without it, a copy was never finished.
const MANIFEST: &str = "SHA256";
/// Folders copied as they are. Originals never change once written; the database is copied first, so that every row finds its original.
const FOLDERS: [&str; 3] = ["originales", "config", "tls"];
/// Where originals are that are not complete yet: no row names them.
const UNFINISHED: &str = "originales/nuevos";

/// Copies everything into a new folder.
pub async fn backup(settings: &Settings, to: &Path) -> anyhow::Result<()> {
    ensure!(!to.exists(), "{} ya existe: diga una carpeta nueva", to.display());
    ensure!(
        settings.database_file().exists(),
        "{} no tiene ningún servicio: diga su carpeta de datos",
        settings.datos.display()
    );
    create_dir_private(to).with_context(|| format!("No se puede hacer {}", to.display()))?;
    let db = crate::start::open(&settings.database_file()).await?;
    db.copy_into(&to.join(DATABASE)).await?;
    db.close().await;
    let (from, to) = (settings.datos.clone(), to.to_owned());
    tokio::task::spawn_blocking(move || copy_and_list(&from, &to)).await?
}

fn copy_and_list(from: &Path, to: &Path) -> anyhow::Result<()> {
    let mut manifest = format!("{}  {DATABASE}\n", sum_of_file(&to.join(DATABASE))?);
    for relative in files(from)? {
        copy(&from.join(&relative), &to.join(&relative))?;
        let sum = sum_of_file(&to.join(&relative))?;
        manifest.push_str(&format!("{sum}  {}\n", relative.display()));
    }
    let mut file = create_private(&to.join(MANIFEST))?;
    file.write_all(manifest.as_bytes())?;
    Ok(file.sync_all()?)
}

/// Brings a copy back into an empty data folder. Every file is checked against its sum before the first is written.
pub async fn restore(settings: &Settings, from: &Path) -> anyhow::Result<()> {
    ensure!(
        !settings.database_file().exists(),
        "{} no está vacía: diga otra carpeta de datos",
        settings.datos.display()
    );
    let (from, settings) = (from.to_owned(), settings.clone());
    tokio::task::spawn_blocking(move || {
        let listed = checked(&from)?;
        create_dir_private(&settings.datos)
            .with_context(|| format!("No se puede usar la carpeta de datos {}", settings.datos.display()))?;
        // The database comes last: what broke off halfway is not taken for a service, and can be tried again.
        for relative in listed.iter().filter(|relative| *relative != Path::new(DATABASE)) {
            let target = settings.datos.join(relative);
            if target.exists() {
                fs::remove_file(&target)?;
            }
            copy(&from.join(relative), &target)?;
        }
        copy(&from.join(DATABASE), &settings.database_file())
    })
    .await?
}

/// The files of a copy, all of them there and as they were.
fn checked(from: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let manifest = fs::read_to_string(from.join(MANIFEST))
        .with_context(|| format!("{} no es una copia, o no se terminó", from.display()))?;
    let mut listed = Vec::new();
    for line in manifest.lines() {
        let parts = line.split_once("  ").map(|(sum, path)| (sum, Path::new(path)));
        // A list from elsewhere must not reach outside the two folders.
        let Some((sum, path)) = parts.filter(|(_, path)| path.components().all(|c| matches!(c, Component::Normal(_))))
        else {
            bail!("la lista de la copia está dañada: «{}»", domain::texto::clean_line(line));
        };
        let found = sum_of_file(&from.join(path)).with_context(|| format!("falta {} en la copia", path.display()))?;
        ensure!(found.to_string() == sum, "{} no es el que se guardó en la copia", path.display());
        listed.push(path.to_owned());
    }
    ensure!(listed.iter().any(|path| path == Path::new(DATABASE)), "la copia no tiene base de datos");
    Ok(listed)
}

/// The files in [`FOLDERS`], relative to the data folder.
fn files(datos: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = FOLDERS.map(PathBuf::from).to_vec();
    while let Some(folder) = folders.pop() {
        if folder == Path::new(UNFINISHED) || !datos.join(&folder).exists() {
            continue;
        }
        for entry in fs::read_dir(datos.join(&folder))? {
            let entry = entry?;
            let relative = folder.join(entry.file_name());
            if entry.file_type()?.is_dir() { folders.push(relative) } else { found.push(relative) }
        }
    }
    found.sort();
    Ok(found)
}

/// Copies a file, on disk when this answers, readable by this user alone.
fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    if let Some(folder) = to.parent() {
        create_dir_private(folder)?;
    }
    let mut source = File::open(from).with_context(|| from.display().to_string())?;
    let mut target = create_private(to).with_context(|| to.display().to_string())?;
    io::copy(&mut source, &mut target).with_context(|| to.display().to_string())?;
    Ok(target.sync_all()?)
}
