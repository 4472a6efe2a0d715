//! Giving an aviso.

use super::{addressee, answer, noted, read_vence, require_place};
use crate::app::anotar::{find_open, read_texto};
use crate::app::documentos::Clave;
use crate::app::{Actor, Once, Work};
use crate::store::avisos::{self as store, Contenido};
use crate::{AppError, AppResult, AppState};
use api::aviso::{AvisoNuevo, AvisoVista};
use api::evento::Clase;
use domain::{ExpedienteId, Permiso};
use serde_json::json;

/// Gives an aviso, once per client-made key.
pub async fn poner(
    state: &AppState,
    actor: &Actor,
    clave: &Clave,
    id: ExpedienteId,
    nuevo: &AvisoNuevo,
) -> AppResult<AvisoVista> {
    actor.require(Permiso::Anotar)?;
    let (texto, vence) = match (read_texto(&nuevo.texto), read_vence(nuevo.vence.as_deref().unwrap_or_default())) {
        (Ok(texto), Ok(vence)) => (texto, vence),
        (texto, vence) => return Err(AppError::invalid(texto.err().into_iter().chain(vence.err()).collect())),
    };
    let mut work = match Work::begin_once(state, actor, clave.key.as_deref(), clave.huella.clone()).await? {
        Once::Fresh(work) => work,
        Once::Done(vista) => return Ok(vista),
    };
    let expediente = find_open(&mut work.tx, &actor.scope, id).await?;
    require_place(&expediente)?;
    let para = addressee(&mut work.tx, &expediente, &nuevo.para).await?;
    let now = work.now;
    let contenido = Contenido { texto, para_id: para.id, vence };
    let aviso = store::insert(&mut work.tx, id, &contenido, actor.id.0, now).await?;
    let Contenido { texto, vence, .. } = contenido;
    let detalle = json!({"aviso": aviso, "texto": texto, "para": para.usuario, "vence": vence});
    noted(&mut work, &expediente, Clase::AvisoPuesto, (&para.nombre, &texto), detalle).await?;
    answer(work, aviso, 201).await
}
