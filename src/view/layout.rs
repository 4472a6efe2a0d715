//! Which panes are on screen, and where.

use crate::state::{Pane, State};
use ratatui::layout::Rect;

/// From here on all four panes.
pub const WIDE: u16 = 140;
/// From here on two columns; under it one pane at a time.
pub const MEDIUM: u16 = 100;
/// With fewer rows a message has no place but over the keys.
pub const LOW: u16 = 16;
/// Smallest terminal.
pub const MIN: (u16, u16) = (40, 10);

/// Where everything stands.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Place, person, bytes, line.
    pub top: Rect,
    /// Tabs of the panes that share a place; only in narrow terminals.
    pub tabs: Option<Rect>,
    /// Panes on screen. Neighbours share their border line.
    pub panes: Vec<(Pane, Rect)>,
    /// Keys that count here.
    pub hints: Rect,
}

/// Decides.
pub fn layout(state: &State, area: Rect) -> Layout {
    let row = |y: u16| Rect { y, height: 1, ..area };
    let (top, hints) = (row(area.y), row(area.bottom().saturating_sub(1)));
    let mut body = Rect { y: area.y + 1, height: area.height.saturating_sub(2), ..area };
    if state.zoomed {
        return Layout { top, tabs: None, panes: vec![(state.focus, body)], hints };
    }
    if area.width < MEDIUM {
        let tabs = row(body.y);
        body = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
        return Layout { top, tabs: Some(tabs), panes: vec![(state.focus, body)], hints };
    }
    let left_width = if area.width >= WIDE { area.width * 52 / 100 } else { area.width / 2 };
    let left = Rect { width: left_width + 1, ..body };
    let right = Rect { x: body.x + left_width, width: body.width - left_width, ..body };
    let (lista, documentos) = split(left, 56);
    let mut panes = vec![(Pane::Expedientes, lista), (Pane::Documentos, documentos)];
    if area.width >= WIDE {
        // A page needs height more than anything else.
        let (preview, indice) = split(right, 62);
        panes.extend([(Pane::Preview, preview), (Pane::Indice, indice)]);
    } else {
        let shared =
            if state.focus == Pane::Indice || state.indice.edit.is_some() { Pane::Indice } else { Pane::Preview };
        panes.push((shared, right));
    }
    Layout { top, tabs: None, panes, hints }
}

/// Two rectangles one above the other that share a border line.
fn split(area: Rect, percent: u16) -> (Rect, Rect) {
    let upper = (area.height * percent / 100).max(3).min(area.height.saturating_sub(2));
    let first = Rect { height: upper + 1, ..area };
    let second = Rect { y: area.y + upper, height: area.height - upper, ..area };
    (first, second)
}

/// An overlay: centred, at most two thirds of the screen, as large as it needs.
pub fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let most = |cells: u16, least: u16| (cells * 2 / 3).max(least.min(cells));
    let (width, height) = (width.min(most(area.width, 60)), height.min(most(area.height, 14)));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}
