//! Whole numbers, and the dots that group thousands in them.

use super::{CampoError, Result, dinero};

/// Reads `12345`, `12.345`, `12 345`, `-7`. A dot anywhere but before three digits is refused: `1.5` is not 15.
pub fn parse(texto: &str) -> Result<i64> {
    let wrong = || CampoError::new("Escriba un número entero, como 1250.");
    let plain: String = texto.chars().filter(|c| !c.is_whitespace()).collect();
    let (negative, plain) = plain.strip_prefix('-').map_or((false, plain.as_str()), |rest| (true, rest));
    let digits = ungroup(plain, &['.']).ok_or_else(wrong)?;
    let n = digits.parse::<i64>().map_err(|_| wrong())?;
    dinero::within(if negative { -n } else { n })
}

/// The digits of `27.480` without their separators; `None` when anything else stands there, or a separator not before every third digit.
pub(super) fn ungroup(text: &str, separators: &[char]) -> Option<String> {
    let groups: Vec<&str> = text.split(separators).collect();
    let digits = groups.concat();
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match groups.as_slice() {
        [_] => Some(digits),
        // `0.480` is a decimal number written the foreign way, not 480.
        [first, rest @ ..] => {
            let grouped =
                (1..=3).contains(&first.len()) && !first.starts_with('0') && rest.iter().all(|g| g.len() == 3);
            grouped.then_some(digits)
        }
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_group_thousands_and_nothing_else() {
        for (text, n) in
            [("12345", 12_345), ("12.345", 12_345), ("12\u{a0}345", 12_345), ("-7", -7), ("007", 7), ("0", 0)]
        {
            assert_eq!(parse(text), Ok(n), "{text}");
        }
        for text in ["", "-", "1.5", "12.34", "0.123", "1,5", "doce", "+7", "--1", "1.2345", "99999999999999999999"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
