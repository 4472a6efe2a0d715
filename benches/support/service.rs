//! The built program as a demo without panes, in its own process.

use expedientes::remote::{Remote, RemoteConfig};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The built program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_expedientes");

/// A demo that serves.
pub struct Service {
    child: Child,
    /// Its certificate authority.
    pub ca: PathBuf,
    /// Where it listens.
    pub addr: SocketAddr,
}

impl Service {
    /// Serves what is in that folder; an empty one gets a world of that many expedientes first.
    pub fn start(data: &Path, size: u64) -> anyhow::Result<Self> {
        Self::start_on(data, size, SocketAddr::from(([127, 0, 0, 1], 0)))
    }

    /// Likewise, at an address of one's choice: clients find a service there that was stopped and started.
    pub fn start_on(data: &Path, size: u64, listen: SocketAddr) -> anyhow::Result<Self> {
        let mut child = Command::new(PROGRAM)
            .args(["demo", "--headless", "--listen", &listen.to_string(), "--size", &size.to_string(), "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut line = String::new();
        if let Some(out) = child.stdout.take() {
            BufReader::new(out).read_line(&mut line)?;
        }
        let said: serde_json::Value = serde_json::from_str(&line)?;
        let addr = said["url"].as_str().unwrap_or_default().replace("https://", "").parse()?;
        Ok(Self { child, ca: data.join("ca.pem"), addr })
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Resident memory in MB: now, and the most there was.
    pub fn resident_mb(&self) -> anyhow::Result<(f64, f64)> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid()))?;
        let of = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let kib = line.and_then(|rest| rest.split_whitespace().next()).and_then(|n| n.parse::<f64>().ok());
            kib.map_or(f64::NAN, |kib| kib * 1024.0 / 1e6)
        };
        Ok((of("VmRSS:"), of("VmHWM:")))
    }

    /// A client that has signed in.
    pub async fn client(&self, usuario: &str) -> anyhow::Result<Remote> {
        let url = format!("https://{}", self.addr);
        let ca = Some(std::fs::read(&self.ca)?);
        let remote = Remote::new(&RemoteConfig { url, ca, ..RemoteConfig::default() })?;
        let credenciales = api::sesion::Credenciales {
            usuario: usuario.to_owned(),
            clave: "demo".to_owned(),
            codigo: None,
            dispositivo: None,
        };
        remote.sign_in(&credenciales).await.map_err(|failure| anyhow::anyhow!("{failure:?}"))?;
        Ok(remote)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // SIGTERM, so that the database is closed in order.
        let _ = Command::new("kill").arg(self.pid().to_string()).status();
        let _ = self.child.wait();
    }
}
