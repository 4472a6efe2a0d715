//! Themes: `themes/*.toml`.

use std::path::Path;

/// How many colours the terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColorDepth {
    /// None: `NO_COLOR`.
    None,
    /// The terminal's own sixteen.
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// 24 bits.
    True,
}

impl ColorDepth {
    /// From `NO_COLOR`, `COLORTERM` and `TERM`.
    pub fn detect() -> Self {
        let variable = |name: &str| std::env::var(name).unwrap_or_default();
        if !variable("NO_COLOR").is_empty() {
            return Self::None;
        }
        match (variable("COLORTERM").as_str(), variable("TERM").as_str()) {
            ("truecolor" | "24bit", _) => Self::True,
            (_, term) if term.contains("256color") => Self::Indexed,
            _ => Self::Sixteen,
        }
    }
}

/// Styles by purpose.
#[derive(Debug, Clone, Default)]
pub struct Theme {}

impl Theme {
    /// A theme by name.
    pub fn load(name: &str, _depth: ColorDepth, _own: Option<&Path>) -> Result<Self, String> {
        if Self::names().contains(&name) { Ok(Self {}) } else { Err(format!("No hay ningún tema «{name}».")) }
    }

    /// Those that ship.
    pub fn names() -> Vec<&'static str> {
        vec!["terminal"]
    }
}
