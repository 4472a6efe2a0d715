//! How a service runs: the `serve` command reads this from its file, `demo` and tests make it.

use crate::config::{Error, told};
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

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
    /// What makes real pages of office documents.
    pub oficina: OficinaSettings,
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

/// What makes real pages of office documents.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OficinaSettings {
    /// Path of LibreOffice's `soffice`; `auto` for the one that is installed, `no` for none.
    pub programa: String,
}

impl Default for OficinaSettings {
    fn default() -> Self {
        Self { programa: "auto".to_owned() }
    }
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
            oficina: OficinaSettings::default(),
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
    /// Reads them from a file; a mistake is told with file and line.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let wrong = |(line, message)| Error { file: path.display().to_string(), line, message };
        let text = std::fs::read_to_string(path).map_err(|cause| wrong((0, unreadable(&cause))))?;
        toml::from_str(&text).map_err(|cause| wrong(told(&text, &cause)))
    }

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

fn unreadable(cause: &std::io::Error) -> String {
    match cause.kind() {
        std::io::ErrorKind::NotFound => {
            "No existe ese fichero de ajustes: escríbalo (docs/servicio.md lo explica), o diga cuál es con --config."
                .to_owned()
        }
        std::io::ErrorKind::InvalidData => "El fichero no es texto UTF-8: guárdelo como tal.".to_owned(),
        std::io::ErrorKind::PermissionDenied => "No hay permiso para leer el fichero de ajustes: déselo.".to_owned(),
        _ => format!("No se puede leer el fichero de ajustes ({}); compruébelo.", domain::mistake::of_system(cause)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn mistakes_are_told_with_file_line_and_what_to_do() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("servicio.toml");
        for (text, told) in [
            ("datos = \"d\"\nnada = 1\n", "2: La clave «nada» no existe: quítela o use una de estas: datos, escucha"),
            ("datos = 7\n", "1: Aquí va un texto entre comillas y hay el número «7»: corríjalo."),
            (
                "\n\nintentos = \"cinco\"\n",
                "3: Aquí va un número entero, sin comillas, que no sea negativo y hay el texto «cinco»",
            ),
            ("intentos = -1\n", "1: Aquí va un número entero, sin comillas, que no sea negativo y hay el número «-1»"),
            ("intentos = 1.5\n", "hay el número con decimales «1.5»"),
            (
                "escucha = \"todas\"\n",
                "1: El valor no es una dirección: escríbala con su puerto, como \"0.0.0.0:8443\".",
            ),
            ("nombres_tls = \"uno\"\n", "1: Aquí va una lista entre corchetes y hay el texto «uno»"),
            ("datos = \"d\n", "1: El fichero no se entiende aquí"),
            ("datos = \"d\"\ndatos = \"e\"\n", "2: Esa clave está dos veces"),
        ] {
            std::fs::write(&path, text).unwrap();
            let wrong = Settings::read(&path).unwrap_err().to_string();
            assert!(wrong.contains(told) && wrong.contains("servicio.toml:") && !wrong.contains('\n'), "{wrong}");
        }
        let wrong = Settings::read(&dir.path().join("otro.toml")).unwrap_err().to_string();
        assert!(wrong.contains("otro.toml: No existe ese fichero"), "{wrong}");
    }
}
