//! Keys out of bytes, for those that somebody pressed while the terminal was being asked what it can do. All others come by way of the event
//! stream; here only what one types blindly has to be known: text, control keys, arrows.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// The keys that these bytes are.
pub fn keys(bytes: &[u8]) -> Vec<KeyEvent> {
    let text = String::from_utf8_lossy(bytes);
    let mut keys = Vec::new();
    let mut rest = text.as_ref();
    while let Some(first) = rest.chars().next() {
        let (key, len) = match first {
            '\x1b' => escape(rest),
            c => (plain(c), c.len_utf8()),
        };
        keys.extend(key);
        rest = rest.get(len..).unwrap_or_default();
    }
    keys
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

/// An escape sequence: its key, if it is one of those that are known, and its length.
fn escape(text: &str) -> (Option<KeyEvent>, usize) {
    let key = |code| Some(KeyEvent::new(code, KeyModifiers::NONE));
    let after = text.get(1..).unwrap_or_default();
    if !after.starts_with(['[', 'O']) {
        return (key(KeyCode::Esc), 1);
    }
    let body = after.get(1..).unwrap_or_default();
    let Some(end) = body.find(|c: char| ('@'..='~').contains(&c)) else { return (None, text.len()) };
    let code = match (body.get(..end), body.get(end..=end)) {
        (Some(""), Some("A")) => Some(KeyCode::Up),
        (Some(""), Some("B")) => Some(KeyCode::Down),
        (Some(""), Some("C")) => Some(KeyCode::Right),
        (Some(""), Some("D")) => Some(KeyCode::Left),
        (Some(""), Some("H")) | (Some("1"), Some("~")) => Some(KeyCode::Home),
        (Some(""), Some("F")) | (Some("4"), Some("~")) => Some(KeyCode::End),
        (Some("5"), Some("~")) => Some(KeyCode::PageUp),
        (Some("6"), Some("~")) => Some(KeyCode::PageDown),
        _ => None,
    };
    (code.and_then(key), end + 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_types_blindly_is_read() {
        let codes: Vec<KeyCode> = keys("jñQ\r\x1b[B\x1b[6~\x1b".as_bytes()).into_iter().map(|key| key.code).collect();
        use KeyCode::*;
        assert_eq!(codes, [Char('j'), Char('ñ'), Char('Q'), Enter, Down, PageDown, Esc]);
        assert_eq!(keys(b"\x13"), [KeyEvent::new(Char('s'), KeyModifiers::CONTROL)]);
        assert!(keys(b"\x1b[200;3;4x").is_empty(), "what is not known is no key");
    }
}
