//! Events out of bytes, for what somebody types while the terminal is being asked what it can do. All else comes by way of the event stream; here
//! only what one types blindly has to be known: text, control keys, arrows, and what is pasted.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// What pasted text stands between.
const PASTE: (&str, &str) = ("\x1b[200~", "\x1b[201~");

/// The reader. Bytes come in whatever pieces, escape sequences whole.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// The beginning of a character whose other bytes are on their way.
    kept: Vec<u8>,
    /// Text that is being pasted.
    pasted: Option<String>,
}

impl Typed {
    /// What these bytes say, after those before.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Event> {
        self.kept.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.kept) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => self.kept.len(),
        };
        let text: Vec<u8> = self.kept.drain(..whole).collect();
        let text = String::from_utf8_lossy(&text);
        let mut events = Vec::new();
        let mut rest = text.as_ref();
        while !rest.is_empty() {
            rest = match &mut self.pasted {
                Some(pasted) => {
                    let (more, after) = rest.split_once(PASTE.1).map_or((rest, None), |(a, b)| (a, Some(b)));
                    pasted.push_str(more);
                    if after.is_some() {
                        events.extend(self.pasted.take().map(Event::Paste));
                    }
                    after.unwrap_or_default()
                }
                None => match rest.strip_prefix(PASTE.0) {
                    Some(after) => {
                        self.pasted = Some(String::new());
                        after
                    }
                    None => {
                        let (event, len) = event(rest);
                        events.extend(event);
                        rest.get(len..).unwrap_or_default()
                    }
                },
            };
        }
        events
    }
}

/// The first event of a text, if it is one that is known, and its length.
fn event(text: &str) -> (Option<Event>, usize) {
    match text.chars().next() {
        Some('\x1b') => escape(text),
        Some(c) => (plain(c).map(Event::Key), c.len_utf8()),
        None => (None, 0),
    }
}

fn plain(c: char) -> Option<KeyEvent> {
    let code = match c {
        '\r' | '\n' => KeyCode::Enter,
        '\t' => KeyCode::Tab,
        '\x7f' | '\x08' => KeyCode::Backspace,
        '\x01'..='\x1a' => {
            let letter = char::from_u32(u32::from(c) + u32::from('a') - 1)?;
            return Some(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL));
        }
        c if c.is_control() || c == char::REPLACEMENT_CHARACTER => return None,
        c => KeyCode::Char(c),
    };
    let shift = matches!(code, KeyCode::Char(c) if c.is_uppercase());
    Some(KeyEvent::new(code, if shift { KeyModifiers::SHIFT } else { KeyModifiers::NONE }))
}

/// An escape sequence: what it is, if it is one of those that are known, and its length.
fn escape(text: &str) -> (Option<Event>, usize) {
    let key = |code| Some(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    let after = text.get(1..).unwrap_or_default();
    let body = after.strip_prefix(['[', 'O']).unwrap_or_default();
    // Without an end it is the key Esc, and what was typed after it.
    let Some(end) = body.find(|c: char| ('@'..='~').contains(&c)) else { return (key(KeyCode::Esc), 1) };
    let event = match (body.get(..end), body.get(end..=end)) {
        (Some(""), Some("A")) => key(KeyCode::Up),
        (Some(""), Some("B")) => key(KeyCode::Down),
        (Some(""), Some("C")) => key(KeyCode::Right),
        (Some(""), Some("D")) => key(KeyCode::Left),
        (Some(""), Some("H")) | (Some("1"), Some("~")) => key(KeyCode::Home),
        (Some(""), Some("F")) | (Some("4"), Some("~")) => key(KeyCode::End),
        (Some(""), Some("Z")) => key(KeyCode::BackTab),
        (Some("3"), Some("~")) => key(KeyCode::Delete),
        (Some("5"), Some("~")) => key(KeyCode::PageUp),
        (Some("6"), Some("~")) => key(KeyCode::PageDown),
        (Some(""), Some("I")) if after.starts_with('[') => Some(Event::FocusGained),
        _ => None,
    };
    (event, end + 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(events: Vec<Event>) -> Vec<KeyCode> {
        events.into_iter().filter_map(|event| event.as_key_event().map(|key| key.code)).collect()
    }

    #[test]
    fn what_one_types_blindly_is_read() {
        use KeyCode::*;
        let read = Typed::default().feed("jñQ\r\x1b[B\x1b[6~\x1b[3~\x1b".as_bytes());
        assert_eq!(codes(read), [Char('j'), Char('ñ'), Char('Q'), Enter, Down, PageDown, Delete, Esc]);
        let save = Event::Key(KeyEvent::new(Char('s'), KeyModifiers::CONTROL));
        assert_eq!(Typed::default().feed(b"\x13"), [save]);
        assert!(Typed::default().feed(b"\x1b[200;3;4x").is_empty(), "what is not known is no key");
        assert_eq!(codes(Typed::default().feed(b"\x1b[")), [Esc, Char('[')], "nothing typed is lost");
    }

    #[test]
    fn a_character_in_two_pieces_is_one() {
        let mut typed = Typed::default();
        let (first, last) = "ñ".as_bytes().split_at(1);
        assert!(typed.feed(first).is_empty());
        assert_eq!(codes(typed.feed(last)), [KeyCode::Char('ñ')]);
        assert_eq!(codes(typed.feed(b"\xffq")), [KeyCode::Char('q')], "what is no text is no key");
    }

    #[test]
    fn what_is_pasted_is_no_keys() {
        let mut typed = Typed::default();
        assert!(typed.feed(b"\x1b[200~q1").is_empty());
        assert_eq!(typed.feed(b"2\x1b[201~j")[0], Event::Paste("q12".to_owned()));
    }
}
