//! Reading sets of one place.

use super::Conjunto;
use super::clave::{Entrada, Forma, Serie, after, following};
use crate::store::sql::{Arg, Sql};
use sqlx::{Row, SqliteConnection};
use std::collections::{BTreeMap, BTreeSet};

/// Reads the sets of a place.
#[derive(Debug)]
pub struct Lector<'c> {
    /// Where they are read.
    pub conn: &'c mut SqliteConnection,
    /// Number of the place.
    pub lugar: i64,
}

impl Lector<'_> {
    /// One set.
    pub async fn one(&mut self, entrada: &Entrada) -> Result<Conjunto, sqlx::Error> {
        let mut sql = Sql::new(" AND serie = ");
        sql.bind(entrada.serie).push(" AND nivel = ").bind(entrada.nivel);
        sql.push(" AND clave = ").bind(Arg::Blob(entrada.clave.to_vec()));
        self.union(&sql).await
    }

    /// All that have a word in one of the series; with `goes_on` one that begins so.
    pub async fn word(&mut self, series: &[Serie], word: &str, goes_on: bool) -> Result<Conjunto, sqlx::Error> {
        let (forma, word) = (Forma::Palabra, word.as_bytes());
        let at = forma.level_of(word.len());
        let mut sql = Sql::new(" AND serie IN ");
        sql.bind_list(series.iter().map(|serie| serie.0)).push(" AND nivel = ").bind(forma.level(at));
        if goes_on {
            and_keys(&mut sql, Some(word.to_vec()), after(word));
        } else {
            sql.push(" AND clave = ").bind(Arg::Blob(forma.key(at, word).into_vec()));
        }
        self.union(&sql).await
    }

    /// All that have in one of the series all of those runs of three letters.
    pub async fn letters(&mut self, series: &[Serie], runs: &BTreeSet<&str>) -> Result<Conjunto, sqlx::Error> {
        let mut sql = Sql::new("SELECT serie, clave, trozo, ids FROM conjunto WHERE lugar = ");
        sql.bind(self.lugar).push(" AND serie IN ").bind_list(series.iter().map(|serie| serie.0));
        sql.push(" AND nivel = ").bind(Forma::Letras.level(0)).push(" AND clave IN ");
        sql.bind_list(runs.iter().map(|run| Arg::Blob(Forma::Letras.key(0, run.as_bytes()).into_vec())));
        let pieces: Vec<(i64, Vec<u8>, i64, Vec<u8>)> = sql.fetch_all(self.conn).await?;
        let mut sets: BTreeMap<(i64, &[u8]), Conjunto> = BTreeMap::new();
        for (serie, key, number, piece) in &pieces {
            sets.entry((*serie, key)).or_default().read(*number, piece);
        }
        let mut found = Conjunto::default();
        for serie in series {
            let mut of = sets.extract_if((serie.0, &[][..])..(serie.0 + 1, &[][..]), |_, _| true).map(|(_, set)| set);
            let Some(mut all) = of.next() else { continue };
            let mut having = 1;
            for set in of {
                all.intersect(&set);
                having += 1;
            }
            if having == runs.len() {
                found.unite(all);
            }
        }
        Ok(found)
    }

    /// All with a value from one to the other, both included.
    pub async fn range(
        &mut self,
        serie: Serie,
        forma: Forma,
        from: Option<&[u8]>,
        to: Option<&[u8]>,
    ) -> Result<Conjunto, sqlx::Error> {
        let mut found = Conjunto::default();
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            return Ok(found);
        }
        // Within a level all that lies between the ends; what begins like an end is looked at one level deeper.
        let mut within: Vec<&[u8]> = vec![b""];
        for at in 0..forma.levels() {
            let least = from.map(|from| match forma.cut(at, from) {
                (_, true) => following(forma.key(at, from).into_vec()),
                (_, false) => forma.key(at, from).into_vec(),
            });
            let end = to.map(|to| match forma.cut(at, to) {
                (_, true) => forma.key(at, to).into_vec(),
                (_, false) => following(forma.key(at, to).into_vec()),
            });
            for beginning in within {
                let low = least.clone().unwrap_or_default().max(beginning.to_vec());
                let high = [after(beginning), end.clone()].into_iter().flatten().min();
                if high.as_ref().is_none_or(|high| low < *high) {
                    let mut sql = Sql::new(" AND serie = ");
                    sql.bind(serie.0).push(" AND nivel = ").bind(forma.level(at));
                    and_keys(&mut sql, Some(low), high);
                    found.unite(self.union(&sql).await?);
                }
            }
            let ends = [from, to].into_iter().flatten().map(|value| forma.cut(at, value));
            within = ends.filter(|(_, goes_on)| *goes_on).map(|(beginning, _)| beginning).collect();
            within.dedup();
        }
        Ok(found)
    }

    /// All in one of the sets that are meant.
    async fn union(&mut self, which: &Sql) -> Result<Conjunto, sqlx::Error> {
        let mut sql = Sql::new("SELECT trozo, ids FROM conjunto WHERE lugar = ");
        sql.bind(self.lugar).sql(which);
        let mut all = Conjunto::default();
        for row in sql.fetch_rows(self.conn).await? {
            all.read(row.try_get(0)?, row.try_get(1)?);
        }
        Ok(all)
    }
}

/// Adds the condition that keys are from one on, up to but without the other.
pub(super) fn and_keys(sql: &mut Sql, low: Option<Vec<u8>>, high: Option<Vec<u8>>) {
    if let Some(low) = low {
        sql.push(" AND clave >= ").bind(Arg::Blob(low));
    }
    if let Some(high) = high {
        sql.push(" AND clave < ").bind(Arg::Blob(high));
    }
}

/// An expediente's id as a member of sets.
pub fn number(id: i64) -> Result<u32, sqlx::Error> {
    u32::try_from(id).map_err(|cause| sqlx::Error::Encode(Box::new(cause)))
}
