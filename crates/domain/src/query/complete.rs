//! What may stand at the cursor of the search box.

use super::{BuiltIn, Field, FieldKind, Schema, value};
use crate::texto::fold;
use std::ops::Range;

/// Proposals at most.
const MAX: usize = 20;

/// One proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The bytes of the text it replaces.
    pub replace: Range<usize>,
    /// What it puts there: `fase:` or `fase:matriculacion`.
    pub insert: String,
    /// What it means, for people.
    pub hint: String,
}

/// Proposals for the cursor (a byte offset), best first, at most 20. `asesores` are user name and full name of those that can be named.
pub fn complete(text: &str, cursor: usize, schema: &Schema<'_>, asesores: &[(String, String)]) -> Vec<Proposal> {
    let Some(before) = text.get(..cursor) else { return Vec::new() };
    let start =
        before.rfind(char::is_whitespace).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let word = &before[start..];
    let (sign, body) = word.strip_prefix('-').map_or(("", word), |rest| ("-", rest));
    let found = match body.split_once(':') {
        Some((name, typed)) => values(name, typed, schema, asesores),
        None => names(body, schema),
    };
    let end = cursor + text[cursor..].find(char::is_whitespace).unwrap_or(text.len() - cursor);
    let proposals = found.into_iter().map(|(insert, hint)| Proposal {
        replace: start..end,
        insert: format!("{sign}{insert}"),
        hint,
    });
    proposals.take(MAX).collect()
}

/// Names that begin with what is typed, then those whose meaning has a word that does.
fn names(typed: &str, schema: &Schema<'_>) -> Vec<(String, String)> {
    let typed = fold(typed).replace('_', "-");
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for (name, hint) in schema.names() {
        let numeric = schema
            .resolve(&name)
            .is_some_and(|(_, kind)| matches!(kind, FieldKind::Number | FieldKind::Money | FieldKind::Date));
        let insert = if numeric { format!("{name}>=") } else { format!("{name}:") };
        if name.starts_with(&typed) {
            first.push((insert, hint));
        } else if !typed.is_empty() && super::tokens(&fold(&hint)).any(|word| word.starts_with(&typed)) {
            second.push((insert, hint));
        }
    }
    first.append(&mut second);
    first
}

/// Values of a field that go on from what is typed; after a comma the next alternative.
fn values(name: &str, typed: &str, schema: &Schema<'_>, asesores: &[(String, String)]) -> Vec<(String, String)> {
    let Some((field, kind)) = schema.resolve(name) else { return Vec::new() };
    let (given, last) = typed.rfind(',').map_or(("", typed), |at| typed.split_at(at + 1));
    let wanted = fold(last.trim_start_matches('"'));
    let pairs: Vec<(String, String)> = match (&field, kind) {
        (Field::BuiltIn(BuiltIn::Asesor), _) => asesores.to_vec(),
        (_, FieldKind::Choice) => value::options(&field, schema).into_iter().map(|o| (o.id, o.nombre)).collect(),
        (_, FieldKind::Flag) => vec![("si".to_owned(), "sí".to_owned()), ("no".to_owned(), "no".to_owned())],
        (_, FieldKind::Date) => vec![
            ("hoy".to_owned(), "hoy".to_owned()),
            ("ayer".to_owned(), "ayer".to_owned()),
            ("-7d..hoy".to_owned(), "últimos siete días".to_owned()),
            ("-30d..hoy".to_owned(), "últimos treinta días".to_owned()),
        ],
        _ => Vec::new(),
    };
    let fits = |id: &str, hint: &str| {
        fold(id).starts_with(&wanted) || super::tokens(&fold(hint)).any(|w| w.starts_with(&wanted))
    };
    let mut found: Vec<(String, String)> = pairs.into_iter().filter(|(id, hint)| fits(id, hint)).collect();
    if matches!(field, Field::Campo(_)) && "vacio".starts_with(&wanted) {
        found.push(("vacio".to_owned(), "sin rellenar".to_owned()));
    }
    found.into_iter().map(|(id, hint)| (format!("{name}:{given}{id}"), hint)).collect()
}
