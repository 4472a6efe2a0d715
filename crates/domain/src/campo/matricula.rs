//! Registration plates: since 2000 four digits and three consonants (Real Decreto 2822/1998, annex XVIII); older provincial ones with a warning.

use super::{CampoError, Leido, Result, compact};
use crate::Valor;

const CONSONANTS: &str = "BCDFGHJKLMNPRSTVWXYZ";

/// Normalised: capitals, no spaces or hyphens.
pub fn parse(texto: &str) -> Result<Leido> {
    let plate = compact(texto);
    if is_current(&plate) {
        return Ok(Leido { valor: Some(Valor::Texto(plate)), aviso: None });
    }
    if is_provincial(&plate) {
        let aviso = Some("Es una matrícula provincial, anterior al año 2000; compruebe que es la buena.".to_owned());
        return Ok(Leido { valor: Some(Valor::Texto(plate)), aviso });
    }
    Err(CampoError::new("La matrícula son cuatro cifras y tres consonantes, como 1234 BCD; revísela."))
}

fn is_current(plate: &str) -> bool {
    plate.is_ascii()
        && plate.len() == 7
        && plate[..4].bytes().all(|b| b.is_ascii_digit())
        && plate[4..].chars().all(|c| CONSONANTS.contains(c))
}

/// Province (one or two letters, up to three long ago), four to six digits, up to two letters.
fn is_provincial(plate: &str) -> bool {
    let letters = plate.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = plate.bytes().skip(letters).take_while(u8::is_ascii_digit).count();
    let tail = plate.bytes().skip(letters + digits);
    (1..=3).contains(&letters)
        && (4..=6).contains(&digits)
        && plate.len() - letters - digits <= 2
        && tail.clone().all(|b| b.is_ascii_uppercase())
        && (tail.count() == 0 || digits == 4)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn current_and_provincial() {
        assert_eq!(parse("1234 bcd").unwrap().valor, Some(Valor::from("1234BCD")));
        assert!(parse("1234BCD").unwrap().aviso.is_none());
        for old in ["B-1234-XY", "M 123456", "GI4567AB", "PM-1234-CB"] {
            assert!(parse(old).unwrap().aviso.is_some(), "{old}");
        }
        for wrong in ["1234 ABC", "123 BCD", "1234 ÑCD", "hola", "12345678"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
