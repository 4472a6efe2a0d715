//! Pane 3: the page as a picture, as text, or a card that says why not.

use super::{Painter, pane, text};
use crate::config::VistaPrevia;
use crate::state::Pane;
use crate::state::load::PATIENCE_MS;
use crate::state::preview::Shown;
use crate::theme::ColorDepth;
use graphics::{Colours, Window};
use ratatui::layout::Rect;

/// Pixels of the picture to one of the screen, as `update/preview.rs` asks for them.
const OVERSAMPLE: u32 = 2;

/// Draws it.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect) {
    let name = p.state.documentos.current().map(|documento| type_name(p, &documento.tipo)).unwrap_or_default();
    let inside = pane::frame(p, Pane::Preview, area, &name, &place(p));
    p.hits.preview_area = (inside.width, inside.height);
    if p.state.config.vista_previa == VistaPrevia::No {
        return pane::empty(p, inside, &p.texts.text("vista-previa-no"));
    }
    let preview = &p.state.preview;
    match &preview.shown {
        Shown::Nothing => {
            let slow = preview.pending.is_some_and(|(_, since)| p.state.now.saturating_sub(since) >= PATIENCE_MS);
            let sentence = match (slow, preview.pending.is_some(), p.state.documentos.current().is_some()) {
                (true, ..) => p.texts.text("cargando"),
                (_, true, _) | (_, _, true) => String::new(),
                _ => p.texts.text("vista-previa-vacia"),
            };
            pane::empty(p, inside, &sentence);
        }
        Shown::Picture { image, .. } => {
            let colours = match p.theme.depth {
                ColorDepth::True => Colours::True,
                ColorDepth::Indexed => Colours::Indexed,
                ColorDepth::Sixteen => Colours::Sixteen,
                ColorDepth::None => return pane::empty(p, inside, &p.texts.text("vista-previa-sin-color")),
            };
            let window = Window { scale: OVERSAMPLE, x: u32::from(preview.scroll_x), y: u32::from(preview.scroll) };
            graphics::half_blocks(image, window, colours, inside, p.frame.buffer_mut());
        }
        Shown::Text { text: page, .. } => {
            let rows = page.lines().skip(usize::from(preview.scroll)).take(usize::from(inside.height));
            for (row, line) in rows.enumerate() {
                let line = text::cut(line, usize::from(inside.width.saturating_sub(2)));
                p.put(inside.x + 1, inside.y + row as u16, &line, p.theme.text);
            }
            if page.trim().is_empty() {
                pane::empty(p, inside, &p.texts.text("pagina-sin-texto"));
            }
        }
        Shown::Card { reason, .. } => card(p, inside, reason),
    }
}

fn type_name(p: &Painter<'_, '_>, tipo: &domain::TipoId) -> String {
    let modelo = p.state.modelo.as_ref();
    modelo.and_then(|m| m.modelo.tipo(tipo)).map_or_else(|| tipo.to_string(), |tipo| tipo.nombre.clone())
}

/// `pág. 1/3 · 100 % · 90°`.
fn place(p: &Painter<'_, '_>) -> String {
    let preview = &p.state.preview;
    let Some(pages) = preview.pages else { return String::new() };
    let mut parts =
        vec![p.texts.with("pagina-de", &[("n", (preview.page as usize).into()), ("total", (pages as usize).into())])];
    if matches!(preview.shown, Shown::Text { .. }) {
        parts.push(p.texts.text("texto"));
    } else {
        parts.push(format!("{} %", preview.zoom.max(100)));
    }
    if preview.rotation != 0 {
        parts.push(format!("{}°", preview.rotation));
    }
    parts.join(" · ")
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
