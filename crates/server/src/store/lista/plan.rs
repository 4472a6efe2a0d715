//! What is known of a query before it runs: its terms, and the way with the fewest rows.

use super::{Pagina, Quien};
use crate::store::search::{Termino, Via};
use crate::store::sql::Sql;
use api::lista::{Columna, Orden};
use sqlx::SqliteConnection;

/// So many rows are looked at before something else is tried, or a count is given up. Looking up a row costs about 2 µs.
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
    /// Looks at the first rows of each way there is, and keeps the one that has the fewest.
    pub async fn choose(
        conn: &mut SqliteConnection,
        lugar: i64,
        quien: Quien,
        terms: Vec<Termino>,
        asked: &Pagina<'_>,
    ) -> Result<Self, sqlx::Error> {
        let fases = fases(&terms);
        let mut plan = Self { lugar, quien, terms, orden: asked.orden, few: asked.few, fases, best: None };
        if plan.terms.is_empty() && plan.orden.columna == Columna::Pedido {
            // The index of the scope is in that order.
            return Ok(plan);
        }
        let ways: Vec<Via> = plan.terms.iter().filter_map(|term| term.via.clone()).chain(plan.scope_via()).collect();
        for via in ways {
            let (via, n) = plan.measure(conn, via).await?;
            if plan.best.as_ref().is_none_or(|(_, best)| n < *best) {
                plan.best = Some((via, n));
            }
        }
        Ok(plan)
    }

    /// How many rows a way has, up to the limit. One that is dear to go again becomes the list of its ids.
    async fn measure(&self, conn: &mut SqliteConnection, via: Via) -> Result<(Via, i64), sqlx::Error> {
        let limit = self.limit();
        if via.scoped {
            let (looked_at, n) = self.count_first(conn, &via, limit, false).await?;
            return Ok((via, if looked_at < limit { n } else { limit }));
        }
        let mut sql = self.ids(&via);
        sql.push(" LIMIT ").bind(limit);
        let ids: Vec<(i64,)> = sql.fetch_all(conn).await?;
        let n = i64::try_from(ids.len()).unwrap_or(limit);
        if n == limit {
            return Ok((via, n));
        }
        let list: Vec<i64> = ids.into_iter().map(|(id,)| id).collect();
        let mut from = Sql::new("FROM json_each(");
        from.bind(serde_json::json!(list).to_string()).push(") x WHERE 1");
        Ok((Via { id: "x.value", from, ..via }, n))
    }

    /// Of the first `limit` rows of a way: how many there are, and how many expedientes of the scope, in the fases asked for, they are; `distinct` counts each once.
    pub(super) async fn count_first(
        &self,
        conn: &mut SqliteConnection,
        via: &Via,
        limit: i64,
        distinct: bool,
    ) -> Result<(i64, i64), sqlx::Error> {
        let mut sql = Sql::new("SELECT COUNT(*), COUNT(");
        sql.push(if distinct { "DISTINCT " } else { "" }).push("CASE WHEN 1");
        self.and_scope(&mut sql);
        sql.push(" THEN found END) FROM (SELECT ").push(via.id).push(" AS found");
        sql.push(match self.quien {
            Quien::Todos => "",
            Quien::Asesor(_) => ", x.asesor_id",
            Quien::Equipo(_) => ", x.equipo_id",
        });
        sql.push(if self.fases.is_some() { ", x.fase_orden " } else { " " }).sql(&via.from);
        sql.push(" LIMIT ").bind(limit).push(") x");
        Ok(sql.fetch_optional(conn).await?.unwrap_or_default())
    }

    /// With more rows than this they are not gathered at all.
    pub(super) fn limit(&self) -> i64 {
        4 * self.few
    }

    /// The way with fewer rows than `than`.
    pub(super) fn fewer(&self, than: i64) -> Option<&Via> {
        self.best.as_ref().filter(|(_, n)| *n < than).map(|(via, _)| via)
    }

    /// The ids of a way, without those of others and of other fases where its index knows.
    pub(super) fn ids(&self, via: &Via) -> Sql {
        let mut ids = Sql::new("SELECT ");
        ids.push(via.id).push(" ").sql(&via.from);
        if via.scoped {
            self.and_scope(&mut ids);
        }
        ids
    }

    /// Adds the conditions on `x` of scope and fases.
    pub(super) fn and_scope(&self, sql: &mut Sql) {
        self.quien.and_x(sql);
        if let Some(fases) = &self.fases {
            sql.push(" AND x.fase_orden IN ").bind_list(fases.clone());
        }
    }

    /// Adds the terms' tests on the row `e`.
    pub(super) fn and_tests(&self, sql: &mut Sql) {
        for term in &self.terms {
            sql.and(&term.test);
        }
    }

    /// The way of the scope itself; of those who see everything there is none that is shorter than the whole.
    pub(super) fn scope_via(&self) -> Option<Via> {
        let (index, own) = match self.quien {
            Quien::Todos => return None,
            Quien::Asesor(id) => ("propios_pedido", (" AND x.asesor_id = ", id)),
            Quien::Equipo(id) => ("equipo_pedido", (" AND x.equipo_id = ", id)),
        };
        let mut from = Sql::new("FROM expediente x INDEXED BY ");
        from.push(index).push(" WHERE x.lugar = ").bind(self.lugar).push(own.0).bind(own.1);
        Some(Via { dated: true, by_pedido: true, ..Via::index(from) })
    }
}

/// The fases that all terms about fases leave.
fn fases(terms: &[Termino]) -> Option<Vec<i64>> {
    terms
        .iter()
        .filter_map(|term| term.fases.clone())
        .reduce(|a, b| a.into_iter().filter(|fase| b.contains(fase)).collect())
}

/// Whether the column is text.
pub(super) fn is_text(columna: Columna) -> bool {
    !matches!(columna, Columna::Numero | Columna::Fase | Columna::Docs | Columna::Faltan | Columna::Importe)
}
