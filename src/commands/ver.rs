//! `ver`: prints a page, of a document or of a file of this machine, with viuer.

use super::{CommandError, Outcome, output, service};
use crate::cli::VerArgs;
use crate::config::Config;
use crate::state::preview::Signature;
use domain::DocumentoId;
use render::{Calidad, Peticion};
use std::path::Path;

/// Pixels of a cell when the terminal does not tell, for the size asked for.
const CELL: (u32, u32) = (8, 16);

/// Prints picture or text.
pub async fn run(config: &Config, args: VerArgs) -> Outcome {
    let path = Path::new(&args.documento);
    let (columns, rows) = crossterm::terminal::size().unwrap_or((80, 24));
    let rows = rows.saturating_sub(1).max(1);
    let (width, height) = (u32::from(columns) * CELL.0, u32::from(rows) * CELL.1);
    if path.exists() {
        return of_file(path, &args, width, height, (columns, rows));
    }
    let Ok(id) = args.documento.parse::<DocumentoId>() else {
        return Err(CommandError::Usage(format!(
            "«{}» no es un fichero de esta máquina ni el id de un documento.",
            args.documento
        )));
    };
    let remote = service::signed_in(config, &args.service).await?;
    if args.texto {
        return output::text_line(&remote.texto(id, args.pagina).await?.0);
    }
    let signature = Signature {
        documento: id,
        sha256: String::new(),
        page: args.pagina,
        width: width.clamp(16, 4096),
        height: height.clamp(16, 4096),
        rotation: 0,
        text: false,
    };
    let (bytes, _) = remote.pagina(&signature, "completa").await?;
    print(&bytes, (columns, rows))
}

/// A file of this machine is drawn here, in this process: it is the person's own.
fn of_file(path: &Path, args: &VerArgs, width: u32, height: u32, cells: (u16, u16)) -> Outcome {
    let bytes = std::fs::read(path)?;
    let refused = |error: render::RenderError| CommandError::Refused(format!("No se puede mostrar: {error}"));
    if args.texto {
        let text = render::texto(&bytes, Some(args.pagina)).map_err(refused)?;
        return output::text_line(&crate::remote::clean::clean_text(&text));
    }
    let request = Peticion { pagina: args.pagina, ancho: width, alto: height, giro: 0, calidad: Calidad::Completa };
    print(&render::pagina(&bytes, &request).map_err(refused)?.bytes, cells)
}

/// Half blocks when standard output is no terminal that answers; viuer decides otherwise.
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
