//! The rows of a page, by the way that looks at fewer of them.
//!
//! With very few candidates they are gathered: looked up, tested, sorted. Else the index of the asked order is walked, for a while: with
//! many answers the page is soon full, whatever the terms have to do with each other. If it is not, the candidates are gathered after
//! all, when they are not too many, or the walk goes on to its end.

use super::Quien;
use super::cursor::{Cursor, Valor};
use super::fila::{COLUMNS, FilaRow};
use super::plan::{Plan, is_text};
use crate::store::search::Via;
use crate::store::sql::Sql;
use api::lista::Columna;
use sqlx::SqliteConnection;

impl Plan {
    /// At most `limit` rows after a cursor.
    pub async fn rows(
        &self,
        conn: &mut SqliteConnection,
        desde: Option<&Cursor>,
        limit: u32,
    ) -> Result<Vec<FilaRow>, sqlx::Error> {
        if let Some(via) = self.fewer(self.limit()).filter(|via| self.is_dated(via) && !self.walks(via)) {
            return self.by_date(via, desde, limit).fetch_all(conn).await;
        }
        if let Some(via) = self.fewer(self.few / 2).filter(|via| !self.walks(via)) {
            return self.gather(via, desde, limit).fetch_all(conn).await;
        }
        let until = self.row_at(conn, desde, self.few).await?;
        let rows: Vec<FilaRow> = self.walk(desde, until.as_ref(), limit).fetch_all(conn).await?;
        if until.is_none() || rows.len() >= limit as usize {
            return Ok(rows);
        }
        match self.fewer(self.limit()).filter(|via| !self.walks(via)) {
            Some(via) => self.gather(via, desde, limit).fetch_all(conn).await,
            None => self.walk(desde, None, limit).fetch_all(conn).await,
        }
    }

    /// Looks up the candidates, tests and sorts them.
    fn gather(&self, via: &Via, desde: Option<&Cursor>, limit: u32) -> Sql {
        let mut inner = Sql::new("SELECT e.id AS found FROM expediente e NOT INDEXED WHERE e.id IN (");
        inner.sql(&self.ids(via)).push(") AND +e.lugar = ").bind(self.lugar);
        self.quien.and_e(&mut inner);
        self.and_tests(&mut inner);
        self.and_after(&mut inner, desde);
        self.page_of(&inner, limit)
    }

    /// Sorts the candidates by the day in their own index, then looks them up in that order until the page is full.
    fn by_date(&self, via: &Via, desde: Option<&Cursor>, limit: u32) -> Sql {
        let way = if self.orden.descendente { " DESC" } else { "" };
        let mut inner = Sql::new("SELECT e.id AS found FROM (SELECT ");
        inner
            .push(if via.repeats { "DISTINCT " } else { "" })
            .push(via.id)
            .push(" AS candidate, x.pedido AS day ")
            .sql(&via.from);
        self.and_scope(&mut inner);
        if let Some(cursor) = desde {
            inner.push(" AND (x.pedido, ").push(via.id).push(self.beyond()).sql(&cursor.binds()).push(")");
        }
        // The limit keeps the order: without one the subquery would be merged and every candidate looked up.
        inner.push(" ORDER BY day").push(way).push(", candidate").push(way).push(" LIMIT -1)");
        inner.push(" CROSS JOIN expediente e ON e.id = candidate WHERE e.lugar = ").bind(self.lugar);
        self.quien.and_e(&mut inner);
        self.and_tests(&mut inner);
        self.shown(&inner, limit)
    }

    /// Goes through the index of the order, testing row by row, up to and with `until`.
    fn walk(&self, desde: Option<&Cursor>, until: Option<&Cursor>, limit: u32) -> Sql {
        let mut inner = Sql::new("SELECT e.id AS found FROM expediente e INDEXED BY ");
        inner.push(self.index()).push(" WHERE e.lugar = ").bind(self.lugar);
        self.quien.and_e(&mut inner);
        self.and_after(&mut inner, desde);
        if let Some(until) = until {
            self.and_key(&mut inner, if self.orden.descendente { ") >= (" } else { ") <= (" }, until);
        }
        self.and_tests(&mut inner);
        self.page_of(&inner, limit)
    }

