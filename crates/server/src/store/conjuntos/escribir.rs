//! Writing sets: one expediente at a time, or many of them together.

use super::clave::Entrada;
use super::trozo;
use crate::store::Tx;
use crate::store::sql::{Arg, Sql};
use smallvec::SmallVec;
use std::collections::{BTreeSet, HashMap};

/// Keys of one statement.
const KEYS: usize = 1_000;

/// Takes an expediente out of some sets and puts it into others.
pub async fn change(
    tx: &mut Tx,
    lugar: i64,
    id: i64,
    before: &BTreeSet<Entrada>,
    now: &BTreeSet<Entrada>,
) -> Result<(), sqlx::Error> {
    let id = super::number(id)?;
    let changed: Vec<&Entrada> = before.symmetric_difference(now).collect();
    for keys in changed.chunks(KEYS) {
        let mut pieces = read(tx, lugar, trozo::of(id), keys).await?;
        let mut written = Vec::new();
        for &key in keys {
            let mut piece = pieces.remove(key).unwrap_or_default();
            if now.contains(key) {
                trozo::insert(&mut piece, id);
            } else {
                trozo::remove(&mut piece, id);
            }
            if trozo::is_empty(&piece) {
                delete(tx, lugar, trozo::of(id), key).await?;
            } else {
                written.push((lugar, key, trozo::of(id), piece));
            }
        }
        write(tx, &written).await?;
    }
    Ok(())
}

/// Members of sets that wait to be written together, all of one piece.
#[derive(Debug, Default)]
pub struct Monton {
    number: i64,
    sets: HashMap<(i64, Entrada), SmallVec<[u32; 4]>>,
}

impl Monton {
    /// Whether that id belongs to another piece than those that wait: they are to be written first.
    pub fn is_full_before(&self, id: i64) -> bool {
        !self.sets.is_empty() && id >> 16 != self.number
    }

    /// Adds an expediente. Ids come in ascending order.
    pub fn push(&mut self, lugar: i64, id: i64, entradas: BTreeSet<Entrada>) -> Result<(), sqlx::Error> {
        let id = super::number(id)?;
        self.number = trozo::of(id);
        for entrada in entradas {
            self.sets.entry((lugar, entrada)).or_default().push(id);
        }
        Ok(())
    }

    /// Writes all that wait, in the order of the table; with `merge` to what is there already of that piece.
    pub async fn flush(&mut self, tx: &mut Tx, merge: bool) -> Result<(), sqlx::Error> {
        let mut all: Vec<_> = std::mem::take(&mut self.sets).into_iter().collect();
        all.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        for of_lugar in all.chunk_by(|((a, _), _), ((b, _), _)| a == b) {
            for some in of_lugar.chunks(KEYS) {
                let Some(((lugar, _), _)) = some.first() else { continue };
                let keys: Vec<&Entrada> = some.iter().map(|((_, key), _)| key).collect();
                let mut there = if merge { read(tx, *lugar, self.number, &keys).await? } else { HashMap::default() };
                let written: Vec<(i64, &Entrada, i64, Vec<u8>)> = some
                    .iter()
                    .map(|((lugar, key), ids)| {
                        let piece = match there.remove(key) {
                            None => trozo::from_ids(ids),
                            Some(mut piece) => {
                                ids.iter().for_each(|id| trozo::insert(&mut piece, *id));
                                piece
                            }
                        };
                        (*lugar, key, self.number, piece)
                    })
                    .collect();
                write(tx, &written).await?;
            }
        }
        Ok(())
    }
}

/// One piece of each of some sets.
async fn read(
    tx: &mut Tx,
    lugar: i64,
    number: i64,
    keys: &[&Entrada],
) -> Result<HashMap<Entrada, Vec<u8>>, sqlx::Error> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new("WITH asked (serie, nivel, clave) AS (VALUES ");
    for (i, key) in keys.iter().enumerate() {
        sql.push(if i > 0 { "," } else { "" });
        sql.bind_list([key.serie.into(), key.nivel.into(), Arg::Blob(key.clave.to_vec())]);
    }
    sql.push(
        ") SELECT c.serie, c.nivel, c.clave, c.ids FROM asked a CROSS JOIN conjunto c
         ON c.serie = a.serie AND c.nivel = a.nivel AND c.clave = a.clave WHERE c.lugar = ",
    );
    sql.bind(lugar).push(" AND c.trozo = ").bind(number);
    let rows: Vec<(i64, i64, Vec<u8>, Vec<u8>)> = sql.once().fetch_all(tx).await?;
    Ok(rows
        .into_iter()
        .map(|(serie, nivel, clave, ids)| (Entrada { serie, nivel, clave: clave.into() }, ids))
        .collect())
}

async fn write(tx: &mut Tx, pieces: &[(i64, &Entrada, i64, Vec<u8>)]) -> Result<(), sqlx::Error> {
    if pieces.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new("INSERT INTO conjunto (lugar, serie, nivel, clave, trozo, ids) VALUES ");
    for (i, (lugar, key, number, piece)) in pieces.iter().enumerate() {
        sql.push(if i > 0 { "," } else { "" });
        sql.bind_list([
            (*lugar).into(),
            key.serie.into(),
            key.nivel.into(),
            Arg::Blob(key.clave.to_vec()),
            (*number).into(),
            Arg::Blob(piece.clone()),
        ]);
    }
    sql.push(" ON CONFLICT DO UPDATE SET ids = excluded.ids").once().execute(tx).await?;
    Ok(())
}

async fn delete(tx: &mut Tx, lugar: i64, number: i64, key: &Entrada) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM conjunto WHERE lugar = ? AND serie = ? AND nivel = ? AND clave = ? AND trozo = ?")
        .bind(lugar)
        .bind(key.serie)
        .bind(key.nivel)
        .bind(&key.clave[..])
        .bind(number)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
