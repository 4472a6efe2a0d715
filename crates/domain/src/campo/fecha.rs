//! Days.

use super::{CampoError, Result};
use jiff::civil::Date;

/// Reads `3/11`, `03/11/26`, `03/11/2026`, `3-11-26`, `3.11.2026`, `2026-11-03`. Without a year it is that of `today`.
pub fn parse(texto: &str, today: Date) -> Result<Date> {
    let wrong = || CampoError::new("Escriba una fecha como 03/11/2026.");
    if let Ok(day) = texto.parse::<Date>() {
        return if is_sensible(day) { Ok(day) } else { Err(wrong()) };
    }
    let parts: Vec<&str> = texto.split(['/', '-', '.']).collect();
    let number = |text: &str, max: usize| {
        (1..=max).contains(&text.len()).then(|| text.parse::<i16>().ok()).flatten().ok_or_else(wrong)
    };
    let (day, month, year) = match parts.as_slice() {
        [day, month] => (number(day, 2)?, number(month, 2)?, today.year()),
        [day, month, year] if year.len() == 2 => (number(day, 2)?, number(month, 2)?, 2000 + number(year, 2)?),
        [day, month, year] if year.len() == 4 => (number(day, 2)?, number(month, 2)?, number(year, 4)?),
        _ => return Err(wrong()),
    };
    let (day, month) = (i8::try_from(day).map_err(|_| wrong())?, i8::try_from(month).map_err(|_| wrong())?);
    match Date::new(year, month, day) {
        Ok(day) if is_sensible(day) => Ok(day),
        _ => Err(CampoError::new("Esa fecha no existe; escríbala como 03/11/2026.")),
    }
}

/// Between 1900 and 2199: the rest is a slip of the keys.
pub fn is_sensible(day: Date) -> bool {
    (1900..2200).contains(&day.year())
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
        for text in ["3/11", "03/11", "3/11/26", "03/11/2026", "3-11-26", "3.11.2026", "2026-11-03"] {
            assert_eq!(parse(text, today), Ok(date(2026, 11, 3)), "{text}");
        }
        for text in ["31/02", "32/1", "0/1", "1/13", "hoy", "3/11/026", "3", "1/1/1800", "//", "003/11", "-3/11"] {
            assert!(parse(text, today).is_err(), "{text}");
        }
        assert_eq!(parse("29/02/2024", today), Ok(date(2024, 2, 29)));
    }
}
