//! `mostrar`: one expediente whole.

use super::{Outcome, output, service};
use crate::cli::OneArgs;
use crate::config::Config;
use crate::msg::Failure;
use domain::campo;

/// Prints índice, documents and what is missing.
pub async fn run(config: &Config, args: OneArgs) -> Outcome {
    let remote = service::signed_in(config, &args.script.service).await?;
    let id = service::find_expediente(&remote, &args.expediente).await?;
    let detalle = remote.detalle(id, None).await?.ok_or_else(Failure::broken)?;
    if args.script.json {
        return output::json(&detalle);
    }
    let modelo = remote.modelo(&detalle.modelo).await?.modelo;
    let fase = modelo.fase(&detalle.fase).map_or_else(|| detalle.fase.to_string(), |fase| fase.nombre.clone());
    output::text_line(&format!("{}  {}  {}  rev. {}", detalle.numero, modelo.nombre, fase, detalle.revision))?;
    output::text_line("")?;
    let fields = modelo.campos.iter().filter_map(|campo| {
        let valor = detalle.indice.get(&campo.id)?;
        Some(vec![campo.nombre.clone(), campo::show(campo, valor)])
    });
    output::table(&fields.collect::<Vec<_>>())?;
    output::text_line("")?;
    let documents = detalle.documentos.iter().map(|documento| {
        let tipo = modelo.tipo(&documento.tipo).map_or_else(|| documento.tipo.to_string(), |tipo| tipo.nombre.clone());
        let estado = documento.estado.as_str().to_owned();
        vec![documento.id.to_string(), estado, tipo, documento.nombre.clone(), documento.motivo.clone()]
    });
    output::table(&documents.collect::<Vec<_>>())?;
    if !detalle.faltas.is_empty() {
        output::text_line("\nQué falta:")?;
        for falta in &detalle.faltas {
            output::text_line(&format!("  {}", falta.nombre))?;
        }
    }
    Ok(())
}
