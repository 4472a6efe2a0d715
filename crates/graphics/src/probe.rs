//! Asking a terminal what it can do: one write of questions, answers until the fence, and keys that come meanwhile handed on as they come.

use crate::hints::Hints;
use crate::picture::CellSize;
use crate::reply::{Piece, Replies, Reply};
use crate::{kitty, tmux};

/// The mode of synchronized updates.
const SYNCHRONIZED: u16 = 2026;
/// Attribute of DA1 that stands for sixel.
const SIXEL: u16 = 4;

/// What a terminal can do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Abilities {
    /// It takes kitty's graphics commands.
    pub kitty: bool,
    /// It draws sixel.
    pub sixel: bool,
    /// It holds a frame back until all of it is there.
    pub synchronized: bool,
    /// Size of a cell, if it said.
    pub cell: Option<CellSize>,
    /// Name and version, if it said.
    pub name: String,
    /// Whether it answered to the end; one that is slow, or silent, did not.
    pub finished: bool,
    /// Every answer, for a report.
    pub answers: Vec<Reply>,
}

/// Questions under way.
#[derive(Debug, Default)]
pub struct Probe {
    replies: Replies,
    answers: Vec<Reply>,
}

impl Probe {
    /// What to write. In tmux all of it goes to the terminal outside, the fence too.
    pub fn question(hints: &Hints) -> Vec<u8> {
        let mut all = kitty::query();
        all.extend_from_slice(b"\x1b[16t\x1b[14t\x1b[?2026$p\x1b[>q\x1b[c\x1b[5n");
        if hints.tmux { tmux::wrap(&all) } else { all }
    }

    /// Takes what was read; gives back what is no answer, but keys.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut typed = Vec::new();
        for piece in self.replies.feed(bytes) {
            match piece {
                Piece::Reply(reply) => self.answers.push(reply),
                Piece::Typed(bytes) => typed.extend(bytes),
            }
        }
        typed
    }

    /// Whether what was read last may be a key, or the beginning of an answer.
    pub fn is_in_doubt(&self) -> bool {
        self.replies.holds_key()
    }

    /// Whether an answer has begun and not ended.
    pub fn is_within(&self) -> bool {
        self.replies.is_within()
    }

    /// Nothing came to end the doubt: it is a key.
    pub fn hurry(&mut self) -> Vec<u8> {
        keys(self.replies.hurry())
    }

    /// Nothing more is waited for: what has begun and is not surely an answer are keys.
    pub fn give_up(&mut self) -> Vec<u8> {
        let rest = if self.replies.is_within() { None } else { self.replies.rest() };
        keys(rest)
    }

    /// Whether the fence has come: nothing more will.
    pub fn is_done(&self) -> bool {
        self.answers.contains(&Reply::Ready)
    }

    /// What the terminal can do. `screen` is its size in cells, to work a cell's pixels out.
    pub fn finish(self, screen: (u16, u16)) -> Abilities {
        let mut able = Abilities { finished: self.is_done(), ..Abilities::default() };
        let mut area = None;
        for answer in &self.answers {
            match answer {
                // Others are about pictures that were on the screen before.
                Reply::Kitty { id, ok } => able.kitty |= *ok && *id == kitty::QUERY,
                Reply::Cell { width, height } => able.cell = CellSize::new(*width, *height),
                Reply::Area { width, height } => area = Some((*width, *height)),
                Reply::Mode { mode, state } => able.synchronized |= *mode == SYNCHRONIZED && matches!(state, 1..=3),
                Reply::Name(name) => able.name.clone_from(name),
                Reply::Attributes(list) => able.sixel |= list.contains(&SIXEL),
                Reply::Ready => {}
            }
        }
        let of_area = area.filter(|_| screen.0 > 0 && screen.1 > 0);
        able.cell = able.cell.or_else(|| of_area.and_then(|(w, h)| CellSize::new(w / screen.0, h / screen.1)));
        able.answers = self.answers;
        able
    }
}

fn keys(piece: Option<Piece>) -> Vec<u8> {
    match piece {
        Some(Piece::Typed(bytes)) => bytes,
        _ => Vec::new(),
    }
}

#[cfg(unix)]
mod ask {
    use super::{Abilities, Probe};
    use crate::hints::Hints;
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use std::io::{self, Write};
    use std::time::{Duration, Instant};

