//! What the view has drawn where, for the mouse.

use crate::state::Pane;
use crate::state::preview::Half;
use ratatui::layout::Rect;

/// Something that can be clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A pane as a whole: focus.
    Pane(Pane),
    /// A page in its part of the pane.
    Page(Half),
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
    /// Right button.
    OtherClick,
    /// Wheel up with Ctrl.
    ZoomIn,
    /// Wheel down with Ctrl.
    ZoomOut,
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
    /// Cell of the target, from its upper left corner.
    pub at: (u16, u16),
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
    /// Cells of the selected document's page and of the pinned one.
    pub preview_areas: [(u16, u16); 2],
    /// Pane 3 with its frame, when it is on screen.
    pub preview_rect: Rect,
    /// How many small pictures fit across and down, and the cells of each; none without a contact sheet.
    pub thumbs: Option<((u16, u16), (u16, u16))>,
    /// Rows and columns of the grid of pane 4.
    pub indice_grid: (usize, usize),
    /// Pages, where the terminal draws pictures itself; later ones lie on top.
    pub pictures: Vec<graphics::Placement>,
}

impl HitMap {
    /// What lies at a cell of the screen, and which of its cells that is.
    pub fn at(&self, column: u16, row: u16) -> Option<(Target, (u16, u16))> {
        let point = ratatui::layout::Position { x: column, y: row };
        let found = self.areas.iter().rev().find(|(area, _)| area.contains(point));
        found.map(|(area, target)| (*target, (column - area.x, row - area.y)))
    }
}
