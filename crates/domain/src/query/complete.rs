//! What may stand at the cursor of the search box.

use super::{BuiltIn, Field, FieldKind, Schema, lexer, value};
use crate::texto::fold;
use std::ops::Range;

/// Proposals at most.
const MAX: usize = 20;
/// From so many characters on, a word also proposes the values that begin with it (`matri` → `fase:matriculacion`).
const VALUES_FROM: usize = 3;

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
    if !text.is_char_boundary(cursor) {
        return Vec::new();
    }
    let term = term_at(text, cursor);
    let word = &text[term.start..cursor];
    let (sign, body) = word.strip_prefix('-').map_or(("", word), |rest| ("-", rest));
    let found = match lexer::head(body) {
        Some((name, operator)) => values((name, operator), &body[name.len() + operator.len()..], schema, asesores),
        None => names(body, schema),
    };
    found
        .into_iter()
        .map(|(insert, hint)| Proposal { replace: term.clone(), insert: format!("{sign}{insert}"), hint })
        .filter(|proposal| proposal.insert != text[term.clone()])
        .take(MAX)
        .collect()
}

/// The bytes of the term around the cursor; spaces in quotes do not end it.
fn term_at(text: &str, cursor: usize) -> Range<usize> {
    let (before, after) = text.split_at(cursor);
    let mut quoted = false;
    let mut start = 0;
    for (at, c) in before.char_indices() {
        quoted ^= c == '"';
        if c.is_whitespace() && !quoted {
            start = at + c.len_utf8();
        }
    }
    let end = after.find(|c: char| {
        quoted ^= c == '"';
        c.is_whitespace() && !quoted
    });
    start..end.map_or(text.len(), |at| cursor + at)
}

/// Names that begin with what is typed, then those whose meaning has a word that does, then values that begin with it.
fn names(typed: &str, schema: &Schema<'_>) -> Vec<(String, String)> {
    let typed = fold(typed).replace('_', "-");
    let (mut first, mut second, mut third) = (Vec::new(), Vec::new(), Vec::new());
    for (name, hint) in schema.names() {
        let Some((field, kind)) = schema.resolve(&name) else { continue };
        if kind == FieldKind::Choice && typed.chars().count() >= VALUES_FROM {
            let fitting = value::options(&field, schema).into_iter().filter(|o| o.id.starts_with(&typed));
            third.extend(fitting.map(|o| (format!("{name}:{}", o.id), format!("{hint}: {}", o.nombre))));
        }
        let operator = if matches!(kind, FieldKind::Number | FieldKind::Money) { ">=" } else { ":" };
        let proposal = (format!("{name}{operator}"), hint);
        if name.starts_with(&typed) {
            first.push(proposal);
        } else if !typed.is_empty() && super::tokens(&fold(&proposal.1)).any(|word| word.starts_with(&typed)) {
            second.push(proposal);
        }
    }
    first.append(&mut second);
    first.append(&mut third);
    first
}

/// Values of a field that go on from what is typed; after a comma the next alternative.
fn values(
    (name, operator): (&str, &str),
    typed: &str,
    schema: &Schema<'_>,
    asesores: &[(String, String)],
) -> Vec<(String, String)> {
    let Some((field, kind)) = schema.resolve(name) else { return Vec::new() };
    let compares = operator.starts_with(['<', '>']);
    let (given, last) = match typed.rfind(',') {
        Some(at) if !typed.starts_with('"') && !compares => typed.split_at(at + 1),
        _ => ("", typed),
    };
    let wanted = fold(last.trim_matches('"'));
    let pair = |id: &str, hint: &str| (id.to_owned(), hint.to_owned());
    let pairs: Vec<(String, String)> = match (&field, kind) {
        (_, FieldKind::Date) if compares => {
            vec![pair("hoy", "hoy"), pair("ayer", "ayer"), pair("-7d", "hace siete días")]
        }
        _ if compares => Vec::new(),
        (Field::BuiltIn(BuiltIn::Asesor), _) => asesores.iter().filter(|(user, _)| is_plain(user)).cloned().collect(),
        (_, FieldKind::Choice) => value::options(&field, schema).into_iter().map(|o| (o.id, o.nombre)).collect(),
        (_, FieldKind::Flag) => vec![pair("si", "sí"), pair("no", "no")],
        (_, FieldKind::Date) => vec![
            pair("hoy", "hoy"),
            pair("ayer", "ayer"),
            pair("-7d..hoy", "últimos siete días"),
            pair("-30d..hoy", "últimos treinta días"),
        ],
        _ => Vec::new(),
    };
    let fits = |id: &str, hint: &str| {
        let hint = fold(hint);
        fold(id).starts_with(&wanted)
            || hint.starts_with(&wanted)
            || super::tokens(&hint).any(|word| word.starts_with(&wanted))
    };
    let mut found: Vec<(String, String)> = pairs.into_iter().filter(|(id, hint)| fits(id, hint)).collect();
    if matches!(field, Field::Campo(_)) && !compares && "vacio".starts_with(&wanted) {
        found.push(pair("vacio", "sin rellenar"));
    }
    found.into_iter().map(|(id, hint)| (format!("{name}{operator}{given}{id}"), hint)).collect()
}

/// Whether a user name can stand in a query without quotes.
fn is_plain(user: &str) -> bool {
    user.contains(char::is_alphanumeric) && user.chars().all(|c| c.is_alphanumeric() || "._-@".contains(c))
}
