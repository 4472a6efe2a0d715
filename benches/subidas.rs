//! Uploads to a service that is killed (-9) again and again: `cargo bench --bench subidas`. See `benches/README.md`.
//!
//! 100 files of 1 MB go up by `expedientes subir`, four at once, one run of it for each expediente. Meanwhile the service dies at
//! moments that the seed decides and is started again where it was. A run that gives up is run again, as a script would. At the end the
//! service is asked what it has: every file once, equal by SHA-256, and an audit trail that is whole.

#[path = "subidas/ficheros.rs"]
mod ficheros;
#[allow(dead_code, reason = "shared with the other benches")]
#[path = "support/service.rs"]
mod service;
#[allow(dead_code, reason = "shared with the other benches")]
#[path = "support/table.rs"]
mod table;
#[path = "subidas/victima.rs"]
mod victima;

use anyhow::Context;
use api::lista::ListaParams;
use domain::ExpedienteId;
use expedientes::remote::Remote;
use ficheros::Fichero;
use rand::SeedableRng;
use rand::rngs::StdRng;
use service::PROGRAM;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use table::Figure;
use victima::Victima;

const FILES: usize = 100;
const BYTES: usize = 1_000_000;
/// Runs of `subir` at once.
const AT_ONCE: usize = 4;
/// Runs of `subir` for one expediente before something is wrong.
const RUNS: u32 = 50;
/// What `subir` ends with when there is no connection; anything else is a refusal, which would come again.
const NO_CONNECTION: i32 = 3;
const BEFORE_ANOTHER_RUN: Duration = Duration::from_millis(500);
const USUARIO: &str = "asesor";

fn main() -> anyhow::Result<()> {
    let seed: u64 = std::env::var("FIGURES_SEED").map_or(Ok(3), |seed| seed.parse())?;
    let kills: u32 = std::env::var("FIGURES_KILLS").map_or(Ok(20), |kills| kills.parse())?;
    let mut random = StdRng::seed_from_u64(seed);
    let folder = tempfile::tempdir()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let files = ficheros::make(&folder.path().join("ficheros"), FILES, BYTES, &mut random)?;

    let mut victima = Victima::start(&folder.path().join("datos"), random)?;
    let remote = runtime.block_on(victima.service().client(USUARIO))?;
    let expedientes = runtime.block_on(some_expedientes(&remote))?;
    let before = runtime.block_on(documents(&remote, &expedientes))?;

    let start = Instant::now();
    let runs = upload_under_fire(&mut victima, kills, &expedientes, &files, folder.path())?;
    let seconds = start.elapsed().as_secs_f64();

    // Another client: the session of the first may have been in memory alone.
    let remote = runtime.block_on(victima.service().client(USUARIO))?;
    let mut after = runtime.block_on(documents(&remote, &expedientes))?;
    after.retain(|id, _| !before.contains_key(id));
    let (missing, different, twice) = runtime.block_on(compare(&remote, &files, &after))?;
    let killed = victima.killed();
    let leftovers = victima.stop_and_count_leftovers()?;
    let broken = !audit_is_whole(folder.path())?;

    let figure =
        |what: String, measured: f64, target: Option<f64>, unit: &'static str| Figure { what, measured, target, unit };
    table::print(&[
        figure(
            format!("{FILES} uploads of 1 MB, service killed {killed} times: did not arrive"),
            missing as f64,
            Some(0.0),
            "",
        ),
        figure("likewise: not equal by SHA-256".into(), different as f64, Some(0.0), ""),
        figure("likewise: there more than once".into(), twice as f64, Some(0.0), ""),
        figure("likewise: audit trails not whole".into(), f64::from(u8::from(broken)), Some(0.0), ""),
        figure("likewise: unfinished files left behind".into(), leftovers as f64, Some(0.0), ""),
        figure("likewise: from the first byte to the last file".into(), seconds, None, "s"),
        figure(format!("likewise: runs of `subir` for {AT_ONCE} expedientes"), f64::from(runs), None, ""),
    ]);
    Ok(())
}

