//! Name, type and size of a document, and why there is no picture: never an empty pane.

use super::super::{Painter, pane, text};
use crate::state::preview::Half;
use crate::update::preview::documento;
use api::Codigo;
use ratatui::layout::Rect;

/// Draws it.
pub fn draw(p: &mut Painter<'_, '_>, half: Half, inside: Rect, reason: &str, codigo: Option<Codigo>) {
    let Some(documento) = documento(p.state, half) else { return pane::empty(p, inside, reason) };
    let width = usize::from(inside.width.saturating_sub(4));
    let reason = text::wrap(reason, width);
    let mut facts = vec![
        (text::cut_middle(&documento.nombre, width), p.theme.strong),
        (format!("{} · {} · v{}", documento.mime, text::bytes(documento.bytes), documento.version), p.theme.dim),
        (String::new(), p.theme.text),
    ];
    let asks = matches!(codigo, Some(Codigo::ClaveNecesaria | Codigo::ClaveIncorrecta));
    let todo = if asks { text::wrap(&p.texts.text("escribir-clave"), width) } else { Vec::new() };
    // In a low pane the reason comes before type and size.
    if facts.len() + reason.len() + todo.len() > usize::from(inside.height) {
        facts.truncate(1);
    }
    let said = reason.into_iter().map(|line| (line, p.theme.text));
    let todo = todo.into_iter().map(|line| (line, p.theme.key));
    let lines: Vec<_> = facts.into_iter().chain(said).chain(todo).collect();
    let top = inside.y + inside.height.saturating_sub(lines.len() as u16) / 2;
    for (row, (line, style)) in lines.iter().enumerate().take(usize::from(inside.height)) {
        let x = inside.x + (inside.width.saturating_sub(text::width(line) as u16)) / 2;
        p.put(x, top + row as u16, line, *style);
    }
}
