//! A key, made equal on every keyboard.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::fmt;

/// A key press. AltGr (CTRL+ALT with a printable character) is the character; SHIFT is dropped on what is not a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyPress {
    /// The key.
    pub code: KeyCode,
    /// What is held with it.
    pub modifiers: KeyModifiers,
}

/// Names of keys without a character, as in the configuration file.
const NAMES: [(&str, KeyCode); 14] = [
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
];

impl KeyPress {
    /// A key alone.
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, modifiers: KeyModifiers::NONE }
    }

    /// What a terminal sent, made equal; `None` for a release.
    pub fn from_event(event: &KeyEvent) -> Option<Self> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        Some(Self::normalised(event.code, event.modifiers))
    }

    fn normalised(code: KeyCode, held: KeyModifiers) -> Self {
        let mut modifiers = held & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        let code = match code {
            KeyCode::BackTab => {
                modifiers |= KeyModifiers::SHIFT;
                KeyCode::Tab
            }
            KeyCode::Char(c) => {
                // AltGr arrives as CTRL+ALT on some systems: what was meant is the character. A letter with both is a real chord.
                if modifiers.contains(KeyModifiers::CONTROL | KeyModifiers::ALT) && !c.is_ascii_alphabetic() {
                    modifiers = KeyModifiers::NONE;
                }
                let c = match (modifiers.contains(KeyModifiers::CONTROL), modifiers.contains(KeyModifiers::SHIFT)) {
                    (true, _) => c.to_ascii_lowercase(),
                    (false, true) if c.is_lowercase() => c.to_uppercase().next().unwrap_or(c),
                    _ => c,
                };
                // The character says already whether SHIFT was held; with CTRL most terminals cannot tell.
                modifiers -= KeyModifiers::SHIFT;
                KeyCode::Char(c)
            }
            other => other,
        };
        Self { code, modifiers }
    }

    /// The character it types into a field.
    pub fn char(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => Some(c),
            _ => None,
        }
    }

    /// Reads `ctrl-s`, `shift-tab`, `f5`, `space`, `g`, `G`, `+`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut modifiers = KeyModifiers::NONE;
        let mut rest = text;
        loop {
            let (modifier, tail) = match rest {
                rest if rest.starts_with("ctrl-") => (KeyModifiers::CONTROL, &rest[5..]),
                rest if rest.starts_with("alt-") => (KeyModifiers::ALT, &rest[4..]),
                rest if rest.starts_with("shift-") => (KeyModifiers::SHIFT, &rest[6..]),
                _ => break,
            };
            modifiers |= modifier;
            rest = tail;
        }
        let mut chars = rest.chars();
        let code = match (chars.next(), chars.next()) {
            (Some(c), None) => KeyCode::Char(c),
            _ if rest == "space" => KeyCode::Char(' '),
            _ => match NAMES.iter().find(|(name, _)| *name == rest) {
                Some((_, code)) => *code,
                None => KeyCode::F(rest.strip_prefix('f')?.parse().ok().filter(|n| (1..=24).contains(n))?),
            },
        };
        Some(Self::normalised(code, modifiers))
    }
}

/// As people read it on a Spanish keyboard: `Ctrl-S`, `Mayús-Tab`, `Intro`, `RePág`, `Espacio`, `F5`, `g`.
impl fmt::Display for KeyPress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = [(KeyModifiers::CONTROL, "Ctrl-"), (KeyModifiers::ALT, "Alt-"), (KeyModifiers::SHIFT, "Mayús-")];
        for (modifier, name) in held {
            if self.modifiers.contains(modifier) {
                f.write_str(name)?;
            }
        }
        match self.code {
            KeyCode::Char(' ') => f.write_str("Espacio"),
            KeyCode::Char(c) if self.modifiers.contains(KeyModifiers::CONTROL) => write!(f, "{}", c.to_uppercase()),
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::F(n) => write!(f, "F{n}"),
            KeyCode::Up => f.write_str("↑"),
            KeyCode::Down => f.write_str("↓"),
            KeyCode::Left => f.write_str("←"),
            KeyCode::Right => f.write_str("→"),
            KeyCode::Home => f.write_str("Inicio"),
            KeyCode::End => f.write_str("Fin"),
            KeyCode::PageUp => f.write_str("RePág"),
            KeyCode::PageDown => f.write_str("AvPág"),
            KeyCode::Enter => f.write_str("Intro"),
            KeyCode::Tab => f.write_str("Tab"),
            KeyCode::Backspace => f.write_str("Retroceso"),
            KeyCode::Delete => f.write_str("Supr"),
            KeyCode::Insert => f.write_str("Ins"),
            _ => f.write_str("Esc"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn event(code: KeyCode, modifiers: KeyModifiers) -> KeyPress {
        KeyPress::from_event(&KeyEvent::new(code, modifiers)).unwrap()
    }

    #[test]
    fn keyboards_differ_and_keys_do_not() {
        let all = KeyModifiers::CONTROL | KeyModifiers::ALT;
        assert_eq!(event(KeyCode::Char('@'), all), KeyPress::parse("@").unwrap(), "AltGr is the character");
        assert_eq!(event(KeyCode::Char('+'), KeyModifiers::SHIFT), KeyPress::parse("+").unwrap());
        assert_eq!(event(KeyCode::Char('V'), KeyModifiers::SHIFT), KeyPress::parse("V").unwrap());
        assert_eq!(event(KeyCode::Char('v'), KeyModifiers::SHIFT), KeyPress::parse("V").unwrap());
        assert_eq!(event(KeyCode::BackTab, KeyModifiers::NONE), KeyPress::parse("shift-tab").unwrap());
        assert_eq!(event(KeyCode::Char('S'), KeyModifiers::CONTROL), KeyPress::parse("ctrl-s").unwrap());
    }

    #[test]
    fn names_are_read_and_nonsense_is_not() {
        for (text, shown) in [("ctrl-s", "Ctrl-S"), ("f5", "F5"), ("space", "Espacio"), ("pageup", "RePág"), ("?", "?")]
        {
            assert_eq!(KeyPress::parse(text).unwrap().to_string(), shown);
        }
        for text in ["", "ctrl-", "f0", "f99", "intro", "hyper-x"] {
            assert!(KeyPress::parse(text).is_none(), "{text}");
        }
    }
}
