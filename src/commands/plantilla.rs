//! `plantilla`: a document from a template, or the templates there are.

use super::{CommandError, Outcome, output, service};
use crate::cli::PlantillaArgs;
use crate::config::Config;
use crate::msg::Failure;
use domain::{PlantillaId, gate};

/// Makes it, or lists those that this expediente's index asks for.
pub async fn run(config: &Config, args: PlantillaArgs) -> Outcome {
    let remote = service::signed_in(config, &args.script.service).await?;
    let id = service::find_expediente(&remote, &args.expediente).await?;
    let json = args.script.json;
    if let Some(plantilla) = args.plantilla {
        if !domain::id::is_slug(&plantilla) {
            return Err(CommandError::Usage(
                "Ese nombre no es de ninguna plantilla: sin él se muestran las que hay.".to_owned(),
            ));
        }
        let plantilla = PlantillaId::from(plantilla);
        let made = remote.from_template(id, &plantilla, args.con_huecos, &service::new_key()).await?;
        return if json { output::json(&made) } else { output::text_line(&format!("{}  {}", made.id, made.nombre)) };
    }
    let detalle = remote.detalle(id, None).await?.ok_or_else(Failure::broken)?;
    let modelo = remote.modelo(&detalle.modelo).await?.modelo;
    let holds = |one: &&domain::Plantilla| gate::holds(&modelo, one.si.as_deref(), &detalle.indice);
    let offered: Vec<_> = modelo.plantillas.iter().filter(holds).collect();
    if json {
        return output::json(&offered);
    }
    let rows = offered.iter().map(|one| {
        let tipo = modelo.tipo(&one.tipo).map_or_else(|| one.tipo.to_string(), |tipo| tipo.nombre.clone());
        vec![one.id.to_string(), one.nombre.clone(), tipo]
    });
    output::table(&rows.collect::<Vec<_>>())
}
