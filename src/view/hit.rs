//! What the view has drawn where, for the mouse.

use crate::state::Pane;
use ratatui::layout::Rect;

/// Something that can be clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A pane as a whole: focus.
    Pane(Pane),
    /// A row of a pane: select; twice: go in.
    Row(Pane, usize),
    /// A place of the overlay's list.
    Item(usize),
    /// A hint of the hint line.
    Action(crate::action::Action),
}

/// What the mouse does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gesture {
    /// Left button.
    Click,
    /// Wheel up.
    ScrollUp,
    /// Wheel down.
    ScrollDown,
}

/// A gesture on a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// On what.
    pub target: Target,
    /// What.
    pub gesture: Gesture,
}

/// Everything that can be clicked on the current frame, in drawing order, and what the layout tells the state.
#[derive(Debug, Clone, Default)]
pub struct HitMap {
    /// The last one that contains the point wins.
    pub areas: Vec<(Rect, Target)>,
    /// Rows that fit in pane 1.
    pub lista_height: usize,
    /// Lines that fit in pane 2.
    pub documentos_height: usize,
    /// Inside of pane 3 in cells.
    pub preview_area: (u16, u16),
    /// Rows and columns of the grid of pane 4.
    pub indice_grid: (usize, usize),
    /// Pages, where the terminal draws pictures itself; later ones lie on top.
    pub pictures: Vec<graphics::Placement>,
}

impl HitMap {
    /// What lies at a cell.
    pub fn at(&self, column: u16, row: u16) -> Option<Target> {
        let point = ratatui::layout::Position { x: column, y: row };
        self.areas.iter().rev().find(|(area, _)| area.contains(point)).map(|(_, target)| *target)
    }
}
