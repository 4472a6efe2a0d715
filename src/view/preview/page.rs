//! A page as a picture: in the cells that the terminal gives it, or as half blocks. While a new one comes the old one stands in its place.

use super::super::{Painter, pane};
use crate::config::Simbolos;
use crate::preview::tint;
use crate::state::preview::find::Find;
use crate::state::preview::sheet::grown;
use crate::state::preview::{Drawing, Half, Sheet, Signature};
use crate::theme::ColorDepth;
use crate::update::preview::find::boxes;
use graphics::{Colours, Picture, Placement, Protocol, Window};
use image::RgbImage;
use ratatui::layout::Rect;

/// A page's picture: of what, file and pixels, size of the whole page in its pixels.
type Shown<'a> = (&'a Signature, &'a Picture, (u32, u32));

/// Where a picture stands.
struct Spot {
    /// The cells of the screen that show it.
    area: Rect,
    /// Cells of it that lie outside on the left and above.
    from: (u16, u16),
    /// How much it is stretched, in percent.
    percent: u32,
    /// Whether the page ends within the pane, across and down.
    ends: (bool, bool),
}

/// Draws it.
pub fn draw(p: &mut Painter<'_, '_>, half: Half, inside: Rect, shown: Shown<'_>) {
    let (of, picture, whole) = shown;
    let (state, drawing) = (p.state, p.state.preview.drawing);
    let Some(spot) = spot(state.preview.of(half), drawing, inside, shown) else { return };
    let find = state.preview.find.as_ref().filter(|find| find.half == half && find.sha256 == of.sha256);
    if drawing.protocol != Protocol::HalfBlocks {
        // All of it, for not a blank is to be written where a page stood a moment ago.
        graphics::reserve(p.frame.buffer_mut(), inside);
        let Spot { area, from, percent, .. } = spot;
        p.hits.pictures.push(Placement { picture: picture.clone(), area, from, percent });
        find.into_iter().for_each(|find| lit(p, find, picture, &spot));
        return;
    }
    let colours = match p.theme.depth {
        ColorDepth::True => Colours::True,
        ColorDepth::Indexed => Colours::Indexed,
        ColorDepth::Sixteen => Colours::Sixteen,
        ColorDepth::None => return pane::empty(p, inside, &p.texts.text("vista-previa-sin-color")),
    };
    let hits = find.map(|find| boxes(find, of, whole)).unwrap_or_default();
    let marked = (!hits.is_empty()).then(|| {
        let mut pixels = picture.pixels().clone();
        let (side, _) = drawing.per_cell();
        for ([left, top, right, bottom], chosen) in hits {
            // Whole blocks: a part of one would be averaged away.
            let (down, up) = (|n: u32| n / side * side, |n: u32| n.div_ceil(side) * side);
            tint::mark(&mut pixels, [down(left), down(top), up(right), up(bottom)], chosen);
        }
        pixels
    });
    blocks(p, marked.as_ref().unwrap_or(picture.pixels()), drawing, colours, &spot);
    if p.theme.is_pale() {
        edge(p, inside, &spot);
    }
}

/// Where the picture is to stand; none when nothing of it would be seen.
fn spot(sheet: &Sheet, drawing: Drawing, inside: Rect, (of, picture, whole): Shown<'_>) -> Option<Spot> {
    let (across, down) = drawing.per_cell();
    let (across, down) = (across.max(1), down.max(1));
    let current = sheet.wanted.as_ref().is_none_or(|wanted| wanted.is_of_same_page(of));
    let own = grown(whole, of.percent);
    let page = sheet.whole_wanted().filter(|_| current).unwrap_or(own);
    let scroll = if current { (sheet.scroll_x, sheet.scroll) } else { (0, 0) };
    // Of another zoom: stretched until the right one comes.
    let percent = if page.0.abs_diff(own.0) <= 4 { of.percent } else { (of.percent * page.0 / own.0.max(1)).max(1) };
    let (x, y) = of.crop.map_or((0, 0), |crop| grown((crop.x, crop.y), percent));
    let (width, height) = grown(picture.pixels().dimensions(), percent);
    let start = |page: u32, room: u16, scroll: u16| {
        let free = i64::from(room) - i64::from(page);
        if free >= 0 { free / 2 } else { -i64::from(scroll) }
    };
    let left = start(page.0.div_ceil(across), inside.width, scroll.0) + i64::from((x + across / 2) / across);
    let top = start(page.1.div_ceil(down), inside.height, scroll.1) + i64::from((y + down / 2) / down);
    let (from_x, columns) = clip(left, width.div_ceil(across), inside.width)?;
    let (from_y, rows) = clip(top, height.div_ceil(down), inside.height)?;
    let area = Rect { x: inside.x + left.max(0) as u16, y: inside.y + top.max(0) as u16, width: columns, height: rows };
    let ends = (page.0.div_ceil(across) < u32::from(inside.width), page.1.div_ceil(down) < u32::from(inside.height));
    Some(Spot { area, from: (from_x, from_y), percent, ends })
}

