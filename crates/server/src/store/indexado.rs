//! Writing an expediente's index and, with it, what it is found by.

use super::conjuntos::{self, Entrada, Monton};
use super::expedientes::{Columnas, Cuentas, ExpedienteRow, place_of, write_fase, write_indice};
use super::lugares::Lugar;
use super::retrato::{self, Dueno};
use super::texto::Textos;
use super::{Tx, personas};
use domain::{FaseId, Indice, Modelo};
use sqlx::SqliteConnection;
use std::collections::{BTreeMap, BTreeSet};

/// Expedientes that are read at once.
const BATCH: i64 = 500;

/// Replaces the index of an expediente; `before` is the one it has, nothing for one that was just opened.
pub async fn store(
    tx: &mut Tx,
    lugar: &Lugar,
    modelo: &Modelo,
    row: &ExpedienteRow,
    before: Option<&Indice>,
    indice: &Indice,
) -> Result<(), sqlx::Error> {
    let nombre = personas::nombre(tx, row.asesor_id).await?;
    let of = |indice: &Indice| Textos::new(lugar, modelo, &row.numero, &nombre, indice);
    let old = before.map_or_else(BTreeSet::new, |before| entradas(of(before).entradas, modelo, before));
    let new = of(indice);
    write_indice(tx, row, modelo, indice, &new).await?;
    conjuntos::change(tx, lugar.id, row.id, &old, &entradas(new.entradas, modelo, indice)).await
}

/// Moves an expediente to a fase.
pub async fn move_to(tx: &mut Tx, modelo: &Modelo, row: &ExpedienteRow, fase: &FaseId) -> Result<(), sqlx::Error> {
    let place = place_of(modelo, fase);
    write_fase(tx, row.id(), fase, place).await?;
    conjuntos::change(tx, row.lugar, row.id, &retrato::fase(row.fase_orden), &retrato::fase(place.0)).await
}

/// Writes again what an expediente's row repeats of its index and its fase, after the configuration changed. [`rebuild`] follows.
pub async fn refresh(
    tx: &mut Tx,
    lugar: &Lugar,
    modelo: &Modelo,
    row: &ExpedienteRow,
    indice: &Indice,
) -> Result<(), sqlx::Error> {
    let nombre = personas::nombre(tx, row.asesor_id).await?;
    write_indice(tx, row, modelo, indice, &Textos::new(lugar, modelo, &row.numero, &nombre, indice)).await?;
    write_fase(tx, row.id(), &row.fase(), place_of(modelo, &row.fase())).await
}

/// Makes all sets of a place anew, from the rows.
pub async fn rebuild(tx: &mut Tx, lugar: &Lugar, modelo: &Modelo) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM conjunto WHERE lugar = ?").bind(lugar.id).execute(&mut **tx).await?;
    let nombres: BTreeMap<i64, String> = personas::all(tx).await?.into_iter().map(|p| (p.id, p.nombre)).collect();
    let (mut waiting, mut last) = (Monton::default(), 0);
    loop {
        let rows = rows_after(tx, lugar.id, last).await?;
        let Some(end) = rows.last() else { break };
        last = end.id;
        for row in rows {
            if waiting.is_full_before(row.id) {
                waiting.flush(tx, false).await?;
            }
            let indice: Indice =
                serde_json::from_str(&row.valores).map_err(|cause| sqlx::Error::Decode(Box::new(cause)))?;
            let nombre = nombres.get(&row.asesor_id).map_or("", String::as_str);
            let textos = Textos::new(lugar, modelo, &row.numero, nombre, &indice);
            waiting.push(
                lugar.id,
                row.id,
                all_of(textos.entradas, modelo, &indice, &row.dueno(), &row.cuentas, row.fase_orden),
            )?;
        }
    }
    waiting.flush(tx, false).await
}

/// All sets of an expediente; `found` are those of its index.
pub fn all_of(
    found: BTreeSet<Entrada>,
    modelo: &Modelo,
    indice: &Indice,
    dueno: &Dueno<'_>,
    cuentas: &Cuentas,
    fase_orden: i64,
) -> BTreeSet<Entrada> {
    let mut all = entradas(found, modelo, indice);
    all.extend(dueno.entradas());
    all.extend(cuentas.entradas());
    all.extend(retrato::fase(fase_orden));
    all
}

/// The sets an index puts an expediente into: those it is found by, and those that keep the columns in order.
fn entradas(mut found: BTreeSet<Entrada>, modelo: &Modelo, indice: &Indice) -> BTreeSet<Entrada> {
    found.extend(Columnas::new(modelo, indice).entradas());
    found
}

/// What sets are made from.
#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    numero: String,
    numero_orden: i64,
    fase_orden: i64,
    asesor_id: i64,
    asesor: String,
    equipo_id: Option<i64>,
    #[sqlx(flatten)]
    cuentas: Cuentas,
    valores: String,
}

impl Row {
    fn dueno(&self) -> Dueno<'_> {
        Dueno {
            numero_orden: self.numero_orden,
            asesor_id: self.asesor_id,
            asesor: &self.asesor,
            equipo_id: self.equipo_id,
        }
    }
}

async fn rows_after(conn: &mut SqliteConnection, lugar: i64, after: i64) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as(
        "SELECT e.id, e.numero, e.numero_orden, e.fase_orden, e.asesor_id, e.asesor, e.equipo_id, e.docs, e.listos, e.requeridos,
            e.pendientes, e.validados, e.rechazados, e.avisos, COALESCE(i.valores, '{}') AS valores
         FROM expediente e LEFT JOIN indice i ON i.expediente_id = e.id WHERE e.id > ? AND +e.lugar = ? ORDER BY e.id LIMIT ?",
    )
    .bind(after)
    .bind(lugar)
    .bind(BATCH)
    .fetch_all(conn)
    .await
}
