//! `indice`: shows or changes index fields.

use super::{CommandError, Outcome, output, service};
use crate::cli::IndiceArgs;
use crate::config::Config;
use crate::msg::Failure;
use api::expediente::{ExpedienteDetalle, IndiceCambio};
use api::problem::CampoMalo;
use domain::{CampoId, Modelo, Valor, campo};
use std::collections::BTreeMap;

/// With changes saves them; prints the index as it is afterwards.
pub async fn run(config: &Config, args: IndiceArgs) -> Outcome {
    let remote = service::signed_in(config, &args.script.service).await?;
    let id = service::find_expediente(&remote, &args.expediente).await?;
    let mut detalle = remote.detalle(id, None).await?.ok_or_else(Failure::broken)?;
    let modelo = remote.modelo(&detalle.modelo).await?.modelo;
    let mut avisos = Vec::new();
    if !args.cambios.is_empty() {
        let campos = changes(&modelo, &args.cambios)?;
        let key = service::new_key();
        avisos = remote.save_indice(id, detalle.revision, &IndiceCambio { campos }, &key).await?.avisos;
        detalle = remote.detalle(id, None).await?.ok_or_else(Failure::broken)?;
    }
    if args.script.json {
        let (revision, indice) = (detalle.revision, detalle.indice);
        return output::json(&serde_json::json!({ "revision": revision, "indice": indice, "avisos": avisos }));
    }
    for aviso in &avisos {
        eprintln!("{}: {}", aviso.campo, aviso.mensaje);
    }
    output::table(&rows(&modelo, &detalle))
}

fn rows(modelo: &Modelo, detalle: &ExpedienteDetalle) -> Vec<Vec<String>> {
    let row = |campo: &domain::CampoIndice| {
        let shown = detalle.indice.get(&campo.id).map(|valor| campo::show(campo, valor)).unwrap_or_default();
        vec![campo.id.to_string(), campo.nombre.clone(), shown]
    };
    modelo.campos.iter().map(row).collect()
}

/// Reads `campo=valor`; all that is wrong is told at once.
fn changes(modelo: &Modelo, texts: &[String]) -> Result<BTreeMap<CampoId, Option<Valor>>, CommandError> {
    let today = jiff::ZonedDateTime::now().date();
    let (mut campos, mut wrong) = (BTreeMap::new(), Vec::new());
    for text in texts {
        let Some((id, value)) = text.split_once('=') else {
            return Err(CommandError::Usage(format!("«{text}» no es un cambio; escríbalo como campo=valor.")));
        };
        let id = CampoId::from(id);
        let Some(campo) = modelo.campo(&id) else {
            return Err(CommandError::Usage(format!("Este modelo no tiene el campo «{id}».")));
        };
        match campo::parse(campo, value, today) {
            Ok(read) => drop(campos.insert(id, read.valor)),
            Err(error) => wrong.push(CampoMalo { campo: id.to_string(), mensaje: error.to_string() }),
        }
    }
    if wrong.is_empty() {
        return Ok(campos);
    }
    Err(CommandError::Fields("Hay datos que no valen; corríjalos.".to_owned(), wrong))
}
