//! A terminal that draws what it is told into pixels: cells of one colour each, kitty's placements over them, and sixel and iTerm2 pictures
//! that go when their cells are written.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::{Rgb, RgbImage};
use ratatui::buffer::Cell;
use std::collections::BTreeMap;

/// Pixels of a cell; no multiple of a sixel band.
pub const CELL: (u32, u32) = (5, 8);
/// An empty cell.
pub const BLANK: Rgb<u8> = Rgb([1, 2, 3]);

/// A placement: where, which part of the picture, stretched to how many cells.
#[derive(Debug, Clone)]
struct Placed {
    at: (u32, u32),
    source: [u32; 4],
    cells: Option<(u32, u32)>,
}

pub struct Emulator {
    size: (u32, u32),
    cursor: (u32, u32),
    saved: (u32, u32),
    /// What is written in each cell: its colour, or part of a picture by its placeholder.
    cells: Vec<Symbol>,
    /// Pixels of sixel and iTerm2 pictures.
    drawn: Vec<Option<Rgb<u8>>>,
    images: BTreeMap<u32, RgbImage>,
    coming: Option<(u32, String)>,
    placed: BTreeMap<(u32, u32), Placed>,
    /// Bytes it was given.
    pub bytes: usize,
    /// Pictures that it should have placed and does not have.
    pub missing: Vec<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Symbol {
    Colour(Rgb<u8>),
    Placeholder { id: u32, row: u32, column: u32 },
}

/// The colour that stands for a written symbol.
pub fn colour_of(symbol: &str) -> Rgb<u8> {
    match symbol.chars().next() {
        None | Some(' ') => BLANK,
        Some(c) => Rgb([c as u32 as u8, 200, 100]),
    }
}

impl Emulator {
    pub fn new(columns: u16, rows: u16) -> Self {
        let (columns, rows) = (u32::from(columns), u32::from(rows));
        Self {
            size: (columns, rows),
            cursor: (0, 0),
            saved: (0, 0),
            cells: vec![Symbol::Colour(BLANK); (columns * rows) as usize],
            drawn: vec![None; (columns * CELL.0 * rows * CELL.1) as usize],
            images: BTreeMap::new(),
            coming: None,
            placed: BTreeMap::new(),
            bytes: 0,
            missing: Vec::new(),
        }
    }

    /// The screen cleared, as `CSI 2 J` does: placements go, sent pictures stay.
    pub fn cleared(self) -> Self {
        Self {
            cells: vec![Symbol::Colour(BLANK); self.cells.len()],
            drawn: vec![None; self.drawn.len()],
            placed: BTreeMap::new(),
            ..self
        }
    }

    /// How many pictures it holds.
    pub fn pictures(&self) -> usize {
        self.images.len()
    }

    /// Drops all pictures, as a terminal does that needs the room.
    pub fn evict(&mut self) {
        self.images.clear();
        self.placed.clear();
    }

    /// A cell as ratatui writes it.
    pub fn write_cell(&mut self, x: u16, y: u16, cell: &Cell) {
        let mut chars = cell.symbol().chars();
        let symbol = if chars.next() == Some('\u{10EEEE}') {
            let marks: Vec<u32> = chars.map(mark).collect();
            let ratatui::style::Color::Indexed(low) = cell.fg else { panic!("{:?}", cell.fg) };
            Symbol::Placeholder { id: marks[2] << 24 | u32::from(low), row: marks[0], column: marks[1] }
        } else {
            Symbol::Colour(colour_of(cell.symbol()))
        };
        self.set(u32::from(x), u32::from(y), symbol);
    }

    fn set(&mut self, x: u32, y: u32, symbol: Symbol) {
        self.cells[(y * self.size.0 + x) as usize] = symbol;
        for py in y * CELL.1..(y + 1) * CELL.1 {
            for px in x * CELL.0..(x + 1) * CELL.0 {
                let at = self.at(px, py);
                self.drawn[at] = None;
            }
        }
    }

    fn at(&self, px: u32, py: u32) -> usize {
        (py * self.size.0 * CELL.0 + px) as usize
    }

