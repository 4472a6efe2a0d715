//! One piece of a set: those of 65,536 ids that are in it. Few ids are a list of two bytes each, many are a bit each.

/// Bytes of a piece with a bit for each id.
pub(super) const BITS: usize = 8_192;

/// A piece as it is stored.
pub(super) enum Trozo<'p> {
    /// A bit for each id, the lowest first.
    Bits(&'p [[u8; 8]]),
    /// What ids have beside the number of the piece, ascending.
    List(&'p [[u8; 2]]),
}

impl<'p> Trozo<'p> {
    /// What those bytes are.
    pub(super) fn of(piece: &'p [u8]) -> Self {
        if piece.len() == BITS { Self::Bits(piece.as_chunks().0) } else { Self::List(piece.as_chunks().0) }
    }
}

/// Number of the piece an id is in.
pub(super) fn of(id: u32) -> i64 {
    i64::from(id >> 16)
}

/// A piece with these ids, which are ascending and all of one piece.
pub(super) fn from_ids(ids: &[u32]) -> Vec<u8> {
    if ids.len() * 2 < BITS {
        return ids.iter().flat_map(|id| low(*id)).collect();
    }
    let mut bits = vec![0; BITS];
    for id in ids {
        set_bit(&mut bits, *id, true);
    }
    bits
}

/// Puts an id into a piece.
pub(super) fn insert(piece: &mut Vec<u8>, id: u32) {
    if piece.len() == BITS {
        set_bit(piece, id, true);
        return;
    }
    let Err(at) = find(piece, id) else { return };
    piece.splice(at..at, low(id));
    if piece.len() == BITS {
        let mut bits = vec![0; BITS];
        for two in piece.chunks_exact(2) {
            set_bit(&mut bits, u32::from(u16::from_be_bytes([two[0], two[1]])), true);
        }
        *piece = bits;
    }
}

/// Takes an id out of a piece. One with a bit for each id stays so.
pub(super) fn remove(piece: &mut Vec<u8>, id: u32) {
    if piece.len() == BITS {
        set_bit(piece, id, false);
    } else if let Ok(at) = find(piece, id) {
        piece.drain(at..at + 2);
    }
}

/// Whether nothing is in it.
pub(super) fn is_empty(piece: &[u8]) -> bool {
    piece.len() != BITS && piece.is_empty() || piece.len() == BITS && piece.iter().all(|byte| *byte == 0)
}

/// Byte where an id is in a list, or belongs.
fn find(list: &[u8], id: u32) -> Result<usize, usize> {
    let (pairs, _) = list.as_chunks::<2>();
    pairs.binary_search(&low(id)).map(|at| at * 2).map_err(|at| at * 2)
}

fn low(id: u32) -> [u8; 2] {
    let [_, _, high, low] = id.to_be_bytes();
    [high, low]
}

fn set_bit(bits: &mut [u8], id: u32, on: bool) {
    let low = usize::from(u16::from_be_bytes(low(id)));
    let mask = 1 << (low % 8);
    if on {
        bits[low / 8] |= mask;
    } else {
        bits[low / 8] &= !mask;
    }
}

#[cfg(test)]
mod tests {
    use super::super::Conjunto;
    use super::*;

    fn read(piece: &[u8]) -> Vec<u32> {
        let mut set = Conjunto::default();
        set.read(3, piece);
        set.iter().collect()
    }

    #[test]
    fn few_and_many_ids_come_back_and_change() {
        let base = 3 << 16;
        for many in [0, 1, 4_095, 4_096, 20_000] {
            let mut ids: Vec<u32> = (0..many).map(|n| base + 3 * n).collect();
            let mut piece = from_ids(&ids);
            assert_eq!(read(&piece), ids);
            insert(&mut piece, base + 1);
            insert(&mut piece, base + 1);
            ids.insert(ids.len().min(1), base + 1);
            assert_eq!(read(&piece), ids);
            for id in ids {
                remove(&mut piece, id);
            }
            assert!(is_empty(&piece) && read(&piece).is_empty());
        }
    }
}
