//! Identifiers that pass every check they would meet: NIF, NIE, CIF, VIN, plate, IBAN, mobile.

use crate::azar::Azar;
use jiff::civil::Date;

/// Control letters of NIF and NIE, by the number modulo 23.
const NIF_LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
/// Letters of plates: no vowels, no Ñ, no Q.
const PLATE_LETTERS: &[u8; 20] = b"BCDFGHJKLMNPRSTVWXYZ";
/// Characters of a VIN after ISO 3779: no I, O, Q.
const VIN_CHARS: &[u8; 33] = b"0123456789ABCDEFGHJKLMNPRSTUVWXYZ";
/// Code of the model year in the tenth place, from 2010 on.
const VIN_YEARS: &[u8; 30] = b"ABCDEFGHJKLMNPRSTVWXY123456789";
/// Spanish banks by their code of four digits.
const BANKS: &[&str] = &["0049", "0081", "0128", "0182", "2080", "2085", "2095", "2100", "3058", "3085"];

fn nif_letter(number: u64) -> char {
    char::from(NIF_LETTERS[(number % 23) as usize])
}

/// A NIF of a person: `12345678Z`.
pub fn nif(azar: &mut Azar) -> String {
    let number = azar.between(1_200_000, 79_999_999) as u64;
    format!("{number:08}{}", nif_letter(number))
}

/// A NIE: `X1234567L`. Its first letter stands for 0, 1 or 2.
pub fn nie(azar: &mut Azar) -> String {
    let first = azar.weighted(&[3, 6, 1]);
    let number = azar.below(10_000_000);
    let letter = nif_letter(first as u64 * 10_000_000 + number);
    format!("{}{number:07}{letter}", ['X', 'Y', 'Z'][first])
}

/// A NIF of a company of that legal form (`B` for S.L., `A` for S.A.): both have a digit as control.
pub fn cif(azar: &mut Azar, form: char) -> String {
    let province = *azar.pick(&[8_u64, 17, 25, 28, 41, 43, 46, 50]);
    let number = province * 100_000 + azar.below(100_000);
    format!("{form}{number:07}{}", cif_digit(number))
}

/// Digits in even places count once, those in odd places doubled and with their figures added.
fn cif_digit(number: u64) -> u64 {
    let sum: u64 = (0..7_u32)
        .map(|place| {
            let digit = number / 10_u64.pow(6 - place) % 10;
            if place % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit }
        })
        .sum();
    (10 - sum % 10) % 10
}

/// A VIN: the maker's code and the type's, `Z` where European makers put no check digit, the model year, a works and a number.
pub fn vin(azar: &mut Azar, wmi: &str, model: &str, year: i16) -> String {
    let year = VIN_YEARS[(i64::from(year) - 2010).rem_euclid(30) as usize];
    let works = VIN_CHARS[10 + azar.below(23) as usize];
    format!("{wmi}ZZZ{model}Z{}{}{:06}", char::from(year), char::from(works), azar.between(1_042, 219_870))
}

/// A plate as the register gave them out about that day: `4821 LVC` is kept as `4821LVC`.
pub fn plate(azar: &mut Azar, day: Date) -> String {
    // Series of 10,000 plates, 400 to a first letter: BBB opened that day, and NBB, the 4,000th, about 8,840 days later.
    let origin = jiff::civil::date(2000, 9, 18);
    let days = i64::from((day - origin).get_days()).max(0);
    let series = (days * 4_000 / 8_840).clamp(0, 7_999);
    let series = (series - azar.between(0, 3)).max(0) as usize;
    let letters: String =
        [series / 400, series / 20 % 20, series % 20].map(|i| char::from(PLATE_LETTERS[i])).iter().collect();
    format!("{}{letters}", azar.digits(4))
}

/// A Spanish IBAN without spaces: both inner control digits and the outer two hold.
pub fn iban(azar: &mut Azar) -> String {
    let bank = format!("{}{}", azar.pick(BANKS), azar.digits(4));
    let account = azar.digits(10);
    let bban = format!("{bank}{}{}{account}", account_digit(&format!("00{bank}")), account_digit(&account));
    // ISO 13616: the country (E = 14, S = 28) and 00 behind the account, modulo 97.
    let rest = format!("{bban}142800").bytes().fold(0_u64, |rest, b| (rest * 10 + u64::from(b - b'0')) % 97);
    format!("ES{:02}{bban}", 98 - rest)
}

/// Control digit of ten figures of a Spanish account number.
fn account_digit(figures: &str) -> u64 {
    let sum: u64 = figures.bytes().zip([1, 2, 4, 8, 5, 10, 9, 7, 3, 6]).map(|(b, w)| u64::from(b - b'0') * w).sum();
    match 11 - sum % 11 {
        11 => 0,
        10 => 1,
        digit => digit,
    }
}

/// A Spanish mobile without country code or spaces: `612345678`.
pub fn mobile(azar: &mut Azar) -> String {
    let first = if azar.chance(85) { '6' } else { '7' };
    let second = azar.between(1, 9);
    format!("{first}{second}{}", azar.digits(7))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::azar::Hilo;

    fn each(check: impl Fn(&mut Azar)) {
        for n in 0..500 {
            check(&mut Azar::new(11, Hilo::Expediente, n));
        }
    }

    #[test]
    fn known_numbers_have_their_known_controls() {
        assert_eq!(nif_letter(12_345_678), 'Z');
        assert_eq!(nif_letter(1_234_567), 'L', "X1234567L");
        assert_eq!(cif_digit(1_234_567), 4, "B12345674");
        assert_eq!(account_digit("0021000418"), 4, "2100 0418 45 0200051332");
        assert_eq!(account_digit("0200051332"), 5);
    }

    #[test]
    fn people_and_companies_have_letters_that_hold() {
        each(|azar| {
            let nif = nif(azar);
            assert_eq!(nif.len(), 9);
            assert!(nif.ends_with(nif_letter(nif[..8].parse().unwrap_or(0))), "{nif}");
            let nie = nie(azar);
            let first = "XYZ".find(&nie[..1]).map(|i| i.to_string()).unwrap_or_default();
            assert!(nie.ends_with(nif_letter(format!("{first}{}", &nie[1..8]).parse().unwrap_or(0))), "{nie}");
            assert_eq!(cif(azar, 'B').len(), 9);
        });
    }

    #[test]
    fn a_vin_has_seventeen_characters_of_the_set() {
        each(|azar| {
            let vin = vin(azar, "VSS", "KJ", 2026);
            assert!(vin.len() == 17 && vin.bytes().all(|b| VIN_CHARS.contains(&b)), "{vin}");
        });
    }

    #[test]
    fn plates_grow_with_the_days() {
        let mut azar = Azar::new(1, Hilo::Expediente, 0);
        let old = plate(&mut azar, jiff::civil::date(2015, 6, 1));
        let new = plate(&mut azar, jiff::civil::date(2026, 6, 1));
        assert!(old[4..] < new[4..], "{old} {new}");
        assert!(old[4..5] >= *"H" && old[4..5] <= *"K", "{old}");
        assert!(new[4..5] >= *"M" && new[4..5] <= *"P", "{new}");
    }

    #[test]
    fn an_iban_is_one_modulo_97() {
        each(|azar| {
            let iban = iban(azar);
            assert_eq!(iban.len(), 24);
            let number = format!("{}1428{}", &iban[4..], &iban[2..4]);
            let rest = number.bytes().fold(0_u64, |rest, b| (rest * 10 + u64::from(b - b'0')) % 97);
            assert_eq!(rest, 1, "{iban}");
        });
    }
}
