//! Pane 3: the page as a picture, as text, or a card that says why not.

use super::{Painter, pane, text};
use crate::config::{Simbolos, VistaPrevia};
use crate::state::Pane;
use crate::state::load::PATIENCE_MS;
use crate::state::nitidez::Nitidez;
use crate::state::preview::Shown;
use crate::theme::ColorDepth;
use graphics::{Colours, Picture, Placement, Protocol, Window};
use ratatui::layout::Rect;

/// Draws it.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect) {
    let name = p.state.documentos.current().map(|documento| p.tipo(&documento.tipo)).unwrap_or_default();
    let inside = pane::frame(p, Pane::Preview, area, &name, &place(p));
    p.hits.preview_area = (inside.width, inside.height);
    if p.state.config.vista_previa == VistaPrevia::No {
        return pane::empty(p, inside, &p.texts.text("vista-previa-no"));
    }
    let preview = &p.state.preview;
    match &preview.shown {
        Shown::Nothing => {
            // A page is about to stand here, or did a moment ago: not a blank is written meanwhile.
            if preview.drawing.protocol != Protocol::HalfBlocks {
                graphics::reserve(p.frame.buffer_mut(), inside);
            }
            let slow = preview.pending.is_some_and(|(_, since)| p.state.now.saturating_sub(since) >= PATIENCE_MS);
            let sentence = match (slow, preview.pending.is_some(), p.state.documentos.current().is_some()) {
                (true, ..) => p.texts.text("cargando"),
                (_, true, _) | (_, _, true) => String::new(),
                _ => p.texts.text("vista-previa-vacia"),
            };
            pane::empty(p, inside, &sentence);
        }
        Shown::Picture { of, picture } => self::picture(p, inside, picture, of.percent),
        Shown::Text { text: page, .. } => {
            let lines = text::page_lines(page, text::page_width(inside.width));
            let height = usize::from(inside.height);
            let first = usize::from(preview.scroll).min(lines.len().saturating_sub(height));
            for (row, line) in lines.iter().skip(first).take(height).enumerate() {
                p.put(inside.x + 1, inside.y + row as u16, line, p.theme.text);
            }
            pane::more(p, Pane::Preview, area, first, lines.len().saturating_sub(first + height));
            if page.trim().is_empty() {
                pane::empty(p, inside, &p.texts.text("pagina-sin-texto"));
            }
        }
        Shown::Card { reason, .. } => card(p, inside, reason),
    }
}

/// The page as a picture: in the cells that the terminal gives it, or as half blocks.
fn picture(p: &mut Painter<'_, '_>, inside: Rect, picture: &Picture, percent: u32) {
    let preview = &p.state.preview;
    let (from, drawing) = ((preview.scroll_x, preview.scroll), preview.drawing);
    if drawing.protocol != Protocol::HalfBlocks {
        let all = Placement { picture: picture.clone(), area: inside, from, percent };
        let (columns, rows) = all.cells(drawing.cell);
        let (width, height) = (columns.saturating_sub(from.0), rows.saturating_sub(from.1));
        let area = centred(inside, width.min(inside.width), height.min(inside.height));
        graphics::reserve(p.frame.buffer_mut(), inside);
        p.hits.pictures.push(Placement { area, ..all });
        return;
    }
    let colours = match p.theme.depth {
        ColorDepth::True => Colours::True,
        ColorDepth::Indexed => Colours::Indexed,
        ColorDepth::Sixteen => Colours::Sixteen,
        ColorDepth::None => return pane::empty(p, inside, &p.texts.text("vista-previa-sin-color")),
    };
    let (scale, _) = drawing.per_cell();
    let window = Window { scale, x: u32::from(from.0), y: u32::from(from.1) };
    let how = (drawing.glyphs, colours);
    let (columns, rows) = graphics::blocks(picture.pixels(), window, how, inside, p.frame.buffer_mut());
    if p.theme.is_pale() {
        edge(p, inside, columns, rows);
    }
}

/// So many cells in the middle of an area.
fn centred(area: Rect, width: u16, height: u16) -> Rect {
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// A thin line around the page, which is white on what may be white too.
fn edge(p: &mut Painter<'_, '_>, inside: Rect, columns: u16, rows: u16) {
    if p.state.config.simbolos == Simbolos::Ascii {
        return;
    }
    let (left, top) = (inside.x + (inside.width - columns) / 2, inside.y + (inside.height - rows) / 2);
    for y in top..top + rows {
        if left > inside.x {
            p.put(left - 1, y, "▕", p.theme.border);
        }
        if left + columns < inside.right() {
            p.put(left + columns, y, "▏", p.theme.border);
        }
    }
    let across = usize::from(columns);
    if top > inside.y {
        p.put(left, top - 1, &"▁".repeat(across), p.theme.border);
    }
    if top + rows < inside.bottom() {
        p.put(left, top + rows, &"▔".repeat(across), p.theme.border);
    }
}

/// `pág. 1/3 · 100 % · 90°`; where there is little room, `1/3`.
fn place(p: &Painter<'_, '_>) -> Vec<String> {
    let preview = &p.state.preview;
    let Some(pages) = preview.pages else { return Vec::new() };
    let mut parts =
        vec![p.texts.with("pagina-de", &[("n", (preview.page as usize).into()), ("total", (pages as usize).into())])];
    if matches!(preview.shown, Shown::Text { .. }) {
        parts.push(p.texts.text("texto"));
    } else {
        parts.push(format!("{} %", preview.zoom.max(100)));
    }
    if matches!(&preview.shown, Shown::Picture { of, .. } if of.nitidez < Nitidez::Normal) {
        parts.push(p.texts.text("calidad-reducida"));
    }
    if preview.rotation != 0 {
        parts.push(format!("{}°", preview.rotation));
    }
    vec![parts.join(" · "), format!("{}/{pages}", preview.page)]
}

/// Name, type and size, and why there is no picture: never an empty pane.
fn card(p: &mut Painter<'_, '_>, inside: Rect, reason: &str) {
    let Some(documento) = p.state.documentos.current() else { return pane::empty(p, inside, reason) };
    let width = usize::from(inside.width.saturating_sub(4));
    let reason = text::wrap(reason, width);
    let mut facts = vec![
        (text::cut_middle(&documento.nombre, width), p.theme.strong),
        (format!("{} · {} · v{}", documento.mime, text::bytes(documento.bytes), documento.version), p.theme.dim),
        (String::new(), p.theme.text),
    ];
    // In a low pane the reason comes before type and size.
    if facts.len() + reason.len() > usize::from(inside.height) {
        facts.truncate(1);
    }
    let lines: Vec<_> = facts.into_iter().chain(reason.into_iter().map(|line| (line, p.theme.text))).collect();
    let top = inside.y + inside.height.saturating_sub(lines.len() as u16) / 2;
    for (row, (line, style)) in lines.iter().enumerate().take(usize::from(inside.height)) {
        let x = inside.x + (inside.width.saturating_sub(text::width(line) as u16)) / 2;
        p.put(x, top + row as u16, line, *style);
    }
}
