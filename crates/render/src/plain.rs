//! Text that came as text: its encoding, and what must not be in it.

use unicode_normalization::UnicodeNormalization;

/// Text beyond this many bytes is not laid out.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Windows-1252, bytes 0x80 to 0x9F; Latin-1 has only control characters there, so that every Latin-1 text reads the
/// same. A zero stands where there is no letter.
const WINDOWS_1252: [u16; 32] = [
    0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0,
    0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
];

/// The text in `bytes`: UTF-8 with or without byte order mark, else Windows-1252.
pub fn decode(bytes: &[u8]) -> String {
    let bytes = &bytes[..bytes.len().min(MAX_BYTES)];
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(texto) => texto.to_owned(),
        Err(e) if e.error_len().is_none() => String::from_utf8_lossy(&bytes[..e.valid_up_to()]).into_owned(),
        Err(_) => bytes.iter().map(|b| windows_1252(*b)).collect(),
    }
}

/// The letter that a byte of Windows-1252 stands for.
pub fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => match char::from_u32(u32::from(WINDOWS_1252[usize::from(byte - 0x80)])) {
            Some('\0') | None => char::REPLACEMENT_CHARACTER,
            Some(c) => c,
        },
        _ => char::from(byte),
    }
}

/// The byte that Windows-1252 has for a character, if it has one. PDF's `WinAnsiEncoding` is the same table.
pub fn a_windows_1252(c: char) -> Option<u8> {
    match u32::from(c) {
        n @ (0x20..=0x7e | 0xa0..=0xff) => u8::try_from(n).ok(),
        0 => None,
        n => WINDOWS_1252.iter().position(|w| u32::from(*w) == n).and_then(|i| u8::try_from(0x80 + i).ok()),
    }
}

/// Text fit to be shown and searched: composed characters, `\n` for every line end, no other control character but
/// the tab, no character that reverses the direction of writing, no spaces at line ends, at most one empty line in a
/// row.
pub fn limpio(texto: &str) -> String {
    let mut salida = String::with_capacity(texto.len());
    let unido = texto.replace("\r\n", "\n");
    let mut vacias = 0;
    for linea in unido.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        let linea: String = linea.chars().filter(|c| visible(*c)).nfc().collect();
        let linea = linea.trim_end();
        vacias = if linea.is_empty() { vacias + 1 } else { 0 };
        if vacias < 2 {
            salida.push_str(linea);
            salida.push('\n');
        }
    }
    salida.truncate(salida.trim_end().len());
    let principio = salida.len() - salida.trim_start_matches('\n').len();
    salida.drain(..principio);
    salida
}

/// Whether a character may reach a terminal.
pub fn visible(c: char) -> bool {
    let gira = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !gira && c != '\u{feff}' && (c == '\t' || !c.is_control())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn both_encodings_read_the_same() {
        assert_eq!(decode("\u{feff}Año 2019: 18.500 €".as_bytes()), "Año 2019: 18.500 €");
        assert_eq!(decode(b"A\xf1o 2019: 18.500 \x80"), "Año 2019: 18.500 €");
    }

    #[test]
    fn every_letter_of_the_table_goes_there_and_back() {
        for byte in (0x20..=0x7e).chain(0x80..=0xff_u8) {
            let c = windows_1252(byte);
            if c != char::REPLACEMENT_CHARACTER {
                assert_eq!(a_windows_1252(c), Some(byte));
            }
        }
        assert_eq!(a_windows_1252('漢'), None);
    }

    #[test]
    fn what_could_fool_a_terminal_is_gone() {
        assert_eq!(limpio("\n\n a\u{1b}[31mb\u{202e}c\u{9b}\td  \r\n\r\n\n\ne\u{301}\u{c}\0\n"), " a[31mbc\td\n\né");
    }
}
