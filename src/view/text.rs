//! Text within a width: what people and files bring is cleaned, cut by display width, and never wraps in a list.

use domain::texto::clean_line;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
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
    out.truncate(out.trim_end().len());
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

/// `27.480,00 €`.
pub fn money(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{},{:02} €", number(cents.unsigned_abs() / 100), cents.unsigned_abs() % 100)
}

/// `812 B`, `1,2 kB`, `48 kB`, `3,4 MB`: two digits that count.
pub fn bytes(n: u64) -> String {
    let (unit, name) = match n {
        0..1_000 => return format!("{n} B"),
        1_000..1_000_000 => (1_000, "kB"),
        1_000_000..1_000_000_000 => (1_000_000, "MB"),
        _ => (1_000_000_000, "GB"),
    };
    match (n / unit, n % unit * 10 / unit) {
        (whole @ 0..10, tenths) => format!("{whole},{tenths} {name}"),
        (whole, _) => format!("{} {name}", number(whole)),
    }
}

/// `03/11`, with the year only when it is another: `03/11/25`. Takes an ISO day, or an RFC 3339 time, of which it is the day in this zone.
pub fn day(iso: &str, today: Date, zone: &TimeZone) -> String {
    local(iso, zone).map(|at| short(at.date(), today)).unwrap_or_default()
}

/// `03/11 11:25`, or `03/11/25` when the year is another. Takes an RFC 3339 time.
pub fn moment(iso: &str, today: Date, zone: &TimeZone) -> String {
    match local(iso, zone) {
        Some(at) if at.date().year() == today.year() => {
            format!("{} {:02}:{:02}", short(at.date(), today), at.hour(), at.minute())
        }
        Some(at) => short(at.date(), today),
        None => String::new(),
    }
}

fn short(day: Date, today: Date) -> String {
    let year = if day.year() == today.year() { String::new() } else { format!("/{:02}", day.year() % 100) };
    format!("{:02}/{:02}{year}", day.day(), day.month())
}

fn local(iso: &str, zone: &TimeZone) -> Option<DateTime> {
    let day = || iso.parse::<Date>().ok().map(|day| day.at(0, 0, 0, 0));
    iso.parse::<Timestamp>().ok().map(|at| zone.to_datetime(at)).or_else(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn cuts_are_by_display_width_and_never_show_controls() {
        assert_eq!(
            (cut("Matriculación", 8).as_str(), cut("Facturación y cobro", 13).as_str()),
            ("Matricu…", "Facturación…")
        );
        assert_eq!(cut("日本語", 5), "日本…");
        assert_eq!(cut("a\u{1b}[2J\u{202e}b", 10), "a[2Jb");
        assert_eq!(cut_middle("contrato-financiera-firmado.pdf", 15), "contrat…ado.pdf");
        assert_eq!((left("ab", 4), right("ab", 4)), ("ab  ".to_owned(), "  ab".to_owned()));
        assert_eq!(wrap("una línea que no cabe", 9), ["una línea", "que no", "cabe"]);
    }

    #[test]
    fn numbers_bytes_and_days() {
        assert_eq!((number(1_204), number(999), number(1_000_000)), ("1.204".into(), "999".into(), "1.000.000".into()));
        assert_eq!([812, 1_290, 48_120, 3_450_000].map(bytes), ["812 B", "1,2 kB", "48 kB", "3,4 MB"]);
        assert_eq!([2_748_000, 5, -150].map(money), ["27.480,00 €", "0,05 €", "-1,50 €"]);
        let (today, madrid) = (date(2026, 11, 24), TimeZone::fixed(jiff::tz::offset(1)));
        let days = ["2026-11-03", "2025-11-03T10:00:00Z", "2026-11-03T23:30:00Z", "ayer"];
        assert_eq!(days.map(|iso| day(iso, today, &madrid)), ["03/11", "03/11/25", "04/11", ""]);
        let moments = ["2026-11-03T10:25:00Z", "2025-11-03T10:25:00Z"];
        assert_eq!(moments.map(|iso| moment(iso, today, &madrid)), ["03/11 11:25", "03/11/25"]);
    }
}
