//! Notes: writing one, giving it another text, deleting it. Each is done once per client-made key.

use super::anotar::{MAX_POR_EXPEDIENTE, extracto, find_open, read_texto};
use super::work::Noted;
use crate::app::documentos::{Clave, require_open};
use crate::app::{Actor, Once, Work};
use crate::store::expedientes::{self, ExpedienteRow};
use crate::store::notas::{self as store, NotaRow};
use crate::{AppError, AppResult, AppState};
use api::Codigo;
use api::evento::Clase;
use api::nota::{NotaTexto, NotaVista};
use domain::{ExpedienteId, NotaId, Permiso};
use serde_json::json;
use sqlx::SqliteConnection;

/// How an unknown note, and one that may not be seen, is named.
const WHAT: &str = "esa nota";

/// Writes a note.
pub async fn escribir(
    state: &AppState,
    actor: &Actor,
    clave: &Clave,
    id: ExpedienteId,
    nota: &NotaTexto,
) -> AppResult<NotaVista> {
    actor.require(Permiso::Anotar)?;
    let texto = read_texto(&nota.texto).map_err(|wrong| AppError::invalid(vec![wrong]))?;
    let mut work = match Work::begin_once(state, actor, clave.key.as_deref(), clave.huella.clone()).await? {
        Once::Fresh(work) => work,
        Once::Done(vista) => return Ok(vista),
    };
    let expediente = find_open(&mut work.tx, &actor.scope, id).await?;
    if store::count(&mut work.tx, id).await? >= i64::from(MAX_POR_EXPEDIENTE) {
        let detail = format!("El expediente ya tiene {MAX_POR_EXPEDIENTE} notas; borre alguna antes de escribir otra.");
        return Err(AppError::refused(Codigo::Estado, detail));
    }
    let now = work.now;
    let nota = store::insert(&mut work.tx, id, &texto, actor.id.0, now).await?;
    let detalle = json!({"nota": nota, "texto": texto});
    noted(&mut work, &expediente, Clase::NotaEscrita, &texto, detalle).await?;
    answer(work, nota, 201).await
}

/// Gives a note another text.
pub async fn cambiar(
    state: &AppState,
    actor: &Actor,
    clave: &Clave,
    id: NotaId,
    nota: &NotaTexto,
) -> AppResult<NotaVista> {
    actor.require(Permiso::Anotar)?;
    let texto = read_texto(&nota.texto).map_err(|wrong| AppError::invalid(vec![wrong]))?;
    let mut work = match Work::begin_once(state, actor, clave.key.as_deref(), clave.huella.clone()).await? {
        Once::Fresh(work) => work,
        Once::Done(vista) => return Ok(vista),
    };
    let (before, expediente) = find_own(&mut work.tx, actor, id).await?;
    if texto != before.texto {
        let now = work.now;
        store::set_texto(&mut work.tx, id, &texto, now).await?;
        let detalle = json!({"nota": id, "antes": before.texto, "ahora": texto});
        noted(&mut work, &expediente, Clase::NotaCambiada, &texto, detalle).await?;
    }
    answer(work, id, 200).await
}

/// Deletes a note. Its row is kept.
pub async fn borrar(state: &AppState, actor: &Actor, clave: &Clave, id: NotaId) -> AppResult<()> {
    actor.require(Permiso::Anotar)?;
    let mut work = match Work::begin_once(state, actor, clave.key.as_deref(), clave.huella.clone()).await? {
        Once::Fresh(work) => work,
        Once::Done(()) => return Ok(()),
    };
    let (before, expediente) = find_own(&mut work.tx, actor, id).await?;
    let now = work.now;
    store::set_borrada(&mut work.tx, id, now).await?;
    let detalle = json!({"nota": id, "texto": before.texto});
    noted(&mut work, &expediente, Clase::NotaBorrada, &before.texto, detalle).await?;
    work.commit_answer(204, &()).await
}

/// A note of this person in an expediente that may be written in.
async fn find_own(conn: &mut SqliteConnection, actor: &Actor, id: NotaId) -> AppResult<(NotaRow, ExpedienteRow)> {
    let not_found = || AppError::not_found(WHAT);
    let nota = store::by_id(conn, id).await?.ok_or_else(not_found)?;
    let expediente =
        expedientes::find(conn, &actor.scope, ExpedienteId(nota.expediente_id)).await?.ok_or_else(not_found)?;
    if nota.usuario_id != actor.id.0 {
        return Err(AppError::refused(
            Codigo::SinPermiso,
            "Solo quien escribió la nota puede cambiarla o borrarla; escriba usted otra.",
        ));
    }
    require_open(&expediente)?;
    Ok((nota, expediente))
}

async fn noted(
    work: &mut Work<'_>,
    expediente: &ExpedienteRow,
    clase: Clase,
    texto: &str,
    detalle: serde_json::Value,
) -> AppResult<()> {
    let revision = expedientes::bump(&mut work.tx, expediente.id()).await?;
    work.note(expediente, revision, Noted { clase, documento: None, texto: &extracto(texto), detalle }).await
}

async fn answer(mut work: Work<'_>, id: NotaId, status: u16) -> AppResult<NotaVista> {
    let row = store::by_id(&mut work.tx, id).await?.ok_or_else(|| AppError::not_found(WHAT))?;
    let vista = row.vista();
    work.commit_answer(status, &vista).await?;
    Ok(vista)
}
