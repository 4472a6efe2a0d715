//! Frame after frame on a terminal that draws pixels: what is to be seen is always what was wanted, in every protocol.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod emulator;

use emulator::{BLANK, CELL, Emulator, colour_of};
use graphics::{CellSize, Hints, Parts, Picture, Placement, Protocol, Stage, reserve};
use image::{Rgb, RgbImage};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

const SCREEN: Rect = Rect::new(0, 0, 24, 12);

/// What somebody looks at.
#[derive(Debug, Clone)]
struct Look {
    /// Which pictures, at which places, how far scrolled; later ones on top.
    pictures: Vec<(usize, Rect, (u16, u16))>,
    /// Kept free for a picture that is not there yet.
    empty: Option<Rect>,
    /// Popups over it.
    popups: Vec<Rect>,
    /// The screen was cleared first.
    cleared: bool,
}

/// A page with lines, in few colours that percents keep.
fn page(seed: u32) -> Picture {
    let image = RgbImage::from_fn(13 * CELL.0 + 2, 9 * CELL.1 + 5, |x, y| match (x * 7 + y * 3 + seed) % 11 {
        0..4 => Rgb([255, 255, 255]),
        4..7 => Rgb([0, 51, (seed % 5) as u8 * 51]),
        _ => Rgb([102, 0, 0]),
    });
    let mut png = std::io::Cursor::new(Vec::new());
    image.write_to(&mut png, image::ImageFormat::Png).unwrap();
    Picture::new(png.into_inner().into(), Arc::new(image))
}

struct Play {
    pages: Vec<Picture>,
    stage: Stage,
    terminal: Emulator,
    before: Buffer,
}

impl Play {
    fn new(protocol: Protocol) -> Self {
        let hints = Hints { tmux: protocol == Protocol::KittyPlaceholders, ..Hints::default() };
        let cell = CellSize::new(CELL.0 as u16, CELL.1 as u16).unwrap();
        Self {
            pages: (0..4).map(page).collect(),
            stage: Stage::new(protocol, cell, &hints, 3),
            terminal: Emulator::new(SCREEN.width, SCREEN.height),
            before: Buffer::empty(SCREEN),
        }
    }

    /// Draws a frame as a program does, and checks every pixel.
    fn show(&mut self, look: &Look) -> Parts {
        let (wanted, parts) = self.draw(look);
        assert_eq!(self.terminal.missing, [0u32; 0], "placed but not sent");
        self.check(&wanted, look);
        parts
    }

    /// Draws what the terminal has not any more; answers which picture it misses.
    fn place_unchecked(&mut self, look: &Look) -> u32 {
        self.draw(look);
        self.terminal.missing.drain(..).next().unwrap()
    }

    /// The terminal loses a picture that stays on the screen; whether it was sent again.
    fn lose_while_shown(&mut self, id: u32) -> bool {
        let again = self.stage.lost(id);
        if again {
            self.show(&whole(0));
            self.terminal.evict();
        }
        again
    }

    /// What is drawn, and what should be seen of it.
    fn draw(&mut self, look: &Look) -> (RgbImage, Parts) {
        let mut buffer = Buffer::empty(SCREEN);
        for position in SCREEN.positions().filter(|at| (at.x + at.y) % 3 == 0) {
            buffer[position].set_symbol("t");
        }
        let placement = |(which, area, from): &(usize, Rect, (u16, u16))| {
            let picture = self.pages[*which].clone();
            let all = Placement { picture, area: *area, from: *from, percent: 100 };
            let (columns, rows) = all.cells(self.stage.cell());
            let area = Rect {
                width: area.width.min(columns.saturating_sub(from.0)),
                height: area.height.min(rows.saturating_sub(from.1)),
                ..*area
            };
            Placement { area, ..all }
        };
        let placements: Vec<Placement> = look.pictures.iter().map(placement).collect();
        look.empty.iter().chain(placements.iter().map(|p| &p.area)).for_each(|area| reserve(&mut buffer, *area));
        for popup in &look.popups {
            for position in popup.intersection(SCREEN).positions() {
                buffer[position].reset();
                buffer[position].set_symbol(if position.x == popup.x { "p" } else { " " });
            }
        }
        let wanted = self.wanted(&buffer, &placements);
        if look.cleared {
            self.terminal = std::mem::replace(&mut self.terminal, Emulator::new(1, 1)).cleared();
            self.before = Buffer::empty(SCREEN);
            let bytes = self.stage.forget();
            self.terminal.write(&bytes);
        }
        let parts = self.stage.frame(&placements, &mut buffer);
        self.terminal.write(&parts.before);
        for (x, y, cell) in self.before.diff(&buffer) {
            self.terminal.write_cell(x, y, cell);
        }
        self.terminal.write(&parts.after);
        self.before = buffer;
        (wanted, parts)
    }

