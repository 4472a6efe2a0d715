//! Identifiers: slugs for what the configuration names, numbers for what the service creates.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! slug_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The slug as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(slug: &str) -> Self {
                Self(slug.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(slug: String) -> Self {
                Self(slug)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

slug_id!(
    /// A work centre or brand, such as `norte-seat`.
    EntidadId
);
slug_id!(
    /// An area of work, such as `venta-vn`.
    ModeloId
);
slug_id!(
    /// A fase of a modelo, such as `matriculacion`.
    FaseId
);
slug_id!(
    /// A document type of a modelo, such as `dni`.
    TipoId
);
slug_id!(
    /// An index field of a modelo, such as `forma-pago`; also its name in the search language.
    CampoId
);
number_id!(
    /// An expediente. People use its number (`26-01877`); programs use this.
    ExpedienteId
);
number_id!(
    /// A document of an expediente, whatever its version.
    DocumentoId
);
slug_id!(
    /// A template of a modelo, such as `hoja-entrega`.
    PlantillaId
);
number_id!(
    /// A note of an expediente.
    NotaId
);
number_id!(
    /// An aviso of an expediente.
    AvisoId
);
number_id!(
    /// A person who signs in.
    UsuarioId
);
number_id!(
    /// A team: a jefe de ventas and their asesores.
    EquipoId
);

/// Whether `text` is a slug: lower-case ASCII letters, digits and single hyphens, 1 to 40 characters, a letter first.
pub fn is_slug(text: &str) -> bool {
    text.len() <= 40
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && !text.ends_with('-')
        && !text.contains("--")
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
