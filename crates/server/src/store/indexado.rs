//! Writing an expediente's index and, with it, what it is found by.

use super::expedientes::{Columnas, ExpedienteRow, place_of, write_fase, write_indice};
use super::lugares::Lugar;
use super::texto::{Entrada, Textos};
use super::{Tx, personas};
use domain::{FaseId, Indice, Modelo};

/// Who may see an expediente and its fase, as the narrow tables repeat it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Ficha {
    id: i64,
    lugar: i64,
    asesor_id: i64,
    equipo_id: Option<i64>,
    fase_orden: i64,
    pedido: String,
}

impl Ficha {
    fn of(row: &ExpedienteRow, modelo: &Modelo, indice: &Indice) -> Self {
        Self {
            pedido: Columnas::new(modelo, indice).pedido,
            id: row.id,
            lugar: row.lugar,
            asesor_id: row.asesor_id,
            equipo_id: row.equipo_id,
            fase_orden: row.fase_orden,
        }
    }
}

/// Replaces the index of an expediente; `before` is the one it has, empty for a new one.
pub async fn store(
    tx: &mut Tx,
    lugar: &Lugar,
    modelo: &Modelo,
    row: &ExpedienteRow,
    before: &Indice,
    indice: &Indice,
) -> Result<(), sqlx::Error> {
    let nombre = personas::nombre(tx, row.asesor_id).await?;
    let old = if before.is_empty() && row.revision == 1 {
        Textos::default()
    } else {
        Textos::new(lugar, modelo, &row.numero, &nombre, before)
    };
    let new = Textos::new(lugar, modelo, &row.numero, &nombre, indice);
    write_indice(tx, row, modelo, indice, &new).await?;
    let ficha = Ficha::of(row, modelo, indice);
    for gone in old.entradas.difference(&new.entradas) {
        remove(tx, &ficha, gone).await?;
    }
    let moved = ficha != Ficha::of(row, modelo, before);
    for entrada in new.entradas.iter().filter(|entrada| moved || !old.entradas.contains(entrada)) {
        put(tx, &ficha, entrada).await?;
    }
    Ok(())
}

/// Moves an expediente to a fase, in every table that repeats it.
pub async fn move_to(
    tx: &mut Tx,
    lugar: &Lugar,
    modelo: &Modelo,
    row: &ExpedienteRow,
    indice: &Indice,
    fase: &FaseId,
) -> Result<(), sqlx::Error> {
    let place = place_of(modelo, fase);
    write_fase(tx, row.id(), fase, place).await?;
    let ficha = Ficha { fase_orden: place.0, ..Ficha::of(row, modelo, indice) };
    let nombre = personas::nombre(tx, row.asesor_id).await?;
    for entrada in &Textos::new(lugar, modelo, &row.numero, &nombre, indice).entradas {
        put(tx, &ficha, entrada).await?;
    }
    Ok(())
}

/// Writes all again, from whatever was there: after the configuration changed what is found how.
pub async fn rebuild(
    tx: &mut Tx,
    lugar: &Lugar,
    modelo: &Modelo,
    row: &ExpedienteRow,
    indice: &Indice,
) -> Result<(), sqlx::Error> {
    let nombre = personas::nombre(tx, row.asesor_id).await?;
    let new = Textos::new(lugar, modelo, &row.numero, &nombre, indice);
    write_indice(tx, row, modelo, indice, &new).await?;
    let place = place_of(modelo, &row.fase());
    write_fase(tx, row.id(), &row.fase(), place).await?;
    let ficha = Ficha { fase_orden: place.0, ..Ficha::of(row, modelo, indice) };
    for entrada in &new.entradas {
        put(tx, &ficha, entrada).await?;
    }
    Ok(())
}

/// Empties the narrow tables of a place, before all of it is written again.
pub async fn clear(tx: &mut Tx, lugar: &Lugar) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM palabra WHERE lugar = ?").bind(lugar.id).execute(&mut **tx).await?;
    for campo in lugar.campos.values() {
        sqlx::query("DELETE FROM campo_texto WHERE campo = ?").bind(campo).execute(&mut **tx).await?;
        sqlx::query("DELETE FROM campo_entero WHERE campo = ?").bind(campo).execute(&mut **tx).await?;
    }
    Ok(())
}

async fn put(tx: &mut Tx, ficha: &Ficha, entrada: &Entrada) -> Result<(), sqlx::Error> {
    let query = match entrada {
        Entrada::Palabra(word) => sqlx::query(
            "INSERT INTO palabra (lugar, palabra, expediente_id, asesor_id, equipo_id, fase_orden, pedido) VALUES (?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET asesor_id = excluded.asesor_id, equipo_id = excluded.equipo_id, fase_orden = excluded.fase_orden,
                pedido = excluded.pedido",
        )
        .bind(ficha.lugar)
        .bind(word),
        Entrada::Texto(campo, text) => sqlx::query(
            "INSERT INTO campo_texto (campo, valor, expediente_id, asesor_id, equipo_id, fase_orden, pedido) VALUES (?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET asesor_id = excluded.asesor_id, equipo_id = excluded.equipo_id, fase_orden = excluded.fase_orden,
                pedido = excluded.pedido",
        )
        .bind(campo)
        .bind(text),
        Entrada::Entero(campo, n) => sqlx::query(
            "INSERT INTO campo_entero (campo, valor, expediente_id, asesor_id, equipo_id, fase_orden, pedido) VALUES (?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET asesor_id = excluded.asesor_id, equipo_id = excluded.equipo_id, fase_orden = excluded.fase_orden,
                pedido = excluded.pedido",
        )
        .bind(campo)
        .bind(n),
    };
    query
        .bind(ficha.id)
        .bind(ficha.asesor_id)
        .bind(ficha.equipo_id)
        .bind(ficha.fase_orden)
        .bind(&ficha.pedido)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

async fn remove(tx: &mut Tx, ficha: &Ficha, entrada: &Entrada) -> Result<(), sqlx::Error> {
    let query = match entrada {
        Entrada::Palabra(word) => {
            sqlx::query("DELETE FROM palabra WHERE lugar = ? AND palabra = ? AND expediente_id = ?")
                .bind(ficha.lugar)
                .bind(word)
        }
        Entrada::Texto(campo, text) => {
            sqlx::query("DELETE FROM campo_texto WHERE campo = ? AND valor = ? AND expediente_id = ?")
                .bind(campo)
                .bind(text)
        }
        Entrada::Entero(campo, n) => {
            sqlx::query("DELETE FROM campo_entero WHERE campo = ? AND valor = ? AND expediente_id = ?")
                .bind(campo)
                .bind(n)
        }
    };
    query.bind(ficha.id).execute(&mut **tx).await?;
    Ok(())
}
