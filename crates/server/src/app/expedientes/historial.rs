//! The history of an expediente.

use super::{deshacer, find, is_visible};
use crate::app::Actor;
use crate::app::documentos::modelo_of;
use crate::state::rfc3339;
use crate::store::{expedientes as store, historial as entries};
use crate::{AppResult, AppState};
use api::expediente::HistorialEntrada;
use domain::{ExpedienteId, Permiso};

/// Entries of one answer.
const LIMIT: u32 = 500;

/// The newest entries, newest first. Changes of hidden fields alone are left out.
pub async fn historial(state: &AppState, actor: &Actor, id: ExpedienteId) -> AppResult<Vec<HistorialEntrada>> {
    actor.require(Permiso::Ver)?;
    let mut conn = state.db.snapshot().await?;
    let row = find(&mut conn, &actor.scope, id).await?;
    let modelo = modelo_of(state, &row)?;
    let indice = store::indice(&mut conn, id).await?;
    let found = entries::newest(&mut conn, id, LIMIT).await?;
    drop(conn);
    let may_undo = actor.rol.puede(Permiso::EditarIndice) && !row.cerrado;
    let mut shown = Vec::with_capacity(found.len());
    for mut entry in found {
        let deshacible = may_undo && deshacer::check(&modelo, &actor.scope, &indice, &entry).is_ok();
        let had_campos = !entry.campos.is_empty();
        entry.campos.retain(|c| is_visible(&actor.scope, &modelo, &c.campo));
        let only_hidden = had_campos && entry.campos.is_empty() && entry.clase != api::evento::Clase::ExpedienteCreado;
        if !only_hidden {
            shown.push(HistorialEntrada {
                revision: entry.revision,
                cuando: rfc3339(entry.cuando),
                quien: entry.quien,
                clase: entry.clase,
                campos: entry.campos,
                texto: entry.texto,
                deshacible,
            });
        }
    }
    Ok(shown)
}