    fn check(&self, wanted: &RgbImage, look: &Look) {
        let seen = self.terminal.pixels();
        for (x, y, pixel) in wanted.enumerate_pixels() {
            assert_eq!(seen.get_pixel(x, y), pixel, "pixel {x},{y} cell {},{} {look:?}", x / CELL.0, y / CELL.1);
        }
    }

    fn wanted(&self, buffer: &Buffer, placements: &[Placement]) -> RgbImage {
        let reserved = ratatui::buffer::CellDiffOption::Skip;
        RgbImage::from_fn(u32::from(SCREEN.width) * CELL.0, u32::from(SCREEN.height) * CELL.1, |px, py| {
            let (x, y) = ((px / CELL.0) as u16, (py / CELL.1) as u16);
            let cell = &buffer[(x, y)];
            if cell.diff_option != reserved {
                return colour_of(cell.symbol());
            }
            let Some(placement) = placements.iter().rfind(|placement| placement.area.contains((x, y).into())) else {
                return BLANK;
            };
            let ix = px + u32::from(placement.from.0) * CELL.0 - u32::from(placement.area.x) * CELL.0;
            let iy = py + u32::from(placement.from.1) * CELL.1 - u32::from(placement.area.y) * CELL.1;
            placement.picture.pixels().get_pixel_checked(ix, iy).copied().unwrap_or(BLANK)
        })
    }
}

fn whole(which: usize) -> Look {
    let pictures = vec![(which, Rect::new(6, 1, 14, 10), (0, 0))];
    Look { pictures, empty: None, popups: Vec::new(), cleared: false }
}

const ALL: [Protocol; 4] = [Protocol::Kitty, Protocol::KittyPlaceholders, Protocol::Iterm, Protocol::Sixel];

#[test]
fn pages_popups_and_nothing() {
    for protocol in ALL {
        let mut play = Play::new(protocol);
        play.show(&whole(0));
        play.show(&Look { popups: vec![Rect::new(8, 3, 6, 4)], ..whole(0) });
        play.show(&Look { popups: vec![Rect::new(8, 3, 6, 4), Rect::new(0, 0, 24, 3)], ..whole(0) });
        play.show(&whole(0));
        play.show(&whole(1));
        play.show(&Look { pictures: Vec::new(), ..whole(0) });
        play.show(&whole(1));
        play.show(&Look { cleared: true, ..whole(1) });
    }
}

#[test]
fn the_same_again_is_nothing_and_a_known_page_hardly_anything() {
    for protocol in ALL {
        let mut play = Play::new(protocol);
        play.show(&whole(0));
        assert!(play.show(&whole(0)).is_empty(), "{protocol:?}");
    }
    let mut play = Play::new(Protocol::Kitty);
    play.show(&whole(0));
    play.show(&whole(1));
    let again = play.show(&whole(0));
    assert!(again.before.len() + again.after.len() < 200, "{again:?}");
    // Nor after nothing was there, when the place was kept free.
    let nothing = Look { pictures: Vec::new(), empty: Some(Rect::new(6, 1, 14, 10)), ..whole(0) };
    let gone = play.show(&nothing);
    assert!(gone.before.len() + gone.after.len() < 50, "{gone:?}");
    let again = play.show(&whole(0));
    assert!(again.before.len() + again.after.len() < 200, "{again:?}");
}

#[test]
fn a_small_picture_over_a_large_one_comes_and_goes() {
    for protocol in ALL {
        let mut play = Play::new(protocol);
        let lit = |at: u16| (1, Rect::new(8 + at, 3, 4, 1), (0, 0));
        play.show(&whole(0));
        play.show(&Look { pictures: [whole(0).pictures, vec![lit(0), lit(6)]].concat(), ..whole(0) });
        play.show(&Look { pictures: [whole(0).pictures, vec![lit(3)]].concat(), ..whole(0) });
        play.show(&Look {
            pictures: vec![(0, Rect::new(1, 1, 9, 8), (0, 0)), (0, Rect::new(12, 1, 9, 8), (2, 1))],
            ..whole(0)
        });
        play.show(&whole(0));
    }
}

