//! The audit trail as a hash chain.

use super::Tx;
use sha2::{Digest, Sha256};

/// A record to append.
#[derive(Debug, Clone)]
pub struct Registro<'a> {
    /// Milliseconds since 1970.
    pub cuando: i64,
    /// Who, by id; none for the service itself.
    pub usuario_id: Option<i64>,
    /// Who, by user name at that time.
    pub quien: &'a str,
    /// What, a stable word.
    pub accion: &'a str,
    /// On which expediente.
    pub expediente_id: Option<i64>,
    /// On which document.
    pub documento_id: Option<i64>,
    /// Id of the request.
    pub peticion: &'a str,
    /// Before and after, reasons: JSON.
    pub detalle: &'a str,
}

/// SHA-256 over the hash before and every column, each preceded by its length so that no two records read the same.
pub fn chain_hash(anterior: &[u8], id: i64, r: &Registro<'_>) -> Vec<u8> {
    let mut hasher = Sha256::new();
    let mut part = |bytes: &[u8]| {
        hasher.update((bytes.len() as u64).to_be_bytes());
        hasher.update(bytes);
    };
    part(anterior);
    part(&id.to_be_bytes());
    part(&r.cuando.to_be_bytes());
    part(&r.usuario_id.unwrap_or(-1).to_be_bytes());
    part(r.quien.as_bytes());
    part(r.accion.as_bytes());
    part(&r.expediente_id.unwrap_or(-1).to_be_bytes());
    part(&r.documento_id.unwrap_or(-1).to_be_bytes());
    part(r.peticion.as_bytes());
    part(r.detalle.as_bytes());
    hasher.finalize().to_vec()
}

/// Appends a record; answers its id.
pub async fn append(tx: &mut Tx, r: &Registro<'_>) -> Result<i64, sqlx::Error> {
    let last: Option<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT id, hash FROM auditoria ORDER BY id DESC LIMIT 1").fetch_optional(&mut **tx).await?;
    let (last_id, anterior) = last.unwrap_or((0, Vec::new()));
    let id = last_id + 1;
    let hash = chain_hash(&anterior, id, r);
    sqlx::query(
        "INSERT INTO auditoria (id, cuando, usuario_id, quien, accion, expediente_id, documento_id, peticion, detalle, anterior, hash)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(id)
    .bind(r.cuando)
    .bind(r.usuario_id)
    .bind(r.quien)
    .bind(r.accion)
    .bind(r.expediente_id)
    .bind(r.documento_id)
    .bind(r.peticion)
    .bind(r.detalle)
    .bind(anterior)
    .bind(hash)
    .execute(&mut **tx)
    .await?;
    Ok(id)
}
