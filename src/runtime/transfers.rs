//! Uploads and downloads: a few at once, the rest wait in order.

use crate::msg::{Answer, Failure, FailureKind, Msg};
use crate::remote::{Remote, tus};
use crate::state::transfers::{EstadoTransfer, Job};
use domain::DocumentoId;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Instant;
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::AbortHandle;

/// Progress is told at most this often.
const TELL_EVERY_MS: u128 = 100;

/// The queue.
pub struct Queue {
    remote: Remote,
    out: mpsc::Sender<Msg>,
    places: Arc<Semaphore>,
    running: HashMap<u64, (AbortHandle, Job)>,
    /// For the desktop's viewer: nobody else reads it, and it goes with this run.
    to_view: Arc<OnceLock<TempDir>>,
}

impl Queue {
    /// With so many at once.
    pub fn new(remote: Remote, out: mpsc::Sender<Msg>, at_once: usize) -> Self {
        let (places, to_view) = (Arc::new(Semaphore::new(at_once)), Arc::default());
        Self { remote, out, places, running: HashMap::new(), to_view }
    }

    /// Puts a transfer in the queue.
    pub fn start(&mut self, id: u64, job: Job) {
        self.running.retain(|_, (task, _)| !task.is_finished());
        let (remote, out, places) = (self.remote.clone(), self.out.clone(), self.places.clone());
        let (kept, to_view) = (job.clone(), self.to_view.clone());
        let task = tokio::spawn(async move {
            let Ok(_place) = places.acquire_owned().await else { return };
            let mut meter = Meter::new(id, out.clone());
            let msg = match run(&remote, job, &to_view, &mut meter).await {
                Ok(documento) => meter.last(EstadoTransfer::Hecho(documento)),
                Err(failure) if matches!(failure.kind, FailureKind::Offline | FailureKind::SessionEnded) => {
                    Msg::TransferCut { id, failure }
                }
                Err(failure) => meter.last(EstadoTransfer::Fallido(failure.sentence)),
            };
            let (up, down) = remote.bytes();
            let _ = out.send(msg).await;
            let _ = out.send(Msg::Bytes { up, down, rate: remote.rate() }).await;
        });
        self.running.insert(id, (task.abort_handle(), kept));
    }

    /// Ends a transfer; an upload is ended at the service too.
    pub fn cancel(&mut self, id: u64) {
        let Some((task, job)) = self.running.remove(&id) else { return };
        task.abort();
        let (remote, out) = (self.remote.clone(), self.out.clone());
        tokio::spawn(async move {
            let estado = EstadoTransfer::Cancelado;
            let _ = out.send(Msg::Transfer { id, done: 0, total: 0, rate: 0, estado }).await;
            if let Some(upload) = upload_of(job) {
                tus::terminate(&remote, &upload).await;
            }
        });
    }
}

impl Drop for Queue {
    fn drop(&mut self) {
        self.running.values().for_each(|(task, _)| task.abort());
    }
}

fn upload_of(job: Job) -> Option<tus::Upload> {
    match job {
        Job::Upload { expediente, tipo, version_of, path, key } => {
            let nombre = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            Some(tus::Upload { expediente, tipo, nombre, version_of, path, key })
        }
        Job::Download { .. } => None,
    }
}

async fn run(remote: &Remote, job: Job, to_view: &OnceLock<TempDir>, meter: &mut Meter) -> Answer<Option<DocumentoId>> {
    match job {
        Job::Download { documento, folder: Some(folder) } => {
            download(remote, documento, &folder, meter).await?;
            Ok(Some(documento))
        }
        Job::Download { documento, folder: None } => {
            let folder = viewing_folder(to_view)?;
            let path = download(remote, documento, folder, meter).await?;
            open_externally(&path)?;
            Ok(Some(documento))
        }
        upload => {
            let Some(upload) = upload_of(upload) else { return Ok(None) };
            tus::upload(remote, &upload, &mut |done, total| meter.tell(done, total)).await.map(Some)
        }
    }
}

