//! A page as text, laid out as on the page: a line with the cursor, a range of lines, and what was looked for.

use super::super::{Painter, leading, pane, text};
use crate::state::Pane;
use crate::state::preview::Half;
use crate::update::preview::lines::range;
use domain::texto::fold;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// Draws it.
pub fn draw(p: &mut Painter<'_, '_>, half: Half, inside: Rect, frame: Rect, page: &str) {
    let state = p.state;
    let sheet = state.preview.of(half);
    let cells = text::page_width(inside.width);
    let lines = text::laid_out(page, cells);
    let height = usize::from(inside.height);
    let first = usize::from(sheet.scroll).min(lines.len().saturating_sub(height));
    let find = state.preview.find.as_ref().filter(|find| find.half == half && find.count() > 0);
    let words = find.map(|find| fold(&find.of)).unwrap_or_default();
    let has_keys = p.has_focus(Pane::Preview) && state.preview.half() == half;
    let range = range(sheet);
    for (row, (at, line)) in (inside.y..).zip(lines.iter().enumerate().skip(first).take(height)) {
        let place = Rect { x: inside.x, y: row, width: inside.width, height: 1 };
        let is_line = has_keys && at == sheet.line;
        let in_range = range.is_some_and(|(from, to)| (from..=to).contains(&at));
        let base = match (is_line, in_range) {
            (true, _) => p.theme.selection,
            (false, true) => p.theme.text.add_modifier(Modifier::REVERSED),
            (false, false) => p.theme.text,
        };
        if is_line || in_range {
            p.fill(place, base);
        }
        let (skipped, width) = leading(line, sheet.scroll_x.into());
        // A wide sign cut by the edge leaves a blank.
        let shift = width.saturating_sub(usize::from(sheet.scroll_x));
        p.put(inside.x + 1 + shift as u16, row, &text::cut_off(&line[skipped..], cells.saturating_sub(shift)), base);
        goes_on(p, place, (width > 0, text::width(line) > width + cells), base);
        let look = if is_line { base.add_modifier(Modifier::UNDERLINED) } else { p.theme.found };
        for hit in text::occurrences(line, &words) {
            lit(p, place, sheet.scroll_x, hit, look);
        }
        if is_line {
            p.cursor(inside.x + 1, row);
        }
    }
    pane::more(p, Pane::Preview, frame, first, lines.len().saturating_sub(first + height));
    if page.trim().is_empty() {
        pane::empty(p, inside, &p.texts.text("pagina-sin-texto"));
    }
}

/// Signs at the edges where a line goes on beyond them.
fn goes_on(p: &mut Painter<'_, '_>, line: Rect, (left, right): (bool, bool), base: Style) {
    let style = base.patch(p.theme.dim);
    if left {
        p.put(line.x, line.y, p.sign("‹", "<"), style);
    }
    if right {
        p.put(line.right() - 1, line.y, p.sign("›", ">"), style);
    }
}

/// A hit within a line, as far as it is seen.
fn lit(p: &mut Painter<'_, '_>, line: Rect, scroll: u16, (from, to): (usize, usize), style: Style) {
    let (scroll, room) = (usize::from(scroll), text::page_width(line.width));
    let (from, to) = (from.saturating_sub(scroll), to.saturating_sub(scroll).min(room));
    if from < to {
        p.fill(Rect { x: line.x + 1 + from as u16, width: (to - from) as u16, ..line }, style);
    }
}
