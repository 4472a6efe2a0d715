//! What a page costs on its way to the screen: from the service to the client, and from the client to the terminal, by each protocol.

use crate::table::Figure;
use graphics::{CellSize, Colours, Glyphs, Hints, Picture, Placement, Protocol, Stage, Window, blocks, reserve};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use render::{Calidad, Peticion};
use std::path::Path;
use std::sync::Arc;

/// The pane, and pixels of its cells.
const PANE: Rect = Rect::new(130, 2, 68, 45);
const CELL: (u16, u16) = (8, 17);

/// Bytes for the noisiest scan among the demo's documents.
pub fn measure(data: &Path) -> anyhow::Result<Vec<Figure>> {
    let Some(scan) = noisiest(&data.join("originales")) else { anyhow::bail!("the demo has no scan") };
    let (width, height) = (u32::from(PANE.width * CELL.0), u32::from(PANE.height * CELL.1));
    let draw = |ancho, alto, calidad| {
        render::pagina(&scan, &Peticion { pagina: 1, ancho, alto, giro: 0, calidad, recorte: None })
    };
    let page = draw(width, height, Calidad::Color16)?;
    let small = draw(width * 2 / 3, height * 2 / 3, Calidad::Gris2)?;
    let kb = |bytes: usize| bytes as f64 / 1e3;
    let figure = |what: String, measured: f64, target: f64| Figure { what, measured, target: Some(target), unit: "kB" };
    let mut figures = vec![
        figure("a scanned page from the service, as drawn".into(), kb(page.bytes.len()), 70.0),
        figure("likewise, four greys at two thirds of the size".into(), kb(small.bytes.len()), 16.0),
    ];
    let picture =
        Picture::new(page.bytes.as_slice().into(), Arc::new(image::load_from_memory(&page.bytes)?.into_rgb8()));
    for (protocol, name, target) in
        [(Protocol::Kitty, "kitty", 70.0), (Protocol::Iterm, "iTerm2", 70.0), (Protocol::Sixel, "sixel", 230.0)]
    {
        let mut shown = Shown::new(protocol);
        let first = shown.bytes(Some(&picture));
        figures.push(figure(format!("that page to the terminal, {name}"), kb(first), target));
        if protocol == Protocol::Kitty {
            shown.bytes(None);
            figures.push(Figure {
                what: "the same page again, kitty, in a pane that was empty meanwhile".into(),
                measured: shown.bytes(Some(&picture)) as f64,
                target: Some(200.0),
                unit: "bytes",
            });
        }
    }
    let sets = [
        (Glyphs::Halves, "half blocks", 90.0),
        (Glyphs::Quadrants, "quadrants", 60.0),
        (Glyphs::Sextants, "sextants", 60.0),
        (Glyphs::Octants, "octants", 60.0),
    ];
    for (glyphs, set, target) in sets {
        let (across, down) = glyphs.per_cell();
        let page = draw(u32::from(PANE.width) * across, u32::from(PANE.height) * down, Calidad::Color16)?;
        let page = image::load_from_memory(&page.bytes)?.into_rgb8();
        for (colours, name) in [(Colours::True, "true colour"), (Colours::Indexed, "256 colours")] {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 200, 50));
            blocks(&page, Window { scale: across, x: 0, y: 0 }, (glyphs, colours), PANE, &mut buffer);
            let what = format!("that page to the terminal, {set}, {name}");
            figures.push(figure(what, kb(cells(&Buffer::empty(buffer.area), &buffer)?), target));
        }
    }
    Ok(figures)
}

/// The largest PDF that is a photograph of paper.
fn noisiest(folder: &Path) -> Option<Vec<u8>> {
    let mut folders = vec![folder.to_owned()];
    let mut best: Option<Vec<u8>> = None;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap_or_default();
            let is_scan = bytes.starts_with(b"%PDF") && bytes.windows(9).any(|window| window == b"DCTDecode");
            if is_scan && best.as_ref().is_none_or(|best| best.len() < bytes.len()) {
                best = Some(bytes);
            }
        }
    }
    best
}

/// A screen with one picture, or none.
struct Shown {
    stage: Stage,
    before: Buffer,
}

impl Shown {
    fn new(protocol: Protocol) -> Self {
        let cell = CellSize::new(CELL.0, CELL.1).unwrap_or_default();
        let before = Buffer::empty(Rect::new(0, 0, 200, 50));
        Self { stage: Stage::new(protocol, cell, &Hints::default(), 1), before }
    }

    /// Bytes of the frame that brings it there, cells included.
    fn bytes(&mut self, picture: Option<&Picture>) -> usize {
        let mut buffer = Buffer::empty(self.before.area);
        let placement = picture.map(|picture| {
            let all = Placement { picture: picture.clone(), area: PANE, from: (0, 0), percent: 100 };
            let (columns, rows) = all.cells(self.stage.cell());
            Placement { area: Rect { width: columns.min(PANE.width), height: rows.min(PANE.height), ..PANE }, ..all }
        });
        // As the pane does, whether there is a page or not.
        reserve(&mut buffer, PANE);
        let parts = self.stage.frame(placement.as_slice(), &mut buffer);
        let cells = cells(&self.before, &buffer).unwrap_or_default();
        self.before = buffer;
        parts.before.len() + cells + parts.after.len()
    }
}

/// Bytes of what differs between two frames.
fn cells(before: &Buffer, after: &Buffer) -> std::io::Result<usize> {
    let mut out = Vec::new();
    CrosstermBackend::new(&mut out).draw(before.diff(after).into_iter())?;
    Ok(out.len())
}
