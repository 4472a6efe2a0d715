//! Telephone numbers: Spanish ones of nine digits (Real Decreto 2296/2004), or E.164 with `+` and country.

use super::{CampoError, Result};

/// Normalised: `612345678`, or `+351912345678`. A Spanish prefix is dropped.
pub fn parse(texto: &str) -> Result<String> {
    let plain: String =
        texto.chars().filter(|c| !(c.is_whitespace() || matches!(c, '.' | '-' | '(' | ')' | '/'))).collect();
    let plain = plain.strip_prefix("00").map_or_else(|| plain.clone(), |rest| format!("+{rest}"));
    let national = plain.strip_prefix("+34").unwrap_or(&plain);
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if is_digits(national) && national.len() == 9 && national.starts_with(['6', '7', '8', '9']) {
        return Ok(national.to_owned());
    }
    match plain.strip_prefix('+') {
        Some(rest) if !rest.starts_with("34") && is_digits(rest) && (7..=15).contains(&rest.len()) => Ok(plain),
        _ => Err(CampoError::new("El teléfono son nueve cifras, o + y el prefijo del país; revíselo.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn national_and_international() {
        assert_eq!(parse("612 34 56 78").as_deref(), Ok("612345678"));
        assert_eq!(parse("+34 612345678").as_deref(), Ok("612345678"));
        assert_eq!(parse("0034 912345678").as_deref(), Ok("912345678"));
        assert_eq!(parse("+351 912 345 678").as_deref(), Ok("+351912345678"));
        for wrong in ["61234567", "512345678", "hola", "+34 61234567", "+"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
