//! What the environment says about the terminal. It only hints: the terminal's own answers win.

/// Names of the environment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hints {
    /// `TERM`.
    pub term: String,
    /// `TERM_PROGRAM`, or `LC_TERMINAL`, which survives ssh.
    pub program: String,
    /// Inside tmux.
    pub tmux: bool,
    /// Inside GNU screen, which passes no pictures on.
    pub screen: bool,
    /// Over ssh.
    pub ssh: bool,
}

impl Hints {
    /// From this process's environment.
    pub fn from_env() -> Self {
        Self::from_vars(|name| std::env::var(name).ok())
    }

    /// From variables by name.
    pub fn from_vars(var: impl Fn(&str) -> Option<String>) -> Self {
        let get = |name: &str| var(name).unwrap_or_default();
        let term = get("TERM");
        let program = [get("TERM_PROGRAM"), get("LC_TERMINAL")];
        // tmux names itself; what is outside may still be told by LC_TERMINAL.
        let program = program.into_iter().find(|name| !name.is_empty() && name != "tmux").unwrap_or_default();
        let tmux = var("TMUX").is_some() || term.starts_with("tmux");
        Self {
            tmux,
            screen: !tmux && (var("STY").is_some() || term.starts_with("screen")),
            ssh: var("SSH_CONNECTION").is_some(),
            program,
            term,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(list: &[(&str, &str)]) -> Hints {
        Hints::from_vars(|name| list.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn multiplexers_are_told_apart() {
        let inside =
            of(&[("TERM", "screen-256color"), ("TMUX", "/tmp/x"), ("TERM_PROGRAM", "tmux"), ("LC_TERMINAL", "iTerm2")]);
        assert!(inside.tmux && !inside.screen);
        assert_eq!(inside.program, "iTerm2");
        assert!(of(&[("TERM", "screen")]).screen);
        assert!(!of(&[("TERM", "xterm-kitty")]).tmux);
    }
}
