//! Writes on their way: what the line or the session has cut goes out again, under the same key, when it is back.

use crate::effect::{Effect, Write};
use serde::{Deserialize, Serialize};

/// Writes that the service has not answered yet, oldest first.
#[derive(Debug, Clone, Default)]
pub struct Outbox {
    /// The writes.
    pub writes: Vec<Sent>,
}

/// A write that was sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sent {
    /// Its key: sent again under it, it is done once.
    pub key: String,
    /// The write.
    pub write: Write,
    /// When it was sent ([`super::State::now`]).
    #[serde(skip)]
    pub since: u64,
    /// Cut: it waits for the line or the session.
    #[serde(skip)]
    pub waiting: bool,
}

impl Sent {
    /// The effect that sends it.
    pub fn effect(&self) -> Effect {
        Effect::Write { key: self.key.clone(), write: self.write.clone() }
    }
}

impl Outbox {
    /// Those that wait, and those that have been on their way for long enough to say so.
    pub fn late(&self, now: u64) -> impl Iterator<Item = &Sent> {
        self.writes
            .iter()
            .filter(move |sent| sent.waiting || now.saturating_sub(sent.since) >= super::load::PATIENCE_MS)
    }

    /// How many wait for the line or the session.
    pub fn waiting(&self) -> usize {
        self.writes.iter().filter(|sent| sent.waiting).count()
    }
}
