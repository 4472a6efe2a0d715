//! `ver`: prints a page, of a document or of a file of this machine, with viuer.

use super::{CommandError, Outcome, output, service};
use crate::cli::VerArgs;
use crate::config::Config;
use crate::remote::Remote;
use crate::state::nitidez::Nitidez;
use crate::state::preview::Signature;
use domain::DocumentoId;
use render::{Calidad, Peticion};
use std::io::IsTerminal;
use std::path::Path;

/// Pixels of a cell when the terminal does not tell, for the size asked for.
const CELL: (u32, u32) = (8, 16);

/// Where the page comes from.
enum Source {
    /// A file of this machine: drawn here, in this process, for it is the person's own.
    File(Vec<u8>),
    /// A document of the service.
    Document(Remote, DocumentoId),
}

/// Prints picture or text. Into a pipe goes text alone: a picture is made of escape sequences there.
pub async fn run(config: &Config, args: VerArgs) -> Outcome {
    let source = open(config, &args).await?;
    let to_terminal = std::io::stdout().is_terminal();
    if to_terminal && !args.texto && !args.script.json {
        let cells = crossterm::terminal::size().unwrap_or((80, 24));
        let cells = (cells.0, cells.1.saturating_sub(1).max(1));
        let bytes = picture(&source, args.pagina, cells).await?;
        return print(&bytes, cells);
    }
    let text = text(&source, args.pagina).await?;
    if args.script.json {
        let documento = &args.documento;
        return output::json(&serde_json::json!({ "documento": documento, "pagina": args.pagina, "texto": text }));
    }
    if text.trim().is_empty() {
        let elsewhere = if to_terminal {
            "véala sin --texto"
        } else {
            "véala en un terminal, o guarde el original con «expedientes bajar»"
        };
        return Err(CommandError::Usage(format!("La página {} no tiene texto: {elsewhere}.", args.pagina)));
    }
    output::text_line(&text)
}

async fn open(config: &Config, args: &VerArgs) -> Result<Source, CommandError> {
    let path = Path::new(&args.documento);
    if path.is_file() {
        return Ok(Source::File(std::fs::read(path)?));
    }
    let Ok(id) = args.documento.parse::<DocumentoId>() else {
        return Err(CommandError::Usage(format!(
            "«{}» no es un fichero de esta máquina ni el id de un documento.",
            args.documento
        )));
    };
    Ok(Source::Document(service::signed_in(config, &args.script.service).await?, id))
}

async fn text(source: &Source, page: u32) -> Result<String, CommandError> {
    match source {
        Source::File(bytes) => {
            let text = render::texto(bytes, Some(page)).map_err(refused)?;
            Ok(crate::remote::clean::clean_text(&text))
        }
        Source::Document(remote, id) => Ok(remote.texto(*id, page, None).await?.0),
    }
}

async fn picture(source: &Source, page: u32, cells: (u16, u16)) -> Result<Vec<u8>, CommandError> {
    let (width, height) = (u32::from(cells.0) * CELL.0, u32::from(cells.1) * CELL.1);
    match source {
        Source::File(bytes) => {
            let request = Peticion {
                pagina: page,
                ancho: width,
                alto: height,
                giro: 0,
                calidad: Calidad::Completa,
                recorte: None,
            };
            Ok(render::pagina(bytes, &request).map_err(refused)?.bytes)
        }
        Source::Document(remote, id) => {
            let signature = Signature {
                documento: *id,
                sha256: String::new(),
                page,
                width: width.clamp(16, 4096),
                height: height.clamp(16, 4096),
                rotation: 0,
                text: false,
                nitidez: Nitidez::Completa,
                percent: 100,
                crop: None,
            };
            Ok(remote.pagina(&signature, None).await?.bytes)
        }
    }
}

fn refused(error: render::RenderError) -> CommandError {
    CommandError::Refused(format!("No se puede mostrar: {error}"))
}

/// On a terminal; viuer decides how.
fn print(bytes: &[u8], (columns, rows): (u16, u16)) -> Outcome {
    let picture = image::load_from_memory(bytes).map_err(anyhow::Error::from)?;
    // As large as fits: the side that would overflow is the one that is given.
    let tall = f64::from(picture.height()) / f64::from(picture.width()) > f64::from(rows) * 2.0 / f64::from(columns);
    let config = viuer::Config {
        absolute_offset: false,
        width: (!tall).then_some(u32::from(columns)),
        height: tall.then_some(u32::from(rows)),
        ..viuer::Config::default()
    };
    viuer::print(&picture, &config)
        .map_err(|error| CommandError::Refused(format!("El terminal no lo admite: {error}.")))?;
    Ok(())
}
