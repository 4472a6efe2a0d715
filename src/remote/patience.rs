//! Riding out cuts: what is tried again, how often, and how long after.

use crate::msg::{Answer, FailureKind};
use std::time::Duration;

/// Attempts in a row that bring nothing, before it counts as failed: half a minute in all.
pub const ATTEMPTS: u32 = 6;

/// How long to wait after so many attempts in a row that brought nothing.
pub fn pause(stalled: u32) -> Duration {
    Duration::from_millis(500 << stalled.min(5))
}

/// Asks again while there is no connection; for questions alone, which may be asked twice.
pub async fn ride_out<T>(mut ask: impl AsyncFnMut() -> Answer<T>) -> Answer<T> {
    let mut stalled = 0;
    loop {
        match ask().await {
            Err(failure) if failure.kind == FailureKind::Offline && stalled + 1 < ATTEMPTS => stalled += 1,
            answer => return answer,
        }
        tokio::time::sleep(pause(stalled - 1)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msg::Failure;

    #[tokio::test]
    async fn only_a_cut_is_ridden_out() {
        let mut asked = 0;
        let answer: Answer<()> = ride_out(async || {
            asked += 1;
            Err(Failure::broken())
        })
        .await;
        assert!(answer.is_err_and(|failure| failure.kind == FailureKind::Broken));
        assert_eq!(asked, 1);
    }

    #[test]
    fn pauses_grow_up_to_a_bound() {
        assert_eq!((pause(0).as_millis(), pause(3).as_millis(), pause(40)), (500, 4_000, pause(5)));
    }
}
