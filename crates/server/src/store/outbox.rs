//! The outbox: events in the transaction of what they tell.

use super::Tx;

/// An event to append.
#[derive(Debug, Clone, Default)]
pub struct Nuevo<'a> {
    /// Milliseconds since 1970.
    pub cuando: i64,
    /// Kind, as on the wire.
    pub clase: &'a str,
    /// Scope: entidad slug; none is for everybody.
    pub entidad: Option<&'a str>,
    /// Scope: team of the asesor.
    pub equipo_id: Option<i64>,
    /// Scope: asesor.
    pub asesor_id: Option<i64>,
    /// Expediente.
    pub expediente_id: Option<i64>,
    /// Its new revision.
    pub revision: Option<i64>,
    /// Document.
    pub documento_id: Option<i64>,
    /// User name of who did it.
    pub quien: &'a str,
}

/// Appends an event; answers its sequence number.
pub async fn append(tx: &mut Tx, e: &Nuevo<'_>) -> Result<i64, sqlx::Error> {
    let done = sqlx::query(
        "INSERT INTO evento (cuando, clase, entidad, equipo_id, asesor_id, expediente_id, revision, documento_id, quien)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(e.cuando)
    .bind(e.clase)
    .bind(e.entidad)
    .bind(e.equipo_id)
    .bind(e.asesor_id)
    .bind(e.expediente_id)
    .bind(e.revision)
    .bind(e.documento_id)
    .bind(e.quien)
    .execute(&mut **tx)
    .await?;
    Ok(done.last_insert_rowid())
}
