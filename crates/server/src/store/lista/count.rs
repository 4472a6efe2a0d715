//! How many expedientes answer, without looking at more than it is worth.

use super::plan::Plan;
use super::{MAX_COUNT, Total};
use crate::store::search::Via;
use crate::store::sql::Sql;
use sqlx::SqliteConnection;

impl Plan {
    /// How many answer; `seen` of them are known already. Exact where few rows or one index say so; else a minimum.
    pub async fn count(&self, conn: &mut SqliteConnection, seen: u64) -> Result<Total, sqlx::Error> {
        if let Some(via) = self.fewer(self.few) {
            return self.bounded(conn, self.tested(&self.scoped(via))).await;
        }
        if let Some(ids) = self.within_one_index() {
            return self.bounded(conn, ids).await;
        }
        let mut some = match &self.best {
            Some((via, _)) => self.scoped(via),
            None => self.of_scope(),
        };
        some.push(" LIMIT ").bind(self.few);
        let mut count = Sql::new("SELECT COUNT(*) FROM (");
        count.sql(&self.tested(&some)).push(")");
        let n = u64::try_from(count.fetch_i64(conn).await?).unwrap_or_default();
        Ok(Total { n: n.max(seen), es_minimo: true })
    }

    async fn bounded(&self, conn: &mut SqliteConnection, ids: Sql) -> Result<Total, sqlx::Error> {
        let mut count = Sql::new("SELECT COUNT(*) FROM (");
        count.sql(&ids).push(" LIMIT ").bind(MAX_COUNT + 1).push(")");
        let n = count.fetch_i64(conn).await?;
        Ok(Total { n: u64::try_from(n.min(MAX_COUNT)).unwrap_or_default(), es_minimo: n > MAX_COUNT })
    }

    /// Those of the ids that answer every term.
    fn tested(&self, ids: &Sql) -> Sql {
        let mut sql = Sql::new("SELECT 1 FROM expediente e NOT INDEXED WHERE e.id IN (");
        sql.sql(ids).push(") AND +e.lugar = ").bind(self.lugar);
        self.quien.and_e(&mut sql);
        self.and_tests(&mut sql);
        sql
    }

    /// The ids that answer, when one index holds all that is asked: scope, fases, and at most one more term.
    fn within_one_index(&self) -> Option<Sql> {
        let mut others = self.terms.iter().filter(|term| term.fases.is_none());
        match (others.next(), others.next()) {
            (None, _) => Some(self.of_scope()),
            (Some(term), None) => {
                let via = term.via.as_ref().filter(|via| via.exact && via.scoped)?;
                let ids = self.scoped(via);
                if !via.repeats {
                    return Some(ids);
                }
                let mut distinct = Sql::new("SELECT DISTINCT * FROM (");
                distinct.sql(&ids).push(")");
                Some(distinct)
            }
            _ => None,
        }
    }

    /// The ids of the scope, in the fases that are asked for.
    fn of_scope(&self) -> Sql {
        let via = self.scope_via().unwrap_or_else(|| {
            let mut ids = Sql::new("SELECT x.id FROM expediente x INDEXED BY ");
            ids.push(if self.fases.is_some() { "fase_pedido" } else { "orden_pedido" })
                .push(" WHERE x.lugar = ")
                .bind(self.lugar);
            Via::exact(ids)
        });
        self.scoped(&via)
    }
}
