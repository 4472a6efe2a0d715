//! A frame as text that can be compared: every row, and under it which cells have which style, so that colour counts.

use expedientes::i18n::Catalogue;
use expedientes::state::State;
use expedientes::theme::{ColorDepth, Theme};
use expedientes::view::hit::HitMap;
use expedientes::view::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::fmt::Write;

/// A frame: its cells, where the cursor is, and what the view has told.
pub struct Drawn {
    pub buffer: Buffer,
    pub cursor: Option<(u16, u16)>,
    pub hits: HitMap,
}

/// Draws the state in the default theme.
pub fn draw(state: &State) -> Drawn {
    draw_in(state, "terminal", ColorDepth::True)
}

/// Draws the state in a theme, on a terminal of so many colours.
pub fn draw_in(state: &State, theme: &str, depth: ColorDepth) -> Drawn {
    let theme = Theme::load(theme, depth, None).unwrap();
    let (width, height) = state.size;
    let texts = Catalogue::of(state.config.idioma.as_deref());
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let mut hits = HitMap::default();
    terminal.draw(|frame| hits = view(state, &theme, texts, frame)).unwrap();
    let shown = terminal.backend().cursor_visible();
    let at = terminal.get_cursor_position().unwrap();
    let buffer = terminal.backend().buffer().clone();
    Drawn { buffer, cursor: shown.then_some((at.x, at.y)), hits }
}

/// The rows alone, without blanks at their ends.
pub fn plain(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in buffer.area.rows() {
        let row: String = (y.left()..y.right()).map(|x| buffer[(x, y.y)].symbol()).collect();
        out.push_str(row.trim_end());
        out.push('\n');
    }
    out
}

/// The rows alone, with the ink of pictures where it would be on white paper.
pub fn on_paper(buffer: &Buffer) -> String {
    let mut buffer = buffer.clone();
    let is_ink = |color| matches!(color, Color::Rgb(r, g, b) if u32::from(r) + u32::from(g) + u32::from(b) < 400);
    for cell in buffer.content.iter_mut().filter(|cell| cell.symbol() == "▀") {
        let symbol = match (is_ink(cell.fg), is_ink(cell.bg)) {
            (true, true) => "█",
            (true, false) => "▀",
            (false, true) => "▄",
            (false, false) => " ",
        };
        cell.set_symbol(symbol);
    }
    plain(&buffer)
}

/// Rows with their styles: `3a 2 5b` under a row is three cells of style a, two plain ones, five of style b. What the letters mean stands at
/// the end.
pub fn styled(drawn: &Drawn) -> String {
    let buffer = &drawn.buffer;
    let mut legend: Vec<String> = Vec::new();
    let mut out = String::new();
    for (y, row) in plain(buffer).lines().enumerate() {
        writeln!(out, ">{row}").unwrap();
        let mut runs: Vec<(String, usize)> = Vec::new();
        for x in 0..buffer.area.width {
            let letter = letter(&mut legend, style_name(&buffer[(x, y as u16)]));
            match runs.last_mut() {
                Some((last, count)) if *last == letter => *count += 1,
                _ => runs.push((letter, 1)),
            }
        }
        if runs.last().is_some_and(|(letter, _)| letter.is_empty()) {
            runs.pop();
        }
        if !runs.is_empty() {
            let runs: Vec<String> = runs.iter().map(|(letter, count)| format!("{count}{letter}")).collect();
            writeln!(out, "      {}", runs.join(" ")).unwrap();
        }
    }
    match drawn.cursor {
        Some((x, y)) => writeln!(out, "cursor at column {x}, row {y}").unwrap(),
        None => writeln!(out, "no cursor").unwrap(),
    }
    for (at, name) in legend.iter().enumerate() {
        writeln!(out, "{} = {name}", letter_of(at)).unwrap();
    }
    out
}

/// The style's letter; a plain cell has none.
fn letter(legend: &mut Vec<String>, name: String) -> String {
    if name.is_empty() {
        return String::new();
    }
    let at = legend.iter().position(|other| *other == name).unwrap_or_else(|| {
        legend.push(name);
        legend.len() - 1
    });
    letter_of(at)
}

/// a … z, aa, ab …
fn letter_of(at: usize) -> String {
    let last = char::from(b'a' + (at % 26) as u8);
    if at < 26 { last.to_string() } else { format!("{}{last}", letter_of(at / 26 - 1)) }
}

fn style_name(cell: &Cell) -> String {
    let mut words = Vec::new();
    if cell.fg != Color::Reset {
        words.push(cell.fg.to_string());
    }
    if cell.bg != Color::Reset {
        words.push(format!("on {}", cell.bg));
    }
    if cell.modifier != Modifier::empty() {
        words.push(format!("{:?}", cell.modifier).to_lowercase());
    }
    words.join(" ")
}
