//! Avisos of expedientes, and how many of them are open.

use super::expedientes::ExpedienteRow;
use super::sql::{Arg, Sql};
use super::{Tx, conjuntos, retrato};
use crate::state::rfc3339;
use api::aviso::{AvisoVista, MiAviso};
use domain::scope::Cuales;
use domain::{AvisoId, EntidadId, ExpedienteId, ModeloId, Scope};
use sqlx::SqliteConnection;

/// Most avisos that are read of an expediente: all open ones, and the newest of those that are done.
const OF_EXPEDIENTE: i64 = 400;

/// An aviso, as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct AvisoRow {
    /// Id.
    pub id: i64,
    /// Its expediente.
    pub expediente_id: i64,
    /// What is to be done, cleaned.
    pub texto: String,
    /// Its addressee, by id.
    pub para_id: i64,
    /// Its addressee, by user name.
    pub para: String,
    /// Its addressee, by full name.
    pub para_nombre: String,
    /// ISO day; empty when there is none.
    pub vence: String,
    /// Who gave it, by id.
    pub usuario_id: i64,
    /// Who gave it, by user name.
    pub por: String,
    /// Who gave it, by full name.
    pub quien: String,
    /// When, milliseconds since 1970.
    pub cuando: i64,
    /// When it was done.
    pub hecho: Option<i64>,
    /// Who did it, by full name.
    pub hecho_por: String,
}

impl AvisoRow {
    /// Its id.
    pub fn id(&self) -> AvisoId {
        AvisoId(self.id)
    }

    /// As it goes over the wire.
    pub fn vista(&self) -> AvisoVista {
        AvisoVista {
            id: self.id(),
            texto: self.texto.clone(),
            para: self.para.clone(),
            para_nombre: self.para_nombre.clone(),
            por: self.por.clone(),
            quien: self.quien.clone(),
            cuando: rfc3339(self.cuando),
            vence: Some(self.vence.clone()).filter(|day| !day.is_empty()),
            hecho: self.hecho.map(rfc3339),
            hecho_por: self.hecho_por.clone(),
        }
    }
}

macro_rules! columns {
    () => {
        "a.id, a.expediente_id, a.texto, a.para_id, COALESCE(p.usuario, '') AS para, COALESCE(p.nombre, '') AS para_nombre, a.vence,
         a.usuario_id, COALESCE(u.usuario, '') AS por, COALESCE(u.nombre, '') AS quien, a.cuando, a.hecho,
         COALESCE(h.nombre, '') AS hecho_por "
    };
}

macro_rules! people {
    () => {
        " LEFT JOIN usuario p ON p.id = a.para_id LEFT JOIN usuario u ON u.id = a.usuario_id
         LEFT JOIN usuario h ON h.id = a.hecho_por "
    };
}

/// An aviso that is not deleted. Whoever calls looks for its expediente in a scope.
pub async fn by_id(conn: &mut SqliteConnection, id: AvisoId) -> Result<Option<AvisoRow>, sqlx::Error> {
    sqlx::query_as(concat!("SELECT ", columns!(), "FROM aviso a", people!(), "WHERE a.id = ? AND a.borrado IS NULL"))
        .bind(id.0)
        .fetch_optional(conn)
        .await
}

/// The avisos of an expediente: the open ones by their day (those without one last), then those that are done, newest first. Whoever
/// calls has found it in a scope.
pub async fn of_expediente(conn: &mut SqliteConnection, id: ExpedienteId) -> Result<Vec<AvisoRow>, sqlx::Error> {
    sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        "FROM aviso a",
        people!(),
        "WHERE a.expediente_id = ? AND a.borrado IS NULL
         ORDER BY a.hecho IS NOT NULL, a.hecho DESC, a.vence = '', a.vence, a.id LIMIT ?"
    ))
    .bind(id.0)
    .bind(OF_EXPEDIENTE)
    .fetch_all(conn)
    .await
}

/// An aviso and where it is, as it is read for its addressee.
#[derive(sqlx::FromRow)]
struct MioRow {
    #[sqlx(flatten)]
    aviso: AvisoRow,
    numero: String,
    entidad: String,
    modelo: String,
    cliente: String,
    total: i64,
}

