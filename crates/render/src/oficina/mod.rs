//! Real pages of office documents, made by LibreOffice where it is installed: the document becomes a PDF once, and is
//! drawn from then on like any other.
//!
//! LibreOffice is large, and what it opens is hostile, so it is fenced in like the workers: a process of this program
//! puts the fence around itself and becomes LibreOffice then. It has a home of its own that is gone afterwards, sees
//! programs and libraries and nothing else of the disk, has no network, and runs no macros. The parent keeps the wall
//! clock and kills it with whatever it has started.

#[cfg(unix)]
mod lanzador;
mod perfil;

use std::{
    path::{Path, PathBuf},
    process::Stdio,
    sync::Arc,
    time::Duration,
};

use tempfile::TempDir;
use tokio::{
    process::Command,
    sync::{OnceCell, Semaphore},
    time::timeout,
};

use crate::{Formato, RenderError};

#[cfg(unix)]
pub use lanzador::lanzar;

/// What the process that becomes LibreOffice is told: the folder it may use, the program, and the document.
pub const ENV_CARPETA: &str = "EXPEDIENTES_OFICINA_CARPETA";
/// See [`ENV_CARPETA`].
pub const ENV_PROGRAMA: &str = "EXPEDIENTES_OFICINA_PROGRAMA";
/// See [`ENV_CARPETA`].
pub const ENV_ENTRADA: &str = "EXPEDIENTES_OFICINA_ENTRADA";

/// Wall time of a conversion.
const ESPERA: Duration = Duration::from_secs(60);
/// No PDF that is larger is kept.
const MAX_PDF: u64 = 128 * 1024 * 1024;
/// Where distributions and installers put it.
const LUGARES: [&str; 5] = [
    "/usr/bin/soffice",
    "/usr/local/bin/soffice",
    "/usr/bin/libreoffice",
    "/usr/lib/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
];

/// Where it puts the socket by which a second one started would find the first, and nothing can change that.
#[cfg(unix)]
const TUBOS: [&str; 2] = ["/tmp", "/var/tmp"];

/// Which office program is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Eleccion {
    /// The one that is found, if any.
    #[default]
    Auto,
    /// None.
    No,
    /// This one.
    Programa(PathBuf),
}

impl std::str::FromStr for Eleccion {
    type Err = std::convert::Infallible;

    fn from_str(texto: &str) -> Result<Self, Self::Err> {
        Ok(match texto {
            "auto" | "" => Self::Auto,
            "no" => Self::No,
            ruta => Self::Programa(ruta.into()),
        })
    }
}

impl Eleccion {
    /// The program it comes to; none when there is none, or none is wanted.
    pub fn programa(&self) -> Option<PathBuf> {
        match self {
            Self::No => None,
            Self::Programa(ruta) => Some(ruta.clone()).filter(|ruta| ruta.is_file()),
            Self::Auto => LUGARES.iter().map(PathBuf::from).find(|ruta| ruta.is_file()),
        }
    }
}

/// Makes PDFs of office documents, one at a time. Cheap to clone; all clones share the turn.
#[derive(Clone, Debug)]
pub struct Oficina {
    programa: PathBuf,
    lanzador: PathBuf,
    argumentos: Vec<String>,
    espera: Duration,
    turno: Arc<Semaphore>,
    /// A folder with a profile that is set up, for each conversion to copy.
    modelo: Arc<OnceCell<TempDir>>,
}

impl Oficina {
    /// With that office program, started by way of `lanzador` and its arguments: a program that ends in
    /// [`crate::worker_main`], as for [`crate::PoolConfig`]. None where processes cannot be confined.
    pub fn new(programa: PathBuf, lanzador: PathBuf, argumentos: Vec<String>) -> Option<Self> {
        cfg!(unix).then(|| Self {
            programa,
            lanzador,
            argumentos,
            espera: ESPERA,
            turno: Arc::new(Semaphore::new(1)),
            modelo: Arc::default(),
        })
    }

    /// The same with another wall time for a conversion.
    #[must_use]
    pub fn con_espera(self, espera: Duration) -> Self {
        Self { espera, ..self }
    }

    /// The office program.
    pub fn programa(&self) -> &Path {
        &self.programa
    }

    /// The document as a PDF. Dropped before it is done, everything it has started ends.
    ///
    /// # Errors
    /// [`RenderError::Tiempo`], [`RenderError::DemasiadoGrande`], [`RenderError::Roto`] when the program makes nothing of the document,
    /// [`RenderError::Worker`] when it cannot be run or makes nothing of any document.
    pub async fn convertir(&self, original: &Path, formato: Formato) -> Result<Vec<u8>, RenderError> {
        let _turno = self.turno.acquire().await.map_err(fallo)?;
        timeout(self.espera, async {
            let modelo = self.modelo.get_or_try_init(|| self.estrenar()).await?;
            let carpeta = carpeta()?;
            perfil::copiar(modelo.path(), carpeta.path()).await.map_err(fallo)?;
            // A copy: the original is not in reach of the office program.
            tokio::fs::copy(original, entrada(carpeta.path(), formato)).await.map_err(fallo)?;
            self.correr(carpeta.path(), formato).await?;
            leer(&salida(carpeta.path())).await
        })
        .await
        .unwrap_or(Err(RenderError::Tiempo))
    }

