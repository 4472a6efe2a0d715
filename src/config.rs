//! The person's configuration: the file that `EXPEDIENTES_CONFIG` names, else `config.toml` in the platform's folder, else defaults.
//! `config.example.toml` shows every key; nothing is ever written, so that nobody stays pinned to old defaults.

use crate::state::nitidez::Calidad;
use directories::ProjectDirs;
use domain::mistake::{in_spanish, of_system};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
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
    /// How sharp pages are asked for.
    pub calidad: Calidad,
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
    /// Likewise, in four parts of a cell.
    Cuadrantes,
    /// In six.
    Sextantes,
    /// In eight.
    Octantes,
    /// The page's text.
    Texto,
    /// None.
    No,
}

impl VistaPrevia {
    /// What `--preview` takes, and what it means.
    pub const WORDS: [(&'static str, Self); 10] = [
        ("auto", Self::Auto),
        ("kitty", Self::Kitty),
        ("iterm", Self::Iterm),
        ("sixel", Self::Sixel),
        ("halfblocks", Self::Medios),
        ("quadrants", Self::Cuadrantes),
        ("sextants", Self::Sextantes),
        ("octants", Self::Octantes),
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
            calidad: Calidad::Auto,
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
            .map_err(|error| format!("No se puede leer la configuración {}: {}.", path.display(), of_system(&error)))?;
        Self::parse(&text).map_err(|sentence| format!("{}: {sentence}", path.display()))
    }

    /// Reads the text of a configuration file.
    pub fn parse(text: &str) -> Result<Self, String> {
        let config: Self = toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            told(text, start, &in_spanish(error.message()))
        })?;
        match config.mistake() {
            Some((key, sentence)) => Err(told(text, offset_of(text, key), &sentence)),
            None => Ok(config),
        }
    }

    /// A value that TOML takes and this program does not: its key, and what to do.
    fn mistake(&self) -> Option<(&'static str, String)> {
        let idioma = self.idioma.as_deref();
        if let Some(other) = idioma.filter(|idioma| !matches!(*idioma, "es" | "en")) {
            return Some(("idioma", format!("No hay ningún idioma «{other}»: escriba \"es\" o \"en\".")));
        }
        if !FILAS.contains(&self.filas) {
            let (least, most) = (FILAS.start(), FILAS.end());
            return Some(("filas", format!("«filas» va de {least} a {most}: corrija el número.")));
        }
        if self.subidas_a_la_vez == 0 {
            return Some((
                "subidas_a_la_vez",
                "«subidas_a_la_vez» ha de ser 1 al menos: corrija el número.".to_owned(),
            ));
        }
        None
    }
}

/// Rows of the list that may be asked for at once.
const FILAS: RangeInclusive<u32> = 10..=200;

fn told(text: &str, start: usize, sentence: &str) -> String {
    let line = text[..text.floor_char_boundary(start)].matches('\n').count() + 1;
    format!("línea {line}: {sentence}")
}

/// Where a key of the outermost table stands.
fn offset_of(text: &str, key: &str) -> usize {
    let is_it = |line: &str| line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if is_it(line) {
            return at;
        }
        at += line.len();
    }
    0
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
        let (_, keys) = unknown.trim_end_matches('.').split_once("una de estas: ").unwrap();
        for key in keys.split(", ") {
            assert!(uncommented.contains(&format!("{key} =")) || uncommented.contains(&format!("[{key}]")), "{key}");
        }
    }

    #[test]
    fn a_mistake_is_told_with_its_line_and_what_to_do() {
        let cases = [
            ("raton = true\ntemaa = \"x\"\n", "línea 2: La clave «temaa» no existe"),
            ("tema = papel", "línea 1: El fichero no se entiende aquí: escriba el valor"),
            ("\n\nfilas = \"x\"", "línea 3: Aquí va un número entero"),
            ("simbolos = \"letras\"", "línea 1: «letras» no vale aquí: use uno de estos valores: unicode, ascii."),
            ("raton = true\n filas = 5", "línea 2: «filas» va de 10 a 200"),
            ("subidas_a_la_vez = 0", "línea 1: «subidas_a_la_vez» ha de ser 1"),
            ("tema = \"papel\"\nidioma = \"fr\"", "línea 2: No hay ningún idioma «fr»"),
            ("[teclas]\nsave = \"ctrl-s\"", "línea 2: Aquí va una lista entre corchetes y hay el texto «ctrl-s»"),
        ];
        for (text, told) in cases {
            let sentence = Config::parse(text).unwrap_err();
            assert!(sentence.starts_with(told), "{sentence}");
        }
    }
}
