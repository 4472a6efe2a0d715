//! Notes of expedientes.

use super::Tx;
use crate::state::rfc3339;
use api::nota::NotaVista;
use domain::{ExpedienteId, NotaId};
use sqlx::SqliteConnection;

/// A note, as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct NotaRow {
    /// Id.
    pub id: i64,
    /// Its expediente.
    pub expediente_id: i64,
    /// What it says, cleaned.
    pub texto: String,
    /// Who wrote it, by id.
    pub usuario_id: i64,
    /// Who wrote it, by user name.
    pub por: String,
    /// Who wrote it, by full name.
    pub quien: String,
    /// When, milliseconds since 1970.
    pub cuando: i64,
    /// When its author changed it last.
    pub cambiada: Option<i64>,
}

impl NotaRow {
    /// Its id.
    pub fn id(&self) -> NotaId {
        NotaId(self.id)
    }

    /// As it goes over the wire.
    pub fn vista(&self) -> NotaVista {
        NotaVista {
            id: self.id(),
            texto: self.texto.clone(),
            por: self.por.clone(),
            quien: self.quien.clone(),
            cuando: rfc3339(self.cuando),
            cambiada: self.cambiada.is_some(),
        }
    }
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT n.id, n.expediente_id, n.texto, n.usuario_id, COALESCE(u.usuario, '') AS por, COALESCE(u.nombre, '') AS quien,
                n.cuando, n.cambiada
             FROM nota n LEFT JOIN usuario u ON u.id = n.usuario_id WHERE n.borrada IS NULL ",
            $tail
        )
    };
}

/// A note that is not deleted. Whoever calls looks for its expediente in a scope.
pub async fn by_id(conn: &mut SqliteConnection, id: NotaId) -> Result<Option<NotaRow>, sqlx::Error> {
    sqlx::query_as(select!("AND n.id = ?")).bind(id.0).fetch_optional(conn).await
}

/// The notes of an expediente, newest first. Whoever calls has found it in a scope.
pub async fn of_expediente(conn: &mut SqliteConnection, id: ExpedienteId) -> Result<Vec<NotaRow>, sqlx::Error> {
    sqlx::query_as(select!("AND n.expediente_id = ? ORDER BY n.id DESC")).bind(id.0).fetch_all(conn).await
}

/// How many notes an expediente has.
pub async fn count(conn: &mut SqliteConnection, id: ExpedienteId) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("SELECT COUNT(*) FROM nota WHERE expediente_id = ? AND borrada IS NULL")
        .bind(id.0)
        .fetch_one(conn)
        .await
}

/// Writes a new note; answers its id.
pub async fn insert(
    tx: &mut Tx,
    expediente: ExpedienteId,
    texto: &str,
    usuario_id: i64,
    cuando: i64,
) -> Result<NotaId, sqlx::Error> {
    let done = sqlx::query("INSERT INTO nota (expediente_id, texto, usuario_id, cuando) VALUES (?, ?, ?, ?)")
        .bind(expediente.0)
        .bind(texto)
        .bind(usuario_id)
        .bind(cuando)
        .execute(&mut **tx)
        .await?;
    Ok(NotaId(done.last_insert_rowid()))
}

/// Another text.
pub async fn set_texto(tx: &mut Tx, id: NotaId, texto: &str, cambiada: i64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE nota SET texto = ?, cambiada = ? WHERE id = ?")
        .bind(texto)
        .bind(cambiada)
        .bind(id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Deletes a note; its row is kept.
pub async fn set_borrada(tx: &mut Tx, id: NotaId, borrada: i64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE nota SET borrada = ? WHERE id = ?").bind(borrada).bind(id.0).execute(&mut **tx).await?;
    Ok(())
}
