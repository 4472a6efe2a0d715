//! Documents and their versions.

use super::Tx;
use crate::state::rfc3339;
use api::documento::{Borrado, DocumentoVista, Duplicado, VersionVista};
use domain::{DocumentoId, EstadoDocumento, ExpedienteId, TipoId};
use sqlx::SqliteConnection;

/// A document with its current version, as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct DocumentoRow {
    /// Id.
    pub id: i64,
    /// Its expediente.
    pub expediente_id: i64,
    /// Document type.
    pub tipo: String,
    /// File name, cleaned.
    pub nombre: String,
    /// Word of [`EstadoDocumento`].
    pub estado: String,
    /// Why it was rejected; empty otherwise.
    pub motivo: String,
    /// Current version, from 1.
    pub version: i64,
    /// When it was deleted, milliseconds since 1970.
    pub borrado: Option<i64>,
    /// Why; empty otherwise.
    pub borrado_motivo: String,
    /// SHA-256 of the current version, 32 bytes.
    pub sha256: Vec<u8>,
    /// Bytes of the current version.
    pub bytes: i64,
    /// Media type of the current version, by content.
    pub mime: String,
    /// User name of who brought the current version.
    pub por: String,
    /// When the current version came, milliseconds since 1970.
    pub cuando: i64,
    /// The same content elsewhere; filled by [`super::duplicados::mark`].
    #[sqlx(skip)]
    pub duplicado: Option<Duplicado>,
}

impl DocumentoRow {
    /// Its id.
    pub fn id(&self) -> DocumentoId {
        DocumentoId(self.id)
    }

    /// Its state. A word this program does not know counts as not checked.
    pub fn estado(&self) -> EstadoDocumento {
        self.estado.parse().unwrap_or(EstadoDocumento::Pendiente)
    }

    /// SHA-256 of the current version, hex.
    pub fn sha256_hex(&self) -> String {
        crate::blobs::hex(&self.sha256)
    }

    /// As it goes over the wire.
    pub fn vista(&self) -> DocumentoVista {
        DocumentoVista {
            id: self.id(),
            expediente: ExpedienteId(self.expediente_id),
            tipo: TipoId(self.tipo.clone()),
            nombre: self.nombre.clone(),
            estado: self.estado(),
            motivo: self.motivo.clone(),
            sha256: self.sha256_hex(),
            bytes: u64::try_from(self.bytes).unwrap_or_default(),
            mime: self.mime.clone(),
            version: u32::try_from(self.version).unwrap_or_default(),
            por: self.por.clone(),
            fecha: rfc3339(self.cuando),
            duplicado: self.duplicado.clone(),
            borrado: self
                .borrado
                .map(|cuando| Borrado { cuando: rfc3339(cuando), motivo: self.borrado_motivo.clone() }),
        }
    }
}

/// One version of a document, as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct VersionRow {
    /// From 1.
    pub version: i64,
    /// SHA-256, 32 bytes.
    pub sha256: Vec<u8>,
    /// Bytes.
    pub bytes: i64,
    /// Media type, by content.
    pub mime: String,
    /// File name it came with.
    pub nombre: String,
    /// User name of who brought it.
    pub por: String,
    /// When it came, milliseconds since 1970.
    pub cuando: i64,
}

impl VersionRow {
    /// As it goes over the wire.
    pub fn vista(&self) -> VersionVista {
        VersionVista {
            version: u32::try_from(self.version).unwrap_or_default(),
            sha256: crate::blobs::hex(&self.sha256),
            bytes: u64::try_from(self.bytes).unwrap_or_default(),
            nombre: self.nombre.clone(),
            por: self.por.clone(),
            fecha: rfc3339(self.cuando),
        }
    }
}

/// A version to store.
#[derive(Debug, Clone)]
pub struct Contenido<'a> {
    /// SHA-256, 32 bytes. The blob is on disk already.
    pub sha256: &'a [u8],
    /// Bytes.
    pub bytes: u64,
    /// Media type, by content.
    pub mime: &'a str,
    /// File name, cleaned.
    pub nombre: &'a str,
    /// Who brings it.
    pub usuario_id: i64,
    /// When, milliseconds since 1970.
    pub cuando: i64,
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT d.id, d.expediente_id, d.tipo, d.nombre, d.estado, d.motivo, d.version, d.borrado, d.borrado_motivo,
                    v.sha256, v.bytes, v.mime, COALESCE(u.usuario, '') AS por, v.cuando
             FROM documento d
             JOIN documento_version v ON v.documento_id = d.id AND v.version = d.version
             LEFT JOIN usuario u ON u.id = v.usuario_id ",
            $tail
        )
    };
}

/// The documents of an expediente in the order they came, deleted ones left out. Whoever calls has found the expediente in a scope.
pub async fn of_expediente(conn: &mut SqliteConnection, id: ExpedienteId) -> Result<Vec<DocumentoRow>, sqlx::Error> {
    sqlx::query_as(select!("WHERE d.expediente_id = ? AND d.borrado IS NULL ORDER BY d.id"))
        .bind(id.0)
        .fetch_all(conn)
        .await
}

