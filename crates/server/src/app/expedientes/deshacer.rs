//! Undoing a change of the index.

use super::editar::Editing;
use super::indice::apply;
use super::is_visible;
use crate::app::documentos::Clave;
use crate::app::{Actor, Once};
use crate::store::expedientes as store;
use crate::store::historial::{self, Entrada};
use crate::{AppError, AppResult, AppState};
use api::Codigo;
use api::evento::Clase;
use api::expediente::{Cambiado, Deshacer};
use domain::{CampoId, ExpedienteId, Indice, Modelo, Scope, Valor};
use std::collections::BTreeMap;

/// Undoes the change of that revision, or this person's last one.
pub async fn deshacer(
    state: &AppState,
    actor: &Actor,
    clave: &Clave,
    id: ExpedienteId,
    asked: &Deshacer,
) -> AppResult<Cambiado> {
    let Editing { mut work, row, modelo } = match Editing::begin(state, actor, clave, id).await? {
        Once::Fresh(editing) => editing,
        Once::Done(answer) => return Ok(answer),
    };
    let entry = match asked.revision {
        Some(revision) => historial::find(&mut work.tx, id, revision).await?,
        None => historial::last_of(&mut work.tx, id, actor.id.0).await?,
    };
    let entry = entry.ok_or_else(|| refused("No hay ningún cambio suyo del índice que deshacer."))?;
    let indice = store::indice(&mut work.tx, id).await?;
    check(&modelo, &actor.scope, &indice, &entry)?;

    let values: BTreeMap<CampoId, Option<Valor>> = entry.campos.into_iter().map(|c| (c.campo, c.antes)).collect();
    let texto = format!("Deshecha la revisión {}", entry.revision);
    let made = apply(&mut work, &modelo, &row, indice, &values, Clase::IndiceDeshecho, &texto).await?;
    let revision = made.unwrap_or(row.revision);
    historial::set_undone(&mut work.tx, id, entry.revision, revision).await?;
    let answer = Cambiado { revision, campos: values, avisos: Vec::new(), fase: row.fase() };
    work.commit_answer(200, &answer).await?;
    Ok(answer)
}

/// 409 unless the change can be undone: it is one of the index, not undone yet, and its fields still have what it gave them.
pub(super) fn check(modelo: &Modelo, scope: &Scope, indice: &Indice, entry: &Entrada) -> AppResult<()> {
    let known = |campo: &CampoId| modelo.campo(campo).is_some() && is_visible(scope, modelo, campo);
    if entry.clase != Clase::IndiceCambiado || !entry.campos.iter().all(|c| known(&c.campo)) {
        return Err(refused("Esa revisión no es un cambio del índice que usted pueda deshacer."));
    }
    if entry.deshecho.is_some() {
        return Err(refused("Ese cambio ya está deshecho."));
    }
    match entry.campos.iter().find(|c| indice.get(&c.campo) != c.ahora.as_ref()) {
        None => Ok(()),
        Some(changed) => {
            let nombre = modelo.campo(&changed.campo).map_or("", |campo| campo.nombre.as_str());
            Err(refused(&format!("«{nombre}» ha cambiado después; corríjalo a mano en el índice.")))
        }
    }
}

fn refused(detail: &str) -> AppError {
    AppError::refused(Codigo::Estado, detail)
}
