//! A document made from a template: the index of an expediente on paper, to be printed and signed.

use super::documentos::{Clave, Entrada, add, find_live, modelo_of, require_open};
use super::expedientes::is_visible;
use super::{Actor, Once, Work};
use crate::config::nombre_de;
use crate::store::expedientes::{self, ExpedienteRow};
use crate::store::{duplicados, personas};
use crate::{AppError, AppResult, AppState};
use api::documento::DocumentoVista;
use api::plantilla::PlantillaPedido;
use api::problem::CampoMalo;
use api::{Codigo, Problem};
use domain::campo::{self, TipoCampo};
use domain::{CampoIndice, ExpedienteId, Indice, Modelo, Permiso, PlantillaId, Valor, clean_file_name, gate};
use plantilla::{Dato, Datos, Error, Hoja, Plantilla, Vale};
use render::Formato;

/// Makes the document and adds it as an upload would be.
///
/// It is made without the database held; then, in one transaction, it becomes a document, unless the same key did it meanwhile.
pub async fn hacer(
    state: &AppState,
    actor: &Actor,
    clave: &Clave,
    id: ExpedienteId,
    plantilla: &PlantillaId,
    pedido: &PlantillaPedido,
) -> AppResult<DocumentoVista> {
    actor.require(Permiso::Subir)?;
    // What was done under this key is answered, whatever the expediente is like by now.
    if clave.key.is_some()
        && let Once::Done(vista) = begin(state, actor, clave).await?
    {
        return Ok(vista);
    }
    let hecho = escribir(state, actor, id, plantilla, pedido).await?;
    let bytes = hecho.pdf.len() as u64;
    let sum = state.blobs.put(hecho.pdf.clone()).await?;
    let mut work = match begin(state, actor, clave).await? {
        Once::Done(vista) => return Ok(vista),
        Once::Fresh(work) => work,
    };
    // It may have been there as one that no row named, and been removed since; while this write lasts nothing is removed.
    if state.blobs.size(&sum).await? != Some(bytes) {
        state.blobs.put(hecho.pdf).await?;
    }
    let entrada = Entrada {
        expediente: id,
        tipo: &hecho.tipo,
        version_de: None,
        nombre: &hecho.nombre,
        sum,
        bytes,
        formato: Formato::Pdf,
    };
    let documento = add(state, actor, &mut work, &entrada).await?;
    let mut rows = [find_live(&mut work.tx, actor, documento).await?];
    duplicados::mark(&mut work.tx, &actor.scope, &mut rows).await?;
    let vista = rows[0].vista();
    work.commit_answer(201, &vista).await?;
    Ok(vista)
}

async fn begin<'a>(state: &'a AppState, actor: &'a Actor, clave: &Clave) -> AppResult<Once<Work<'a>, DocumentoVista>> {
    Work::begin_once(state, actor, clave.key.as_deref(), clave.huella.clone()).await
}

/// A document that is not among the originals yet.
struct Hecho {
    pdf: Vec<u8>,
    nombre: String,
    tipo: domain::TipoId,
}

async fn escribir(
    state: &AppState,
    actor: &Actor,
    id: ExpedienteId,
    plantilla: &PlantillaId,
    pedido: &PlantillaPedido,
) -> AppResult<Hecho> {
    let mut conn = state.db.snapshot().await?;
    let row =
        expedientes::find(&mut conn, &actor.scope, id).await?.ok_or_else(|| AppError::not_found("ese expediente"))?;
    require_open(&row)?;
    let modelo = modelo_of(state, &row)?;
    let indice = expedientes::indice(&mut conn, id).await?;
    let asesor = personas::nombre(&mut conn, row.asesor_id).await?;
    drop(conn);

    let config = state.config();
    let found = modelo.plantillas.iter().find(|found| &found.id == plantilla);
    let (found, text) = found
        .and_then(|found| Some((found, config.texto(&modelo.id, &found.id)?.to_owned())))
        .ok_or_else(|| AppError::not_found("esa plantilla en el modelo del expediente"))?;
    if !gate::holds(&modelo, found.si.as_deref(), &indice) {
        return Err(AppError::refused(
            Codigo::Estado,
            format!(
                "La plantilla «{}» no es para este expediente: revise los datos del índice de que depende.",
                found.nombre
            ),
        ));
    }
    let entidad = config.entidad(&row.entidad()).map_or_else(|| row.entidad.clone(), |entidad| entidad.nombre.clone());
    let hoy = campo::show_fecha(&state.clock.today().to_string());
    let mut datos: Datos = modelo
        .campos
        .iter()
        .filter(|campo| is_visible(&actor.scope, &modelo, &campo.id))
        .filter_map(|campo| Some((nombre_de(&campo.id), dato(campo, indice.get(&campo.id)?))))
        .collect();
    datos.extend(palabras(&row, &modelo, &entidad, &asesor, &hoy));
    let hoja = Hoja {
        titulo: found.nombre.clone(),
        emisor: entidad,
        expediente: format!("Expediente {}", row.numero),
        fecha: hoy,
    };
    let con_huecos = pedido.con_huecos;
    let made = tokio::task::spawn_blocking(move || {
        let plantilla = Plantilla::leer(&text)?;
        let vacios = plantilla.vacios(&datos)?;
        if !vacios.is_empty() && !con_huecos {
            return Ok(Err(vacios));
        }
        plantilla.pdf(&datos, &hoja).map(Ok)
    });
    let pdf = match made.await.map_err(anyhow::Error::from)? {
        Ok(Ok(pdf)) => pdf,
        Ok(Err(vacios)) => return Err(faltan(actor, &modelo, &indice, &vacios)),
        Err(Error::Larga) => {
            return Err(AppError::refused(
                Codigo::Estado,
                "El documento saldría demasiado largo; acorte los datos del índice, o avise a quien lleva la configuración.",
            ));
        }
        // Accepted by an earlier program, which checked less.
        Err(Error::Errata(errata)) => {
            return Err(AppError::refused(
                Codigo::Estado,
                format!(
                    "La plantilla «{}» está mal, línea {}; avise a quien lleva la configuración. {}",
                    found.nombre, errata.linea, errata.mensaje
                ),
            ));
        }
        Err(cause) => return Err(anyhow::Error::from(cause).into()),
    };
    let nombre = clean_file_name(&format!("{} {}.pdf", found.nombre, row.numero));
    Ok(Hecho { pdf, nombre, tipo: found.tipo.clone() })
}

