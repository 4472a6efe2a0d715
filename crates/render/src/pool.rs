//! The parent's side: a few workers, started when first needed and used again.
//!
//! - One request has one worker for itself, so a document that kills it costs that request and no other.
//! - Requests wait in order of arrival. One file never holds the last free worker while there are two or more: three
//!   impatient people on one heavy scan do not keep everybody else from seeing their pages.
//! - The parent keeps the wall clock and kills what passes it. A request that is dropped kills its worker too, because
//!   nobody is left to want the answer and the processor is better used.
//! - A page that passed a limit of time is refused for a minute without being tried: a file's name is taken to
//!   stand for its content.
//! - A worker is replaced after some documents, so that what a decoder leaks does not add up.

use std::{
    collections::HashMap,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::{Duration, Instant},
};

use serde::de::DeserializeOwned;
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncWriteExt},
    process::{Child, ChildStdin, ChildStdout, Command},
    sync::Semaphore,
    time::timeout,
};

use crate::{
    Busqueda, Clave, Firma, Hallazgos, Imagen, Peticion, RenderError,
    fonts::{self, ENV_FUENTES},
    frame::{self, ENV_CPU, ENV_MEMORIA, Orden, PREAMBULO, Pedido, Respuesta},
};

/// Limits are passed again by the same page, but also by a machine that is busy: so long it is not tried again.
const MEMORIA_DE_LENTOS: Duration = Duration::from_secs(60);

/// How workers are run.
#[derive(Clone, Debug)]
pub struct PoolConfig {
    /// The program whose `args` end in [`crate::worker_main`]; usually the running program itself.
    pub program: PathBuf,
    /// Its arguments.
    pub args: Vec<String>,
    /// How many at a time; at least one is kept.
    pub workers: usize,
    /// Address space of each, in bytes. 1 GiB is enough for every document measured.
    pub memory_bytes: u64,
    /// CPU time of one request, in whole seconds.
    pub cpu_seconds: u64,
    /// Wall time of one request, from when it gets a worker.
    pub wall: Duration,
    /// After how many documents a worker is replaced; 0 is taken as 1.
    pub restart_after: u32,
}

impl PoolConfig {
    /// The limits that were measured: 1 GiB, 20 s of CPU and of wall time, a new worker every 200 documents.
    pub fn new(program: impl Into<PathBuf>, args: impl IntoIterator<Item = String>, workers: usize) -> Self {
        Self {
            program: program.into(),
            args: args.into_iter().collect(),
            workers,
            memory_bytes: 1024 * 1024 * 1024,
            cpu_seconds: 20,
            wall: Duration::from_secs(20),
            restart_after: 200,
        }
    }
}

/// Draws pages in worker processes. Cheap to clone; all clones share the workers.
#[derive(Clone, Debug)]
pub struct Pool {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    config: PoolConfig,
    fuentes: OsString,
    turnos: Semaphore,
    libres: Mutex<Vec<Worker>>,
    /// What has just passed a limit of time, and until when it is not tried again: those who wait for the same do not wait for it to fail once more.
    lentos: Mutex<HashMap<(PathBuf, Parte), (Instant, RenderError)>>,
    /// How many workers a file may hold, for the files that hold or wait for one now.
    archivos: Mutex<HashMap<PathBuf, Weak<Semaphore>>>,
}

impl Pool {
    /// A pool that has started nothing yet.
    pub fn new(config: PoolConfig) -> Self {
        let config = PoolConfig {
            workers: config.workers.clamp(1, Semaphore::MAX_PERMITS),
            restart_after: config.restart_after.max(1),
            ..config
        };
        let turnos = Semaphore::new(config.workers);
        // Found once, for a worker starts while somebody waits. No path of a font has a separator in it.
        let fuentes = std::env::join_paths(fonts::buscar()).unwrap_or_default();
        let (libres, archivos) = (Mutex::default(), Mutex::default());
        Self { inner: Arc::new(Inner { config, fuentes, turnos, libres, lentos: Mutex::default(), archivos }) }
    }

    /// Draws one page of a file; see [`crate::pagina`].
    ///
    /// # Errors
    /// Any [`RenderError`].
    pub async fn pagina(&self, file: &Path, clave: Option<&Clave>, p: &Peticion) -> Result<Imagen, RenderError> {
        match self.inner.pedir(file, clave, Orden::Pagina(p.clone())).await? {
            (Respuesta::Imagen { jpeg, ancho, alto, pagina_ancho, pagina_alto, paginas, firmas }, bytes) => {
                let mime = if jpeg { "image/jpeg" } else { "image/png" };
                Ok(Imagen { bytes, mime, ancho, alto, pagina_ancho, pagina_alto, paginas, firmas })
            }
            (otra, _) => Err(inesperada(&otra)),
        }
    }

    /// The text of one page or of all; see [`crate::texto`].
    ///
    /// # Errors
    /// Any [`RenderError`].
    pub async fn texto(&self, file: &Path, clave: Option<&Clave>, pagina: Option<u32>) -> Result<String, RenderError> {
        self.leer(file, clave, Orden::Texto { pagina, maqueta: false }).await
    }

