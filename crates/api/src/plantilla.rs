//! Documents from a template: `POST /expedientes/{id}/plantillas/{plantilla}`, with `Idempotency-Key`. Answers 201 with
//! [`crate::documento::DocumentoVista`]; the templates there are come with the modelo.

use serde::{Deserialize, Serialize};

/// Body of the request.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlantillaPedido {
    /// Whether fields that are empty may leave a blank to be filled by hand. Without it they are refused (422), each named in `campos`.
    #[serde(default)]
    pub con_huecos: bool,
}
