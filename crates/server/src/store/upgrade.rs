//! What earlier versions kept in the database and this one does not.

use super::Tx;
use sqlx::SqliteConnection;

/// Tables of words, values and letters, before there were sets.
const TABLES: [&str; 4] = ["palabra", "campo_texto", "campo_entero", "contiene"];

/// Whether the database is of a version without sets.
pub async fn is_old(conn: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    let found: Option<i64> = sqlx::query_scalar("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")
        .bind(TABLES[0])
        .fetch_optional(conn)
        .await?;
    Ok(found.is_some())
}

/// Takes away the tables and indexes that sets have replaced.
pub async fn drop_old(tx: &mut Tx) -> Result<(), sqlx::Error> {
    let indexes: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'expediente' AND sql IS NOT NULL",
    )
    .fetch_all(&mut **tx)
    .await?;
    let indexes = indexes.iter().map(|name| ("INDEX", name.as_str()));
    for (kind, name) in indexes.chain(TABLES.map(|name| ("TABLE", name))) {
        // Names of our own schema.
        let drop = format!("DROP {kind} IF EXISTS \"{}\"", name.replace('"', "\"\""));
        sqlx::query(sqlx::AssertSqlSafe(drop)).execute(&mut **tx).await?;
    }
    Ok(())
}
