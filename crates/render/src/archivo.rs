//! What is read: the bytes of a document, and the password it may ask for.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The longest password that is tried, in bytes: PDF itself reads no more than 127.
pub const MAX_CLAVE: usize = 512;

/// A document's password. It is never written anywhere: not in a log, not in an error.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Clave(String);

impl Clave {
    /// As the person typed it; `None` if it is empty or longer than [`MAX_CLAVE`].
    pub fn new(texto: impl Into<String>) -> Option<Self> {
        let texto = texto.into();
        (1..=MAX_CLAVE).contains(&texto.len()).then_some(Self(texto))
    }

    /// What was typed, for the decryption alone.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Clave {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clave(…)")
    }
}

/// A document to be read. Anything that is bytes becomes one without a password.
#[derive(Clone, Copy)]
pub struct Archivo<'a> {
    /// All of the file.
    pub bytes: &'a [u8],
    /// The password, if the person gave one. A document that asks for none is read all the same.
    pub clave: Option<&'a Clave>,
}

impl<'a, T: AsRef<[u8]> + ?Sized> From<&'a T> for Archivo<'a> {
    fn from(bytes: &'a T) -> Self {
        Self { bytes: bytes.as_ref(), clave: None }
    }
}
