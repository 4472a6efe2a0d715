//! `subir`: uploads files.

use super::{CommandError, Outcome, output, service};
use crate::cli::SubirArgs;
use crate::config::Config;
use crate::msg::Failure;
use crate::remote::patience::ride_out;
use crate::remote::{Remote, tus};
use api::Codigo;
use api::documento::DocumentoVista;
use domain::mistake::of_system;
use domain::{DocumentoId, EstadoDocumento, Modelo, TipoId, guess};
use std::io::{IsTerminal, Write};
use std::path::Path;

/// Uploads one after the other; stops at the first that is refused. A service that cannot be reached is told at once before the first
/// upload, and waited for from then on.
pub async fn run(config: &Config, args: SubirArgs) -> Outcome {
    args.files.iter().try_for_each(|path| readable(path))?;
    let remote = service::signed_in(config, &args.script.service).await?;
    let expediente = service::find_expediente(&remote, &args.expediente).await?;
    let detalle = remote.detalle(expediente, None).await?.ok_or_else(Failure::broken)?;
    let modelo = remote.modelo(&detalle.modelo).await?.modelo;
    let mut done = Vec::new();
    for path in &args.files {
        let nombre = domain::texto::clean_line(&path.file_name().unwrap_or_default().to_string_lossy());
        let tipo = tipo_of(&modelo, args.tipo.as_deref(), &nombre)?;
        let mut upload = tus::Upload {
            expediente,
            tipo,
            nombre: nombre.clone(),
            version_of: None,
            path: path.clone(),
            key: String::new(),
        };
        let documento = uploaded(&remote, &mut upload).await?;
        let id = documento.id;
        if documento.estado == EstadoDocumento::Rechazado {
            return Err(CommandError::Refused(format!(
                "«{nombre}» ya está en el expediente, es el documento {id}, y está rechazado ({}): corrija el fichero y súbalo entonces.",
                documento.motivo
            )));
        }
        if !args.script.json {
            output::text_line(&format!("{id}  {}  {nombre}", documento.tipo))?;
            if let Some(other) = &documento.duplicado {
                let there = if other.numero == detalle.numero {
                    "este mismo expediente".to_owned()
                } else {
                    other.numero.clone()
                };
                eprintln!("Se ha subido «{nombre}»; el mismo contenido está también en {there}.");
            }
        }
        done.push(documento);
    }
    if args.script.json { output::json(&done) } else { Ok(()) }
}

/// The document that this file is. One that was deleted since is not answered: the file is uploaded anew, under the key that comes after.
async fn uploaded(remote: &Remote, upload: &mut tus::Upload) -> Result<DocumentoVista, CommandError> {
    let mut deleted = None;
    loop {
        upload.key = key_of(upload, deleted)?;
        let id = upload_with_progress(remote, upload).await?;
        match ride_out(async || remote.documento(id).await).await {
            // The same document twice would be no progress.
            Err(failure) if is_gone(&failure) && deleted != Some(id) => deleted = Some(id),
            answer => return Ok(answer?),
        }
    }
}

fn is_gone(failure: &Failure) -> bool {
    failure.problem.as_ref().is_some_and(|problem| problem.codigo == Codigo::NoEncontrado)
}

/// Told before anything is sent, rather than halfway through.
fn readable(path: &Path) -> Outcome {
    let shown = path.display();
    match std::fs::metadata(path) {
        Ok(meta) if meta.is_dir() => {
            Err(CommandError::Usage(format!("«{shown}» es una carpeta: diga los ficheros, como {shown}/*.pdf.")))
        }
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(CommandError::Usage(format!("No existe el fichero «{shown}»: compruebe el nombre y la carpeta.")))
        }
        Err(error) => Err(CommandError::Usage(format!("No se puede leer «{shown}»: {}.", of_system(&error)))),
    }
}

fn tipo_of(modelo: &Modelo, said: Option<&str>, nombre: &str) -> Result<TipoId, CommandError> {
    if let Some(said) = said {
        let tipo = modelo.tipo(&TipoId::from(said)).map(|tipo| tipo.id.clone());
        return tipo.ok_or_else(|| CommandError::Usage(format!("Este modelo no tiene el tipo de documento «{said}».")));
    }
    let guess = guess::guess_tipo(modelo, nombre).map(|tipo| tipo.id.clone());
    guess.ok_or_else(|| CommandError::Usage(format!("No se adivina el tipo de «{nombre}»; dígalo con --tipo.")))
}

/// The same file for the same place is the same upload: a script that runs again after a cut goes on where it was. After a document of
/// that file that was deleted it is another.
fn key_of(upload: &tus::Upload, deleted: Option<DocumentoId>) -> Result<String, CommandError> {
    use sha2::{Digest, Sha256};
    let path = &upload.path;
    let meta = std::fs::metadata(path).map_err(|error| {
        CommandError::Refused(format!("No se puede leer «{}»: {}.", path.display(), of_system(&error)))
    })?;
    let modified =
        meta.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok()).unwrap_or_default();
    let full = std::path::absolute(path).unwrap_or_else(|_| path.clone());
    let mut text =
        format!("{}\n{}\n{}\n{}\n{}", upload.expediente, upload.tipo, full.display(), meta.len(), modified.as_nanos());
    if let Some(deleted) = deleted {
        text.push_str(&format!("\n{deleted}"));
    }
    Ok(Sha256::digest(text).iter().take(16).map(|byte| format!("{byte:02x}")).collect())
}

async fn upload_with_progress(remote: &Remote, upload: &tus::Upload) -> Result<domain::DocumentoId, CommandError> {
    let show = std::io::stderr().is_terminal();
    let mut progress = |done: u64, total: u64| {
        if show {
            eprint!("\r{:>3} % ", done * 100 / total.max(1));
            let _ = std::io::stderr().flush();
        }
    };
    let id = tus::upload(remote, upload, &mut progress).await;
    if show {
        eprint!("\r      \r");
    }
    Ok(id?)
}
