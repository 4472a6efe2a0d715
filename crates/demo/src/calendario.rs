//! Where and when expediente `n` was opened, in closed form: nothing before it needs to be counted.
//!
//! Expedientes are numbered by age, 0 the oldest. The house grows, so that recent weeks hold more of them than old ones.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// How far back the oldest one lies, days.
const DAYS: u128 = 730;
/// Entidades take turns: 0 is the first, 1 the second.
const TURNS: [usize; 10] = [0, 0, 1, 0, 0, 0, 1, 0, 0, 1];

/// The calendar of a world.
#[derive(Debug, Clone)]
pub(crate) struct Calendario {
    size: u64,
    hoy: Date,
    /// For each year, the first expediente of it, and by entidad how many numbers were given before it in that year.
    years: Vec<(i16, u64, [u64; 2])>,
}

impl Calendario {
    /// The calendar of `size` expedientes that ends the day before `hoy`.
    pub(crate) fn new(size: u64, hoy: Date) -> Self {
        let mut calendario = Self { size, hoy, years: Vec::new() };
        if size == 0 {
            return calendario;
        }
        let oldest = calendario.fecha(0);
        for year in oldest.year()..=calendario.fecha(size - 1).year() {
            let (mut low, mut high) = (0, size);
            while low < high {
                let middle = low + (high - low) / 2;
                if calendario.fecha(middle).year() < year { low = middle + 1 } else { high = middle }
            }
            // The books of the first year were not opened with the first expediente kept here.
            let mut before = [0, 0];
            if year == oldest.year() {
                before = [0, 1].map(|e| count_before(size, e) * u64::from(oldest.day_of_year().unsigned_abs()) / 1_460);
            }
            calendario.years.push((year, low, before));
        }
        calendario
    }

    /// How many there are.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// The day the calendar ends before.
    pub(crate) fn hoy(&self) -> Date {
        self.hoy
    }

    /// 0 for the newest expediente.
    pub(crate) fn rank(&self, n: u64) -> u64 {
        self.size.saturating_sub(n + 1)
    }

    /// Place of its entidad.
    pub(crate) fn entidad(&self, n: u64) -> usize {
        TURNS[(n % 10) as usize]
    }

    /// The day of its order; never later for an older one, never a Sunday.
    pub(crate) fn fecha(&self, n: u64) -> Date {
        let (rank, size) = (u128::from(self.rank(n)), u128::from(self.size.max(1)));
        let back = 1 + DAYS * rank * (3 * rank + size) / (4 * size * size);
        let day = self.hoy.saturating_sub(Span::new().days(back as i64));
        if day.weekday() == Weekday::Sunday { day.saturating_sub(1.day()) } else { day }
    }

    /// Its number within entidad and year: `26-01877`.
    pub(crate) fn numero(&self, n: u64) -> String {
        let (year, entidad) = (self.fecha(n).year(), self.entidad(n));
        let (first, before) =
            self.years.iter().find(|(y, ..)| *y == year).map_or((0, 0), |(_, first, before)| (*first, before[entidad]));
        let number = before + count_before(n, entidad) - count_before(first, entidad) + 1;
        format!("{:02}-{number:05}", year.rem_euclid(100))
    }
}

/// How many of the expedientes before `n` are of that entidad.
fn count_before(n: u64, entidad: usize) -> u64 {
    let among = |turns: &[usize]| turns.iter().filter(|e| **e == entidad).count() as u64;
    n / 10 * among(&TURNS) + among(&TURNS[..(n % 10) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn numbers_are_given_once_and_days_do_not_go_back() {
        for size in [1, 7, 1_200, 20_003] {
            let calendario = Calendario::new(size, jiff::civil::date(2026, 11, 24));
            let mut given = HashSet::new();
            let mut last = calendario.fecha(0);
            for n in 0..size {
                assert!(given.insert((calendario.entidad(n), calendario.numero(n))), "{n} of {size}");
                assert!(calendario.fecha(n) >= last && calendario.fecha(n).weekday() != Weekday::Sunday);
                last = calendario.fecha(n);
            }
            assert!(last < calendario.hoy());
        }
    }

    #[test]
    fn two_years_are_covered() {
        let calendario = Calendario::new(1_200, jiff::civil::date(2026, 11, 24));
        assert_eq!(calendario.fecha(0).year(), 2024);
        assert_eq!(calendario.fecha(1_199), jiff::civil::date(2026, 11, 23));
        assert!(calendario.numero(1_199).starts_with("26-00"));
    }
}
