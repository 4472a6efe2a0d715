//! Through tmux: what is wrapped goes to the terminal outside, if `allow-passthrough` is on.

/// Wraps bytes so that tmux hands them on (`DCS tmux; … ST`, each ESC twice).
pub fn wrap(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 16);
    out.extend_from_slice(b"\x1bPtmux;");
    for byte in bytes {
        if *byte == 0x1b {
            out.push(0x1b);
        }
        out.push(*byte);
    }
    out.extend_from_slice(b"\x1b\\");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_doubled() {
        assert_eq!(wrap(b"\x1b_Gi=1;\x1b\\"), b"\x1bPtmux;\x1b\x1b_Gi=1;\x1b\x1b\\\x1b\\");
    }
}
