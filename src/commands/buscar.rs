//! `buscar`: the list, for scripts.

use super::{CommandError, Outcome, output, service};
use crate::cli::BuscarArgs;
use crate::config::Config;
use crate::remote::Remote;
use crate::remote::store::MemoryFile;
use api::lista::{Fila, ListaParams};
use domain::{Modelo, ModeloId};

/// Prints the expedientes that answer the search; stops at `--limite`, taking as many pages as it needs.
pub async fn run(config: &Config, args: BuscarArgs) -> Outcome {
    let remote = service::signed_in(config, &args.script.service).await?;
    let q = Some(args.q.join(" ")).filter(|q| !q.is_empty());
    let (entidad, modelo) = choice(&remote, args.entidad, args.modelo).await?;
    let mut params = ListaParams {
        entidad,
        modelo,
        q,
        orden: Some(args.orden),
        limite: Some(args.limite.clamp(1, 200)),
        cursor: None,
    };
    let first = remote.lista(&params).await?;
    let (total, minimum) = (first.total.unwrap_or_default(), first.total_es_minimo);
    let mut rows = first.items;
    params.cursor = first.siguiente;
    while params.cursor.is_some() && rows.len() < args.limite as usize {
        let page = remote.lista(&params).await?;
        rows.extend(page.items);
        params.cursor = page.siguiente;
    }
    rows.truncate(args.limite as usize);
    if args.script.json {
        return output::json(&serde_json::json!({ "items": rows, "total": total, "total_es_minimo": minimum }));
    }
    let modelo = remote.modelo(&ModeloId::from(params.modelo.as_str())).await?.modelo;
    output::table(&rows.iter().map(|fila| row(&modelo, fila)).collect::<Vec<_>>())?;
    if params.cursor.is_some() || (rows.len() as u64) < total {
        let more = if minimum { "más de " } else { "" };
        eprintln!("{} de {more}{total}; pida más con --limite.", rows.len());
    }
    Ok(())
}

fn row(modelo: &Modelo, fila: &Fila) -> Vec<String> {
    vec![
        fila.numero.clone(),
        fila.cliente.clone(),
        fila.vehiculo.clone(),
        fila.matricula.clone(),
        modelo.fase(&fila.fase).map_or_else(|| fila.fase.to_string(), |fase| fase.nombre.clone()),
        format!("{}/{}", fila.listos, fila.requeridos),
        fila.pedido.as_deref().map(date).unwrap_or_default(),
        fila.asesor.clone(),
    ]
}

/// A date as people write it, and as `mostrar` does.
fn date(iso: &str) -> String {
    iso.parse::<jiff::civil::Date>().map_or_else(|_| iso.to_owned(), |date| date.strftime("%d/%m/%Y").to_string())
}

/// What was said, else the last choice, else the only one there is.
async fn choice(
    remote: &Remote,
    entidad: Option<String>,
    modelo: Option<String>,
) -> Result<(String, String), CommandError> {
    if let (Some(entidad), Some(modelo)) = (&entidad, &modelo) {
        return Ok((entidad.clone(), modelo.clone()));
    }
    let memory = MemoryFile::standard().map(|file| file.load()).unwrap_or_default();
    let last = memory.servidores.get(remote.url()).and_then(|server| server.eleccion.clone());
    let offered = remote.entidades().await?;
    let mut pairs = offered.iter().flat_map(|e| e.modelos.iter().map(|m| (e.id.to_string(), m.id.to_string())));
    let fits = |(e, m): &(String, String)| {
        entidad.as_ref().is_none_or(|wanted| wanted == e) && modelo.as_ref().is_none_or(|wanted| wanted == m)
    };
    if let Some(last) = last.filter(|last| fits(last) && pairs.clone().any(|pair| &pair == last)) {
        return Ok(last);
    }
    let fitting: Vec<_> = pairs.by_ref().filter(fits).collect();
    match fitting.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(CommandError::Refused(
            "No puede trabajar en esa entidad y ese modelo; vea cuáles tiene en el programa.".to_owned(),
        )),
        many => {
            let list: Vec<String> = many.iter().map(|(e, m)| format!("--entidad {e} --modelo {m}")).collect();
            Err(CommandError::Usage(format!("Diga entidad y modelo:\n  {}", list.join("\n  "))))
        }
    }
}
