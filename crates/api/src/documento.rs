//! Documents: `GET|PATCH|DELETE /documentos/{id}`, `POST …/validar`, `…/rechazar`, `…/recuperar`, `GET …/original`, `…/paginas/{n}`, `…/texto`,
//! `…/hallazgos`, `…/firmas`.

use domain::{DocumentoId, EstadoDocumento, ExpedienteId, TipoId};
use serde::{Deserialize, Serialize};

/// A document in the detail of its expediente, and the answer of every change to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocumentoVista {
    /// Id.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub id: DocumentoId,
    /// Its expediente.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub expediente: ExpedienteId,
    /// Document type.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub tipo: TipoId,
    /// File name.
    pub nombre: String,
    /// State of the check.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub estado: EstadoDocumento,
    /// Why it was rejected.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub motivo: String,
    /// SHA-256 of the current version, 64 hex digits.
    pub sha256: String,
    /// Bytes of the current version.
    pub bytes: u64,
    /// Media type by content.
    pub mime: String,
    /// Version, from 1.
    pub version: u32,
    /// User name of who uploaded the current version.
    pub por: String,
    /// When the current version came.
    pub fecha: String,
    /// Another document of this scope with the same content: id and where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicado: Option<Duplicado>,
    /// When and why it was deleted: in the list of deleted ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub borrado: Option<Borrado>,
}

/// That a document was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Borrado {
    /// When.
    pub cuando: String,
    /// Why.
    pub motivo: String,
}

/// Where the same content is already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Duplicado {
    /// The other document.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub documento: DocumentoId,
    /// Number of its expediente.
    pub numero: String,
}

/// A version of a document, of `GET /documentos/{id}/versiones`, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VersionVista {
    /// From 1.
    pub version: u32,
    /// SHA-256, hex.
    pub sha256: String,
    /// Bytes.
    pub bytes: u64,
    /// File name.
    pub nombre: String,
    /// User name.
    pub por: String,
    /// When.
    pub fecha: String,
}

/// Body of `PATCH /documentos/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocumentoCambio {
    /// New file name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nombre: Option<String>,
    /// New type; the document goes back to pendiente.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub tipo: Option<TipoId>,
}

/// Body of `POST /documentos/{id}/validar`, `…/rechazar`: the version that was looked at, so that nobody validates what they have not seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Revision {
    /// SHA-256 of the version looked at, hex.
    pub sha256: String,
    /// Why, compulsory to reject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motivo: Option<String>,
}

/// Parameters of `DELETE /documentos/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
pub struct BorrarParams {
    /// Why, compulsory.
    pub motivo: String,
}

/// Parameters of `GET /documentos/{id}/paginas/{n}`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
pub struct PaginaParams {
    /// Width of the box that the whole page has to fit in, in pixels: 16 to 4096, to 16384 with `recorte`.
    pub ancho: u32,
    /// Height of that box in pixels; its range is that of `ancho`.
    pub alto: u32,
    /// Degrees clockwise: 0, 90, 180, 270.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub giro: Option<u16>,
    /// `gris2`, `color16` or `completa`; `color16` when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calidad: Option<String>,
    /// Version; the current one when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// The visible part alone, `x,y,ancho,alto` in pixels of the turned page as it fits in the box; each side at most 4096. What lies
    /// outside the page is cut off; a part wholly outside is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorte: Option<String>,
}

/// Answer of `GET /documentos/{id}/hallazgos`: where a text stands in a document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hallazgos {
    /// Pages of the document.
    pub paginas: u32,
    /// In reading order.
    pub hallazgos: Vec<Hallazgo>,
    /// Whether there are more than are told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub mas: bool,
}

/// One place where a text stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hallazgo {
    /// Page, from 1.
    pub pagina: u32,
    /// Boxes around it, one for each line it runs over: left, top, right, bottom in ten-thousandths of the page's width and height,
    /// as the page itself is turned (before `giro`).
    pub cajas: Vec<[u16; 4]>,
    /// The line it stands in.
    pub texto: String,
}

/// Answer of `GET /documentos/{id}/firmas`: the digital signatures of a PDF (ISO 32000-1, 12.8), in the order they were made.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Firmas {
    /// None for what is no PDF, or bears none.
    pub firmas: Vec<FirmaVista>,
}

/// One digital signature. Whether its certificate can be trusted is not judged: only what the file itself proves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FirmaVista {
    /// Name of the form field.
    pub campo: String,
    /// Who: common name of the certificate, else what the file says.
    pub firmante: String,
    /// Who vouches: common name or organisation of the issuer; empty when the certificate is missing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub emisor: String,
    /// When, RFC 3339 in UTC, as the signer's machine or a time stamp says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fecha: Option<String>,
    /// Whether `fecha` is of a time stamp of somebody else's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sellada: bool,
    /// Reason given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub motivo: String,
    /// Place given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lugar: String,
    /// Whether it covers the whole file; otherwise something was added after it.
    pub cubre_todo: bool,
    /// Whether the bytes it covers are those that were signed.
    pub estado: EstadoFirma,
    /// Why `estado` is not `integra`: one Spanish sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detalle: String,
}

/// What the check of a signature found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EstadoFirma {
    /// The bytes it covers have not changed since.
    Integra,
    /// They have, or the signature is not of this certificate.
    Alterada,
    /// It is made in a way that is not known here.
    NoComprobada,
}
