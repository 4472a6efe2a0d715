//! One writer per upload.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long a newcomer waits for who has the upload: enough to write out what has come, and to finish a file of usual size.
const PATIENCE: Duration = Duration::from_secs(10);

/// Which uploads are being written by this process. Between processes the offset's compare-and-set in the database keeps order.
///
/// The newest wins: a client whose line was cut comes back long before the service notices the cut, and must not be kept out by its own
/// dead connection.
#[derive(Debug, Clone, Default)]
pub struct Busy(Arc<Mutex<HashMap<String, Place>>>);

#[derive(Debug, Clone, Default)]
struct Place {
    /// Somebody else wants it.
    wanted: CancellationToken,
    /// It is free again.
    free: CancellationToken,
}

impl Busy {
    /// Takes an upload, until the answer is dropped; `None` when somebody has it.
    pub fn hold(&self, id: &str) -> Option<Held> {
        let mut places = self.lock();
        if places.contains_key(id) {
            return None;
        }
        let place = Place::default();
        places.insert(id.to_owned(), place.clone());
        Some(Held { busy: self.clone(), id: id.to_owned(), place })
    }

    /// Takes an upload, asking who has it to let go; `None` when that takes too long.
    pub async fn take(&self, id: &str) -> Option<Held> {
        let taken = async {
            loop {
                if let Some(held) = self.hold(id) {
                    return held;
                }
                let place = self.lock().get(id).cloned();
                if let Some(place) = place {
                    place.wanted.cancel();
                    place.free.cancelled().await;
                }
            }
        };
        tokio::time::timeout(PATIENCE, taken).await.ok()
    }

    /// Whether somebody has it.
    pub fn is_held(&self, id: &str) -> bool {
        self.lock().contains_key(id)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Place>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An upload taken.
#[derive(Debug)]
pub struct Held {
    busy: Busy,
    id: String,
    place: Place,
}

impl Held {
    /// Waits until somebody else wants the upload.
    pub async fn wanted(&self) {
        self.place.wanted.cancelled().await;
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.busy.lock().remove(&self.id);
        self.place.free.cancel();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_upload_is_held_by_one_until_it_lets_go() {
        let busy = Busy::default();
        let held = busy.hold("a");
        assert!(held.is_some() && busy.hold("a").is_none() && busy.hold("b").is_some());
        drop(held);
        assert!(busy.hold("a").is_some());
    }

    #[tokio::test]
    async fn who_has_it_is_asked_to_let_go() {
        let busy = Busy::default();
        let first = busy.hold("a").unwrap();
        let let_go = async {
            first.wanted().await;
            drop(first);
        };
        let (second, ()) = tokio::join!(busy.take("a"), let_go);
        assert!(second.is_some() && busy.hold("a").is_none());
    }
}
