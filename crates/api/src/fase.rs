//! Moving through fases: `POST /expedientes/{id}/fase`.

use domain::FaseId;
use domain::gate::Falta;
use serde::{Deserialize, Serialize};

/// Body of `POST /expedientes/{id}/fase`, with `If-Match` and `Idempotency-Key`. Answers [`crate::expediente::Cambiado`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FaseCambio {
    /// Which way.
    pub paso: Paso,
    /// Compulsory for [`Paso::Forzar`] and [`Paso::Retroceder`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motivo: Option<String>,
}

/// Which way an expediente moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Paso {
    /// To the next fase, through the gate.
    Avanzar,
    /// To the next fase, over the gate.
    Forzar,
    /// To the fase before.
    Retroceder,
}

/// Something missing, with its name for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FaltaVista {
    /// What.
    #[serde(flatten)]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub falta: Falta,
    /// Name of the document type or field; where one of several types is enough, of all of them.
    pub nombre: String,
    /// The fase that asks for it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub fase: FaseId,
}
