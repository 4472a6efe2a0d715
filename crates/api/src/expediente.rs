//! One expediente: `GET /expedientes/{id}`, `POST /expedientes`, `PATCH /expedientes/{id}/indice`, `GET …/historial`, `POST …/deshacer`.

use crate::documento::DocumentoVista;
use domain::gate::Requisito;
use domain::{CampoId, EntidadId, ExpedienteId, FaseId, Indice, ModeloId, Valor};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything of an expediente in one answer; its revision is the `ETag` too (`"14"`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExpedienteDetalle {
    /// Id.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub id: ExpedienteId,
    /// `26-01877`.
    pub numero: String,
    /// Entidad.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub entidad: EntidadId,
    /// Modelo.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub modelo: ModeloId,
    /// Fase.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub fase: FaseId,
    /// Grows with every change of índice, fase, documents, notes or avisos.
    pub revision: i64,
    /// User name of the asesor.
    pub asesor: String,
    /// When it was opened.
    pub creado: String,
    /// Whether it is in its last fase: read-only.
    pub cerrado: bool,
    /// Values of the index fields this person may see.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub indice: Indice,
    /// Its documents, deleted ones left out, in the order of the checklist.
    pub documentos: Vec<DocumentoVista>,
    /// Its notes, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notas: Vec<crate::nota::NotaVista>,
    /// Its avisos: the open ones first, by their day (those without one last), then those that are done, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub avisos: Vec<crate::aviso::AvisoVista>,
    /// The checklist.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub requisitos: Vec<Requisito>,
    /// What is missing to leave the fase.
    pub faltas: Vec<crate::fase::FaltaVista>,
    /// The fase that comes next; absent at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub siguiente_fase: Option<FaseId>,
    /// What this person may do here now.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub permisos: Vec<domain::Permiso>,
}

/// Body of `POST /expedientes`, with `Idempotency-Key`. Answers 201 with the detail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExpedienteNuevo {
    /// Entidad.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub entidad: EntidadId,
    /// Modelo.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub modelo: ModeloId,
    /// User name of the asesor; the person who asks, when not said and they are one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asesor: Option<String>,
    /// First values of the index.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub indice: Indice,
}

/// Body of `PATCH /expedientes/{id}/indice`, with `If-Match` (the revision) and `Idempotency-Key`. `null` empties a field.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IndiceCambio {
    /// New value of each changed field.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub campos: BTreeMap<CampoId, Option<Valor>>,
}

/// Answer of a change to an expediente: small, so that a save costs the line little.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cambiado {
    /// The new revision.
    pub revision: i64,
    /// Values as they were stored (normalised), for the fields that were sent.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub campos: BTreeMap<CampoId, Option<Valor>>,
    /// Odd but accepted: field and sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub avisos: Vec<crate::problem::CampoMalo>,
    /// Fase afterwards.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub fase: FaseId,
}

/// What changed since the revision the person had, with problem `revision-antigua`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Conflicto {
    /// The current revision.
    pub revision: i64,
    /// Every field that changed since, in the sender's scope.
    pub campos: Vec<CampoCambiado>,
}

/// A field somebody else changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CampoCambiado {
    /// The field.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub campo: CampoId,
    /// Value at the revision the sender had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub antes: Option<Valor>,
    /// Value now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub ahora: Option<Valor>,
    /// Full name of who changed it.
    pub quien: String,
    /// When.
    pub cuando: String,
}

/// One entry of `GET /expedientes/{id}/historial`, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistorialEntrada {
    /// Revision it made.
    pub revision: i64,
    /// When.
    pub cuando: String,
    /// Full name of who.
    pub quien: String,
    /// Event kind, see [`crate::evento::Clase`].
    pub clase: crate::evento::Clase,
    /// Changed fields, for changes of the index.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub campos: Vec<CampoAntesAhora>,
    /// Reason, name of the document, fase: what there is to say in one line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub texto: String,
    /// Whether `POST …/deshacer` with this revision would be taken.
    #[serde(default)]
    pub deshacible: bool,
}

/// A field before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CampoAntesAhora {
    /// The field.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub campo: CampoId,
    /// Before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub antes: Option<Valor>,
    /// After.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub ahora: Option<Valor>,
}

/// Body of `POST /expedientes/{id}/deshacer`: undoes the last change of the index, or that of a revision. Refused (409) when a field
/// it touches has changed since.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Deshacer {
    /// The revision to undo; the caller's last change of the index when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<i64>,
}
