//! Uploads under way, and finished ones until they expire.

use super::Tx;
use sqlx::SqliteConnection;

/// An upload as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SubidaRow {
    /// Random, 32 hex digits; also the name of its file.
    pub id: String,
    /// Who uploads; nobody else sees it.
    pub usuario_id: i64,
    /// Expediente it goes to.
    pub expediente_id: i64,
    /// Document type.
    pub tipo: String,
    /// File name, cleaned.
    pub nombre: String,
    /// Document it is a new version of.
    pub version_de: Option<i64>,
    /// Bytes of the whole.
    pub total: i64,
    /// Bytes that are on disk for certain: the offset.
    pub recibido: i64,
    /// SHA-256 the client says the whole has.
    pub sha256: Option<Vec<u8>>,
    /// Client-made key.
    pub clave: Option<String>,
    /// `Upload-Metadata` as it came.
    pub metadatos: String,
    /// When it began, milliseconds since 1970.
    pub creada: i64,
    /// When it expires, milliseconds since 1970.
    pub caduca: i64,
    /// The document it became.
    pub documento_id: Option<i64>,
}

impl SubidaRow {
    /// Bytes of the whole.
    pub fn total(&self) -> u64 {
        u64::try_from(self.total).unwrap_or_default()
    }

    /// The offset.
    pub fn recibido(&self) -> u64 {
        u64::try_from(self.recibido).unwrap_or_default()
    }

    /// Whether every byte is here.
    pub fn is_complete(&self) -> bool {
        self.recibido == self.total
    }
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT id, usuario_id, expediente_id, tipo, nombre, version_de, total, recibido, sha256, clave, metadatos, creada, caduca,
                    documento_id
             FROM subida ",
            $tail
        )
    };
}

/// An upload of that person.
pub async fn find(conn: &mut SqliteConnection, usuario_id: i64, id: &str) -> Result<Option<SubidaRow>, sqlx::Error> {
    sqlx::query_as(select!("WHERE id = ? AND usuario_id = ?")).bind(id).bind(usuario_id).fetch_optional(conn).await
}

/// The upload of that person under that key.
pub async fn by_clave(tx: &mut Tx, usuario_id: i64, clave: &str) -> Result<Option<SubidaRow>, sqlx::Error> {
    sqlx::query_as(select!("WHERE usuario_id = ? AND clave = ?"))
        .bind(usuario_id)
        .bind(clave)
        .fetch_optional(&mut **tx)
        .await
}

/// How many uploads of that person are neither finished nor expired at `now`.
pub async fn open_of(tx: &mut Tx, usuario_id: i64, now: i64) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("SELECT COUNT(*) FROM subida WHERE usuario_id = ? AND caduca > ? AND documento_id IS NULL")
        .bind(usuario_id)
        .bind(now)
        .fetch_one(&mut **tx)
        .await
}

/// Adds an upload.
pub async fn insert(tx: &mut Tx, s: &SubidaRow) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO subida (id, usuario_id, expediente_id, tipo, nombre, version_de, total, recibido, sha256, clave, metadatos, creada,
                             caduca, documento_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&s.id)
    .bind(s.usuario_id)
    .bind(s.expediente_id)
    .bind(&s.tipo)
    .bind(&s.nombre)
    .bind(s.version_de)
    .bind(s.total)
    .bind(s.recibido)
    .bind(&s.sha256)
    .bind(&s.clave)
    .bind(&s.metadatos)
    .bind(s.creada)
    .bind(s.caduca)
    .bind(s.documento_id)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Moves the offset from `from` to `to`, and the expiry. Answers whether it was at `from`.
pub async fn advance(tx: &mut Tx, id: &str, from: u64, to: u64, caduca: i64) -> Result<bool, sqlx::Error> {
    let done = sqlx::query("UPDATE subida SET recibido = ?, caduca = ? WHERE id = ? AND recibido = ?")
        .bind(i64::try_from(to).unwrap_or(i64::MAX))
        .bind(caduca)
        .bind(id)
        .bind(i64::try_from(from).unwrap_or(i64::MAX))
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes the document it became.
pub async fn set_documento(tx: &mut Tx, id: &str, documento_id: i64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE subida SET documento_id = ? WHERE id = ?")
        .bind(documento_id)
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Ends an upload at `now`: from then on it is gone, and its key is free again.
pub async fn end(tx: &mut Tx, id: &str, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE subida SET caduca = MIN(caduca, ?), clave = NULL WHERE id = ?")
        .bind(now)
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// An upload of anybody, for the purge.
pub(crate) async fn by_id(conn: &mut SqliteConnection, id: &str) -> Result<Option<SubidaRow>, sqlx::Error> {
    sqlx::query_as(select!("WHERE id = ?")).bind(id).fetch_optional(conn).await
}

/// Forgets at most `limit` uploads that expired before `before`; answers how many.
pub async fn forget(tx: &mut Tx, before: i64, limit: u32) -> Result<u64, sqlx::Error> {
    let done =
        sqlx::query("DELETE FROM subida WHERE id IN (SELECT id FROM subida WHERE caduca < ? ORDER BY caduca LIMIT ?)")
            .bind(before)
            .bind(limit)
            .execute(&mut **tx)
            .await?;
    Ok(done.rows_affected())
}
