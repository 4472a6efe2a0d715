//! One unit of work: everything a write touches, in one transaction, with its audit record and its event.

use super::Actor;
use crate::store::expedientes::ExpedienteRow;
use crate::store::{Tx, audit, historial, idempotencia, outbox};
use crate::{AppError, AppResult, AppState};
use api::Codigo;
use api::evento::Clase;
use domain::{DocumentoId, ExpedienteId};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A write under way. Dropped without [`Work::commit`] nothing has happened.
pub struct Work<'a> {
    /// The transaction, for the functions of `store/`.
    pub tx: Tx,
    /// Now, milliseconds since 1970: one time for all that this work writes.
    pub now: i64,
    state: &'a AppState,
    actor: &'a Actor,
    key: Option<(String, Vec<u8>)>,
    last_seq: Option<i64>,
}

/// A write with a client-made key: to be done, or done before.
pub enum Once<W, T> {
    /// Do it, then [`Work::commit_answer`].
    Fresh(W),
    /// It was done; this was the answer.
    Done(T),
}

/// Where an expediente stands in scopes, for its events.
#[derive(Debug, Clone)]
pub struct Ambito {
    /// Entidad slug.
    pub entidad: String,
    /// Team of its asesor.
    pub equipo_id: Option<i64>,
    /// Its asesor.
    pub asesor_id: i64,
}

/// The words of a change of what lies in an expediente.
pub(crate) struct Noted<'n> {
    /// What kind.
    pub clase: Clase,
    /// On which document.
    pub documento: Option<DocumentoId>,
    /// One line for the history.
    pub texto: &'n str,
    /// Before and after, for the audit trail.
    pub detalle: serde_json::Value,
}

/// What is recorded of a change: one audit record and one event.
#[derive(Debug, Clone)]
pub struct Change<'c> {
    /// What kind.
    pub clase: Clase,
    /// On which expediente.
    pub expediente: ExpedienteId,
    /// Its scope.
    pub ambito: &'c Ambito,
    /// Its new revision.
    pub revision: i64,
    /// On which document.
    pub documento: Option<DocumentoId>,
    /// Before and after, reason, names.
    pub detalle: serde_json::Value,
}

impl<'a> Work<'a> {
    /// Begins a write.
    pub async fn begin(state: &'a AppState, actor: &'a Actor) -> AppResult<Self> {
        let tx = state.db.write().await?;
        Ok(Self { tx, now: state.clock.now_ms(), state, actor, key: None, last_seq: None })
    }

    /// Who does it.
    pub fn actor(&self) -> &'a Actor {
        self.actor
    }

    /// Begins a write that is done once for this key. `huella` is the SHA-256 of what is asked; the same key with another one is refused.
    pub async fn begin_once<T: DeserializeOwned>(
        state: &'a AppState,
        actor: &'a Actor,
        key: Option<&str>,
        huella: Vec<u8>,
    ) -> AppResult<Once<Self, T>> {
        let mut work = Self::begin(state, actor).await?;
        let Some(key) = key else { return Ok(Once::Fresh(work)) };
        if let Some(kept) = idempotencia::find(&mut work.tx, actor.id.0, key).await? {
            if kept.huella != huella {
                return Err(AppError::refused(
                    Codigo::ClaveRepetida,
                    "Esa clave de petición ya se usó para otra cosa; repita la acción.",
                ));
            }
            let answer = serde_json::from_str(&kept.respuesta).map_err(anyhow::Error::from)?;
            return Ok(Once::Done(answer));
        }
        work.key = Some((key.to_owned(), huella));
        Ok(Once::Fresh(work))
    }

    /// Writes history, audit and event of a change that made `revision`.
    pub(crate) async fn note(&mut self, expediente: &ExpedienteRow, revision: i64, what: Noted<'_>) -> AppResult<()> {
        let Noted { clase, documento, texto, detalle } = what;
        let (id, usuario_id) = (expediente.id(), self.actor.id.0);
        let entry =
            historial::Nueva { expediente: id, revision, cuando: self.now, usuario_id, clase, campos: &[], texto };
        historial::append(&mut self.tx, &entry).await?;
        let ambito = expediente.ambito();
        self.record(&Change { clase, expediente: id, ambito: &ambito, revision, documento, detalle }).await
    }

    /// Writes the audit record and the event of a change.
    pub async fn record(&mut self, change: &Change<'_>) -> AppResult<()> {
        let clase = serde_json::to_value(change.clase).map_err(anyhow::Error::from)?;
        let clase = clase.as_str().unwrap_or_default();
        let detalle = change.detalle.to_string();
        self.audit(clase, Some(change.expediente), change.documento, &detalle).await?;
        let event = outbox::Nuevo {
            cuando: self.now,
            clase,
            entidad: Some(&change.ambito.entidad),
            equipo_id: change.ambito.equipo_id,
            asesor_id: Some(change.ambito.asesor_id),
            expediente_id: Some(change.expediente.0),
            revision: Some(change.revision),
            documento_id: change.documento.map(|d| d.0),
            quien: &self.actor.usuario,
        };
        self.last_seq = Some(outbox::append(&mut self.tx, &event).await?);
        Ok(())
    }

    /// Writes an audit record alone, for what no client needs to be told.
    pub async fn audit(
        &mut self,
        accion: &str,
        expediente: Option<ExpedienteId>,
        documento: Option<DocumentoId>,
        detalle: &str,
    ) -> AppResult<()> {
        let registro = audit::Registro {
            cuando: self.now,
            usuario_id: Some(self.actor.id.0),
            quien: &self.actor.usuario,
            accion,
            expediente_id: expediente.map(|e| e.0),
            documento_id: documento.map(|d| d.0),
            peticion: &self.actor.peticion,
            detalle,
        };
        audit::append(&mut self.tx, &registro).await?;
        Ok(())
    }

    /// Commits, and wakes the event streams.
    pub async fn commit(self) -> AppResult<()> {
        self.tx.commit().await?;
        if let Some(seq) = self.last_seq {
            self.state.outbox.send_replace(seq);
        }
        Ok(())
    }

    /// Keeps the answer under the key, if there is one, and commits.
    pub async fn commit_answer<T: Serialize>(mut self, status: u16, answer: &T) -> AppResult<()> {
        if let Some((key, huella)) = self.key.take() {
            let respuesta = serde_json::to_string(answer).map_err(anyhow::Error::from)?;
            let kept = idempotencia::Respuesta { huella, estado: i64::from(status), respuesta };
            idempotencia::keep(&mut self.tx, self.actor.id.0, &key, &kept, self.now).await?;
        }
        self.commit().await
    }
}
