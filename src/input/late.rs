//! Answers of the terminal that come when nobody waits for them: those of a slow one, and what kitty says of a picture that it has lost. The event
//! stream takes their strings for keys (`ESC _ G` is Alt-_ and a G): here they are told apart.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use graphics::Reply;

/// Most keys of one answer.
const MOST: usize = 256;

/// What a key was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// These keys: none, while they may be an answer.
    Keys(Vec<KeyEvent>),
    /// The end of an answer.
    Answer(Reply),
}

/// Watches keys for answers.
#[derive(Debug, Clone, Default)]
pub struct Late {
    /// Whether the terminal may say its name.
    names: bool,
    /// Whether it may say something of pictures.
    pictures: bool,
    /// Keys of what may be an answer.
    held: Vec<KeyEvent>,
    /// The string was ended by an Esc of its own: what ends it belongs to it.
    ending: bool,
}

impl Late {
    /// Which answers may come: the terminal's name, and those about pictures.
    pub fn expect(&mut self, names: bool, pictures: bool) {
        *self = Self { names, pictures, ..Self::default() };
    }

    /// Takes a key; gives back what is to be done now.
    pub fn key(&mut self, key: KeyEvent) -> Heard {
        if std::mem::take(&mut self.ending) && key.code == KeyCode::Char('\\') {
            return Heard::Keys(Vec::new());
        }
        if self.held.is_empty() {
            let begins = with_alt(&key, 'P') && self.names || with_alt(&key, '_') && self.pictures;
            return if begins { self.hold(key) } else { Heard::Keys(vec![key]) };
        }
        if with_alt(&key, '\\') || key.code == KeyCode::Esc && self.is_surely() {
            self.ending = key.code == KeyCode::Esc;
            return self.end();
        }
        let is_text = matches!(key.code, KeyCode::Char(_)) && (key.modifiers - KeyModifiers::SHIFT).is_empty();
        if is_text {
            self.held.push(key);
            if self.begins_one() {
                if self.held.len() > MOST {
                    self.held.clear();
                }
                return Heard::Keys(Vec::new());
            }
            return Heard::Keys(std::mem::take(&mut self.held));
        }
        // A string that was cut off is no keys; what somebody has pressed is.
        let mut keys = std::mem::take(&mut self.held);
        if is_surely(&keys) {
            keys.clear();
        }
        if let Heard::Keys(more) = self.key(key) {
            keys.extend(more);
        }
        Heard::Keys(keys)
    }

    fn hold(&mut self, key: KeyEvent) -> Heard {
        self.held.push(key);
        Heard::Keys(Vec::new())
    }

    /// Whether what is held begins as answers do.
    fn begins_one(&self) -> bool {
        let text = text(&self.held);
        ["_Gi=", "P>|"].iter().any(|begin| text.starts_with(begin) || begin.starts_with(&text))
    }

    fn is_surely(&self) -> bool {
        is_surely(&self.held)
    }

    fn end(&mut self) -> Heard {
        let keys = std::mem::take(&mut self.held);
        if !is_surely(&keys) {
            return Heard::Keys(keys);
        }
        let answer = Reply::read(format!("\x1b{}\x1b\\", text(&keys)).as_bytes());
        answer.map_or_else(|| Heard::Keys(Vec::new()), Heard::Answer)
    }
}

/// Whether nobody types such keys.
fn is_surely(keys: &[KeyEvent]) -> bool {
    keys.len() > 2
}

fn text(keys: &[KeyEvent]) -> String {
    let char = |key: &KeyEvent| if let KeyCode::Char(c) = key.code { Some(c) } else { None };
    keys.iter().filter_map(char).collect()
}

fn with_alt(key: &KeyEvent, of: char) -> bool {
    key.modifiers.contains(KeyModifiers::ALT) && key.code == KeyCode::Char(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alt(c: char) -> KeyEvent {
        KeyEvent::new(KeyCode::Char(c), KeyModifiers::ALT)
    }

    fn key(c: char) -> KeyEvent {
        let held = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
        KeyEvent::new(KeyCode::Char(c), held)
    }

    fn watching() -> Late {
        let mut late = Late::default();
        late.expect(true, true);
        late
    }

    const HELD: Heard = Heard::Keys(Vec::new());

    #[test]
    fn what_a_terminal_says_of_a_picture_is_no_keys_and_is_heard() {
        let mut late = watching();
        for key in [vec![alt('_')], "Gi=16777219,p=1;ENOENT:Put".chars().map(key).collect()].concat() {
            assert_eq!(late.key(key), HELD);
        }
        assert_eq!(late.key(alt('\\')), Heard::Answer(Reply::Kitty { id: 16_777_219, ok: false }));
        assert_eq!(late.key(key('v')), Heard::Keys(vec![key('v')]));
    }

    #[test]
    fn a_string_that_ends_in_two_pieces_is_one() {
        let mut late = watching();
        late.key(alt('P'));
        ">|foot".chars().for_each(|c| drop(late.key(key(c))));
        let esc = KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE);
        assert_eq!(late.key(esc), Heard::Answer(Reply::Name("foot".to_owned())));
        assert_eq!(late.key(key('\\')), HELD);
        assert_eq!(late.key(key('\\')), Heard::Keys(vec![key('\\')]));
    }

    #[test]
    fn chords_of_people_are_keys_in_their_order() {
        let mut late = watching();
        assert_eq!(late.key(alt('_')), HELD);
        assert_eq!(late.key(key('j')), Heard::Keys(vec![alt('_'), key('j')]));
        late.key(alt('P'));
        let down = KeyEvent::new(KeyCode::Down, KeyModifiers::NONE);
        assert_eq!(late.key(down), Heard::Keys(vec![alt('P'), down]));
        late.expect(false, false);
        assert_eq!(late.key(alt('_')), Heard::Keys(vec![alt('_')]), "nothing is due");
    }

    #[test]
    fn an_answer_without_end_ends() {
        let mut late = watching();
        late.key(alt('_'));
        "Gi=".chars().for_each(|c| drop(late.key(key(c))));
        let heard: Vec<Heard> = (0..400).map(|_| late.key(key('x'))).collect();
        assert_eq!(heard.iter().filter(|heard| **heard == HELD).count(), MOST - 3);
        // Or when somebody goes on.
        late.key(alt('_'));
        "Gi=3".chars().for_each(|c| drop(late.key(key(c))));
        let enter = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
        assert_eq!(late.key(enter), Heard::Keys(vec![enter]));
    }
}
