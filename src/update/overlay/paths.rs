//! Paths in what a terminal pastes when files are dropped on it.

use std::path::PathBuf;

/// More text than this is no list of files, in bytes.
const TEXT_MAX: usize = 64 * 1024;

/// Absolute paths, when the text is nothing else: quoted, with escaped spaces, as `file://` addresses (RFC 8089); one a line or separated by
/// spaces. A line that begins like a path and is not several of them is one path with spaces in its name.
pub fn paths_in(text: &str) -> Vec<PathBuf> {
    if text.len() > TEXT_MAX {
        return Vec::new();
    }
    // A terminal sends the end of a pasted line as the return key does.
    let lines = text.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty());
    let read: Option<Vec<Vec<PathBuf>>> = lines.map(paths_of_line).collect();
    read.unwrap_or_default().concat()
}

fn paths_of_line(line: &str) -> Option<Vec<PathBuf>> {
    let words: Option<Vec<PathBuf>> = words_of(line).iter().map(|word| path_of(word)).collect();
    words.or_else(|| path_of(line).map(|path| vec![path]))
}

/// Words as a shell reads them.
fn words_of(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let (mut quote, mut escaped) = (None, false);
    for c in line.chars().chain([' ']) {
        match (quote, c) {
            _ if escaped => {
                word.push(c);
                escaped = false;
            }
            (None, '\\') if !cfg!(windows) => escaped = true,
            (Some(open), c) if c == open => quote = None,
            (Some(_), c) => word.push(c),
            (None, '\'' | '"') => quote = Some(c),
            (None, ' ' | '\t') => words.push(std::mem::take(&mut word)),
            (None, c) => word.push(c),
        }
    }
    words.push(word);
    words.retain(|word| !word.trim().is_empty());
    words
}

fn path_of(word: &str) -> Option<PathBuf> {
    let path = match word.strip_prefix("file://") {
        Some(address) => PathBuf::from(percent_decode(address.strip_prefix("localhost").unwrap_or(address))),
        None => expand_home(word),
    };
    (path.is_absolute() && path.file_name().is_some()).then_some(path)
}

/// `~/` is the home folder.
pub fn expand_home(text: &str) -> PathBuf {
    match (text.strip_prefix('~'), directories::BaseDirs::new()) {
        (Some(rest), Some(dirs)) if rest.is_empty() || rest.starts_with('/') => {
            dirs.home_dir().join(rest.trim_start_matches('/'))
        }
        _ => PathBuf::from(text),
    }
}

fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digits = (byte == b'%').then(|| (ahead.next(), ahead.next()));
        let value = match digits {
            Some((Some(a), Some(b))) => {
                std::str::from_utf8(&[a, b]).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok())
            }
            _ => None,
        };
        match value {
            Some(value) => {
                bytes.push(value);
                rest = ahead;
            }
            None => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_paste_paths_in_many_ways() {
        let expected = [PathBuf::from("/tmp/a b.pdf"), PathBuf::from("/tmp/ñ.jpg")];
        for text in [
            "'/tmp/a b.pdf' '/tmp/ñ.jpg' ",
            "/tmp/a\\ b.pdf /tmp/ñ.jpg",
            "file:///tmp/a%20b.pdf\nfile:///tmp/%C3%B1.jpg\r\n",
            "\"/tmp/a b.pdf\"\n/tmp/ñ.jpg",
            "/tmp/a b.pdf\n/tmp/ñ.jpg\n",
            "/tmp/a b.pdf\r/tmp/ñ.jpg\r",
            "/tmp/a b.pdf\r\n/tmp/ñ.jpg",
        ] {
            assert_eq!(paths_in(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_only_paths_is_none() {
        for text in ["hola, esto no son rutas", "", "véase /tmp/a.pdf", "fase:pedido", "/", "'"] {
            assert!(paths_in(text).is_empty(), "{text}");
        }
        assert!(paths_in(&"/tmp/a ".repeat(200_000)).is_empty(), "a megabyte is no list of files");
    }
}
