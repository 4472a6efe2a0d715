//! Changing the index.

use super::editar::Editing;
use super::recount::recount_with;
use super::{is_visible, require_current, require_revision};
use crate::app::documentos::Clave;
use crate::app::{Actor, Change, Once, Work};
use crate::store::expedientes::{self as store, ExpedienteRow};
use crate::store::historial::{self, Nueva};
use crate::store::{indexado, lugares};
use crate::{AppError, AppResult, AppState};
use api::evento::Clase;
use api::expediente::{Cambiado, CampoAntesAhora, IndiceCambio};
use api::problem::CampoMalo;
use domain::{CampoId, ExpedienteId, Indice, Modelo, Scope, Valor, campo};
use serde_json::json;
use std::collections::BTreeMap;

/// Values that were sent, normalised, and what is odd about them.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Value of each field; `None` empties it.
    pub campos: BTreeMap<CampoId, Option<Valor>>,
    /// Odd but accepted.
    pub avisos: Vec<CampoMalo>,
}

/// Changes index fields. Only what is different is recorded; a change of nothing makes no revision.
pub async fn cambiar_indice(
    state: &AppState,
    actor: &Actor,
    clave: &Clave,
    id: ExpedienteId,
    if_match: Option<i64>,
    cambio: &IndiceCambio,
) -> AppResult<Cambiado> {
    let Editing { mut work, row, modelo } = match Editing::begin(state, actor, clave, id).await? {
        Once::Fresh(editing) => editing,
        Once::Done(answer) => return Ok(answer),
    };
    let revision = require_revision(if_match)?;
    require_current(&mut work.tx, &actor.scope, &modelo, &row, revision).await?;
    let read = read_values(&modelo, &actor.scope, &cambio.campos)?;
    let before = store::indice(&mut work.tx, id).await?;
    let changed = apply(&mut work, &modelo, &row, before, &read.campos, Clase::IndiceCambiado, "").await?;
    let answer = Cambiado {
        revision: changed.unwrap_or(row.revision),
        campos: read.campos,
        avisos: read.avisos,
        fase: row.fase(),
    };
    work.commit_answer(200, &answer).await?;
    Ok(answer)
}

/// Writes what is different, with its history, audit and event; answers the new revision, or `None` when nothing is.
pub(super) async fn apply(
    work: &mut Work<'_>,
    modelo: &Modelo,
    row: &ExpedienteRow,
    before: Indice,
    values: &BTreeMap<CampoId, Option<Valor>>,
    clase: Clase,
    texto: &str,
) -> AppResult<Option<i64>> {
    let mut after = before.clone();
    let mut campos = Vec::new();
    for (campo, valor) in values {
        let antes = match valor {
            Some(valor) => after.insert(campo.clone(), valor.clone()),
            None => after.remove(campo),
        };
        if &antes != valor {
            campos.push(CampoAntesAhora { campo: campo.clone(), antes, ahora: valor.clone() });
        }
    }
    if campos.is_empty() {
        return Ok(None);
    }
    let id = row.id();
    let lugar = lugares::ensure(&mut work.tx, &row.entidad(), modelo).await?;
    indexado::store(&mut work.tx, &lugar, modelo, row, Some(&before), &after).await?;
    let revision = recount_with(&mut work.tx, modelo, id, &row.fase(), &after, true).await?;
    let usuario_id = work.actor().id.0;
    let entry = Nueva { expediente: id, revision, cuando: work.now, usuario_id, clase, campos: &campos, texto };
    historial::append(&mut work.tx, &entry).await?;
    work.record(&Change {
        clase,
        expediente: id,
        ambito: &row.ambito(),
        revision,
        documento: None,
        detalle: json!({"campos": campos, "texto": texto}),
    })
    .await?;
    Ok(Some(revision))
}

/// Checks every value that was sent; all that is wrong is told at once (422).
pub(super) fn read_values(modelo: &Modelo, scope: &Scope, sent: &BTreeMap<CampoId, Option<Valor>>) -> AppResult<Read> {
    let mut read = Read::default();
    let mut wrong = Vec::new();
    for (id, valor) in sent {
        match read_value(modelo, scope, id, valor.as_ref()) {
            Ok((valor, aviso)) => {
                read.campos.insert(id.clone(), valor);
                read.avisos.extend(aviso.map(|mensaje| CampoMalo { campo: id.to_string(), mensaje }));
            }
            Err(mensaje) => wrong.push(CampoMalo { campo: id.to_string(), mensaje }),
        }
    }
    if wrong.is_empty() { Ok(read) } else { Err(AppError::invalid(wrong)) }
}

fn read_value(
    modelo: &Modelo,
    scope: &Scope,
    id: &CampoId,
    valor: Option<&Valor>,
) -> Result<(Option<Valor>, Option<String>), String> {
    let found = modelo.campo(id).filter(|_| is_visible(scope, modelo, id));
    let Some(def) = found else {
        return Err("El índice no tiene ese campo; quítelo y guarde otra vez.".to_owned());
    };
    if def.solo_lectura {
        return Err(format!("«{}» lo rellena el servicio y no se puede cambiar.", def.nombre));
    }
    match valor {
        None => Ok((None, None)),
        Some(valor) => {
            let leido = campo::check(def, valor).map_err(|wrong| wrong.0)?;
            Ok((leido.valor, leido.aviso))
        }
    }
}
