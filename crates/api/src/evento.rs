//! The events stream: `GET /eventos?desde=SEQ`, Server-Sent Events; `id:` is the sequence number, `data:` is [`Evento`] as JSON.

use domain::{DocumentoId, ExpedienteId};
use serde::{Deserialize, Serialize};

/// Name of the first event of a stream: its `id` is where the stream begins.
pub const INICIO: &str = "inicio";
/// Name of the first event instead, when what the client had seen is too long ago: it has to read again what it shows.
pub const REINICIO: &str = "reinicio";

/// Something changed. It says what, not how: the client asks for what it shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Evento {
    /// Place in the stream; resume with `Last-Event-ID` or `desde`.
    pub seq: i64,
    /// What kind.
    pub clase: Clase,
    /// The expediente it is about; absent for changes of the configuration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub expediente: Option<ExpedienteId>,
    /// Its new revision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<i64>,
    /// The document it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub documento: Option<DocumentoId>,
    /// User name of who did it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quien: String,
}

/// An event of the stream as its fields, for the OpenAPI document: what a client reads is [`Evento`], out of `data`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventoSse {
    /// Place in the stream, for `Last-Event-ID`.
    pub id: String,
    /// [`INICIO`] or [`REINICIO`] of the event that says where the stream stands; none of the others.
    pub event: Option<String>,
    /// An [`Evento`] as JSON.
    pub data: String,
}

/// Kinds of events and of history entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Clase {
    /// A new expediente.
    ExpedienteCreado,
    /// Its index changed.
    IndiceCambiado,
    /// A change of the index was undone.
    IndiceDeshecho,
    /// It moved on.
    FaseAvanzada,
    /// A jefe moved it on over the gate.
    FaseForzada,
    /// It moved back.
    FaseRetrocedida,
    /// A document came.
    DocumentoSubido,
    /// A new version of a document came.
    DocumentoVersion,
    /// A document got another name or type.
    DocumentoCambiado,
    /// A document was validated.
    DocumentoValidado,
    /// A document was rejected.
    DocumentoRechazado,
    /// A document was deleted.
    DocumentoBorrado,
    /// A deleted document came back.
    DocumentoRecuperado,
    /// A note was written.
    NotaEscrita,
    /// A note got another text.
    NotaCambiada,
    /// A note was deleted.
    NotaBorrada,
    /// An aviso was given.
    AvisoPuesto,
    /// An aviso got another text, addressee or day.
    AvisoCambiado,
    /// An aviso is done.
    AvisoHecho,
    /// An aviso that was done is open again.
    AvisoReabierto,
    /// An aviso was deleted.
    AvisoBorrado,
    /// The configuration changed.
    ConfiguracionCambiada,
    /// A kind this program does not know.
    #[serde(other)]
    Otra,
}
