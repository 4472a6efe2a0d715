//! What is on the screen, and what has to be written so that it is what is wanted. It writes nothing itself: a program puts the parts around
//! ratatui's cells, in one write.

use crate::hints::Hints;
use crate::indexed::Indexed;
use crate::kept::Kept;
use crate::kitty::{self, Source};
use crate::picture::{CellSize, Picture, Placement, rectangles};
use crate::protocol::Protocol;
use crate::{iterm, placeholder, sixel, tmux};
use image::{RgbImage, imageops};
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use std::collections::{BTreeMap, BTreeSet};

/// How often a picture is sent again while it is on the screen: a terminal that loses it each time cannot have it.
const AGAIN: u8 = 2;

/// What goes around ratatui's cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    /// Before them: what must be erased.
    pub before: Vec<u8>,
    /// After them: the pictures. The cursor is left where it was.
    pub after: Vec<u8>,
}

impl Parts {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }
}

/// The screen as far as pictures go.
#[derive(Debug)]
pub struct Stage {
    protocol: Protocol,
    cell: CellSize,
    tmux: bool,
    /// Pictures the terminal has.
    kept: Kept,
    /// Pictures on the screen.
    shown: Vec<Shown>,
    /// Cells that were reserved in the frame before: the terminal has no text there.
    held: Vec<Rect>,
    /// How often the terminal has lost a picture that is on the screen.
    lost: BTreeMap<u64, u8>,
}

/// A picture on the screen, and the cells that are its own: reserved, and under no later picture.
#[derive(Debug, Clone)]
struct Shown {
    placement: Placement,
    own: Vec<Rect>,
}

impl Shown {
    fn is_same(&self, other: &Self) -> bool {
        self.placement.is_same(&other.placement) && self.own == other.own
    }

    fn key(&self) -> u64 {
        self.placement.picture.key()
    }
}

impl Stage {
    /// An empty one. `mine` should differ between programs, say the last byte of the process id.
    pub fn new(protocol: Protocol, cell: CellSize, hints: &Hints, mine: u8) -> Self {
        let kept = Kept::new(mine);
        Self { protocol, cell, tmux: hints.tmux, kept, shown: Vec::new(), held: Vec::new(), lost: BTreeMap::new() }
    }

    /// How pictures go.
    pub fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// Size of a cell.
    pub fn cell(&self) -> CellSize {
        self.cell
    }

    /// Cells have another size (the font was made larger): what is shown is drawn anew.
    pub fn set_cell(&mut self, cell: CellSize) {
        if cell != self.cell {
            self.cell = cell;
            self.held.clear();
            self.shown.iter_mut().for_each(|shown| shown.own.clear());
        }
    }

    /// The screen will be cleared, or somebody else wrote on it: what takes away that which clearing may leave.
    pub fn forget(&mut self) -> Vec<u8> {
        self.held.clear();
        let keys: BTreeSet<u64> = self.shown.drain(..).map(|shown| shown.key()).collect();
        match self.protocol {
            Protocol::Kitty => keys.into_iter().flat_map(|key| self.unplaced(key)).collect(),
            _ => Vec::new(),
        }
    }

    /// Takes away all there is, from the terminal's memory too.
    pub fn leave(&mut self) -> Vec<u8> {
        self.shown.clear();
        self.held.clear();
        let ids = self.kept.take_all();
        ids.into_iter().flat_map(|id| self.wrapped(kitty::free(id))).collect()
    }

    /// The terminal has lost a picture: it is sent again with the next frame that wants it. `false` when that is not known, or was tried already.
    pub fn lost(&mut self, id: u32) -> bool {
        let Some(key) = self.kept.key(id) else { return false };
        let times = self.lost.entry(key).or_default();
        if *times >= AGAIN {
            return false;
        }
        *times += 1;
        self.kept.lost(id);
        self.shown.iter_mut().filter(|shown| shown.key() == key).for_each(|shown| shown.own.clear());
        true
    }

