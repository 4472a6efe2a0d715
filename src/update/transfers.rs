//! Uploads and downloads.

use super::{conexion, documentos, mensajes};
use crate::action::Action;
use crate::effect::Effect;
use crate::i18n::Text;
use crate::msg::{Failure, Msg};
use crate::state::State;
use crate::state::mensajes::{Asunto, Nivel};
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
    let texto = Text::key("subidas-en-cola").with("n", queued);
    effects.extend(mensajes::about(state, Asunto::Tanda, Nivel::Hecho, texto));
    effects
}

pub(super) fn queue(state: &mut State, job: Job, nombre: String, total: u64) -> Effect {
    state.transfers.last += 1;
    let id = state.transfers.last;
    let transfer = Transfer { id, job: job.clone(), nombre, total, done: 0, rate: 0, estado: EstadoTransfer::EnCola };
    state.transfers.items.push(transfer);
    if matches!(job, Job::Upload { .. }) {
        state.transfers.tanda.push(id);
    }
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
    let mut effects = ended(state, id, nombre, &estado, &job);
    if let (EstadoTransfer::Hecho(documento), Job::Upload { expediente, .. }) = (estado, job)
        && state.documentos.expediente == Some(expediente)
    {
        state.documentos.uploaded.extend(documento);
        effects.extend(documentos::reload(state));
    }
    effects.extend(sum_up(state));
    effects
}

/// Tells how one has ended.
fn ended(state: &mut State, id: u64, nombre: String, estado: &EstadoTransfer, job: &Job) -> Vec<Effect> {
    match (estado, job) {
        (EstadoTransfer::Hecho(_), Job::Upload { .. }) => {
            let together = state.transfers.tanda.contains(&id);
            let asunto = if together { Asunto::Tanda } else { Asunto::Transfer(id) };
            mensajes::settle(state, Asunto::Transfer(id));
            mensajes::about(state, asunto, Nivel::Hecho, Text::key("subida-hecha").with("nombre", nombre))
        }
        (EstadoTransfer::Hecho(_), Job::Download { folder: Some(folder), .. }) => {
            let texto = Text::key("bajada-hecha").with("nombre", nombre).with("carpeta", folder.display().to_string());
            mensajes::about(state, Asunto::Transfer(id), Nivel::Hecho, texto)
        }
        (EstadoTransfer::Fallido(sentence), _) => {
            let texto = Text::key("transferencia-fallida").with("nombre", nombre).with("motivo", sentence.clone());
            mensajes::about(state, Asunto::Transfer(id), Nivel::Error, texto)
        }
        _ => Vec::new(),
    }
}

/// When the last of several uploads has ended: how many there were, and what went wrong, in place of what was told of each.
fn sum_up(state: &mut State) -> Vec<Effect> {
    if state.transfers.of_tanda().any(|transfer| transfer.estado.is_open()) {
        return Vec::new();
    }
    let done = state.transfers.of_tanda().filter(|one| matches!(one.estado, EstadoTransfer::Hecho(_))).count();
    let failed: Vec<(String, String)> = state
        .transfers
        .of_tanda()
        .filter_map(|one| match &one.estado {
            EstadoTransfer::Fallido(motivo) => Some((one.nombre.clone(), motivo.clone())),
            _ => None,
        })
        .collect();
    let all = std::mem::take(&mut state.transfers.tanda);
    if done + failed.len() < 2 {
        return Vec::new();
    }
    all.into_iter().for_each(|id| mensajes::settle(state, Asunto::Transfer(id)));
    let wrong = failed.len();
    match failed.into_iter().next() {
        None => mensajes::about(state, Asunto::Tanda, Nivel::Hecho, Text::key("tanda-hecha").with("n", done)),
        Some((nombre, motivo)) => {
            let texto = Text::key("tanda-con-errores").with("n", done).with("mal", wrong);
            mensajes::about(state, Asunto::Tanda, Nivel::Error, texto.with("nombre", nombre).with("motivo", motivo))
        }
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
        effects.extend(mensajes::about(state, Asunto::Transfer(id), Nivel::Aviso, texto));
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
    let job = transfer.job.clone();
    mensajes::settle(state, Asunto::Transfer(id));
    vec![Effect::StartTransfer { id, job }]
}

/// Ends a transfer.
pub fn cancel(state: &mut State, id: u64) -> Vec<Effect> {
    let Some(transfer) = state.transfers.items.iter_mut().find(|transfer| transfer.id == id) else { return Vec::new() };
    transfer.estado = EstadoTransfer::Cancelado;
    let mut effects = vec![Effect::CancelTransfer { id }];
    effects.extend(sum_up(state));
    effects
}
