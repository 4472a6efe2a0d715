//! Keys to actions: one trie for the default keys of the table and the person's own.

use super::KeyPress;
use crate::action::Action;
use crate::action::info::{Info, Place, TABLE};
use std::collections::BTreeMap;
use std::collections::HashMap;

/// A node: what it does in each place, and what may follow.
#[derive(Debug, Clone, Default)]
struct Node {
    actions: Vec<(Place, Action)>,
    next: HashMap<KeyPress, Node>,
}

impl Node {
    /// An action of this node, or of what follows it: the first in the table.
    fn first_action(&self) -> Option<Action> {
        let place = |action: &Action| TABLE.iter().position(|info| info.action == *action);
        let follow = self.next.values().filter_map(Node::first_action);
        self.actions.iter().map(|(_, action)| *action).chain(follow).min_by_key(place)
    }
}

/// What a sequence of keys means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// An action.
    Action(Action),
    /// The beginning of longer ones.
    Prefix,
    /// Nothing.
    Nothing,
}

/// The keymap.
#[derive(Debug, Clone, Default)]
pub struct Keymap {
    root: Node,
}

impl Keymap {
    /// Default keys with the person's own on top; answers sentences about those that make no sense, which are left out.
    pub fn new(own: &BTreeMap<String, Vec<String>>) -> (Self, Vec<String>) {
        let (mut keymap, mut wrong) = (Self::default(), Vec::new());
        for name in own.keys().filter(|name| !TABLE.iter().any(|info| info.name == name.as_str())) {
            wrong.push(format!("teclas: no hay ninguna acción «{name}»; los nombres están en docs/atajos.md."));
        }
        // The person's own first: a default never takes a key away from them.
        let (theirs, defaults): (Vec<&Info>, Vec<&Info>) = TABLE.iter().partition(|info| own.contains_key(info.name));
        for info in theirs {
            for text in own.get(info.name).into_iter().flatten() {
                match sequence(text) {
                    Some(keys) if keymap.bind(&keys, info) => {}
                    Some(_) => wrong.push(format!("teclas: «{text}» de «{}» ya es de otra acción.", info.name)),
                    None => wrong.push(format!(
                        "teclas: «{text}» de «{}» no es una tecla; escríbala como ctrl-s, f5 o g.",
                        info.name
                    )),
                }
            }
        }
        let own_everywhere = keymap.clone();
        for info in defaults {
            let mut taken = None;
            let mut bound = false;
            for (text, keys) in info.keys.iter().filter_map(|text| Some((text, sequence(text)?))) {
                if !own_everywhere.is_global(&keys) && keymap.bind(&keys, info) {
                    bound = true;
                } else {
                    taken = taken.or(own_everywhere.taker(&keys, info.place).map(|taker| (text, taker)));
                }
            }
            if let (false, Some((text, taker))) = (bound, taken) {
                wrong.push(format!(
                    "teclas: «{text}» es ahora de «{taker}», y «{}» se ha quedado sin tecla: déle otra en [teclas].",
                    info.name
                ));
            }
        }
        (keymap, wrong)
    }

    /// Binds, unless the same place has it already, or a shorter or longer sequence stands in the way.
    fn bind(&mut self, keys: &[KeyPress], info: &Info) -> bool {
        let mut node = &mut self.root;
        for key in keys {
            if node.actions.iter().any(|(place, _)| *place == info.place) {
                return false;
            }
            node = node.next.entry(*key).or_default();
        }
        if node.actions.iter().any(|(place, _)| *place == info.place) || !node.next.is_empty() {
            return false;
        }
        node.actions.push((info.place, info.action));
        true
    }

    /// The action that keeps these keys from another one in this place: it has them, or a shorter or longer sequence.
    fn taker(&self, keys: &[KeyPress], place: Place) -> Option<&'static str> {
        let in_the_way = |node: &Node| {
            node.actions.iter().find(|(at, _)| *at == place || *at == Place::Global).map(|(_, action)| *action)
        };
        let mut node = &self.root;
        for key in keys {
            node = node.next.get(key)?;
            if let Some(action) = in_the_way(node) {
                return action.info().map(|info| info.name);
            }
        }
        node.first_action().and_then(Action::info).map(|info| info.name)
    }

    /// Whether these keys mean something everywhere.
    fn is_global(&self, keys: &[KeyPress]) -> bool {
        self.node(keys).is_some_and(|node| node.actions.iter().any(|(place, _)| *place == Place::Global))
    }

    /// What these keys mean in a place: the place's own meaning wins over the global one.
    pub fn find(&self, keys: &[KeyPress], place: Place) -> Found {
        let Some(node) = self.node(keys) else { return Found::Nothing };
        let at = |wanted: Place| node.actions.iter().find(|(place, _)| *place == wanted).map(|(_, action)| *action);
        match at(place).or_else(|| at(Place::Global)) {
            Some(action) => Found::Action(action),
            None if node.next.is_empty() => Found::Nothing,
            None => Found::Prefix,
        }
    }

    /// What may follow these keys in a place, for the which-key box.
    pub fn continuations(&self, keys: &[KeyPress], place: Place) -> Vec<(KeyPress, Option<Action>)> {
        let Some(node) = self.node(keys) else { return Vec::new() };
        let mut follow: Vec<_> = node
            .next
            .keys()
            .map(|key| {
                let longer: Vec<KeyPress> = keys.iter().copied().chain([*key]).collect();
                let action = match self.find(&longer, place) {
                    Found::Action(action) => Some(action),
                    Found::Prefix | Found::Nothing => None,
                };
                (*key, action)
            })
            .collect();
        follow.sort_by_key(|(key, _)| key.to_string());
        follow
    }

    /// The keys of an action, shortest first, as people read them.
    pub fn keys_of(&self, action: Action) -> Vec<String> {
        let mut found = Vec::new();
        collect(&self.root, action, &mut Vec::new(), &mut found);
        found.sort_by_key(|text| (text.chars().count(), text.clone()));
        found
    }

    fn node(&self, keys: &[KeyPress]) -> Option<&Node> {
        keys.iter().try_fold(&self.root, |node, key| node.next.get(key))
    }
}

