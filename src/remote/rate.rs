//! How fast the line is, learnt from the answers that come over it.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Fewer bytes say nothing of a line.
const SAMPLE_BYTES: u64 = 1_500;
/// Shorter than this and all of it lay in a buffer: the line is at least as fast as the sample says.
const SHORTEST: Duration = Duration::from_millis(1);
/// Weight of a new sample beside what was known.
const NEWS: f64 = 0.5;

/// The line's rate. Bodies that come at the same time share it, so what counts is the time in which any of them is under way.
#[derive(Debug, Default)]
pub struct Rate(Mutex<Meter>);

#[derive(Debug, Default)]
struct Meter {
    /// Bodies under way.
    open: usize,
    /// Since when there has been one.
    since: Option<Instant>,
    /// Bytes since then.
    bytes: u64,
    /// Bytes in a second, as learnt so far.
    known: Option<f64>,
}

impl Rate {
    /// Bytes in a second; nothing until an answer was long enough to tell.
    pub fn bytes_per_second(&self) -> Option<u64> {
        // Rates are far below what 64 bits hold, and positive.
        self.meter().known.map(|known| known as u64)
    }

    /// A body begins: its first piece has come. When that was sent nobody knows, so its bytes do not count.
    pub fn begin(&self, now: Instant) -> Passing<'_> {
        let mut meter = self.meter();
        if meter.open == 0 {
            (meter.since, meter.bytes) = (Some(now), 0);
        }
        meter.open += 1;
        Passing(self)
    }

    fn meter(&self) -> MutexGuard<'_, Meter> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A body under way. Dropped, it has ended.
#[derive(Debug)]
pub struct Passing<'r>(&'r Rate);

impl Passing<'_> {
    /// A further piece has come.
    pub fn piece(&self, bytes: usize, now: Instant) {
        let mut meter = self.0.meter();
        meter.bytes += bytes as u64;
        let Some(since) = meter.since else { return };
        let took = now.saturating_duration_since(since);
        // Told while it lasts: a long body on a slow line is known to be slow before its end.
        if meter.bytes >= SAMPLE_BYTES && took >= SHORTEST {
            meter.learn(took);
            (meter.since, meter.bytes) = (Some(now), 0);
        }
    }
}

impl Drop for Passing<'_> {
    fn drop(&mut self) {
        let mut meter = self.0.meter();
        meter.open -= 1;
        // All of it within a millisecond: a buffer was read, and the line is as fast as that.
        if meter.open == 0 && meter.since.take().is_some() && meter.bytes >= SAMPLE_BYTES {
            meter.learn(SHORTEST);
        }
    }
}

impl Meter {
    fn learn(&mut self, took: Duration) {
        let sample = self.bytes as f64 / took.as_secs_f64();
        self.known = Some(self.known.map_or(sample, |known| known + (sample - known) * NEWS));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(begin: Instant, ms: u64) -> Instant {
        begin + Duration::from_millis(ms)
    }

    #[test]
    fn one_body_tells_the_rate() {
        let (rate, t) = (Rate::default(), Instant::now());
        let body = rate.begin(t);
        body.piece(4_000, after(t, 500));
        assert_eq!(rate.bytes_per_second(), Some(8_000));
    }

    #[test]
    fn bodies_at_the_same_time_share_the_line() {
        let (rate, t) = (Rate::default(), Instant::now());
        let (one, other) = (rate.begin(t), rate.begin(t));
        one.piece(1_000, after(t, 125));
        other.piece(1_000, after(t, 250));
        assert_eq!(rate.bytes_per_second(), Some(8_000));
    }

    #[test]
    fn what_is_short_says_nothing_and_what_changes_is_followed() {
        let (rate, t) = (Rate::default(), Instant::now());
        let body = rate.begin(t);
        body.piece(700, after(t, 2_000));
        assert_eq!(rate.bytes_per_second(), None);
        drop(body);
        let body = rate.begin(t);
        body.piece(100_000, after(t, 100));
        assert_eq!(rate.bytes_per_second(), Some(1_000_000));
        for n in 1..8 {
            body.piece(8_000, after(t, 100 + 1_000 * n));
        }
        assert!(rate.bytes_per_second() < Some(20_000));
    }
}
