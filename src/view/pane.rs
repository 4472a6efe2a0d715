//! The frame of a pane: title with its key on the left, what there is to say on the right, border lines shared with the neighbours.

use super::hit::Target;
use super::{Painter, layout, text};
use crate::state::Pane;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::symbols::merge::MergeStrategy;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType};

/// Draws it; answers the inside.
pub fn frame(p: &mut Painter<'_, '_>, pane: Pane, area: Rect, title: &str, right: &str) -> Rect {
    let focused = p.state.focus == pane && p.state.overlays.is_empty();
    // Drawn last over dim lines that are shared.
    let style = if focused { p.theme.accent.remove_modifier(Modifier::DIM) } else { p.theme.border };
    let behind = behind(p, pane);
    let tab = behind.map(|other| format!(" {} ", name(p, other))).unwrap_or_default();
    let shown_right = if usize::from(area.width) > text::width(right) + text::width(&tab) + 16 { right } else { "" };
    let room = usize::from(area.width).saturating_sub(text::width(shown_right) + text::width(&tab) + 8);
    let full = if title.is_empty() { name(p, pane) } else { format!("{} ─ {title}", name(p, pane)) };
    let own = format!(" {} ", text::cut(&full, room));
    let mut block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(style)
        .style(p.theme.text)
        .merge_borders(MergeStrategy::Fuzzy);
    p.click(area, Target::Pane(pane));
    let mut x = area.x + 1;
    for (label, style, target) in tabs(pane, own, behind.zip(Some(tab)), style, p.theme.border) {
        let width = text::width(&label) as u16;
        let place = Rect { x, y: area.y, width, height: 1 };
        p.click(place, Target::Pane(target));
        p.titles.push((place, style));
        block = block.title_top(Line::from(Span::styled(label, style)));
        x += width + 1;
    }
    if !shown_right.is_empty() {
        let width = text::width(shown_right) as u16 + 2;
        p.titles.push((Rect { x: area.right() - 1 - width, y: area.y, width, height: 1 }, style));
        block = block.title_top(Line::from(Span::styled(format!(" {shown_right} "), style)).right_aligned());
    }
    let inside = block.inner(area);
    p.frame.render_widget(block, area);
    if focused {
        // Until something in it is selected.
        p.cursor(inside.x, inside.y);
    }
    inside
}

/// The border line above a pane is also the one below another: titles keep their own style, whichever of the two has the focus.
pub fn finish(p: &mut Painter<'_, '_>) {
    for (place, style) in std::mem::take(&mut p.titles) {
        p.fill(place, Style::reset().patch(p.theme.text).patch(style));
    }
}

/// The pane's own title, and that of the pane behind it, in the order of their numbers.
fn tabs(
    pane: Pane,
    own: String,
    behind: Option<(Pane, String)>,
    style: Style,
    dim: Style,
) -> impl Iterator<Item = (String, Style, Pane)> {
    let mut tabs = vec![(own, style, pane)];
    if let Some((other, label)) = behind {
        tabs.insert(usize::from(pane == Pane::Preview), (label, dim, other));
    }
    tabs.into_iter()
}

/// The pane that shares this one's place, in two columns.
fn behind(p: &Painter<'_, '_>, pane: Pane) -> Option<Pane> {
    let two_columns = (layout::MEDIUM..layout::WIDE).contains(&p.frame.area().width) && !p.state.zoomed;
    match pane {
        Pane::Preview if two_columns => Some(Pane::Indice),
        Pane::Indice if two_columns => Some(Pane::Preview),
        _ => None,
    }
}

/// Key and name of a pane: `2 Documentos`.
pub fn name(p: &Painter<'_, '_>, pane: Pane) -> String {
    let number = Pane::ALL.iter().position(|other| *other == pane).unwrap_or_default() + 1;
    let name = p.texts.text(match pane {
        Pane::Expedientes => "panel-expediente",
        Pane::Documentos => "panel-documentos",
        Pane::Preview => "panel-vista-previa",
        Pane::Indice => "panel-indice",
    });
    format!("{number} {name}")
}

/// A sentence in the middle of an empty pane: what to do next.
pub fn empty(p: &mut Painter<'_, '_>, area: Rect, sentence: &str) {
    let lines = text::wrap(sentence, usize::from(area.width.saturating_sub(4)));
    let top = area.y + area.height.saturating_sub(lines.len() as u16) / 2;
    for (row, line) in lines.iter().enumerate() {
        let y = top + row as u16;
        if y < area.bottom() {
            let x = area.x + (area.width.saturating_sub(text::width(line) as u16)) / 2;
            p.put(x, y, line, p.theme.dim);
        }
    }
}
