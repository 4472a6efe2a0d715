//! Money: integer cents of a euro.

use super::entero::ungroup;
use super::{CampoError, Result};

/// Largest amount either way, in cents: a thousand million euros. Leaves room to add amounts up in 64 bits.
const MAX: i64 = 100_000_000_000;

/// Reads `27.480,00`, `27480,5`, `27480.50`, `27.480`, `27 480 €`, `-12,30`.
///
/// The last comma or point is the decimal sign when one or two digits follow it; the others group thousands. A comma before three
/// digits is refused: it is a decimal sign here and groups thousands elsewhere, and a guess would be wrong by a factor of a thousand.
pub fn parse(texto: &str) -> Result<i64> {
    let wrong = || CampoError::new("Escriba un importe en euros, como 27.480,00.");
    let plain: String = texto.chars().filter(|c| !c.is_whitespace() && *c != '€').collect();
    let (negative, plain) = plain.strip_prefix('-').map_or((false, plain.as_str()), |rest| (true, rest));
    let (whole, cents) = match plain.rfind([',', '.']) {
        Some(at) if plain.len() - at - 1 <= 2 => (&plain[..at], &plain[at + 1..]),
        _ => (plain, ""),
    };
    let only_comma = whole.len() == plain.len() && whole.matches(',').count() == 1 && !whole.contains('.');
    if only_comma && whole.rfind(',').is_some_and(|at| whole.len() - at - 1 == 3) {
        return Err(CampoError::new("Escriba dos decimales como mucho, o quite la coma si son miles."));
    }
    let digits = ungroup(whole, &['.', ',']).ok_or_else(wrong)?;
    if digits.len() > 12 || !cents.bytes().all(|b| b.is_ascii_digit()) {
        return Err(wrong());
    }
    let euros: i64 = digits.parse().map_err(|_| wrong())?;
    let cents: i64 = format!("{cents:0<2}").parse().map_err(|_| wrong())?;
    let amount = euros * 100 + cents;
    within(if negative { -amount } else { amount })
}

/// Refuses amounts and numbers beyond the limit.
pub fn within(n: i64) -> Result<i64> {
    if (-MAX..=MAX).contains(&n) { Ok(n) } else { Err(CampoError::new("Es un número demasiado grande; revíselo.")) }
}

/// `27.480,00 €`.
pub fn show(cents: i64) -> String {
    let digits = (cents.unsigned_abs() / 100).to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{grouped},{:02} €", cents.unsigned_abs() % 100)
}

/// `27480,00`.
pub fn edit_text(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{},{:02}", cents.unsigned_abs() / 100, cents.unsigned_abs() % 100)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn people_write_money_in_many_ways() {
        for (text, cents) in [
            ("27.480,00", 2_748_000),
            ("27480,5", 2_748_050),
            ("27480.50", 2_748_050),
            ("27.480", 2_748_000),
            ("27 480 €", 2_748_000),
            ("1.234.567,89", 123_456_789),
            ("-12,30", -1_230),
            ("0", 0),
            ("0,05", 5),
            ("1,234.56", 123_456),
            ("1,234,567", 123_456_700),
        ] {
            assert_eq!(parse(text), Ok(cents), "{text}");
        }
        for text in [
            "",
            "€",
            "doce",
            "1.2.3",
            "27.48.00",
            "12,345,6789",
            "1e9",
            "9999999999999",
            ".",
            "1,2,3",
            "27,480",
            "0.480",
            "1.234,5.6",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
        assert_eq!(show(2_748_000), "27.480,00 €");
        assert_eq!(show(-5), "-0,05 €");
    }
}
