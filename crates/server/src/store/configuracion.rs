//! Configurations that were applied, and what of one is in use.

use super::Tx;
use super::sql::Sql;
use domain::{CampoId, EntidadId, FaseId, ModeloId, TipoId};
use sqlx::SqliteConnection;

/// A configuration as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Row {
    /// Its version.
    pub version: i64,
    /// JSON of its content.
    pub contenido: String,
}

/// The highest version; 0 when none was ever applied.
pub async fn version(conn: &mut SqliteConnection) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("SELECT COALESCE(MAX(version), 0) FROM configuracion").fetch_one(conn).await
}

/// The configuration in force.
pub async fn current(conn: &mut SqliteConnection) -> Result<Option<Row>, sqlx::Error> {
    sqlx::query_as("SELECT version, contenido FROM configuracion ORDER BY version DESC LIMIT 1")
        .fetch_optional(conn)
        .await
}

/// Stores a configuration; answers its version.
pub async fn insert(tx: &mut Tx, cuando: i64, quien: &str, contenido: &str) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar(
        "INSERT INTO configuracion (version, cuando, quien, contenido)
         VALUES ((SELECT COALESCE(MAX(version), 0) + 1 FROM configuracion), ?, ?, ?) RETURNING version",
    )
    .bind(cuando)
    .bind(quien)
    .bind(contenido)
    .fetch_one(&mut **tx)
    .await
}

/// How many expedientes of a modelo there are, in one entidad or in all.
pub async fn using_modelo(
    conn: &mut SqliteConnection,
    modelo: &ModeloId,
    entidad: Option<&EntidadId>,
) -> Result<i64, sqlx::Error> {
    let mut count = Sql::new("SELECT COUNT(*) FROM expediente WHERE lugar IN (");
    count.sql(&places(modelo, entidad)).push(")");
    count.fetch_i64(conn).await
}

/// How many expedientes are in that fase.
pub async fn using_fase(conn: &mut SqliteConnection, modelo: &ModeloId, fase: &FaseId) -> Result<i64, sqlx::Error> {
    let mut count = Sql::new("SELECT COUNT(*) FROM expediente WHERE lugar IN (");
    count.sql(&places(modelo, None)).push(") AND fase = ").bind(fase.as_str());
    count.fetch_i64(conn).await
}

/// How many expedientes have a document of that type, deleted ones included.
pub async fn using_tipo(conn: &mut SqliteConnection, modelo: &ModeloId, tipo: &TipoId) -> Result<i64, sqlx::Error> {
    let mut count = Sql::new(
        "SELECT COUNT(DISTINCT e.id) FROM expediente e JOIN documento d ON d.expediente_id = e.id WHERE e.lugar IN (",
    );
    count.sql(&places(modelo, None)).push(") AND d.tipo = ").bind(tipo.as_str());
    count.fetch_i64(conn).await
}

/// How many expedientes have a value in that index field, or that very value.
pub async fn using_campo(
    conn: &mut SqliteConnection,
    modelo: &ModeloId,
    campo: &CampoId,
    valor: Option<&str>,
) -> Result<i64, sqlx::Error> {
    let mut count =
        Sql::new("SELECT COUNT(*) FROM expediente e JOIN indice i ON i.expediente_id = e.id WHERE e.lugar IN (");
    count.sql(&places(modelo, None)).push(") AND json_extract(i.valores, ").bind(format!("$.\"{campo}\""));
    match valor {
        Some(valor) => count.push(") = ").bind(valor),
        None => count.push(") IS NOT NULL"),
    };
    count.fetch_i64(conn).await
}

fn places(modelo: &ModeloId, entidad: Option<&EntidadId>) -> Sql {
    let mut sql = Sql::new("SELECT id FROM lugar WHERE modelo = ");
    sql.bind(modelo.as_str());
    if let Some(entidad) = entidad {
        sql.push(" AND entidad = ").bind(entidad.as_str());
    }
    sql
}

/// Expedientes of a place after an id, for going through all of them in pieces.
pub async fn ids_after(
    conn: &mut SqliteConnection,
    lugar: i64,
    after: i64,
    limit: u32,
) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar("SELECT id FROM expediente WHERE id > ? AND +lugar = ? ORDER BY id LIMIT ?")
        .bind(after)
        .bind(lugar)
        .bind(limit)
        .fetch_all(conn)
        .await
}
