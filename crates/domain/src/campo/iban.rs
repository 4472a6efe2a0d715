//! IBAN, ISO 13616: country, two check digits (ISO 7064 modulo 97-10), account.

use super::{CampoError, Result, compact};

/// Normalised: capitals, no spaces.
pub fn parse(texto: &str) -> Result<String> {
    let iban = compact(texto);
    let bytes = iban.as_bytes();
    let shaped = (15..=34).contains(&bytes.len())
        && bytes.iter().all(u8::is_ascii_alphanumeric)
        && bytes[..2].iter().all(u8::is_ascii_uppercase)
        && bytes[2..4].iter().all(u8::is_ascii_digit);
    if !shaped {
        return Err(CampoError::new("El IBAN empieza por dos letras y dos cifras, como ES91 2100 0418…; revíselo."));
    }
    if iban.starts_with("ES") && (bytes.len() != 24 || !bytes[4..].iter().all(u8::is_ascii_digit)) {
        return Err(CampoError::new(format!(
            "Un IBAN español tiene 24 caracteres y aquí hay {}; revíselo.",
            bytes.len()
        )));
    }
    if modulo_97(&iban) != 1 {
        return Err(CampoError::new("Los dígitos de control del IBAN no son correctos; revíselo."));
    }
    Ok(iban)
}

/// The first four characters go to the end, letters count from A = 10, modulo 97.
fn modulo_97(iban: &str) -> u32 {
    let turned = iban[4..].chars().chain(iban[..4].chars());
    turned.fold(0, |rest, c| {
        let value = c.to_digit(36).unwrap_or_default();
        (rest * if value > 9 { 100 } else { 10 } + value) % 97
    })
}

/// In groups of four.
pub fn show(iban: &str) -> String {
    let mut shown = String::new();
    for (place, c) in iban.chars().enumerate() {
        if place > 0 && place % 4 == 0 {
            shown.push(' ');
        }
        shown.push(c);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_ones() {
        assert_eq!(parse("ES91 2100 0418 4502 0005 1332").as_deref(), Ok("ES9121000418450200051332"));
        assert!(parse("DE89370400440532013000").is_ok());
        assert!(parse("ES9121000418450200051333").is_err());
        assert!(parse("ES912100041845020005133").is_err());
        assert_eq!(show("ES9121000418450200051332"), "ES91 2100 0418 4502 0005 1332");
    }
}
