//! Walking a set in the order of a series: like a tree, past the branches that hold nothing of it.

use super::Conjunto;
use super::clave::{Forma, Serie, after, beginning, following};
use super::leer::and_keys;
use crate::store::sql::{Arg, Sql};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use std::collections::VecDeque;

/// Pieces that are read at once: few to begin with, as often the first ones are enough.
const FIRST_READ: i64 = 16;
/// Most pieces that are read at once.
const MAX_READ: i64 = 256;

/// A walk under way.
#[derive(Debug)]
pub struct Paseo<'w> {
    lugar: i64,
    serie: Serie,
    forma: Forma,
    descendente: bool,
    /// What is looked for.
    within: &'w Conjunto,
    /// Value and id that it begins after.
    desde: Option<(Vec<u8>, u32)>,
    /// A branch with so many is not looked into: whoever walks sorts them.
    few: usize,
    /// Branches that are open, the innermost last.
    open: Vec<Rama>,
    /// Ids of one value, in order, that were not handed out yet.
    waiting: VecDeque<u32>,
}

/// A branch: the keys of a level that begin alike, as far as they were not taken yet.
#[derive(Debug)]
struct Rama {
    at: usize,
    low: Option<Vec<u8>>,
    high: Option<Vec<u8>>,
    /// Pieces that were read.
    read: VecDeque<SqliteRow>,
    /// Key and number of the last piece that was read.
    last: Option<(Vec<u8>, i64)>,
    /// Pieces to read the next time.
    next: i64,
    done: bool,
    /// The key of a branch within this one, and what was found of it so far.
    key: Vec<u8>,
    found: Vec<u32>,
}

impl<'w> Paseo<'w> {
    /// A walk through `within`, after a value and an id.
    pub fn new(
        lugar: i64,
        (serie, forma): (Serie, Forma),
        descendente: bool,
        within: &'w Conjunto,
        desde: Option<(Vec<u8>, u32)>,
        few: u64,
    ) -> Self {
        let few = usize::try_from(few).unwrap_or(usize::MAX);
        let mut walk =
            Self { lugar, serie, forma, descendente, within, desde, few, open: Vec::new(), waiting: VecDeque::new() };
        walk.enter(0, b"");
        walk
    }

    /// The next ids: at least so many, but at the end. They come before all later ones, not in order among themselves.
    pub async fn next(&mut self, conn: &mut SqliteConnection, wanted: usize) -> Result<Vec<u32>, sqlx::Error> {
        let mut ids = Vec::new();
        loop {
            while ids.len() < wanted
                && let Some(id) = self.waiting.pop_front()
            {
                ids.push(id);
            }
            let Some(rama) = self.open.last_mut() else { return Ok(ids) };
            if ids.len() >= wanted {
                return Ok(ids);
            }
            match rama.read.pop_front() {
                Some(row) => self.take(&row, &mut ids)?,
                None if rama.done => {
                    ids.append(&mut rama.found);
                    self.open.pop();
                }
                None => self.read(conn).await?,
            }
        }
    }

    /// Takes a piece of the innermost branch: hands its ids out, or goes into the branch it is of.
    fn take(&mut self, row: &SqliteRow, ids: &mut Vec<u32>) -> Result<(), sqlx::Error> {
        let (key, number, piece): (&[u8], i64, &[u8]) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        let Some(rama) = self.open.last_mut() else { return Ok(()) };
        if rama.key != key {
            ids.append(&mut rama.found);
            rama.key = key.to_vec();
        }
        let Some(part) = beginning(key) else {
            let found = self.within.common(number, piece, usize::MAX);
            self.leaf(key, found);
            return Ok(());
        };
        let on_the_way = self.desde.as_ref().is_some_and(|(value, _)| value.starts_with(part));
        if !on_the_way {
            rama.found.extend(self.within.common(number, piece, self.few));
        }
        if on_the_way || rama.found.len() > self.few {
            let at = rama.at + 1;
            rama.leave(self.descendente)?;
            self.enter(at, part);
        }
        Ok(())
    }

    /// Ids of one value and piece, ascending.
    fn leaf(&mut self, key: &[u8], found: Vec<u32>) {
        let after = self.desde.as_ref().filter(|(value, _)| key.split_last().is_some_and(|(_, part)| part == value));
        let passed = |id: &u32| after.is_none_or(|(_, last)| if self.descendente { id < last } else { id > last });
        let ids = found.into_iter().filter(passed);
        self.waiting = if self.descendente { ids.rev().collect() } else { ids.collect() };
    }

    /// Opens a branch, as far as it comes after the beginning of the walk.
    fn enter(&mut self, at: usize, part: &[u8]) {
        let (mut low, mut high) = (Some(part.to_vec()), after(part));
        if let Some((value, _)) = &self.desde {
            let key = self.forma.key(at, value).into_vec();
            if self.descendente {
                high = [high, Some(following(key))].into_iter().flatten().min();
            } else {
                low = low.max(Some(key));
            }
        }
        self.open.push(Rama {
            at,
            low,
            high,
            read: VecDeque::new(),
            last: None,
            next: FIRST_READ,
            done: false,
            key: Vec::new(),
            found: Vec::new(),
        });
    }

