//! A SHA-256 sum.

use sha2::{Digest, Sha256};
use std::fmt;

/// SHA-256 of some content; written as 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sum([u8; 32]);

impl Sum {
    /// That of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// From a digest that was computed piece by piece.
    pub fn from_digest(digest: [u8; 32]) -> Self {
        Self(digest)
    }

    /// Its 32 bytes, as the database keeps them.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl TryFrom<&[u8]> for Sum {
    type Error = std::array::TryFromSliceError;
    fn try_from(bytes: &[u8]) -> Result<Self, Self::Error> {
        bytes.try_into().map(Self)
    }
}

impl std::str::FromStr for Sum {
    type Err = BadSum;
    fn from_str(text: &str) -> Result<Self, BadSum> {
        let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return Err(BadSum) };
        let pairs: &[[u8; 2]; 32] = pairs.try_into().map_err(|_| BadSum)?;
        let mut sum = [0; 32];
        for (byte, [high, low]) in sum.iter_mut().zip(pairs) {
            *byte = digit(*high)? << 4 | digit(*low)?;
        }
        Ok(Self(sum))
    }
}

/// Not 64 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256 in hex")]
pub struct BadSum;

fn digit(byte: u8) -> Result<u8, BadSum> {
    match byte {
        b'0'..=b'9' => Ok(byte - b'0'),
        b'a'..=b'f' => Ok(byte - b'a' + 10),
        b'A'..=b'F' => Ok(byte - b'A' + 10),
        _ => Err(BadSum),
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Bytes as lower-case hex digits.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|b| [DIGITS[usize::from(b >> 4)], DIGITS[usize::from(b & 15)]]).map(char::from).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_sum_of_abc_is_the_one_of_fips_180_4() {
        let sum = Sum::of(b"abc");
        let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sum.to_string(), text);
        assert_eq!(text.parse::<Sum>().unwrap(), sum);
        assert_eq!(text.to_uppercase().parse::<Sum>().unwrap(), sum);
        assert_eq!(Sum::try_from(&sum.as_bytes()[..]).unwrap(), sum);
    }

    #[test]
    fn what_is_not_a_sum_is_refused() {
        for text in ["", "ab", &"g".repeat(64), &"a".repeat(63), &"a".repeat(66), &"ñ".repeat(32)] {
            assert_eq!(text.parse::<Sum>(), Err(BadSum), "{text}");
        }
    }
}