/// The open avisos to a person in expedientes within the scope that are not closed, by their day (those without one last), and how
/// many there are in all.
pub async fn open_of(
    conn: &mut SqliteConnection,
    scope: &Scope,
    para_id: i64,
    limit: i64,
) -> Result<(Vec<MiAviso>, i64), sqlx::Error> {
    let mut sql = Sql::new(concat!(
        "SELECT ",
        columns!(),
        ", e.numero, e.entidad, e.modelo, e.cliente, COUNT(*) OVER () AS total
         FROM aviso a CROSS JOIN expediente e ON e.id = a.expediente_id",
        people!(),
        "WHERE a.hecho IS NULL AND a.borrado IS NULL AND e.cerrado = 0 AND a.para_id = "
    ));
    sql.bind(para_id).push(" AND e.entidad IN ").bind_list(scope.entidades.iter().map(|e| Arg::from(e.as_str())));
    match scope.cuales {
        Cuales::Todos => &mut sql,
        Cuales::Equipo(equipo) => sql.push(" AND e.equipo_id = ").bind(equipo.0),
        Cuales::Propios(asesor) => sql.push(" AND e.asesor_id = ").bind(asesor.0),
        Cuales::Ninguno => return Ok((Vec::new(), 0)),
    };
    sql.push(" ORDER BY a.vence = '', a.vence, a.id LIMIT ").bind(limit);
    let rows: Vec<MioRow> = sql.fetch_all(conn).await?;
    let total = rows.first().map_or(0, |row| row.total);
    let items = rows.into_iter().map(|row| MiAviso {
        expediente: ExpedienteId(row.aviso.expediente_id),
        aviso: row.aviso.vista(),
        numero: row.numero,
        entidad: EntidadId(row.entidad),
        modelo: ModeloId(row.modelo),
        cliente: row.cliente,
    });
    Ok((items.collect(), total))
}

/// What an aviso says, of a new one or instead of what it said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contenido {
    /// What is to be done, cleaned.
    pub texto: String,
    /// Its addressee.
    pub para_id: i64,
    /// ISO day; empty for none.
    pub vence: String,
}

/// Writes a new aviso; answers its id. [`recount`] follows.
pub async fn insert(
    tx: &mut Tx,
    expediente: ExpedienteId,
    contenido: &Contenido,
    usuario_id: i64,
    cuando: i64,
) -> Result<AvisoId, sqlx::Error> {
    let done = sqlx::query(
        "INSERT INTO aviso (expediente_id, texto, para_id, vence, usuario_id, cuando) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(expediente.0)
    .bind(&contenido.texto)
    .bind(contenido.para_id)
    .bind(&contenido.vence)
    .bind(usuario_id)
    .bind(cuando)
    .execute(&mut **tx)
    .await?;
    Ok(AvisoId(done.last_insert_rowid()))
}

/// Another text, addressee or day.
pub async fn set_contenido(tx: &mut Tx, id: AvisoId, contenido: &Contenido) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE aviso SET texto = ?, para_id = ?, vence = ? WHERE id = ?")
        .bind(&contenido.texto)
        .bind(contenido.para_id)
        .bind(&contenido.vence)
        .bind(id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Done by somebody at a time, or open again. [`recount`] follows.
pub async fn set_hecho(tx: &mut Tx, id: AvisoId, hecho: Option<(i64, i64)>) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE aviso SET hecho = ?, hecho_por = ? WHERE id = ?")
        .bind(hecho.map(|(cuando, _)| cuando))
        .bind(hecho.map(|(_, usuario_id)| usuario_id))
        .bind(id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Deletes an aviso; its row is kept. [`recount`] follows.
pub async fn set_borrado(tx: &mut Tx, id: AvisoId, borrado: i64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE aviso SET borrado = ? WHERE id = ?").bind(borrado).bind(id.0).execute(&mut **tx).await?;
    Ok(())
}

/// Counts the open avisos of an expediente again, whose row is from before the change, and makes a revision; answers it.
pub async fn recount(tx: &mut Tx, row: &ExpedienteRow) -> Result<i64, sqlx::Error> {
    let open: u32 =
        sqlx::query_scalar("SELECT COUNT(*) FROM aviso WHERE expediente_id = ? AND hecho IS NULL AND borrado IS NULL")
            .bind(row.id)
            .fetch_one(&mut **tx)
            .await?;
    conjuntos::change(tx, row.lugar, row.id, &retrato::avisos(row.avisos), &retrato::avisos(open)).await?;
    sqlx::query_scalar("UPDATE expediente SET avisos = ?, revision = revision + 1 WHERE id = ? RETURNING revision")
        .bind(open)
        .bind(row.id)
        .fetch_one(&mut **tx)
        .await
}
