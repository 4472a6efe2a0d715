//! The pages of a document as small pictures, over the pane of the page.

use super::super::hit::Target;
use super::super::{Painter, text};
use super::key_line;
use crate::state::preview::Shown;
use crate::state::preview::thumbs::Thumbs;
use crate::theme::ColorDepth;
use graphics::{Colours, Picture, Placement, Protocol, Window};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType};

/// Rows of a page's picture that are wanted at least.
const ROWS_MIN: u16 = 10;
/// Columns for a hundred rows of it: those of an A4 page, whose cells are twice as high as wide.
const COLUMNS_OF_100: u16 = 142;
/// Smallest pane that it is drawn over; else it takes the whole screen.
const PANE_MIN: (u16, u16) = (34, 14);

/// Draws it.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect, thumbs: &Thumbs) {
    let pane = p.hits.preview_rect;
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(2), ..area };
    let place = if pane.width >= PANE_MIN.0 && pane.height >= PANE_MIN.1 { pane } else { body };
    // What lies below is covered, pictures too.
    p.hits.pictures.clear();
    p.clear(place, p.theme.overlay);
    p.overlay = Some(place);
    p.click(place, Target::Pane(p.state.focus));
    let title = p.texts.with("titulo-miniaturas", &[("total", (thumbs.pages as usize).into())]);
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(p.theme.accent)
        .style(p.theme.overlay)
        .title_top(Line::from(Span::styled(format!(" {title} "), p.theme.accent)));
    let inside = block.inner(place);
    p.frame.render_widget(block, place);
    key_line(p, place, &p.texts.text("pista-miniaturas"));
    // Each has a row for its number, and a blank between it and the next.
    let down = (inside.height / (ROWS_MIN + 1)).max(1);
    let rows = (inside.height / down).saturating_sub(1).max(1);
    let across = ((inside.width + 1) / (rows * COLUMNS_OF_100 / 100 + 1)).max(1);
    let cell = (((inside.width + 1) / across).saturating_sub(1).max(1), rows);
    p.hits.thumbs = Some(((across, down), cell));
    let seen = Thumbs { grid: (across, down), ..thumbs.clone() };
    for (at, page) in (0u16..).zip(seen.visible()) {
        let (x, y) = (inside.x + at % across * (cell.0 + 1), inside.y + at / across * (cell.1 + 1));
        one(p, thumbs, page, Rect { x, y, width: cell.0, height: cell.1 + 1 }.intersection(inside));
    }
}

/// One page, its number below it.
fn one(p: &mut Painter<'_, '_>, thumbs: &Thumbs, page: u32, area: Rect) {
    if area.height < 2 || area.width == 0 {
        return;
    }
    p.click(area, Target::Item(page as usize));
    let picture = Rect { height: area.height - 1, ..area };
    match thumbs.shown.get(&page) {
        Some(Shown::Picture { picture: shown, .. }) => small(p, picture, shown),
        Some(Shown::Card { .. }) => said(p, picture, p.sign("✗", "x"), p.theme.bad),
        _ => said(p, picture, p.sign("·", "."), p.theme.dim),
    }
    let selected = page == thumbs.selected;
    let style = if selected { p.theme.selection } else { p.theme.overlay };
    let label = if selected { format!("{} {page}", p.sign("▸", ">")) } else { page.to_string() };
    let row = Rect { y: area.bottom() - 1, height: 1, ..area };
    if selected {
        p.fill(row, style);
    }
    said(p, row, &label, style);
    if selected {
        p.cursor(row.x, row.y);
    }
}

/// A word in the middle of an area.
fn said(p: &mut Painter<'_, '_>, area: Rect, word: &str, style: Style) {
    let word = text::cut(word, area.width.into());
    let x = area.x + (area.width.saturating_sub(text::width(&word) as u16)) / 2;
    p.put(x, area.y + area.height.saturating_sub(1) / 2, &word, style);
}

/// The picture of a page, in the middle of its cells.
fn small(p: &mut Painter<'_, '_>, area: Rect, picture: &Picture) {
    let drawing = p.state.preview.drawing;
    if drawing.protocol != Protocol::HalfBlocks {
        let all = Placement { picture: picture.clone(), area, from: (0, 0), percent: 100 };
        let (columns, rows) = all.cells(drawing.cell);
        let (width, height) = (columns.min(area.width), rows.min(area.height));
        let area = Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height };
        graphics::reserve(p.frame.buffer_mut(), area);
        p.hits.pictures.push(Placement { area, ..all });
        return;
    }
    let colours = match p.theme.depth {
        ColorDepth::True => Colours::True,
        ColorDepth::Indexed => Colours::Indexed,
        ColorDepth::Sixteen => Colours::Sixteen,
        ColorDepth::None => return,
    };
    let window = Window { scale: drawing.per_cell().0, x: 0, y: 0 };
    graphics::blocks(picture.pixels(), window, (drawing.glyphs, colours), area, p.frame.buffer_mut());
}
