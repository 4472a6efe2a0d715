//! Places of work and their index fields as small numbers.

use super::Tx;
use domain::{CampoId, EntidadId, Modelo, ModeloId};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

/// One modelo in one entidad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lugar {
    /// Its number.
    pub id: i64,
    /// Numbers of its index fields. One that no expediente ever had is not there.
    pub campos: BTreeMap<CampoId, i64>,
}

impl Lugar {
    /// Number of an index field.
    pub fn campo(&self, campo: &CampoId) -> Option<i64> {
        self.campos.get(campo).copied()
    }
}

/// The place, if any expediente was ever opened there.
pub async fn find(
    conn: &mut SqliteConnection,
    entidad: &EntidadId,
    modelo: &ModeloId,
) -> Result<Option<Lugar>, sqlx::Error> {
    let id: Option<i64> = sqlx::query_scalar("SELECT id FROM lugar WHERE entidad = ? AND modelo = ?")
        .bind(entidad.as_str())
        .bind(modelo.as_str())
        .fetch_optional(&mut *conn)
        .await?;
    match id {
        Some(id) => Ok(Some(Lugar { id, campos: campos(conn, id).await? })),
        None => Ok(None),
    }
}

/// The place, made when it is not there, with every index field the modelo has now.
pub async fn ensure(tx: &mut Tx, entidad: &EntidadId, modelo: &Modelo) -> Result<Lugar, sqlx::Error> {
    let mut lugar = match find(tx, entidad, &modelo.id).await? {
        Some(lugar) => lugar,
        None => {
            let done = sqlx::query("INSERT INTO lugar (entidad, modelo) VALUES (?, ?)")
                .bind(entidad.as_str())
                .bind(modelo.id.as_str())
                .execute(&mut **tx)
                .await?;
            Lugar { id: done.last_insert_rowid(), campos: BTreeMap::new() }
        }
    };
    for campo in &modelo.campos {
        if !lugar.campos.contains_key(&campo.id) {
            let done = sqlx::query("INSERT INTO campo_lugar (lugar, campo) VALUES (?, ?)")
                .bind(lugar.id)
                .bind(campo.id.as_str())
                .execute(&mut **tx)
                .await?;
            lugar.campos.insert(campo.id.clone(), done.last_insert_rowid());
        }
    }
    Ok(lugar)
}

/// Numbers and entidades of the places of a modelo.
pub async fn of_modelo(conn: &mut SqliteConnection, modelo: &ModeloId) -> Result<Vec<(i64, EntidadId)>, sqlx::Error> {
    let rows: Vec<(i64, String)> = sqlx::query_as("SELECT id, entidad FROM lugar WHERE modelo = ? ORDER BY id")
        .bind(modelo.as_str())
        .fetch_all(conn)
        .await?;
    Ok(rows.into_iter().map(|(id, entidad)| (id, EntidadId(entidad))).collect())
}

async fn campos(conn: &mut SqliteConnection, lugar: i64) -> Result<BTreeMap<CampoId, i64>, sqlx::Error> {
    let rows: Vec<(String, i64)> =
        sqlx::query_as("SELECT campo, id FROM campo_lugar WHERE lugar = ?").bind(lugar).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(campo, id)| (CampoId(campo), id)).collect())
}
