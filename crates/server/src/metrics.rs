//! Figures for Prometheus, on a port of their own that is off by default. Routes by template: nothing of a person is in them.

use crate::AppState;
use axum::Router;
use axum::extract::State;
use axum::http::Method;
use axum::routing::get;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;

/// Upper ends of the time buckets, in seconds.
const BUCKETS: [f64; 8] = [0.001, 0.005, 0.02, 0.05, 0.1, 0.5, 2.0, 10.0];

/// Method, route's template, status.
type Key = (String, String, u16);

/// Counters of requests; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Metrics(Arc<Mutex<BTreeMap<Key, Series>>>);

#[derive(Debug, Clone, Default)]
struct Series {
    count: u64,
    seconds: f64,
    buckets: [u64; BUCKETS.len()],
}

impl Metrics {
    /// Counts a request.
    pub fn request(&self, method: &Method, route: &str, status: u16, took: Duration) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let series = all.entry((known(method).to_owned(), route.to_owned(), status)).or_default();
        let seconds = took.as_secs_f64();
        series.count += 1;
        series.seconds += seconds;
        for (bucket, end) in series.buckets.iter_mut().zip(BUCKETS) {
            *bucket += u64::from(seconds <= end);
        }
    }

    /// In Prometheus' text format.
    pub fn text(&self, state: &AppState) -> String {
        let mut out = String::from("# TYPE expedientes_request_seconds histogram\n");
        for ((method, route, status), series) in self.0.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{status}\"");
            for (count, end) in series.buckets.iter().zip(BUCKETS) {
                let _ = writeln!(out, "expedientes_request_seconds_bucket{{{labels},le=\"{end}\"}} {count}");
            }
            let _ = writeln!(out, "expedientes_request_seconds_bucket{{{labels},le=\"+Inf\"}} {}", series.count);
            let _ = writeln!(out, "expedientes_request_seconds_sum{{{labels}}} {}", series.seconds);
            let _ = writeln!(out, "expedientes_request_seconds_count{{{labels}}} {}", series.count);
        }
        let open = state.conexiones().load(Ordering::Relaxed);
        let _ = writeln!(out, "# TYPE expedientes_connections gauge\nexpedientes_connections {open}");
        let _ = writeln!(
            out,
            "# TYPE expedientes_config_version gauge\nexpedientes_config_version {}",
            state.config().version
        );
        if let Some(bytes) = resident_bytes() {
            let _ = writeln!(out, "# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes {bytes}");
        }
        out
    }
}

/// The method, if it is one of HTTP's own: clients may make up any number of others, and each would be kept.
fn known(method: &Method) -> &str {
    match method.as_str() {
        own @ ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS") => own,
        _ => "OTHER",
    }
}

/// Resident memory as Linux tells it.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().ok().map(|kb| kb * 1024)
}

/// Serves them until the state begins to stop; whoever holds the port then without asking is cut off after `grace`.
pub async fn serve(listener: TcpListener, metrics: Metrics, state: AppState, grace: Duration) {
    let stopping = state.stopping().clone();
    let router = Router::new()
        .route("/metrics", get(async |State((state, metrics)): State<(AppState, Metrics)>| metrics.text(&state)))
        .with_state((state, metrics));
    let serving = axum::serve(listener, router).with_graceful_shutdown(stopping.clone().cancelled_owned());
    let too_long = async {
        stopping.cancelled().await;
        tokio::time::sleep(grace).await;
    };
    tokio::select! {
        _ = serving => {}
        () = too_long => {}
    }
}
