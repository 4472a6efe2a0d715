//! Opening an expediente.

use super::detalle;
use super::indice::read_values;
use super::recount::recount_with;
use crate::app::documentos::Clave;
use crate::app::{Actor, Change, Once, Work};
use crate::store::expedientes::{self as store, Nuevo};
use crate::store::historial::{self, Nueva};
use crate::store::personas::{self, Asesor};
use crate::store::{indexado, lugares};
use crate::{AppError, AppResult, AppState};
use api::evento::Clase;
use api::expediente::{CampoAntesAhora, ExpedienteDetalle, ExpedienteNuevo};
use api::problem::CampoMalo;
use domain::{Indice, Permiso};
use serde_json::json;
use sqlx::SqliteConnection;

/// Opens an expediente in its first fase.
pub async fn crear(
    state: &AppState,
    actor: &Actor,
    clave: &Clave,
    nuevo: &ExpedienteNuevo,
) -> AppResult<ExpedienteDetalle> {
    actor.require(Permiso::Crear)?;
    let modelo = crate::app::entidades::offered(state, actor, &nuevo.entidad, &nuevo.modelo)?;
    let sent = nuevo.indice.iter().map(|(campo, valor)| (campo.clone(), Some(valor.clone()))).collect();
    let read = read_values(&modelo, &actor.scope, &sent)?;
    let indice: Indice = read.campos.into_iter().filter_map(|(campo, valor)| Some((campo, valor?))).collect();

    let mut work = match Work::begin_once(state, actor, clave.key.as_deref(), clave.huella.clone()).await? {
        Once::Fresh(work) => work,
        Once::Done(detail) => return Ok(detail),
    };
    let asesor = asesor_of(&mut work.tx, actor, nuevo).await?;
    let lugar = lugares::ensure(&mut work.tx, &nuevo.entidad, &modelo).await?;
    let first = modelo.fases.first().ok_or_else(|| anyhow::anyhow!("modelo {} has no fases", modelo.id))?;
    let opened = Nuevo {
        lugar: &lugar,
        entidad: &nuevo.entidad,
        modelo: &modelo,
        fase: &first.id,
        asesor: &asesor,
        anio: state.clock.today().year(),
        creado: work.now,
    };
    let row = store::insert(&mut work.tx, &opened).await?;
    indexado::store(&mut work.tx, &lugar, &modelo, &row, None, &indice).await?;
    let revision = recount_with(&mut work.tx, &modelo, row.id(), &first.id, &indice, false).await?;
    let campos: Vec<CampoAntesAhora> = indice
        .iter()
        .map(|(campo, valor)| CampoAntesAhora { campo: campo.clone(), antes: None, ahora: Some(valor.clone()) })
        .collect();
    let entry = Nueva {
        expediente: row.id(),
        revision,
        cuando: work.now,
        usuario_id: actor.id.0,
        clase: Clase::ExpedienteCreado,
        campos: &campos,
        texto: &row.numero,
    };
    historial::append(&mut work.tx, &entry).await?;
    work.record(&Change {
        clase: Clase::ExpedienteCreado,
        expediente: row.id(),
        ambito: &row.ambito(),
        revision,
        documento: None,
        detalle: json!({"numero": row.numero, "modelo": row.modelo, "asesor": row.asesor, "indice": indice}),
    })
    .await?;
    let detail = detalle::build(&mut work.tx, actor.rol, &actor.scope, &modelo, &row).await?;
    work.commit_answer(201, &detail).await?;
    Ok(detail)
}

/// The asesor that was asked for, or the person themselves when they are one.
async fn asesor_of(conn: &mut SqliteConnection, actor: &Actor, nuevo: &ExpedienteNuevo) -> AppResult<Asesor> {
    let mut all = personas::asesores(conn, &actor.scope, std::slice::from_ref(&nuevo.entidad)).await?;
    let wanted = nuevo.asesor.as_deref().unwrap_or(&actor.usuario);
    let found = all.iter().position(|asesor| asesor.usuario == wanted);
    found.map(|at| all.swap_remove(at)).ok_or_else(|| {
        let mensaje = if nuevo.asesor.is_some() {
            "Ese asesor no existe en esta entidad, o no es de los suyos; elija uno de la lista."
        } else {
            "Elija el asesor del expediente."
        };
        AppError::invalid(vec![CampoMalo { campo: "asesor".to_owned(), mensaje: mensaje.to_owned() }])
    })
}