    /// The row so many places after the cursor, of all that a walk passes.
    async fn row_at(
        &self,
        conn: &mut SqliteConnection,
        desde: Option<&Cursor>,
        places: i64,
    ) -> Result<Option<Cursor>, sqlx::Error> {
        let (column, _) = column(self.orden.columna);
        let mut sql = Sql::new("SELECT ");
        sql.push(column).push(", e.id FROM expediente e INDEXED BY ").push(self.index()).push(" WHERE e.lugar = ");
        sql.bind(self.lugar);
        self.quien.and_e(&mut sql);
        if let (Some(fases), "fase_pedido") = (&self.fases, self.index()) {
            sql.push(" AND e.fase_orden IN ").bind_list(fases.clone());
        }
        self.and_after(&mut sql, desde);
        self.push_order(&mut sql);
        sql.push(" LIMIT 1 OFFSET ").bind(places);
        let found = if is_text(self.orden.columna) {
            sql.fetch_optional(conn).await?.map(|(text, id): (String, i64)| (Valor::Text(text), id))
        } else {
            sql.fetch_optional(conn).await?.map(|(n, id): (i64, i64)| (Valor::Int(n), id))
        };
        Ok(found.map(|(valor, id)| Cursor { orden: self.orden, valor, id }))
    }

    /// The first `limit` of the ids, in order.
    fn page_of(&self, inner: &Sql, limit: u32) -> Sql {
        let mut sql = inner.clone();
        self.push_order(&mut sql);
        self.shown(&sql, limit)
    }

    /// The rows of the first `limit` ids: only what is shown is read whole.
    fn shown(&self, ids: &Sql, limit: u32) -> Sql {
        let mut sql = Sql::new("SELECT ");
        sql.push(COLUMNS).push(" FROM (").sql(ids).push(" LIMIT ").bind(i64::from(limit));
        sql.push(") CROSS JOIN expediente e ON e.id = found");
        self.push_order(&mut sql);
        sql
    }

    fn push_order(&self, sql: &mut Sql) {
        let (column, _) = column(self.orden.columna);
        let way = if self.orden.descendente { " DESC" } else { "" };
        sql.push(" ORDER BY ").push(column).push(way).push(", e.id").push(way);
    }

    fn and_after(&self, sql: &mut Sql, desde: Option<&Cursor>) {
        if let Some(cursor) = desde {
            self.and_key(sql, self.beyond(), cursor);
        }
    }

    /// The comparison of what comes after a row.
    fn beyond(&self) -> &'static str {
        if self.orden.descendente { ") < (" } else { ") > (" }
    }

    /// Adds ` AND (column, e.id) ~ (value, id)`.
    fn and_key(&self, sql: &mut Sql, compare: &'static str, cursor: &Cursor) {
        let (column, _) = column(self.orden.columna);
        sql.push(" AND (").push(column).push(", e.id").push(compare).sql(&cursor.binds()).push(")");
    }

    /// Whether the way's own index knows the asked order.
    fn is_dated(&self, via: &Via) -> bool {
        self.orden.columna == Columna::Pedido && via.dated && via.scoped
    }

    /// Whether a walk passes no more rows than the way has: it goes through the same index, in the asked order.
    fn walks(&self, via: &Via) -> bool {
        via.by_pedido && self.orden.columna == Columna::Pedido && self.index() != "orden_pedido"
    }

    /// The index to walk for the asked order.
    fn index(&self) -> &'static str {
        let one_fase = self.fases.as_ref().is_some_and(|fases| fases.len() == 1);
        match (self.orden.columna, self.quien) {
            (Columna::Pedido, _) if one_fase => "fase_pedido",
            (Columna::Pedido, Quien::Asesor(_)) => "propios_pedido",
            (Columna::Pedido, Quien::Equipo(_)) => "equipo_pedido",
            (columna, _) => column(columna).1,
        }
    }
}

/// The column of the row `e`, and its index.
fn column(columna: Columna) -> (&'static str, &'static str) {
    match columna {
        Columna::Pedido => ("e.pedido", "orden_pedido"),
        Columna::Numero => ("e.numero_orden", "orden_numero"),
        Columna::Cliente => ("e.cliente_orden", "orden_cliente"),
        Columna::Vehiculo => ("e.vehiculo_orden", "orden_vehiculo"),
        Columna::Matricula => ("e.matricula", "orden_matricula"),
        Columna::Fase => ("e.fase_orden", "orden_fase"),
        Columna::Docs => ("e.docs", "orden_docs"),
        Columna::Faltan => ("e.faltan", "orden_faltan"),
        Columna::Importe => ("e.importe", "orden_importe"),
        Columna::Asesor => ("e.asesor", "orden_asesor"),
    }
}
