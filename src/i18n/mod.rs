//! The message catalogue: `locales/es.ftl` and `locales/en.ftl`, in Fluent. A sentence that names a key says `TECLA("upload")`: the key that
//! action has here, whatever it was remapped to.

pub mod keys;

use crate::input::Keymap;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

const ES: &str = include_str!("../locales/es.ftl");
const EN: &str = include_str!("../locales/en.ftl");

/// A value in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// Text, as it is.
    Text(String),
    /// A number, which may decide the sentence's plural.
    Number(i64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Arg {
    fn from(n: usize) -> Self {
        Self::Number(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

/// A sentence in the state, which knows no language: a key of the catalogue with its values, or one that came ready (from the service, from
/// the rules of the domain).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// Ready.
    Ready(String),
    /// To be looked up.
    Key(&'static str, Vec<(&'static str, Arg)>),
}

impl Text {
    /// A sentence without values.
    pub const fn key(key: &'static str) -> Self {
        Self::Key(key, Vec::new())
    }

    /// With one value more.
    pub fn with(self, name: &'static str, value: impl Into<Arg>) -> Self {
        match self {
            Self::Key(key, mut args) => {
                args.push((name, value.into()));
                Self::Key(key, args)
            }
            ready => ready,
        }
    }
}

impl From<String> for Text {
    fn from(ready: String) -> Self {
        Self::Ready(ready)
    }
}

impl From<&str> for Text {
    fn from(ready: &str) -> Self {
        Self::Ready(ready.to_owned())
    }
}

/// All sentences of one language.
pub struct Catalogue {
    bundle: FluentBundle<FluentResource>,
    lang: &'static str,
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalogue").field("lang", &self.lang).finish_non_exhaustive()
    }
}

impl Default for Catalogue {
    fn default() -> Self {
        Self::new("es")
    }
}

impl Catalogue {
    /// `en…` is English, everything else Spanish; with the keys as they come.
    pub fn new(lang: &str) -> Self {
        Self::with_keys(lang, &Keymap::new(&BTreeMap::new()).0)
    }

    /// Likewise, with the keys of this person.
    pub fn with_keys(lang: &str, keymap: &Keymap) -> Self {
        let (lang, source) = if lang.starts_with("en") { ("en", EN) } else { ("es", ES) };
        let mut bundle = FluentBundle::new_concurrent(lang.parse().ok().into_iter().collect());
        bundle.set_use_isolating(false);
        // A wrong line of a catalogue loses that line alone; a test finds it.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let _ = bundle.add_resource(resource);
        let mut catalogue = Self { bundle, lang };
        let names = keys::of_actions(&catalogue, keymap);
        // Refused only when there is one of that name already.
        let _ = catalogue.bundle.add_function("TECLA", move |args, _| match args.first() {
            Some(FluentValue::String(action)) => {
                names.get(action.as_ref()).map_or(FluentValue::Error, |key| key.clone().into())
            }
            _ => FluentValue::Error,
        });
        catalogue
    }

    /// That of a configuration, read once: for filters that look for what is on screen.
    pub fn of(lang: Option<&str>) -> &'static Self {
        static SPANISH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::new("es"));
        static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::new("en"));
        if lang.is_some_and(|lang| lang.starts_with("en")) { &ENGLISH } else { &SPANISH }
    }

    /// The language of the locale, when neither configuration nor command line says one.
    pub fn from_locale() -> &'static str {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
        if locale.is_some_and(|locale| locale.starts_with("en")) { "en" } else { "es" }
    }

    /// Its language tag.
    pub fn lang(&self) -> &'static str {
        self.lang
    }

    /// Whether there is such a sentence.
    pub fn has(&self, key: &str) -> bool {
        self.lookup(key, &[]).is_some()
    }

    /// A sentence without values. `key.attribute` names an attribute. An unknown key shows itself.
    pub fn text(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// A sentence with values.
    pub fn with(&self, key: &str, args: &[(&'static str, Arg)]) -> String {
        self.lookup(key, args).unwrap_or_else(|| key.to_owned())
    }

    /// A sentence of the state.
    pub fn show(&self, text: &Text) -> String {
        match text {
            Text::Ready(ready) => ready.clone(),
            Text::Key(key, args) => self.with(key, args),
        }
    }

    fn lookup(&self, key: &str, args: &[(&'static str, Arg)]) -> Option<String> {
        let (id, attribute) = key.split_once('.').map_or((key, None), |(id, attribute)| (id, Some(attribute)));
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        let mut values = FluentArgs::new();
        for (name, arg) in args {
            match arg {
                Arg::Text(text) => values.set(*name, text.as_str()),
                Arg::Number(n) => values.set(*name, FluentValue::from(*n)),
            }
        }
        Some(self.bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::action::info::TABLE;
    use std::collections::BTreeSet;
    use std::path::Path;

    /// Keys of a catalogue's source: lines that begin with one.
    fn keys(source: &str) -> BTreeSet<String> {
        let starts = source.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        starts.filter_map(|line| line.split_once(" =").map(|(key, _)| key.to_owned())).collect()
    }

    /// Sources of the client, one after the other.
    fn sources(folder: &Path, text: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, text);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                text.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }

    /// What stands in quotes behind `before`.
    fn quoted_after<'t>(text: &'t str, before: &str) -> Vec<&'t str> {
        let starts = text.match_indices(before).map(|(at, _)| &text[at + before.len()..]);
        starts
            .filter_map(|rest| rest.split('"').next())
            .filter(|key| !key.is_empty() && !key.contains(['{', ' ']))
            .collect()
    }

    #[test]
    fn both_languages_say_the_same_things() {
        assert_eq!(keys(ES), keys(EN));
        for source in [ES, EN] {
            assert!(FluentResource::try_new(source.to_owned()).is_ok());
        }
    }

    #[test]
    fn whatever_the_code_says_is_there_and_nothing_else() {
        let mut text = String::new();
        sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut text);
        let texts = Catalogue::new("es");
        for before in ["Text::key(\"", "texts.text(\"", "texts.with(\"", "Some(\"no-"] {
            for key in quoted_after(&text, before) {
                let key = if before.ends_with("no-") { format!("no-{key}") } else { key.to_owned() };
                assert!(texts.has(&key), "{key}");
            }
        }
        for key in
            keys(ES).iter().filter(|key| !["accion-", "rol-", "clase-", "col-"].iter().any(|p| key.starts_with(p)))
        {
            assert!(text.contains(&format!("\"{key}\"")), "{key} is never said");
        }
    }

    #[test]
    fn every_action_has_its_sentences() {
        for lang in ["es", "en"] {
            let texts = Catalogue::new(lang);
            for info in TABLE {
                for suffix in ["", ".corta", ".ayuda"] {
                    let key = format!("accion-{}{suffix}", info.name);
                    assert!(texts.has(&key), "{lang} {key}");
                }
            }
        }
    }

    #[test]
    fn a_sentence_names_the_key_that_is_in_force() {
        assert!(Catalogue::new("es").text("documentos-vacio").contains("Pulse u "));
        let keymap = Keymap::new(&[("upload".to_owned(), vec!["ctrl-u".to_owned()])].into()).0;
        assert!(Catalogue::with_keys("es", &keymap).text("documentos-vacio").contains("Pulse Ctrl-U "));
        for key in keys(ES) {
            for lang in ["es", "en"] {
                let shown = Catalogue::new(lang).text(&key);
                assert!(!shown.contains("TECLA") && !shown.contains("???"), "{lang} {key}: {shown}");
            }
        }
    }

    #[test]
    fn values_stand_in_their_sentences_as_they_are() {
        let texts = Catalogue::new("es");
        assert_eq!(texts.with("faltan", &[("n", 1usize.into())]), "falta 1");
        assert_eq!(texts.with("faltan", &[("n", 3usize.into())]), "faltan 3");
        assert_eq!(texts.with("documento-validado", &[("nombre", "a.pdf".into())]), "Validado: a.pdf");
        let unknown = ["no", "hay"].join("-");
        assert_eq!(texts.text(&unknown), unknown);
    }
}
