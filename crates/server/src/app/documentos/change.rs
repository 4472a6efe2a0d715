//! Checking, renaming, retyping, deleting and recovering a document. Each is done once per client-made key.

use super::add::{accept_content, formato_of, tipo_of};
use super::{find_any, modelo_of, note, require_open};
use crate::app::work::Noted;
use crate::app::{Actor, Once, Work};
use crate::store::documentos::{self as store, DocumentoRow};
use crate::store::duplicados;
use crate::store::expedientes::ExpedienteRow;
use crate::{AppError, AppResult, AppState};
use api::Codigo;
use api::documento::{DocumentoCambio, DocumentoVista, Revision};
use api::evento::Clase;
use api::problem::CampoMalo;
use domain::{DocumentoId, EstadoDocumento, Modelo, Permiso, clean_file_name};
use serde_json::json;
use std::sync::Arc;

/// Longest reason in characters.
const MAX_MOTIVO: usize = 500;

/// The client-made key of a write and the SHA-256 of what it asks.
#[derive(Debug, Clone, Default)]
pub struct Clave {
    /// The key.
    pub key: Option<String>,
    /// What is asked.
    pub huella: Vec<u8>,
}

/// Gives a document another name or type. With another type it is again to be checked.
pub async fn cambiar(
    state: &AppState,
    actor: &Actor,
    clave: &Clave,
    id: DocumentoId,
    cambio: &DocumentoCambio,
) -> AppResult<DocumentoVista> {
    actor.require(Permiso::EditarDocumento)?;
    let mut open = match Open::begin(state, actor, clave, id).await? {
        Once::Done(vista) => return Ok(vista),
        Once::Fresh(open) => *open,
    };
    let before = open.require_live()?.clone();
    let nombre = cambio.nombre.as_deref().map_or_else(|| before.nombre.clone(), clean_file_name);
    let tipo = cambio.tipo.clone().unwrap_or_else(|| before.tipo.as_str().into());
    if nombre == before.nombre && tipo.as_str() == before.tipo {
        return open.unchanged().await;
    }
    store::set_nombre_tipo(&mut open.work.tx, id, &nombre, &tipo).await?;
    if tipo.as_str() != before.tipo {
        let formato = formato_of(&before.mime);
        accept_content(tipo_of(&open.modelo, &tipo)?, formato, u64::try_from(before.bytes).unwrap_or_default())?;
        store::set_estado(&mut open.work.tx, id, EstadoDocumento::Pendiente, "").await?;
    }
    let detalle = json!({
        "antes": {"nombre": before.nombre, "tipo": before.tipo, "estado": before.estado},
        "ahora": {"nombre": nombre, "tipo": tipo},
    });
    open.finish(Noted { clase: Clase::DocumentoCambiado, documento: Some(id), texto: &nombre, detalle }).await
}

/// What a check of a document comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Veredicto {
    /// It is right.
    Validar,
    /// It is not, with a reason.
    Rechazar,
}

/// Validates or rejects the version that was looked at.
pub async fn revisar(
    state: &AppState,
    actor: &Actor,
    clave: &Clave,
    id: DocumentoId,
    veredicto: Veredicto,
    revision: &Revision,
) -> AppResult<DocumentoVista> {
    actor.require(Permiso::Revisar)?;
    let (estado, motivo) = match veredicto {
        Veredicto::Validar => (EstadoDocumento::Validado, String::new()),
        Veredicto::Rechazar => (EstadoDocumento::Rechazado, require_motivo(revision.motivo.as_deref())?),
    };
    let mut open = match Open::begin(state, actor, clave, id).await? {
        Once::Done(vista) => return Ok(vista),
        Once::Fresh(open) => *open,
    };
    let before = open.require_live()?.clone();
    if !before.sha256_hex().eq_ignore_ascii_case(&revision.sha256) {
        return Err(AppError::refused(
            Codigo::Estado,
            "Ha llegado otra versión de este documento; mírela antes de validarla o rechazarla.",
        ));
    }
    if before.estado() == estado {
        let already = match veredicto {
            Veredicto::Validar => "El documento ya estaba validado; actualice la lista.",
            Veredicto::Rechazar => "El documento ya estaba rechazado; actualice la lista.",
        };
        return Err(AppError::refused(Codigo::Estado, already));
    }
    store::set_estado(&mut open.work.tx, id, estado, &motivo).await?;
    let clase = match veredicto {
        Veredicto::Validar => Clase::DocumentoValidado,
        Veredicto::Rechazar => Clase::DocumentoRechazado,
    };
    let detalle = json!({
        "antes": before.estado, "ahora": estado, "motivo": motivo, "version": before.version, "sha256": before.sha256_hex(),
    });
    let texto = with_motivo(&before.nombre, &motivo);
    open.finish(Noted { clase, documento: Some(id), texto: &texto, detalle }).await
}

