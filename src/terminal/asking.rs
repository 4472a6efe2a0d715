//! A question to the terminal that is under way, and what somebody types meanwhile.

use super::pictures::{self, Asked};
use crate::config::Config;
use graphics::Hints;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinHandle;

/// A question under way.
#[derive(Debug)]
pub struct Asking {
    answer: JoinHandle<Asked>,
    typed: UnboundedReceiver<Vec<u8>>,
}

/// What comes while the terminal is asked.
#[derive(Debug)]
pub enum Heard {
    /// Bytes of keys.
    Typed(Vec<u8>),
    /// What the terminal has said; nothing comes after it.
    Asked(Asked),
}

impl Asking {
    /// Asks the terminal how it draws.
    pub fn start(config: &Config, hints: Hints) -> Self {
        let (sender, typed) = unbounded_channel();
        // Whoever reads is gone only when the program is.
        let hand_on = move |bytes| drop(sender.send(bytes));
        let (wanted, simbolos) = (config.vista_previa, config.simbolos);
        Self { answer: tokio::task::spawn_blocking(move || pictures::ask(wanted, simbolos, &hints, hand_on)), typed }
    }

    /// What comes next: what was typed before what the terminal has said, to the last byte.
    pub async fn next(&mut self) -> Heard {
        match self.typed.recv().await {
            Some(bytes) => Heard::Typed(bytes),
            None => Heard::Asked((&mut self.answer).await.unwrap_or_default()),
        }
    }
}