fn collect(node: &Node, action: Action, path: &mut Vec<KeyPress>, found: &mut Vec<String>) {
    if node.actions.iter().any(|(_, a)| *a == action) {
        let names: Vec<String> = path.iter().map(ToString::to_string).collect();
        found.push(names.join(" "));
    }
    for (key, next) in &node.next {
        path.push(*key);
        collect(next, action, path, found);
        path.pop();
    }
}

/// Keys separated by spaces.
fn sequence(text: &str) -> Option<Vec<KeyPress>> {
    let keys: Option<Vec<KeyPress>> = text.split_whitespace().map(KeyPress::parse).collect();
    keys.filter(|keys| !keys.is_empty())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::action::info;

    fn keys(text: &str) -> Vec<KeyPress> {
        sequence(text).unwrap()
    }

    #[test]
    fn every_default_key_is_a_key_and_belongs_to_one_action_of_its_place() {
        let mut seen = std::collections::HashSet::new();
        for info in info::TABLE {
            for text in info.keys {
                assert!(sequence(text).is_some(), "{text}");
                assert!(seen.insert((info.place, *text)), "{text} twice in {:?}", info.place);
                let needs_altgr = text.chars().count() == 1 && "[]{}~\\|@#^`".contains(text);
                assert!(!needs_altgr, "{text} needs AltGr or a dead key on a Spanish keyboard");
            }
        }
    }

    #[test]
    fn own_keys_replace_the_default_ones_of_their_action_alone() {
        let own = BTreeMap::from([
            ("first".to_owned(), vec!["g g".to_owned()]),
            ("validate".to_owned(), vec!["f9".to_owned(), "nonsense".to_owned()]),
            ("no-such".to_owned(), vec!["x".to_owned()]),
        ]);
        let (keymap, wrong) = Keymap::new(&own);
        assert_eq!(wrong.len(), 2, "{wrong:?}");
        assert_eq!(keymap.find(&keys("g"), Place::Global), Found::Prefix);
        assert_eq!(keymap.find(&keys("g g"), Place::Expedientes), Found::Action(Action::First));
        assert_eq!(keymap.find(&keys("v"), Place::Global), Found::Nothing);
        assert_eq!(keymap.find(&keys("f9"), Place::Documentos), Found::Action(Action::Validate));
        assert_eq!(keymap.find(&keys("x"), Place::Global), Found::Action(Action::Reject));
        assert_eq!(keymap.continuations(&keys("g"), Place::Global).len(), 1);
    }

    #[test]
    fn a_place_wins_over_everywhere() {
        let own = BTreeMap::from([("sort".to_owned(), vec!["v".to_owned()])]);
        let (keymap, _) = Keymap::new(&own);
        assert_eq!(keymap.find(&keys("v"), Place::Expedientes), Found::Action(Action::Sort));
        assert_eq!(keymap.find(&keys("v"), Place::Documentos), Found::Action(Action::Validate));
    }

    #[test]
    fn a_default_of_one_place_takes_no_key_from_the_person() {
        let own = BTreeMap::from([("validate".to_owned(), vec!["s".to_owned()])]);
        let (keymap, wrong) = Keymap::new(&own);
        assert_eq!(wrong.len(), 1, "it is told: {wrong:?}");
        assert_eq!(keymap.find(&keys("s"), Place::Expedientes), Found::Action(Action::Validate));
    }

    #[test]
    fn an_action_that_is_left_without_a_key_is_named_with_the_one_that_has_it() {
        let of = |own: &[(&str, &[&str])]| {
            let strings = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
            Keymap::new(&own.iter().map(|(name, keys)| ((*name).to_owned(), strings(keys))).collect())
        };
        let (keymap, wrong) = of(&[("advance", &["f9", "e"])]);
        assert!(wrong.len() == 1 && wrong[0].contains("advance") && wrong[0].contains("edit-indice"), "{wrong:?}");
        assert!(keymap.keys_of(Action::EditIndice).is_empty());
        let (_, wrong) = of(&[("advance", &["e"]), ("edit-indice", &["a"])]);
        assert!(wrong.is_empty(), "each has one: {wrong:?}");
        let (_, wrong) = of(&[("advance", &["k"])]);
        assert!(wrong.is_empty(), "the arrow is left: {wrong:?}");
        let (_, wrong) = of(&[("advance", &["e e"])]);
        assert!(wrong.len() == 1 && wrong[0].contains("advance"), "{wrong:?}");
    }

    #[test]
    fn two_own_actions_on_one_key_are_told() {
        let own = BTreeMap::from([
            ("validate".to_owned(), vec!["f9".to_owned()]),
            ("reject".to_owned(), vec!["f9".to_owned()]),
        ]);
        let (keymap, wrong) = Keymap::new(&own);
        assert_eq!(wrong.len(), 1, "{wrong:?}");
        assert!(matches!(keymap.find(&keys("f9"), Place::Global), Found::Action(_)));
    }
}
