//! Puts a service together and runs it.

use crate::{AppState, Settings};
use std::net::SocketAddr;

/// A service that runs.
pub struct Running {
    /// Where it listens.
    pub addr: SocketAddr,
    /// Its state, for the demo's generator and tests.
    pub state: AppState,
}

/// Starts a service.
pub async fn start(_settings: Settings) -> anyhow::Result<Running> {
    anyhow::bail!("not built")
}
