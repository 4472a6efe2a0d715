//! How a value is written as keys of sets: whole, and its beginnings.
//!
//! The keys of one series lie in levels. A value longer than a level's length has its beginning there, marked as a branch; it has its
//! whole at the first level that is long enough, marked as a leaf. So the keys of a level that begin alike hold everything that begins
//! so, each value once, and in the values' own order.

use smallvec::SmallVec;
use std::collections::BTreeSet;

/// Last byte of the key of a whole value. Less than [`BRANCH`]: what is whole comes before what goes on.
const LEAF: u8 = 0;
/// Last byte of the key of a beginning.
const BRANCH: u8 = 1;
/// The level of the set of all that have any value.
const ROOT: i64 = 40;

/// A key. Nearly all are this short, and an expediente has hundreds.
pub(super) type Clave = SmallVec<[u8; 23]>;

/// What of an expediente a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Serie(pub(super) i64);

impl Serie {
    /// Being there.
    pub const TODOS: Self = Self(0);
    /// Id of its asesor.
    pub const ASESOR: Self = Self(1);
    /// Id of its team.
    pub const EQUIPO: Self = Self(2);
    /// Place of its fase.
    pub const FASE: Self = Self(3);
    /// States its documents are in.
    pub const ESTADO: Self = Self(4);
    /// Having avisos.
    pub const AVISO: Self = Self(5);
    /// Words of its number.
    pub const NUMERO: Self = Self(6);
    /// Words of its asesor's name.
    pub const NOMBRE: Self = Self(7);
    /// Columns of the list.
    pub const ORDEN_PEDIDO: Self = Self(8);
    /// See [`Self::ORDEN_PEDIDO`].
    pub const ORDEN_NUMERO: Self = Self(9);
    /// See [`Self::ORDEN_PEDIDO`].
    pub const ORDEN_CLIENTE: Self = Self(10);
    /// See [`Self::ORDEN_PEDIDO`].
    pub const ORDEN_VEHICULO: Self = Self(11);
    /// See [`Self::ORDEN_PEDIDO`].
    pub const ORDEN_MATRICULA: Self = Self(12);
    /// See [`Self::ORDEN_PEDIDO`].
    pub const DOCS: Self = Self(13);
    /// See [`Self::ORDEN_PEDIDO`].
    pub const FALTAN: Self = Self(14);
    /// See [`Self::ORDEN_PEDIDO`].
    pub const ORDEN_IMPORTE: Self = Self(15);
    /// See [`Self::ORDEN_PEDIDO`].
    pub const ORDEN_ASESOR: Self = Self(16);

    /// Values, or words, of an index field, by its number.
    pub fn campo(number: i64) -> Self {
        Self(32 + number)
    }
}

/// How a series' values are cut into levels. Each form has levels of its own, so that a field may change its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forma {
    /// Words, looked for by how they begin.
    Palabra,
    /// Text, to put in order.
    Texto,
    /// Days, `2026-11-24`: years and months are beginnings.
    Dia,
    /// Numbers, as [`entero`] writes them.
    Entero,
    /// Few different values.
    Exacta,
    /// Runs of three letters of a text: what stands inside of words is looked for by them.
    Letras,
}

impl Forma {
    /// Bytes of the beginnings at each level; what is longer than all is whole at one more.
    fn lengths(self) -> &'static [usize] {
        match self {
            Self::Palabra => &[1, 2, 4, 8, 12],
            Self::Texto => &[1, 2, 4, 8, 16, 32],
            Self::Dia => &[4, 7],
            Self::Entero => &[5, 6, 7],
            Self::Exacta | Self::Letras => &[],
        }
    }

    /// How many levels there are.
    pub(super) fn levels(self) -> usize {
        self.lengths().len() + 1
    }

    /// Number of a level in the table.
    pub(super) fn level(self, at: usize) -> i64 {
        let base = match self {
            Self::Palabra => 0,
            Self::Texto => 8,
            Self::Dia => 16,
            Self::Entero => 24,
            Self::Exacta => 32,
            Self::Letras => 48,
        };
        base + i64::try_from(at).unwrap_or_default()
    }

    /// What of the value stands at a level, and whether it is a beginning only.
    pub(super) fn cut(self, at: usize, value: &[u8]) -> (&[u8], bool) {
        match self.lengths().get(at) {
            Some(&length) if value.len() > length => (&value[..length], true),
            _ => (value, false),
        }
    }

    /// The key at a level of what the value begins with there, or of its whole.
    pub(super) fn key(self, at: usize, value: &[u8]) -> Clave {
        let (part, goes_on) = self.cut(at, value);
        let mut key = Clave::from_slice(part);
        key.push(if goes_on { BRANCH } else { LEAF });
        key
    }

    /// The level where a value of that length is whole: the first at which all that begins with it is found.
    pub(super) fn level_of(self, length: usize) -> usize {
        self.lengths().iter().take_while(|&&most| most < length).count()
    }
}

