//! Answers on standard output: JSON for scripts, aligned columns for people.

use super::Outcome;
use serde::Serialize;
use std::io::{ErrorKind, Write};
use unicode_width::UnicodeWidthStr;

/// One JSON value and a line end.
pub fn json(value: &impl Serialize) -> Outcome {
    let text = serde_json::to_string(value).map_err(anyhow::Error::from)?;
    text_line(&text)
}

/// A line. A reader that has gone away (`| head`) is no fault.
pub fn text_line(text: &str) -> Outcome {
    match writeln!(std::io::stdout(), "{text}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// A line for people, or the same as `{"mensaje": …}` for scripts.
pub fn said(json: bool, text: &str) -> Outcome {
    if json { self::json(&serde_json::json!({ "mensaje": text })) } else { text_line(text) }
}

/// Rows in aligned columns, without trailing blanks.
pub fn table(rows: &[Vec<String>]) -> Outcome {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width - cell.width() + 2));
        }
        text_line(line.trim_end())?;
    }
    Ok(())
}