    /// Has an empty document converted: that sets a profile up, which takes it longer than most documents, and shows
    /// that the program works at all.
    async fn estrenar(&self) -> Result<TempDir, RenderError> {
        let carpeta = carpeta()?;
        perfil::escribir(carpeta.path()).await.map_err(fallo)?;
        tokio::fs::write(entrada(carpeta.path(), Formato::Rtf), br"{\rtf1 }").await.map_err(fallo)?;
        // Once it has set up its extensions it ends and wants to be started again, which it cannot do itself, since
        // the fence keeps it from removing its socket.
        for _ in 0..2 {
            self.correr(carpeta.path(), Formato::Rtf).await?;
            if leer(&salida(carpeta.path())).await.is_ok() {
                return Ok(carpeta);
            }
        }
        Err(RenderError::Worker(format!("{} makes no PDF of an empty document", self.programa.display())))
    }

    async fn correr(&self, carpeta: &Path, formato: Formato) -> Result<(), RenderError> {
        let mut orden = Command::new(&self.lanzador);
        orden
            .args(&self.argumentos)
            .current_dir(carpeta)
            .env_clear()
            .env(ENV_CARPETA, carpeta)
            .env(ENV_PROGRAMA, &self.programa)
            .env(ENV_ENTRADA, entrada(carpeta, formato))
            .env("HOME", carpeta)
            .env("TMPDIR", carpeta)
            .env("PATH", "/usr/bin:/bin")
            .env("LANG", "C.UTF-8")
            .env("SAL_USE_VCLPLUGIN", "svp")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        #[cfg(unix)]
        orden.process_group(0);
        let mut proceso = orden.spawn().map_err(fallo)?;
        // Kept until the end, whatever the end is: it takes the whole group along.
        let _grupo = Grupo(proceso.id());
        let estado = proceso.wait().await.map_err(fallo)?;
        tracing::debug!(%estado, "an office document was converted");
        if estado.code() == Some(NO_SE_PUDO_LANZAR.into()) {
            return Err(RenderError::Worker(format!("{} could not be started", self.programa.display())));
        }
        Ok(())
    }
}

/// What the launcher ends with when it cannot become the office program.
pub const NO_SE_PUDO_LANZAR: u8 = 125;

fn fallo(e: impl std::fmt::Display) -> RenderError {
    RenderError::Worker(e.to_string())
}

fn entrada(carpeta: &Path, formato: Formato) -> PathBuf {
    carpeta.join("entrada").with_extension(formato.extension())
}

fn salida(carpeta: &Path) -> PathBuf {
    carpeta.join("entrada.pdf")
}

/// A folder that only this user sees, and that is gone with the value.
fn carpeta() -> Result<TempDir, RenderError> {
    tempfile::Builder::new().prefix("expedientes-oficina-").tempdir().map_err(fallo)
}

/// What the program wrote, if it is a PDF. A link would lead out of the folder, so none is followed.
async fn leer(hecho: &Path) -> Result<Vec<u8>, RenderError> {
    let Ok(datos) = tokio::fs::symlink_metadata(hecho).await else { return Err(RenderError::Roto) };
    if !datos.is_file() {
        return Err(RenderError::Roto);
    }
    if datos.len() > MAX_PDF {
        return Err(RenderError::DemasiadoGrande);
    }
    let bytes = tokio::fs::read(hecho).await.map_err(fallo)?;
    if bytes.starts_with(b"%PDF-") { Ok(bytes) } else { Err(RenderError::Roto) }
}

/// Removes the sockets that office programs of this user have left: it may make one, and the fence keeps it from removing
/// anything. One that somebody still listens to is left alone.
#[cfg(unix)]
fn barrer() {
    use std::{io::ErrorKind, os::unix::net::UnixStream};

    let nombre = format!("OSL_PIPE_{}_SingleOfficeIPC_", rustix::process::getuid().as_raw());
    for entrada in TUBOS.iter().filter_map(|carpeta| std::fs::read_dir(carpeta).ok()).flatten().flatten() {
        let suyo = entrada.file_name().to_string_lossy().starts_with(&nombre);
        if suyo && UnixStream::connect(entrada.path()).is_err_and(|e| e.kind() == ErrorKind::ConnectionRefused) {
            // Somebody else may have been faster.
            let _ = std::fs::remove_file(entrada.path());
        }
    }
}

/// A process group that is killed when this is dropped.
struct Grupo(Option<u32>);

impl Drop for Grupo {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(grupo) = self.0.and_then(|id| i32::try_from(id).ok()).and_then(rustix::process::Pid::from_raw) {
            // Nobody of it may be left, which is as it should be.
            let _ = rustix::process::kill_process_group(grupo, rustix::process::Signal::KILL);
            barrer();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_read_and_looked_for() {
        assert_eq!("auto".parse(), Ok(Eleccion::Auto));
        assert_eq!("no".parse::<Eleccion>().map(|e| e.programa()), Ok(None));
        assert_eq!("/no/hay/tal".parse::<Eleccion>().map(|e| e.programa()), Ok(None));
    }
}