/// What a template can print besides the index.
fn palabras(
    row: &ExpedienteRow,
    modelo: &Modelo,
    entidad: &str,
    asesor: &str,
    hoy: &str,
) -> impl Iterator<Item = (String, Dato)> + use<> {
    let fase = modelo.fase(&row.fase()).map_or_else(|| row.fase.clone(), |fase| fase.nombre.clone());
    // In the order of `config::PALABRAS`.
    let values =
        [row.numero.clone(), entidad.to_owned(), modelo.nombre.clone(), fase, asesor.to_owned(), hoy.to_owned()];
    crate::config::PALABRAS.map(str::to_owned).into_iter().zip(values.map(Dato::texto))
}

/// A value as it is printed, and as conditions see it: a choice by its slug, money in euros.
fn dato(campo: &CampoIndice, valor: &Valor) -> Dato {
    #[allow(clippy::cast_precision_loss, reason = "amounts are far below 2^53 cents")]
    let vale = match (campo.tipo, valor) {
        (TipoCampo::Dinero, Valor::Entero(cents)) => Vale::Numero(*cents as f64 / 100.0),
        (_, Valor::Entero(number)) => Vale::Numero(*number as f64),
        (_, Valor::Logico(yes)) => Vale::Si(*yes),
        (_, Valor::Texto(text)) => Vale::Texto(text.clone()),
    };
    let texto = match (campo.tipo, valor) {
        (TipoCampo::Entero, Valor::Entero(number)) => miles(*number),
        _ => campo::show(campo, valor),
    };
    Dato { texto, vale }
}

/// A number with dots by the thousand from five digits on: 23.500, but 2026.
fn miles(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    if digits.len() < 5 {
        return number.to_string();
    }
    let mut out = if number < 0 { "-".to_owned() } else { String::new() };
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// 422 with every field that the template prints and that is empty, or that this person may not see.
fn faltan(actor: &Actor, modelo: &Modelo, indice: &Indice, vacios: &[String]) -> AppError {
    let mut campos = Vec::new();
    let mut labels = Vec::new();
    let mut hidden = false;
    for nombre in vacios {
        match modelo.campos.iter().find(|campo| &nombre_de(&campo.id) == nombre) {
            Some(campo) if is_visible(&actor.scope, modelo, &campo.id) && !indice.contains_key(&campo.id) => {
                labels.push(format!("«{}»", campo.nombre));
                let mensaje = format!("«{}» está vacío y el documento lo lleva: rellénelo.", campo.nombre);
                campos.push(CampoMalo { campo: campo.id.to_string(), mensaje });
            }
            _ => hidden = true,
        }
    }
    if hidden {
        let mensaje = "El documento lleva un dato que usted no ve: pídalo a quien lo vea, o deje el hueco.".to_owned();
        campos.push(CampoMalo { campo: "plantilla".to_owned(), mensaje });
        labels.push("un dato que usted no ve".to_owned());
    }
    let (missing, fill) = if labels.len() == 1 { ("falta", "rellénelo") } else { ("faltan", "rellénelos") };
    let detail = format!(
        "Para este documento {missing} {}; {fill} en el índice, o pida el documento con huecos.",
        labels.join(", ")
    );
    let mut problem = Problem::new(Codigo::DatosInvalidos, detail);
    problem.campos = campos;
    AppError::Refused(Box::new(problem))
}

#[cfg(test)]
mod tests {
    use super::miles;

    #[test]
    fn kilometres_have_dots_and_years_none() {
        for (number, text) in
            [(0, "0"), (2026, "2026"), (23_500, "23.500"), (1_234_567, "1.234.567"), (-10_000, "-10.000")]
        {
            assert_eq!(miles(number), text);
        }
    }
}
