//! Draws the state: no mutation, no I/O. One file per pane and per overlay; `layout.rs` decides columns.

pub mod hit;

use crate::i18n::Catalogue;
use crate::state::State;
use crate::theme::Theme;
use ratatui::Frame;

/// Draws a frame; answers what can be clicked and how much fits where.
pub fn view(_state: &State, _theme: &Theme, _texts: &Catalogue, _frame: &mut Frame<'_>) -> hit::HitMap {
    hit::HitMap::default()
}
