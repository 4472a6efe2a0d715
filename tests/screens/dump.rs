//! A screen as text: its rows, and under each the runs of cells that are not plain.

use expedientes::i18n::Catalogue;
use expedientes::state::State;
use expedientes::theme::{ColorDepth, Theme};
use expedientes::view::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::fmt::Write;

/// Draws the state at its size.
pub fn screen(state: &State) -> String {
    let theme = Theme::load("terminal", ColorDepth::True, None).unwrap();
    let texts = Catalogue::new("es");
    let mut terminal = Terminal::new(TestBackend::new(state.size.0, state.size.1)).unwrap();
    terminal.draw(|frame| drop(view(state, &theme, &texts, frame))).unwrap();
    let buffer = terminal.backend().buffer().clone();
    let mut out = String::new();
    for y in 0..buffer.area.height {
        row(&buffer, y, &mut out);
    }
    let cursor = terminal.get_cursor_position().unwrap();
    let _ = writeln!(out, "cursor {},{}", cursor.x, cursor.y);
    out
}

fn row(buffer: &Buffer, y: u16, out: &mut String) {
    let cells: Vec<&Cell> = (0..buffer.area.width).map(|x| buffer.cell((x, y)).unwrap()).collect();
    let line: String = cells.iter().map(|cell| cell.symbol()).collect();
    let _ = writeln!(out, "{}", line.trim_end());
    let mut runs = Vec::new();
    let mut start = 0;
    while start < cells.len() {
        let style = style(cells[start]);
        let end = (start..cells.len()).find(|x| self::style(cells[*x]) != style).unwrap_or(cells.len());
        if !style.is_empty() {
            runs.push(format!("{start}-{}:{style}", end - 1));
        }
        start = end;
    }
    if !runs.is_empty() {
        let _ = writeln!(out, "    ~ {}", runs.join(" "));
    }
}

fn style(cell: &Cell) -> String {
    // A picture's own cells: that it is one is enough.
    if cell.symbol() == "▀" {
        return "picture".to_owned();
    }
    let mut parts = Vec::new();
    if cell.fg != Color::Reset {
        parts.push(cell.fg.to_string().to_lowercase());
    }
    if cell.bg != Color::Reset {
        parts.push(format!("on-{}", cell.bg.to_string().to_lowercase()));
    }
    let modifiers = [(Modifier::BOLD, "b"), (Modifier::DIM, "d"), (Modifier::UNDERLINED, "u"), (Modifier::REVERSED, "r")];
    parts.extend(modifiers.into_iter().filter(|(modifier, _)| cell.modifier.contains(*modifier)).map(|(_, name)| name.to_owned()));
    parts.join("+")
}
