//! Themes: `themes/*.toml`.

/// Styles by purpose.
#[derive(Debug, Clone, Default)]
pub struct Theme {}
