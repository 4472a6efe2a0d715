//! Uploads and downloads.

use super::{conexion, documentos, mensajes};
use crate::action::Action;
use crate::effect::Effect;
use crate::i18n::Text;
use crate::msg::{Failure, Msg};
use crate::state::State;

use crate::state::overlay::{Overlay, Prompt, Purpose};
use crate::state::transfers::{EstadoTransfer, Job, Pick, Transfer};
use domain::{DocumentoId, ExpedienteId};
use std::path::PathBuf;

/// Queues the chosen files; those without a type are left out by whoever reviews them.
pub fn upload(
    state: &mut State,
    expediente: ExpedienteId,
    version_of: Option<DocumentoId>,
    picks: Vec<Pick>,
) -> Vec<Effect> {
    let mut effects = Vec::new();
    for pick in picks {
        let Some(tipo) = pick.tipo else { continue };
        let key = state.next_key();
        let job = Job::Upload { expediente, tipo, version_of, path: pick.path, key };
        effects.push(queue(state, job, pick.nombre, pick.bytes));
    }
    let queued = effects.len();
    effects.extend(mensajes::done(state, Text::key("subidas-en-cola").with("n", queued)));
    effects
}

pub(super) fn queue(state: &mut State, job: Job, nombre: String, total: u64) -> Effect {
    state.transfers.last += 1;
    let id = state.transfers.last;
    let transfer = Transfer { id, job: job.clone(), nombre, total, done: 0, rate: 0, estado: EstadoTransfer::EnCola };
    state.transfers.items.push(transfer);
    Effect::StartTransfer { id, job }
}

/// Opens the original in the desktop's viewer, or asks for a folder to save it into.
pub fn download(state: &mut State, action: Action) -> Vec<Effect> {
    let ids = documentos::targets(state).iter().map(|documento| documento.id).collect();
    if action == Action::OpenExternal {
        return save_to(state, ids, None);
    }
    let prompt = Prompt::new(Purpose::SaveOriginal(ids), "~/");
    state.overlays.push(Overlay::Prompt(prompt));
    Vec::new()
}

/// Saves originals into a folder, or opens them.
pub fn save_to(state: &mut State, ids: Vec<DocumentoId>, folder: Option<PathBuf>) -> Vec<Effect> {
    let mut effects = Vec::new();
    for documento in ids {
        let Some((nombre, bytes)) = state.documentos.find(documento).map(|d| (d.nombre.clone(), d.bytes)) else {
            continue;
        };
        effects.push(queue(state, Job::Download { documento, folder: folder.clone() }, nombre, bytes));
    }
    effects
}

/// A transfer has moved.
pub fn message(state: &mut State, msg: Msg) -> Vec<Effect> {
    let Msg::Transfer { id, done, total, rate, estado } = msg else { return Vec::new() };
    let Some(transfer) = state.transfers.items.iter_mut().find(|transfer| transfer.id == id) else { return Vec::new() };
    // That it was cancelled is known here first; it may have been started again since.
    if transfer.estado == EstadoTransfer::Cancelado || estado == EstadoTransfer::Cancelado {
        return Vec::new();
    }
    if total > 0 {
        (transfer.done, transfer.total, transfer.rate) = (done, total, rate);
    }
    transfer.estado = estado.clone();
    let (nombre, job) = (transfer.nombre.clone(), transfer.job.clone());
    match (estado, job) {
        (EstadoTransfer::Hecho(documento), Job::Upload { expediente, .. }) => {
            let mut effects = mensajes::done(state, Text::key("subida-hecha").with("nombre", nombre));
            if state.documentos.expediente == Some(expediente) {
                state.documentos.uploaded.extend(documento);
                effects.extend(documentos::reload(state));
            }
            effects
        }
        (EstadoTransfer::Hecho(_), Job::Download { folder: Some(folder), .. }) => {
            let texto = Text::key("bajada-hecha").with("nombre", nombre).with("carpeta", folder.display().to_string());
            mensajes::done(state, texto)
        }
        (EstadoTransfer::Fallido(sentence), _) => {
            mensajes::error(state, Text::key("transferencia-fallida").with("nombre", nombre).with("motivo", sentence))
        }
        _ => Vec::new(),
    }
}

/// The line or the session was cut under it: it waits, and goes on from where it was.
pub fn cut(state: &mut State, id: u64, failure: &Failure) -> Vec<Effect> {
    let mut effects = conexion::failed(state, failure);
    let Some(transfer) = state.transfers.items.iter_mut().find(|transfer| transfer.id == id) else { return effects };
    if transfer.estado.is_open() {
        transfer.estado = EstadoTransfer::EnCola;
        let texto = Text::key("subida-espera").with("nombre", transfer.nombre.clone());
        state.transfers.waiting.push(id);
        effects.extend(mensajes::warn(state, texto));
    }
    effects
}

/// The line or the session is back: what it had cut goes on.
pub fn go_on(state: &mut State) -> Vec<Effect> {
    let waiting = std::mem::take(&mut state.transfers.waiting);
    let jobs = state
        .transfers
        .items
        .iter()
        .filter(|transfer| waiting.contains(&transfer.id) && transfer.estado == EstadoTransfer::EnCola);
    jobs.map(|transfer| Effect::StartTransfer { id: transfer.id, job: transfer.job.clone() }).collect()
}

/// The same again: an upload under its key, so that it goes on where it was.
pub fn retry(state: &mut State, id: u64) -> Vec<Effect> {
    let Some(transfer) = state.transfers.items.iter_mut().find(|transfer| transfer.id == id) else { return Vec::new() };
    if !matches!(transfer.estado, EstadoTransfer::Fallido(_) | EstadoTransfer::Cancelado) {
        return Vec::new();
    }
    transfer.estado = EstadoTransfer::EnCola;
    vec![Effect::StartTransfer { id, job: transfer.job.clone() }]
}

/// Ends a transfer.
pub fn cancel(state: &mut State, id: u64) -> Vec<Effect> {
    let Some(transfer) = state.transfers.items.iter_mut().find(|transfer| transfer.id == id) else { return Vec::new() };
    transfer.estado = EstadoTransfer::Cancelado;
    vec![Effect::CancelTransfer { id }]
}
