//! Names of keys in the person's language: the keymap speaks Spanish.

use super::Catalogue;
use crate::action::info::TABLE;
use crate::input::Keymap;
use std::collections::BTreeMap;

/// Names as [`crate::input::KeyPress`] shows them, with their messages.
const NAMES: [(&str, &str); 9] = [
    ("Intro", "tecla-intro"),
    ("Espacio", "tecla-espacio"),
    ("Mayús", "tecla-mayus"),
    ("Inicio", "tecla-inicio"),
    ("Fin", "tecla-fin"),
    ("RePág", "tecla-repag"),
    ("AvPág", "tecla-avpag"),
    ("Retroceso", "tecla-retroceso"),
    ("Supr", "tecla-supr"),
];

/// The same keys with the names this language has for them.
pub fn named(texts: &Catalogue, shown: &str) -> String {
    NAMES.iter().fold(shown.to_owned(), |keys, (name, key)| keys.replace(name, &texts.text(key)))
}

/// The first key of each action by the action's name; the palette opens what has none.
pub(super) fn of_actions(texts: &Catalogue, keymap: &Keymap) -> BTreeMap<&'static str, String> {
    let first = |action| keymap.keys_of(action).into_iter().next();
    let palette = first(crate::action::Action::Palette).unwrap_or_default();
    TABLE.iter().map(|info| (info.name, named(texts, &first(info.action).unwrap_or_else(|| palette.clone())))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_their_names_in_both_languages() {
        let keys = "Intro Mayús-Tab RePág g";
        assert_eq!(named(&Catalogue::new("es"), keys), keys);
        assert_eq!(named(&Catalogue::new("en"), keys), "Enter Shift-Tab PgUp g");
    }
}
