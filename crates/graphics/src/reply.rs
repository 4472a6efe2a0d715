//! What a terminal answers, told apart from what somebody types meanwhile. Fed byte by byte, in whatever pieces they come.

/// Longest answer that is gathered, in bytes; what is longer is no answer.
const MAX: usize = 512;

/// An answer of the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// To a kitty graphics command: its id and whether it was taken.
    Kitty {
        /// Image id.
        id: u32,
        /// `OK`.
        ok: bool,
    },
    /// Size of a cell in pixels (`CSI 6 ; h ; w t`).
    Cell {
        /// Width.
        width: u16,
        /// Height.
        height: u16,
    },
    /// Size of the text area in pixels (`CSI 4 ; h ; w t`).
    Area {
        /// Width.
        width: u16,
        /// Height.
        height: u16,
    },
    /// State of a private mode (DECRPM): 1 or 2 mean that the terminal knows it.
    Mode {
        /// Which.
        mode: u16,
        /// 0 unknown, 1 set, 2 reset, 3 always set, 4 always reset.
        state: u16,
    },
    /// Name and version (XTVERSION).
    Name(String),
    /// Primary device attributes (DA1).
    Attributes(Vec<u16>),
    /// The fence: status report (`CSI 0 n`).
    Ready,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// An answer.
    Reply(Reply),
    /// Something else: keys. Each escape sequence is whole.
    Typed(Vec<u8>),
}

/// Where in a sequence the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum At {
    #[default]
    Ground,
    Escape,
    Csi,
    /// In a DCS, APC or OSC string.
    Text,
    /// After an ESC within such a string.
    TextEscape,
}

/// The reader.
#[derive(Debug, Clone, Default)]
pub struct Replies {
    at: At,
    gathered: Vec<u8>,
    /// How many of the gathered bytes were handed on as keys before it was known what they begin.
    handed: usize,
}

impl Replies {
    /// Reads bytes; what is not whole yet is kept for the next ones.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for byte in bytes {
            self.byte(*byte, &mut pieces);
        }
        pieces
    }

    /// What is gathered of a sequence that never ended: keys after all (Esc alone is one).
    pub fn rest(&mut self) -> Option<Piece> {
        let rest = self.take();
        (!rest.is_empty()).then_some(Piece::Typed(rest))
    }

    /// Whether something has begun that is short enough to be a key somebody pressed: Esc, or Alt with what introduces an answer.
    pub fn holds_key(&self) -> bool {
        self.gathered.len() <= 2 && self.handed < self.gathered.len()
    }

    /// Nothing has followed what [`Replies::holds_key`] for as long as a terminal takes to write on: it is handed on as a key. Should an answer
    /// go on there after all, it is one still.
    pub fn hurry(&mut self) -> Option<Piece> {
        if !self.holds_key() {
            return None;
        }
        let key = self.gathered.split_at(self.handed).1.to_vec();
        self.handed = self.gathered.len();
        Some(Piece::Typed(key))
    }

    /// Whether a sequence has begun that only a terminal writes.
    pub fn is_within(&self) -> bool {
        self.gathered.len() > 2
    }

    fn byte(&mut self, byte: u8, pieces: &mut Vec<Piece>) {
        if self.at == At::Ground && byte != 0x1b {
            return typed(pieces, &[byte]);
        }
        // An ESC begins something new, wherever it comes, but within a string it may be its end.
        if byte == 0x1b && matches!(self.at, At::Ground | At::Escape | At::Csi) {
            self.end(pieces);
            self.at = At::Escape;
            self.gathered.push(byte);
            return;
        }
        self.gathered.push(byte);
        self.at = match (self.at, byte) {
            // `ESC O` and a letter is an arrow: it stays together.
            (At::Escape, b'[' | b'O') => At::Csi,
            (At::Escape, b'_' | b'P' | b']') => At::Text,
            (At::Csi, 0x40..=0x7e) | (At::Escape, _) | (At::TextEscape, b'\\') | (At::Text, 0x07) => {
                return self.end(pieces);
            }
            (At::Text, 0x1b) => At::TextEscape,
            (At::TextEscape, _) => At::Text,
            (at, _) => at,
        };
        if self.gathered.len() > MAX {
            self.end(pieces);
        }
    }

    /// A sequence is whole: an answer, or keys.
    fn end(&mut self, pieces: &mut Vec<Piece>) {
        match read(&self.gathered) {
            Some(reply) => {
                self.take();
                pieces.push(Piece::Reply(reply));
            }
            None => typed(pieces, &self.take()),
        }
    }

    /// What is gathered and was not handed on; nothing is any more.
    fn take(&mut self) -> Vec<u8> {
        self.at = At::Ground;
        let mut whole = std::mem::take(&mut self.gathered);
        whole.drain(..std::mem::take(&mut self.handed).min(whole.len()));
        whole
    }
}

fn typed(pieces: &mut Vec<Piece>, bytes: &[u8]) {
    match pieces.last_mut() {
        _ if bytes.is_empty() => {}
        Some(Piece::Typed(before)) => before.extend_from_slice(bytes),
        _ => pieces.push(Piece::Typed(bytes.to_vec())),
    }
}

impl Reply {
    /// The answer that a whole sequence is.
    pub fn read(sequence: &[u8]) -> Option<Self> {
        read(sequence)
    }
}

