//! Pane 3: one page or two beside each other, as pictures, as text, or cards that say why not.

mod below;
mod card;
mod page;
mod words;

pub use below::verdict;

use super::hit::Target;
use super::{Painter, pane, text};
use crate::config::VistaPrevia;
use crate::state::Pane;
use crate::state::load::PATIENCE_MS;
use crate::state::nitidez::Nitidez;
use crate::state::preview::{Fit, Half, Shown};
use crate::update::preview::documento;
use graphics::Protocol;
use ratatui::layout::Rect;

/// Least cells of a pane that has room for a second page.
const ROOM_FOR_TWO: (u16, u16) = (24, 8);

/// Draws it.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect) {
    p.hits.preview_rect = area;
    if p.state.preview.pinned.is_some() && p.state.config.vista_previa != VistaPrevia::No {
        return two(p, area);
    }
    let name = name(p, Half::Selected);
    let inside = pane::frame(p, Pane::Preview, area, &name, &place(p, Half::Selected));
    p.hits.preview_areas = [(inside.width, inside.height), (0, 0)];
    if p.state.config.vista_previa == VistaPrevia::No {
        return pane::empty(p, inside, &p.texts.text("vista-previa-no"));
    }
    contents(p, Half::Selected, inside, area);
    below::signed(p, Half::Selected, inside);
    below::find(p, Half::Selected, inside);
}

/// The page of the selected document and the pinned one, each under its name: beside or above each other, as they are larger.
fn two(p: &mut Painter<'_, '_>, area: Rect) {
    let inside = pane::frame(p, Pane::Preview, area, &p.texts.text("comparacion"), &[]);
    let halves = halves(inside);
    let tall = halves.map(|half| Rect { y: half.y + 1, height: half.height.saturating_sub(1), ..half });
    p.hits.preview_areas = tall.map(|half| (half.width, half.height));
    for (half, (head, body)) in [Half::Selected, Half::Pinned].into_iter().zip(halves.into_iter().zip(tall)) {
        // In a pane that is too small for two, the one that keys are for.
        if head.height == 0 || head.width == 0 {
            continue;
        }
        self::head(p, half, Rect { height: 1, ..head });
        // Below the upper one of two there is no border to say in that there is more of it.
        let below = if body.bottom() == inside.bottom() { body.height + 1 } else { 0 };
        contents(p, half, body, Rect { height: below, ..body });
        below::signed(p, half, body);
        below::find(p, half, body);
    }
    if halves[0].y == halves[1].y && halves[1].width > 0 {
        let x = halves[0].right();
        for y in inside.top()..inside.bottom() {
            p.put(x, y, p.sign("│", "|"), p.theme.border);
        }
    }
}

/// Where the two pages go: the pinned one on the right, or below.
fn halves(inside: Rect) -> [Rect; 2] {
    let beside = usize::from(inside.width / 2) * 100 / 71;
    let beside = beside.min(usize::from(inside.height) * 2);
    let above = (usize::from(inside.width) * 100 / 71).min(usize::from(inside.height));
    if inside.width < ROOM_FOR_TWO.0 && inside.height < ROOM_FOR_TWO.1 {
        return [inside, Rect { width: 0, height: 0, ..inside }];
    }
    if beside >= above {
        let left = inside.width.saturating_sub(1) / 2;
        let first = Rect { width: left, ..inside };
        [first, Rect { x: inside.x + left + 1, width: inside.width.saturating_sub(left + 1), ..inside }]
    } else {
        let upper = inside.height / 2;
        let first = Rect { height: upper, ..inside };
        [first, Rect { y: inside.y + upper, height: inside.height - upper, ..inside }]
    }
}