/// Deletes a document with a reason. Row and content are kept, so that it can come back.
pub async fn borrar(
    state: &AppState,
    actor: &Actor,
    clave: &Clave,
    id: DocumentoId,
    motivo: &str,
) -> AppResult<DocumentoVista> {
    actor.require(Permiso::Borrar)?;
    let motivo = require_motivo(Some(motivo))?;
    let mut open = match Open::begin(state, actor, clave, id).await? {
        Once::Done(vista) => return Ok(vista),
        Once::Fresh(open) => *open,
    };
    let before = open.require_live()?.clone();
    let now = open.work.now;
    store::set_borrado(&mut open.work.tx, id, Some(now), &motivo).await?;
    let detalle =
        json!({"motivo": motivo, "tipo": before.tipo, "estado": before.estado, "sha256": before.sha256_hex()});
    let texto = with_motivo(&before.nombre, &motivo);
    open.finish(Noted { clase: Clase::DocumentoBorrado, documento: Some(id), texto: &texto, detalle }).await
}

/// Brings a deleted document back, as it was.
pub async fn recuperar(state: &AppState, actor: &Actor, clave: &Clave, id: DocumentoId) -> AppResult<DocumentoVista> {
    actor.require(Permiso::Borrar)?;
    let mut open = match Open::begin(state, actor, clave, id).await? {
        Once::Done(vista) => return Ok(vista),
        Once::Fresh(open) => *open,
    };
    if open.before.borrado.is_none() {
        return Err(AppError::refused(Codigo::Estado, "El documento no está borrado; actualice la lista."));
    }
    store::set_borrado(&mut open.work.tx, id, None, "").await?;
    let texto = open.before.nombre.clone();
    let detalle = json!({"estado": open.before.estado, "sha256": open.before.sha256_hex()});
    open.finish(Noted { clase: Clase::DocumentoRecuperado, documento: Some(id), texto: &texto, detalle }).await
}

/// A change under way.
struct Open<'a> {
    work: Work<'a>,
    actor: &'a Actor,
    before: DocumentoRow,
    expediente: ExpedienteRow,
    modelo: Arc<Modelo>,
}

impl<'a> Open<'a> {
    async fn begin(
        state: &'a AppState,
        actor: &'a Actor,
        clave: &Clave,
        id: DocumentoId,
    ) -> AppResult<Once<Box<Self>, DocumentoVista>> {
        let mut work = match Work::begin_once(state, actor, clave.key.as_deref(), clave.huella.clone()).await? {
            Once::Fresh(work) => work,
            Once::Done(vista) => return Ok(Once::Done(vista)),
        };
        let (before, expediente) = find_any(&mut work.tx, &actor.scope, id).await?;
        require_open(&expediente)?;
        let modelo = modelo_of(state, &expediente)?;
        Ok(Once::Fresh(Box::new(Self { work, actor, before, expediente, modelo })))
    }

    /// The document, which must not be deleted.
    fn require_live(&self) -> AppResult<&DocumentoRow> {
        match self.before.borrado {
            None => Ok(&self.before),
            Some(_) => {
                Err(AppError::refused(Codigo::Estado, "El documento está borrado; recupérelo antes de cambiarlo."))
            }
        }
    }

    /// Notes the change and commits; answers the document as it now is.
    async fn finish(mut self, noted: Noted<'_>) -> AppResult<DocumentoVista> {
        note(&mut self.work, &self.expediente, &self.modelo, noted).await?;
        self.unchanged().await
    }

    async fn unchanged(mut self) -> AppResult<DocumentoVista> {
        let (row, _) = find_any(&mut self.work.tx, &self.actor.scope, self.before.id()).await?;
        let mut rows = [row];
        duplicados::mark(&mut self.work.tx, &self.actor.scope, &mut rows).await?;
        let vista = rows[0].vista();
        self.work.commit_answer(200, &vista).await?;
        Ok(vista)
    }
}

/// A reason as it is stored, or 422 when there is none.
fn require_motivo(motivo: Option<&str>) -> AppResult<String> {
    let clean = domain::texto::clean_line(motivo.unwrap_or_default()).trim().to_owned();
    let mensaje = match clean.chars().count() {
        0 => "Escriba el motivo.".to_owned(),
        n if n > MAX_MOTIVO => format!("El motivo puede tener como mucho {MAX_MOTIVO} caracteres; acórtelo."),
        _ => return Ok(clean),
    };
    Err(AppError::invalid(vec![CampoMalo { campo: "motivo".to_owned(), mensaje }]))
}

/// One line for the history.
fn with_motivo(nombre: &str, motivo: &str) -> String {
    if motivo.is_empty() { nombre.to_owned() } else { format!("{nombre}: {motivo}") }
}
