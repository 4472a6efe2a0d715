//! What every change of an index begins with.

use super::find;
use crate::app::documentos::{Clave, modelo_of, require_open};
use crate::app::{Actor, Once, Work};
use crate::store::expedientes::ExpedienteRow;
use crate::{AppResult, AppState};
use api::expediente::Cambiado;
use domain::{ExpedienteId, Modelo, Permiso};
use std::sync::Arc;

/// A change of an index under way: nothing of the expediente moves meanwhile.
pub(super) struct Editing<'a> {
    pub work: Work<'a>,
    pub row: ExpedienteRow,
    pub modelo: Arc<Modelo>,
}

impl<'a> Editing<'a> {
    /// Opens an expediente for a change of its index, or answers what it came to when it was done before.
    pub async fn begin(
        state: &'a AppState,
        actor: &'a Actor,
        clave: &Clave,
        id: ExpedienteId,
    ) -> AppResult<Once<Self, Cambiado>> {
        actor.require(Permiso::EditarIndice)?;
        let mut work = match Work::begin_once(state, actor, clave.key.as_deref(), clave.huella.clone()).await? {
            Once::Fresh(work) => work,
            Once::Done(answer) => return Ok(Once::Done(answer)),
        };
        let row = find(&mut work.tx, &actor.scope, id).await?;
        require_open(&row)?;
        let modelo = modelo_of(state, &row)?;
        Ok(Once::Fresh(Self { work, row, modelo }))
    }
}
