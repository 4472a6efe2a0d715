//! The line to the service.

/// How the line stands.
#[derive(Debug, Clone, Default)]
pub struct Conexion {
    /// Address, as the person gave it.
    pub url: String,
    /// What the service says of itself.
    pub servidor: Option<api::servidor::Servidor>,
    /// State.
    pub estado: EstadoConexion,
    /// Why the last attempt failed, when more is known than that nobody answers.
    pub motivo: Option<String>,
    /// Bytes sent since the start.
    pub up: u64,
    /// Bytes received since the start.
    pub down: u64,
    /// Place in the events stream.
    pub seq: Option<i64>,
    /// A certificate to be confirmed.
    pub trust: Option<Huella>,
}

impl Conexion {
    /// Whether requests come back.
    pub fn is_up(&self) -> bool {
        self.estado == EstadoConexion::EnLinea
    }
}

/// State of the line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum EstadoConexion {
    /// First attempt under way.
    #[default]
    Conectando,
    /// Requests come back.
    EnLinea,
    /// Requests fail; the next attempt is at this time ([`super::State::now`]).
    SinConexion {
        /// Next attempt.
        retry_at: u64,
        /// How many have failed.
        attempts: u32,
    },
}

/// A certificate seen for the first time, or another than the one confirmed before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Huella {
    /// SHA-256 of the certificate, hex in pairs.
    pub sha256: String,
    /// What was confirmed before: then this one is suspicious.
    pub antes: Option<String>,
}