/// A set an expediente is in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Entrada {
    pub(super) serie: i64,
    pub(super) nivel: i64,
    pub(super) clave: Clave,
}

impl Entrada {
    /// The set of all that have any value in the series.
    pub fn any(serie: Serie) -> Self {
        Self { serie: serie.0, nivel: ROOT, clave: Clave::new() }
    }

    /// The set of exactly that value.
    pub fn whole(serie: Serie, forma: Forma, value: &[u8]) -> Self {
        let at = forma.level_of(value.len());
        Self { serie: serie.0, nivel: forma.level(at), clave: forma.key(at, value) }
    }

    /// Adds all sets a value is in, but for [`Self::any`].
    pub fn extend(all: &mut BTreeSet<Self>, serie: Serie, forma: Forma, value: &[u8]) {
        all.extend((0..=forma.level_of(value.len())).map(|at| Self {
            serie: serie.0,
            nivel: forma.level(at),
            clave: forma.key(at, value),
        }));
    }
}

/// The runs of three letters of a text; none of a shorter one.
pub fn letras(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.char_indices().map(|(at, _)| at);
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).skip(2);
    starts.zip(ends).map(|(start, end)| &text[start..end])
}

/// A number as bytes that sort like it.
pub fn entero(n: i64) -> [u8; 8] {
    (n ^ i64::MIN).to_be_bytes()
}

/// What a branch's key says its values begin with; nothing for a leaf.
pub(super) fn beginning(key: &[u8]) -> Option<&[u8]> {
    key.split_last().and_then(|(last, part)| (*last == BRANCH).then_some(part))
}

/// The first key that does not begin so; none when all after do.
pub(super) fn after(beginning: &[u8]) -> Option<Vec<u8>> {
    let last = beginning.iter().rposition(|byte| *byte != u8::MAX)?;
    let mut next = beginning[..=last].to_vec();
    next[last] += 1;
    Some(next)
}

/// The first key after that one.
pub(super) fn following(mut key: Vec<u8>) -> Vec<u8> {
    key.push(0);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_whole_once_and_a_beginning_before_that() {
        let mut all = BTreeSet::new();
        Entrada::extend(&mut all, Serie::NUMERO, Forma::Palabra, b"garcia");
        let keys: Vec<(i64, &[u8])> = all.iter().map(|e| (e.nivel, e.clave.as_slice())).collect();
        assert_eq!(keys, [(0, &b"g\x01"[..]), (1, b"ga\x01"), (2, b"garc\x01"), (3, b"garcia\0")]);
        assert!(all.contains(&Entrada::whole(Serie::NUMERO, Forma::Palabra, b"garcia")));
    }

    #[test]
    fn runs_of_three_letters() {
        assert_eq!(letras("año1").collect::<Vec<_>>(), ["año", "ño1"]);
        assert_eq!(letras("añ").count(), 0);
    }

    #[test]
    fn numbers_and_keys_sort_like_the_values() {
        let mut numbers = [i64::MIN, -256, -1, 0, 1, 255, 256, i64::MAX].map(entero);
        numbers.sort_unstable();
        assert_eq!(numbers, [i64::MIN, -256, -1, 0, 1, 255, 256, i64::MAX].map(entero));
        let keys = ["gar", "garc", "garcia"].map(|word| Forma::Palabra.key(2, word.as_bytes()));
        assert!(keys.is_sorted() && keys[1] != keys[2]);
        assert_eq!(after(&[7, 0xFF]), Some(vec![8]));
        assert_eq!(after(&[0xFF]), None);
    }
}
