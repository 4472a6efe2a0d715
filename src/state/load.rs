//! Something that comes from the service: old content stays while new loads.

/// A value, whether another one is on its way, and what went wrong last.
#[derive(Debug, Clone)]
pub struct Load<T> {
    /// The last good value.
    pub value: Option<T>,
    /// Generation of the request under way, and when it began ([`super::State::now`]).
    pub pending: Option<(u64, u64)>,
    /// Why the last request failed, one sentence.
    pub error: Option<String>,
}

/// How long a request may be without an answer before the line is said to be silent, in milliseconds.
pub const STALLED_MS: u64 = 4_000;
/// How long a request may take before "Cargando…" shows, in milliseconds.
pub const PATIENCE_MS: u64 = 150;

impl<T> Default for Load<T> {
    fn default() -> Self {
        Self { value: None, pending: None, error: None }
    }
}

impl<T> Load<T> {
    /// A request begins.
    pub fn begin(&mut self, generation: u64, now: u64) {
        self.pending = Some((generation, now));
    }

    /// An answer arrives; `false` when it is not the one awaited and was dropped.
    pub fn finish(&mut self, generation: u64, answer: Result<T, String>) -> bool {
        if self.pending.is_none_or(|(awaited, _)| awaited != generation) {
            return false;
        }
        self.pending = None;
        match answer {
            Ok(value) => {
                self.value = Some(value);
                self.error = None;
            }
            Err(sentence) => self.error = Some(sentence),
        }
        true
    }

    /// Whether it has taken long enough to say so.
    pub fn is_slow(&self, now: u64) -> bool {
        self.pending.is_some_and(|(_, since)| now.saturating_sub(since) >= PATIENCE_MS)
    }
}
