//! One HTTP/2 connection to the service, with token, byte count and cleaned answers.

use super::clean::clean_json;
use super::rate::Rate;
use super::tls::{self, Pin};
use crate::msg::{Answer, Failure, FailureKind};
use api::{Problem, paths};
use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING, HeaderMap};
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// Largest answer that is taken, in bytes after decompression: more is a fault or an attack.
const ANSWER_MAX: u64 = 64 * 1024 * 1024;
/// A line without a word for so long is asked for a sign of life, some 80 bytes both ways; without one for so long again it is given up.
const PING_AFTER: Duration = Duration::from_secs(15);
const PING_PATIENCE: Duration = Duration::from_secs(10);
/// Frame, record and compressed header bytes of a request and of an answer, for the count on screen: HTTP/2 frames (9 each), TLS records
/// (22 each) and HPACK with warm tables.
const OVERHEAD_UP: u64 = 110;
const OVERHEAD_DOWN: u64 = 130;

/// How to reach a service.
#[derive(Debug, Clone, Default)]
pub struct RemoteConfig {
    /// `https://…`, without path.
    pub url: String,
    /// Certificate authority, PEM.
    pub ca: Option<Vec<u8>>,
    /// Fingerprint confirmed in an earlier run.
    pub confirmed: Option<String>,
    /// Token kept from an earlier run.
    pub token: Option<String>,
}

/// The service; cheap to clone.
#[derive(Clone)]
pub struct Remote(Arc<Inner>);

struct Inner {
    http: reqwest::Client,
    base: String,
    pin: Arc<Pin>,
    token: RwLock<Option<String>>,
    up: AtomicU64,
    down: AtomicU64,
    rate: Rate,
}

impl Remote {
    /// Prepares the client; nothing is sent yet.
    pub fn new(config: &RemoteConfig) -> anyhow::Result<Self> {
        let base = config.url.trim_end_matches('/').to_owned();
        anyhow::ensure!(base.starts_with("https://"), "la dirección del servicio debe empezar por https://");
        let pin = Pin::new(config.confirmed.clone());
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls::client_config(config.ca.as_deref(), pin.clone())?)
            .no_proxy()
            .connect_timeout(Duration::from_secs(10))
            .read_timeout(Duration::from_secs(60))
            .tcp_nodelay(true)
            .http2_keep_alive_interval(PING_AFTER)
            .http2_keep_alive_timeout(PING_PATIENCE)
            .http2_adaptive_window(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        let token = RwLock::new(config.token.clone());
        Ok(Self(Arc::new(Inner {
            http,
            base,
            pin,
            token,
            up: AtomicU64::new(0),
            down: AtomicU64::new(0),
            rate: Rate::default(),
        })))
    }

    /// Address of the service.
    pub fn url(&self) -> &str {
        &self.0.base
    }

    /// Which certificates are taken.
    pub fn pin(&self) -> &Pin {
        &self.0.pin
    }

