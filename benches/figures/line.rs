//! What a person at a terminal waits for, and what their line carries: the built client on a real service.

use crate::proxy::{Count, Line, Proxy};
use crate::service::{PROGRAM, Service};
use crate::support::Terminal;
use crate::table::{Figure, percentile};
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Nothing more comes when the line has been silent for so long.
const SILENCE: Duration = Duration::from_millis(700);
/// Between two keys of somebody who types well.
const BETWEEN_KEYS: Duration = Duration::from_millis(120);
const RUNS: usize = 5;

/// A place where the client remembers nothing, with previews off or as they come.
pub fn home(previews: bool) -> anyhow::Result<TempDir> {
    let home = tempfile::tempdir()?;
    let config = if previews { "" } else { "vista_previa = \"no\"\n" };
    std::fs::write(home.path().join("config.toml"), config)?;
    Ok(home)
}

fn client(addr: SocketAddr, service: &Service, home: &TempDir, password: Option<&str>) -> Terminal {
    let url = format!("https://{addr}");
    let ca = service.ca.display().to_string();
    let args =
        ["--server", &url, "--ca", &ca, "--user", "administrativo", "--entidad", "norte-seat", "--modelo", "venta-vn"];
    let config = home.path().join("config.toml").display().to_string();
    let mut variables = vec![("EXPEDIENTES_CONFIG", config.as_str())];
    variables.extend(password.map(|password| ("EXPEDIENTES_PASSWORD", password)));
    Terminal::start_with(&args, &variables, 160, 45, home.path())
}

/// Keeps a session there, as a person does once with `expedientes login`.
pub fn login(addr: SocketAddr, service: &Service, home: &TempDir) -> anyhow::Result<()> {
    let status = Command::new(PROGRAM)
        .args(["login", "--user", "administrativo", "--server", &format!("https://{addr}"), "--ca"])
        .arg(&service.ca)
        .env_clear()
        .env("HOME", home.path())
        .env("EXPEDIENTES_PASSWORD", "demo")
        .stdout(Stdio::null())
        .status()?;
    anyhow::ensure!(status.success(), "login failed");
    Ok(())
}

/// The rows, the documents of the first one and its index are there.
fn complete(terminal: &Terminal) {
    terminal.wait("the first complete screen", |screen| screen.contains("26-0") && screen.contains("rev."));
}

/// Time from the start of the process to the first complete screen: with a password, and with a session that was kept.
pub fn start_times(service: &Service) -> anyhow::Result<Vec<Figure>> {
    let (mut signing_in, mut kept) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let home = home(true)?;
        for (password, times) in [(Some("demo"), &mut signing_in), (None, &mut kept)] {
            if password.is_none() {
                login(service.addr, service, &home)?;
            }
            let start = Instant::now();
            let mut terminal = client(service.addr, service, &home, password);
            complete(&terminal);
            times.push(start.elapsed().as_secs_f64() * 1e3);
            terminal.keys("q");
            terminal.end();
        }
    }
    let figure = |what: &str, times: &mut [f64]| Figure {
        what: format!("start to first complete screen, {what} (median of {RUNS})"),
        measured: percentile(times, 0.5),
        target: Some(150.0),
        unit: "ms",
    };
    Ok(vec![figure("session kept", &mut kept), figure("signing in", &mut signing_in)])
}

/// Bytes both ways, TLS records included, previews apart.
pub fn bytes(runtime: &tokio::runtime::Runtime, service: &Service) -> anyhow::Result<Vec<Figure>> {
    let proxy = runtime.block_on(Proxy::start(service.addr, Line::default()))?;
    let count = &proxy.count;
    let home = home(false)?;
    let mut signing_in = client(proxy.addr, service, &home, Some("demo"));
    complete(&signing_in);
    let with_password = silence(count, 0);
    signing_in.keys("q");
    signing_in.end();

    login(proxy.addr, service, &home)?;
    let before = silence(count, 0);
    let mut terminal = client(proxy.addr, service, &home, None);
    complete(&terminal);
    let first = silence(count, before) - before;
    let mut moves: Vec<f64> = (0..10).map(|_| cost(count, || terminal.keys("\u{1b}[B"))).collect();
    let mut searches = Vec::new();
    let mut pasted = Vec::new();
    for words in ["garcia", "lopez", "ibiza", "leon maria", "sanchez"] {
        searches.push(cost(count, || type_in(&mut terminal, &format!("/{words}\r"))));
        back_to_all(&mut terminal, count);
        pasted.push(cost(count, || terminal.keys(&format!("/{words}\r"))));
        back_to_all(&mut terminal, count);
    }
    let mut saves: Vec<f64> = (1..=3)
        .map(|n| {
            terminal.keys("4e");
            terminal.wait_for("editando");
            terminal.keys(&format!("\u{1b}[F de prueba {n}"));
            let bytes = cost(count, || terminal.keys("\u{13}"));
            let saved = format!("rev. {}", n + 1);
            terminal.wait(&saved, |screen| screen.contains(&saved) && !screen.contains("editando"));
            bytes
        })
        .collect();
    let mut figures = vec![
        figure("first screen, session kept", first as f64, 8.0),
        figure("first screen, signing in", with_password as f64, 8.0),
    ];
    for (what, samples, target) in [
        ("moving to the next expediente", &mut moves, 3.0),
        ("a search, typed at 8 keys a second", &mut searches, 4.0),
        ("a search, typed at once", &mut pasted, 4.0),
        ("one index save", &mut saves, 1.5),
    ] {
        figures.push(figure(&format!("{what} (median of {})", samples.len()), percentile(samples, 0.5), target));
        figures.push(figure(&format!("{what} (largest)"), percentile(samples, 1.0), target));
    }
    Ok(figures)
}

fn figure(what: &str, bytes: f64, target: f64) -> Figure {
    Figure { what: format!("bytes: {what}"), measured: bytes / 1e3, target: Some(target), unit: "kB" }
}

fn back_to_all(terminal: &mut Terminal, count: &Count) {
    terminal.keys("\u{1b}");
    silence(count, 0);
}

fn type_in(terminal: &mut Terminal, text: &str) {
    for key in text.chars() {
        terminal.keys(&key.to_string());
        std::thread::sleep(BETWEEN_KEYS);
    }
}

/// Bytes that something makes cross.
fn cost(count: &Count, act: impl FnOnce()) -> f64 {
    let before = silence(count, 0);
    act();
    (silence(count, before) - before) as f64
}

/// Waits until more than `at_least` bytes have crossed and then none for a while.
fn silence(count: &Count, at_least: u64) -> u64 {
    let start = Instant::now();
    let mut last = (count.total(), Instant::now());
    loop {
        std::thread::sleep(Duration::from_millis(20));
        let now = count.total();
        if now != last.0 {
            last = (now, Instant::now());
        }
        assert!(start.elapsed() < Duration::from_secs(30), "nothing crosses, or it never ends");
        if now > at_least && last.1.elapsed() > SILENCE {
            return now;
        }
    }
}