    /// What brings the screen from the frame before to this one. The buffer is this frame's, with cells [`crate::reserve`]d for pictures and
    /// whatever lies over them painted. Of pictures that overlap the later one is seen; reserved cells that no picture has are blank.
    pub fn frame(&mut self, wanted: &[Placement], buffer: &mut Buffer) -> Parts {
        if self.protocol == Protocol::HalfBlocks {
            return Parts::default();
        }
        let reserved = |x, y| buffer.cell((x, y)).is_some_and(|cell| cell.diff_option == CellDiffOption::Skip);
        let held = rectangles(buffer.area, reserved);
        // A sixel on the last row scrolls the screen.
        let below = if self.protocol == Protocol::Sixel { buffer.area.bottom().saturating_sub(1) } else { u16::MAX };
        let on_top = |x: u16, y: u16| wanted.iter().rposition(|placement| placement.area.contains((x, y).into()));
        let own = |(at, placement): (usize, &Placement)| Shown {
            placement: placement.clone(),
            own: rectangles(placement.area.intersection(buffer.area), |x, y| {
                y < below && contains(&held, x, y) && on_top(x, y) == Some(at)
            }),
        };
        let shown: Vec<Shown> = wanted.iter().enumerate().map(own).collect();
        self.lost.retain(|key, _| shown.iter().any(|shown| shown.key() == *key));
        let mut parts = Parts::default();
        if self.protocol == Protocol::KittyPlaceholders {
            self.placeholders(&mut parts, &shown, &held, buffer);
            (self.shown, self.held) = (shown, Vec::new());
            return parts;
        }
        match self.protocol {
            Protocol::Kitty => self.by_id(&mut parts, &shown, &held),
            _ => self.drawn(&mut parts, &shown, &held),
        }
        keep_cursor(&mut parts);
        (self.shown, self.held) = (shown, held);
        parts
    }

    fn unplaced(&self, key: u64) -> Vec<u8> {
        self.kept.id(key).map(kitty::unplace).unwrap_or_default()
    }

    /// kitty: a placement for each rectangle of cells. A picture all of whose placements stand as they did is left alone.
    fn by_id(&mut self, parts: &mut Parts, shown: &[Shown], held: &[Rect]) {
        for rect in held {
            let news = rectangles(*rect, |x, y| !contains(&self.held, x, y));
            news.iter().for_each(|rect| erase(&mut parts.before, *rect));
        }
        let keys: BTreeSet<u64> = self.shown.iter().chain(shown).map(Shown::key).collect();
        for key in keys {
            let of = |list: &[Shown]| -> Vec<Shown> { list.iter().filter(|one| one.key() == key).cloned().collect() };
            let (old, new) = (of(&self.shown), of(shown));
            if old.len() == new.len() && old.iter().zip(&new).all(|(old, new)| old.is_same(new)) {
                continue;
            }
            if !old.is_empty() {
                let gone = self.unplaced(key);
                parts.before.extend(gone);
            }
            let mut number = 0;
            for Shown { placement, own } in new {
                let Some(id) = self.send(&placement.picture, shown, &mut parts.after) else { continue };
                for rect in own {
                    let Some(source) = self.source(&placement, rect) else { continue };
                    let Some((source, cells)) = self.stretched(&placement, rect, source) else { continue };
                    number += 1;
                    go(&mut parts.after, rect);
                    parts.after.extend(kitty::place(id, number, source, cells));
                }
            }
        }
    }

    /// kitty through tmux: the cells carry the picture, and ratatui writes them.
    fn placeholders(&mut self, parts: &mut Parts, shown: &[Shown], held: &[Rect], buffer: &mut Buffer) {
        // Cells without a picture are ratatui's, to be blanked.
        for position in held.iter().flat_map(|rect| rect.positions()) {
            if let Some(cell) = buffer.cell_mut(position) {
                cell.reset();
            }
        }
        for Shown { placement, own } in shown {
            let is_new = self.kept.id(placement.picture.key()).is_none();
            let Some(id) = self.send(&placement.picture, shown, &mut parts.before) else { continue };
            if is_new {
                let all = self.wrapped(kitty::place_virtually(id, placement.cells(self.cell)));
                parts.before.extend(all);
            }
            for position in own.iter().flat_map(|rect| rect.positions()) {
                let column = position.x - placement.area.x + placement.from.0;
                let row = position.y - placement.area.y + placement.from.1;
                if let Some(cell) = buffer.cell_mut(position)
                    && !placeholder::fill(cell, id, column, row)
                {
                    cell.reset();
                }
            }
        }
    }

    /// sixel and iTerm2: what is not on the screen yet is drawn, as pictures of their own.
    fn drawn(&mut self, parts: &mut Parts, shown: &[Shown], held: &[Rect]) {
        let painted = |x: u16, y: u16| self.shown.iter().any(|shown| contains(&shown.own, x, y));
        let wanted = |x: u16, y: u16| shown.iter().any(|shown| contains(&shown.own, x, y));
        for rect in held {
            let blank = |x: u16, y: u16| contains(&self.held, x, y) && !painted(x, y);
            let news = rectangles(*rect, |x, y| !wanted(x, y) && !blank(x, y));
            news.iter().for_each(|rect| erase(&mut parts.before, *rect));
        }
        for Shown { placement, own } in shown {
            let old = self.shown.iter().find(|old| old.placement.is_same(placement));
            let is_there = |x: u16, y: u16| old.is_some_and(|old| contains(&old.own, x, y));
            let missing = rectangles(placement.area, |x, y| contains(own, x, y) && !is_there(x, y));
            for rect in missing {
                erase(&mut parts.before, rect);
                let Some(source) = self.source(placement, rect) else { continue };
                go(&mut parts.after, rect);
                parts.after.extend(self.piece(placement, source));
            }
        }
    }

