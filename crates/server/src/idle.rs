//! Whether a connection is being used: a place is held for requests, not for silence.

use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// What is under way on one connection; cheap to clone.
#[derive(Clone)]
pub struct Use(Arc<watch::Sender<Count>>);

/// Requests of a connection.
#[derive(Clone, Copy, Default)]
struct Count {
    under_way: usize,
    ever: bool,
}

/// A request under way, until it is dropped.
pub struct Request(Use);

impl Use {
    /// Of a new connection.
    pub fn new() -> Self {
        Self(Arc::new(watch::Sender::new(Count::default())))
    }

    /// A request begins.
    pub fn request(&self) -> Request {
        self.0.send_modify(|count| *count = Count { under_way: count.under_way + 1, ever: true });
        Request(self.clone())
    }

    /// Ends when the first request has not come after `first`, or none has been under way for `idle`.
    pub async fn ended(&self, first: Duration, idle: Duration) {
        let mut changes = self.0.subscribe();
        loop {
            let count = *changes.borrow_and_update();
            let changed = changes.changed();
            if count.under_way > 0 {
                if changed.await.is_err() {
                    return;
                }
            } else if tokio::time::timeout(if count.ever { idle } else { first }, changed).await.is_err() {
                return;
            }
        }
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        self.0.0.send_modify(|count| count.under_way -= 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    const NONE: Duration = Duration::ZERO;
    const LONG: Duration = Duration::from_secs(3_600);

    #[tokio::test]
    async fn ends_without_a_first_request() {
        Use::new().ended(NONE, LONG).await;
    }

    #[tokio::test]
    async fn ends_after_the_last_request_and_not_during_it() {
        let connection = Use::new();
        let (first, second) = (connection.request(), connection.request());
        let ended = connection.ended(LONG, NONE);
        tokio::pin!(ended);
        drop(first);
        assert!(ended.as_mut().now_or_never().is_none());
        drop(second);
        ended.await;
    }
}
