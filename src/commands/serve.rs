//! `serve`: the service.

use super::{CommandError, Outcome};
use crate::cli::ServeArgs;
use server::Settings;
use std::path::Path;

/// Serves until SIGTERM or SIGINT.
pub async fn run(args: ServeArgs) -> Outcome {
    let settings = settings(&args.config)?;
    if !settings.database_file().exists() {
        return Err(CommandError::Usage(super::admin::no_service(&settings)));
    }
    crate::logging::service();
    let own_certificate = settings.certificado.is_none();
    let folder = settings.datos.join("tls");
    let running = server::start(settings).await?;
    eprintln!("El servicio escucha en https://{}", running.addr);
    if own_certificate {
        eprintln!("Su certificado es propio. SHA-256, para confirmarlo en cada cliente:\n  {}", running.fingerprint);
    }
    match &running.oficina {
        Some(program) => eprintln!("Los documentos de oficina se ven por páginas, con {}", program.display()),
        None => eprintln!("Los documentos de oficina se ven en vista sencilla: no hay LibreOffice, o no se quiere"),
    }
    if !running.missing_names.is_empty() {
        eprintln!(
            "Aviso: ese certificado se hizo con otros nombres y no lleva {}. Para que el servicio haga otro, párelo, borre {} y vuelva a \
             arrancarlo; cada cliente tendrá que confirmar la huella nueva.",
            running.missing_names.join(", "),
            folder.display()
        );
    }
    stop_signal().await?;
    tracing::info!("stopping");
    running.stop().await;
    Ok(())
}

/// Reads the settings of a service; a mistake is named with its line.
pub fn settings(path: &Path) -> Result<Settings, CommandError> {
    Settings::read(path).map_err(|wrong| CommandError::Usage(wrong.to_string()))
}

/// Waits for SIGTERM or SIGINT.
pub async fn stop_signal() -> Outcome {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut term, mut int) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        tokio::select! {
            _ = term.recv() => {}
            _ = int.recv() => {}
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await?;
    Ok(())
}
