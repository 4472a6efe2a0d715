//! The options of a choice, in a box of their own at its field.

use super::{Painter, text};
use crate::state::indice::Edit;
use domain::CampoIndice;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType};

/// Options shown at once.
const MOST: u16 = 8;
/// Least width of an option.
const NARROWEST: usize = 14;

/// Draws the box below the field and the `said` rows of what is said about it; above, where there is more room.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect, campo: &CampoIndice, value: Rect, said: u16, edit: &Edit) {
    let place = place(area, campo, value, said);
    let selected = edit.option.unwrap_or_default();
    let rows = usize::from(place.height.saturating_sub(2)).max(1);
    let first = selected.saturating_sub(rows - 1);
    let below = campo.opciones.len().saturating_sub(first + rows);
    p.clear(place, p.theme.overlay);
    let mut block =
        Block::bordered().border_type(BorderType::Rounded).border_style(p.theme.accent).style(p.theme.overlay);
    if first + below > 0 {
        let more = format!(" {} ", text::number((first + below) as u64));
        block = block.title_bottom(
            Line::from(Span::styled(format!(" {}{more}", p.sign("↕", "+")), p.theme.dim)).right_aligned(),
        );
    }
    let inside = block.inner(place);
    p.frame.render_widget(block, place);
    for (row, (at, option)) in campo.opciones.iter().enumerate().skip(first).take(rows).enumerate() {
        let style = if at == selected { p.theme.selection } else { p.theme.overlay };
        let line = text::left(&format!(" {}", option.nombre), usize::from(inside.width));
        p.put(inside.x, inside.y + row as u16, &line, style);
    }
}

/// So that the options begin where the value does.
fn place(area: Rect, campo: &CampoIndice, value: Rect, said: u16) -> Rect {
    let longest = campo.opciones.iter().map(|option| text::width(&option.nombre)).max().unwrap_or_default();
    let width = (longest.max(NARROWEST) as u16 + 4).min(area.width);
    let x = value.x.saturating_sub(2).min(area.right() - width).max(area.x);
    let wanted = (campo.opciones.len() as u16).min(MOST) + 2;
    let top = value.y + 1 + said;
    let (below, above) = (area.bottom().saturating_sub(top), value.y.saturating_sub(area.y));
    if below >= wanted || below >= above {
        let height = wanted.min(below.max(3)).min(area.height);
        Rect { x, y: top.min(area.bottom() - height), width, height }
    } else {
        let height = wanted.min(above.max(3)).min(area.height);
        Rect { x, y: value.y.saturating_sub(height).max(area.y), width, height }
    }
}
