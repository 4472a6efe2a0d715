//! Moving through fases.

use super::detalle::named;
use super::recount::recount_with;
use super::{find, require_current, require_motivo, require_revision};
use crate::app::documentos::{Clave, modelo_of, require_open};
use crate::app::{Actor, Change, Once, Work};
use crate::store::expedientes::{self as store, ExpedienteRow, place_of};
use crate::store::historial::{self, Nueva};
use crate::store::{documentos, indexado};
use crate::{AppError, AppResult, AppState};
use api::evento::Clase;
use api::expediente::Cambiado;
use api::fase::{FaseCambio, Paso};
use api::{Codigo, Problem};
use domain::gate::{DocumentoEnPuerta, Falta, faltas, next_fase, open_avisos, previous_fase};
use domain::{ExpedienteId, FaseId, Indice, Modelo, Permiso};
use serde_json::json;
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

/// Moves an expediente a fase on, or back.
pub async fn mover(
    state: &AppState,
    actor: &Actor,
    clave: &Clave,
    id: ExpedienteId,
    if_match: Option<i64>,
    cambio: &FaseCambio,
) -> AppResult<Cambiado> {
    actor.require(match cambio.paso {
        Paso::Avanzar => Permiso::Avanzar,
        Paso::Forzar => Permiso::Forzar,
        Paso::Retroceder => Permiso::Retroceder,
    })?;
    let mut work = match Work::begin_once(state, actor, clave.key.as_deref(), clave.huella.clone()).await? {
        Once::Fresh(work) => work,
        Once::Done(answer) => return Ok(answer),
    };
    let row = find(&mut work.tx, &actor.scope, id).await?;
    let modelo = modelo_of(state, &row)?;
    let revision = require_revision(if_match)?;
    require_current(&mut work.tx, &actor.scope, &modelo, &row, revision).await?;
    let indice = store::indice(&mut work.tx, id).await?;
    let step = step(&mut work.tx, actor, &modelo, &row, &indice, cambio).await?;

    indexado::move_to(&mut work.tx, &modelo, &row, &step.fase).await?;
    let revision = recount_with(&mut work.tx, &modelo, id, &step.fase, &indice, true).await?;
    let name = |fase: &FaseId| modelo.fase(fase).map_or_else(|| fase.to_string(), |found| found.nombre.clone());
    let mut texto = format!("{} → {}", name(&row.fase()), name(&step.fase));
    if !step.motivo.is_empty() {
        texto = format!("{texto}: {}", step.motivo);
    }
    let entry = Nueva {
        expediente: id,
        revision,
        cuando: work.now,
        usuario_id: actor.id.0,
        clase: step.clase,
        campos: &[],
        texto: &texto,
    };
    historial::append(&mut work.tx, &entry).await?;
    work.record(&Change {
        clase: step.clase,
        expediente: id,
        ambito: &row.ambito(),
        revision,
        documento: None,
        detalle: json!({"antes": row.fase, "ahora": step.fase, "motivo": step.motivo, "faltas": step.faltas}),
    })
    .await?;
    let answer = Cambiado { revision, campos: BTreeMap::new(), avisos: Vec::new(), fase: step.fase };
    work.commit_answer(200, &answer).await?;
    Ok(answer)
}

/// Where it goes, and what is said about it.
struct Step {
    fase: FaseId,
    clase: Clase,
    motivo: String,
    /// What was missing when the gate was forced.
    faltas: Vec<Falta>,
}

async fn step(
    conn: &mut SqliteConnection,
    actor: &Actor,
    modelo: &Modelo,
    row: &ExpedienteRow,
    indice: &Indice,
    cambio: &FaseCambio,
) -> AppResult<Step> {
    let here = row.fase();
    if cambio.paso == Paso::Retroceder {
        if row.cerrado {
            actor.require(Permiso::Cerrar)?;
        }
        let motivo = require_motivo(cambio.motivo.as_deref())?;
        let fase = previous_fase(modelo, indice, &here).cloned().ok_or_else(|| {
            AppError::refused(Codigo::Estado, "El expediente está en su primera fase y no puede retroceder.")
        })?;
        return Ok(Step { fase, clase: Clase::FaseRetrocedida, motivo, faltas: Vec::new() });
    }
    require_open(row)?;
    let fase = next_fase(modelo, indice, &here).cloned().ok_or_else(|| {
        AppError::refused(Codigo::Estado, "El expediente está en su última fase y no puede avanzar más.")
    })?;
    if place_of(modelo, &fase).1 {
        actor.require(Permiso::Cerrar)?;
    }
    let missing = missing(conn, modelo, row, indice).await?;
    if cambio.paso == Paso::Forzar {
        let motivo = require_motivo(cambio.motivo.as_deref())?;
        return Ok(Step { fase, clase: Clase::FaseForzada, motivo, faltas: missing });
    }
    if missing.is_empty() {
        return Ok(Step { fase, clase: Clase::FaseAvanzada, motivo: String::new(), faltas: missing });
    }
    let detail = match missing.len() {
        1 => "Falta una cosa para salir de esta fase; complétela y vuelva a avanzar.".to_owned(),
        n => format!("Faltan {n} cosas para salir de esta fase; complételas y vuelva a avanzar."),
    };
    let mut problem = Problem::new(Codigo::FaseBloqueada, detail);
    problem.faltas = missing.into_iter().map(|falta| named(modelo, &here, falta)).collect();
    Err(AppError::Refused(Box::new(problem)))
}

async fn missing(
    conn: &mut SqliteConnection,
    modelo: &Modelo,
    row: &ExpedienteRow,
    indice: &Indice,
) -> AppResult<Vec<Falta>> {
    let fase = row.fase();
    let estados = documentos::estados(conn, row.id()).await?;
    let at_door: Vec<DocumentoEnPuerta<'_>> = estados.iter().map(|(tipo, estado)| (tipo, *estado)).collect();
    let open = open_avisos(modelo, indice, &fase, row.avisos);
    Ok(faltas(modelo, indice, &at_door, &fase).into_iter().chain(open).collect())
}
