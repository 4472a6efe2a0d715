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

    /// With more rows than this they are not gathered at all.
    pub(super) fn limit(&self) -> i64 {
        4 * self.few
    }

    /// The way with fewer rows than `than`.
    pub(super) fn fewer(&self, than: i64) -> Option<&Via> {
        self.best.as_ref().filter(|(_, n)| *n < than).map(|(via, _)| via)
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

    /// Adds the terms' tests on the row `e`.
    pub(super) fn and_tests(&self, sql: &mut Sql) {
        for term in &self.terms {
            sql.and(&term.test);
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

/// Whether the column is text.
pub(super) fn is_text(columna: Columna) -> bool {
    !matches!(columna, Columna::Numero | Columna::Fase | Columna::Docs | Columna::Faltan | Columna::Importe)
}
