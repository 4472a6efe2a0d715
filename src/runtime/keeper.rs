//! Keeps work that is not done yet on the disk, soon after it has changed: a key never waits for it.

use crate::cache::Cache;
use crate::cache::trabajo::Diary;
use crate::state::trabajo::Trabajo;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What is typed within this time is written at once.
const REST: Duration = Duration::from_millis(400);

/// Where the newest goes.
#[derive(Debug)]
pub struct Keeper {
    shelf: Arc<Shelf>,
    newest: watch::Sender<()>,
    task: JoinHandle<()>,
}

/// The diary of whoever is signed in, and what it does not hold yet.
#[derive(Debug, Default)]
struct Shelf {
    diary: Mutex<Option<Diary>>,
    waiting: Mutex<Option<Trabajo>>,
}

impl Shelf {
    /// What waits is written.
    fn write(&self) {
        let diary = self.diary.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let (Some(diary), Some(trabajo)) = (&*diary, waiting)
            && let Err(error) = diary.keep(&trabajo)
        {
            tracing::warn!(%error, "work not kept");
        }
    }

    /// Another person's diary, or none.
    fn open(&self, cache: &Cache, url: &str, usuario: &str) -> Option<Trabajo> {
        self.write();
        let mut diary = self.diary.lock().unwrap_or_else(PoisonError::into_inner);
        *diary = None;
        let (opened, left) = Diary::open(cache, url, usuario)
            .inspect_err(|error| tracing::warn!(%error, "no work is kept on this machine"))
            .ok()?;
        *diary = Some(opened);
        Some(left)
    }
}

impl Keeper {
    /// Must be called within tokio.
    pub fn new() -> Self {
        let shelf = Arc::new(Shelf::default());
        let (newest, mut changed) = watch::channel(());
        let for_task = shelf.clone();
        let task = tokio::spawn(async move {
            while changed.changed().await.is_ok() {
                let shelf = for_task.clone();
                let _ = tokio::task::spawn_blocking(move || shelf.write()).await;
                tokio::time::sleep(REST).await;
            }
        });
        Self { shelf, newest, task }
    }

    /// Soon written; what was not yet is replaced.
    pub fn keep(&self, trabajo: Trabajo) {
        *self.shelf.waiting.lock().unwrap_or_else(PoisonError::into_inner) = Some(trabajo);
        let _ = self.newest.send(());
    }

    /// What this person has left undone; from now on theirs is kept. `None` when nothing can be kept here.
    pub fn open(&self, cache: Cache, url: String, usuario: String) -> JoinHandle<Option<Trabajo>> {
        let shelf = self.shelf.clone();
        tokio::task::spawn_blocking(move || shelf.open(&cache, &url, &usuario))
    }
}

impl Drop for Keeper {
    /// The last of it is written before the program ends.
    fn drop(&mut self) {
        self.task.abort();
        self.shelf.write();
    }
}
