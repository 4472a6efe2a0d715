//! Finding the service and signing in, for the commands that run once.

use super::{CommandError, Outcome};
use crate::cli::ServiceArgs;
use crate::config::Config;
use crate::msg::FailureKind;
use crate::remote::store::{Memory, MemoryFile};
use crate::remote::{Remote, RemoteConfig};
use api::sesion::Credenciales;
use domain::mistake::of_system;
use std::io::{IsTerminal, Write};

/// Environment variable with the password of scripts.
pub const PASSWORD_VAR: &str = "EXPEDIENTES_PASSWORD";

/// The password of scripts; set to nothing is not set.
pub fn scripted_password() -> Option<String> {
    std::env::var(PASSWORD_VAR).ok().filter(|clave| !clave.is_empty())
}

/// Said where the password cannot be asked for.
pub const NO_PASSWORD: &str = "Falta la clave: póngala en EXPEDIENTES_PASSWORD.";

/// Which service is meant, and how to trust it.
pub fn target(config: &Config, args: &ServiceArgs, memory: &Memory) -> Result<RemoteConfig, CommandError> {
    let url = args.server.clone().or_else(|| config.servidor.clone()).or_else(|| memory.ultimo.clone());
    let Some(url) = url else {
        return Err(CommandError::Usage(
            "Falta la dirección del servicio: use --server https://…, o póngala en la configuración.".to_owned(),
        ));
    };
    let url = url.trim_end_matches('/').to_owned();
    let known = memory.servidores.get(&url).cloned().unwrap_or_default();
    let ca_file = args.ca.clone().or_else(|| config.ca.clone()).or(known.ca);
    let ca = ca_file.map(|path| {
        let read = std::fs::read(&path);
        read.map_err(|error| {
            CommandError::Usage(format!("No se puede leer el certificado {}: {}.", path.display(), of_system(&error)))
        })
    });
    Ok(RemoteConfig { url, ca: ca.transpose()?, confirmed: known.huella, token: known.token })
}

/// The user name that is meant.
pub fn user(config: &Config, args: &ServiceArgs, memory: &Memory, url: &str) -> Option<String> {
    let known = memory.servidores.get(url).and_then(|server| server.usuario.clone());
    args.user.clone().or_else(|| config.usuario.clone()).or(known)
}

/// The service with a session: the kept one, else by `EXPEDIENTES_PASSWORD`.
pub async fn signed_in(config: &Config, args: &ServiceArgs) -> Result<Remote, CommandError> {
    let memory = MemoryFile::standard().map(|file| file.load()).unwrap_or_default();
    let target = target(config, args, &memory)?;
    let kept = target.token.is_some();
    let remote = connect(&target)?;
    if let Some(clave) = scripted_password() {
        let Some(usuario) = user(config, args, &memory, &target.url) else {
            return Err(CommandError::Usage("Falta el usuario: use --user NOMBRE.".to_owned()));
        };
        sign_in(&remote, usuario, clave, None).await?;
        return Ok(remote);
    }
    if !kept {
        return Err(CommandError::Refused(
            "No hay sesión guardada: use «expedientes login», o ponga la clave en EXPEDIENTES_PASSWORD.".to_owned(),
        ));
    }
    Ok(remote)
}

/// A client for that service.
pub fn connect(target: &RemoteConfig) -> Result<Remote, CommandError> {
    Remote::new(target).map_err(|error| CommandError::Usage(format!("{error}.")))
}

/// Signs in; a certificate that nobody vouches for is told with its fingerprint.
pub async fn sign_in(
    remote: &Remote,
    usuario: String,
    clave: String,
    codigo: Option<String>,
) -> Result<api::sesion::SesionNueva, CommandError> {
    let credenciales = Credenciales { usuario, clave, codigo, dispositivo: Some(device()) };
    remote.sign_in(&credenciales).await.map_err(|failure| match remote.pin().take_refused() {
        Some(sha256) if failure.kind == FailureKind::Offline => CommandError::Refused(format!(
            "Nadie responde por el certificado de este servicio (SHA-256 {sha256}); use --ca, o confírmelo con «expedientes login»."
        )),
        _ => failure.into(),
    })
}

