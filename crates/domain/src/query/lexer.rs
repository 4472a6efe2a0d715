//! Cuts a query into terms: sign, field, operator, value, each with its place in the text.

use super::QueryError;
use std::ops::Range;

/// A term as it was written.
#[derive(Debug, Clone)]
pub struct Piece<'t> {
    /// Whether a `-` stands in front.
    pub negated: bool,
    /// What stands before the operator.
    pub field: Option<&'t str>,
    /// `:`, `<`, `<=`, `>`, `>=`; empty without a field.
    pub operator: &'t str,
    /// What stands after it.
    pub value: Value<'t>,
    /// The whole term.
    pub span: Range<usize>,
    /// The field's name.
    pub name_span: Range<usize>,
    /// The value, quotes included.
    pub value_span: Range<usize>,
}

/// A value as it was written.
#[derive(Debug, Clone, Copy)]
pub struct Value<'t> {
    /// Without quotes.
    pub raw: &'t str,
    /// Whether it stood in quotes.
    pub quoted: bool,
}

/// The terms of a text.
pub fn pieces(text: &str) -> Result<Vec<Piece<'_>>, QueryError> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| !c.is_whitespace()).map(|skip| at + skip) {
        let piece = piece(text, start)?;
        at = piece.span.end;
        all.push(piece);
    }
    Ok(all)
}

fn piece(text: &str, start: usize) -> Result<Piece<'_>, QueryError> {
    let negated =
        text[start..].starts_with('-') && text[start + 1..].chars().next().is_some_and(|c| !c.is_whitespace());
    let body = start + usize::from(negated);
    let (field, operator, value_start) = match head(&text[body..]) {
        Some((name, operator)) => (Some(name), operator, body + name.len() + operator.len()),
        None => (None, "", body),
    };
    let rest = &text[value_start..];
    let (value, end) = match rest.strip_prefix('"') {
        Some(inside) => {
            let Some(length) = inside.find('"') else {
                return Err(QueryError::new("Faltan las comillas del final.", value_start..text.len()));
            };
            let end = value_start + length + 2;
            let after = &text[end..];
            if after.starts_with(|c: char| !c.is_whitespace()) {
                let until = end + after.find(char::is_whitespace).unwrap_or(after.len());
                return Err(QueryError::new("Deje un espacio detrás de las comillas.", end..until));
            }
            (Value { raw: &inside[..length], quoted: true }, end)
        }
        None => {
            let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
            (Value { raw: &rest[..length], quoted: false }, value_start + length)
        }
    };
    let name_span = body..body + field.map_or(0, str::len);
    Ok(Piece { negated, field, operator, value, span: start..end, name_span, value_span: value_start..end })
}

/// A field's name and the operator after it: letters, digits, `-` and `_`, a letter first.
pub fn head(body: &str) -> Option<(&str, &str)> {
    let length = body.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')))?;
    let name = &body[..length];
    if !name.starts_with(char::is_alphabetic) {
        return None;
    }
    let operator =
        ["<=", ">=", ":", "<", ">", "="].into_iter().find(|operator| body[length..].starts_with(operator))?;
    Some((name, &body[length..length + operator.len()]))
}
