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
mod notas;
mod output;
mod plantilla;
mod revisar;
#[cfg(feature = "server")]
mod serve;
mod service;
mod shell;
mod subir;
mod tui;
mod ver;

use crate::cli::{self, Cli, Command};
use crate::config::Config;
use crate::msg::{Failure, FailureKind};
use api::problem::CampoMalo;
use domain::mistake::of_system;
use std::process::ExitCode;

/// Why a command was not done.
#[derive(Debug)]
pub enum CommandError {
    /// This program refuses: one sentence.
    Refused(String),
    /// Wrong arguments or configuration: one sentence.
    Usage(String),
    /// This program refuses: one sentence, and what is wrong with each field.
    Fields(String, Vec<CampoMalo>),
    /// No connection: one sentence.
    Offline(String),
    /// The service has answered, and why not.
    Answered(Failure),
}

/// What a command answers.
pub type Outcome = Result<(), CommandError>;

impl CommandError {
    /// The exit code.
    fn code(&self) -> u8 {
        match self {
            Self::Refused(_) | Self::Fields(..) => 1,
            Self::Usage(_) => 2,
            Self::Answered(failure) if failure.kind != FailureKind::Offline => 1,
            Self::Offline(_) | Self::Answered(_) => 3,
        }
    }

    /// Tells the person, or the script, on standard error.
    fn tell(&self, json: bool) {
        match self {
            Self::Refused(sentence) => tell(json, "rechazado", sentence),
            Self::Usage(sentence) => tell(json, "mal-usado", sentence),
            Self::Fields(sentence, campos) if json => {
                let problem = serde_json::json!({ "codigo": "datos-invalidos", "detail": sentence, "campos": campos });
                eprintln!("{problem}");
            }
            Self::Fields(_, campos) => {
                let lines: Vec<String> = campos.iter().map(|one| format!("{}: {}", one.campo, one.mensaje)).collect();
                tell(json, "datos-invalidos", &lines.join("\n"));
            }
            Self::Offline(sentence) => tell(json, "sin-conexion", sentence),
            Self::Answered(failure) => match &failure.problem {
                Some(problem) if json => eprintln!("{}", serde_json::to_string(problem).unwrap_or_default()),
                _ => tell(json, "rechazado", &whole(failure)),
            },
        }
    }
}

/// A refusal on standard error: a sentence, or an object whose `codigo` and `detail` are as those of the service.
pub fn tell(json: bool, codigo: &str, sentence: &str) {
    let sentence = domain::texto::clean_block(sentence);
    if json {
        eprintln!("{}", serde_json::json!({ "codigo": codigo, "detail": sentence }));
    } else {
        eprintln!("{sentence}");
    }
}

/// The sentence, and all that is missing or wrong.
fn whole(failure: &Failure) -> String {
    let Some(problem) = &failure.problem else { return failure.sentence.clone() };
    let mut text = failure.sentence.clone();
    if !problem.faltas.is_empty() {
        let names: Vec<&str> = problem.faltas.iter().map(|falta| falta.nombre.as_str()).collect();
        text.push_str(&format!(" Falta: {}.", names.join(", ")));
    }
    for campo in problem.campos.iter().filter(|campo| campo.mensaje != failure.sentence) {
        text.push_str(&format!("\n{}: {}", campo.campo, campo.mensaje));
    }
    text
}

impl From<Failure> for CommandError {
    fn from(failure: Failure) -> Self {
        match failure.kind {
            _ if failure.problem.is_some() => Self::Answered(failure),
            FailureKind::Offline => Self::Offline(failure.sentence),
            _ => Self::Refused(failure.sentence),
        }
    }
}

impl From<anyhow::Error> for CommandError {
    fn from(error: anyhow::Error) -> Self {
        Self::Refused(in_spanish(&error))
    }
}

impl From<std::io::Error> for CommandError {
    fn from(error: std::io::Error) -> Self {
        Self::Refused(format!("No se ha podido leer o escribir: {}.", of_system(&error)))
    }
}

/// What was being done, and why it was not; what the system says of a file is told in Spanish.
fn in_spanish(error: &anyhow::Error) -> String {
    if let Some(system) = error.downcast_ref::<std::io::Error>().filter(|_| error.chain().len() == 1) {
        return format!("No se ha podido leer o escribir: {}.", of_system(system));
    }
    let told = error.chain().map(|cause| match cause.downcast_ref::<std::io::Error>() {
        Some(system) if system.get_ref().is_none() => of_system(system).to_owned(),
        _ => cause.to_string(),
    });
    told.collect::<Vec<_>>().join(": ")
}

/// Reads the arguments and does what they say.
pub fn main() -> ExitCode {
    let cli = match cli::read(std::env::args_os()) {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    if let Some(Command::RenderWorker) = cli.command {
        return render::worker_main();
    }
    let json = cli.command.as_ref().is_some_and(Command::json);
    match Config::load().map_err(CommandError::Usage).and_then(|config| run(cli, config)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            error.tell(json);
            ExitCode::from(error.code())
        }
    }
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

async fn dispatch(cli: Cli, mut config: Config) -> Outcome {
    config.idioma = cli.common.lang.or(config.idioma);
    let Some(command) = cli.command else { return tui::run(config, cli.service, cli.tui).await };
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
        Command::Notas(args) => notas::show(&config, args).await,
        Command::Anotar(args) => notas::note(&config, args).await,
        Command::Avisar(args) => notas::give(&config, args).await,
        Command::Avisos(args) => notas::mine(&config, args).await,
        Command::Hecho(args) => notas::done(&config, args).await,
        Command::Plantilla(args) => plantilla::run(&config, args).await,
        Command::Completions { shell } => shell::completions(shell),
        Command::Man => shell::man(),
        Command::Docs { check } => docs::run(check),
        Command::RenderWorker => Err(CommandError::Usage("Esa orden es interna.".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Error, ErrorKind};

    #[test]
    fn what_the_system_says_is_told_in_spanish_wherever_it_comes_from() {
        let told = |error: Error| in_spanish(&anyhow::Error::from(error).context("No se puede usar x"));
        assert_eq!(told(ErrorKind::PermissionDenied.into()), "No se puede usar x: falta permiso");
        assert_eq!(told(Error::from_raw_os_error(28)), "No se puede usar x: no queda sitio en el disco");
        assert_eq!(told(Error::other("una frase")), "No se puede usar x: una frase");
    }
}
