//! A service that is killed at random moments, and started again at the same address on the same data.

use crate::service::Service;
use rand::RngExt;
use rand::rngs::StdRng;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Expedientes of its world: few, so that it is up again at once.
const SIZE: u64 = 200;
/// It lives at least and at most so many milliseconds from the moment it answers.
const LIVES_MS: std::ops::Range<u64> = 20..700;
/// It stays away at most so many milliseconds.
const AWAY_MS: std::ops::Range<u64> = 0..300;

/// The service.
pub struct Victima {
    service: Service,
    datos: PathBuf,
    addr: SocketAddr,
    random: StdRng,
    killed: u32,
}

impl Victima {
    /// On an address that was free a moment ago, with a new world.
    pub fn start(datos: &Path, random: StdRng) -> anyhow::Result<Self> {
        let addr = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let service = Service::start_on(datos, SIZE, addr)?;
        Ok(Self { service, datos: datos.to_owned(), addr, random, killed: 0 })
    }

    /// The service as it runs now.
    pub fn service(&self) -> &Service {
        &self.service
    }

    /// Its address, the same in all its lives.
    pub fn url(&self) -> String {
        format!("https://{}", self.addr)
    }

    /// Its certificate authority, likewise.
    pub fn ca(&self) -> PathBuf {
        self.service.ca.clone()
    }

    /// How often it was killed.
    pub fn killed(&self) -> u32 {
        self.killed
    }

    /// Lets it live for a moment, kills it, and starts it again after another.
    pub fn kill_and_restart(&mut self) -> anyhow::Result<()> {
        std::thread::sleep(Duration::from_millis(self.random.random_range(LIVES_MS)));
        let killed = Command::new("kill").args(["-9", &self.service.pid().to_string()]).status()?;
        anyhow::ensure!(killed.success(), "the service ended by itself");
        self.killed += 1;
        std::thread::sleep(Duration::from_millis(self.random.random_range(AWAY_MS)));
        self.service = Service::start_on(&self.datos, SIZE, self.addr)?;
        Ok(())
    }

    /// Stops it in order; answers how many files of uploads it left behind.
    pub fn stop_and_count_leftovers(self) -> anyhow::Result<usize> {
        drop(self.service);
        Ok(std::fs::read_dir(self.datos.join(server::app::subidas::DIR))?.count())
    }
}
