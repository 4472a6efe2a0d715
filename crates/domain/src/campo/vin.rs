//! Vehicle identification number, ISO 3779: 17 characters without I, O, Q.
//!
//! The North American check digit (position 9) is not compulsory in Europe: it is never a reason to refuse.

use super::{CampoError, Result, compact};

/// Normalised: capitals, no spaces or hyphens.
pub fn parse(texto: &str) -> Result<String> {
    let vin = compact(texto);
    let length = vin.chars().count();
    if length != 17 {
        return Err(CampoError::new(format!("El bastidor tiene 17 caracteres y aquí hay {length}; revíselo.")));
    }
    match vin.chars().find(|c| !c.is_ascii_alphanumeric() || matches!(c, 'I' | 'O' | 'Q')) {
        None => Ok(vin),
        Some('I') => Err(CampoError::new("El bastidor no lleva la letra I; quizá sea un 1.")),
        Some('O' | 'Q') => Err(CampoError::new("El bastidor no lleva las letras O ni Q; quizá sea un 0.")),
        Some(_) => Err(CampoError::new("El bastidor sólo lleva letras y números; revíselo.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_is_no_reason() {
        assert_eq!(parse("vss zzz kj zrr 012345").as_deref(), Ok("VSSZZZKJZRR012345"));
        assert!(parse("VSSZZZKJZRR01234").is_err());
        assert!(parse("VSSZZZKJZRR01234O").is_err());
    }
}
