//! `ver`: prints a page, of a document or of a file of this machine, with viuer.

use super::{CommandError, Outcome, output, service};
use crate::cli::VerArgs;
use crate::config::Config;
use crate::msg::Answer;
use crate::remote::Remote;
use crate::state::nitidez::Nitidez;
use crate::state::preview::Signature;
use crate::state::preview::secret::Secret;
use api::Codigo;
use domain::DocumentoId;
use render::{Archivo, Calidad, Clave, Peticion, RenderError};
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

/// The variable with the password of a document that asks for one.
const PASSWORD: &str = "EXPEDIENTES_CLAVE_DOCUMENTO";

/// What came of trying to read a page.
enum Read<T> {
    Done(T),
    /// The document asks for a password, or for another one: one sentence.
    Locked(String),
}

/// Reads with the password of the environment; on a terminal one that is missing or wrong is asked for.
async fn unlocked<T, F>(read: impl Fn(Option<Secret>) -> F) -> Result<T, CommandError>
where
    F: Future<Output = Result<Read<T>, CommandError>>,
{
    let mut clave = std::env::var(PASSWORD).ok().filter(|clave| !clave.is_empty()).map(Secret);
    loop {
        match read(clave).await? {
            Read::Done(done) => return Ok(done),
            Read::Locked(sentence) => {
                let missing = format!("{sentence} Póngala en {PASSWORD}, o use un terminal.");
                clave = Some(Secret(service::ask(&format!("{sentence}\nClave del documento: "), true, &missing)?));
            }
        }
    }
}

async fn text(source: &Source, page: u32) -> Result<String, CommandError> {
    unlocked(async |clave| match source {
        Source::File(bytes) => {
            let text = local(bytes, clave, |archivo| render::texto(archivo, Some(page)))?;
            Ok(text.map(|text| crate::remote::clean::clean_text(&text)))
        }
        Source::Document(remote, id) => {
            let answer = remote.texto(*id, page, clave.as_ref()).await;
            Ok(answered(answer)?.map(|(text, _)| text))
        }
    })
    .await
}

async fn picture(source: &Source, page: u32, cells: (u16, u16)) -> Result<Vec<u8>, CommandError> {
    let (ancho, alto) = (u32::from(cells.0) * CELL.0, u32::from(cells.1) * CELL.1);
    unlocked(async |clave| match source {
        Source::File(bytes) => {
            let request = Peticion { pagina: page, ancho, alto, giro: 0, calidad: Calidad::Completa, recorte: None };
            let page = local(bytes, clave, |archivo| render::pagina(archivo, &request))?;
            Ok(page.map(|page| page.bytes))
        }
        Source::Document(remote, id) => {
            let signature = Signature {
                documento: *id,
                sha256: String::new(),
                page,
                width: ancho.clamp(16, 4096),
                height: alto.clamp(16, 4096),
                rotation: 0,
                text: false,
                nitidez: Nitidez::Completa,
                percent: 100,
                crop: None,
            };
            Ok(answered(remote.pagina(&signature, clave.as_ref()).await)?.map(|page| page.bytes))
        }
    })
    .await
}

impl<T> Read<T> {
    fn map<U>(self, what: impl FnOnce(T) -> U) -> Read<U> {
        match self {
            Self::Done(done) => Read::Done(what(done)),
            Self::Locked(sentence) => Read::Locked(sentence),
        }
    }
}

/// A file of this machine, drawn here.
fn local<T>(
    bytes: &[u8],
    clave: Option<Secret>,
    draw: impl FnOnce(Archivo<'_>) -> Result<T, RenderError>,
) -> Result<Read<T>, CommandError> {
    let clave = clave.and_then(|Secret(clave)| Clave::new(clave));
    match draw(Archivo { bytes, clave: clave.as_ref() }) {
        Ok(done) => Ok(Read::Done(done)),
        Err(error @ (RenderError::ClaveNecesaria | RenderError::ClaveIncorrecta)) => {
            Ok(Read::Locked(error.to_string()))
        }
        Err(error) => Err(CommandError::Refused(format!("No se puede mostrar: {error}"))),
    }
}

/// What the service has answered.
fn answered<T>(answer: Answer<T>) -> Result<Read<T>, CommandError> {
    match answer {
        Ok(done) => Ok(Read::Done(done)),
        Err(failure) => match failure.problem.as_ref().map(|problem| problem.codigo) {
            Some(Codigo::ClaveNecesaria | Codigo::ClaveIncorrecta) => Ok(Read::Locked(failure.sentence)),
            _ => Err(failure.into()),
        },
    }
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
