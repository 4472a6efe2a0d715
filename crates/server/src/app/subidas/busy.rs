//! One writer per upload.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// Which uploads are being written by this process. Between processes the offset's compare-and-set in the database keeps order.
#[derive(Debug, Clone, Default)]
pub struct Busy(Arc<Mutex<HashSet<String>>>);

impl Busy {
    /// Takes an upload, until the answer is dropped; `None` when somebody has it.
    pub fn hold(&self, id: &str) -> Option<Held> {
        let free = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned());
        free.then(|| Held { busy: self.clone(), id: id.to_owned() })
    }
}

/// An upload taken.
#[derive(Debug)]
pub struct Held {
    busy: Busy,
    id: String,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.busy.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upload_is_held_by_one_until_it_lets_go() {
        let busy = Busy::default();
        let held = busy.hold("a");
        assert!(held.is_some() && busy.hold("a").is_none() && busy.hold("b").is_some());
        drop(held);
        assert!(busy.hold("a").is_some());
    }
}
