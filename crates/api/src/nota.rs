//! Notes of an expediente: `POST /expedientes/{id}/notas`, `PATCH|DELETE /notas/{id}`.

use domain::NotaId;
use serde::{Deserialize, Serialize};

/// Longest text of a note or an aviso, in characters.
pub const MAX_TEXTO: usize = 2_000;

/// A note, in the detail of its expediente and as the answer of every change to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NotaVista {
    /// Id.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub id: NotaId,
    /// What it says; may have line breaks.
    pub texto: String,
    /// User name of who wrote it.
    pub por: String,
    /// Full name of who wrote it.
    pub quien: String,
    /// When it was written.
    pub cuando: String,
    /// Whether its author has changed it since.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cambiada: bool,
}

/// Body of `POST /expedientes/{id}/notas` (201) and of `PATCH /notas/{id}`, which only its author may do. With `Idempotency-Key`;
/// answers [`NotaVista`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NotaTexto {
    /// What it says, 1 to [`MAX_TEXTO`] characters.
    pub texto: String,
}
