//! `login` and `logout`: a session kept for the other commands.

use super::{CommandError, Outcome, output, service};
use crate::cli::ScriptArgs;
use crate::config::Config;
use crate::msg::FailureKind;
use crate::remote::Remote;
use crate::remote::store::MemoryFile;
use api::Codigo;
use api::sesion::{Credenciales, SesionNueva};

/// Said instead of asking, where nobody can answer.
const NO_CODE: &str =
    "Este usuario tiene segundo factor y aquí no se puede pedir su código: repita la orden en un terminal.";
const NO_CONFIRMATION: &str = "Falta confirmar esa huella y aquí no se puede preguntar: repita la orden en un terminal, o dé con --ca la autoridad del servicio.";

/// Signs in and keeps the token.
pub async fn login(config: &Config, script: &ScriptArgs) -> Outcome {
    let args = &script.service;
    let memory = MemoryFile::standard().map(|file| file.load()).unwrap_or_default();
    let mut target = service::target(config, args, &memory)?;
    target.token = None;
    let remote = service::connect(&target)?;
    confirm_certificate(&remote).await?;
    let usuario = match service::user(config, args, &memory, &target.url) {
        Some(usuario) => usuario,
        None => service::ask("Usuario: ", false, "Falta el usuario: use --user NOMBRE.")?,
    };
    let clave = match service::scripted_password() {
        Some(clave) => clave,
        None => service::ask(&format!("Clave de {usuario}: "), true, service::NO_PASSWORD)?,
    };
    let SesionNueva { token, caduca, persona } = sign_in(&remote, &usuario, clave).await?;
    let (url, ca, huella) = (target.url, args.ca.clone(), remote.pin().confirmed());
    let ca = ca.map(|path| std::path::absolute(&path).unwrap_or(path));
    service::remember(move |memory| {
        memory.ultimo = Some(url.clone());
        let server = memory.servidores.entry(url).or_default();
        server.usuario = Some(usuario);
        server.token = Some(token);
        server.huella = huella.or(server.huella.take());
        server.ca = ca.or(server.ca.take());
    })?;
    if script.json {
        return output::json(&serde_json::json!({ "servidor": remote.url(), "persona": persona, "caduca": caduca }));
    }
    output::text_line(&format!("Sesión iniciada: {}.", persona.nombre))
}

async fn sign_in(remote: &Remote, usuario: &str, clave: String) -> Result<SesionNueva, CommandError> {
    let dispositivo = Some(service::device());
    let mut credenciales = Credenciales { usuario: usuario.to_owned(), clave, codigo: None, dispositivo };
    match remote.sign_in(&credenciales).await {
        Err(failure) if failure.codigo() == Some(Codigo::CodigoRequerido) => {
            credenciales.codigo = Some(service::ask("Código de un solo uso: ", false, NO_CODE)?);
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
    let question = "Compárelo con el que le ha dado su administrador. ¿Es el mismo? (s/N): ";
    let answer = service::ask(question, false, NO_CONFIRMATION)?;
    if !matches!(answer.trim(), "s" | "S" | "si" | "sí") {
        return Err(CommandError::Refused("No se ha confirmado el certificado; no se ha enviado nada.".to_owned()));
    }
    remote.pin().confirm(sha256);
    Ok(())
}

/// Ends the kept session here and at the service.
pub async fn logout(config: &Config, script: &ScriptArgs) -> Outcome {
    let memory = MemoryFile::standard().map(|file| file.load()).unwrap_or_default();
    let target = service::target(config, &script.service, &memory)?;
    if target.token.is_none() {
        return output::said(script.json, "No había sesión guardada.");
    }
    let remote = service::connect(&target)?;
    let ended = remote.sign_out().await;
    let url = target.url;
    service::remember(move |memory| memory.servidores.entry(url).or_default().token = None)?;
    match ended {
        Err(failure) if failure.kind == FailureKind::Offline => {
            output::said(script.json, "Sesión olvidada aquí; el servicio no responde y la cerrará al caducar.")
        }
        _ => output::said(script.json, "Sesión cerrada."),
    }
}
