//! The accept loop: TLS, HTTP/2 and 1.1, limits and timers, and a stop that lets requests under way finish.

use crate::AppState;
use crate::http::extract::PeerAddr;
use crate::http::watched::watched;
use crate::idle::Use;
use crate::places::Places;
use axum::Router;
use axum::body::Body;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_rustls::TlsAcceptor;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

/// How long a client may take for what, so that nobody holds a place for nothing.
#[derive(Debug, Clone, Copy)]
pub struct Timers {
    /// For the TLS handshake.
    pub handshake: Duration,
    /// For the first request of a connection, and for the header of every HTTP/1 request.
    pub header: Duration,
    /// Without a request at work, nor a piece of an answer taken. An open event stream is at work.
    pub idle: Duration,
    /// Until an answer begins; uploads, downloads and events have limits of their own.
    pub request: Duration,
    /// Between HTTP/2 pings, and for their answer.
    pub ping: Duration,
}

impl Default for Timers {
    fn default() -> Self {
        Self {
            handshake: Duration::from_secs(10),
            header: Duration::from_secs(30),
            idle: Duration::from_secs(300),
            request: Duration::from_secs(60),
            ping: Duration::from_secs(40),
        }
    }
}

/// Requests under way at once on one HTTP/2 connection.
const STREAMS_MAX: u32 = 64;
/// Bytes of request headers.
const HEADERS_MAX: u32 = 32 * 1024;

/// Serves until the state begins to stop, then waits for what is under way, `grace` at most.
pub async fn serve(
    listener: TcpListener,
    acceptor: TlsAcceptor,
    router: Router,
    state: AppState,
    timers: Timers,
    grace: Duration,
) {
    let places = Arc::new(Semaphore::new(state.settings.max_conexiones.max(1)));
    let host = Arc::new(Host { acceptor, router, http: http_builder(timers), state: state.clone(), timers, grace });
    let by_address = Places::new(state.settings.max_conexiones_direccion);
    let connections = TaskTracker::new();
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            () = state.stopping().cancelled() => break,
        };
        let Some((stream, peer, place)) = accepted else { continue };
        let Some(own_place) = by_address.take(peer.ip()) else {
            tracing::debug!("an address has all its connections: one more was closed");
            continue;
        };
        let host = host.clone();
        connections.spawn(async move {
            host.state.conexiones().fetch_add(1, Ordering::Relaxed);
            host.serve(stream, peer).await;
            host.state.conexiones().fetch_sub(1, Ordering::Relaxed);
            drop((place, own_place));
        });
    }
    drop(listener);
    connections.close();
    connections.wait().await;
}

/// What every connection needs.
struct Host {
    acceptor: TlsAcceptor,
    router: Router,
    http: Builder<TokioExecutor>,
    state: AppState,
    timers: Timers,
    grace: Duration,
}

impl Host {
    /// One connection, from its handshake to its end.
    async fn serve(&self, stream: TcpStream, peer: SocketAddr) {
        let handshake = tokio::time::timeout(self.timers.handshake, self.acceptor.accept(stream));
        let tls = tokio::select! {
            tls = handshake => tls,
            () = self.state.stopping().cancelled() => return,
        };
        let Ok(Ok(tls)) = tls else { return };
        let used = Use::new();
        let service = self.service(peer, used.clone());
        let mut connection = pin!(self.http.serve_connection(TokioIo::new(tls), service));
        tokio::select! {
            ended = connection.as_mut() => return log_end(ended),
            () = used.ended(self.timers.header, self.timers.idle) => {}
            () = self.state.stopping().cancelled() => {}
        }
        // HTTP/2 clients are told to send no more (GOAWAY); what is under way goes on.
        connection.as_mut().graceful_shutdown();
        match tokio::time::timeout(self.grace, connection).await {
            Ok(ended) => log_end(ended),
            Err(_) => tracing::warn!("a connection was cut with requests under way"),
        }
    }

    /// The router for requests from there, each counted until its answer is sent.
    fn service(
        &self,
        peer: SocketAddr,
        used: Use,
    ) -> impl hyper::service::Service<
        hyper::Request<Incoming>,
        Response = Response,
        Error = Infallible,
        Future: Send + 'static,
    > + use<> {
        let router = self.router.clone();
        service_fn(move |request: hyper::Request<Incoming>| {
            let under_way = used.request();
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(PeerAddr(peer.ip().to_canonical()));
            let answer = router.clone().oneshot(request);
            async move { Ok(answer.await?.map(|body| watched(body, under_way.answered()))) }
        })
    }
}

fn log_end(ended: Result<(), impl std::fmt::Display>) {
    if let Err(cause) = ended {
        tracing::debug!(%cause, "connection ended");
    }
}

/// The next connection with a place for it; a full house waits, and the kernel queues.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            let _ = stream.set_nodelay(true);
            Some((stream, peer, place))
        }
        Err(cause) => {
            // Out of descriptors, most likely: give others the time to close some.
            tracing::warn!(%cause, "accept failed");
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}

fn http_builder(timers: Timers) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(timers.header)
        .max_buf_size(64 * 1024)
        .keep_alive(true);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS_MAX)
        .max_header_list_size(HEADERS_MAX)
        .adaptive_window(true)
        .keep_alive_interval(timers.ping)
        .keep_alive_timeout(timers.ping);
    builder
}
