//! How many expedientes answer, without looking at more than it is worth.

use super::plan::Plan;
use super::{MAX_COUNT, Total};
use crate::store::sql::Sql;
use sqlx::SqliteConnection;

impl Plan {
    /// How many answer; `seen` of them are known already. Where rows must be tested, only the first few are: a minimum.
    pub async fn count(&self, conn: &mut SqliteConnection, seen: u64) -> Result<Total, sqlx::Error> {
        let all = self.candidates.count(MAX_COUNT.max(self.few));
        if self.tests.is_empty() {
            return Ok(Total { n: all.min(MAX_COUNT), es_minimo: all > MAX_COUNT });
        }
        let few = usize::try_from(self.few).unwrap_or(usize::MAX);
        let n = self.tested(&Sql::new("COUNT(*)"), self.candidates.iter().take(few)).fetch_i64(conn).await?;
        Ok(Total { n: u64::try_from(n).unwrap_or_default().max(seen), es_minimo: all > self.few })
    }
}
