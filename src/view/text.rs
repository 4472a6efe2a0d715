//! Text within a width: what people and files bring is cleaned, cut by display width, and never wraps in a list.

use domain::texto::clean_line;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Cells a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Cut at the end to so many cells, with `…` when something is missing.
pub fn cut(text: &str, cells: usize) -> String {
    let text = clean_line(text);
    if text.width() <= cells {
        return text;
    }
    let mut out = take(&text, cells.saturating_sub(1));
    if cells > 0 {
        out.push('…');
    }
    out
}

/// Cut in the middle: the end of a file's name says as much as its beginning.
pub fn cut_middle(text: &str, cells: usize) -> String {
    let text = clean_line(text);
    if text.width() <= cells || cells < 5 {
        return cut(&text, cells);
    }
    let tail_cells = (cells - 1) / 2;
    let head = take(&text, cells - 1 - tail_cells);
    let mut tail = String::new();
    for grapheme in text.graphemes(true).rev() {
        if tail.width() + grapheme.width() > tail_cells {
            break;
        }
        tail.insert_str(0, grapheme);
    }
    format!("{head}…{tail}")
}

fn take(text: &str, cells: usize) -> String {
    let mut out = String::new();
    for grapheme in text.graphemes(true) {
        if out.width() + grapheme.width() > cells {
            break;
        }
        out.push_str(grapheme);
    }
    out
}

/// Exactly so many cells, text on the left.
pub fn left(text: &str, cells: usize) -> String {
    let mut out = cut(text, cells);
    out.extend(std::iter::repeat_n(' ', cells.saturating_sub(out.width())));
    out
}

/// Exactly so many cells, text on the right.
pub fn right(text: &str, cells: usize) -> String {
    let out = cut(text, cells);
    format!("{}{out}", " ".repeat(cells.saturating_sub(out.width())))
}

/// Lines of at most so many cells, broken at spaces.
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in clean_line(text).split_whitespace() {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if !line.is_empty() && line.width() + 1 + word.width() > cells {
            lines.push(cut(word, cells));
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&cut(word, cells));
        }
    }
    lines
}

/// `1.204`.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// `812 B`, `1,2 kB`, `3,4 MB`.
pub fn bytes(n: u64) -> String {
    let tenths = |unit: u64| {
        let tenths = n * 10 / unit;
        format!("{},{}", tenths / 10, tenths % 10)
    };
    match n {
        0..1_000 => format!("{n} B"),
        1_000..1_000_000 => format!("{} kB", tenths(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", tenths(1_000_000)),
        _ => format!("{} GB", tenths(1_000_000_000)),
    }
}

/// `03/11`, with the year only when it is another: `03/11/25`. Takes an ISO day or an RFC 3339 time.
pub fn day(iso: &str, today: jiff::civil::Date) -> String {
    let Some(day) = iso.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok()) else { return String::new() };
    if day.year() == today.year() {
        format!("{:02}/{:02}", day.day(), day.month())
    } else {
        format!("{:02}/{:02}/{:02}", day.day(), day.month(), day.year() % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn cuts_are_by_display_width_and_never_show_controls() {
        assert_eq!(cut("Matriculación", 8), "Matricu…");
        assert_eq!(cut("日本語", 5), "日本…");
        assert_eq!(cut("a\u{1b}[2J\u{202e}b", 10), "a[2Jb");
        assert_eq!(cut_middle("contrato-financiera-firmado.pdf", 15), "contrat…ado.pdf");
        assert_eq!((left("ab", 4), right("ab", 4)), ("ab  ".to_owned(), "  ab".to_owned()));
        assert_eq!(wrap("una línea que no cabe", 9), ["una línea", "que no", "cabe"]);
    }

    #[test]
    fn numbers_bytes_and_days() {
        assert_eq!((number(1_204), number(999), number(1_000_000)), ("1.204".into(), "999".into(), "1.000.000".into()));
        assert_eq!((bytes(812), bytes(1_290), bytes(3_450_000)), ("812 B".into(), "1,2 kB".into(), "3,4 MB".into()));
        let today = date(2026, 11, 24);
        assert_eq!((day("2026-11-03", today), day("2025-11-03T10:00:00Z", today)), ("03/11".into(), "03/11/25".into()));
    }
}
