//! A set within a place, or all of the place but a set.

use crate::store::conjuntos::Conjunto;

/// Which expedientes of a place.
#[derive(Debug, Clone, PartialEq)]
pub enum Conj {
    /// These.
    In(Conjunto),
    /// All but these.
    Out(Conjunto),
}

impl Conj {
    /// All of them.
    pub fn everything() -> Self {
        Self::Out(Conjunto::default())
    }

    /// None of them.
    pub fn nothing() -> Self {
        Self::In(Conjunto::default())
    }

    /// The others.
    pub fn negated(self) -> Self {
        match self {
            Self::In(set) => Self::Out(set),
            Self::Out(set) => Self::In(set),
        }
    }

    /// Those of either.
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::In(mut a), Self::In(b)) => {
                a.unite(b);
                Self::In(a)
            }
            (Self::In(a), Self::Out(mut b)) | (Self::Out(mut b), Self::In(a)) => {
                b.subtract(&a);
                Self::Out(b)
            }
            (Self::Out(mut a), Self::Out(b)) => {
                a.intersect(&b);
                Self::Out(a)
            }
        }
    }

    /// Leaves of a set those that are in this one too.
    pub fn keep(&self, of: &mut Conjunto) {
        match self {
            Self::In(set) => of.intersect(set),
            Self::Out(set) => of.subtract(set),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_of_two_whichever_way_they_are_said() {
        let set = |ids: [u32; 2]| Conjunto::from_iter(ids);
        let (a, b) = (set([1, 2]), set([2, 3]));
        for (one, other, expected) in [
            (Conj::In(a.clone()), Conj::In(b.clone()), vec![1, 2, 3]),
            (Conj::In(a.clone()), Conj::Out(b.clone()), vec![1, 2, 4]),
            (Conj::Out(b.clone()), Conj::In(a.clone()), vec![1, 2, 4]),
            (Conj::Out(a), Conj::Out(b), vec![1, 3, 4]),
        ] {
            let mut all = Conjunto::from_iter([1, 2, 3, 4]);
            one.or(other).keep(&mut all);
            assert_eq!(all.iter().collect::<Vec<_>>(), expected);
        }
    }
}
