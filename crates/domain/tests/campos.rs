//! Laws of every type of index field, over generated values.
#![allow(clippy::unwrap_used, clippy::panic)]

use domain::campo::{self, TipoCampo};
use domain::modelo::Opcion;
use domain::{CampoIndice, Valor};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 24);

fn field(tipo: TipoCampo) -> CampoIndice {
    let option = |id: &str, nombre: &str| Opcion { id: id.into(), nombre: nombre.into() };
    let choices =
        vec![option("contado", "Contado"), option("financiado", "Financiación"), option("renting", "Renting o flota")];
    CampoIndice {
        id: "campo".into(),
        nombre: "Campo".into(),
        tipo,
        seccion: "seccion".into(),
        opciones: if tipo == TipoCampo::Opcion { choices } else { Vec::new() },
        ayuda: String::new(),
        margen: false,
        solo_lectura: false,
        si: None,
    }
}

fn read(tipo: TipoCampo, text: &str) -> Option<Valor> {
    campo::parse(&field(tipo), text, TODAY).ok().and_then(|read| read.valor)
}

/// The letter a number has, worked out apart from the crate.
fn person(number: u32) -> String {
    format!("{number:08}{}", "TRWAGMYFPDXBNJZSQVHLCKE".chars().nth(number as usize % 23).unwrap())
}

fn nie(first: usize, number: u32) -> String {
    let whole = person(first as u32 * 10_000_000 + number);
    format!("{}{}", ["X", "Y", "Z"][first], &whole[1..])
}

/// The control digit by trying: exactly one of ten holds.
fn company(form: char, number: u32) -> Vec<String> {
    let all = (0..10).map(|digit| format!("{form}{number:07}{digit}"));
    all.filter(|cif| read(TipoCampo::Nif, cif).is_some()).collect()
}

/// Check digits of an IBAN as the issuer works them out: 98 minus the number with 00 modulo 97.
fn iban(account: &str) -> String {
    let rest = format!("{account}142800").bytes().fold(0_u32, |rest, b| (rest * 10 + u32::from(b - b'0')) % 97);
    format!("ES{:02}{account}", 98 - rest)
}

/// A text with the digit at `place` (counted among the digits) moved by `step`.
fn with_other_digit(text: &str, place: usize, step: u8) -> String {
    let digits: Vec<usize> = text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let at = digits[place % digits.len()];
    let other = (text.as_bytes()[at] - b'0' + step) % 10;
    format!("{}{other}{}", &text[..at], &text[at + 1..])
}

/// A valid value of any type, as a person could write it.
fn any_valid() -> impl Strategy<Value = (TipoCampo, String)> {
    let day = (1900_i16..2200, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| format!("{d}/{m}/{y}"));
    prop_oneof![
        "[A-ZÑa-zñáü][\\PC]{0,60}".prop_map(|t| (TipoCampo::Texto, t)),
        (-100_000_000_000_i64..=100_000_000_000).prop_map(|n| (TipoCampo::Entero, n.to_string())),
        (-999_999_999_i64..=999_999_999, 0..100).prop_map(|(n, c)| (TipoCampo::Dinero, format!("{n},{c:02} €"))),
        day.prop_map(|t| (TipoCampo::Fecha, t)),
        "(sí|si|S|no|N|x|0|1)".prop_map(|t| (TipoCampo::Logico, t)),
        "(contado|FINANCIACIÓN|fin|Renting|renting o)".prop_map(|t| (TipoCampo::Opcion, t)),
        (0..100_000_000_u32).prop_map(|n| (TipoCampo::Nif, person(n))),
        (0..3_usize, 0..10_000_000_u32).prop_map(|(f, n)| (TipoCampo::Nif, nie(f, n))),
        "[A-HJ-NPR-Z0-9]{17}".prop_map(|t| (TipoCampo::Vin, t)),
        "[0-9]{4}[ -]?[BCDFGHJKLMNPRSTVWXYZ]{3}|(M|B|PM|GI)-[0-9]{4}-[A-Z]{1,2}"
            .prop_map(|t| (TipoCampo::Matricula, t)),
        "[0-9]{20}".prop_map(|t| (TipoCampo::Iban, iban(&t))),
        "(\\+34 ?)?[6-9][0-9]{2} ?[0-9]{3} ?[0-9]{3}|\\+351[0-9]{9}".prop_map(|t| (TipoCampo::Telefono, t)),
        "[a-zA-Z0-9]{1,8}(\\.[a-z0-9]{1,8})?@[a-zA-Z0-9]{1,8}\\.(es|com|eu)".prop_map(|t| (TipoCampo::Email, t)),
    ]
}