    /// The text laid out as on the page; see [`crate::maqueta`].
    ///
    /// # Errors
    /// Any [`RenderError`].
    pub async fn maqueta(
        &self,
        file: &Path,
        clave: Option<&Clave>,
        pagina: Option<u32>,
    ) -> Result<String, RenderError> {
        self.leer(file, clave, Orden::Texto { pagina, maqueta: true }).await
    }

    async fn leer(&self, file: &Path, clave: Option<&Clave>, orden: Orden) -> Result<String, RenderError> {
        match self.inner.pedir(file, clave, orden).await? {
            (Respuesta::Texto, bytes) => String::from_utf8(bytes).map_err(|e| RenderError::Worker(e.to_string())),
            (otra, _) => Err(inesperada(&otra)),
        }
    }

    /// How many pages a file has; see [`crate::paginas`].
    ///
    /// # Errors
    /// Any [`RenderError`].
    pub async fn paginas(&self, file: &Path, clave: Option<&Clave>) -> Result<u32, RenderError> {
        match self.inner.pedir(file, clave, Orden::Paginas).await? {
            (Respuesta::Paginas { paginas }, _) => Ok(paginas),
            (otra, _) => Err(inesperada(&otra)),
        }
    }

    /// Where a text stands in a file; see [`crate::buscar`].
    ///
    /// # Errors
    /// Any [`RenderError`].
    pub async fn buscar(
        &self,
        file: &Path,
        clave: Option<&Clave>,
        busqueda: Busqueda,
    ) -> Result<Hallazgos, RenderError> {
        self.datos(file, clave, Orden::Buscar(busqueda)).await
    }

    /// The digital signatures of a file; see [`crate::firmas`].
    ///
    /// # Errors
    /// Any [`RenderError`].
    pub async fn firmas(&self, file: &Path, clave: Option<&Clave>) -> Result<Vec<Firma>, RenderError> {
        self.datos(file, clave, Orden::Firmas).await
    }

    async fn datos<T: DeserializeOwned>(
        &self,
        file: &Path,
        clave: Option<&Clave>,
        orden: Orden,
    ) -> Result<T, RenderError> {
        match self.inner.pedir(file, clave, orden).await? {
            (Respuesta::Datos, bytes) => serde_json::from_slice(&bytes).map_err(worker_error),
            (otra, _) => Err(inesperada(&otra)),
        }
    }
}

/// Which part of a document costs the time: a page, whatever its size, or all of it.
type Parte = Option<u32>;

fn parte(orden: &Orden) -> Parte {
    match orden {
        Orden::Pagina(p) => Some(p.pagina),
        _ => None,
    }
}

fn inesperada(respuesta: &Respuesta) -> RenderError {
    RenderError::Worker(format!("the worker answered another question: {respuesta:?}"))
}

fn worker_error(e: impl std::fmt::Display) -> RenderError {
    RenderError::Worker(e.to_string())
}

impl Inner {
    async fn pedir(
        &self,
        file: &Path,
        clave: Option<&Clave>,
        orden: Orden,
    ) -> Result<(Respuesta, Vec<u8>), RenderError> {
        let pedido = Pedido { orden, clave: clave.cloned() };
        let del_archivo = self.turnos_de(file);
        let _turno_del_archivo = del_archivo.acquire().await.map_err(worker_error)?;
        let lugar = (file.to_owned(), parte(&pedido.orden));
        self.no_es_lento(&lugar)?;
        let _turno = self.turnos.acquire().await.map_err(worker_error)?;

        let mut archivo = File::open(file).await.map_err(worker_error)?;
        let largo = archivo.metadata().await.map_err(worker_error)?.len();
        // The worker holds the document next to what it makes of it.
        if largo > self.config.memory_bytes / 3 {
            return Err(RenderError::DemasiadoGrande);
        }
        let mut worker = match self.libre() {
            Some(worker) => worker,
            None => Worker::start(&self.config, &self.fuentes)?,
        };
        let respuesta = match timeout(self.config.wall, worker.atender(&pedido, &mut archivo, largo)).await {
            Ok(Ok(respuesta)) => respuesta,
            Ok(Err(e)) => return Err(self.recordar(lugar, worker.autopsia(e).await)),
            // Dropping it kills it.
            Err(_) => return Err(self.recordar(lugar, RenderError::Tiempo)),
        };
        worker.atendidos += 1;
        if worker.atendidos < self.config.restart_after {
            candado(&self.libres).push(worker);
        }
        match respuesta {
            (Respuesta::Error { error, causa }, _) => {
                tracing::debug!(codigo = error.codigo(), causa, "a document could not be rendered");
                Err(error)
            }
            respuesta => Ok(respuesta),
        }
    }

    /// Refuses what has passed a limit a moment ago.
    fn no_es_lento(&self, lugar: &(PathBuf, Parte)) -> Result<(), RenderError> {
        let mut lentos = candado(&self.lentos);
        let ahora = Instant::now();
        lentos.retain(|_, (hasta, _)| *hasta > ahora);
        lentos.get(lugar).map_or(Ok(()), |(_, error)| Err(error.clone()))
    }

