//! Which originals the rows name.

use sqlx::SqliteConnection;

/// An original that rows name, and one of them.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Nombrado {
    /// SHA-256, 32 bytes.
    pub sha256: Vec<u8>,
    /// Number of the expediente.
    pub numero: String,
    /// File name.
    pub nombre: String,
}

/// Named originals after that sum, in the order of their sums, each with its first document.
pub async fn after(conn: &mut SqliteConnection, sha256: &[u8], limit: u32) -> Result<Vec<Nombrado>, sqlx::Error> {
    sqlx::query_as(
        "SELECT v.sha256, e.numero, v.nombre
         FROM (SELECT sha256, MIN(documento_id) AS documento_id FROM documento_version WHERE sha256 > ?1
               GROUP BY sha256 ORDER BY sha256 LIMIT ?2) AS found
         JOIN documento d ON d.id = found.documento_id
         JOIN expediente e ON e.id = d.expediente_id
         JOIN documento_version v ON v.sha256 = found.sha256 AND v.documento_id = found.documento_id
         GROUP BY v.sha256 ORDER BY v.sha256",
    )
    .bind(sha256)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// Whether any version of any document, deleted ones included, has that content.
pub async fn is_named(conn: &mut SqliteConnection, sha256: &[u8]) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM documento_version WHERE sha256 = ?)")
        .bind(sha256)
        .fetch_one(conn)
        .await
}
