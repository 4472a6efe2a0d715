//! `bajar`: saves an original.

use super::{CommandError, Outcome, output, service};
use crate::cli::BajarArgs;
use crate::config::Config;
use crate::runtime::transfers::{Meter, download};
use domain::DocumentoId;

/// Saves it under its own name and prints where.
pub async fn run(config: &Config, args: BajarArgs) -> Outcome {
    // A mistyped folder would be made, and the file lost in it.
    if !args.carpeta.is_dir() {
        let shown = args.carpeta.display();
        return Err(CommandError::Usage(format!("No existe la carpeta «{shown}»: hágala antes, o diga otra.")));
    }
    let remote = service::signed_in(config, &args.script.service).await?;
    // Nobody watches: what the meter tells goes nowhere.
    let (out, _) = tokio::sync::mpsc::channel(1);
    let path = download(&remote, DocumentoId(args.documento), &args.carpeta, &mut Meter::new(0, out)).await?;
    if args.script.json {
        return output::json(&serde_json::json!({ "documento": args.documento, "fichero": path }));
    }
    output::text_line(&path.display().to_string())
}