    /// A part of the picture as a picture of its own.
    fn piece(&self, placement: &Placement, source: Source) -> Vec<u8> {
        let picture = &placement.picture;
        let pixels = picture.pixels();
        let grown = |n: u32| (n * placement.percent / 100).max(1);
        let size = (grown(source.width), grown(source.height));
        let is_whole = (source.x, source.y, source.width, source.height) == (0, 0, pixels.width(), pixels.height());
        if is_whole && self.protocol == Protocol::Iterm {
            return iterm::image(picture.png(), size);
        }
        let part = imageops::crop_imm(pixels, source.x, source.y, source.width, source.height).to_image();
        if self.protocol == Protocol::Iterm {
            return Indexed::new(&part).png().map(|file| iterm::image(&file, size)).unwrap_or_default();
        }
        // Nearest pixels: a palette grows by nothing.
        let resize = |part: RgbImage| imageops::resize(&part, size.0, size.1, imageops::FilterType::Nearest);
        sixel::encode(&Indexed::new(&if placement.percent == 100 { part } else { resize(part) }))
    }

    /// The part of the picture that such cells show; none where it has ended.
    fn source(&self, placement: &Placement, rect: Rect) -> Option<Source> {
        let own = |n: u32| n * 100 / placement.percent.max(1);
        let pixels = placement.picture.pixels();
        let left = u32::from(placement.from.0) + u32::from(rect.x - placement.area.x);
        let top = u32::from(placement.from.1) + u32::from(rect.y - placement.area.y);
        let (cell_width, cell_height) = (u32::from(self.cell.width), u32::from(self.cell.height));
        let (x, y) = (own(left * cell_width), own(top * cell_height));
        let width = own(u32::from(rect.width) * cell_width).min(pixels.width().saturating_sub(x));
        let height = own(u32::from(rect.height) * cell_height).min(pixels.height().saturating_sub(y));
        (width > 0 && height > 0).then_some(Source { x, y, width, height })
    }

    /// The cells that a part is stretched to, if it is. A cell that the picture ends in is left out: it would be stretched more than the others.
    fn stretched(&self, placement: &Placement, rect: Rect, source: Source) -> Option<(Source, Option<(u16, u16)>)> {
        if placement.percent == 100 {
            return Some((source, None));
        }
        let own = |cells: u16, size: u16| u32::from(cells) * u32::from(size) * 100 / placement.percent.max(1);
        let whole = |cells: u16, size: u16, there: u32| (1..=cells).rev().find(|cells| own(*cells, size) <= there);
        let columns = whole(rect.width, self.cell.width, source.width)?;
        let rows = whole(rect.height, self.cell.height, source.height)?;
        let (width, height) = (own(columns, self.cell.width), own(rows, self.cell.height));
        (width > 0 && height > 0).then_some((Source { width, height, ..source }, Some((columns, rows))))
    }

    /// The picture's id; sends it if the terminal does not have it, and has the terminal drop those that were not used for longest. Nothing
    /// when there are more pictures on the screen than ids.
    fn send(&mut self, picture: &Picture, shown: &[Shown], out: &mut Vec<u8>) -> Option<u32> {
        if let Some(id) = self.kept.use_again(picture.key()) {
            return Some(id);
        }
        let on_screen = |key: u64| shown.iter().any(|shown| shown.key() == key);
        let (id, dropped) = self.kept.add(picture, on_screen)?;
        for command in dropped.into_iter().map(kitty::free).chain(kitty::transmit(id, picture.png())) {
            out.extend(self.wrapped(command));
        }
        Some(id)
    }

    fn wrapped(&self, command: Vec<u8>) -> Vec<u8> {
        if self.tmux { tmux::wrap(&command) } else { command }
    }
}

fn contains(rects: &[Rect], x: u16, y: u16) -> bool {
    rects.iter().any(|rect| rect.contains((x, y).into()))
}

/// Moves the cursor to the first cell of a rectangle.
fn go(out: &mut Vec<u8>, rect: Rect) {
    out.extend(format!("\x1b[{};{}H", rect.y + 1, rect.x + 1).bytes());
}

/// Blanks cells, in the terminal's own background.
fn erase(out: &mut Vec<u8>, rect: Rect) {
    out.extend_from_slice(b"\x1b[0m");
    for y in rect.top()..rect.bottom() {
        go(out, Rect { y, ..rect });
        out.extend(format!("\x1b[{}X", rect.width).bytes());
    }
}

/// Has the cursor afterwards where ratatui has put it.
fn keep_cursor(parts: &mut Parts) {
    if !parts.after.is_empty() {
        parts.after.splice(0..0, *b"\x1b7");
        parts.after.extend_from_slice(b"\x1b8");
    }
}
