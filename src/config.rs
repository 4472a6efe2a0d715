//! The person's configuration: `config.toml` in the platform's folder, `EXPEDIENTES_CONFIG`, or defaults. `config.example.toml` shows every key.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Typed configuration; unknown keys are refused by name and line.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Address of the service.
    pub servidor: Option<String>,
    /// Certificate authority of the service, PEM.
    pub ca: Option<PathBuf>,
    /// User name offered at sign-in.
    pub usuario: Option<String>,
    /// `es` or `en`; the locale when not said.
    pub idioma: Option<String>,
    /// Theme by name: one of those that ship, or a file in the themes folder.
    pub tema: String,
    /// Glyphs.
    pub simbolos: Simbolos,
    /// Whether the mouse is used.
    pub raton: bool,
    /// How pages are drawn.
    pub vista_previa: VistaPrevia,
    /// Keys by action name; they replace the default ones of that action.
    pub teclas: BTreeMap<String, Vec<String>>,
    /// Uploads at once.
    pub subidas_a_la_vez: usize,
    /// Rows of the list asked for at once.
    pub filas: u32,
}

/// Which glyphs mark states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Simbolos {
    /// ✓ · ✗ ○
    Unicode,
    /// Plain letters.
    Ascii,
}

/// How pages are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VistaPrevia {
    /// What the terminal is best at.
    Auto,
    /// Half blocks of the terminal's colours.
    Medios,
    /// The page's text.
    Texto,
    /// None.
    No,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            servidor: None,
            ca: None,
            usuario: None,
            idioma: None,
            tema: "terminal".to_owned(),
            simbolos: Simbolos::Unicode,
            raton: true,
            vista_previa: VistaPrevia::Auto,
            teclas: BTreeMap::new(),
            subidas_a_la_vez: 3,
            filas: 60,
        }
    }
}
