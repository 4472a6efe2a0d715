//! How many expedientes answer, without looking at more than it is worth.

use super::plan::Plan;
use super::{MAX_COUNT, Quien, Total};
use crate::store::search::Via;
use crate::store::sql::Sql;
use sqlx::SqliteConnection;

/// Rows of an index that a count passes at most, so that who sees a part waits no longer than who sees all.
const MAX_PASSED: i64 = MAX_COUNT / 2 * 3;

impl Plan {
    /// How many answer; `seen` of them are known already. Exact where one index or few rows say so; else a minimum.
    pub async fn count(&self, conn: &mut SqliteConnection, seen: u64) -> Result<Total, sqlx::Error> {
        if let Some(via) = self.within_one_index() {
            // Where every row that is passed counts, there is no need to pass more than are counted.
            let only_fases = self.terms.iter().all(|term| term.fases.is_some());
            let all = self.terms.is_empty() || self.quien == Quien::Todos && (self.fases.is_none() || only_fases);
            let most = if all { MAX_COUNT + 1 } else { MAX_PASSED };
            let (passed, n) = self.count_first(conn, &via, most, via.repeats).await?;
            let es_minimo = passed == most || n > MAX_COUNT;
            return Ok(Total { n: unsigned(n.min(MAX_COUNT)).max(seen), es_minimo });
        }
        let exact = self.fewer(self.few);
        let mut some = match (&self.best, self.scope_via()) {
            (Some((via, _)), _) => self.ids(via),
            (None, Some(via)) => self.ids(&via),
            (None, None) => self.ids(&self.everything()),
        };
        if exact.is_none() {
            some.push(" LIMIT ").bind(self.few);
        }
        let n = self.tested(&some).fetch_i64(conn).await?;
        Ok(Total { n: unsigned(n).max(seen), es_minimo: exact.is_none() })
    }

    /// How many of the ids answer every term.
    fn tested(&self, ids: &Sql) -> Sql {
        let mut sql = Sql::new("SELECT COUNT(*) FROM expediente e NOT INDEXED WHERE e.id IN (");
        sql.sql(ids).push(") AND +e.lugar = ").bind(self.lugar);
        self.quien.and_e(&mut sql);
        self.and_tests(&mut sql);
        sql
    }

    /// The way that holds all that is asked: scope, fases, and at most one more term.
    fn within_one_index(&self) -> Option<Via> {
        let mut others = self.terms.iter().filter(|term| term.fases.is_none());
        match (others.next(), others.next()) {
            (Some(term), None) => term.via.clone().filter(|via| via.exact && via.scoped),
            (Some(_), Some(_)) => None,
            (None, _) => {
                let fewest = self.fewer(self.limit()).cloned();
                let of_fases = || self.terms.iter().find_map(|term| term.via.clone());
                Some(fewest.or_else(|| self.scope_via()).or_else(of_fases).unwrap_or_else(|| self.everything()))
            }
        }
    }

    /// The whole place.
    fn everything(&self) -> Via {
        let mut from = Sql::new("FROM expediente x INDEXED BY orden_pedido WHERE x.lugar = ");
        from.bind(self.lugar);
        Via::index(from)
    }
}

fn unsigned(n: i64) -> u64 {
    u64::try_from(n).unwrap_or_default()
}