    /// How long the beginning of an escape sequence is waited on with; terminals write theirs at once.
    const DOUBT: Duration = Duration::from_millis(50);

    impl Probe {
        /// Asks the terminal on standard output and reads answers from standard input, which must be in raw mode and read by nobody else,
        /// until the fence or for `patience`. What somebody types meanwhile goes to `typed` as it comes.
        pub fn ask(
            hints: &Hints,
            patience: Duration,
            screen: (u16, u16),
            mut typed: impl FnMut(Vec<u8>),
        ) -> io::Result<Abilities> {
            let mut out = io::stdout().lock();
            out.write_all(&Self::question(hints))?;
            out.flush()?;
            drop(out);
            let mut hand_on = |bytes: Vec<u8>| {
                if !bytes.is_empty() {
                    typed(bytes);
                }
            };
            let (mut probe, input, until) = (Self::default(), rustix::stdio::stdin(), Instant::now() + patience);
            let mut bytes = [0; 1024];
            loop {
                let left = until.saturating_duration_since(Instant::now());
                let is_over = probe.is_done() || left.is_zero();
                // What has begun is let come to its end.
                if is_over && !probe.is_in_doubt() && !probe.is_within() {
                    break;
                }
                let wait = match (is_over, probe.is_in_doubt()) {
                    (true, _) => DOUBT,
                    (false, true) => left.min(DOUBT),
                    (false, false) => left,
                };
                let wait = Timespec { tv_sec: wait.as_secs().cast_signed(), tv_nsec: i64::from(wait.subsec_nanos()) };
                let mut ready = [PollFd::new(&input, PollFlags::IN)];
                match poll(&mut ready, Some(&wait)) {
                    Ok(0) if probe.is_in_doubt() => hand_on(probe.hurry()),
                    Ok(0) => break,
                    Ok(_) => match rustix::io::read(input, &mut bytes)? {
                        0 => break,
                        n => hand_on(probe.feed(bytes.get(..n).unwrap_or_default())),
                    },
                    // A window that changes its size interrupts waiting, and no more than that.
                    Err(rustix::io::Errno::INTR) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            hand_on(probe.give_up());
            Ok(probe.finish(screen))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_become_abilities_and_keys_stay() {
        let mut probe = Probe::default();
        let mut typed = probe.feed(b"q\x1b_Gi=31;OK\x1b\\\x1b[4;340;640t\x1b[?2026;2$y\x1bP>|foot(1.16)\x1b\\");
        assert!(!probe.is_done());
        typed.extend(probe.feed(b"\x1b[?62;4c\x1b[0nw"));
        assert!(probe.is_done());
        let able = probe.finish((80, 20));
        assert!(able.kitty && able.sixel && able.synchronized && able.finished);
        assert_eq!((able.cell, able.name.as_str()), (CellSize::new(8, 17), "foot(1.16)"));
        assert_eq!(typed, b"qw");
    }

    #[test]
    fn silence_is_no_ability() {
        assert_eq!(Probe::default().finish((80, 24)), Abilities::default());
    }

    #[test]
    fn what_is_surely_of_the_terminal_is_no_key_when_it_never_ends() {
        let mut probe = Probe::default();
        assert_eq!(probe.feed(b"\x1b_Gi=31;O"), b"");
        assert_eq!((probe.is_in_doubt(), probe.hurry(), probe.give_up()), (false, Vec::new(), Vec::new()));
        let mut probe = Probe::default();
        probe.feed(b"\x1b");
        assert!(probe.is_in_doubt());
        assert_eq!(probe.give_up(), b"\x1b");
    }

    #[test]
    fn a_picture_that_is_missing_says_nothing_of_abilities() {
        let mut probe = Probe::default();
        probe.feed(b"\x1b_Gi=16777217;OK\x1b\\");
        assert!(!probe.finish((80, 24)).kitty);
    }

    #[test]
    fn in_tmux_the_fence_goes_outside_too() {
        let question = Probe::question(&Hints { tmux: true, ..Hints::default() });
        assert!(question.starts_with(b"\x1bPtmux;") && question.ends_with(b"\x1b\x1b[5n\x1b\\"));
    }
}