/// What is seen of so many cells that begin at a place of the pane: how many lie before it, and how many within; none when none does.
fn clip(start: i64, cells: u32, room: u16) -> Option<(u16, u16)> {
    let (first, last) = (start.max(0), (start + i64::from(cells)).min(i64::from(room)));
    let before = u16::try_from(first - start).ok()?;
    u16::try_from(last - first).ok().filter(|seen| *seen > 0).map(|seen| (before, seen))
}

/// The page as text, of the picture as it is, or stretched.
fn blocks(p: &mut Painter<'_, '_>, pixels: &RgbImage, drawing: Drawing, colours: Colours, spot: &Spot) {
    let (scale, down) = drawing.per_cell();
    let (x, y) = (u32::from(spot.from.0), u32::from(spot.from.1));
    let how = (drawing.glyphs, colours);
    if spot.percent == 100 {
        let window = Window { scale, x, y };
        graphics::blocks(pixels, window, how, spot.area, p.frame.buffer_mut());
        return;
    }
    let own = |cells: u32, per_cell: u32| cells * per_cell * 100 / spot.percent;
    let size = (u32::from(spot.area.width) * scale, u32::from(spot.area.height) * down);
    let (columns, rows) = (u32::from(spot.area.width), u32::from(spot.area.height));
    let part = [own(x, scale), own(y, down), own(columns, scale).max(1), own(rows, down).max(1)];
    let part = tint::stretched(pixels, part, size);
    graphics::blocks(&part, Window { scale, x: 0, y: 0 }, how, spot.area, p.frame.buffer_mut());
}

/// Hits as pictures of their own over the page.
fn lit(p: &mut Painter<'_, '_>, find: &Find, page: &Picture, spot: &Spot) {
    let drawing = p.state.preview.drawing;
    let tinted = find.tinted.iter().filter(|tinted| tinted.ink.picture.key() == page.key());
    for piece in tinted.filter(|tinted| tinted.ink.percent == spot.percent).flat_map(|tinted| &tinted.pieces) {
        let all = Placement { picture: piece.picture.clone(), area: spot.area, from: (0, 0), percent: spot.percent };
        let (columns, rows) = all.cells(drawing.cell);
        let left = i64::from(piece.at.0) - i64::from(spot.from.0);
        let top = i64::from(piece.at.1) - i64::from(spot.from.1);
        let across = clip(left, columns.into(), spot.area.width);
        let Some(((x, width), (y, height))) = across.zip(clip(top, rows.into(), spot.area.height)) else { continue };
        let area = Rect { x: spot.area.x + left.max(0) as u16, y: spot.area.y + top.max(0) as u16, width, height };
        p.hits.pictures.push(Placement { area, from: (x, y), ..all });
    }
}

/// A thin line around the page, which is white on what may be white too.
fn edge(p: &mut Painter<'_, '_>, inside: Rect, spot: &Spot) {
    if p.state.config.simbolos == Simbolos::Ascii {
        return;
    }
    let Rect { x: left, y: top, width, height } = spot.area;
    for y in top..top + height {
        if spot.ends.0 && left > inside.x {
            p.put(left - 1, y, "▕", p.theme.border);
        }
        if spot.ends.0 && left + width < inside.right() {
            p.put(left + width, y, "▏", p.theme.border);
        }
    }
    let across = usize::from(width);
    if spot.ends.1 && top > inside.y {
        p.put(left, top - 1, &"▁".repeat(across), p.theme.border);
    }
    if spot.ends.1 && top + height < inside.bottom() {
        p.put(left, top + height, &"▔".repeat(across), p.theme.border);
    }
}
