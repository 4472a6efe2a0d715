//! Names of files that came from elsewhere, made fit for every screen and every disk.

use crate::texto::clean_line;
use unicode_normalization::UnicodeNormalization;

/// Longest name in bytes: what common file systems allow.
pub const MAX_BYTES: usize = 255;
/// Longest extension that is kept when a name is cut, in bytes, without the dot.
const MAX_EXTENSION: usize = 16;
/// What a file without a usable name is called.
const NAMELESS: &str = "documento";

/// A file name without path, control, bidi or otherwise forbidden characters, at most [`MAX_BYTES`] long with its extension kept.
///
/// The result can be made as a file on Linux, macOS and Windows, never leaves its folder, and is never empty.
pub fn clean_file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible: String = clean_line(last).chars().filter(|c| !is_hidden(*c)).collect();
    let line: String = visible.nfc().map(|c| if is_forbidden(c) { '_' } else { c }).collect();
    // Leading dots hide a file and are the parts `.` and `..`; Windows drops trailing dots and spaces.
    let bare = line.trim_matches(|c: char| c == '.' || c.is_whitespace());
    if bare.is_empty() {
        return NAMELESS.to_owned();
    }
    let safe = if is_device(bare) { format!("_{bare}") } else { bare.to_owned() };
    shorten(&safe)
}

/// Separators of lines and paragraphs, the Arabic letter mark, and tags: as invisible as what [`clean_line`] takes out.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{2028}' | '\u{2029}' | '\u{E0000}'..='\u{E007F}')
}

/// What Windows does not allow in a name.
fn is_forbidden(c: char) -> bool {
    matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*')
}

/// Names that Windows keeps for devices, whatever the extension.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    match stem.as_str() {
        "CON" | "PRN" | "AUX" | "NUL" => true,
        _ => stem
            .strip_prefix("COM")
            .or_else(|| stem.strip_prefix("LPT"))
            .is_some_and(|n| n.len() == 1 && n.chars().all(|c| c.is_ascii_digit())),
    }
}

fn shorten(name: &str) -> String {
    if name.len() <= MAX_BYTES {
        return name.to_owned();
    }
    let extension = match name.rfind('.') {
        Some(dot) if name.len() - dot <= MAX_EXTENSION + 1 => &name[dot..],
        _ => "",
    };
    let stem = &name[..name.len() - extension.len()];
    let room = stem.floor_char_boundary(MAX_BYTES - extension.len());
    format!("{}{extension}", stem[..room].trim_end_matches(|c: char| c == '.' || c.is_whitespace()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_cleaned() {
        for (name, clean) in [
            ("factura 12.pdf", "factura 12.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Documentos\\DNI.jpg", "DNI.jpg"),
            ("..", "documento"),
            ("", "documento"),
            (" . ", "documento"),
            ("a/", "documento"),
            ("dni\0.pdf", "dni.pdf"),
            ("\u{1b}[2Jdni\u{7}.pdf", "[2Jdni.pdf"),
            ("fdp.\u{202e}exe", "fdp.exe"),
            ("dos\r\nlíneas.txt", "dos  líneas.txt"),
            ("n\u{303}u.pdf", "ñu.pdf"),
            (".bashrc", "bashrc"),
            ("a<b>:c?.pdf", "a_b__c_.pdf"),
            ("nul.pdf", "_nul.pdf"),
            ("COM1", "_COM1"),
            ("common.pdf", "common.pdf"),
            ("a\u{2028}b.pdf", "ab.pdf"),
        ] {
            assert_eq!(clean_file_name(name), clean, "{name:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_extension() {
        let clean = clean_file_name(&format!("{}.pdf", "ñ".repeat(4000)));
        assert!(clean.len() <= MAX_BYTES && clean.len() > MAX_BYTES - 3, "{}", clean.len());
        assert!(clean.ends_with("ñ.pdf"));
        assert_eq!(clean_file_name(&format!("a.{}", "x".repeat(4000))).len(), MAX_BYTES);
    }

    proptest! {
        #[test]
        fn any_name_becomes_one_that_can_be_used(name in any::<String>()) {
            let clean = clean_file_name(&name);
            prop_assert!(!clean.is_empty() && clean.len() <= MAX_BYTES);
            prop_assert!(!clean.starts_with('.') && !clean.ends_with(['.', ' ']));
            prop_assert!(!clean.chars().any(|c| c.is_control() || "/\\<>:\"|?*".contains(c)));
            prop_assert_eq!(clean_file_name(&clean), clean);
        }
    }
}
