//! Asking a terminal what it can do: one write of questions, answers until the fence, and keys that came meanwhile kept.

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
    typed: Vec<u8>,
}

impl Probe {
    /// What to write. In tmux all of it goes to the terminal outside, the fence too.
    pub fn question(hints: &Hints) -> Vec<u8> {
        let mut all = kitty::query();
        all.extend_from_slice(b"\x1b[16t\x1b[14t\x1b[?2026$p\x1b[>q\x1b[c\x1b[5n");
        if hints.tmux { tmux::wrap(&all) } else { all }
    }

    /// Takes what was read.
    pub fn feed(&mut self, bytes: &[u8]) {
        for piece in self.replies.feed(bytes) {
            match piece {
                Piece::Reply(reply) => self.answers.push(reply),
                Piece::Typed(bytes) => self.typed.extend(bytes),
            }
        }
    }

    /// Whether the fence has come: nothing more will.
    pub fn is_done(&self) -> bool {
        self.answers.contains(&Reply::Ready)
    }

    /// What the terminal can do, and the keys that somebody pressed meanwhile. `screen` is its size in cells, to work a cell's pixels out.
    pub fn finish(mut self, screen: (u16, u16)) -> (Abilities, Vec<u8>) {
        if let Some(Piece::Typed(rest)) = self.replies.rest() {
            self.typed.extend(rest);
        }
        let mut able = Abilities { finished: self.is_done(), ..Abilities::default() };
        let mut area = None;
        for answer in &self.answers {
            match answer {
                Reply::Kitty { ok, .. } => able.kitty |= ok,
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
        (able, self.typed)
    }
}

#[cfg(unix)]
mod ask {
    use super::{Abilities, Probe};
    use crate::hints::Hints;
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use std::io::{self, Write};
    use std::time::{Duration, Instant};

    impl Probe {
        /// Asks the terminal on standard output and reads answers from standard input, which must be in raw mode and read by nobody else,
        /// until the fence or for `patience`.
        pub fn ask(hints: &Hints, patience: Duration, screen: (u16, u16)) -> io::Result<(Abilities, Vec<u8>)> {
            let mut out = io::stdout().lock();
            out.write_all(&Self::question(hints))?;
            out.flush()?;
            drop(out);
            let (mut probe, input, until) = (Self::default(), rustix::stdio::stdin(), Instant::now() + patience);
            let mut bytes = [0; 1024];
            while !probe.is_done() {
                let left = until.saturating_duration_since(Instant::now());
                let wait = Timespec { tv_sec: left.as_secs().cast_signed(), tv_nsec: i64::from(left.subsec_nanos()) };
                let mut ready = [PollFd::new(&input, PollFlags::IN)];
                if left.is_zero() || poll(&mut ready, Some(&wait))? == 0 {
                    break;
                }
                match rustix::io::read(input, &mut bytes)? {
                    0 => break,
                    n => probe.feed(bytes.get(..n).unwrap_or_default()),
                }
            }
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
        probe.feed(b"q\x1b_Gi=31;OK\x1b\\\x1b[4;340;640t\x1b[?2026;2$y\x1bP>|foot(1.16)\x1b\\");
        assert!(!probe.is_done());
        probe.feed(b"\x1b[?62;4c\x1b[0nw");
        assert!(probe.is_done());
        let (able, typed) = probe.finish((80, 20));
        assert!(able.kitty && able.sixel && able.synchronized && able.finished);
        assert_eq!((able.cell, able.name.as_str()), (CellSize::new(8, 17), "foot(1.16)"));
        assert_eq!(typed, b"qw");
    }

    #[test]
    fn silence_is_no_ability() {
        let (able, typed) = Probe::default().finish((80, 24));
        assert_eq!((able, typed), (Abilities::default(), Vec::new()));
    }

    #[test]
    fn in_tmux_the_fence_goes_outside_too() {
        let question = Probe::question(&Hints { tmux: true, ..Hints::default() });
        assert!(question.starts_with(b"\x1bPtmux;") && question.ends_with(b"\x1b\x1b[5n\x1b\\"));
    }
}
