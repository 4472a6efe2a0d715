//! Text within a width: what people and files bring is cleaned, cut by display width, and never wraps in a list.

use domain::texto::clean_line;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// One line for the screen: cleaned, and without what terminals do not agree about how wide it is.
///
/// A flag, a skin tone, or a sign turned into a picture takes one cell here and two there, and leaves a stray one behind. What is only
/// dressed up is shown undressed; of what is made of several, one sign stands.
pub fn plain(text: &str) -> String {
    let text = clean_line(text);
    if !text.contains(dresses) && !text.contains(is_flag) {
        return text;
    }
    let undressed = |grapheme: &str| -> String {
        let bare: String = grapheme.chars().filter(|c| !dresses(*c)).collect();
        if bare.contains(is_flag) { SOMETHING.to_owned() } else { bare }
    };
    text.graphemes(true).map(undressed).collect()
}

/// Stands for a flag.
const SOMETHING: &str = "□";

/// Variation selectors, skin tones, the frame of a key, and the letters within a flag's tag: nothing by themselves.
fn dresses(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{20E3}' | '\u{E0000}'..='\u{E01EF}')
}

/// Half of the flag of a country.
fn is_flag(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}

/// Cells a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Cut at the end to so many cells, with `…` when something is missing.
pub fn cut(text: &str, cells: usize) -> String {
    let text = plain(text);
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
    let text = plain(text);
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

/// A sentence in which what is quoted and what is one long word takes at most so many cells, shortened in the middle.
pub fn shorten_names(sentence: &str, cells: usize) -> String {
    let mut out = String::new();
    let mut rest = sentence;
    while let Some(open) = rest.find(['«', '“']) {
        let (before, quoted) = rest.split_at(open);
        let Some(close) = quoted.find(['»', '”']) else { break };
        let mark = quoted.chars().next().map_or(1, char::len_utf8);
        out.push_str(&shorten_words(before, cells));
        out.push_str(&quoted[..mark]);
        out.push_str(&cut_middle(&quoted[mark..close], cells));
        // The mark that closes it stands before what follows, as it was.
        let end = close + quoted[close..].chars().next().map_or(1, char::len_utf8);
        out.push_str(&quoted[close..end]);
        rest = &quoted[end..];
    }
    out.push_str(&shorten_words(rest, cells));
    out
}

fn shorten_words(text: &str, cells: usize) -> String {
    let words: Vec<String> = text.split(' ').map(|word| cut_middle(word, cells)).collect();
    words.join(" ")
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

/// Lines of at most so many cells, broken at spaces; a word that is longer than a line is broken where the line ends.
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in plain(text).split_whitespace() {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if !line.is_empty() && line.width() + 1 + word.width() <= cells {
            line.push(' ');
            line.push_str(word);
            continue;
        }
        if line.is_empty() {
            lines.pop();
        }
        lines.extend(pieces(word, cells));
    }
    lines
}

/// At most so many lines of a sentence; `…` says that there is more of it.
pub fn wrap_within(text: &str, cells: usize, lines: usize) -> Vec<String> {
    let mut wrapped = wrap(text, cells);
    if wrapped.len() > lines {
        wrapped.truncate(lines);
        if let Some(last) = wrapped.last_mut() {
            *last = cut(&format!("{last} …"), cells).replace(" …", "…");
        }
    }
    wrapped
}

/// Cells of a line of text in a pane that is so wide inside: one is free on either side.
pub fn page_width(inside: u16) -> usize {
    usize::from(inside.saturating_sub(2))
}

/// The lines of a page in a pane of so many cells: a line that is longer goes on in the next, and blanks stay, for they are its columns.
pub fn page_lines(page: &str, cells: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in page.lines() {
        let mut rest = plain(line);
        rest.truncate(rest.trim_end().len());
        while rest.width() > cells.max(1) {
            let head = take(&rest, cells.max(1));
            // At a space, unless that leaves half of the line empty.
            let space = head.rfind(' ').filter(|at| *at > head.len() / 2);
            let end = space.unwrap_or(head.len()).max(rest.graphemes(true).next().map_or(1, str::len));
            lines.push(rest[..end].trim_end().to_owned());
            rest = rest[end..].trim_start().to_owned();
            if rest.is_empty() {
                break;
            }
        }
        if !rest.is_empty() || line.trim().is_empty() {
            lines.push(rest);
        }
    }
    lines
}

/// A line that is longer than this, in cells, is no line of a page but a paragraph of a file without pages.
const LAID_OUT_MAX: usize = 240;

/// The lines of a page as it is laid out, however wide; where lines are paragraphs, broken to so many cells.
pub fn laid_out(page: &str, cells: usize) -> Vec<String> {
    let lines: Vec<String> = page.lines().map(|line| plain(line).trim_end().to_owned()).collect();
    let longest = lines.iter().map(|line| line.width()).max().unwrap_or_default();
    if longest > LAID_OUT_MAX.max(cells) { page_lines(page, cells) } else { lines }
}

/// At most so many cells of the beginning.
pub fn cut_off(text: &str, cells: usize) -> String {
    take(text, cells)
}

/// Where words, folded as by [`domain::texto::fold`], stand in a line: cells from and to.
pub fn occurrences(line: &str, words: &str) -> impl Iterator<Item = (usize, usize)> + use<> {
    let mut folded: Vec<char> = Vec::new();
    let mut cells: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    for c in line.chars().filter(|_| !words.trim().is_empty()) {
        let end = at + unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        for part in domain::texto::fold(c.encode_utf8(&mut [0; 4])).chars() {
            folded.push(part);
            cells.push((at, end));
        }
        at = end;
    }
    let words: Vec<char> = words.trim().chars().collect();
    let mut found = Vec::new();
    let mut start = 0;
    while !words.is_empty() && start + words.len() <= folded.len() {
        let end = start + words.len();
        if folded[start..end] == words {
            found.push((cells[start].0, cells[end - 1].1));
            start = end;
        } else {
            start += 1;
        }
    }
    found.into_iter()
}

/// A word in pieces of at most so many cells; a path goes on after one of its folders.
fn pieces(word: &str, cells: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = word;
    while rest.width() > cells {
        let head = take(rest, cells).len();
        let folder = rest[..head].rfind(['/', '\\']).map(|at| at + 1).filter(|at| *at > head / 2);
        let end = folder.unwrap_or(head).max(rest.graphemes(true).next().map_or(1, str::len));
        pieces.push(rest[..end].to_owned());
        rest = &rest[end..];
    }
    if !rest.is_empty() {
        pieces.push(rest.to_owned());
    }
    pieces
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

    #[test]
    fn of_what_terminals_measure_differently_one_sign_is_left() {
        let cases = [
            ("contrato 🇪🇸.pdf", "contrato □.pdf"),
            ("🇪🇸🇫🇷", "□□"),
            ("vale ❤\u{fe0f} 1\u{fe0f}\u{20e3}", "vale ❤ 1"),
            ("👍🏽 sí", "👍 sí"),
            ("Núñez e\u{301}", "Núñez e\u{301}"),
        ];
        for (given, shown) in cases {
            assert_eq!(plain(given), shown);
            assert_eq!(cut(given, 40), shown);
        }
        // Joined with a joiner, which is taken out: each by itself.
        assert_eq!(plain("👨\u{200d}👩\u{200d}👧"), "👨👩👧");
        assert_eq!(width(&left("🇪🇸 ❤\u{fe0f}", 8)), 8);
    }
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
    }

    #[test]
    fn long_names_in_a_sentence_are_shortened_in_the_middle() {
        let long = "a".repeat(240);
        assert_eq!(shorten_names(&format!("{long}.pdf: no se admite."), 11), "aaaaa….pdf: no se admite.");
        assert_eq!(shorten_names("«un nombre con blancos.pdf» no está.", 11), "«un no…s.pdf» no está.");
        assert_eq!(shorten_names("Sin nombres: «abierto", 20), "Sin nombres: «abierto");
    }

    #[test]
    fn nothing_is_lost_where_a_line_goes_on() {
        assert_eq!(wrap("una línea que no cabe", 9), ["una línea", "que no", "cabe"]);
        assert_eq!(wrap("el SHA-256 abcdef0123456789 no", 10), ["el SHA-256", "abcdef0123", "456789 no"]);
        assert_eq!(wrap_within("una línea que no cabe", 9, 2), ["una línea", "que no…"]);
        assert_eq!(wrap("/casa/docs/abcdef.pdf", 12), ["/casa/docs/", "abcdef.pdf"]);
        assert_eq!(wrap("", 9), [""]);
        assert_eq!(
            page_lines("Nombre    Importe\n\nTalleres Oria, S.L. de Zaragoza", 17),
            ["Nombre    Importe", "", "Talleres Oria,", "S.L. de Zaragoza"]
        );
        assert_eq!(page_lines("日本語日本語", 5), ["日本", "語日", "本語"]);
        assert_eq!(page_lines("日", 1), ["日"]);
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