/// The deleted documents of an expediente, the last deleted first.
pub async fn deleted_of(conn: &mut SqliteConnection, id: ExpedienteId) -> Result<Vec<DocumentoRow>, sqlx::Error> {
    sqlx::query_as(select!("WHERE d.expediente_id = ? AND d.borrado IS NOT NULL ORDER BY d.borrado DESC, d.id DESC"))
        .bind(id.0)
        .fetch_all(conn)
        .await
}

/// A document, deleted or not. `app::documentos::find` is the way in for people: it looks at their scope.
pub(crate) async fn by_id(conn: &mut SqliteConnection, id: DocumentoId) -> Result<Option<DocumentoRow>, sqlx::Error> {
    sqlx::query_as(select!("WHERE d.id = ?")).bind(id.0).fetch_optional(conn).await
}

/// Type and state of each document of an expediente, deleted ones left out: what the gate looks at.
pub async fn estados(
    conn: &mut SqliteConnection,
    id: ExpedienteId,
) -> Result<Vec<(TipoId, EstadoDocumento)>, sqlx::Error> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT tipo, estado FROM documento WHERE expediente_id = ? AND borrado IS NULL ORDER BY id")
            .bind(id.0)
            .fetch_all(conn)
            .await?;
    Ok(rows
        .into_iter()
        .map(|(tipo, estado)| (TipoId(tipo), estado.parse().unwrap_or(EstadoDocumento::Pendiente)))
        .collect())
}

/// Every version of a document, newest first.
pub async fn versions(conn: &mut SqliteConnection, id: DocumentoId) -> Result<Vec<VersionRow>, sqlx::Error> {
    sqlx::query_as(
        "SELECT v.version, v.sha256, v.bytes, v.mime, v.nombre, COALESCE(u.usuario, '') AS por, v.cuando
         FROM documento_version v LEFT JOIN usuario u ON u.id = v.usuario_id
         WHERE v.documento_id = ? ORDER BY v.version DESC",
    )
    .bind(id.0)
    .fetch_all(conn)
    .await
}

/// One version of a document.
pub async fn version(
    conn: &mut SqliteConnection,
    id: DocumentoId,
    version: u32,
) -> Result<Option<VersionRow>, sqlx::Error> {
    sqlx::query_as(
        "SELECT v.version, v.sha256, v.bytes, v.mime, v.nombre, COALESCE(u.usuario, '') AS por, v.cuando
         FROM documento_version v LEFT JOIN usuario u ON u.id = v.usuario_id
         WHERE v.documento_id = ? AND v.version = ?",
    )
    .bind(id.0)
    .bind(version)
    .fetch_optional(conn)
    .await
}

/// Adds a document with its first version, not yet checked.
pub async fn insert(
    tx: &mut Tx,
    expediente: ExpedienteId,
    tipo: &TipoId,
    contenido: &Contenido<'_>,
) -> Result<DocumentoId, sqlx::Error> {
    let done = sqlx::query(
        "INSERT INTO documento (expediente_id, tipo, nombre, estado, motivo, version) VALUES (?, ?, ?, 'pendiente', '', 1)",
    )
    .bind(expediente.0)
    .bind(tipo.as_str())
    .bind(contenido.nombre)
    .execute(&mut **tx)
    .await?;
    let id = DocumentoId(done.last_insert_rowid());
    insert_version(tx, id, 1, contenido).await?;
    Ok(id)
}

/// Adds a version to a document, which takes its name and is again to be checked; answers the version.
pub async fn add_version(tx: &mut Tx, id: DocumentoId, contenido: &Contenido<'_>) -> Result<i64, sqlx::Error> {
    let version: i64 = sqlx::query_scalar(
        "UPDATE documento SET version = version + 1, nombre = ?, estado = 'pendiente', motivo = '' WHERE id = ? RETURNING version",
    )
    .bind(contenido.nombre)
    .bind(id.0)
    .fetch_one(&mut **tx)
    .await?;
    insert_version(tx, id, version, contenido).await?;
    Ok(version)
}

async fn insert_version(tx: &mut Tx, id: DocumentoId, version: i64, c: &Contenido<'_>) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO documento_version (documento_id, version, sha256, bytes, mime, nombre, usuario_id, cuando)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(id.0)
    .bind(version)
    .bind(c.sha256)
    .bind(i64::try_from(c.bytes).unwrap_or(i64::MAX))
    .bind(c.mime)
    .bind(c.nombre)
    .bind(c.usuario_id)
    .bind(c.cuando)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives a document another name and type.
pub async fn set_nombre_tipo(tx: &mut Tx, id: DocumentoId, nombre: &str, tipo: &TipoId) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE documento SET nombre = ?, tipo = ? WHERE id = ?")
        .bind(nombre)
        .bind(tipo.as_str())
        .bind(id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Sets the state of the check, with the reason of a rejection.
pub async fn set_estado(
    tx: &mut Tx,
    id: DocumentoId,
    estado: EstadoDocumento,
    motivo: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE documento SET estado = ?, motivo = ? WHERE id = ?")
        .bind(estado.as_str())
        .bind(motivo)
        .bind(id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Deletes a document (`cuando` and why) or brings it back (`None`). The row and the content stay.
pub async fn set_borrado(tx: &mut Tx, id: DocumentoId, cuando: Option<i64>, motivo: &str) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE documento SET borrado = ?, borrado_motivo = ? WHERE id = ?")
        .bind(cuando)
        .bind(motivo)
        .bind(id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
