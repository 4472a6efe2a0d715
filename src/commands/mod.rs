//! One file per subcommand. Exit codes: 0 done, 1 refused, 2 usage, 3 no connection.

#[cfg(feature = "server")]
mod admin;
mod bajar;
mod buscar;
#[cfg(feature = "server")]
mod demo;
#[cfg(feature = "server")]
mod demo_world;
mod docs;
mod doctor;
mod fase;
mod indice;
mod login;
mod mostrar;
mod output;
mod revisar;
#[cfg(feature = "server")]
mod serve;
mod service;
mod shell;
mod subir;
mod tui;
mod ver;

use crate::cli::{Cli, Command};
use crate::config::Config;
use crate::msg::{Failure, FailureKind};
use clap::Parser;
use std::process::ExitCode;

/// Why a command was not done.
#[derive(Debug)]
pub enum CommandError {
    /// The service, or this program, refuses: one sentence.
    Refused(String),
    /// Wrong arguments or configuration: one sentence.
    Usage(String),
    /// No connection.
    Offline(String),
}

/// What a command answers.
pub type Outcome = Result<(), CommandError>;

impl From<Failure> for CommandError {
    fn from(failure: Failure) -> Self {
        match failure.kind {
            FailureKind::Offline => Self::Offline(failure.sentence),
            _ => Self::Refused(failure.sentence),
        }
    }
}

impl From<anyhow::Error> for CommandError {
    fn from(error: anyhow::Error) -> Self {
        Self::Refused(format!("{error:#}"))
    }
}

impl From<std::io::Error> for CommandError {
    fn from(error: std::io::Error) -> Self {
        Self::Refused(format!("No se ha podido leer o escribir: {error}."))
    }
}

/// Reads the arguments and does what they say.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Some(Command::RenderWorker) = cli.command {
        return render::worker_main();
    }
    let outcome = Config::load().map_err(CommandError::Usage).and_then(|config| run(cli, config));
    let (code, sentence) = match outcome {
        Ok(()) => return ExitCode::SUCCESS,
        Err(CommandError::Refused(sentence)) => (1, sentence),
        Err(CommandError::Usage(sentence)) => (2, sentence),
        Err(CommandError::Offline(sentence)) => (3, sentence),
    };
    eprintln!("{}", domain::texto::clean_block(&sentence));
    ExitCode::from(code)
}

fn run(cli: Cli, config: Config) -> Outcome {
    // Everything with TLS asks for the process's provider; ring is the only one built in.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let done = runtime.block_on(dispatch(cli, config));
    // Blocking work that nobody waits for any more (a password hash, a folder on a dead mount) must not hold up the end.
    runtime.shutdown_timeout(std::time::Duration::from_millis(200));
    done
}

async fn dispatch(cli: Cli, config: Config) -> Outcome {
    let Some(command) = cli.command else { return tui::run(config, cli.tui).await };
    match command {
        #[cfg(feature = "server")]
        Command::Demo(args) => demo::run(config, args).await,
        #[cfg(feature = "server")]
        Command::DemoWorld(args) => demo_world::run(args).await,
        #[cfg(feature = "server")]
        Command::Serve(args) => serve::run(args).await,
        #[cfg(feature = "server")]
        Command::Admin(args) => admin::run(args).await,
        Command::Login(args) => login::login(&config, &args).await,
        Command::Logout(args) => login::logout(&config, &args).await,
        Command::Doctor(args) => doctor::run(&config, &args).await,
        Command::Buscar(args) => buscar::run(&config, args).await,
        Command::Mostrar(args) => mostrar::run(&config, args).await,
        Command::Indice(args) => indice::run(&config, args).await,
        Command::Subir(args) => subir::run(&config, args).await,
        Command::Bajar(args) => bajar::run(&config, args).await,
        Command::Ver(args) => ver::run(&config, args).await,
        Command::Avanzar(args) => fase::run(&config, args).await,
        Command::Validar(args) => revisar::validate(&config, args).await,
        Command::Rechazar(args) => revisar::reject(&config, args).await,
        Command::Completions { shell } => shell::completions(shell),
        Command::Man => shell::man(),
        Command::Docs { check } => docs::run(check),
        Command::RenderWorker => Err(CommandError::Usage("Esa orden es interna.".to_owned())),
    }
}
