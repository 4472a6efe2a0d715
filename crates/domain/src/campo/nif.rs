//! NIF and NIE (Real Decreto 1553/2005 and Orden INT/2058/2008: number modulo 23), and NIF of companies, once CIF (Orden EHA/451/2008).

use super::{CampoError, Result, compact};

const LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
/// Control letters of companies, by control digit.
const COMPANY_LETTERS: &[u8; 10] = b"JABCDEFGHI";

/// Normalised: capitals, no spaces, dots or hyphens.
pub fn parse(texto: &str) -> Result<String> {
    let nif = compact(texto);
    let bytes = nif.as_bytes();
    if bytes.len() != 9 || !nif.is_ascii() {
        return Err(CampoError::new("El NIF tiene nueve caracteres, como 12345678Z; revíselo."));
    }
    match bytes[0] {
        b'0'..=b'9' => person(&nif, 0),
        b'X'..=b'Z' => person(&nif, bytes[0] - b'X'),
        b'K' | b'L' | b'M' => special(&nif),
        b'A'..=b'H' | b'J' | b'N' | b'P'..=b'S' | b'U'..=b'W' => company(&nif),
        _ => Err(CampoError::new("Ningún NIF empieza por esa letra; revíselo.")),
    }
}

/// Letter of a number, as NIF and NIE have it.
pub fn letter(number: u32) -> char {
    char::from(LETTERS[(number % 23) as usize])
}

/// `first` stands for X, Y or Z of a NIE: 0, 1, 2.
fn person(nif: &str, first: u8) -> Result<String> {
    let is_nie = nif.starts_with(['X', 'Y', 'Z']);
    let digits = if is_nie { format!("{first}{}", &nif[1..8]) } else { nif[..8].to_owned() };
    check_letter(nif, letter(number(&digits)?))
}

/// K, L, M: Spaniards without DNI and foreigners without NIE; seven digits and the same letters.
fn special(nif: &str) -> Result<String> {
    check_letter(nif, letter(number(&nif[1..8])?))
}

/// Digits alone: `parse` on its own would take a sign.
fn number(digits: &str) -> Result<u32> {
    if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().map_err(|_| shape()) } else { Err(shape()) }
}

fn check_letter(nif: &str, expected: char) -> Result<String> {
    if nif.ends_with(expected) {
        return Ok(nif.to_owned());
    }
    let number = &nif[..8];
    Err(CampoError::new(format!(
        "La letra del NIF no corresponde al número: revíselo; para {number} sería {expected}."
    )))
}

fn company(nif: &str) -> Result<String> {
    let digits: Vec<u32> = nif[1..8].chars().map(|c| c.to_digit(10).ok_or_else(shape)).collect::<Result<_>>()?;
    // Positions count from 1: odd ones are doubled and their digits added up.
    let doubled = |d: u32| (2 * d) / 10 + (2 * d) % 10;
    let sum: u32 = digits.iter().enumerate().map(|(i, d)| if i % 2 == 0 { doubled(*d) } else { *d }).sum();
    let control = ((10 - sum % 10) % 10) as usize;
    let (digit, letter) = (char::from(b'0' + control as u8), char::from(COMPANY_LETTERS[control]));
    let last = nif.chars().next_back().unwrap_or_default();
    let fits = match nif.as_bytes()[0] {
        b'A' | b'B' | b'E' | b'H' => last == digit,
        b'N' | b'P' | b'Q' | b'R' | b'S' | b'W' => last == letter,
        _ => last == digit || last == letter,
    };
    if fits {
        return Ok(nif.to_owned());
    }
    Err(CampoError::new("El dígito de control del NIF de la empresa no es correcto; revíselo."))
}

fn shape() -> CampoError {
    CampoError::new("El NIF no tiene la forma debida, como 12345678Z, X1234567L o B12345674; revíselo.")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn known_ones() {
        for nif in [
            "12345678Z",
            "12.345.678-z",
            "12345678\u{a0}Z",
            "X1234567L",
            "Y1234567X",
            "Z1234567R",
            "B12345674",
            "A58818501",
            "P2807900B",
            "G28029007",
        ] {
            assert!(parse(nif).is_ok(), "{nif}: {:?}", parse(nif));
        }
        for nif in [
            "12345678A",
            "X1234567A",
            "B12345670",
            "1234567Z",
            "I12345674",
            "1234567AZ",
            "ñ2345678Z",
            "P28079000",
            "K+123456S",
        ] {
            assert!(parse(nif).is_err(), "{nif}");
        }
        assert!(parse("12345678A").unwrap_err().0.contains("sería Z"));
    }
}
