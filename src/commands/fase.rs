//! `avanzar`: to the next fase, through the gate.

use super::{CommandError, Outcome, output, service};
use crate::cli::OneArgs;
use crate::config::Config;
use crate::msg::Failure;
use api::fase::{FaseCambio, Paso};

/// Moves it on, or says what is missing.
pub async fn run(config: &Config, args: OneArgs) -> Outcome {
    let remote = service::signed_in(config, &args.script.service).await?;
    let id = service::find_expediente(&remote, &args.expediente).await?;
    let detalle = remote.detalle(id, None).await?.ok_or_else(Failure::broken)?;
    let cambio = FaseCambio { paso: Paso::Avanzar, motivo: None };
    match remote.change_fase(id, detalle.revision, &cambio, &service::new_key()).await {
        Ok(done) if args.script.json => output::json(&done),
        Ok(done) => output::text_line(&format!("{} está en {}.", detalle.numero, done.fase)),
        Err(failure) => {
            let faltas = failure.problem.as_ref().map(|problem| problem.faltas.clone()).unwrap_or_default();
            if faltas.is_empty() {
                return Err(failure.into());
            }
            let names: Vec<&str> = faltas.iter().map(|falta| falta.nombre.as_str()).collect();
            Err(CommandError::Refused(format!("{} Falta: {}.", failure.sentence, names.join(", "))))
        }
    }
}
