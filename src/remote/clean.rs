//! Every text a service sends loses its control characters here, before anything else of the program sees it.

use domain::texto::{clean_block, clean_line};
use serde_json::Value;

/// The field of a note or an aviso that may have line breaks.
const WRITTEN: &str = "texto";

/// Cleans all strings of a JSON value, keys included.
pub fn clean_json(value: &mut Value) {
    match value {
        Value::String(text) if needs_cleaning(text) => *text = clean_line(text),
        Value::Array(items) => items.iter_mut().for_each(clean_json),
        Value::Object(map) => {
            if map.keys().any(|key| needs_cleaning(key)) {
                *map = std::mem::take(map).into_iter().map(|(key, value)| (clean_line(&key), value)).collect();
            }
            for (key, value) in map {
                match value {
                    // What people write in lines is read in lines.
                    Value::String(text) if key == WRITTEN => *text = clean_block(&text.replace("\r\n", "\n")),
                    value => clean_json(value),
                }
            }
        }
        _ => {}
    }
}

/// Cleans a page's text, keeping its lines.
pub fn clean_text(text: &str) -> String {
    clean_block(&text.replace('\u{c}', "\n"))
}

/// Plain ASCII, the usual case, is looked at once and left alone.
fn needs_cleaning(text: &str) -> bool {
    text.bytes().any(|b| !(0x20..0x7f).contains(&b))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn escape_sequences_never_pass() {
        let mut value = serde_json::json!({"nombre": "a\u{1b}[2Jb", "x\u{7}": ["\u{202e}fdp", "ñ"]});
        clean_json(&mut value);
        assert_eq!(value, serde_json::json!({"nombre": "a[2Jb", "x": ["fdp", "ñ"]}));
    }

    #[test]
    fn notes_keep_their_lines_and_nothing_else() {
        let mut value = serde_json::json!({"notas": [{"texto": "uno\r\ndos\u{1b}[2J\u{202e}", "quien": "a\nb"}]});
        clean_json(&mut value);
        assert_eq!(value, serde_json::json!({"notas": [{"texto": "uno\ndos[2J", "quien": "a b"}]}));
    }

    #[test]
    fn page_breaks_become_lines() {
        assert_eq!(clean_text("uno\u{c}dos\u{1b}"), "uno\ndos");
    }
}