/// Starts the uploads, and kills the service until they are done. Answers how often `subir` was run.
fn upload_under_fire(
    victima: &mut Victima,
    kills: u32,
    expedientes: &[ExpedienteId],
    files: &[Fichero],
    folder: &Path,
) -> anyhow::Result<u32> {
    let runs = AtomicU32::new(0);
    let (url, ca) = (victima.url(), victima.ca());
    std::thread::scope(|scope| {
        let uploads: Vec<_> = expedientes
            .iter()
            .zip(files.chunks(FILES.div_ceil(AT_ONCE)))
            .map(|(expediente, files)| {
                let (runs, url, ca) = (&runs, url.as_str(), ca.as_path());
                scope.spawn(move || {
                    for _ in 0..RUNS {
                        runs.fetch_add(1, Ordering::SeqCst);
                        let output = subir(url, ca, *expediente, files, folder)?;
                        if output.status.success() {
                            return anyhow::Ok(());
                        }
                        let said = String::from_utf8_lossy(&output.stderr);
                        anyhow::ensure!(output.status.code() == Some(NO_CONNECTION), "{}", said.trim());
                        std::thread::sleep(BEFORE_ANOTHER_RUN);
                    }
                    anyhow::bail!("expediente {expediente}: its files do not arrive")
                })
            })
            .collect();
        while victima.killed() < kills && !uploads.iter().all(|upload| upload.is_finished()) {
            victima.kill_and_restart()?;
        }
        for upload in uploads {
            upload.join().map_err(|_| anyhow::anyhow!("an upload's thread ended"))??;
        }
        anyhow::Ok(())
    })?;
    Ok(runs.load(Ordering::SeqCst))
}

/// `expedientes subir`, as somebody's script runs it, with nothing of this machine's own configuration.
fn subir(url: &str, ca: &Path, expediente: ExpedienteId, files: &[Fichero], folder: &Path) -> anyhow::Result<Output> {
    let home = folder.join("casa");
    Ok(Command::new(PROGRAM)
        .args(["subir", "--json", "--tipo", "oferta", "--user", USUARIO, "--server", url, "--ca"])
        .arg(ca)
        .arg(expediente.to_string())
        .args(files.iter().map(|file| &file.path))
        .env("EXPEDIENTES_PASSWORD", "demo")
        .env_remove("EXPEDIENTES_CONFIG")
        .env("HOME", &home)
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_STATE_HOME", home.join("state"))
        .env("XDG_DATA_HOME", home.join("data"))
        .output()?)
}

async fn some_expedientes(remote: &Remote) -> anyhow::Result<Vec<ExpedienteId>> {
    let params = ListaParams {
        entidad: "norte-seat".to_owned(),
        modelo: "venta-vn".to_owned(),
        // What is closed takes no documents.
        q: Some("cerrado:no".to_owned()),
        limite: Some(AT_ONCE as u32),
        ..ListaParams::default()
    };
    let rows = remote.lista(&params).await.map_err(|failure| anyhow::anyhow!("{failure:?}"))?.items;
    anyhow::ensure!(rows.len() == AT_ONCE, "the demo has {AT_ONCE} expedientes for {USUARIO}");
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Every document of these expedientes: id and name.
async fn documents(
    remote: &Remote,
    expedientes: &[ExpedienteId],
) -> anyhow::Result<BTreeMap<domain::DocumentoId, String>> {
    let mut all = BTreeMap::new();
    for expediente in expedientes {
        let detalle = remote.detalle(*expediente, None).await.map_err(|failure| anyhow::anyhow!("{failure:?}"))?;
        let documentos = detalle.context("the whole expediente")?.documentos;
        all.extend(documentos.into_iter().map(|documento| (documento.id, documento.nombre)));
    }
    Ok(all)
}

/// How many files are missing, differ, and are there more than once. What arrived is downloaded.
async fn compare(
    remote: &Remote,
    files: &[Fichero],
    arrived: &BTreeMap<domain::DocumentoId, String>,
) -> anyhow::Result<(usize, usize, usize)> {
    let (mut missing, mut different, mut twice) = (0, 0, 0);
    for file in files {
        let ids: Vec<_> = arrived.iter().filter(|(_, nombre)| **nombre == file.nombre).map(|(id, _)| *id).collect();
        missing += usize::from(ids.is_empty());
        twice += ids.len().saturating_sub(1);
        for id in ids {
            let original = remote.original(id, 0).await.map_err(|failure| anyhow::anyhow!("{failure:?}"))?;
            different += usize::from(ficheros::sha256(&original.bytes().await?) != file.sha256);
        }
    }
    let strangers = arrived.values().filter(|nombre| !files.iter().any(|file| file.nombre == **nombre)).count();
    anyhow::ensure!(strangers == 0, "{strangers} documents that nobody uploaded");
    Ok((missing, different, twice))
}

/// `expedientes admin audit verify`.
fn audit_is_whole(folder: &Path) -> anyhow::Result<bool> {
    let config = folder.join("servicio.toml");
    std::fs::write(&config, format!("datos = {:?}\n", folder.join("datos")))?;
    let output = Command::new(PROGRAM).args(["admin", "--config"]).arg(&config).args(["audit", "verify"]).output()?;
    eprint!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Ok(output.status.success())
}
