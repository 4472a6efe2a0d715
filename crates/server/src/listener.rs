//! The accept loop: TLS, HTTP/2 and 1.1, limits and timers, and a stop that lets requests under way finish.

use crate::AppState;
use crate::http::extract::PeerAddr;
use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

/// How long a client may take for what, so that nobody holds a place for nothing.
#[derive(Debug, Clone, Copy)]
pub struct Timers {
    /// For the TLS handshake.
    pub handshake: Duration,
    /// For the header of an HTTP/1 request; idle connections count.
    pub header: Duration,
    /// Between HTTP/2 pings, and for their answer.
    pub ping: Duration,
}

impl Default for Timers {
    fn default() -> Self {
        Self { handshake: Duration::from_secs(10), header: Duration::from_secs(30), ping: Duration::from_secs(40) }
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
    let graceful = GracefulShutdown::new();
    let http = Arc::new(http_builder(timers));
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            () = state.stopping().cancelled() => break,
        };
        let Some((stream, peer, place)) = accepted else { continue };
        let (acceptor, router, http, state) = (acceptor.clone(), router.clone(), http.clone(), state.clone());
        let watcher = graceful.watcher();
        tokio::spawn(async move {
            state.conexiones().fetch_add(1, Ordering::Relaxed);
            if let Ok(Ok(tls)) = tokio::time::timeout(timers.handshake, acceptor.accept(stream)).await {
                let service = TowerToHyperService::new(router.map_request(move |request: hyper::Request<Incoming>| {
                    let mut request = request.map(Body::new);
                    request.extensions_mut().insert(PeerAddr(peer.ip()));
                    request
                }));
                let connection = http.serve_connection_with_upgrades(TokioIo::new(tls), service).into_owned();
                if let Err(cause) = watcher.watch(connection).await {
                    tracing::debug!(%cause, "connection ended");
                }
            }
            state.conexiones().fetch_sub(1, Ordering::Relaxed);
            drop(place);
        });
    }
    drop(listener);
    // HTTP/2 clients are told to send no more (GOAWAY); what is under way goes on.
    if tokio::time::timeout(grace, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests were still under way when the service stopped");
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
