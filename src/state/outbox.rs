//! Writes on their way: what the line or the session has cut goes out again, under the same key, when it is back.

use crate::effect::Effect;

/// Writes that the service has not answered yet, oldest first. The index has its own, in what is being edited.
#[derive(Debug, Clone, Default)]
pub struct Outbox {
    /// The writes.
    pub writes: Vec<Write>,
}

/// A write.
#[derive(Debug, Clone)]
pub struct Write {
    /// As it was sent: sent again just so, it is done once.
    pub effect: Effect,
    /// Cut: it waits for the line or the session.
    pub waiting: bool,
}

impl Outbox {
    /// How many wait for the line or the session.
    pub fn waiting(&self) -> usize {
        self.writes.iter().filter(|write| write.waiting).count()
    }
}
