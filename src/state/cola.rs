//! What waits for the line besides the transfers: changes that are not answered yet, and the save of the index.

use super::State;
use super::conexion::EstadoConexion;
use super::outbox::Sent;
use super::overlay::Overlay;
use domain::ExpedienteId;

/// A change that is queued.
#[derive(Debug, Clone, Copy)]
pub enum Cambio<'s> {
    /// One of the outbox.
    Sent(&'s Sent),
    /// The save of the index: whose, and how many fields.
    Indice(ExpedienteId, usize),
}

impl Cambio<'_> {
    /// Whether it waits for the line or the session, rather than for an answer.
    pub fn waits(&self) -> bool {
        match self {
            Self::Sent(sent) => sent.waiting,
            Self::Indice(..) => true,
        }
    }
}

/// Changes that wait, and those that have been on their way for long enough to say so.
pub fn cambios(state: &State) -> Vec<Cambio<'_>> {
    let sent = state.outbox.late(state.now).map(Cambio::Sent);
    sent.chain(indice(state)).collect()
}

/// The save of the index, when it waits for the line or the session.
fn indice(state: &State) -> Option<Cambio<'_>> {
    let cut = matches!(state.conexion.estado, EstadoConexion::SinConexion { .. })
        || state.overlays.iter().any(|overlay| matches!(overlay, Overlay::SignInAgain));
    let edit = state.indice.edit.as_ref().filter(|_| cut)?;
    let saving = edit.saving.as_ref()?;
    Some(Cambio::Indice(edit.expediente, saving.campos.len()))
}

/// How much is queued in all, as the bottom line counts it.
pub fn cuantos(state: &State) -> usize {
    state.transfers.open() + cambios(state).len()
}
