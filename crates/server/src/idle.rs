//! Whether a connection is being used: a place is held for requests, not for silence, nor for answers that nobody takes.

use crate::http::watched::Watcher;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// What is under way on one connection; cheap to clone.
#[derive(Clone)]
pub struct Use(Arc<watch::Sender<Count>>);

/// Requests of a connection.
#[derive(Clone, Copy, Default)]
struct Count {
    /// Those the service is at work on.
    at_work: usize,
    ever: bool,
}

/// A request under way, until it is dropped. It watches its answer's body: whenever a piece is ready the client is to take it, and what
/// the client does not take is no work of the service.
pub struct Request {
    of: Use,
    at_work: bool,
}

impl Use {
    /// Of a new connection.
    pub fn new() -> Self {
        Self(Arc::new(watch::Sender::new(Count::default())))
    }

    /// A request begins.
    pub fn request(&self) -> Request {
        self.0.send_modify(|count| *count = Count { at_work: count.at_work + 1, ever: true });
        Request { of: self.clone(), at_work: true }
    }

    /// Ends when the first request has not come after `first`, or nothing has been at work, asked for or taken for `idle`.
    pub async fn ended(&self, first: Duration, idle: Duration) {
        let mut changes = self.0.subscribe();
        loop {
            let count = *changes.borrow_and_update();
            let changed = changes.changed();
            if count.at_work > 0 {
                if changed.await.is_err() {
                    return;
                }
            } else if tokio::time::timeout(if count.ever { idle } else { first }, changed).await.is_err() {
                return;
            }
        }
    }
}

impl Request {
    /// Its answer is ready: the client's turn.
    pub fn answered(mut self) -> Self {
        self.turn(false);
        self
    }

    fn turn(&mut self, at_work: bool) {
        if at_work != self.at_work {
            self.at_work = at_work;
            self.of.0.send_modify(|count| if at_work { count.at_work += 1 } else { count.at_work -= 1 });
        }
    }
}

impl Watcher for Request {
    fn asked(&mut self) {
        self.turn(true);
    }

    fn given(&mut self, _: u64) {
        self.turn(false);
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        // Told even when it was the client's turn: to take the last piece is a use.
        self.of.0.send_modify(|count| count.at_work -= usize::from(self.at_work));
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

    #[tokio::test]
    async fn ends_when_the_client_takes_nothing_and_not_while_the_service_has_nothing_to_give() {
        let connection = Use::new();
        let mut request = connection.request().answered();
        request.asked();
        let ended = connection.ended(LONG, NONE);
        tokio::pin!(ended);
        assert!(ended.as_mut().now_or_never().is_none(), "an event stream waits for events");
        request.given(1);
        ended.await;
    }
}
