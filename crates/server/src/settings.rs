//! How a service runs: the `serve` command reads this from its file, `demo` and tests make it.

use serde::Deserialize;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Settings of a service. Every key but `datos` has a default; unknown keys are refused.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Folder of database, originals, certificates and configuration.
    pub datos: PathBuf,
    /// Address to listen on; port 0 takes a free one.
    pub escucha: SocketAddr,
    /// Name of the house, on the sign-in screen.
    pub nombre: String,
    /// Certificate chain in PEM; made by the service itself when not said.
    pub certificado: Option<PathBuf>,
    /// Private key in PEM.
    pub clave_privada: Option<PathBuf>,
    /// Names and addresses in the certificate the service makes itself.
    pub nombres_tls: Vec<String>,
    /// Largest upload in bytes.
    pub max_subida: u64,
    /// Hours an unfinished upload is kept.
    pub horas_subida: u32,
    /// Hours after its last use that a session ends.
    pub horas_sesion: u32,
    /// Wrong passwords in a row, per user and per address, before it has to wait.
    pub intentos: u32,
    /// Worker processes that draw pages.
    pub dibujantes: usize,
    /// Address for Prometheus figures; off when not said.
    pub metricas: Option<SocketAddr>,
    /// Open connections at once.
    pub max_conexiones: usize,
    /// Open connections at once from one address: a branch office is behind one, with a connection or two per person.
    pub max_conexiones_direccion: usize,
    /// Uploads that a person may have begun and not finished.
    pub max_subidas_abiertas: u32,
    /// Seconds that requests under way get when the service stops.
    pub segundos_parada: u64,
    /// Offer the demo's users on the sign-in screen. Only the demo sets it.
    #[serde(skip)]
    pub demo: Vec<api::servidor::UsuarioDemo>,
    /// The program, and its arguments, that draws pages; this same program when not said. Tests set it.
    #[serde(skip)]
    pub programa_dibujante: Option<(PathBuf, Vec<String>)>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            datos: PathBuf::from("datos"),
            escucha: SocketAddr::from(([0, 0, 0, 0], 8443)),
            nombre: "Expedientes".to_owned(),
            certificado: None,
            clave_privada: None,
            nombres_tls: vec!["localhost".to_owned(), "127.0.0.1".to_owned()],
            max_subida: 100 * 1024 * 1024,
            horas_subida: 24,
            horas_sesion: 12,
            intentos: 5,
            dibujantes: 2,
            metricas: None,
            max_conexiones: 2_000,
            max_conexiones_direccion: 500,
            max_subidas_abiertas: 200,
            segundos_parada: 10,
            demo: Vec::new(),
            programa_dibujante: None,
        }
    }
}

impl Settings {
    /// The database.
    pub fn database_file(&self) -> PathBuf {
        self.datos.join("expedientes.db")
    }

    /// The configuration's text files.
    pub fn config_folder(&self) -> PathBuf {
        self.datos.join("config")
    }

    /// The originals.
    pub fn blobs_folder(&self) -> PathBuf {
        self.datos.join("originales")
    }
}
