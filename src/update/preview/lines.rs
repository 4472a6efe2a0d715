//! The text of a page: a cursor line, a range of lines, and what is copied.

use super::{Half, load_half, pages};
use crate::effect::Effect;
use crate::i18n::Text;
use crate::msg::Answer;
use crate::state::preview::{Sheet, Shown};
use crate::state::{Pane, State};
use crate::update::{conexion, mensajes};
use crate::view::text::{laid_out, page_width, width};

/// Lines of the text on screen, if it is that of the page that is wanted.
fn lines_of(sheet: &Sheet) -> Option<Vec<String>> {
    match &sheet.shown {
        Shown::Text { of, text } if of.page == sheet.page.max(1) => Some(laid_out(text, page_width(sheet.area.0))),
        _ => None,
    }
}

/// How far the text can be scrolled, right and down.
pub fn scroll_max(text: &str, area: (u16, u16)) -> (u16, u16) {
    let lines = laid_out(text, page_width(area.0));
    let over = |cells: usize, room: usize| u16::try_from(cells.saturating_sub(room)).unwrap_or(u16::MAX);
    let longest = lines.iter().map(|line| width(line)).max().unwrap_or_default();
    (over(longest, page_width(area.0)), over(lines.len(), usize::from(area.1)))
}

/// The cursor goes a line up or down, and from page to page.
pub fn move_by(state: &mut State, down: bool) -> Vec<Effect> {
    let half = state.preview.half();
    let sheet = state.preview.of_mut(half);
    let Some(count) = lines_of(sheet).map(|lines| lines.len()) else { return Vec::new() };
    let last = count.saturating_sub(1);
    let line = sheet.line.min(last);
    match (down, line) {
        (true, line) if line < last => sheet.line = line + 1,
        (false, line) if line > 0 => sheet.line = line - 1,
        // A range ends with its page.
        _ if sheet.anchor.is_some() || sheet.pending.is_some() => return Vec::new(),
        _ => return pages::turn_by(state, if down { 1 } else { -1 }),
    }
    show_line(sheet);
    Vec::new()
}

/// Scrolls as little as shows the line with the cursor.
pub(super) fn show_line(sheet: &mut Sheet) {
    let (line, rows) = (u16::try_from(sheet.line).unwrap_or(u16::MAX), sheet.area.1.max(1));
    sheet.scroll = sheet.scroll.clamp((line + 1).saturating_sub(rows), line);
}

/// The cursor stays on screen.
pub(super) fn follow_scroll(sheet: &mut Sheet) {
    let (first, rows) = (usize::from(sheet.scroll), usize::from(sheet.area.1.max(1)));
    sheet.line = sheet.line.clamp(first, first + rows - 1);
}

/// Begins a range of lines, or lets it go.
pub fn mark(state: &mut State) -> Vec<Effect> {
    let sheet = state.preview.active_mut();
    if !matches!(sheet.shown, Shown::Text { .. }) {
        return mensajes::warn(state, Text::key("marcar-en-texto"));
    }
    sheet.anchor = if sheet.anchor.is_some() { None } else { Some(sheet.line) };
    Vec::new()
}

/// First and last line of the range.
pub fn range(sheet: &Sheet) -> Option<(usize, usize)> {
    sheet.anchor.map(|anchor| (anchor.min(sheet.line), anchor.max(sheet.line)))
}

/// Copies the range, and lets it go; `None` where there is none.
pub fn copy_range(state: &mut State) -> Option<Vec<Effect>> {
    if state.focus != Pane::Preview {
        return None;
    }
    let sheet = state.preview.active_mut();
    let (first, last) = range(sheet)?;
    let lines = lines_of(sheet)?;
    sheet.anchor = None;
    let taken: Vec<String> = lines.into_iter().skip(first).take(last + 1 - first).collect();
    Some(vec![Effect::Copy(taken.join("\n"))])
}

/// Copies the text of the page on screen; it may have to be asked for.
pub fn copy_page(state: &mut State) -> Vec<Effect> {
    let half = state.preview.half();
    let Some(documento) = super::documento(state, half) else { return Vec::new() };
    vec![Effect::CopyPage { signature: super::text_of(documento, state.preview.of(half).page) }]
}

/// The text to be copied has come.
pub fn came(state: &mut State, answer: Answer<String>) -> Vec<Effect> {
    match answer {
        Ok(text) if text.trim().is_empty() => mensajes::warn(state, Text::key("sin-texto-que-copiar")),
        Ok(text) => vec![Effect::Copy(text)],
        Err(failure) => conexion::failed(state, &failure),
    }
}

/// A click on a line: the cursor goes there.
pub fn click(state: &mut State, half: Half, row: u16) -> Vec<Effect> {
    let sheet = state.preview.of_mut(half);
    if let Some(lines) = lines_of(sheet) {
        sheet.line = (usize::from(sheet.scroll) + usize::from(row)).min(lines.len().saturating_sub(1));
        return Vec::new();
    }
    load_half(state, half)
}