    /// Escape sequences.
    pub fn write(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len();
        let text = std::str::from_utf8(bytes).unwrap();
        let mut rest = text;
        while let Some(sequence) = rest.strip_prefix('\x1b') {
            rest = match sequence.as_bytes()[0] {
                b'7' => {
                    self.saved = self.cursor;
                    &sequence[1..]
                }
                b'8' => {
                    self.cursor = self.saved;
                    &sequence[1..]
                }
                b'[' => self.csi(&sequence[1..]),
                b'_' => {
                    let (body, rest) = sequence[1..].split_once("\x1b\\").unwrap();
                    self.kitty(body.strip_prefix('G').unwrap());
                    rest
                }
                b']' => {
                    let (body, rest) = sequence[1..].split_once('\x07').unwrap();
                    self.iterm(body);
                    rest
                }
                b'P' if sequence.starts_with("Ptmux;") => {
                    // The end is the first ST that is not doubled.
                    let body = &sequence["Ptmux;".len()..];
                    let mut end = 0;
                    while !body[end..].starts_with("\x1b\\") {
                        end += if body[end..].starts_with("\x1b\x1b") { 2 } else { 1 };
                    }
                    self.write(body[..end].replace("\x1b\x1b", "\x1b").as_bytes());
                    &body[end + 2..]
                }
                b'P' => {
                    let (body, rest) = sequence[1..].split_once("\x1b\\").unwrap();
                    self.sixel(body);
                    rest
                }
                other => panic!("ESC {}", other as char),
            };
        }
        assert_eq!(rest, "", "text outside of ratatui's cells");
    }

