//! From a key to the page on the screen: the built client in a terminal that answers as kitty does, on a good line and on a thin one.

use crate::line::{home, login};
use crate::proxy::{Line, Proxy};
use crate::service::Service;
use crate::support::Terminal;
use crate::support::answers::Answers;
use crate::table::{Figure, percentile};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Clients that are measured.
const RUNS: usize = 12;
/// How long a selection rests before its page is asked for, in milliseconds: not counted.
const DEBOUNCE: f64 = 150.0;
/// A branch office: 64 kbit/s, and 300 ms there and back.
const THIN: Line = Line { bits_per_second: 64_000, delay: Duration::from_millis(150) };
/// Documents paged through before memory is looked at.
const DOCUMENTS: usize = 500;
/// A picture is sent, and one is placed.
const SENT: &[u8] = b"\x1b_Ga=t,";
const PLACED: &[u8] = b"\x1b_Ga=p,";
/// The line is idle, and what is fetched ahead is here, when nothing was written for so long.
const REST: Duration = Duration::from_millis(400);

/// All of it.
pub fn measure(runtime: &tokio::runtime::Runtime, service: &Service) -> anyhow::Result<Vec<Figure>> {
    let home = home(true)?;
    login(service.addr, service, &home)?;
    let (mut fetched, mut kept) = (Vec::new(), Vec::new());
    // The first one has the service draw what the others find drawn.
    for run in 0..=RUNS {
        let mut terminal = at_documents(service.addr, service, &home);
        std::thread::sleep(REST);
        let last = until(&terminal, SENT, || terminal.type_in("G"));
        std::thread::sleep(REST);
        let first = until(&terminal, PLACED, || terminal.type_in("g"));
        if run > 0 {
            fetched.push(last - DEBOUNCE);
            kept.push(first);
        }
        terminal.keys("q");
        terminal.end();
    }
    let mut figures = vec![
        figure("key to picture, kept by the service, without the rest of 150 ms (p95)", &mut fetched, 0.95, 60.0),
        figure("key to picture, kept by the client (p95)", &mut kept, 0.95, 16.0),
    ];
    figures.extend(thin(runtime, service, &home)?);
    figures.push(memory(service, &home)?);
    Ok(figures)
}

/// At the documents of an expediente that has many, the first one's page on screen.
fn at_documents(addr: SocketAddr, service: &Service, home: &TempDir) -> Terminal {
    let mut terminal = start(addr, service, home);
    terminal.wait("the list", |screen| screen.contains("26-0") && screen.contains("rev."));
    terminal.keys("/fase:cerrado docs>=13\r");
    terminal.wait("the search's answer", |screen| screen.contains("docs>=13") && screen.contains("rev."));
    std::thread::sleep(REST);
    terminal.keys("2");
    terminal.wait_written("the first page", |written| count(written, PLACED) > 0);
    terminal
}

fn start(addr: SocketAddr, service: &Service, home: &TempDir) -> Terminal {
    let (url, ca) = (format!("https://{addr}"), service.ca.display().to_string());
    let args =
        ["--server", &url, "--ca", &ca, "--user", "administrativo", "--entidad", "norte-seat", "--modelo", "venta-vn"];
    let config = home.path().join("config.toml").display().to_string();
    Terminal::start_as(&Answers::kitty(), &args, &[("EXPEDIENTES_CONFIG", &config)], (200, 50), home.path())
}

/// Milliseconds until the terminal is written one more of something.
fn until(terminal: &Terminal, what: &[u8], act: impl FnOnce()) -> f64 {
    let from = terminal.written().len();
    let start = Instant::now();
    act();
    terminal.wait_written("a page", |written| count(&written[from..], what) > 0);
    start.elapsed().as_secs_f64() * 1e3
}

/// A page over a thin line, and keys meanwhile.
fn thin(runtime: &tokio::runtime::Runtime, service: &Service, home: &TempDir) -> anyhow::Result<Vec<Figure>> {
    let proxy = runtime.block_on(Proxy::start(service.addr, THIN))?;
    login(proxy.addr, service, home)?;
    let (mut pages, mut keys) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        let mut terminal = at_documents(proxy.addr, service, home);
        // Longer than a round trip: what is fetched ahead is here, or under way.
        std::thread::sleep(4 * REST);
        let from = terminal.written().len();
        let start = Instant::now();
        terminal.type_in("G");
        while count(&terminal.written()[from..], SENT) == 0 {
            keys.push(answer(&terminal, "?", true));
            keys.push(answer(&terminal, "\u{1b}", false));
        }
        pages.push(start.elapsed().as_secs_f64() * 1e3);
        terminal.keys("q");
        terminal.end();
    }
    Ok(vec![
        figure("key to a legible page over 64 kbit/s and 300 ms (largest of 5)", &mut pages, 1.0, 3_500.0),
        figure("key to screen meanwhile (largest)", &mut keys, 1.0, 50.0),
    ])
}

/// Milliseconds until the help is there, or gone.
fn answer(terminal: &Terminal, key: &str, there: bool) -> f64 {
    let start = Instant::now();
    terminal.type_in(key);
    terminal.wait("an answer to a key", |screen| screen.contains("Ayuda") == there);
    start.elapsed().as_secs_f64() * 1e3
}

/// Resident memory of a client that has shown many documents.
fn memory(service: &Service, home: &TempDir) -> anyhow::Result<Figure> {
    let mut terminal = start(service.addr, service, home);
    terminal.wait("the list", |screen| screen.contains("26-0") && screen.contains("rev."));
    terminal.keys("/docs>=1\r");
    terminal.wait("the search's answer", |screen| screen.contains("docs>=1") && screen.contains("rev."));
    for _ in 0..DOCUMENTS {
        until(&terminal, PLACED, || terminal.type_in("\u{1b}[B"));
        terminal.forget_written();
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", terminal.pid()))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|rest| rest.split_whitespace().next()).and_then(|n| n.parse::<f64>().ok());
    terminal.keys("q");
    terminal.end();
    Ok(Figure {
        what: format!("client, resident, after {DOCUMENTS} documents"),
        measured: kib.map_or(f64::NAN, |kib| kib * 1024.0 / 1e6),
        target: Some(120.0),
        unit: "MB",
    })
}

fn count(written: &[u8], what: &[u8]) -> usize {
    written.windows(what.len()).filter(|window| *window == what).count()
}

fn figure(what: &str, samples: &mut [f64], share: f64, target: f64) -> Figure {
    Figure { what: what.to_owned(), measured: percentile(samples, share), target: Some(target), unit: "ms" }
}
