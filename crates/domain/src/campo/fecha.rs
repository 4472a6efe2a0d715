//! Days.

use super::{CampoError, Result};
use jiff::civil::Date;

/// Reads `hoy`, `ayer`, `3/11`, `03/11/26`, `03/11/2026`, `3-11-26`, `3.11.2026`, `2026-11-03`. Without a year it is that of `today`.
pub fn parse(texto: &str, today: Date) -> Result<Date> {
    let wrong = || CampoError::new("Escriba una fecha como 03/11/2026, o «hoy».");
    match crate::texto::fold(texto).as_str() {
        "hoy" => return Ok(today),
        "ayer" => return today.yesterday().map_err(|_| wrong()),
        _ => {}
    }
    if let Some(day) = parse_iso(texto) {
        return Ok(day);
    }
    let parts: Vec<&str> = texto.split(['/', '-', '.']).map(str::trim).collect();
    let number = |text: &str, max: usize| {
        let shaped = (1..=max).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        shaped.then(|| text.parse::<i16>().ok()).flatten().ok_or_else(wrong)
    };
    let (day, month, year) = match parts.as_slice() {
        [day, month] => (number(day, 2)?, number(month, 2)?, today.year()),
        [day, month, year] if year.len() == 2 => {
            (number(day, 2)?, number(month, 2)?, full_year(number(year, 2)?, today))
        }
        [day, month, year] if year.len() == 4 => (number(day, 2)?, number(month, 2)?, number(year, 4)?),
        _ => return Err(wrong()),
    };
    let (day, month) = (i8::try_from(day).map_err(|_| wrong())?, i8::try_from(month).map_err(|_| wrong())?);
    match Date::new(year, month, day) {
        Ok(day) if is_sensible(day) => Ok(day),
        Ok(_) => Err(CampoError::new("Esa fecha está fuera de lugar: el año va de 1900 a 2199; revíselo.")),
        Err(_) => Err(CampoError::new("Esa fecha no existe; escríbala como 03/11/2026.")),
    }
}

/// Reads `2026-11-03`, as days are kept and sent, and nothing longer or shorter: text order must be date order.
pub fn parse_iso(texto: &str) -> Option<Date> {
    let shaped = texto.len() == 10
        && texto.bytes().enumerate().all(|(at, b)| if matches!(at, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    texto.parse::<Date>().ok().filter(|day| shaped && is_sensible(*day))
}

/// Between 1900 and 2199: the rest is a slip of the keys.
fn is_sensible(day: Date) -> bool {
    (1900..2200).contains(&day.year())
}

/// The year with those last two digits, at most 20 years ahead of `today`: a used car of `98` is not from 2098.
fn full_year(two_digits: i16, today: Date) -> i16 {
    let year = today.year() - today.year().rem_euclid(100) + two_digits;
    if year > today.year() + 20 { year - 100 } else { year }
}

/// ISO text to `03/11/2026`; other text as it is.
pub fn show(iso: &str) -> String {
    match iso.parse::<Date>() {
        Ok(day) => format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year()),
        Err(_) => iso.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use jiff::civil::date;

    #[test]
    fn people_write_days_in_many_ways() {
        let today = date(2026, 11, 24);
        for text in ["3/11", "03/11", "3/11/26", "03/11/2026", "3-11-26", "3.11.2026", "2026-11-03", "3 / 11"] {
            assert_eq!(parse(text, today), Ok(date(2026, 11, 3)), "{text}");
        }
        assert_eq!(parse("1/1/98", today), Ok(date(1998, 1, 1)));
        assert_eq!(parse("1/1/46", today), Ok(date(2046, 1, 1)));
        for text in [
            "31/02",
            "32/1",
            "0/1",
            "1/13",
            "hoyo",
            "3/11/026",
            "3",
            "1/1/1800",
            "//",
            "003/11",
            "-3/11",
            "+3/11",
            "20261103",
            "2026-11-03T10:00",
        ] {
            assert!(parse(text, today).is_err(), "{text}");
        }
        assert_eq!(parse("29/02/2024", today), Ok(date(2024, 2, 29)));
        assert_eq!(parse("Hoy", today), Ok(today));
        assert_eq!(parse("ayer", today), today.yesterday().map_err(|_| CampoError::new("")));
    }
}
