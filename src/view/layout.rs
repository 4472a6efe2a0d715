//! Which panes are on screen, and where.

use crate::state::{Pane, State};
use ratatui::layout::Rect;

/// From here on all four panes.
pub const WIDE: u16 = 140;
/// From here on two columns; under it one pane at a time.
pub const MEDIUM: u16 = 100;
/// With fewer rows a message has no place but over the keys.
pub const LOW: u16 = 16;
/// Least rows of a terminal in which page and index stand one above the other.
const ROWS_FOR_BOTH: u16 = 24;
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
        let panes = if reads_while_typing(state, area) {
            let (preview, indice) = split(body, 42);
            vec![(Pane::Preview, preview), (Pane::Indice, indice)]
        } else {
            vec![(state.focus, body)]
        };
        return Layout { top, tabs: Some(tabs), panes, hints };
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
        match sharing(state, area) {
            Some(front) => panes.push((front, right)),
            None => {
                let (preview, indice) = split(right, 55);
                panes.extend([(Pane::Preview, preview), (Pane::Indice, indice)]);
            }
        }
    }
    Layout { top, tabs: None, panes, hints }
}

/// Of two columns, the pane that is in front in the right one; none when page and index stand one above the other, as while one edits: what one
/// types is read off the page.
pub fn sharing(state: &State, area: Rect) -> Option<Pane> {
    let editing = state.indice.edit.is_some();
    match (editing, state.focus) {
        (true, _) if area.height >= ROWS_FOR_BOTH => None,
        (true, _) | (false, Pane::Indice) => Some(Pane::Indice),
        (false, _) => Some(Pane::Preview),
    }
}

/// In one column, whether the page stands above the index: while one types, for what one types is read off the page.
fn reads_while_typing(state: &State, area: Rect) -> bool {
    let in_conflict = state.indice.edit.as_ref().is_some_and(|edit| edit.conflict.is_some());
    state.focus == Pane::Indice && state.is_editing_here() && !in_conflict && area.height >= ROWS_FOR_BOTH
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