/// What the session list shows for this machine.
pub fn device() -> String {
    let host = std::env::var("HOSTNAME").ok().or_else(|| std::fs::read_to_string("/etc/hostname").ok());
    let host = host.map(|name| domain::texto::clean_line(name.trim())).filter(|name| !name.is_empty());
    host.unwrap_or_else(|| "terminal".to_owned()).chars().take(60).collect()
}

/// Asks for a line on the terminal; `secret` is not echoed. Without a terminal `missing` says what to do instead.
pub fn ask(question: &str, secret: bool, missing: &str) -> Result<String, CommandError> {
    if !std::io::stdin().is_terminal() {
        return Err(CommandError::Usage(missing.to_owned()));
    }
    eprint!("{question}");
    std::io::stderr().flush()?;
    if secret {
        return read_secret();
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Reads a line key by key in raw mode, so that it is not shown.
fn read_secret() -> Result<String, CommandError> {
    use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers, read};
    crossterm::terminal::enable_raw_mode()?;
    let mut secret = String::new();
    let outcome = loop {
        let key = match read() {
            Ok(Event::Key(key)) if key.kind != KeyEventKind::Release => key,
            Ok(_) => continue,
            Err(error) => break Err(error.into()),
        };
        match key.code {
            KeyCode::Enter => break Ok(secret),
            KeyCode::Esc => break Err(CommandError::Refused("Cancelado.".to_owned())),
            KeyCode::Char('c') if key.modifiers == KeyModifiers::CONTROL => {
                break Err(CommandError::Refused("Cancelado.".to_owned()));
            }
            KeyCode::Backspace => drop(secret.pop()),
            KeyCode::Char(c) => secret.push(c),
            _ => {}
        }
    };
    crossterm::terminal::disable_raw_mode()?;
    eprintln!();
    outcome
}

/// Finds an expediente by number or id. A number is looked for in every entidad and modelo of this person.
pub async fn find_expediente(remote: &Remote, text: &str) -> Result<domain::ExpedienteId, CommandError> {
    if let Ok(id) = text.parse::<domain::ExpedienteId>() {
        return Ok(id);
    }
    if !text.chars().all(|c| c.is_ascii_digit() || c == '-') {
        return Err(CommandError::Usage(format!("«{text}» no es un número de expediente; escríbalo como 26-01877.")));
    }
    let mut found = Vec::new();
    for entidad in remote.entidades().await? {
        for modelo in &entidad.modelos {
            let params = api::lista::ListaParams {
                entidad: entidad.id.to_string(),
                modelo: modelo.id.to_string(),
                q: Some(format!("numero:{text}")),
                limite: Some(5),
                ..Default::default()
            };
            let rows = remote.lista(&params).await?.items;
            found.extend(rows.into_iter().filter(|row| row.numero == text).map(|row| (entidad.nombre.clone(), row.id)));
        }
    }
    match found.as_slice() {
        [] => Err(CommandError::Refused(format!(
            "No existe el expediente {text}, o no está entre lo que usted puede ver."
        ))),
        [(_, id)] => Ok(*id),
        many => {
            let list: Vec<String> = many.iter().map(|(entidad, id)| format!("{id} ({entidad})")).collect();
            Err(CommandError::Refused(format!("Hay varios expedientes {text}; use el id: {}.", list.join(", "))))
        }
    }
}

/// A client-made key for a write: 128 random bits, so that a retry is known as one.
pub fn new_key() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// Keeps what an interactive sign-in has learnt.
pub fn remember(change: impl FnOnce(&mut Memory)) -> Outcome {
    match MemoryFile::standard() {
        Some(file) => file.change(change).map_err(CommandError::from),
        None => Ok(()),
    }
}
