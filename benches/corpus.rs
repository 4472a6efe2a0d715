//! First pages of a folder of PDFs, drawn as the service draws them, beside `pdftoppm` at the same size:
//! `CORPUS=/some/folder cargo bench --bench corpus`; with `CORPUS_KEEP=/another` both pictures of each are left there. See `benches/README.md`.
//!
//! Each file has a worker process of its own here, so that its CPU time holds the worker's start, as `pdftoppm`'s holds its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/cpu.rs"]
#[allow(dead_code, reason = "shared with the other benches")]
mod cpu;
#[path = "support/table.rs"]
mod table;

use anyhow::Context;
use render::{Calidad, Peticion, Pool, PoolConfig, RenderError};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use table::{Figure, percentile};

/// An A4 page in 68×45 cells of 8×17 pixels.
const BOX: (u32, u32) = (540, 765);
/// What a worker is started by.
const PROGRAM: &str = env!("CARGO_BIN_EXE_expedientes");
/// `pdftoppm` has the time that a worker has.
const PATIENCE: Duration = Duration::from_secs(20);

/// What came of a file.
struct Drawn {
    path: PathBuf,
    ours: Result<f64, RenderError>,
    /// Milliseconds of CPU; nothing when it failed.
    theirs: Option<f64>,
}

fn main() -> anyhow::Result<()> {
    let folder = std::env::var_os("CORPUS").context("CORPUS names a folder with PDFs")?;
    let files = pdfs(Path::new(&folder));
    anyhow::ensure!(!files.is_empty(), "no PDF in {}", Path::new(&folder).display());
    let keep = std::env::var_os("CORPUS_KEEP").map(PathBuf::from);
    let runtime = tokio::runtime::Runtime::new()?;
    let mut drawn = Vec::new();
    for path in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let kept = |whose: &str| keep.as_ref().map(|folder| folder.join(format!("{name}.{whose}.png")));
        let theirs = with_pdftoppm(&path, kept("pdftoppm"))?;
        let (ours, cpu_ms) = runtime.block_on(with_a_worker(&path))?;
        if let (Ok(page), Some(to)) = (&ours, kept("ours")) {
            std::fs::write(to, page)?;
        }
        drawn.push(Drawn { path, ours: ours.map(|_| cpu_ms), theirs });
    }
    tell(&drawn);
    Ok(())
}

fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf")))
        // Not what a download has left: a name, an error page.
        .filter(|path| render::sniff(&std::fs::read(path).unwrap_or_default()) == render::Formato::Pdf)
        .collect();
    files.sort();
    files
}

/// The first page by a worker that is started for it, and the CPU time of that worker.
async fn with_a_worker(path: &Path) -> anyhow::Result<(Result<Vec<u8>, RenderError>, f64)> {
    let before = cpu::children_ms();
    let config = PoolConfig { restart_after: 1, ..PoolConfig::new(PROGRAM, ["__render-worker".to_owned()], 1) };
    let (ancho, alto) = BOX;
    let page = Peticion { pagina: 1, ancho, alto, giro: 0, calidad: Calidad::Color16, recorte: None };
    let ours = Pool::new(config).pagina(path, None, &page).await.map(|page| page.bytes);
    // The kernel counts a child when it has been waited for, which tokio does a moment after its end.
    let start = Instant::now();
    while cpu::has_children() && start.elapsed() < PATIENCE {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    Ok((ours, cpu::children_ms() - before))
}

fn with_pdftoppm(path: &Path, keep: Option<PathBuf>) -> anyhow::Result<Option<f64>> {
    let out = tempfile::tempdir()?;
    let before = cpu::children_ms();
    let (width, height) = (BOX.0.to_string(), BOX.1.to_string());
    let mut child = Command::new("pdftoppm")
        .args(["-png", "-f", "1", "-l", "1", "-scale-to-x", &width, "-scale-to-y", &height])
        .arg(path)
        .arg(out.path().join("page"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("pdftoppm (poppler-utils) is needed to compare with")?;
    let start = Instant::now();
    while child.try_wait()?.is_none() {
        if start.elapsed() > PATIENCE {
            child.kill()?;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    let drew = std::fs::read_dir(out.path())?.next().transpose()?.map(|entry| entry.path());
    if let (Some(page), Some(to)) = (&drew, keep) {
        std::fs::copy(page, to)?;
    }
    Ok(drew.map(|_| cpu::children_ms() - before))
}

fn tell(drawn: &[Drawn]) {
    let share = |count: usize| count as f64 * 100.0 / drawn.len() as f64;
    let both = || drawn.iter().filter_map(|d| Some((d, *d.ours.as_ref().ok()?, d.theirs?)));
    let mut ours: Vec<f64> = both().map(|(_, ours, _)| ours).collect();
    let mut theirs: Vec<f64> = both().map(|(_, _, theirs)| theirs).collect();
    let at = |samples: &mut [f64], share: f64| percentile(samples, share);
    let cpu = |what: &str, share: f64, factor: f64, ours: &mut [f64], theirs: &mut [f64]| Figure {
        what: format!("CPU of a first page, {what}; to reach: {factor} × `pdftoppm`"),
        measured: at(ours, share),
        target: Some(at(theirs, share) * factor),
        unit: "ms",
    };
    let failed = drawn.iter().filter(|d| d.ours.is_err()).count();
    let only_theirs = drawn.iter().filter(|d| d.ours.is_err() && d.theirs.is_some()).count();
    table::print(&[
        Figure {
            what: format!("not drawn, of {}", drawn.len()),
            measured: share(failed),
            target: Some(2.0),
            unit: "%",
        },
        Figure { what: "not drawn, but by `pdftoppm`".into(), measured: share(only_theirs), target: None, unit: "%" },
        cpu("median", 0.5, 1.0, &mut ours, &mut theirs),
        cpu("p95", 0.95, 1.5, &mut ours, &mut theirs),
    ]);
    let mut reasons: BTreeMap<&str, Vec<&Drawn>> = BTreeMap::new();
    for one in drawn {
        if let Err(error) = &one.ours {
            reasons.entry(error.codigo()).or_default().push(one);
        }
    }
    for (reason, files) in reasons {
        println!("\n{reason}: {}", files.len());
        for one in files {
            let other = if one.theirs.is_some() { "  (pdftoppm draws it)" } else { "" };
            println!("  {}{other}", one.path.file_name().unwrap_or_default().to_string_lossy());
        }
    }
    let mut slow: Vec<_> = both().filter(|(_, ours, theirs)| *ours > theirs * 3.0 && *ours > 100.0).collect();
    slow.sort_by(|a, b| b.1.total_cmp(&a.1));
    println!("\nThree times slower than pdftoppm, and over 100 ms: {}", slow.len());
    for (one, ours, theirs) in slow.iter().take(20) {
        println!(
            "  {ours:.0} ms, pdftoppm {theirs:.0} ms: {}",
            one.path.file_name().unwrap_or_default().to_string_lossy()
        );
    }
}
