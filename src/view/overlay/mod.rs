//! Overlays: centred, at most two thirds of the screen, filter on top, no box within a box.

mod cambios;
mod escrito;
mod files;
mod firmas;
mod lists;
mod notas;
mod picker;
mod small;
mod thumbs;
mod transfers;

use super::{Painter, layout, text};
use crate::i18n::keys;
use crate::input::router::place;
use crate::state::overlay::Overlay;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType};

/// Draws one.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect, overlay: &Overlay) {
    match overlay {
        Overlay::Picker(picker) => picker::draw(p, area, picker),
        Overlay::Prompt(prompt) => small::prompt(p, area, prompt),
        Overlay::Confirm(confirm) => small::confirm(p, area, confirm),
        Overlay::SignInAgain => small::sign_in_again(p, area),
        Overlay::NewExpediente(nuevo) => small::new_expediente(p, area, nuevo),
        Overlay::Files(files) => files::draw(p, area, files),
        Overlay::History(history) => lists::history(p, area, history),
        Overlay::Notas(notas) => notas::draw(p, area, notas),
        Overlay::Escrito(escrito) => escrito::draw(p, area, escrito),
        Overlay::Avisos(list) => notas::mine(p, area, list),
        Overlay::Thumbs(thumbs) => thumbs::draw(p, area, thumbs),
        Overlay::Firmas { selected } => firmas::draw(p, area, *selected),
        Overlay::Missing { selected } => lists::missing(p, area, *selected),
        Overlay::Transfers { selected } => transfers::draw(p, area, *selected),
        Overlay::Log { offset } => lists::log(p, area, *offset),
    }
}

/// Whether one of these, which lie over it, stands in its place.
pub fn hides(above: &[Overlay], below: &Overlay) -> bool {
    matches!(below, Overlay::Notas(_)) && above.iter().any(|overlay| matches!(overlay, Overlay::Escrito(_)))
}

/// The frame with its title above and keys below; answers the inside.
fn frame(p: &mut Painter<'_, '_>, area: Rect, width: u16, height: u16, title: &str, keys: &str) -> Rect {
    let place = layout::centred(area, width, height);
    // A blank on either side keeps it apart from what it lies on.
    let left = place.x.saturating_sub(1).max(area.x);
    p.clear(Rect { x: left, width: (place.right() + 1).min(area.right()) - left, ..place }, p.theme.overlay);
    p.overlay = Some(place);
    let room = usize::from(place.width.saturating_sub(4));
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(p.theme.accent)
        .style(p.theme.overlay)
        .title_top(Line::from(Span::styled(format!(" {} ", text::cut(title, room)), p.theme.accent)));
    let inside = block.inner(place);
    p.frame.render_widget(block, place);
    key_line(p, place, keys);
    p.cursor(inside.x + 1, inside.y);
    // What lies under it is not clicked through.
    p.click(place, super::hit::Target::Pane(p.state.focus));
    Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside }
}

/// Keys in the border below, on the right: what does not fit is left out, the way to close it last.
fn key_line(p: &mut Painter<'_, '_>, place: Rect, keys: &str) {
    let gap = " · ";
    let room = usize::from(place.width.saturating_sub(6));
    let mut parts = super::hint_bar::parts_of(keys, gap);
    while parts.len() > 1 && text::width(&parts.join(gap)) > room {
        parts.remove(parts.len() - 2);
    }
    if parts.is_empty() {
        return;
    }
    let width = text::width(&parts.join(gap)).min(room) as u16;
    let (x, y) = (place.right().saturating_sub(width + 2), place.bottom() - 1);
    let base = p.theme.overlay;
    let ground = Rect { x: x.saturating_sub(1), y, width: width + 2, height: 1 };
    // Without the border's weight.
    p.fill(ground, Style::reset());
    p.clear(ground, base);
    p.keys(x, y, room, &parts, gap, base);
}

/// Says in the border below, on the left, that there is more than these rows from `first` on, if the keys leave room for it.
fn more(p: &mut Painter<'_, '_>, first: usize, height: u16, total: usize) {
    said(p, first, total.saturating_sub(first + usize::from(height)));
}

/// Likewise, counted already.
fn said(p: &mut Painter<'_, '_>, above: usize, below: usize) {
    let (Some(place), Some(label)) = (p.overlay, p.more(above, below)) else { return };
    let (x, y) = (place.x + 1, place.bottom() - 1);
    let cells = x..x + text::width(&label) as u16 + 1;
    let buffer = p.frame.buffer_mut();
    let free = |x: u16| buffer.cell((x, y)).is_some_and(|cell| cell.symbol() == "─");
    if cells.clone().all(free) {
        p.put(x, y, &label, p.theme.accent);
    }
}

/// What lies below another overlay is there to be seen, not to be read: it loses its accent, its bar and its signs.
pub fn fade(p: &mut Painter<'_, '_>) {
    if let Some(below) = p.overlay {
        let plain =
            Style { sub_modifier: Modifier::REVERSED | Modifier::BOLD | Modifier::UNDERLINED, ..p.theme.overlay };
        p.fill(below, plain.patch(p.theme.dim));
    }
}

/// Most rows of a sentence at the foot of an overlay.
const FOOT_MAX: usize = 4;

/// Rows that the longest of these sentences needs at the foot of an overlay that is so wide.
fn foot_rows(area: Rect, width: u16, sentences: impl Iterator<Item = String>) -> u16 {
    let cells = usize::from(layout::centred(area, width, 3).width.saturating_sub(4));
    sentences.map(|sentence| text::wrap(&sentence, cells).len().min(FOOT_MAX)).max().unwrap_or_default() as u16
}

/// Takes the last rows of an overlay for a sentence about what is selected; answers the rest.
fn footer(p: &mut Painter<'_, '_>, inside: Rect, rows: u16, sentence: &str, style: Style) -> Rect {
    let height = inside.height.saturating_sub(rows);
    let lines = text::wrap_within(sentence, usize::from(inside.width), usize::from(inside.height - height));
    for (row, line) in (inside.y + height..).zip(&lines) {
        p.put(inside.x, row, line, style);
    }
    Rect { height, ..inside }
}

/// First row to show so that `selected` is among `height`.
fn scroll_to(selected: usize, height: u16) -> usize {
    selected.saturating_sub(usize::from(height).saturating_sub(1))
}

/// What may follow the keys typed so far.
pub fn which_key(p: &mut Painter<'_, '_>, area: Rect) {
    if p.state.pending_keys.is_empty() {
        return;
    }
    let follow = p.state.keymap.continuations(&p.state.pending_keys, place(p.state));
    let height = (follow.len() as u16).min(area.height / 2);
    let width = 40.min(area.width);
    let at = Rect { x: area.right() - width, y: area.bottom().saturating_sub(1 + height), width, height };
    p.clear(at, p.theme.bar);
    for (row, (key, action)) in follow.iter().take(usize::from(height)).enumerate() {
        let label = action.and_then(|action| action.info()).map(|info| p.texts.text(&format!("accion-{}", info.name)));
        p.put(
            at.x + 1,
            at.y + row as u16,
            &text::left(&keys::named(p.texts, &key.to_string()), 8),
            p.theme.bar.patch(p.theme.key),
        );
        p.put(at.x + 10, at.y + row as u16, &label.unwrap_or_else(|| "…".to_owned()), p.theme.bar);
    }
}
