//! What is on the screen, and what has to be written so that it is what is wanted. It writes nothing itself: a program puts the parts around
//! ratatui's cells, in one write.

use crate::hints::Hints;
use crate::indexed::Indexed;
use crate::kitty::{self, Source};
use crate::picture::{CellSize, Picture, Placement, rectangles};
use crate::protocol::Protocol;
use crate::{iterm, placeholder, sixel, tmux};
use image::{RgbImage, imageops};
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use std::collections::VecDeque;

/// Pictures that the terminal is let keep.
const KEPT: usize = 24;

/// What goes around ratatui's cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    /// Before them: what must be erased.
    pub before: Vec<u8>,
    /// After them: the picture. The cursor is left where it was.
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
    /// High byte of every id, so that two programs in one terminal do not take each other's.
    mine: u8,
    /// Pictures the terminal has: key and id, the last used at the end.
    sent: VecDeque<(u64, u8)>,
    shown: Option<Shown>,
}

/// A picture on the screen, and the cells of it that nothing covers.
#[derive(Debug)]
struct Shown {
    placement: Placement,
    free: Vec<Rect>,
}

impl Stage {
    /// An empty one. `mine` should differ between programs, say the last byte of the process id.
    pub fn new(protocol: Protocol, cell: CellSize, hints: &Hints, mine: u8) -> Self {
        Self { protocol, cell, tmux: hints.tmux, mine: mine.max(1), sent: VecDeque::new(), shown: None }
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
            self.shown = None;
        }
    }

    /// The screen will be cleared, or somebody else wrote on it: what takes away that which clearing may leave.
    pub fn forget(&mut self) -> Vec<u8> {
        self.cleared().before
    }

    /// Takes away all there is, from the terminal's memory too.
    pub fn leave(&mut self) -> Vec<u8> {
        self.shown = None;
        let ids: Vec<u32> = self.sent.drain(..).map(|(_, id)| whole_id(self.mine, id)).collect();
        ids.into_iter().flat_map(|id| self.wrapped(kitty::free(id))).collect()
    }

    /// What brings the screen from the frame before to this one. The buffer is this frame's, with the picture's cells [`crate::reserve`]d
    /// and whatever lies over it painted.
    pub fn frame(&mut self, wanted: Option<&Placement>, buffer: &mut Buffer) -> Parts {
        let Some(placement) = wanted.filter(|_| self.protocol != Protocol::HalfBlocks) else {
            return self.cleared();
        };
        let area = placement.area.intersection(buffer.area);
        let reserved = |x, y| buffer.cell((x, y)).is_some_and(|cell| cell.diff_option == CellDiffOption::Skip);
        // A sixel on the last row scrolls the screen.
        let below = if self.protocol == Protocol::Sixel { buffer.area.bottom().saturating_sub(1) } else { u16::MAX };
        let free = rectangles(area, |x, y| y < below && reserved(x, y));
        match self.protocol {
            Protocol::KittyPlaceholders => self.placeholders(placement, &free, buffer),
            Protocol::Kitty => self.by_id(placement, free),
            _ => self.drawn(placement, free),
        }
    }

    /// Nothing is wanted. Cells of sixel and iTerm2 pictures are rewritten by ratatui, for they were reserved and are no longer.
    fn cleared(&mut self) -> Parts {
        let Some(shown) = self.shown.take() else { return Parts::default() };
        let before = match self.protocol {
            Protocol::Kitty => self.unplaced(&shown),
            _ => Vec::new(),
        };
        Parts { before, after: Vec::new() }
    }

    fn unplaced(&self, shown: &Shown) -> Vec<u8> {
        let id = self.sent.iter().find(|(key, _)| *key == shown.placement.picture.key());
        id.map(|(_, id)| kitty::unplace(whole_id(self.mine, *id))).unwrap_or_default()
    }

    /// kitty: a placement for each free rectangle.
    fn by_id(&mut self, placement: &Placement, free: Vec<Rect>) -> Parts {
        let mut parts = Parts::default();
        if let Some(shown) = &self.shown {
            if shown.placement.is_same(placement) && shown.free == free {
                return parts;
            }
            parts.before = self.unplaced(shown);
        }
        let blank = self.shown.as_ref().map(|shown| shown.free.clone()).unwrap_or_default();
        for rect in &free {
            let news = rectangles(*rect, |x, y| !blank.iter().any(|known| known.contains((x, y).into())));
            news.iter().for_each(|rect| erase(&mut parts.before, *rect));
        }
        let id = self.send(&placement.picture, &mut parts.after);
        for (number, rect) in (1..).zip(&free) {
            let Some(source) = self.source(placement, *rect) else { continue };
            let cells = (placement.percent != 100).then_some((rect.width, rect.height));
            go(&mut parts.after, *rect);
            parts.after.extend(kitty::place(id, number, source, cells));
        }
        keep_cursor(&mut parts);
        self.shown = Some(Shown { placement: placement.clone(), free });
        parts
    }

    /// kitty through tmux: the cells carry the picture, and ratatui writes them.
    fn placeholders(&mut self, placement: &Placement, free: &[Rect], buffer: &mut Buffer) -> Parts {
        let mut parts = Parts::default();
        let is_new = !self.sent.iter().any(|(key, _)| *key == placement.picture.key());
        let id = self.send(&placement.picture, &mut parts.before);
        if is_new {
            let all = self.wrapped(kitty::place_virtually(id, placement.cells(self.cell)));
            parts.before.extend(all);
        }
        for position in free.iter().flat_map(|rect| rect.positions()) {
            let column = position.x - placement.area.x + placement.from.0;
            let row = position.y - placement.area.y + placement.from.1;
            if let Some(cell) = buffer.cell_mut(position)
                && !placeholder::fill(cell, id, column, row)
            {
                cell.reset();
            }
        }
        parts
    }

    /// sixel and iTerm2: what is not on the screen yet is drawn, as pictures of their own.
    fn drawn(&mut self, placement: &Placement, free: Vec<Rect>) -> Parts {
        let mut parts = Parts::default();
        let there = match &self.shown {
            Some(shown) if shown.placement.is_same(placement) => shown.free.clone(),
            _ => Vec::new(),
        };
        let is_there = |x: u16, y: u16| there.iter().any(|rect| rect.contains((x, y).into()));
        let is_free = |x: u16, y: u16| free.iter().any(|rect| rect.contains((x, y).into()));
        let missing = rectangles(placement.area, |x, y| is_free(x, y) && !is_there(x, y));
        for rect in missing {
            erase(&mut parts.before, rect);
            let Some(source) = self.source(placement, rect) else { continue };
            go(&mut parts.after, rect);
            parts.after.extend(self.piece(placement, source));
        }
        keep_cursor(&mut parts);
        self.shown = Some(Shown { placement: placement.clone(), free });
        parts
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

    /// The picture's id; sends it if the terminal does not have it, and has the terminal drop the one that was not used for longest.
    fn send(&mut self, picture: &Picture, out: &mut Vec<u8>) -> u32 {
        let known = self.sent.iter().position(|(key, _)| *key == picture.key());
        if let Some(known) = known.and_then(|at| self.sent.remove(at)) {
            self.sent.push_back(known);
            return whole_id(self.mine, known.1);
        }
        if self.sent.len() >= KEPT
            && let Some((_, old)) = self.sent.pop_front()
        {
            let free = self.wrapped(kitty::free(whole_id(self.mine, old)));
            out.extend(free);
        }
        let is_taken = |id: u8| self.sent.iter().any(|(_, taken)| *taken == id);
        let id = (1..=u8::MAX).find(|id| !is_taken(*id)).unwrap_or(u8::MAX);
        self.sent.push_back((picture.key(), id));
        let id = whole_id(self.mine, id);
        for command in kitty::transmit(id, picture.png()) {
            out.extend(self.wrapped(command));
        }
        id
    }

    fn wrapped(&self, command: Vec<u8>) -> Vec<u8> {
        if self.tmux { tmux::wrap(&command) } else { command }
    }
}

/// Low byte: what the colour of a placeholder says; high byte: whose it is.
fn whole_id(mine: u8, id: u8) -> u32 {
    u32::from_be_bytes([mine, 0, 0, id])
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
