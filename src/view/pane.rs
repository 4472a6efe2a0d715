//! The frame of a pane: title with its key on the left, what there is to say on the right, border lines shared with the neighbours.

use super::Painter;
use crate::state::Pane;
use ratatui::layout::Rect;
use ratatui::symbols::merge::MergeStrategy;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType};

/// Draws it; answers the inside.
pub fn frame(p: &mut Painter<'_, '_>, pane: Pane, area: Rect, title: &str, right: &str) -> Rect {
    let focused = p.state.focus == pane && p.state.overlays.is_empty();
    let style = if focused { p.theme.accent } else { p.theme.border };
    let number = Pane::ALL.iter().position(|other| *other == pane).unwrap_or_default() + 1;
    let room = usize::from(area.width).saturating_sub(super::text::width(right) + 9);
    let name = p.texts.text(match pane {
        Pane::Expedientes => "panel-expediente",
        Pane::Documentos => "panel-documentos",
        Pane::Preview => "panel-vista-previa",
        Pane::Indice => "panel-indice",
    });
    let full = if title.is_empty() { name } else { format!("{name} ─ {title}") };
    let left = Line::from(vec![Span::styled(format!(" {number} {} ", super::text::cut(&full, room)), style)]);
    let mut block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(style)
        .style(p.theme.text)
        .merge_borders(MergeStrategy::Fuzzy)
        .title_top(left);
    if !right.is_empty() && usize::from(area.width) > super::text::width(right) + 12 {
        block = block.title_top(Line::from(Span::styled(format!(" {right} "), style)).right_aligned());
    }
    let inside = block.inner(area);
    p.frame.render_widget(block, area);
    p.hits.areas.push((area, super::hit::Target::Pane(pane)));
    inside
}

/// A sentence in the middle of an empty pane: what to do next.
pub fn empty(p: &mut Painter<'_, '_>, area: Rect, sentence: &str) {
    let lines = super::text::wrap(sentence, usize::from(area.width.saturating_sub(4)));
    let top = area.y + area.height.saturating_sub(lines.len() as u16) / 2;
    for (row, line) in lines.iter().enumerate() {
        let y = top + row as u16;
        if y < area.bottom() {
            let x = area.x + (area.width.saturating_sub(super::text::width(line) as u16)) / 2;
            p.put(x, y, line, p.theme.dim);
        }
    }
}
