//! `validar` and `rechazar`.

use super::{Outcome, output, service};
use crate::cli::{DocumentArgs, RechazarArgs};
use crate::config::Config;
use api::documento::{DocumentoVista, Revision};
use domain::DocumentoId;

/// Validates the current version.
pub async fn validate(config: &Config, args: DocumentArgs) -> Outcome {
    let remote = service::signed_in(config, &args.script.service).await?;
    let id = DocumentoId(args.documento);
    let looked_at = Revision { sha256: remote.documento(id).await?.sha256, motivo: None };
    print(&remote.validate(id, &looked_at, &service::new_key()).await?, args.script.json)
}

/// Rejects the current version.
pub async fn reject(config: &Config, args: RechazarArgs) -> Outcome {
    let remote = service::signed_in(config, &args.script.service).await?;
    let id = DocumentoId(args.documento);
    let looked_at = Revision { sha256: remote.documento(id).await?.sha256, motivo: Some(args.motivo) };
    print(&remote.reject(id, &looked_at, &service::new_key()).await?, args.script.json)
}

fn print(documento: &DocumentoVista, json: bool) -> Outcome {
    if json {
        return output::json(documento);
    }
    output::text_line(&format!("{}  {}  {}", documento.id, documento.estado.as_str(), documento.nombre))
}