    /// Notes what passed a limit of time. Want of memory is found out soon, and a worker that was killed looks the same.
    fn recordar(&self, lugar: (PathBuf, Parte), error: RenderError) -> RenderError {
        if error == RenderError::Tiempo {
            candado(&self.lentos).insert(lugar, (Instant::now() + MEMORIA_DE_LENTOS, error.clone()));
        }
        error
    }

    /// A worker that waits for work and is still alive.
    fn libre(&self) -> Option<Worker> {
        let mut libres = candado(&self.libres);
        while let Some(mut worker) = libres.pop() {
            if matches!(worker.child.try_wait(), Ok(None)) {
                return Some(worker);
            }
        }
        None
    }

    /// The turns of one file: all workers but one, or the only one.
    fn turnos_de(&self, file: &Path) -> Arc<Semaphore> {
        let mut archivos = candado(&self.archivos);
        if let Some(turnos) = archivos.get(file).and_then(Weak::upgrade) {
            return turnos;
        }
        archivos.retain(|_, turnos| turnos.strong_count() > 0);
        let turnos = Arc::new(Semaphore::new((self.config.workers - 1).max(1)));
        archivos.insert(file.to_owned(), Arc::downgrade(&turnos));
        turnos
    }
}

/// A thread that panicked while it held the lock left nothing half done: each use is one call.
fn candado<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A running worker process; dropped, it is killed.
#[derive(Debug)]
struct Worker {
    child: Child,
    stdin: ChildStdin,
    stdout: ChildStdout,
    atendidos: u32,
}

impl Worker {
    fn start(config: &PoolConfig, fuentes: &OsStr) -> Result<Self, RenderError> {
        let mut child = Command::new(&config.program)
            .args(&config.args)
            .env_clear()
            .env(ENV_MEMORIA, config.memory_bytes.to_string())
            .env(ENV_CPU, config.cpu_seconds.to_string())
            .env(ENV_FUENTES, fuentes)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(worker_error)?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(stdin), Some(stdout)) => Ok(Self { child, stdin, stdout, atendidos: 0 }),
            _ => Err(RenderError::Worker("the worker has no pipes".into())),
        }
    }

    /// Sends a request and the file, and reads the answer.
    async fn atender(
        &mut self,
        pedido: &Pedido,
        archivo: &mut File,
        largo: u64,
    ) -> std::io::Result<(Respuesta, Vec<u8>)> {
        let incorrecta = || std::io::Error::from(std::io::ErrorKind::InvalidData);
        let cabecera = serde_json::to_vec(pedido)?;
        let preambulo = frame::preambulo(cabecera.len(), largo).ok_or_else(incorrecta)?;
        self.stdin.write_all(&[&preambulo, cabecera.as_slice()].concat()).await?;
        if tokio::io::copy(&mut archivo.take(largo), &mut self.stdin).await? != largo {
            return Err(incorrecta()); // the file shrank meanwhile
        }
        self.stdin.flush().await?;

        let mut preambulo = [0; PREAMBULO];
        self.stdout.read_exact(&mut preambulo).await?;
        let (cabecera, cuerpo) = frame::leer_preambulo(preambulo, frame::MAX_RESPUESTA).ok_or_else(incorrecta)?;
        let mut bytes = vec![0; cabecera];
        self.stdout.read_exact(&mut bytes).await?;
        let respuesta = serde_json::from_slice(&bytes)?;
        let mut bytes = vec![0; cuerpo];
        self.stdout.read_exact(&mut bytes).await?;
        Ok((respuesta, bytes))
    }

    /// What a worker died of, when the conversation with it broke off with `e`.
    async fn autopsia(mut self, e: std::io::Error) -> RenderError {
        // A worker that still lives is of no use any more: it gets a moment to finish dying, then it is killed.
        let estado = match timeout(Duration::from_millis(500), self.child.wait()).await {
            Ok(Ok(estado)) => estado,
            _ => return worker_error(e),
        };
        tracing::debug!(%estado, error = %e, "a render worker died");
        causa(estado).unwrap_or_else(|| RenderError::Worker(format!("{e}; {estado}")))
    }
}

/// The error that a worker's end stands for, if it is one of the limits.
#[cfg(unix)]
fn causa(estado: ExitStatus) -> Option<RenderError> {
    use std::os::unix::process::ExitStatusExt as _;
    // Numbers common to Linux, the BSDs and macOS.
    const SIGABRT: i32 = 6;
    const SIGKILL: i32 = 9;
    const SIGSEGV: i32 = 11;
    const SIGXCPU: i32 = 24;
    match estado.signal()? {
        SIGXCPU => Some(RenderError::Tiempo),
        // An allocation that fails, or a stack that overflows, aborts; the kernel kills when the machine is full.
        SIGABRT | SIGSEGV | SIGKILL => Some(RenderError::Memoria),
        _ => None,
    }
}

/// Windows tells no more than a number.
#[cfg(not(unix))]
fn causa(_: ExitStatus) -> Option<RenderError> {
    None
}
