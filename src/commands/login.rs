//! `login` and `logout`: a session kept for the other commands.

use super::{CommandError, Outcome, output, service};
use crate::cli::ServiceArgs;
use crate::config::Config;
use crate::msg::FailureKind;
use crate::remote::Remote;
use crate::remote::store::MemoryFile;
use api::Codigo;
use api::sesion::{Credenciales, SesionNueva};

/// Signs in and keeps the token.
pub async fn login(config: &Config, args: &ServiceArgs) -> Outcome {
    let memory = MemoryFile::standard().map(|file| file.load()).unwrap_or_default();
    let mut target = service::target(config, args, &memory)?;
    target.token = None;
    let remote = service::connect(&target)?;
    confirm_certificate(&remote).await?;
    let usuario = match service::user(config, args, &memory, &target.url) {
        Some(usuario) => usuario,
        None => service::ask("Usuario: ", false)?,
    };
    let clave = match std::env::var(service::PASSWORD_VAR) {
        Ok(clave) => clave,
        Err(_) => service::ask(&format!("Clave de {usuario}: "), true)?,
    };
    let nueva = sign_in(&remote, &usuario, clave).await?;
    let (url, ca, huella) = (target.url, args.ca.clone(), remote.pin().confirmed());
    let ca = ca.map(|path| std::path::absolute(&path).unwrap_or(path));
    service::remember(move |memory| {
        memory.ultimo = Some(url.clone());
        let server = memory.servidores.entry(url).or_default();
        server.usuario = Some(usuario);
        server.token = Some(nueva.token);
        server.huella = huella.or(server.huella.take());
        server.ca = ca.or(server.ca.take());
    })?;
    output::text_line(&format!("Sesión iniciada: {}.", nueva.persona.nombre))
}

async fn sign_in(remote: &Remote, usuario: &str, clave: String) -> Result<SesionNueva, CommandError> {
    let dispositivo = Some(service::device());
    let mut credenciales = Credenciales { usuario: usuario.to_owned(), clave, codigo: None, dispositivo };
    match remote.sign_in(&credenciales).await {
        Err(failure) if failure.codigo() == Some(Codigo::CodigoRequerido) => {
            credenciales.codigo = Some(service::ask("Código de un solo uso: ", false)?);
            Ok(remote.sign_in(&credenciales).await?)
        }
        answer => Ok(answer?),
    }
}

/// Shows a certificate that nobody vouches for, and takes it when the person says so.
async fn confirm_certificate(remote: &Remote) -> Outcome {
    let Err(failure) = remote.servidor().await else { return Ok(()) };
    let Some(sha256) = remote.pin().take_refused() else { return Err(failure.into()) };
    if failure.kind != FailureKind::Offline {
        return Err(failure.into());
    }
    if let Some(before) = remote.pin().confirmed() {
        eprintln!("¡Atención! El certificado de este servicio ha cambiado. Antes: {before}");
    }
    eprintln!("Nadie responde por el certificado de {}. Su SHA-256 es:\n  {sha256}", remote.url());
    let answer = service::ask("Compárelo con el que le ha dado su administrador. ¿Es el mismo? (s/N): ", false)?;
    if !matches!(answer.trim(), "s" | "S" | "si" | "sí") {
        return Err(CommandError::Refused("No se ha confirmado el certificado; no se ha enviado nada.".to_owned()));
    }
    remote.pin().confirm(sha256);
    Ok(())
}

/// Ends the kept session here and at the service.
pub async fn logout(config: &Config, args: &ServiceArgs) -> Outcome {
    let memory = MemoryFile::standard().map(|file| file.load()).unwrap_or_default();
    let target = service::target(config, args, &memory)?;
    if target.token.is_none() {
        return output::text_line("No había sesión guardada.");
    }
    let remote = service::connect(&target)?;
    let ended = remote.sign_out().await;
    let url = target.url;
    service::remember(move |memory| memory.servidores.entry(url).or_default().token = None)?;
    match ended {
        Err(failure) if failure.kind == FailureKind::Offline => {
            output::text_line("Sesión olvidada aquí; el servicio no responde y la cerrará al caducar.")
        }
        _ => output::text_line("Sesión cerrada."),
    }
}
