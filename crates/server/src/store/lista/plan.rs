//! How a page is come by.

use super::cursor::{Cursor, Valor};
use super::fila::COLUMNS;
use super::{Pagina, Quien};
use crate::store::search::{Termino, Via};
use crate::store::sql::Sql;
use api::lista::{Columna, Orden};
use sqlx::SqliteConnection;

/// So many rows are looked up one by one and sorted without a second thought, and looked at by a count that cannot count within an index.
/// Looking up a row costs about 2 µs.
pub const FEW: i64 = 1_500;

/// A query, ready to run.
#[derive(Debug, Clone)]
pub struct Plan {
    pub(super) lugar: i64,
    pub(super) quien: Quien,
    pub(super) terms: Vec<Termino>,
    pub(super) orden: Orden,
    pub(super) few: i64,
    /// The places of the fases that are asked for, when they are.
    pub(super) fases: Option<Vec<i64>>,
    /// The way with the fewest rows, and how many it has, up to [`Plan::limit`].
    pub(super) best: Option<(Via, i64)>,
}

impl Plan {
    /// Counts the rows of each way there is, up to the best so far, and keeps the best.
    pub async fn choose(
        conn: &mut SqliteConnection,
        lugar: i64,
        quien: Quien,
        terms: Vec<Termino>,
        asked: &Pagina<'_>,
    ) -> Result<Self, sqlx::Error> {
        let fases = fases(&terms);
        let mut plan = Self { lugar, quien, terms, orden: asked.orden, few: asked.few, fases, best: None };
        let ways: Vec<Via> = plan.terms.iter().filter_map(|term| term.via.clone()).chain(plan.scope_via()).collect();
        for via in ways {
            let limit = plan.best.as_ref().map_or(plan.limit(), |(_, n)| *n);
            let mut count = Sql::new("SELECT COUNT(*) FROM (");
            count.sql(&plan.scoped(&via)).push(" LIMIT ").bind(limit).push(")");
            let n = count.fetch_i64(conn).await?;
            if plan.best.as_ref().is_none_or(|(_, best)| n < *best) {
                plan.best = Some((via, n));
            }
        }
        Ok(plan)
    }

    /// The way with so few rows that they are gathered.
    pub(super) fn few(&self) -> Option<&Via> {
        self.best.as_ref().filter(|(_, n)| *n < self.limit()).map(|(via, _)| via)
    }

    /// With fewer rows than this they are gathered. Of one term with n of N rows a walk passes 50·N/n for a page: it wins from some
    /// thousands on. Of several terms together few rows may answer: a walk could be long.
    fn limit(&self) -> i64 {
        let tests = self.terms.iter().filter(|term| term.fases.is_none()).count();
        if tests > 1 { 4 * self.few } else { 2 * self.few }
    }

    /// The ids of a way, without those of others and of other fases where its index knows.
    pub(super) fn scoped(&self, via: &Via) -> Sql {
        let mut ids = via.ids.clone();
        if via.scoped {
            self.quien.and_x(&mut ids);
            if let Some(fases) = &self.fases {
                ids.push(" AND x.fase_orden IN ").bind_list(fases.clone());
            }
        }
        ids
    }

    /// A page of at most `limit` rows.
    pub fn page(&self, desde: Option<&Cursor>, limit: u32) -> Sql {
        let (column, _) = column(self.orden.columna);
        let way = if self.orden.descendente { " DESC" } else { "" };
        let order = |sql: &mut Sql| {
            sql.push(" ORDER BY ").push(column).push(way).push(", e.id").push(way);
        };
        // Ids first, so that only what is shown is read whole.
        let mut sql = Sql::new("SELECT ");
        sql.push(COLUMNS).push(" FROM (SELECT e.id AS found FROM expediente e ");
        match self.gathered() {
            Some(via) => {
                sql.push("NOT INDEXED WHERE e.id IN (").sql(&self.scoped(via)).push(") AND +e.lugar = ");
            }
            None => {
                sql.push("INDEXED BY ").push(self.walk()).push(" WHERE e.lugar = ");
            }
        }
        sql.bind(self.lugar);
        self.quien.and_e(&mut sql);
        if let Some(cursor) = desde {
            sql.push(" AND (").push(column).push(if self.orden.descendente { ", e.id) < (" } else { ", e.id) > (" });
            match &cursor.valor {
                Valor::Int(n) => sql.bind(*n),
                Valor::Text(text) => sql.bind(text.as_str()),
            };
            sql.push(", ").bind(cursor.id).push(")");
        }
        self.and_tests(&mut sql);
        order(&mut sql);
        sql.push(" LIMIT ").bind(i64::from(limit)).push(") CROSS JOIN expediente e ON e.id = found");
        order(&mut sql);
        sql
    }

    /// The way to gather the page by. A walk of the same index, in the asked order, would look at no more rows: then there is none.
    fn gathered(&self) -> Option<&Via> {
        let in_order = self.orden.columna == Columna::Pedido && self.walk() != "orden_pedido";
        self.few().filter(|via| !(via.by_pedido && in_order))
    }

    /// Adds the terms' tests on the row `e`.
    pub(super) fn and_tests(&self, sql: &mut Sql) {
        for term in &self.terms {
            sql.and(&term.test);
        }
    }

    /// The index to walk for the asked order.
    fn walk(&self) -> &'static str {
        let one_fase = self.fases.as_ref().is_some_and(|fases| fases.len() == 1);
        match (self.orden.columna, self.quien) {
            (Columna::Pedido, _) if one_fase => "fase_pedido",
            (Columna::Pedido, Quien::Asesor(_)) => "propios_pedido",
            (Columna::Pedido, Quien::Equipo(_)) => "equipo_pedido",
            (columna, _) => column(columna).1,
        }
    }

    /// The way of the scope itself.
    pub(super) fn scope_via(&self) -> Option<Via> {
        let mut ids = Sql::new("SELECT x.id FROM expediente x INDEXED BY ");
        match self.quien {
            Quien::Todos => return None,
            Quien::Asesor(_) => ids.push("propios_pedido"),
            Quien::Equipo(_) => ids.push("equipo_pedido"),
        };
        ids.push(" WHERE x.lugar = ").bind(self.lugar);
        Some(Via { by_pedido: true, ..Via::exact(ids) })
    }
}

/// The fases that all terms about fases leave.
fn fases(terms: &[Termino]) -> Option<Vec<i64>> {
    terms
        .iter()
        .filter_map(|term| term.fases.clone())
        .reduce(|a, b| a.into_iter().filter(|fase| b.contains(fase)).collect())
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

/// Whether the column is text.
pub(super) fn is_text(columna: Columna) -> bool {
    !matches!(columna, Columna::Numero | Columna::Fase | Columna::Docs | Columna::Faltan | Columna::Importe)
}
