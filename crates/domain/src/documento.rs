//! States of a document.

use serde::{Deserialize, Serialize};

/// Where a document stands in its check. "Falta" is no state of a document: it is a document that is not there, see
/// [`crate::gate`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EstadoDocumento {
    /// Uploaded, nobody has looked yet.
    Pendiente,
    /// Somebody checked it and it holds.
    Validado,
    /// Somebody checked it and said why it does not hold.
    Rechazado,
}

impl EstadoDocumento {
    /// All of them, in the order of the work.
    pub const ALL: [Self; 3] = [Self::Pendiente, Self::Validado, Self::Rechazado];

    /// The word on the wire and in the search language.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pendiente => "pendiente",
            Self::Validado => "validado",
            Self::Rechazado => "rechazado",
        }
    }
}

impl std::str::FromStr for EstadoDocumento {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|e| e.as_str() == text).ok_or(())
    }
}
