//! The day by which something is to be done, as people say it: `05/12`, `+3`, `mañana`, `lunes`.

use domain::campo::parse_fecha;
use domain::texto::fold;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::fmt;

/// Furthest day that is counted from today, in days.
const AHEAD_MAX: i64 = 3_650;

/// Why something typed is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It reads like a date, but the calendar has no such day.
    NoSuchDay,
    /// It cannot be read.
    Unreadable,
}

impl Wrong {
    /// The short sentence of the catalogue that says so.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoSuchDay => "dia-no-existe",
            Self::Unreadable => "dia-no-se-entiende",
        }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSuchDay => "Ese día no existe.",
            Self::Unreadable => "Escriba el día como 05/12, +3, «mañana» o «lunes»; o déjelo vacío.",
        })
    }
}

/// Where a day stands from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plazo {
    /// So many days ago.
    Hace(usize),
    /// Today.
    Hoy,
    /// Tomorrow.
    Manana,
    /// In so many days.
    En(usize),
}

/// Where an ISO day stands from today.
pub fn of(iso: &str, today: Date) -> Option<Plazo> {
    let days = today.until(iso.parse::<Date>().ok()?).ok()?.get_days();
    let distance = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
    Some(match days {
        ..0 => Plazo::Hace(distance),
        0 => Plazo::Hoy,
        1 => Plazo::Manana,
        _ => Plazo::En(distance),
    })
}

/// Reads a day; nothing is no day. A day without a year that has passed is one of next year, and a day of the week is the next one.
pub fn parse(texto: &str, today: Date) -> Result<Option<Date>, Wrong> {
    let said = fold(texto.trim());
    if said.is_empty() {
        return Ok(None);
    }
    let wrong = || if is_like_a_date(&said) { Wrong::NoSuchDay } else { Wrong::Unreadable };
    let ahead = |days: i64| today.checked_add(days.days()).map(Some).map_err(|_| wrong());
    match said.as_str() {
        "manana" | "tomorrow" => return ahead(1),
        "pasado" | "pasado manana" => return ahead(2),
        "today" => return Ok(Some(today)),
        _ => {}
    }
    if let Some(days) = said.strip_prefix('+') {
        let days = days.trim_end_matches('d').trim().parse::<i64>().ok();
        return ahead(days.filter(|days| (0..=AHEAD_MAX).contains(days)).ok_or_else(wrong)?);
    }
    if let Some(weekday) = weekday(&said) {
        return today.nth_weekday(1, weekday).map(Some).map_err(|_| wrong());
    }
    let day = parse_fecha(texto.trim(), today).map_err(|_| wrong())?;
    let without_year = said.split(['/', '-', '.']).count() == 2;
    let day =
        if without_year && day < today { parse_fecha(&format!("{said}/{}", today.year() + 1), today) } else { Ok(day) };
    day.map(Some).map_err(|_| wrong())
}

/// Two or three numbers, as in `31/02`.
fn is_like_a_date(said: &str) -> bool {
    let parts: Vec<&str> = said.split(['/', '-', '.']).collect();
    let is_number = |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    matches!(parts.len(), 2 | 3) && parts.iter().all(is_number)
}

fn weekday(said: &str) -> Option<Weekday> {
    Some(match said {
        "lunes" | "lun" | "monday" => Weekday::Monday,
        "martes" | "mar" | "tuesday" => Weekday::Tuesday,
        "miercoles" | "mie" | "wednesday" => Weekday::Wednesday,
        "jueves" | "jue" | "thursday" => Weekday::Thursday,
        "viernes" | "vie" | "friday" => Weekday::Friday,
        "sabado" | "sab" | "saturday" => Weekday::Saturday,
        "domingo" | "dom" | "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// A Tuesday.
    const TODAY: Date = date(2026, 11, 24);

    #[test]
    fn days_are_said_in_many_ways() {
        let days = [
            ("5/12", date(2026, 12, 5)),
            ("05/01", date(2027, 1, 5)),
            ("24.11", TODAY),
            ("03/11/2026", date(2026, 11, 3)),
            ("+3", date(2026, 11, 27)),
            ("+ 10d", date(2026, 12, 4)),
            ("mañana", date(2026, 11, 25)),
            ("Pasado mañana", date(2026, 11, 26)),
            ("hoy", TODAY),
            ("lunes", date(2026, 11, 30)),
            ("MARTES", date(2026, 12, 1)),
            ("miércoles", date(2026, 11, 25)),
        ];
        for (said, day) in days {
            assert_eq!(parse(said, TODAY), Ok(Some(day)), "{said}");
        }
        assert_eq!(parse("  ", TODAY), Ok(None));
        for said in ["lunez", "+", "+-3", "+99999", "5", "5/", "1/2/3/4"] {
            assert_eq!(parse(said, TODAY), Err(Wrong::Unreadable), "{said}");
        }
        for said in ["31/02", "29/02", "29.02.2027", "2026-11-31", "1/13"] {
            assert_eq!(parse(said, TODAY), Err(Wrong::NoSuchDay), "{said}");
        }
    }

    #[test]
    fn a_day_stands_somewhere_from_today() {
        let days = ["2026-11-21", "2026-11-24", "2026-11-25", "2027-01-01", "ayer"];
        let places = [Some(Plazo::Hace(3)), Some(Plazo::Hoy), Some(Plazo::Manana), Some(Plazo::En(38)), None];
        assert_eq!(days.map(|iso| of(iso, TODAY)), places);
    }
}
