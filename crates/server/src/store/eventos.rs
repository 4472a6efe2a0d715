//! Reading the outbox.

use super::Tx;
use domain::Scope;
use domain::scope::Cuales;
use sqlx::SqliteConnection;

/// An event as stored, without its scope.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct EventoRow {
    /// Sequence number.
    pub seq: i64,
    /// Kind, as on the wire.
    pub clase: String,
    /// Expediente.
    pub expediente_id: Option<i64>,
    /// Its new revision.
    pub revision: Option<i64>,
    /// Document.
    pub documento_id: Option<i64>,
    /// User name of who did it.
    pub quien: String,
}

/// What is kept: the first and the last sequence number, 0 and 0 when nothing ever happened.
pub async fn bounds(conn: &mut SqliteConnection) -> Result<(i64, i64), sqlx::Error> {
    sqlx::query_as("SELECT COALESCE((SELECT MIN(seq) FROM evento), 0), COALESCE((SELECT MAX(seq) FROM evento), 0)")
        .fetch_one(conn)
        .await
}

/// Events after `after` up to and with `until` that this person may see, at most `limit`, in order.
pub async fn between(
    conn: &mut SqliteConnection,
    scope: &Scope,
    after: i64,
    until: i64,
    limit: u32,
) -> Result<Vec<EventoRow>, sqlx::Error> {
    let entidades = serde_json::json!(scope.entidades).to_string();
    let (which, id) = match scope.cuales {
        Cuales::Todos => ("todos", None),
        Cuales::Equipo(equipo) => ("equipo", Some(equipo.0)),
        Cuales::Propios(asesor) => ("propios", Some(asesor.0)),
        Cuales::Ninguno => ("ninguno", None),
    };
    sqlx::query_as(
        "SELECT seq, clase, expediente_id, revision, documento_id, quien FROM evento
         WHERE seq > ?1 AND seq <= ?2
           AND (entidad IS NULL OR (entidad IN (SELECT value FROM json_each(?3)) AND CASE ?4
                   WHEN 'todos' THEN 1 WHEN 'equipo' THEN equipo_id = ?5 WHEN 'propios' THEN asesor_id = ?5 ELSE 0 END))
         ORDER BY seq LIMIT ?6",
    )
    .bind(after)
    .bind(until)
    .bind(entidades)
    .bind(which)
    .bind(id)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// Forgets events older than `before` (milliseconds since 1970). The last one stays: it tells where the stream is.
pub async fn purge(tx: &mut Tx, before: i64) -> Result<u64, sqlx::Error> {
    let done = sqlx::query("DELETE FROM evento WHERE cuando < ? AND seq < (SELECT MAX(seq) FROM evento)")
        .bind(before)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected())
}
