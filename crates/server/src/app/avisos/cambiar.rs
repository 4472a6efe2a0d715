//! Changing an aviso, saying that it is done, deleting it. Each is done once per client-made key.

use super::{WHAT, addressee, answer, noted, read_vence, require_place};
use crate::app::anotar::read_texto;
use crate::app::documentos::{Clave, require_open};
use crate::app::{Actor, Once, Work};
use crate::store::avisos::{self as store, AvisoRow, Contenido};
use crate::store::expedientes::{self, ExpedienteRow};
use crate::{AppError, AppResult, AppState};
use api::Codigo;
use api::aviso::{AvisoCambio, AvisoVista};
use api::evento::Clase;
use domain::{AvisoId, ExpedienteId, Permiso};
use serde_json::json;
use sqlx::SqliteConnection;

/// Changes an aviso. Only what is different counts; a change of nothing makes no revision.
pub async fn cambiar(
    state: &AppState,
    actor: &Actor,
    clave: &Clave,
    id: AvisoId,
    cambio: &AvisoCambio,
) -> AppResult<AvisoVista> {
    actor.require(Permiso::Anotar)?;
    let texto = cambio.texto.as_deref().map(read_texto).transpose();
    let vence = cambio.vence.as_deref().map(read_vence).transpose();
    let (texto, vence) = match (texto, vence) {
        (Ok(texto), Ok(vence)) => (texto, vence),
        (texto, vence) => return Err(AppError::invalid(texto.err().into_iter().chain(vence.err()).collect())),
    };
    let mut work = match Work::begin_once(state, actor, clave.key.as_deref(), clave.huella.clone()).await? {
        Once::Fresh(work) => work,
        Once::Done(vista) => return Ok(vista),
    };
    let (before, expediente) = find_open(&mut work.tx, actor, id).await?;
    let texto = texto.filter(|texto| *texto != before.texto);
    let para = cambio.para.as_deref().filter(|para| *para != before.para);
    let vence = vence.filter(|vence| *vence != before.vence);
    let hecho = cambio.hecho.filter(|hecho| *hecho != before.hecho.is_some());
    require_right(actor, &before, texto.is_some() || para.is_some(), vence.is_some())?;

    let mut clase = None;
    if texto.is_some() || para.is_some() || vence.is_some() {
        let para_id = match para {
            Some(usuario) => addressee(&mut work.tx, &expediente, usuario).await?.id,
            None => before.para_id,
        };
        let texto = texto.unwrap_or_else(|| before.texto.clone());
        let contenido = Contenido { texto, para_id, vence: vence.unwrap_or_else(|| before.vence.clone()) };
        store::set_contenido(&mut work.tx, id, &contenido).await?;
        clase = Some(Clase::AvisoCambiado);
    }
    match hecho {
        Some(true) => {
            let now = work.now;
            store::set_hecho(&mut work.tx, id, Some((now, actor.id.0))).await?;
            clase = Some(Clase::AvisoHecho);
        }
        Some(false) => {
            require_place(&expediente)?;
            store::set_hecho(&mut work.tx, id, None).await?;
            clase = Some(Clase::AvisoReabierto);
        }
        None => {}
    }
    if let Some(clase) = clase {
        let after = store::by_id(&mut work.tx, id).await?.ok_or_else(|| AppError::not_found(WHAT))?;
        let detalle = json!({"aviso": id, "antes": said(&before), "ahora": said(&after)});
        noted(&mut work, &expediente, clase, (&after.para_nombre, &after.texto), detalle).await?;
    }
    answer(work, id, 200).await
}

/// Deletes an aviso. Its row is kept.
pub async fn borrar(state: &AppState, actor: &Actor, clave: &Clave, id: AvisoId) -> AppResult<()> {
    actor.require(Permiso::Anotar)?;
    let mut work = match Work::begin_once(state, actor, clave.key.as_deref(), clave.huella.clone()).await? {
        Once::Fresh(work) => work,
        Once::Done(()) => return Ok(()),
    };
    let (before, expediente) = find_open(&mut work.tx, actor, id).await?;
    require_right(actor, &before, true, false)?;
    let now = work.now;
    store::set_borrado(&mut work.tx, id, now).await?;
    let detalle = json!({"aviso": id, "antes": said(&before)});
    noted(&mut work, &expediente, Clase::AvisoBorrado, (&before.para_nombre, &before.texto), detalle).await?;
    work.commit_answer(204, &()).await
}

/// An aviso in an expediente that may be written in.
async fn find_open(conn: &mut SqliteConnection, actor: &Actor, id: AvisoId) -> AppResult<(AvisoRow, ExpedienteRow)> {
    let not_found = || AppError::not_found(WHAT);
    let aviso = store::by_id(conn, id).await?.ok_or_else(not_found)?;
    let expediente =
        expedientes::find(conn, &actor.scope, ExpedienteId(aviso.expediente_id)).await?.ok_or_else(not_found)?;
    require_open(&expediente)?;
    Ok((aviso, expediente))
}

/// What an aviso asks of whom is its author's to change; its day, its addressee's too. That it is done anyone may say.
fn require_right(actor: &Actor, aviso: &AvisoRow, content: bool, day: bool) -> AppResult<()> {
    let (author, addressee) = (aviso.usuario_id == actor.id.0, aviso.para_id == actor.id.0);
    let detail = if content && !author {
        "Solo quien puso el aviso puede cambiarlo o borrarlo; usted puede darlo por hecho."
    } else if day && !author && !addressee {
        "Solo quien puso el aviso y su destinatario pueden cambiar el día; usted puede darlo por hecho."
    } else {
        return Ok(());
    };
    Err(AppError::refused(Codigo::SinPermiso, detail))
}

/// An aviso in the audit trail.
fn said(aviso: &AvisoRow) -> serde_json::Value {
    json!({"texto": aviso.texto, "para": aviso.para, "vence": aviso.vence, "hecho": aviso.hecho.is_some()})
}
