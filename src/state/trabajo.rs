//! What is not done yet, as it is kept on this machine: a line that falls may take the program with it, but not the work.

use super::State;
use super::indice::{Edit, Saving};
use super::notas::Escritura;
use super::outbox::Sent;
use super::overlay::{Asesor, NewExpediente, Overlay};
use super::transfers::Job;
use api::expediente::ExpedienteNuevo;
use domain::{CampoId, EntidadId, ExpedienteId, Indice, ModeloId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Work of one person on one service that is not done yet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Trabajo {
    /// Indexes with something typed into them: the one being edited first.
    pub indices: Vec<IndiceEscrito>,
    /// New expedientes with something typed into them.
    pub nuevos: Vec<NuevoEscrito>,
    /// Notes and avisos being written: the one on screen first.
    pub escritos: Vec<Escritura>,
    /// Writes the service has not answered.
    pub cambios: Vec<Sent>,
    /// Uploads it has not got whole.
    pub subidas: Vec<Subida>,
}

/// An index with something typed into it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IndiceEscrito {
    /// Of which modelo: its fields mean nothing in another.
    pub modelo: ModeloId,
    /// Whose.
    pub expediente: ExpedienteId,
    /// Revision the person started from.
    pub revision: i64,
    /// Index at that revision.
    pub base: Indice,
    /// What was typed.
    pub texts: BTreeMap<CampoId, String>,
    /// The field with the cursor.
    pub field: CampoId,
    /// A save that was not answered.
    pub saving: Option<Saving>,
}

/// A new expediente with something typed into it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NuevoEscrito {
    /// Where it is to be.
    pub entidad: EntidadId,
    /// Of which modelo.
    pub modelo: ModeloId,
    /// What it begins with.
    pub base: Indice,
    /// What was typed.
    pub texts: BTreeMap<CampoId, String>,
    /// The field with the cursor.
    pub field: CampoId,
    /// Whose it is to be.
    pub asesor: Asesor,
    /// Its key.
    pub key: String,
    /// What went out under it.
    pub sent: Option<ExpedienteNuevo>,
}

/// An upload that is not whole at the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subida {
    /// What it does; its key goes on with what has arrived.
    pub job: Job,
    /// Name for people.
    pub nombre: String,
    /// Bytes in all.
    pub bytes: u64,
}

impl Trabajo {
    /// What is not done in this state. What was kept before and has no place yet stays.
    pub fn of(state: &State) -> Self {
        let waiting = &state.recuperado;
        Self {
            indices: written(state).into_iter().chain(waiting.indices.iter().cloned()).collect(),
            nuevos: new_one(state).into_iter().chain(waiting.nuevos.iter().cloned()).collect(),
            escritos: note(state).into_iter().chain(waiting.escritos.iter().cloned()).collect(),
            cambios: state.outbox.writes.iter().map(|sent| Sent { since: 0, waiting: false, ..sent.clone() }).collect(),
            subidas: uploads(state),
        }
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn written(state: &State) -> Option<IndiceEscrito> {
    let edit = state.indice.edit.as_ref().filter(|edit| edit.is_changed())?;
    Some(IndiceEscrito {
        modelo: state.modelo.as_ref()?.modelo.id.clone(),
        expediente: edit.expediente,
        revision: edit.revision,
        base: edit.base.clone(),
        texts: edit.texts.clone(),
        field: edit.field.clone(),
        saving: edit.saving.clone(),
    })
}

fn new_one(state: &State) -> Option<NuevoEscrito> {
    let elegido = state.eleccion.actual.as_ref()?;
    let of = |overlay: &Overlay| match overlay {
        Overlay::NewExpediente(nuevo) if nuevo.edit.is_changed() => Some(NuevoEscrito {
            entidad: elegido.entidad.clone(),
            modelo: elegido.modelo.clone(),
            base: nuevo.edit.base.clone(),
            texts: nuevo.edit.texts.clone(),
            field: nuevo.edit.field.clone(),
            asesor: nuevo.asesor,
            key: nuevo.key.clone(),
            sent: nuevo.sent.clone(),
        }),
        _ => None,
    };
    state.overlays.iter().find_map(of)
}

fn note(state: &State) -> Option<Escritura> {
    state.overlays.iter().find_map(|overlay| match overlay {
        Overlay::Escrito(escrito) if escrito.is_changed() => Some(escrito.escritura()),
        _ => None,
    })
}

fn uploads(state: &State) -> Vec<Subida> {
    let open = state.transfers.items.iter().filter(|transfer| transfer.estado.is_open());
    let uploads = open.filter(|transfer| matches!(transfer.job, Job::Upload { .. }));
    let kept = |transfer: &super::transfers::Transfer| Subida {
        job: transfer.job.clone(),
        nombre: transfer.nombre.clone(),
        bytes: transfer.total,
    };
    uploads.map(kept).collect()
}

impl IndiceEscrito {
    /// The edit it was.
    pub fn into_edit(self) -> Edit {
        Edit {
            texts: self.texts,
            saving: self.saving,
            ..Edit::new(self.expediente, self.revision, self.base, self.field)
        }
    }
}

impl NuevoEscrito {
    /// The form it was.
    pub fn into_form(self) -> NewExpediente {
        let empty = Edit::new(ExpedienteId(0), 0, self.base, self.field);
        let edit = Edit { texts: self.texts, ..empty };
        NewExpediente { edit, asesor: self.asesor, key: self.key, sent: self.sent, pending: None }
    }
}
