//! What changed in an expediente, and by whom: one entry per revision.

use super::Tx;
use api::evento::Clase;
use api::expediente::CampoAntesAhora;
use domain::ExpedienteId;
use sqlx::SqliteConnection;

/// An entry to append.
#[derive(Debug, Clone)]
pub struct Nueva<'a> {
    /// On which expediente.
    pub expediente: ExpedienteId,
    /// The revision it made.
    pub revision: i64,
    /// Milliseconds since 1970.
    pub cuando: i64,
    /// Who.
    pub usuario_id: i64,
    /// What kind.
    pub clase: Clase,
    /// Changed index fields.
    pub campos: &'a [CampoAntesAhora],
    /// One line: reason, name of the document, fase.
    pub texto: &'a str,
}

/// An entry as stored.
#[derive(Debug, Clone)]
pub struct Entrada {
    /// The revision it made.
    pub revision: i64,
    /// Milliseconds since 1970.
    pub cuando: i64,
    /// Who, by id.
    pub usuario_id: i64,
    /// Who, by full name.
    pub quien: String,
    /// What kind.
    pub clase: Clase,
    /// Changed index fields.
    pub campos: Vec<CampoAntesAhora>,
    /// One line.
    pub texto: String,
    /// The revision that undid it.
    pub deshecho: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Row {
    revision: i64,
    cuando: i64,
    usuario_id: i64,
    quien: String,
    clase: String,
    campos: String,
    texto: String,
    deshecho: Option<i64>,
}

impl Row {
    fn read(self) -> Result<Entrada, sqlx::Error> {
        let decode = |cause: serde_json::Error| sqlx::Error::Decode(Box::new(cause));
        Ok(Entrada {
            revision: self.revision,
            cuando: self.cuando,
            usuario_id: self.usuario_id,
            quien: self.quien,
            clase: serde_json::from_value(self.clase.into()).map_err(decode)?,
            campos: serde_json::from_str(&self.campos).map_err(decode)?,
            texto: self.texto,
            deshecho: self.deshecho,
        })
    }
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT h.revision, h.cuando, h.usuario_id, COALESCE(u.nombre, '') AS quien, h.clase, h.campos, h.texto, h.deshecho
             FROM historial h LEFT JOIN usuario u ON u.id = h.usuario_id ",
            $tail
        )
    };
}

/// Appends an entry.
pub async fn append(tx: &mut Tx, entry: &Nueva<'_>) -> Result<(), sqlx::Error> {
    let encode = |cause: serde_json::Error| sqlx::Error::Encode(Box::new(cause));
    let clase = serde_json::to_value(entry.clase).map_err(encode)?;
    sqlx::query(
        "INSERT INTO historial (expediente_id, revision, cuando, usuario_id, clase, campos, texto) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(entry.expediente.0)
    .bind(entry.revision)
    .bind(entry.cuando)
    .bind(entry.usuario_id)
    .bind(clase.as_str().unwrap_or_default())
    .bind(serde_json::to_string(entry.campos).map_err(encode)?)
    .bind(entry.texto)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Entries after a revision, oldest first. Whoever calls has found the expediente in a scope.
pub async fn since(conn: &mut SqliteConnection, id: ExpedienteId, revision: i64) -> Result<Vec<Entrada>, sqlx::Error> {
    let rows: Vec<Row> = sqlx::query_as(select!("WHERE h.expediente_id = ? AND h.revision > ? ORDER BY h.revision"))
        .bind(id.0)
        .bind(revision)
        .fetch_all(conn)
        .await?;
    rows.into_iter().map(Row::read).collect()
}

/// The newest entries, newest first.
pub async fn newest(conn: &mut SqliteConnection, id: ExpedienteId, limit: u32) -> Result<Vec<Entrada>, sqlx::Error> {
    let rows: Vec<Row> = sqlx::query_as(select!("WHERE h.expediente_id = ? ORDER BY h.revision DESC LIMIT ?"))
        .bind(id.0)
        .bind(limit)
        .fetch_all(conn)
        .await?;
    rows.into_iter().map(Row::read).collect()
}

/// The entry of a revision.
pub async fn find(
    conn: &mut SqliteConnection,
    id: ExpedienteId,
    revision: i64,
) -> Result<Option<Entrada>, sqlx::Error> {
    let row: Option<Row> = sqlx::query_as(select!("WHERE h.expediente_id = ? AND h.revision = ?"))
        .bind(id.0)
        .bind(revision)
        .fetch_optional(conn)
        .await?;
    row.map(Row::read).transpose()
}

/// The last change of the index that this person made and that was not undone.
pub async fn last_of(
    conn: &mut SqliteConnection,
    id: ExpedienteId,
    usuario_id: i64,
) -> Result<Option<Entrada>, sqlx::Error> {
    let row: Option<Row> = sqlx::query_as(select!(
        "WHERE h.expediente_id = ? AND h.usuario_id = ? AND h.clase = 'indice-cambiado' AND h.deshecho IS NULL
         ORDER BY h.revision DESC LIMIT 1"
    ))
    .bind(id.0)
    .bind(usuario_id)
    .fetch_optional(conn)
    .await?;
    row.map(Row::read).transpose()
}

/// Marks an entry as undone by a revision.
pub async fn set_undone(tx: &mut Tx, id: ExpedienteId, revision: i64, by: i64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE historial SET deshecho = ? WHERE expediente_id = ? AND revision = ?")
        .bind(by)
        .bind(id.0)
        .bind(revision)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
