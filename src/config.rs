//! The person's configuration: the file that `EXPEDIENTES_CONFIG` names, else `config.toml` in the platform's folder, else defaults.
//! `config.example.toml` shows every key; nothing is ever written, so that nobody stays pinned to old defaults.

use directories::ProjectDirs;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

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
    /// By kitty's graphics protocol.
    Kitty,
    /// As iTerm2's inline images.
    Iterm,
    /// By sixel.
    Sixel,
    /// Half blocks of the terminal's colours.
    Medios,
    /// The page's text.
    Texto,
    /// None.
    No,
}

impl VistaPrevia {
    /// What `--preview` takes, and what it means.
    pub const WORDS: [(&'static str, Self); 7] = [
        ("auto", Self::Auto),
        ("kitty", Self::Kitty),
        ("iterm", Self::Iterm),
        ("sixel", Self::Sixel),
        ("halfblocks", Self::Medios),
        ("text", Self::Texto),
        ("off", Self::No),
    ];

    /// The one of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::WORDS.into_iter().find(|(known, _)| *known == word).map(|(_, which)| which)
    }
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

impl Config {
    /// Reads the configuration, or says in one sentence what is wrong with which line of which file.
    pub fn load() -> Result<Self, String> {
        match std::env::var_os("EXPEDIENTES_CONFIG") {
            Some(path) => Self::read(Path::new(&path)),
            None => match folder().map(|folder| folder.join("config.toml")) {
                Some(path) if path.exists() => Self::read(&path),
                _ => Ok(Self::default()),
            },
        }
    }

    fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("No se puede leer la configuración {}: {error}.", path.display()))?;
        Self::parse(&text).map_err(|sentence| format!("{}: {sentence}", path.display()))
    }

    /// Reads the text of a configuration file.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            let reason = error
                .message()
                .replace("unknown field", "clave desconocida")
                .replace("expected one of", "las claves son");
            format!("línea {line}: {reason}")
        })
    }
}

/// The folder of `config.toml` and of the person's own `themes/`.
pub fn folder() -> Option<PathBuf> {
    ProjectDirs::from("", "", "expedientes").map(|dirs| dirs.config_dir().to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// The example shows every key, commented, with its default.
    #[test]
    fn the_example_is_the_code() {
        let example = include_str!("../config.example.toml");
        let uncommented: String = example
            .lines()
            .filter_map(|line| line.strip_prefix('#'))
            .filter(|line| !line.starts_with(' ') && !line.is_empty())
            .map(|line| format!("{line}\n"))
            .collect();
        let shown = Config::parse(&uncommented).unwrap();
        let optional = Config { servidor: None, ca: None, usuario: None, idioma: None, ..shown.clone() };
        assert_eq!(optional, Config::default());
        assert!(shown.servidor.is_some() && shown.ca.is_some() && shown.usuario.is_some() && shown.idioma.is_some());
        assert_eq!(Config::parse(example).unwrap(), Config::default(), "the example as it ships changes nothing");
        let unknown = Config::parse("nada_de_esto = 1").unwrap_err();
        for key in unknown.split('`').skip(3).step_by(2) {
            assert!(uncommented.contains(&format!("{key} =")) || uncommented.contains(&format!("[{key}]")), "{key}");
        }
    }

    #[test]
    fn a_mistake_is_named_with_its_line() {
        let sentence = Config::parse("raton = true\ntemaa = \"x\"\n").unwrap_err();
        assert!(sentence.starts_with("línea 2:") && sentence.contains("temaa"), "{sentence}");
    }
}