proptest! {
    #[test]
    fn what_is_valid_is_kept_and_kept_again((tipo, text) in any_valid()) {
        let kept = read(tipo, &text);
        prop_assert!(kept.is_some(), "{tipo:?} {text:?}: {:?}", campo::parse(&field(tipo), &text, TODAY));
        let kept = kept.unwrap();
        prop_assert_eq!(campo::check(&field(tipo), &kept).unwrap().valor, Some(kept.clone()), "check");
        let edited = campo::edit_text(&field(tipo), &kept);
        prop_assert_eq!(read(tipo, &edited), Some(kept.clone()), "edited as {:?}", edited);
        let shown = campo::show(&field(tipo), &kept);
        prop_assert_eq!(read(tipo, &shown), Some(kept), "shown as {:?}", shown);
    }

    #[test]
    fn small_letters_and_spaces_do_not_matter(number in 0..100_000_000_u32, account in "[0-9]{20}") {
        let nif = person(number);
        let loose = format!(" {}.{} - {} ", &nif[..2], &nif[2..8], nif[8..].to_lowercase());
        prop_assert_eq!(read(TipoCampo::Nif, &loose), Some(Valor::from(nif.as_str())));
        let iban = iban(&account);
        let shown = campo::show(&field(TipoCampo::Iban), &Valor::from(iban.as_str()));
        prop_assert_eq!(read(TipoCampo::Iban, &shown.to_lowercase()), Some(Valor::from(iban.as_str())));
    }

    #[test]
    fn a_person_s_number_with_one_wrong_digit_is_refused(number in 0..100_000_000_u32, place in 0..8_usize, step in 1..10_u8) {
        let wrong = with_other_digit(&person(number), place, step);
        prop_assert_eq!(read(TipoCampo::Nif, &wrong), None);
    }

    #[test]
    fn a_nie_with_one_wrong_digit_is_refused(first in 0..3_usize, number in 0..10_000_000_u32, place in 0..7_usize, step in 1..10_u8) {
        let wrong = with_other_digit(&nie(first, number), place, step);
        prop_assert_eq!(read(TipoCampo::Nif, &wrong), None);
    }

    #[test]
    fn a_company_has_one_control_and_no_wrong_digit(form in "[ABEH]", number in 0..10_000_000_u32, place in 0..8_usize, step in 1..10_u8) {
        let valid = company(form.chars().next().unwrap(), number);
        prop_assert_eq!(valid.len(), 1);
        prop_assert_eq!(read(TipoCampo::Nif, &with_other_digit(&valid[0], place, step)), None);
    }

    #[test]
    fn an_iban_with_one_wrong_digit_is_refused(account in "[0-9]{20}", place in 0..22_usize, step in 1..10_u8) {
        prop_assert_eq!(read(TipoCampo::Iban, &with_other_digit(&iban(&account), place, step)), None);
    }

    #[test]
    fn money_reads_back_from_how_it_is_shown(cents in -100_000_000_000_i64..=100_000_000_000) {
        let money = field(TipoCampo::Dinero);
        for text in [campo::show(&money, &cents.into()), campo::edit_text(&money, &cents.into())] {
            prop_assert_eq!(read(TipoCampo::Dinero, &text), Some(Valor::Entero(cents)), "{}", text);
        }
    }

    #[test]
    fn days_sort_as_they_are_kept(a in (1900_i16..2200, 1_i8..=12, 1_i8..=28), b in (1900_i16..2200, 1_i8..=12, 1_i8..=28)) {
        let kept = |(y, m, d)| read(TipoCampo::Fecha, &format!("{d}/{m}/{y}")).unwrap();
        prop_assert_eq!(kept(a).cmp(&kept(b)), a.cmp(&b));
    }

    #[test]
    fn any_text_is_a_value_or_one_sentence(text in "\\PC{0,40}|[0-9.,/ €+-]{0,20}", tipo in proptest::sample::select(&TipoCampo::ALL[..])) {
        match campo::parse(&field(tipo), &text, TODAY) {
            Ok(leido) => if let Some(valor) = leido.valor {
                prop_assert_eq!(campo::check(&field(tipo), &valor).unwrap().valor, Some(valor.clone()));
                let edited = campo::edit_text(&field(tipo), &valor);
                prop_assert_eq!(read(tipo, &edited), Some(valor), "edited as {:?}", edited);
            },
            Err(error) => prop_assert!(error.0.ends_with('.') && !error.0.contains('\n'), "{}", error.0),
        }
    }

    #[test]
    fn no_value_of_any_kind_breaks_what_is_shown(text in any::<String>(), n in any::<i64>(), b in any::<bool>(), tipo in proptest::sample::select(&TipoCampo::ALL[..])) {
        for valor in [Valor::Texto(text), Valor::Entero(n), Valor::Logico(b)] {
            campo::show(&field(tipo), &valor);
            campo::edit_text(&field(tipo), &valor);
            if let Ok(read) = campo::check(&field(tipo), &valor) {
                let again = read.valor.clone().map(|valor| campo::check(&field(tipo), &valor).unwrap().valor);
                prop_assert_eq!(again.flatten(), read.valor);
            }
        }
    }
}
