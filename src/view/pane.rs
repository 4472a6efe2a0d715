//! The frame of a pane: title with its key on the left, what there is to say on the right, border lines shared with the neighbours.

use super::hit::Target;
use super::{Painter, layout, text};
use crate::state::Pane;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::symbols::merge::MergeStrategy;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType};

/// Cells of a title that are worth more than the longest way of saying what stands on the right.
const TITLE_MIN: usize = 24;

/// Draws it; answers the inside. What stands on the right comes in its ways, from the longest to the shortest: the title goes before.
pub fn frame(p: &mut Painter<'_, '_>, pane: Pane, area: Rect, title: &str, right: &[String]) -> Rect {
    let focused = p.has_focus(pane);
    // Drawn last over dim lines that are shared.
    let style = if focused { p.theme.accent.remove_modifier(Modifier::DIM) } else { p.theme.border };
    let title_style = if focused { p.theme.focused_title().remove_modifier(Modifier::DIM) } else { p.theme.dim };
    // A border is no text: what is to be read in it stands out from it.
    let said = if focused { style } else { p.theme.dim };
    let behind = behind(p, pane);
    let tab = behind.map(|other| format!(" {} ", name(p, other))).unwrap_or_default();
    let full = match (behind, title) {
        // Which of the two is in front is not said by its colour alone.
        (Some(_), title) => format!("[{}] {title}", name(p, pane)),
        (None, "") => name(p, pane),
        (None, title) => format!("{} ─ {title}", name(p, pane)),
    };
    let room = |right: &str| {
        let taken = if right.is_empty() { 0 } else { text::width(right) + 3 };
        usize::from(area.width).saturating_sub(taken + text::width(&tab) + usize::from(behind.is_some()) + 5)
    };
    let wanted = text::width(full.trim_end());
    let fitting = right.iter().find(|way| wanted <= room(way));
    let shortest = right.last().filter(|way| room(way) >= wanted.min(TITLE_MIN));
    let right = fitting.or(shortest).map_or("", String::as_str);
    let own = format!(" {} ", text::cut(full.trim_end(), room(right)));
    let mut block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(style)
        .style(p.theme.text)
        .merge_borders(MergeStrategy::Fuzzy);
    p.click(area, Target::Pane(pane));
    let mut x = area.x + 1;
    for (label, style, target) in tabs(pane, own, behind.zip(Some(tab)), title_style, p.theme.dim) {
        let width = text::width(&label) as u16;
        let place = Rect { x, y: area.y, width, height: 1 };
        p.click(place, Target::Pane(target));
        p.lines.push((place, label.clone(), style));
        block = block.title_top(Line::from(Span::styled(label, style)));
        x += width + 1;
    }
    if !right.is_empty() {
        let label = format!(" {right} ");
        let width = text::width(&label) as u16;
        p.lines.push((Rect { x: area.right() - 1 - width, y: area.y, width, height: 1 }, label.clone(), said));
        block = block.title_top(Line::from(Span::styled(label, said)).right_aligned());
    }
    let inside = block.inner(area);
    p.frame.render_widget(block, area);
    if focused {
        // Until something in it is selected.
        p.cursor(inside.x, inside.y);
    }
    inside
}

/// Says in the border below a pane that there is more of it above or below what is shown.
pub fn more(p: &mut Painter<'_, '_>, pane: Pane, area: Rect, above: usize, below: usize) {
    let Some(label) = p.more(above, below) else { return };
    let width = text::width(&label) as u16;
    if width + 2 > area.width || area.height < 3 {
        return;
    }
    let focused = p.has_focus(pane);
    let style = if focused { p.theme.accent.remove_modifier(Modifier::DIM) } else { p.theme.border };
    p.lines.push((Rect { x: area.right() - 1 - width, y: area.bottom() - 1, width, height: 1 }, label, style));
}

/// The border line above a pane is also the one below another: what stands in it is written last, in its own style, whichever of the two has
/// the focus.
pub fn finish(p: &mut Painter<'_, '_>) {
    for (place, label, style) in std::mem::take(&mut p.lines) {
        p.fill(place, Style::reset().patch(p.theme.text).patch(style));
        p.put(place.x, place.y, &label, style);
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
    let area = p.frame.area();
    let two_columns = (layout::MEDIUM..layout::WIDE).contains(&area.width) && !p.state.zoomed;
    let two_columns = two_columns && layout::sharing(p.state, area).is_some();
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
