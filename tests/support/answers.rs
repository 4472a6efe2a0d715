//! What terminals answer when a program asks what they can do.

/// Ends every question.
const FENCE: &[u8] = b"\x1b[5n";
const FENCE_IN_TMUX: &[u8] = b"\x1b\x1b[5n";

/// A terminal's answers to one question.
#[derive(Debug, Clone)]
pub struct Answers {
    pub bytes: Vec<u8>,
    /// What has come of it is known by this.
    fence: &'static [u8],
}

impl Answers {
    fn of(bytes: &[u8]) -> Self {
        Self { bytes: bytes.to_vec(), fence: FENCE }
    }

    /// One that knows itself and nothing of pictures.
    pub fn bare() -> Self {
        Self::of(b"\x1b[?62;22c\x1b[0n")
    }

    /// One that never answers.
    pub fn silent() -> Self {
        Self::of(b"")
    }

    pub fn kitty() -> Self {
        Self::of(b"\x1b_Gi=31;OK\x1b\\\x1b[6;17;8t\x1b[4;850;1600t\x1b[?2026;2$y\x1bP>|kitty(0.41.1)\x1b\\\x1b[?62;52;c\x1b[0n")
    }

    /// kitty around a tmux that passes things on.
    pub fn kitty_in_tmux() -> Self {
        Self { fence: FENCE_IN_TMUX, ..Self::kitty() }
    }

    pub fn wezterm() -> Self {
        Self::of(b"\x1b_Gi=31;OK\x1b\\\x1b[6;17;8t\x1b[4;850;1600t\x1b[?2026;2$y\x1bP>|WezTerm 20240203-110809\x1b\\\x1b[?65;4;6;18;22c\x1b[0n")
    }

    /// Knows no pictures, but draws sextants.
    pub fn gnome_terminal() -> Self {
        Self::of(b"\x1b[6;17;8t\x1b[4;850;1600t\x1b[?2026;2$y\x1bP>|VTE(7600)\x1b\\\x1b[?65;1;9c\x1b[0n")
    }

    /// A bare one around a tmux that passes things on.
    pub fn bare_in_tmux() -> Self {
        Self { fence: FENCE_IN_TMUX, ..Self::bare() }
    }

    pub fn xterm_with_sixel() -> Self {
        Self::of(b"\x1b[6;17;8t\x1b[4;850;1600t\x1b[?2026;0$y\x1bP>|XTerm(379)\x1b\\\x1b[?62;4;9;22c\x1b[0n")
    }

    /// How many questions there are in what a program has written.
    pub fn questions(&self, written: &[u8]) -> usize {
        written.windows(self.fence.len()).filter(|window| *window == self.fence).count()
    }
}