    fn csi<'a>(&mut self, text: &'a str) -> &'a str {
        let end = text.find(|c: char| c.is_ascii_alphabetic()).unwrap();
        let numbers: Vec<u32> = text[..end].split(';').map(|n| n.parse().unwrap()).collect();
        match (text.as_bytes()[end], &numbers[..]) {
            (b'H', [y, x]) => self.cursor = (x - 1, y - 1),
            (b'm', [0]) => {}
            (b'X', [n]) => {
                for x in self.cursor.0..self.cursor.0 + n {
                    self.set(x, self.cursor.1, Symbol::Colour(BLANK));
                }
            }
            other => panic!("{other:?}"),
        }
        &text[end + 1..]
    }

    fn kitty(&mut self, command: &str) {
        let (keys, data) = command.split_once(';').unwrap_or((command, ""));
        let keys: BTreeMap<&str, &str> = keys.split(',').map(|key| key.split_once('=').unwrap()).collect();
        let number = |key: &str| keys.get(key).map(|n| n.parse::<u32>().unwrap());
        let is_placement = keys.get("a") == Some(&"p") && !keys.contains_key("U");
        assert_eq!(keys["q"], if is_placement { "1" } else { "2" }, "nothing that answers but what goes wrong");
        match keys.get("a").copied() {
            Some("t") | None => {
                let (id, text) = self.coming.get_or_insert_with(|| (number("i").unwrap(), String::new()));
                text.push_str(data);
                if number("m") == Some(0) {
                    let image = image::load_from_memory(&STANDARD.decode(text).unwrap()).unwrap().into_rgb8();
                    self.images.insert(*id, image);
                    self.coming = None;
                }
            }
            Some("p") if keys.contains_key("U") => assert!(self.images.contains_key(&number("i").unwrap())),
            Some("p") => {
                let id = number("i").unwrap();
                if !self.images.contains_key(&id) {
                    return self.missing.push(id);
                }
                let cells = number("c").zip(number("r"));
                let source = ["x", "y", "w", "h"].map(|key| number(key).unwrap());
                self.placed.insert((id, number("p").unwrap()), Placed { at: self.cursor, source, cells });
            }
            Some("d") => {
                let id = number("i").unwrap();
                self.placed.retain(|(of, _), _| *of != id);
                if keys["d"] == "I" {
                    self.images.remove(&id);
                }
            }
            other => panic!("{other:?}"),
        }
    }

    fn iterm(&mut self, command: &str) {
        let (keys, data) = command.strip_prefix("1337;File=").unwrap().split_once(':').unwrap();
        let keys: BTreeMap<&str, &str> = keys.split(';').map(|key| key.split_once('=').unwrap()).collect();
        let file = STANDARD.decode(data).unwrap();
        assert_eq!(keys["size"], file.len().to_string());
        let image = image::load_from_memory(&file).unwrap().into_rgb8();
        let pixels = |key: &str| keys[key].strip_suffix("px").unwrap().parse().unwrap();
        let image =
            image::imageops::resize(&image, pixels("width"), pixels("height"), image::imageops::FilterType::Nearest);
        for (x, y, pixel) in image.enumerate_pixels() {
            self.draw(x, y, *pixel);
        }
    }

    fn draw(&mut self, x: u32, y: u32, pixel: Rgb<u8>) {
        let (px, py) = (self.cursor.0 * CELL.0 + x, self.cursor.1 * CELL.1 + y);
        assert!(py < (self.size.1 - 1) * CELL.1, "a picture on the last row scrolls the screen");
        let at = self.at(px, py);
        self.drawn[at] = Some(pixel);
    }

    fn sixel(&mut self, body: &str) {
        let mut rest = body.strip_prefix("0;1;0q").unwrap();
        let mut palette = BTreeMap::new();
        let (mut x, mut y, mut colour, mut times) = (0, 0, 0, 1);
        while let Some(c) = rest.chars().next() {
            rest = &rest[1..];
            let mut numbers = || {
                let end = rest.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(rest.len());
                let list: Vec<u32> = rest[..end].split(';').filter_map(|n| n.parse().ok()).collect();
                rest = &rest[end..];
                list
            };
            match c {
                '"' => drop(numbers()),
                '#' => match numbers()[..] {
                    [place] => colour = place,
                    [place, 2, r, g, b] => {
                        palette.insert(place, Rgb([r, g, b].map(|part| ((part * 255 + 50) / 100) as u8)));
                    }
                    ref other => panic!("{other:?}"),
                },
                '!' => times = numbers()[0],
                '$' => x = 0,
                '-' => (x, y) = (0, y + 6),
                '?'..='~' => {
                    for _ in 0..std::mem::replace(&mut times, 1) {
                        for row in (0..6).filter(|row| (c as u8 - b'?') >> row & 1 == 1) {
                            self.draw(x, y + row, palette[&colour]);
                        }
                        x += 1;
                    }
                }
                other => panic!("{other}"),
            }
        }
    }

    /// What is to be seen.
    pub fn pixels(&self) -> RgbImage {
        let mut screen = RgbImage::new(self.size.0 * CELL.0, self.size.1 * CELL.1);
        for (px, py, pixel) in screen.enumerate_pixels_mut() {
            let (x, y) = (px / CELL.0, py / CELL.1);
            let under = match self.cells[(y * self.size.0 + x) as usize] {
                Symbol::Colour(colour) => colour,
                Symbol::Placeholder { id, row, column } => {
                    let (ix, iy) = (column * CELL.0 + px % CELL.0, row * CELL.1 + py % CELL.1);
                    self.images[&id].get_pixel_checked(ix, iy).copied().unwrap_or(BLANK)
                }
            };
            *pixel = self.drawn[self.at(px, py)].unwrap_or(under);
        }
        for ((id, _), placed) in &self.placed {
            let [x, y, width, height] = placed.source;
            let part = image::imageops::crop_imm(&self.images[id], x, y, width, height).to_image();
            let part = match placed.cells {
                Some((c, r)) => {
                    image::imageops::resize(&part, c * CELL.0, r * CELL.1, image::imageops::FilterType::Nearest)
                }
                None => part,
            };
            let (left, top) = (placed.at.0 * CELL.0, placed.at.1 * CELL.1);
            for (x, y, pixel) in part.enumerate_pixels() {
                screen.put_pixel(left + x, top + y, *pixel);
            }
        }
        screen
    }
}

/// The first of the protocol's marks, in its order.
const MARKS: &str = "\u{305}\u{30D}\u{30E}\u{310}\u{312}\u{33D}\u{33E}\u{33F}\u{346}\u{34A}\u{34B}\u{34C}\u{350}\u{351}\u{352}\u{357}\u{35B}\u{363}\u{364}\u{365}\u{366}\u{367}\u{368}";

/// The number that a placeholder's mark stands for.
fn mark(c: char) -> u32 {
    MARKS.chars().position(|mark| mark == c).unwrap() as u32
}
