//! Pages of documents: drawn for the first time, against the tools people know, and drawn already.

use crate::cpu;
use crate::service::Service;
use crate::table::{Figure, percentile};
use api::lista::ListaParams;
use expedientes::state::nitidez::Nitidez;
use expedientes::state::preview::Signature;
use render::{Calidad, Peticion};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// The box a page is fitted in; A4 fills it.
const BOX: (u32, u32) = (1000, 1414);
const RUNS: usize = 30;

/// First time and cached.
pub fn measure(runtime: &tokio::runtime::Runtime, service: &Service, data: &Path) -> anyhow::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    match three_pages(&data.join("originales")) {
        Some(file) => figures.extend(first_time(&file)?),
        None => eprintln!("the demo has no PDF of three pages"),
    }
    figures.extend(runtime.block_on(cached(service))?);
    Ok(figures)
}

/// A PDF of three pages among the demo's documents: the largest, so that it has something to draw.
fn three_pages(folder: &Path) -> Option<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    let mut best: Option<(u64, PathBuf)> = None;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap_or_default();
            let larger = best.as_ref().is_none_or(|(size, _)| bytes.len() as u64 > *size);
            if larger && bytes.starts_with(b"%PDF") && render::paginas(&bytes).is_ok_and(|pages| pages == 3) {
                best = Some((bytes.len() as u64, path));
            }
        }
    }
    best.map(|(_, path)| path)
}

/// CPU of the first page. Ours is that of a worker that runs already, as in the service; the tools start each time.
fn first_time(file: &Path) -> anyhow::Result<Vec<Figure>> {
    let bytes = std::fs::read(file)?;
    let asked = Peticion { pagina: 1, ancho: BOX.0, alto: BOX.1, giro: 0, calidad: Calidad::Color16, recorte: None };
    render::pagina(&bytes, &asked)?;
    let start = cpu::process_ms();
    for _ in 0..RUNS {
        render::pagina(&bytes, &asked)?;
    }
    let ours = (cpu::process_ms() - start) / RUNS as f64;
    let out = tempfile::tempdir()?;
    let file = file.display().to_string();
    let (width, height) = (BOX.0.to_string(), BOX.1.to_string());
    let png = out.path().join("page.png").display().to_string();
    let tools: [(&str, Vec<&str>); 2] = [
        ("pdftoppm", vec!["-png", "-f", "1", "-l", "1", "-scale-to-x", &width, "-scale-to-y", "-1", &file, &png]),
        ("mutool", vec!["draw", "-q", "-o", &png, "-w", &width, "-h", &height, &file, "1"]),
    ];
    let mut figures = Vec::new();
    for (tool, args) in tools {
        let start = cpu::children_ms();
        let mut ran = 0;
        for _ in 0..RUNS {
            let status = Command::new(tool).args(&args).stdout(Stdio::null()).stderr(Stdio::null()).status();
            ran += u32::from(status.is_ok_and(|status| status.success()));
        }
        if ran as usize != RUNS {
            eprintln!("{tool} is not there, or does not work: left out");
            continue;
        }
        let theirs = (cpu::children_ms() - start) / RUNS as f64;
        let what = format!("CPU of a page the first time; to reach: twice `{tool}` ({theirs:.1} ms)");
        figures.push(Figure { what, measured: ours, target: Some(2.0 * theirs), unit: "ms" });
    }
    Ok(figures)
}

/// Time of a request for a page that is kept, over HTTPS, as the client asks.
async fn cached(service: &Service) -> anyhow::Result<Vec<Figure>> {
    let failed = |failure| anyhow::anyhow!("{failure:?}");
    let remote = service.client("administrativo").await?;
    let params = ListaParams {
        entidad: "norte-seat".into(),
        modelo: "venta-vn".into(),
        q: None,
        orden: None,
        limite: None,
        cursor: None,
    };
    let mut documento = None;
    for fila in remote.lista(&params).await.map_err(failed)?.items {
        let detalle = remote.detalle(fila.id, None).await.map_err(failed)?;
        let pdf = detalle.into_iter().flat_map(|detalle| detalle.documentos).find(|d| d.mime == "application/pdf");
        if pdf.is_some() {
            documento = pdf;
            break;
        }
    }
    let Some(documento) = documento else { anyhow::bail!("no PDF in the list") };
    let of = Signature {
        documento: documento.id,
        sha256: documento.sha256,
        page: 1,
        width: BOX.0,
        height: BOX.1,
        rotation: 0,
        text: false,
        nitidez: Nitidez::Normal,
        percent: 100,
        crop: None,
    };
    let mut times = Vec::new();
    for _ in 0..=200 {
        let start = Instant::now();
        remote.pagina(&of, None).await.map_err(failed)?;
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    // The first one was drawn.
    let times = &mut times[1..];
    Ok(vec![
        Figure {
            what: "page that is kept, over HTTPS (median of 200)".into(),
            measured: percentile(times, 0.5),
            target: Some(2.0),
            unit: "ms",
        },
        Figure { what: "likewise (p95)".into(), measured: percentile(times, 0.95), target: Some(2.0), unit: "ms" },
    ])
}
