//! How fast the line is, learnt from the answers that come over it.
//!
//! An answer takes the line's delay and the time of its bytes. The first is what the quickest of the last answers took, for among them there
//! is always a short one; what is left over of a longer answer is the time of its bytes. A piece-by-piece measure would see less: HTTP/2 and TLS
//! hand out a short body whole.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Answers among which the quickest shows the delay.
const REMEMBERED: usize = 16;
/// Fewer bytes than this beyond the quickest answer's say nothing of a line.
const SAMPLE_BYTES: u64 = 1_000;
/// What no line is told apart from being at once: the jitter of a machine at work.
const JITTER: Duration = Duration::from_millis(2);
/// An answer of so many bytes weighs as much as all that was known before.
const HALF_WEIGHT: f64 = 4_000.0;

/// The line's rate.
#[derive(Debug, Default)]
pub struct Rate(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// Time and bytes of the last answers.
    answers: VecDeque<(Duration, u64)>,
    /// Bytes in a second, as learnt so far.
    rate: Option<f64>,
}

impl Rate {
    /// Bytes in a second; nothing until an answer was long enough to tell.
    pub fn bytes_per_second(&self) -> Option<u64> {
        // Far below what 64 bits hold, and positive.
        self.known().rate.map(|rate| rate as u64)
    }

    /// An answer took so long from its request to its end, without the time that the service says it worked. `bytes` are all that came over
    /// the line meanwhile, for other answers share it.
    pub fn answered(&self, took: Duration, bytes: u64) {
        let mut known = self.known();
        let quickest = known.answers.iter().min().copied();
        if known.answers.len() == REMEMBERED {
            known.answers.pop_front();
        }
        known.answers.push_back((took, bytes));
        let Some((delay, few)) = quickest else { return };
        let more = bytes.saturating_sub(few);
        if more < SAMPLE_BYTES {
            return;
        }
        let sample = more as f64 / took.saturating_sub(delay).max(JITTER).as_secs_f64();
        let weight = more as f64 / (more as f64 + HALF_WEIGHT);
        known.rate = Some(known.rate.map_or(sample, |rate| rate + (sample - rate) * weight));
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What an answer takes on a line of that delay and rate.
    fn took(delay_ms: u64, rate: u64, bytes: u64) -> Duration {
        Duration::from_millis(delay_ms + bytes * 1_000 / rate)
    }

    fn learnt(delay_ms: u64, rate: u64, answers: &[u64]) -> Option<u64> {
        let line = Rate::default();
        answers.iter().for_each(|bytes| line.answered(took(delay_ms, rate, *bytes), *bytes));
        line.bytes_per_second()
    }

    #[test]
    fn a_short_and_a_longer_answer_tell_the_rate_whatever_the_delay() {
        for delay in [0, 60, 300] {
            let rate = learnt(delay, 8_000, &[400, 300, 4_000]).unwrap_or_default();
            assert!((7_500..8_500).contains(&rate), "{rate}");
        }
    }

    #[test]
    fn a_far_but_wide_line_is_not_slow() {
        let rate = learnt(300, 1_000_000, &[400, 4_000, 40_000]);
        assert!(rate > Some(500_000), "{rate:?}");
    }

    #[test]
    fn short_answers_alone_say_nothing() {
        assert_eq!(learnt(50, 8_000, &[400, 900, 700, 1_200]), None);
    }

    #[test]
    fn a_line_that_becomes_another_is_followed() {
        let line = Rate::default();
        for bytes in [400, 40_000] {
            line.answered(took(10, 2_000_000, bytes), bytes);
        }
        assert!(line.bytes_per_second() > Some(1_000_000));
        for bytes in [400, 30_000, 400, 4_000, 400, 4_000] {
            line.answered(took(300, 8_000, bytes), bytes);
        }
        assert!(line.bytes_per_second() < Some(300_000));
        for bytes in [400, 4_000].repeat(12) {
            line.answered(took(300, 8_000, bytes), bytes);
        }
        assert!(line.bytes_per_second() < Some(9_000));
    }
}
