//! Moving within a page and from page to page.

use super::{load_active, load_half, scroll_max};
use crate::action::Action;
use crate::effect::Effect;
use crate::i18n::Text;
use crate::state::overlay::{Overlay, Prompt, Purpose};
use crate::state::preview::{Half, Shown};
use crate::state::{Pane, State};

/// Moving while the pane has the focus.
pub fn moves(state: &mut State, action: Action) -> Vec<Effect> {
    let in_text = matches!(state.preview.active().shown, Shown::Text { .. });
    match action {
        Action::Up | Action::Down if in_text => super::lines::move_by(state, action == Action::Down),
        Action::Up => scroll(state, -1),
        Action::Down => scroll(state, 1),
        Action::PageUp => turn_by(state, -1),
        Action::PageDown => turn_by(state, 1),
        Action::First => turn_to(state, 1),
        _ => to_last(state),
    }
}

/// A page wider than the pane that has the focus is moved sideways first; `false` when it is at its edge.
pub fn pan(state: &mut State, right: bool) -> bool {
    let half = state.preview.half();
    let (max, _) = scroll_max(state, half);
    if state.focus != Pane::Preview || max == 0 {
        return false;
    }
    let sheet = state.preview.of_mut(half);
    let before = sheet.scroll_x;
    let step = (sheet.area.0 / 2).max(1);
    sheet.scroll_x = if right { before.saturating_add(step).min(max) } else { before.saturating_sub(step) };
    sheet.scroll_x != before
}

/// Scrolls; from the end of a page on to the next one, and from its beginning back to the end of the one before.
pub fn scroll(state: &mut State, rows: i32) -> Vec<Effect> {
    let half = state.preview.half();
    let (_, max) = scroll_max(state, half);
    let sheet = state.preview.of_mut(half);
    let before = sheet.scroll;
    sheet.scroll = (i32::from(before) + rows).clamp(0, i32::from(max)) as u16;
    if sheet.scroll != before {
        super::lines::follow_scroll(sheet);
        return load_active(state);
    }
    // Until it is here nobody knows where it ends.
    if sheet.pending.is_some() {
        return Vec::new();
    }
    let page = sheet.page;
    let effects = turn_by(state, rows.signum());
    let sheet = state.preview.of_mut(half);
    sheet.at_end = sheet.page < page;
    effects
}

/// So many pages on or back.
pub fn turn_by(state: &mut State, pages: i32) -> Vec<Effect> {
    let page = state.preview.active().page.max(1);
    turn_to(state, page.saturating_add_signed(pages))
}

/// The last page, as far as it is known.
pub fn to_last(state: &mut State) -> Vec<Effect> {
    let last = state.preview.active().pages.unwrap_or(1);
    turn_to(state, last)
}

/// A page; the nearest there is.
pub fn turn_to(state: &mut State, page: u32) -> Vec<Effect> {
    let half = state.preview.half();
    if turn_half(state, half, page) { load_half(state, half) } else { Vec::new() }
}

/// Likewise, of one of the two; whether it is another than before.
pub(super) fn turn_half(state: &mut State, half: Half, page: u32) -> bool {
    let sheet = state.preview.of_mut(half);
    let page = page.clamp(1, sheet.pages.unwrap_or(1).max(1));
    if page == sheet.page {
        return false;
    }
    sheet.page = page;
    sheet.nitidez = None;
    sheet.to_top();
    true
}

/// Asks for the number of a page.
pub fn ask(state: &mut State) -> Vec<Effect> {
    state.overlays.push(Overlay::Prompt(Prompt::new(Purpose::Page, "")));
    Vec::new()
}

/// What is wrong with the number of a page that was typed, or that page.
pub fn typed(state: &State, text: &str) -> Result<u32, Text> {
    let last = state.preview.active().pages.unwrap_or(1).max(1);
    let page = text.parse::<u32>().ok().filter(|page| (1..=last).contains(page));
    page.ok_or_else(|| Text::key("pagina-fuera").with("total", last.to_string()))
}
