//! Avisos: `POST /expedientes/{id}/avisos`, `PATCH|DELETE /avisos/{id}`, `GET /avisos`, `GET /expedientes/{id}/personas`.

use domain::{AvisoId, EntidadId, ExpedienteId, ModeloId, Rol};
use serde::{Deserialize, Serialize};

/// An aviso, in the detail of its expediente and as the answer of every change to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AvisoVista {
    /// Id.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub id: AvisoId,
    /// What is to be done; may have line breaks.
    pub texto: String,
    /// User name of its addressee.
    pub para: String,
    /// Full name of its addressee.
    pub para_nombre: String,
    /// User name of who gave it.
    pub por: String,
    /// Full name of who gave it.
    pub quien: String,
    /// When it was given.
    pub cuando: String,
    /// The day by which it is to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vence: Option<String>,
    /// When it was done; absent while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hecho: Option<String>,
    /// Full name of who did it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hecho_por: String,
}

/// Body of `POST /expedientes/{id}/avisos` (201), with `Idempotency-Key`; answers [`AvisoVista`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AvisoNuevo {
    /// What is to be done, 1 to [`crate::nota::MAX_TEXTO`] characters.
    pub texto: String,
    /// User name of its addressee, one of `GET /expedientes/{id}/personas`.
    pub para: String,
    /// The day by which it is to be done, ISO.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vence: Option<String>,
}

/// Body of `PATCH /avisos/{id}`, with `Idempotency-Key`: what is absent stays. Anyone who sees the expediente and may write avisos may do
/// it; text, addressee and day are its author's alone to change, but the addressee may put the day off. Answers [`AvisoVista`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AvisoCambio {
    /// Another text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub texto: Option<String>,
    /// Another addressee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub para: Option<String>,
    /// Another day; the empty text takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vence: Option<String>,
    /// Whether it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hecho: Option<bool>,
}

/// Answer of `GET /avisos`: the open avisos of the person who asks, by their day (those without one last), 200 at most. Those of
/// expedientes that are closed, or that the person does not see now, are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MisAvisos {
    /// The first of them.
    pub items: Vec<MiAviso>,
    /// How many there are in all.
    pub total: u32,
}

/// An aviso to the person who asks, and where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MiAviso {
    /// Its expediente.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub expediente: ExpedienteId,
    /// Number of the expediente.
    pub numero: String,
    /// Entidad of the expediente.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub entidad: EntidadId,
    /// Modelo of the expediente.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub modelo: ModeloId,
    /// Its client.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cliente: String,
    /// The aviso.
    pub aviso: AvisoVista,
}

/// Somebody who sees an expediente, and so may be the addressee of an aviso: `GET /expedientes/{id}/personas`, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Destinatario {
    /// User name.
    pub usuario: String,
    /// Full name.
    pub nombre: String,
    /// Role.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub rol: Rol,
}
