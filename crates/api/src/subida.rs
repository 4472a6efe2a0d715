//! Uploads: tus 1.0 at `/subidas` (creation, termination, checksum, expiration).

/// Version of the protocol.
pub const TUS_VERSION: &str = "1.0.0";
/// Extensions the service has.
pub const TUS_EXTENSIONS: &str = "creation,creation-with-upload,termination,checksum,expiration";
/// Checksum algorithms the service takes.
pub const TUS_CHECKSUMS: &str = "sha1,sha256";

/// Keys of `Upload-Metadata`.
pub mod metadata {
    /// Expediente id, decimal. Compulsory.
    pub const EXPEDIENTE: &str = "expediente";
    /// Document type. Compulsory.
    pub const TIPO: &str = "tipo";
    /// File name. Compulsory; `filename`, which common clients send, does as well.
    pub const NOMBRE: &str = "nombre";
    /// SHA-256 of the whole file, hex. Optional: checked at the end.
    pub const SHA256: &str = "sha256";
    /// Client-made key, 1 to 64 visible ASCII characters. Optional: the same key finds the same upload again.
    pub const CLAVE: &str = "clave";
    /// Id of the document this is a new version of. Optional.
    pub const DOCUMENTO: &str = "documento";
}
