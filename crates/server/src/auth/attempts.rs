//! Limits to guessing passwords: after some failures in a row a user name, and an address, have to wait, longer each time.

use crate::store::{Tx, sesiones};
use crate::{AppError, AppResult};
use api::{Codigo, Problem};
use sqlx::SqliteConnection;
use std::net::IpAddr;

/// First wait in milliseconds; doubled with every failure more.
const FIRST_WAIT: i64 = 30_000;
/// Longest wait in milliseconds.
const LONGEST_WAIT: i64 = 15 * 60_000;
/// An address may fail this many times as often as a user: a whole branch office sits behind one.
const PER_ADDRESS: i64 = 5;

/// The keys of an attempt.
#[derive(Debug, Clone)]
pub struct Attempt {
    user: String,
    address: String,
    limit: i64,
}

impl Attempt {
    /// By that user name from that address; `limit` failures in a row are free.
    pub fn new(usuario: &str, address: &str, limit: u32) -> Self {
        // Whatever is typed as a user name is a key: cut, so that nobody fills the table with novels.
        let user: String = usuario.chars().take(80).collect();
        Self { user: format!("u:{user}"), address: format!("d:{}", network(address)), limit: i64::from(limit.max(1)) }
    }

    fn keys(&self) -> [(&str, i64); 2] {
        [(&self.user, self.limit), (&self.address, self.limit * PER_ADDRESS)]
    }

    /// 429 while one of the keys has to wait.
    pub async fn allowed(&self, conn: &mut SqliteConnection, now: i64) -> AppResult<()> {
        let mut until = now;
        for (key, _) in self.keys() {
            // A longer wait than there is was set by a clock that ran ahead.
            if let Some((_, hasta)) =
                sesiones::attempts(conn, key).await?.filter(|(_, hasta)| hasta - now <= LONGEST_WAIT)
            {
                until = until.max(hasta);
            }
        }
        if until <= now {
            return Ok(());
        }
        let seconds = u64::try_from((until - now + 999) / 1000).unwrap_or(1);
        let detail = format!("Demasiados intentos seguidos: espere {seconds} segundos y vuelva a probar.");
        Err(AppError::Later { problem: Box::new(Problem::new(Codigo::DemasiadosIntentos, detail)), seconds })
    }

    /// It failed.
    pub async fn failed(&self, tx: &mut Tx, now: i64) -> AppResult<()> {
        for (key, limit) in self.keys() {
            let fallos = sesiones::attempts(tx, key).await?.map_or(0, |(fallos, _)| fallos) + 1;
            let over = fallos - limit;
            let wait = if over < 0 { 0 } else { (FIRST_WAIT << over.min(10)).min(LONGEST_WAIT) };
            sesiones::set_attempts(tx, key, fallos, now + wait).await?;
        }
        Ok(())
    }

    /// It went well: the user starts afresh, and the address is forgiven what failed for this user. Not the rest: else one good account
    /// would do to go on guessing at others.
    pub async fn succeeded(&self, tx: &mut Tx) -> AppResult<()> {
        let own = sesiones::attempts(tx, &self.user).await?.map_or(0, |(fallos, _)| fallos);
        sesiones::clear_attempts(tx, &self.user).await?;
        if let Some((fallos, hasta)) = sesiones::attempts(tx, &self.address).await? {
            if fallos <= own {
                sesiones::clear_attempts(tx, &self.address).await?;
            } else {
                sesiones::set_attempts(tx, &self.address, fallos - own, hasta).await?;
            }
        }
        Ok(())
    }
}

/// What counts as one address.
fn network(address: &str) -> String {
    match address.parse().map(crate::places::network) {
        Ok(IpAddr::V6(v6)) => format!("{v6}/64"),
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_in_ipv6_are_one() {
        assert_eq!(network("2001:db8:1:2:aaaa::1"), network("2001:db8:1:2:bbbb::2"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("10.0.0.7"), "10.0.0.7");
    }
}
