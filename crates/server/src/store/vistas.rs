//! Saved views.

use super::Tx;
use api::vista::Vista;
use domain::ModeloId;
use sqlx::SqliteConnection;

/// The views of a person for a modelo, by name.
pub async fn of(conn: &mut SqliteConnection, usuario_id: i64, modelo: &ModeloId) -> Result<Vec<Vista>, sqlx::Error> {
    let rows: Vec<(String, String, Option<String>)> =
        sqlx::query_as("SELECT nombre, q, orden FROM vista WHERE usuario_id = ? AND modelo = ? ORDER BY nombre")
            .bind(usuario_id)
            .bind(modelo.as_str())
            .fetch_all(conn)
            .await?;
    Ok(rows.into_iter().map(|(nombre, q, orden)| Vista { nombre, modelo: modelo.clone(), q, orden }).collect())
}

/// Stores a view under its name, over one that is there.
pub async fn put(tx: &mut Tx, usuario_id: i64, vista: &Vista) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO vista (usuario_id, modelo, nombre, q, orden) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (usuario_id, modelo, nombre) DO UPDATE SET q = excluded.q, orden = excluded.orden",
    )
    .bind(usuario_id)
    .bind(vista.modelo.as_str())
    .bind(&vista.nombre)
    .bind(&vista.q)
    .bind(&vista.orden)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Removes a view; whether there was one.
pub async fn delete(tx: &mut Tx, usuario_id: i64, modelo: &ModeloId, nombre: &str) -> Result<bool, sqlx::Error> {
    let done = sqlx::query("DELETE FROM vista WHERE usuario_id = ? AND modelo = ? AND nombre = ?")
        .bind(usuario_id)
        .bind(modelo.as_str())
        .bind(nombre)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() > 0)
}
