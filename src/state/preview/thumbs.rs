//! The pages of a document as small pictures.

use super::{Half, Shown};
use domain::DocumentoId;
use std::collections::BTreeMap;

/// Pages asked for at once: the line has other things to do.
pub const AT_ONCE: usize = 3;

/// A contact sheet.
#[derive(Debug, Clone)]
pub struct Thumbs {
    /// In which page of the pane it was opened.
    pub half: Half,
    /// Of which document.
    pub documento: DocumentoId,
    /// Its content.
    pub sha256: String,
    /// How many pages there are.
    pub pages: u32,
    /// The selected page, from 1.
    pub selected: u32,
    /// Row of pages that is shown first.
    pub first: u32,
    /// Pages across and down, told by the view's layout.
    pub grid: (u16, u16),
    /// Cells of a page's picture, likewise.
    pub cell: (u16, u16),
    /// What has come.
    pub shown: BTreeMap<u32, Shown>,
    /// What is on its way: place and generation of each page.
    pub pending: BTreeMap<u32, (usize, u64)>,
}

impl Thumbs {
    /// Pages that are seen.
    pub fn visible(&self) -> std::ops::RangeInclusive<u32> {
        let (across, down) = (u32::from(self.grid.0.max(1)), u32::from(self.grid.1.max(1)));
        let first = self.first * across + 1;
        first..=(first + across * down - 1).min(self.pages)
    }

    /// Scrolls as little as shows the selected page.
    pub fn keep_visible(&mut self) {
        let (across, down) = (u32::from(self.grid.0.max(1)), u32::from(self.grid.1.max(1)));
        let (row, last) = ((self.selected - 1) / across, (self.pages.max(1) - 1) / across);
        self.first = self.first.clamp((row + 1).saturating_sub(down), row).min((last + 1).saturating_sub(down));
    }
}
