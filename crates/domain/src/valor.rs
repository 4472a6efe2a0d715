//! The value of an index field.

use crate::CampoId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The values of an expediente's index fields. A field that is not there is empty.
pub type Indice = BTreeMap<CampoId, Valor>;

/// A value as it is stored and sent; [`crate::campo::TipoCampo`] says how to read it.
///
/// | field type | value |
/// | --- | --- |
/// | date | `Texto`, ISO 8601 (`2026-11-03`), so that text order is date order |
/// | money | `Entero`, cents of a euro |
/// | integer | `Entero` |
/// | boolean | `Logico` |
/// | choice | `Texto`, the option's slug |
/// | every other | `Texto`, normalised by its validator |
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Valor {
    /// `true` is "sí".
    Logico(bool),
    /// An integer, or cents.
    Entero(i64),
    /// Text without control characters.
    Texto(String),
}

impl Valor {
    /// The text, if it is one.
    pub fn as_texto(&self) -> Option<&str> {
        match self {
            Self::Texto(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn as_entero(&self) -> Option<i64> {
        match self {
            Self::Entero(n) => Some(*n),
            _ => None,
        }
    }
}

impl From<&str> for Valor {
    fn from(text: &str) -> Self {
        Self::Texto(text.to_owned())
    }
}

impl From<i64> for Valor {
    fn from(n: i64) -> Self {
        Self::Entero(n)
    }
}

impl From<bool> for Valor {
    fn from(b: bool) -> Self {
        Self::Logico(b)
    }
}
