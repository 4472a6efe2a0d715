//! Whose avisos are whose.

use crate::app::{Actor, expedientes};
use crate::store::avisos as store;
use crate::store::personas::who_see;
use crate::{AppResult, AppState};
use api::aviso::{Destinatario, MisAvisos};
use domain::{ExpedienteId, Permiso};

/// Avisos of one answer.
const LIMIT: i64 = 200;

/// The open avisos to this person, in what they see now. Who writes none is never told any.
pub async fn mios(state: &AppState, actor: &Actor) -> AppResult<MisAvisos> {
    if !actor.rol.puede(Permiso::Anotar) {
        return Ok(MisAvisos::default());
    }
    let (items, total) = store::open_of(&mut *state.db.read().await?, &actor.scope, actor.id.0, LIMIT).await?;
    Ok(MisAvisos { items, total: u32::try_from(total).unwrap_or(u32::MAX) })
}

/// Who may be the addressee of an aviso of that expediente.
pub async fn personas(state: &AppState, actor: &Actor, id: ExpedienteId) -> AppResult<Vec<Destinatario>> {
    actor.require(Permiso::Anotar)?;
    let mut conn = state.db.snapshot().await?;
    let row = expedientes::find(&mut conn, &actor.scope, id).await?;
    let people = who_see(&mut conn, &row).await?.into_iter();
    Ok(people.map(|p| Destinatario { usuario: p.usuario, nombre: p.nombre, rol: p.rol }).collect())
}
