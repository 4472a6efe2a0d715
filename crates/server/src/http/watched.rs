//! An answer's body with somebody who watches it go out.

use axum::BoxError;
use axum::body::{Body, Bytes};
use http_body::{Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll};

/// Who watches. Dropped when nothing more of the body will go out: it was sent whole, or the client left.
pub trait Watcher: Send + Unpin + 'static {
    /// The next piece is asked for: the client has room for it.
    fn asked(&mut self) {}

    /// A piece of so many bytes is there to be sent.
    fn given(&mut self, bytes: u64);
}

struct Watched<W> {
    body: Body,
    watcher: W,
}

/// That body, watched.
pub fn watched(body: Body, watcher: impl Watcher) -> Body {
    Body::new(Watched { body, watcher })
}

impl<W: Watcher> http_body::Body for Watched<W> {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.watcher.asked();
        let polled = Pin::new(&mut self.body).poll_frame(context);
        if let Poll::Ready(Some(Ok(frame))) = &polled {
            self.watcher.given(frame.data_ref().map_or(0, |data| data.len() as u64));
        }
        polled.map_err(Into::into)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
