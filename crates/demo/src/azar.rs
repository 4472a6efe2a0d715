//! Chance that repeats: every thing of the world has its own generator, made from the seed, what it is and its number.
//!
//! xoshiro256++ is a named, portable generator: the same numbers on any machine and with any later version of `rand`.
//! What is drawn from it is computed here with integers, for the same reason.

use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng, SeedableRng};

/// What a generator is for, so that two things with the same number do not share their chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hilo {
    /// Data of an expediente: client, vehicle, fase, index.
    Expediente = 1,
    /// Documents of an expediente.
    Documentos = 2,
    /// Which modelo an expediente is of.
    Modelo = 4,
    /// Marks, noise and skew of a file.
    Archivo = 3,
    /// Notes of an expediente, and avisos that are done.
    Notas = 5,
    /// Open avisos: how many somebody has, and which of an expediente.
    Avisos = 6,
}

/// A source of chance.
#[derive(Debug, Clone)]
pub struct Azar(Xoshiro256PlusPlus);

impl Azar {
    /// The source of thing number `n` of `hilo` in the world of `seed`.
    pub fn new(seed: u64, hilo: Hilo, n: u64) -> Self {
        let mixed = seed
            .wrapping_mul(0x9E37_79B9_7F4A_7C15)
            .rotate_left(29)
            .wrapping_add((hilo as u64).wrapping_mul(0xD1B5_4A32_D192_ED03))
            .rotate_left(31)
            .wrapping_add(n.wrapping_mul(0x8CB9_2BA7_2F3D_8DD7));
        Self(Xoshiro256PlusPlus::seed_from_u64(mixed))
    }

    /// A number below `n`; 0 when `n` is 0.
    pub fn below(&mut self, n: u64) -> u64 {
        // The high half of a 128-bit product: even enough, and without division.
        ((u128::from(self.0.next_u64()) * u128::from(n)) >> 64) as u64
    }

    /// A number from `from` to `to`, both included; `from` when the range is empty.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        let wide = to.saturating_sub(from).max(0) as u64;
        from + self.below(wide + 1) as i64
    }

    /// True in `percent` of a hundred.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// A number from -1 to 1.
    pub fn swing(&mut self) -> f32 {
        self.below(2_001) as f32 / 1_000.0 - 1.0
    }

    /// One of them. `all` is one of the tables of this crate, none of which is empty.
    pub fn pick<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len() as u64) as usize]
    }

    /// The place of one of them, drawn by weight; 0 when every weight is 0.
    pub fn weighted(&mut self, weights: &[u64]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (i, weight) in weights.iter().enumerate() {
            if left < *weight {
                return i;
            }
            left -= weight;
        }
        0
    }

    /// `count` decimal digits.
    pub fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_repeats_and_is_its_own() {
        let draw = |seed, hilo, n| Azar::new(seed, hilo, n).digits(24);
        assert_eq!(draw(7, Hilo::Expediente, 3), draw(7, Hilo::Expediente, 3));
        assert_ne!(draw(7, Hilo::Expediente, 3), draw(8, Hilo::Expediente, 3));
        assert_ne!(draw(7, Hilo::Expediente, 3), draw(7, Hilo::Documentos, 3));
        assert_ne!(draw(7, Hilo::Expediente, 3), draw(7, Hilo::Expediente, 4));
    }

    #[test]
    fn what_is_drawn_stays_within_its_limits() {
        let mut azar = Azar::new(1, Hilo::Archivo, 0);
        for _ in 0..1_000 {
            assert!((-3..=5).contains(&azar.between(-3, 5)));
            assert!(azar.swing().abs() <= 1.0);
            assert_eq!(azar.weighted(&[0, 4, 0]), 1);
        }
        assert_eq!(azar.between(9, 2), 9);
    }
}
