//! The rows of a page. Few candidates are looked up and sorted; of more, those are that a walk in the asked order meets first.

use super::cursor::{Cursor, Valor};
use super::fila::{COLUMNS, FilaRow};
use super::plan::Plan;
use crate::store::conjuntos::clave::entero;
use crate::store::conjuntos::{Forma, Paseo, Serie, number};
use crate::store::sql::Sql;
use api::lista::Columna;
use sqlx::SqliteConnection;

/// Most candidates that are looked up by one statement.
const MOST_AT_ONCE: usize = 1_000;

impl Plan {
    /// At most `limit` rows after a cursor; of few candidates also how many there are, as all are looked at.
    pub async fn rows(
        &self,
        conn: &mut SqliteConnection,
        desde: Option<&Cursor>,
        limit: u32,
    ) -> Result<(Vec<FilaRow>, Option<u64>), sqlx::Error> {
        // A walk passes what is before them as well, which costs as much as looking up some hundreds.
        if self.candidates.count(2 * self.few) <= 2 * self.few {
            let rows: Vec<FilaRow> = self.gather(self.candidates.iter(), desde, limit).fetch_all(conn).await?;
            let all = rows.first().map_or(0, FilaRow::all);
            return Ok((rows, Some(all)));
        }
        let after = desde.map(|cursor| Ok::<_, sqlx::Error>((key(&cursor.valor), number(cursor.id)?))).transpose()?;
        let (_, serie, forma) = column(self.orden.columna);
        let mut walk =
            Paseo::new(self.lugar, (serie, forma), self.orden.descendente, &self.candidates, after, self.few);
        let (mut rows, mut wanted) = (Vec::new(), limit as usize);
        loop {
            let ids = walk.next(conn, wanted).await?;
            let at_end = ids.len() < wanted;
            let missing = limit - u32::try_from(rows.len()).unwrap_or(limit);
            let found: Vec<FilaRow> = self.gather(ids.into_iter(), desde, missing).fetch_all(conn).await?;
            rows.extend(found);
            if at_end || rows.len() >= limit as usize {
                return Ok((rows, None));
            }
            wanted = (2 * wanted).min(MOST_AT_ONCE);
        }
    }

    /// Looks up candidates, tests and sorts them.
    fn gather(&self, ids: impl Iterator<Item = u32>, desde: Option<&Cursor>, limit: u32) -> Sql {
        let (column, ..) = column(self.orden.columna);
        let way = if self.orden.descendente { " DESC" } else { "" };
        let order = |sql: &mut Sql, columns: [&'static str; 2]| {
            sql.push(" ORDER BY ").push(columns[0]).push(way).push(", ").push(columns[1]).push(way);
        };
        let mut found = Sql::new("e.id AS found, ");
        found.push(column).push(" AS place");
        let mut found = self.tested(&found, ids);
        if let Some(cursor) = desde {
            found.push(" AND (").push(column).push(", e.id");
            found.push(if self.orden.descendente { ") < (" } else { ") > (" }).sql(&cursor.binds()).push(")");
        }
        // Only what is shown is read whole.
        let mut sql = Sql::new("WITH answer AS MATERIALIZED (");
        sql.sql(&found)
            .push(") SELECT ")
            .push(COLUMNS)
            .push(", (SELECT COUNT(*) FROM answer) AS answers FROM (SELECT found FROM answer");
        order(&mut sql, ["place", "found"]);
        sql.push(" LIMIT ").bind(i64::from(limit)).push(") CROSS JOIN expediente e ON e.id = found");
        order(&mut sql, [column, "e.id"]);
        sql
    }

    /// Selects what is said of the candidates that answer every term. They are within the scope: so they came here.
    pub(super) fn tested(&self, what: &Sql, ids: impl Iterator<Item = u32>) -> Sql {
        let ids: Vec<u32> = ids.collect();
        let mut sql = Sql::new("SELECT ");
        sql.sql(what).push(" FROM json_each(").bind(serde_json::json!(ids).to_string());
        sql.push(") x CROSS JOIN expediente e ON e.id = x.value WHERE e.lugar = ").bind(self.lugar);
        self.quien.and_e(&mut sql);
        for test in &self.tests {
            sql.and(test);
        }
        sql
    }
}

/// The column of the row `e`, and the series that is in its order.
fn column(columna: Columna) -> (&'static str, Serie, Forma) {
    match columna {
        Columna::Pedido => ("e.pedido", Serie::ORDEN_PEDIDO, Forma::Dia),
        Columna::Numero => ("e.numero_orden", Serie::ORDEN_NUMERO, Forma::Entero),
        Columna::Cliente => ("e.cliente_orden", Serie::ORDEN_CLIENTE, Forma::Texto),
        Columna::Vehiculo => ("e.vehiculo_orden", Serie::ORDEN_VEHICULO, Forma::Texto),
        Columna::Matricula => ("e.matricula", Serie::ORDEN_MATRICULA, Forma::Texto),
        Columna::Fase => ("e.fase_orden", Serie::FASE, Forma::Exacta),
        Columna::Docs => ("e.docs", Serie::DOCS, Forma::Exacta),
        Columna::Faltan => ("e.faltan", Serie::FALTAN, Forma::Exacta),
        Columna::Importe => ("e.importe", Serie::ORDEN_IMPORTE, Forma::Entero),
        Columna::Asesor => ("e.asesor", Serie::ORDEN_ASESOR, Forma::Exacta),
    }
}

fn key(valor: &Valor) -> Vec<u8> {
    match valor {
        Valor::Int(n) => entero(*n).to_vec(),
        Valor::Text(text) => text.clone().into_bytes(),
    }
}
