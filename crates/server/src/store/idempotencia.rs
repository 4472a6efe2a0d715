//! Answers kept by client-made key, so that a retry after a cut never does the thing twice.

use super::Tx;

/// What was answered to a key.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Respuesta {
    /// SHA-256 of method, path and body of the first request.
    pub huella: Vec<u8>,
    /// HTTP status.
    pub estado: i64,
    /// JSON body.
    pub respuesta: String,
}

/// The answer kept for this key.
pub async fn find(tx: &mut Tx, usuario_id: i64, clave: &str) -> Result<Option<Respuesta>, sqlx::Error> {
    sqlx::query_as("SELECT huella, estado, respuesta FROM idempotencia WHERE usuario_id = ? AND clave = ?")
        .bind(usuario_id)
        .bind(clave)
        .fetch_optional(&mut **tx)
        .await
}

/// Keeps an answer.
pub async fn keep(tx: &mut Tx, usuario_id: i64, clave: &str, r: &Respuesta, cuando: i64) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO idempotencia (usuario_id, clave, huella, estado, respuesta, cuando) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(usuario_id)
    .bind(clave)
    .bind(&r.huella)
    .bind(r.estado)
    .bind(&r.respuesta)
    .bind(cuando)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Forgets answers older than `before` (milliseconds since 1970).
pub async fn purge(tx: &mut Tx, before: i64) -> Result<u64, sqlx::Error> {
    let done = sqlx::query("DELETE FROM idempotencia WHERE cuando < ?").bind(before).execute(&mut **tx).await?;
    Ok(done.rows_affected())
}
