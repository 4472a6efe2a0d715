//! Answers of a slow terminal that come after one has stopped waiting for them. The event stream takes their strings for keys (`ESC _ G` is
//! Alt-_ and a G): they are kept from the program.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// Most keys of one answer.
const MOST: u16 = 256;

/// Watches keys while answers are due.
#[derive(Debug, Clone, Default)]
pub struct Late {
    due: bool,
    /// Keys taken of the answer that is coming.
    taken: Option<u16>,
}

impl Late {
    /// Answers are due, or no longer.
    pub fn expect(&mut self, due: bool) {
        (self.due, self.taken) = (due, None);
    }

    /// Whether the key is part of an answer.
    pub fn takes(&mut self, key: &KeyEvent) -> bool {
        let with_alt = |of: &[char]| {
            key.modifiers.contains(KeyModifiers::ALT) && matches!(key.code, KeyCode::Char(c) if of.contains(&c))
        };
        match self.taken {
            None if self.due && with_alt(&['_', 'P']) => {
                self.taken = Some(1);
                true
            }
            None => false,
            Some(n) => {
                self.taken = (n < MOST && !with_alt(&['\\'])).then_some(n + 1);
                true
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alt(c: char) -> KeyEvent {
        KeyEvent::new(KeyCode::Char(c), KeyModifiers::ALT)
    }

    fn key(c: char) -> KeyEvent {
        KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)
    }

    #[test]
    fn an_answer_is_no_keys_and_what_follows_is() {
        let mut late = Late::default();
        assert!(!late.takes(&alt('_')), "nothing is due");
        late.expect(true);
        let answer = [alt('_'), key('G'), key('i'), key(';'), key('O'), alt('\\')];
        assert!(answer.iter().all(|key| late.takes(key)));
        assert!(!late.takes(&key('v')));
    }

    #[test]
    fn an_answer_without_end_ends() {
        let mut late = Late::default();
        late.expect(true);
        assert!(late.takes(&alt('P')));
        assert_eq!((0..400).filter(|_| late.takes(&key('x'))).count(), usize::from(MOST));
    }
}