    /// The token in use.
    pub fn token(&self) -> Option<String> {
        self.0.token.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes another token, or none.
    pub fn set_token(&self, token: Option<String>) {
        *self.0.token.write().unwrap_or_else(PoisonError::into_inner) = token;
    }

    /// Bytes sent and received since the start: bodies as they cross the line, and an estimate for headers and records.
    pub fn bytes(&self) -> (u64, u64) {
        (self.0.up.load(Ordering::Relaxed), self.0.down.load(Ordering::Relaxed))
    }

    /// Bytes that come in a second, as learnt from answers; nothing until one was long enough to tell.
    pub fn rate(&self) -> Option<u64> {
        self.0.rate.bytes_per_second()
    }

    /// Counts bytes of a body that streams.
    pub fn count(&self, up: u64, down: u64) {
        self.0.up.fetch_add(up, Ordering::Relaxed);
        self.0.down.fetch_add(down, Ordering::Relaxed);
    }

    /// A request with the token; `path` comes after [`paths::BASE`].
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.0.http.request(method, format!("{}{}{path}", self.0.base, paths::BASE));
        match self.token() {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// A request to an absolute address, which must be of this service: a service cannot send the token elsewhere.
    pub fn request_at(&self, method: Method, address: &str) -> Option<RequestBuilder> {
        let path = address.strip_prefix(&self.0.base).unwrap_or(address);
        let path = path.strip_prefix(paths::BASE)?;
        path.starts_with('/').then(|| self.request(method, path))
    }

    /// `GET` with query, decoded.
    pub async fn get<T: DeserializeOwned>(&self, path: &str, query: &impl Serialize) -> Answer<T> {
        self.json(self.request(Method::GET, path).query(query)).await
    }

    /// Sends, and decodes the JSON answer.
    pub async fn json<T: DeserializeOwned>(&self, request: RequestBuilder) -> Answer<T> {
        let response = self.send(request.header(ACCEPT_ENCODING, "br")).await?;
        self.decode(response).await
    }

    /// Sends, and takes only whether it was done.
    pub async fn done(&self, request: RequestBuilder) -> Answer<()> {
        self.send(request).await.map(drop)
    }

    /// Sends; a refusal becomes a [`Failure`].
    pub async fn send(&self, request: RequestBuilder) -> Answer<Response> {
        let request = request.build().map_err(|error| Failure::from_transport(&error))?;
        let body = request.body().and_then(|body| body.as_bytes()).map_or(0, <[u8]>::len);
        let sent = Sent { at: Instant::now(), down: self.bytes().1 };
        self.count(body as u64 + request.url().as_str().len() as u64 + OVERHEAD_UP, OVERHEAD_DOWN);
        let mut response = self.0.http.execute(request).await.map_err(|error| Failure::from_transport(&error))?;
        response.extensions_mut().insert(sent);
        let status = response.status();
        if status.is_success() || status == StatusCode::NOT_MODIFIED {
            return Ok(response);
        }
        match self.decode::<Problem>(response).await {
            Ok(problem) => Err(Failure::from_problem(problem)),
            Err(_) if status.as_u16() >= 500 => Err(Failure::of(
                FailureKind::Offline,
                "El servicio no responde como debe; si sigue así, avise a quien lo administra.",
            )),
            Err(failure) => Err(failure),
        }
    }

    /// Decodes a JSON answer, cleaned.
    pub async fn decode<T: DeserializeOwned>(&self, response: Response) -> Answer<T> {
        let headers = response.headers().clone();
        let body = self.body(response).await?;
        let body = decompress(&headers, body)?;
        let mut value: serde_json::Value = serde_json::from_slice(&body).map_err(|error| not_understood(&error))?;
        clean_json(&mut value);
        serde_json::from_value(value).map_err(|error| not_understood(&error))
    }

    /// The body whole, counted, with a limit.
    pub async fn body(&self, mut response: Response) -> Answer<Vec<u8>> {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| Failure::from_transport(&error))? {
            self.count(0, chunk.len() as u64);
            if (body.len() + chunk.len()) as u64 > ANSWER_MAX {
                return Err(Failure::broken());
            }
            body.extend_from_slice(&chunk);
        }
        if let Some(sent) = response.extensions().get::<Sent>() {
            let took = sent.at.elapsed().saturating_sub(worked(response.headers()));
            self.0.rate.answered(took, self.bytes().1 - sent.down);
        }
        Ok(body)
    }
}

/// When a request went out, and what had come over the line by then.
#[derive(Clone)]
struct Sent {
    at: Instant,
    down: u64,
}

/// How long the service says it has worked on the answer: `Server-Timing: app;dur=34.5`, in milliseconds (W3C Server Timing).
fn worked(headers: &HeaderMap) -> Duration {
    let text = headers.get(paths::SERVER_TIMING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let ms = text.split(';').find_map(|part| part.trim().strip_prefix("dur=")?.parse::<f64>().ok());
    ms.and_then(|ms| Duration::try_from_secs_f64(ms / 1e3).ok()).unwrap_or_default()
}

fn not_understood(error: &serde_json::Error) -> Failure {
    // Category and place only: the text may hold what is in an expediente.
    tracing::warn!(category = ?error.classify(), line = error.line(), column = error.column(), "answer not understood");
    Failure::broken()
}

/// Brotli is the one encoding asked for: the smallest for short JSON.
fn decompress(headers: &HeaderMap, body: Vec<u8>) -> Answer<Vec<u8>> {
    match headers.get(CONTENT_ENCODING).map(|value| value.as_bytes()) {
        None => Ok(body),
        Some(b"br") => {
            let mut plain = Vec::with_capacity(body.len() * 4);
            let reader = brotli_decompressor::Decompressor::new(body.as_slice(), 4096);
            let read = std::io::Read::read_to_end(&mut std::io::Read::take(reader, ANSWER_MAX), &mut plain);
            read.map_err(|_| Failure::broken())?;
            Ok(plain)
        }
        Some(_) => Err(Failure::broken()),
    }
}