    /// Reads on in the innermost branch.
    async fn read(&mut self, conn: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        let Some(rama) = self.open.last_mut() else { return Ok(()) };
        let way = if self.descendente { " DESC" } else { "" };
        let mut sql = Sql::new("SELECT clave, trozo, ids FROM conjunto WHERE lugar = ");
        sql.bind(self.lugar).push(" AND serie = ").bind(self.serie.0);
        sql.push(" AND nivel = ").bind(self.forma.level(rama.at));
        if let Some((first, last)) = self.within.pieces() {
            // What is recent lies together: other pieces need not be read.
            sql.push(" AND trozo BETWEEN ").bind(first).push(" AND ").bind(last);
        }
        let (low, high) = (rama.low.clone(), rama.high.clone());
        match &rama.last {
            None => and_keys(&mut sql, low, high),
            Some((key, number)) => {
                and_keys(&mut sql, low.filter(|_| self.descendente), high.filter(|_| !self.descendente));
                sql.push(if self.descendente { " AND (clave, trozo) < (" } else { " AND (clave, trozo) > (" });
                sql.bind(Arg::Blob(key.clone())).push(", ").bind(*number).push(")");
            }
        }
        sql.push(" ORDER BY clave").push(way).push(", trozo").push(way).push(" LIMIT ").bind(rama.next);
        let rows = sql.fetch_rows(conn).await?;
        rama.done = rows.len() < usize::try_from(rama.next).unwrap_or_default();
        rama.next = (2 * rama.next).min(MAX_READ);
        if let Some(row) = rows.last() {
            rama.last = Some((row.try_get(0)?, row.try_get(1)?));
        }
        rama.read = rows.into();
        Ok(())
    }
}

impl Rama {
    /// Passes all pieces of the key that is being taken: its branch is looked into instead.
    fn leave(&mut self, descendente: bool) -> Result<(), sqlx::Error> {
        self.found.clear();
        while let Some(row) = self.read.front()
            && row.try_get::<&[u8], _>(0)? == self.key
        {
            self.read.pop_front();
        }
        if let (true, Some((_, number))) = (self.read.is_empty(), &mut self.last) {
            *number = if descendente { -1 } else { i64::MAX };
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::{Entrada, change};
    use super::*;
    use crate::store::Db;
    use std::collections::BTreeSet;

    /// Values of 400 ids in 130 pieces: many of one value, many that begin alike.
    fn values() -> Vec<(String, u32)> {
        let value = |n: u32| match n % 4 {
            0 => "garcia".to_owned(),
            1 => format!("garcia lopez, {}", n % 97),
            2 => format!("{n} al principio"),
            _ => String::new(),
        };
        let mut all: Vec<(String, u32)> = (1..=400).map(|n| (value(n), n * 21_000)).collect();
        all.sort_unstable();
        all
    }

    #[tokio::test]
    async fn every_id_comes_once_and_after_those_before_it() {
        let dir = tempfile::tempdir().unwrap();
        let db = Db::open(&dir.path().join("db")).await.unwrap();
        let (serie, forma, all) = (Serie::ORDEN_CLIENTE, Forma::Texto, values());
        let mut tx = db.write().await.unwrap();
        for (value, id) in &all {
            let mut entradas = BTreeSet::new();
            Entrada::extend(&mut entradas, serie, forma, value.as_bytes());
            change(&mut tx, 1, i64::from(*id), &BTreeSet::new(), &entradas).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut conn = db.read().await.unwrap();
        let within: Conjunto = all.iter().map(|(_, id)| *id).filter(|id| id % 5 != 0).collect();
        for (few, wanted, descendente) in
            [(0, 1, false), (0, 7, true), (20, 61, false), (20, 61, true), (9_999, 9, true)]
        {
            for from in [None, Some(0), Some(120), Some(200), Some(399)] {
                let mut expected: Vec<&(String, u32)> = match (from, descendente) {
                    (None, _) => all.iter().collect(),
                    (Some(from), false) => all[from + 1..].iter().collect(),
                    (Some(from), true) => all[..from].iter().collect(),
                };
                expected.retain(|(_, id)| id % 5 != 0);
                if descendente {
                    expected.reverse();
                }
                let desde = from.map(|from| (all[from].0.clone().into_bytes(), all[from].1));
                let mut walk = Paseo::new(1, (serie, forma), descendente, &within, desde, few);
                let mut rest = expected.iter().map(|(_, id)| *id);
                loop {
                    let ids = walk.next(&mut conn, wanted).await.unwrap();
                    let last = ids.len() < wanted;
                    let next: BTreeSet<u32> = rest.by_ref().take(ids.len()).collect();
                    assert_eq!(
                        ids.into_iter().collect::<BTreeSet<u32>>(),
                        next,
                        "{few} {wanted} {descendente} {from:?}"
                    );
                    if last {
                        break;
                    }
                }
                assert_eq!(rest.next(), None);
            }
        }
    }
}