/// The name of one of two pages; that which keys are for has a mark before it.
fn head(p: &mut Painter<'_, '_>, half: Half, area: Rect) {
    let active = p.state.preview.half() == half;
    let style = if active { p.theme.accent } else { p.theme.dim };
    let mark = if active { p.sign("▸", ">") } else { " " };
    let pinned = p.state.preview.pinned.as_ref().filter(|_| half == Half::Pinned);
    let fixed = pinned.map(|pinned| format!(" · {} · {}", p.texts.text("fijada"), pinned.numero)).unwrap_or_default();
    let name = format!("{mark} {}{fixed}", name(p, half));
    let ways = place(p, half);
    let room = usize::from(area.width);
    let right = ways.iter().find(|way| text::width(&name) + text::width(way) + 2 <= room).or(ways.last());
    let right = right.cloned().unwrap_or_default();
    let taken = text::width(&right);
    p.put(area.x, area.y, &text::left(&name, room.saturating_sub(taken + 1)), style);
    p.put(area.right().saturating_sub(taken as u16), area.y, &text::cut(&right, room), style);
    p.click(area, Target::Page(half));
}

/// What is on screen of one of the two.
fn contents(p: &mut Painter<'_, '_>, half: Half, inside: Rect, frame: Rect) {
    p.click(inside, Target::Page(half));
    let sheet = p.state.preview.of(half);
    match &sheet.shown {
        Shown::Nothing => {
            // A page is about to stand here, or did a moment ago: not a blank is written meanwhile.
            if p.state.preview.drawing.protocol != Protocol::HalfBlocks {
                graphics::reserve(p.frame.buffer_mut(), inside);
            }
            let slow = sheet.pending.is_some_and(|(_, since)| p.state.now.saturating_sub(since) >= PATIENCE_MS);
            let sentence = match (slow, sheet.pending.is_some(), documento(p.state, half).is_some()) {
                (true, ..) => p.texts.text("cargando"),
                (_, true, _) | (_, _, true) => String::new(),
                _ => p.texts.text("vista-previa-vacia"),
            };
            pane::empty(p, inside, &sentence);
        }
        Shown::Picture { of, picture, whole } => page::draw(p, half, inside, (of, picture, *whole)),
        Shown::Text { text, .. } => words::draw(p, half, inside, frame, text),
        Shown::Card { reason, codigo, .. } => card::draw(p, half, inside, reason, *codigo),
    }
}

/// What kind of document it is.
fn name(p: &Painter<'_, '_>, half: Half) -> String {
    documento(p.state, half).map(|documento| p.tipo(&documento.tipo)).unwrap_or_default()
}

/// `pág. 1/3 · 100 % · 90°`; where there is little room, `1/3`.
fn place(p: &Painter<'_, '_>, half: Half) -> Vec<String> {
    let sheet = p.state.preview.of(half);
    let Some(pages) = sheet.pages else { return Vec::new() };
    let page = sheet.page.max(1);
    let mut parts =
        vec![p.texts.with("pagina-de", &[("n", (page as usize).into()), ("total", (pages as usize).into())])];
    match (&sheet.shown, sheet.fit, sheet.zoom) {
        (Shown::Text { .. }, ..) => parts.push(p.texts.text("texto")),
        (_, Fit::Width, 0..=100) => parts.push(p.texts.text("al-ancho")),
        (_, _, zoom) => parts.push(format!("{} %", zoom.max(100))),
    }
    if matches!(&sheet.shown, Shown::Picture { of, .. } if of.nitidez < Nitidez::Normal) {
        parts.push(p.texts.text("calidad-reducida"));
    }
    if sheet.rotation != 0 {
        parts.push(format!("{}°", sheet.rotation));
    }
    vec![parts.join(" · "), format!("{page}/{pages}")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_pages_stand_where_they_are_larger() {
        let [left, right] = halves(Rect::new(1, 1, 120, 40));
        assert_eq!((left.width, right.x, right.width), (59, 61, 60));
        let [upper, lower] = halves(Rect::new(1, 1, 50, 46));
        assert_eq!((upper.height, lower.y, lower.height), (23, 24, 23));
        let [one, none] = halves(Rect::new(1, 1, 20, 6));
        assert_eq!((one.width, none.width), (20, 0));
    }
}
