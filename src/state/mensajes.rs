//! What the program has told: toasts now, all of it in the log.

use crate::i18n::Text;
use domain::{DocumentoId, ExpedienteId};
use std::collections::VecDeque;

/// Toasts and log.
#[derive(Debug, Clone, Default)]
pub struct Mensajes {
    /// On screen now.
    pub toasts: Vec<Toast>,
    /// Everything since the start, newest last, at most [`LOG_MAX`].
    pub log: VecDeque<Mensaje>,
}

/// Entries the log keeps.
pub const LOG_MAX: usize = 500;

/// How serious.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nivel {
    /// Something was done.
    Hecho,
    /// Worth knowing.
    Aviso,
    /// Something failed.
    Error,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mensaje {
    /// How serious.
    pub nivel: Nivel,
    /// One sentence.
    pub texto: Text,
    /// When ([`super::State::now`]); the view makes a time of day of it.
    pub at: u64,
    /// Id of the request at the service, for support.
    pub peticion: Option<String>,
}

/// A message on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// What.
    pub mensaje: Mensaje,
    /// When it goes away ([`super::State::now`]).
    pub until: u64,
    /// What it is about: of one thing the newest alone is shown.
    pub asunto: Option<Asunto>,
    /// Whether a key has been pressed since it is there: an error waits for one.
    pub seen: bool,
}

/// What a toast may be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asunto {
    /// The index of an expediente.
    Indice(ExpedienteId),
    /// The new expediente.
    Nuevo,
    /// A note or an aviso of an expediente, as it is written.
    Escrito(ExpedienteId),
    /// A document.
    Documento(DocumentoId),
    /// An upload or a download.
    Transfer(u64),
    /// Uploads chosen together.
    Tanda,
}