#[test]
fn leaving_leaves_nothing_in_the_terminal() {
    let mut play = Play::new(Protocol::Kitty);
    (0..4).for_each(|which| drop(play.show(&whole(which))));
    assert_eq!(play.terminal.pictures(), 4);
    let bytes = play.stage.leave();
    play.terminal.write(&bytes);
    assert_eq!(play.terminal.pictures(), 0);
}

fn rect() -> impl Strategy<Value = Rect> {
    (0u16..22, 0u16..10, 1u16..16, 1u16..11).prop_map(|(x, y, w, h)| Rect::new(x, y, w, h).intersection(SCREEN))
}

fn look() -> impl Strategy<Value = Look> {
    // No picture on the last row: panes end before it.
    let inside = Rect { height: SCREEN.height - 1, ..SCREEN };
    let picture = (0usize..4, rect(), (0u16..6, 0u16..6))
        .prop_map(move |(which, area, from)| (which, area.intersection(inside), from));
    let pictures = proptest::collection::vec(picture, 0..4);
    let popups = proptest::collection::vec(rect(), 0..3);
    (pictures, proptest::option::of(rect()), popups, proptest::bool::weighted(0.1))
        .prop_map(|(pictures, empty, popups, cleared)| Look { pictures, empty, popups, cleared })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]
    #[test]
    fn whatever_is_looked_at_is_seen(looks in proptest::collection::vec(look(), 1..8), which in 0usize..4) {
        let mut play = Play::new(ALL[which]);
        for look in &looks {
            play.show(look);
        }
    }
}

#[test]
fn a_picture_that_the_terminal_has_dropped_comes_again_and_not_for_ever() {
    let mut play = Play::new(Protocol::Kitty);
    play.show(&whole(0));
    play.show(&whole(1));
    play.terminal.evict();
    // The terminal says so when it is placed: the next frame brings it.
    for _ in 0..2 {
        let missing = play.place_unchecked(&whole(0));
        assert!(play.stage.lost(missing));
        play.show(&whole(0));
        play.terminal.evict();
        play.show(&Look { pictures: Vec::new(), empty: Some(Rect::new(6, 1, 14, 10)), ..whole(0) });
    }
    // One that it loses each time is given up as long as it is on the screen.
    let missing = play.place_unchecked(&whole(0));
    assert_eq!([0; 3].map(|_| play.lose_while_shown(missing)), [true, true, false]);
    assert!(!play.stage.lost(77), "nothing is known of others");
}

#[test]
fn a_stretched_picture_is_stretched_alike_everywhere() {
    let image = RgbImage::from_fn(21, 13, |x, y| Rgb([(x * 12) as u8, (y * 19) as u8, 51]));
    let mut png = std::io::Cursor::new(Vec::new());
    image.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let picture = Picture::new(png.into_inner().into(), Arc::new(image.clone()));
    let mut play = Play::new(Protocol::Kitty);
    let all = Placement { picture, area: SCREEN, from: (0, 0), percent: 200 };
    // 42 by 26 pixels: nine cells by four, of which the last are not whole.
    assert_eq!(all.cells(play.stage.cell()), (9, 4));
    let placement = Placement { area: Rect::new(2, 1, 9, 4), ..all };
    let mut buffer = Buffer::empty(SCREEN);
    reserve(&mut buffer, placement.area);
    let parts = play.stage.frame(&[placement], &mut buffer);
    play.terminal.write(&parts.before);
    play.terminal.write(&parts.after);
    let seen = play.terminal.pixels();
    for (x, y) in (0..9 * CELL.0).flat_map(|x| (0..4 * CELL.1).map(move |y| (x, y))) {
        let wanted = if x < 8 * CELL.0 && y < 3 * CELL.1 { *image.get_pixel(x / 2, y / 2) } else { BLANK };
        assert_eq!(*seen.get_pixel(2 * CELL.0 + x, CELL.1 + y), wanted, "{x},{y}");
    }
}
