//! A set of expedientes in memory: a bit for each id, in pieces like those on disk. So nothing has to be converted: a piece of bits is
//! copied, a short list sets its bits, and sets are intersected and united word by word, whoever has many or few of them.

use super::trozo::{self, Trozo};
use std::collections::BTreeMap;

/// Words of a piece.
const WORDS: usize = trozo::BITS / 8;

/// A set of ids.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Conjunto {
    /// By number. None is without ids.
    pieces: BTreeMap<u16, Box<[u64; WORDS]>>,
}

impl Conjunto {
    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// How many there are; any number above `most` when there are more than that, as they are counted only so far.
    pub fn count(&self, most: u64) -> u64 {
        let mut n = 0;
        for piece in self.pieces.values() {
            n += piece.iter().map(|word| u64::from(word.count_ones())).sum::<u64>();
            if n > most {
                break;
            }
        }
        n
    }

    /// All ids, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        self.pieces.iter().flat_map(|(number, piece)| {
            let words = piece.iter().enumerate().filter(|(_, word)| **word != 0);
            words.flat_map(|(at, word)| ids(first(*number, at), *word))
        })
    }

    /// Numbers of the first and the last piece that have any.
    pub(super) fn pieces(&self) -> Option<(i64, i64)> {
        let first = self.pieces.first_key_value()?;
        let last = self.pieces.last_key_value()?;
        Some((i64::from(*first.0), i64::from(*last.0)))
    }

    /// Leaves those that are in the other as well.
    pub fn intersect(&mut self, other: &Self) {
        self.pieces.retain(|number, piece| match other.pieces.get(number) {
            None => false,
            Some(theirs) => change(piece, theirs, |word, theirs| word & theirs),
        });
    }

    /// Leaves those that are not in the other.
    pub fn subtract(&mut self, other: &Self) {
        self.pieces.retain(|number, piece| match other.pieces.get(number) {
            None => true,
            Some(theirs) => change(piece, theirs, |word, theirs| word & !theirs),
        });
    }

    /// Adds those of the other.
    pub fn unite(&mut self, other: Self) {
        for (number, theirs) in other.pieces {
            match self.pieces.get_mut(&number) {
                None => drop(self.pieces.insert(number, theirs)),
                Some(piece) => drop(change(piece, &theirs, |word, theirs| word | theirs)),
            }
        }
    }

    /// Adds those of a stored piece.
    pub(super) fn read(&mut self, number: i64, piece: &[u8]) {
        let Some(number) = u16::try_from(number).ok().filter(|_| !trozo::is_empty(piece)) else { return };
        let words = self.pieces.entry(number).or_insert_with(|| Box::new([0; WORDS]));
        match Trozo::of(piece) {
            Trozo::Bits(bits) => {
                words.iter_mut().zip(bits).for_each(|(word, eight)| *word |= u64::from_le_bytes(*eight))
            }
            Trozo::List(list) => list.iter().for_each(|two| {
                let (at, bit) = place(u16::from_be_bytes(*two));
                words[at] |= bit;
            }),
        }
    }

    /// Those of a stored piece that are in this set, ascending. When they get more than `most`, the others are left out.
    pub(super) fn common(&self, number: i64, piece: &[u8], most: usize) -> Vec<u32> {
        let mut found = Vec::new();
        let number = u16::try_from(number).ok();
        let Some((number, words)) = number.and_then(|number| Some((number, self.pieces.get(&number)?))) else {
            return found;
        };
        match Trozo::of(piece) {
            Trozo::Bits(bits) => {
                for (at, (word, eight)) in words.iter().zip(bits).enumerate() {
                    let both = word & u64::from_le_bytes(*eight);
                    if both != 0 {
                        found.extend(ids(first(number, at), both));
                        if found.len() > most {
                            break;
                        }
                    }
                }
            }
            Trozo::List(list) => {
                for two in list {
                    let low = u16::from_be_bytes(*two);
                    let (at, bit) = place(low);
                    if words[at] & bit != 0 {
                        found.push(u32::from(number) << 16 | u32::from(low));
                        if found.len() > most {
                            break;
                        }
                    }
                }
            }
        }
        found
    }
}

impl FromIterator<u32> for Conjunto {
    fn from_iter<I: IntoIterator<Item = u32>>(ids: I) -> Self {
        let mut all = Self::default();
        for id in ids {
            let [a, b, c, d] = id.to_be_bytes();
            let words = all.pieces.entry(u16::from_be_bytes([a, b])).or_insert_with(|| Box::new([0; WORDS]));
            let (at, bit) = place(u16::from_be_bytes([c, d]));
            words[at] |= bit;
        }
        all
    }
}

impl std::fmt::Debug for Conjunto {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// Changes all words; answers whether anything is left.
fn change(piece: &mut [u64; WORDS], theirs: &[u64; WORDS], how: impl Fn(u64, u64) -> u64) -> bool {
    let mut left = 0;
    for (word, theirs) in piece.iter_mut().zip(theirs) {
        *word = how(*word, *theirs);
        left |= *word;
    }
    left != 0
}

/// Word and bit of an id within its piece.
fn place(low: u16) -> (usize, u64) {
    (usize::from(low / 64), 1 << (low % 64))
}

/// The first id of a word.
fn first(number: u16, at: usize) -> u32 {
    u32::from(number) << 16 | u32::try_from(at * 64).unwrap_or_default()
}

/// The ids of a word's bits.
fn ids(first: u32, mut word: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let at = word.trailing_zeros();
        (word != 0).then(|| {
            word &= word - 1;
            first + at
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Few or many ids, in pieces far apart.
    fn some() -> impl Strategy<Value = BTreeSet<u32>> {
        let dense = prop::collection::btree_set(65_000..66_200_u32, 0..900);
        let sparse = prop::collection::btree_set(prop_oneof![0..200_000_u32, any::<u32>()], 0..40);
        (dense, sparse).prop_map(|(mut dense, sparse)| {
            dense.extend(sparse);
            dense
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn it_is_a_set(a in some(), b in some()) {
            let of = |set: &BTreeSet<u32>| set.iter().copied().collect::<Conjunto>();
            let (mut both, mut either, mut rest) = (of(&a), of(&a), of(&a));
            both.intersect(&of(&b));
            either.unite(of(&b));
            rest.subtract(&of(&b));
            prop_assert_eq!(&both, &a.intersection(&b).copied().collect());
            prop_assert_eq!(&either, &a.union(&b).copied().collect());
            prop_assert_eq!(&rest, &a.difference(&b).copied().collect());
            prop_assert!(a.iter().copied().eq(of(&a).iter()));
            prop_assert_eq!(both.count(u64::MAX), a.intersection(&b).count() as u64);
            prop_assert_eq!(rest.is_empty(), a.is_subset(&b));
        }

        #[test]
        fn pieces_are_read_and_compared(a in some(), b in some()) {
            let within: Conjunto = b.iter().copied().collect();
            let (mut read, mut common) = (Conjunto::default(), Vec::new());
            let ids: Vec<u32> = a.iter().copied().collect();
            for ids in ids.chunk_by(|x, y| x >> 16 == y >> 16) {
                let piece = trozo::from_ids(ids);
                read.read(trozo::of(ids[0]), &piece);
                common.extend(within.common(trozo::of(ids[0]), &piece, usize::MAX));
                let limited = within.common(trozo::of(ids[0]), &piece, 3);
                prop_assert!(limited.len() > 3 || common.ends_with(&limited));
            }
            prop_assert_eq!(read, ids.into_iter().collect());
            prop_assert!(common.iter().eq(a.intersection(&b)));
        }
    }
}
