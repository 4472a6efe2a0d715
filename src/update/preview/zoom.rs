//! How large a page is, and how it is turned.

use super::{load_half, wanted};
use crate::effect::Effect;
use crate::state::State;
use crate::state::preview::{Fit, Half, Signature};

/// Steps of the zoom, percent of the page as it fits.
pub const ZOOMS: [u16; 6] = [100, 150, 200, 250, 300, 400];

/// A step larger or smaller around a cell of the pane: what is seen there stays there. Without one, around the hit that was gone to, else the
/// middle.
pub fn zoom(state: &mut State, larger: bool, around: Option<(u16, u16)>) -> Vec<Effect> {
    let half = state.preview.half();
    let now = state.preview.of(half).zoom.max(ZOOMS[0]);
    let at = ZOOMS.iter().position(|zoom| *zoom >= now).unwrap_or_default();
    let next = ZOOMS[if larger { (at + 1).min(ZOOMS.len() - 1) } else { at.saturating_sub(1) }];
    if super::is_text(state) || next == now {
        return Vec::new();
    }
    let before = cells_of_page(state, half, wanted(state, half).as_ref());
    // What was found is what one wants to read.
    let chosen = super::find::chosen_cell(state, half);
    state.preview.of_mut(half).zoom = next;
    let after = cells_of_page(state, half, wanted(state, half).as_ref());
    let sheet = state.preview.of_mut(half);
    let (columns, rows) = sheet.area;
    let point = around.or(chosen).unwrap_or((columns / 2, rows / 2));
    sheet.scroll_x = moved(sheet.scroll_x, point.0, columns, before.0, after.0);
    sheet.scroll = moved(sheet.scroll, point.1, rows, before.1, after.1);
    remember(state, half);
    load_half(state, half)
}

/// Size in cells of the page that is wanted, as far as it is known.
fn cells_of_page(state: &State, half: Half, wanted: Option<&Signature>) -> (u32, u32) {
    let (across, down) = state.preview.drawing.per_cell();
    let size = wanted.and_then(|wanted| state.preview.of(half).whole_for(wanted)).unwrap_or_default();
    (size.0 / across.max(1), size.1 / down.max(1))
}

/// Where to scroll so that the same place of the page lies under a point. A page smaller than the pane stands in its middle.
fn moved(scroll: u16, point: u16, pane: u16, before: u32, after: u32) -> u16 {
    let (pane, point) = (u32::from(pane), u32::from(point));
    let margin = pane.saturating_sub(before) / 2;
    let place = (u32::from(scroll) + point).saturating_sub(margin).min(before);
    // The middle of the cell, to the nearest one: rounding down would creep upwards with every step.
    let place = (f64::from(place) + 0.5) * f64::from(after) / f64::from(before.max(1));
    let scroll = (place - 0.5 - f64::from(point)).round().max(0.0) as u32;
    u16::try_from(scroll.min(after.saturating_sub(pane))).unwrap_or(u16::MAX)
}

/// A quarter turn clockwise.
pub fn rotate(state: &mut State) -> Vec<Effect> {
    let half = state.preview.half();
    let sheet = state.preview.of_mut(half);
    sheet.rotation = (sheet.rotation + 90) % 360;
    sheet.to_top();
    remember(state, half);
    load_half(state, half)
}

/// As wide as the pane, or all of it.
pub fn fit(state: &mut State) -> Vec<Effect> {
    let half = state.preview.half();
    let sheet = state.preview.of_mut(half);
    sheet.fit = if sheet.fit == Fit::Page && sheet.zoom <= ZOOMS[0] { Fit::Width } else { Fit::Page };
    sheet.zoom = ZOOMS[0];
    sheet.to_top();
    remember(state, half);
    load_half(state, half)
}

/// The document will be found as it was left, as long as the program runs.
fn remember(state: &mut State, half: Half) {
    let Some(sha256) = super::documento(state, half).map(|documento| documento.sha256.clone()) else { return };
    let sheet = state.preview.of(half);
    let turned = (sheet.zoom, sheet.rotation);
    if turned == (ZOOMS[0], 0) {
        state.preview.turned.remove(&sha256);
    } else {
        state.preview.turned.insert(sha256, turned);
    }
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn what_lies_under_the_point_stays_there() {
        // A page of 60 columns in a pane of 100: column 30 of the pane is column 10 of the page, 20 of the larger one.
        assert_eq!(moved(0, 30, 100, 60, 120), 0);
        assert_eq!(moved(0, 60, 100, 60, 240), 102);
        assert_eq!(moved(100, 60, 100, 240, 60), 0, "the whole page is seen");
        assert_eq!(moved(0, 99, 100, 60, 240), 140, "never beyond its edge");
    }
}
