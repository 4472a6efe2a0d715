//! Saved views: `GET /vistas`, `PUT /vistas/{nombre}`, `DELETE /vistas/{nombre}`. They belong to a person and a modelo.

use serde::{Deserialize, Serialize};

/// A search and an order under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Vista {
    /// 1 to 40 characters; also in the path of `PUT`.
    pub nombre: String,
    /// Modelo it is for.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub modelo: domain::ModeloId,
    /// Search text.
    pub q: String,
    /// As in [`crate::lista::ListaParams`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orden: Option<String>,
}