fn read(sequence: &[u8]) -> Option<Reply> {
    let text = std::str::from_utf8(sequence).ok()?;
    let body = text.strip_prefix('\x1b')?;
    if let Some(csi) = body.strip_prefix('[') {
        return read_csi(csi);
    }
    let string = body.strip_suffix("\x1b\\").or_else(|| body.strip_suffix('\x07'))?;
    if let Some(name) = string.strip_prefix("P>|") {
        return Some(Reply::Name(name.chars().filter(|c| !c.is_control()).take(80).collect()));
    }
    let (keys, answer) = string.strip_prefix("_G")?.split_once(';')?;
    let id = keys.split(',').find_map(|key| key.strip_prefix("i="))?.parse().ok()?;
    Some(Reply::Kitty { id, ok: answer == "OK" })
}

fn read_csi(csi: &str) -> Option<Reply> {
    let (body, last) = csi.split_at_checked(csi.len().checked_sub(1)?)?;
    let numbers = |text: &str| text.split(';').map(|n| n.parse().ok()).collect::<Option<Vec<u16>>>();
    match (last, body.strip_prefix('?')) {
        ("c", Some(list)) => numbers(list).map(Reply::Attributes),
        ("y", Some(report)) => match numbers(report.strip_suffix('$')?)?[..] {
            [mode, state] => Some(Reply::Mode { mode, state }),
            _ => None,
        },
        ("n", None) if body == "0" => Some(Reply::Ready),
        ("t", None) => match numbers(body)?[..] {
            [6, height, width] => Some(Reply::Cell { width, height }),
            [4, height, width] => Some(Reply::Area { width, height }),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KITTY: &[u8] =
        b"\x1b_Gi=31;OK\x1b\\\x1b[6;17;8t\x1b[4;765;1280t\x1b[?2026;2$y\x1bP>|kitty(0.41.1)\x1b\\\x1b[?62;4;22c\x1b[0n";

    fn replies(pieces: Vec<Piece>) -> Vec<Reply> {
        pieces
            .into_iter()
            .filter_map(|piece| if let Piece::Reply(reply) = piece { Some(reply) } else { None })
            .collect()
    }

    #[test]
    fn all_answers_are_read() {
        let expected = vec![
            Reply::Kitty { id: 31, ok: true },
            Reply::Cell { width: 8, height: 17 },
            Reply::Area { width: 1280, height: 765 },
            Reply::Mode { mode: 2026, state: 2 },
            Reply::Name("kitty(0.41.1)".to_owned()),
            Reply::Attributes(vec![62, 4, 22]),
            Reply::Ready,
        ];
        assert_eq!(replies(Replies::default().feed(KITTY)), expected);
    }

    #[test]
    fn keys_between_answers_stay_keys() {
        let mut reader = Replies::default();
        let pieces = reader.feed(b"a\x1b[A\x1b[0n\x1bOBb\x1b");
        assert_eq!(
            pieces,
            [Piece::Typed(b"a\x1b[A".to_vec()), Piece::Reply(Reply::Ready), Piece::Typed(b"\x1bOBb".to_vec())].to_vec()
        );
        assert_eq!(reader.rest(), Some(Piece::Typed(b"\x1b".to_vec())), "Esc alone is a key");
        assert_eq!(reader.rest(), None);
    }

    #[test]
    fn a_key_does_not_wait_for_what_might_follow_and_an_answer_is_still_one() {
        let mut reader = Replies::default();
        assert_eq!(reader.feed(b"\x1b"), []);
        assert_eq!(reader.hurry(), Some(Piece::Typed(b"\x1b".to_vec())));
        assert_eq!((reader.hurry(), reader.rest()), (None, None), "only once");
        // Esc, and then something else.
        reader.feed(b"\x1b");
        reader.hurry();
        assert_eq!(reader.feed(b"j"), [Piece::Typed(b"j".to_vec())]);
        // The line has stopped within an answer.
        reader.feed(b"\x1b");
        reader.hurry();
        assert_eq!(reader.feed(b"[0"), []);
        assert!(!reader.holds_key() && reader.is_within());
        assert_eq!(reader.feed(b"n"), [Piece::Reply(Reply::Ready)]);
    }

    #[test]
    fn a_string_without_end_is_given_up() {
        let mut reader = Replies::default();
        let pieces = reader.feed(&[b"\x1b_G".as_slice(), &[b'x'; 2 * MAX]].concat());
        assert!(replies(pieces).is_empty());
        assert_eq!(replies(reader.feed(b"\x1b[0n")), [Reply::Ready]);
    }

    proptest! {
        #[test]
        fn pieces_of_any_size_read_the_same(cuts in proptest::collection::vec(0..KITTY.len(), 0..8)) {
            let mut cuts = cuts;
            cuts.extend([0, KITTY.len()]);
            cuts.sort_unstable();
            let mut reader = Replies::default();
            let read: Vec<Piece> = cuts.windows(2).flat_map(|pair| reader.feed(&KITTY[pair[0]..pair[1]])).collect();
            prop_assert_eq!(replies(read), replies(Replies::default().feed(KITTY)));
        }

        #[test]
        fn no_typed_byte_is_lost(bytes in proptest::collection::vec(any::<u8>(), 0..200), pause in 1usize..40) {
            let mut reader = Replies::default();
            let mut pieces = Vec::new();
            for some in bytes.chunks(pause) {
                pieces.extend(reader.feed(some));
                pieces.extend(reader.hurry());
            }
            pieces.extend(reader.rest());
            let any_reply = pieces.iter().any(|piece| matches!(piece, Piece::Reply(_)));
            let typed: Vec<u8> = pieces.into_iter().flat_map(|piece| match piece {
                Piece::Typed(bytes) => bytes,
                Piece::Reply(_) => Vec::new(),
            }).collect();
            prop_assert!(any_reply || typed == bytes);
        }
    }
}
