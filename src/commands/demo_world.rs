//! Makes the demo's world in a process of its own: what drawing hundreds of papers takes of memory goes with it, and the service
//! that is started afterwards has only what serving needs.

use super::{CommandError, Outcome, serve};
use crate::cli::{DemoWorldArgs, WorldArgs};
use server::Settings;
use server::state::Clock;
use std::io::IsTerminal;
use std::path::Path;
use std::process::Stdio;
use tokio::io::AsyncReadExt;
use tokio::process::Command;

/// Worlds from this size on take a while, and show how far they are.
const SHOWN_FROM: u64 = 20_000;

/// The parent's side: has the world made, and waits for it. A folder that holds one already is left as it is.
pub async fn make(folder: &Path, world: &WorldArgs) -> Outcome {
    let mut child = Command::new(std::env::current_exe()?)
        .arg("__demo-world")
        .arg("--data")
        .arg(folder)
        .args(["--size", &world.size.to_string(), "--seed", &world.seed.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    // Held until the child has ended: its closing tells the child that nobody waits any more.
    let _line = child.stdin.take();
    let mut cause = String::new();
    let told = async {
        if let Some(mut out) = child.stdout.take() {
            out.read_to_string(&mut cause).await?;
        }
        child.wait().await
    };
    let ended = tokio::select! {
        status = told => status?,
        stop = serve::stop_signal() => {
            stop?;
            // Dead before its folder is removed.
            child.kill().await?;
            return Err(CommandError::Refused("La demostración se ha interrumpido.".to_owned()));
        }
    };
    if ended.success() {
        return Ok(());
    }
    let cause = if cause.is_empty() { ended.to_string() } else { cause };
    Err(CommandError::Refused(format!(
        "No se ha podido preparar la demostración en {} ({}); compruebe que se puede escribir ahí y que hay sitio.",
        folder.display(),
        cause.trim()
    )))
}

/// The child's side. What goes wrong is told on standard output: the parent makes a sentence of it.
pub async fn run(args: DemoWorldArgs) -> Outcome {
    std::thread::spawn(end_with_parent);
    let settings = Settings { datos: args.data, ..Settings::default() };
    let world = demo::World { seed: args.world.seed, size: args.world.size, today: Clock::system().today() };
    if let Err(error) = demo::make(&settings, &world, progress).await {
        println!("{error:#}");
        std::process::exit(1);
    }
    Ok(())
}

/// A parent that was killed closes the line: a world that nobody waits for is not made to its end.
fn end_with_parent() {
    let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
    std::process::exit(1);
}

/// A line that is written over.
fn progress(done: u64, total: u64) {
    if total > SHOWN_FROM && std::io::stderr().is_terminal() {
        eprint!("\rPreparando la demostración: {done} de {total} expedientes ");
        if done == total {
            eprintln!();
        }
    }
}