/// Made when the first one is opened, readable by this user alone; in the run-time folder where there is one, which is never on a disk.
fn viewing_folder(to_view: &OnceLock<TempDir>) -> Answer<&Path> {
    if to_view.get().is_none() {
        let parent = directories::BaseDirs::new().and_then(|dirs| dirs.runtime_dir().map(Path::to_owned));
        let parent = parent.filter(|dir| dir.is_dir()).unwrap_or_else(std::env::temp_dir);
        let mut builder = tempfile::Builder::new();
        builder.prefix("expedientes-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let made = builder.tempdir_in(&parent);
        // Two at once: the second one's folder goes again, empty.
        let _ = to_view.set(made.map_err(|_| cannot_write(&parent))?);
    }
    to_view.get().map(TempDir::path).ok_or_else(Failure::broken)
}

/// Saves an original under its own name; a name that is taken gets a number. Written beside and renamed when whole.
pub async fn download(remote: &Remote, id: DocumentoId, folder: &Path, meter: &mut Meter) -> Answer<PathBuf> {
    let documento = remote.documento(id).await?;
    let mut response = remote.original(id, 0).await?;
    let total = response.content_length().unwrap_or(documento.bytes);
    tokio::fs::create_dir_all(folder).await.map_err(|_| cannot_write(folder))?;
    let part = tempfile::NamedTempFile::new_in(folder).map_err(|_| cannot_write(folder))?;
    let handle = part.reopen().map_err(|_| cannot_write(folder))?;
    let mut file = tokio::fs::File::from_std(handle);
    let mut done = 0;
    while let Some(chunk) = response.chunk().await.map_err(|error| Failure::from_transport(&error))? {
        remote.count(0, chunk.len() as u64);
        file.write_all(&chunk).await.map_err(|_| cannot_write(folder))?;
        done += chunk.len() as u64;
        meter.tell(done, total);
    }
    file.sync_all().await.map_err(|_| cannot_write(folder))?;
    if done != documento.bytes {
        return Err(Failure::offline());
    }
    let folder = folder.to_owned();
    let kept = tokio::task::spawn_blocking(move || keep_under_free_name(part, &folder, &documento.nombre)).await;
    kept.unwrap_or_else(|_| Err(Failure::broken()))
}

fn keep_under_free_name(mut part: tempfile::NamedTempFile, folder: &Path, nombre: &str) -> Answer<PathBuf> {
    // The name comes from the service: its last part alone, and never hidden.
    let name = Path::new(nombre).file_name().unwrap_or_default().to_string_lossy();
    let name = name.trim_start_matches('.').replace(['/', '\\', ':'], "_");
    let name = if name.is_empty() { "documento".to_owned() } else { name };
    let (stem, extension) = name.rsplit_once('.').map_or((name.as_str(), String::new()), |(s, e)| (s, format!(".{e}")));
    for number in 1..1_000 {
        let candidate = if number == 1 { name.clone() } else { format!("{stem} ({number}){extension}") };
        let path = folder.join(candidate);
        match part.persist_noclobber(&path) {
            Ok(_) => return Ok(path),
            Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => part = error.file,
            Err(_) => return Err(cannot_write(folder)),
        }
    }
    Err(cannot_write(folder))
}

fn open_externally(path: &Path) -> Answer<()> {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let null = std::process::Stdio::null;
    let spawned = std::process::Command::new(program).arg(path).stdin(null()).stdout(null()).stderr(null()).spawn();
    spawned.map(drop).map_err(|_| {
        let name = domain::texto::clean_line(&path.to_string_lossy());
        Failure::of(
            FailureKind::Refused,
            &format!("En esta máquina no hay visor de escritorio ({program}); el original está en «{name}»."),
        )
    })
}

fn cannot_write(folder: &Path) -> Failure {
    let name = domain::texto::clean_line(&folder.to_string_lossy());
    Failure::of(
        FailureKind::Refused,
        &format!("No se puede escribir en «{name}»; elija otra carpeta o libere espacio."),
    )
}

/// Tells how far a transfer is, and how fast: a rate smoothed over about two seconds.
pub struct Meter {
    id: u64,
    out: mpsc::Sender<Msg>,
    began: Instant,
    told: Option<(Instant, u64)>,
    done: u64,
    total: u64,
    rate: f64,
}

impl Meter {
    /// For this transfer.
    pub fn new(id: u64, out: mpsc::Sender<Msg>) -> Self {
        Self { id, out, began: Instant::now(), told: None, done: 0, total: 0, rate: 0.0 }
    }

    /// So far. A loop that is busy misses one: the next says more.
    pub fn tell(&mut self, done: u64, total: u64) {
        (self.done, self.total) = (done, total);
        let now = Instant::now();
        let (since, before) = self.told.unwrap_or((self.began, done));
        let elapsed = now.duration_since(since);
        if self.told.is_some() && elapsed.as_millis() < TELL_EVERY_MS && done < total {
            return;
        }
        let seconds = elapsed.as_secs_f64();
        if seconds > 0.0 && done > before {
            let weight = (seconds / 2.0).min(1.0);
            let instant = (done - before) as f64 / seconds;
            self.rate = if self.rate == 0.0 { instant } else { self.rate * (1.0 - weight) + instant * weight };
        }
        self.told = Some((now, done));
        let _ = self.out.try_send(self.last(EstadoTransfer::EnCurso));
    }

    fn last(&self, estado: EstadoTransfer) -> Msg {
        Msg::Transfer { id: self.id, done: self.done, total: self.total, rate: self.rate as u64, estado }
    }
}
