//! Puts a service together and runs it.

use crate::blobs::Blobs;
use crate::listener::{self, Timers};
use crate::metrics::{self, Metrics};
use crate::state::{Clock, Inner};
use crate::store::{Db, mistake};
use crate::{AppState, Settings, config, http, jobs, tls};
use anyhow::{Context, anyhow};
use arc_swap::ArcSwap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// How often the database is asked for another version of the configuration.
const CONFIG_EVERY: Duration = Duration::from_secs(1);

/// A service that runs.
pub struct Running {
    /// Where it listens.
    pub addr: SocketAddr,
    /// SHA-256 of its certificate, `AB:CD:…`.
    pub fingerprint: String,
    /// Its own authority in PEM; empty with a certificate from files.
    pub ca_pem: String,
    /// Names of the settings that its own certificate does not have.
    pub missing_names: Vec<String>,
    /// What makes real pages of office documents, if anything does.
    pub oficina: Option<PathBuf>,
    /// Its state, for the demo's generator and tests.
    pub state: AppState,
    tasks: Vec<JoinHandle<()>>,
}

/// Starts a service on the machine's clock.
pub async fn start(settings: Settings) -> anyhow::Result<Running> {
    start_with(settings, Clock::system()).await
}

/// Starts a service on this clock.
pub async fn start_with(settings: Settings, clock: Clock) -> anyhow::Result<Running> {
    start_timed(settings, clock, Timers::default()).await
}

/// Starts a service on this clock with these timers.
pub async fn start_timed(settings: Settings, clock: Clock, timers: Timers) -> anyhow::Result<Running> {
    crate::blobs::create_dir_private(&settings.datos)
        .with_context(|| format!("No se puede usar la carpeta de datos {}", settings.datos.display()))?;
    let tls = tls::load(&settings)?;
    let db = open(&settings.database_file()).await?;
    let blobs = Blobs::open(&settings.blobs_folder())?;
    let current = config::current(&db).await?;
    config::upgrade(&db, &current).await.context("No se pueden poner al día los datos de una versión anterior")?;
    let render = render::Pool::new(render_config(&settings)?);
    let oficina = office(&settings)?;
    let office_program = oficina.as_ref().map(|oficina| oficina.programa().to_owned());
    let listener = bind(settings.escucha, "escucha").await?;
    let addr = listener.local_addr()?;
    let figures = match settings.metricas {
        Some(addr) => Some(bind(addr, "metricas").await?),
        None => None,
    };
    let grace = Duration::from_secs(settings.segundos_parada);
    let outbox = watch::Sender::new(0);
    let inner = Inner { settings, db, blobs, render, oficina, config: ArcSwap::from_pointee(current), clock, outbox };
    let state = AppState::new(inner)?;
    let counters = Metrics::default();
    let router = http::router(state.clone(), counters.clone(), timers.request);
    let acceptor = TlsAcceptor::from(tls.config.clone());
    let mut tasks = vec![
        tokio::spawn(listener::serve(listener, acceptor, router, state.clone(), timers, grace)),
        jobs::spawn(state.clone()),
        tokio::spawn(watch_config(state.clone())),
    ];
    if let Some(listener) = figures {
        tasks.push(tokio::spawn(metrics::serve(listener, counters, state.clone(), grace)));
    }
    let tls::Tls { fingerprint, ca_pem, missing_names, .. } = tls;
    Ok(Running { addr, fingerprint, ca_pem, missing_names, oficina: office_program, state, tasks })
}

/// Opens the database; why it cannot be is told as a sentence.
pub async fn open(file: &Path) -> anyhow::Result<Db> {
    let opened = Db::open(file).await;
    opened.map_err(|cause| anyhow!("No se puede abrir {}: {}.", file.display(), mistake::told(&cause)))
}

/// Listens; `key` is the setting to change when that cannot be.
async fn bind(addr: SocketAddr, key: &str) -> anyhow::Result<TcpListener> {
    use std::io::ErrorKind::{AddrInUse, AddrNotAvailable, PermissionDenied};
    TcpListener::bind(addr).await.map_err(|cause| match cause.kind() {
        AddrInUse => anyhow!("Otro programa escucha ya en {addr}: párelo, o cambie «{key}» en los ajustes."),
        AddrNotAvailable => anyhow!("Esta máquina no tiene la dirección {addr}: cambie «{key}» en los ajustes."),
        PermissionDenied => {
            anyhow!("No hay permiso para escuchar en {addr}: elija en «{key}» un puerto a partir de 1024.")
        }
        _ => anyhow!(
            "No se puede escuchar en {addr} ({}): cambie «{key}» en los ajustes.",
            domain::mistake::of_system(&cause)
        ),
    })
}

/// This same program draws pages, as a process of its own, unless told otherwise.
fn render_config(settings: &Settings) -> anyhow::Result<render::PoolConfig> {
    let (program, args) = worker(settings)?;
    Ok(render::PoolConfig::new(program, args, settings.dibujantes.max(1)))
}

fn worker(settings: &Settings) -> anyhow::Result<(PathBuf, Vec<String>)> {
    match settings.programa_dibujante.clone() {
        Some(told) => Ok(told),
        None => Ok((std::env::current_exe()?, vec!["__render-worker".to_owned()])),
    }
}

/// The office program that the settings name or that is installed; one that is named has to be there.
fn office(settings: &Settings) -> anyhow::Result<Option<render::Oficina>> {
    let Ok(choice) = settings.oficina.programa.parse::<render::Eleccion>();
    let (worker, args) = worker(settings)?;
    match (choice.programa(), choice) {
        (Some(program), _) => Ok(render::Oficina::new(program, worker, args)),
        (None, render::Eleccion::Programa(path)) => Err(anyhow!(
            "No existe el programa {}: corrija «programa» en [oficina], o escriba \"auto\" o \"no\".",
            path.display()
        )),
        (None, _) => Ok(None),
    }
}

/// Takes up what `admin config apply` puts in force from another process.
async fn watch_config(state: AppState) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(CONFIG_EVERY) => {}
            () = state.stopping().cancelled() => return,
        }
        if let Err(cause) = config::refresh(&state).await {
            tracing::warn!(%cause, "configuration not refreshed");
        }
    }
}

impl Running {
    /// Stops: no new connections, event streams end, requests under way get their time, the database is closed.
    pub async fn stop(self) {
        self.state.stopping().cancel();
        for task in self.tasks {
            let _ = task.await;
        }
        self.state.db.close().await;
    }
}
