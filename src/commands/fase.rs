//! `avanzar`: to the next fase, through the gate.

use super::{Outcome, output, service};
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
    let done = remote.change_fase(id, detalle.revision, &cambio, &service::new_key()).await?;
    if args.script.json {
        return output::json(&done);
    }
    let modelo = remote.modelo(&detalle.modelo).await?.modelo;
    let fase = modelo.fase(&done.fase).map_or_else(|| done.fase.to_string(), |fase| fase.nombre.clone());
    output::text_line(&format!("{} está en {fase}.", detalle.numero))
}
