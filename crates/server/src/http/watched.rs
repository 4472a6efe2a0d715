//! An answer's body that tells when it is over, whether it was sent whole or the client left.

use axum::BoxError;
use axum::body::{Body, Bytes};
use http_body::{Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll};

/// A body, how much of it went out, and what happens at its end.
struct Watched<F: FnOnce(u64)> {
    body: Body,
    bytes: u64,
    at_end: Option<F>,
}

/// That body; `at_end` gets the bytes that went out, once, when nothing more of it will.
pub fn watched(body: Body, at_end: impl FnOnce(u64) + Send + Unpin + 'static) -> Body {
    Body::new(Watched { body, bytes: 0, at_end: Some(at_end) })
}

impl<F: FnOnce(u64) + Unpin> http_body::Body for Watched<F> {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        if let Poll::Ready(Some(Ok(frame))) = &polled {
            self.bytes += frame.data_ref().map_or(0, |data| data.len() as u64);
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

impl<F: FnOnce(u64)> Drop for Watched<F> {
    fn drop(&mut self) {
        if let Some(at_end) = self.at_end.take() {
            at_end(self.bytes);
        }
    }
}
