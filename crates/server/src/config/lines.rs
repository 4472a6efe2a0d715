//! From a path like `documento.3.fase` to the line of its file.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Line, from 1, of a byte offset.
pub fn line_of_offset(text: &str, offset: usize) -> usize {
    text.as_bytes().iter().take(offset).filter(|b| **b == b'\n').count() + 1
}

/// Line of a value by its path: keys, and places in tables from 0. Of a path that leads nowhere, the line of the last part that is there.
pub fn line_of_path(text: &str, path: &str) -> usize {
    let Ok(root) = DeTable::parse(text) else { return 0 };
    let start = offset_in_table(root.get_ref(), path);
    start.map_or(1, |offset| line_of_offset(text, offset))
}

fn offset_in_table(table: &DeTable<'_>, path: &str) -> Option<usize> {
    let (key, rest) = split(path);
    let (name, value) = table.iter().find(|(name, _)| name.get_ref().as_ref() == key)?;
    Some(offset_in_value(value, rest).unwrap_or(name.span().start))
}

fn offset_in_value(value: &Spanned<DeValue<'_>>, path: &str) -> Option<usize> {
    if path.is_empty() {
        return None;
    }
    match value.get_ref() {
        DeValue::Table(table) => offset_in_table(table, path).or(Some(value.span().start)),
        DeValue::Array(items) => {
            let (place, rest) = split(path);
            let item = items.get(place.parse::<usize>().ok()?)?;
            offset_in_value(item, rest).or(Some(item.span().start))
        }
        _ => None,
    }
}

fn split(path: &str) -> (&str, &str) {
    path.split_once('.').unwrap_or((path, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "id = \"a\"\n\n[papeles]\ncliente = \"c\"\n\n[[fase]]\nid = \"f\"\n[[fase]]\nid = \"g\"\n\n";

    #[test]
    fn a_path_leads_to_its_line() {
        let inline = "documento = [\n  { id = \"a\" },\n  { id = \"b\",\n    fase = \"x\" },\n]\n";
        for (text, path, line) in [
            (FILE, "id", 1),
            (FILE, "papeles.cliente", 4),
            (FILE, "fase.0.id", 7),
            (FILE, "fase.1.id", 9),
            (FILE, "fase.1.si", 8),
            (FILE, "nada", 1),
            (inline, "documento.1.fase", 4),
            (inline, "documento.0", 2),
            (inline, "documento.7", 1),
        ] {
            assert_eq!(line_of_path(text, path), line, "{path}");
        }
    }
}
