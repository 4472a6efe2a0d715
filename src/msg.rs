//! What comes back from outside. Whatever a service sent has been cleaned of control characters before it is here.
#![allow(missing_docs, reason = "fields of variants are the wire's own types, documented in crates/api")]

use crate::effect::Timer;
use crate::preview::tint::{Ink, Piece};
use crate::state::conexion::Huella;
use crate::state::overlay::Entry;
use crate::state::preview::{Shown, Signature};
use crate::state::trabajo::Trabajo;
use crate::state::transfers::{EstadoTransfer, Pick};
use api::aviso::{AvisoVista, Destinatario, MisAvisos};
use api::documento::{DocumentoVista, Firmas, Hallazgos};
use api::evento::Evento;
use api::expediente::{Cambiado, ExpedienteDetalle, HistorialEntrada};
use api::lista::Lista;
use api::nota::NotaVista;
use api::servidor::{ModeloDefinicion, Servidor};
use api::sesion::{EntidadVista, Persona, SesionNueva, SesionVista};
use api::vista::Vista;
use domain::{DocumentoId, ExpedienteId};

/// Why something asked of the service was not done.
#[derive(Debug, Clone)]
pub struct Failure {
    /// What kind.
    pub kind: FailureKind,
    /// One sentence for people, in their language.
    pub sentence: String,
    /// The problem, when the service sent one.
    pub problem: Option<Box<api::Problem>>,
}

/// Kinds of failure that the program reacts to differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// The service cannot be reached: wait and try again.
    Offline,
    /// The session has ended: sign in again.
    SessionEnded,
    /// The service refused, and says why.
    Refused,
    /// The service failed, or sent something that cannot be understood.
    Broken,
}

/// What a request answers.
pub type Answer<T> = Result<T, Failure>;

/// A message from outside.
#[derive(Debug)]
pub enum Msg {
    /// The service, or why not.
    Servidor(Answer<Servidor>),
    /// A certificate to be confirmed.
    Untrusted(Huella),
    /// Signed in, or not.
    SignedIn { generation: u64, answer: Answer<SesionNueva> },
    /// Who has the session that was kept.
    WhoAmI { generation: u64, answer: Answer<Persona> },
    /// Signed out.
    SignedOut,
    /// What there is to choose.
    Entidades { generation: u64, answer: Answer<Vec<EntidadVista>> },
    /// Definition of a modelo.
    Modelo { generation: u64, answer: Answer<ModeloDefinicion> },
    /// First page of the list.
    Lista { generation: u64, answer: Answer<Lista> },
    /// Next page of the list.
    More { generation: u64, answer: Answer<Lista> },
    /// Detail; `None` when what is here is current (304).
    Detalle { generation: u64, answer: Answer<Option<ExpedienteDetalle>> },
    /// A page: what to show, and how many pages there are.
    Page { generation: u64, signature: Signature, shown: Shown, pages: Option<u32>, firmas: u32, offline: bool },
    /// A small picture of a page, or the reason why there is none.
    Thumb { generation: u64, page: u32, shown: Shown },
    /// Text of a page for the clipboard.
    PageText(Answer<String>),
    /// Where a text stands in a document.
    Found { generation: u64, q: String, answer: Answer<Hallazgos> },
    /// Places of a page have been lit.
    Tinted { ink: Ink, pieces: Vec<Piece> },
    /// Digital signatures of a document.
    Firmas { generation: u64, answer: Answer<Firmas> },
    /// History.
    History { generation: u64, answer: Answer<Vec<HistorialEntrada>> },
    /// Deleted documents.
    Deleted { generation: u64, answer: Answer<Vec<DocumentoVista>> },
    /// Who may be the addressee of an aviso.
    Personas { generation: u64, answer: Answer<Vec<Destinatario>> },
    /// The open avisos to this person.
    Avisos { generation: u64, answer: Answer<MisAvisos> },
    /// Sessions.
    Sessions { generation: u64, answer: Answer<Vec<SesionVista>> },
    /// Saved views.
    Vistas(Answer<Vec<Vista>>),
    /// Index saved, or not.
    IndiceSaved { generation: u64, id: ExpedienteId, answer: Answer<Cambiado> },
    /// Undone, or not.
    Undone { key: String, id: ExpedienteId, answer: Answer<Cambiado> },
    /// Created, or not.
    Created { generation: u64, answer: Answer<ExpedienteDetalle> },
    /// Moved, or not.
    FaseChanged { key: String, id: ExpedienteId, answer: Answer<Cambiado> },
    /// A document changed, or not.
    DocumentoChanged { key: String, documento: DocumentoId, answer: Answer<DocumentoVista> },
    /// A document was deleted, or not.
    DocumentoDeleted { key: String, documento: DocumentoId, answer: Answer<()> },
    /// A note was written or changed, or not.
    NotaChanged { key: String, answer: Answer<NotaVista> },
    /// An aviso was given or changed, or not.
    AvisoChanged { key: String, answer: Answer<AvisoVista> },
    /// A note or an aviso was deleted, or not.
    NotaDeleted { key: String, answer: Answer<()> },
    /// A document was made from a template, or not.
    TemplateMade { key: String, answer: Answer<DocumentoVista> },
    /// A session was ended, or not; a view deleted, or not.
    Done(Answer<()>),
    /// Entries of a folder, or why not (one sentence).
    Folder { generation: u64, folder: std::path::PathBuf, answer: Result<Vec<Entry>, String> },
    /// Files that can be read, and sentences about those that cannot.
    Files { picks: Vec<Pick>, refused: Vec<String> },
    /// A transfer moved.
    Transfer { id: u64, done: u64, total: u64, rate: u64, estado: EstadoTransfer },
    /// A transfer was cut by the line or an ended session.
    TransferCut { id: u64, failure: Failure },
    /// What this person has left undone on this machine.
    Kept(Trabajo),
    /// Something changed at the service.
    Evento(Evento),
    /// The events stream is on, at this sequence number; what was missed comes after.
    Listening { seq: i64 },
    /// The events stream was cut.
    ListenLost(Failure),
    /// Copied, or why not.
    Copied(Result<(), String>),
    /// A page that was here already.
    Peeked { shown: Shown, pages: Option<u32>, firmas: u32 },
    /// Bytes moved since the start, and how many come in a second, once that is known.
    Bytes { up: u64, down: u64, rate: Option<u64> },
    /// A timer of [`crate::effect::Effect::Wake`].
    Timer(Timer),
}

impl Msg {
    /// Whether it answers an effect for which [`crate::effect::Effect::is_write`] holds.
    pub fn answers_write(&self) -> bool {
        matches!(
            self,
            Self::IndiceSaved { .. }
                | Self::Undone { .. }
                | Self::Created { .. }
                | Self::FaseChanged { .. }
                | Self::DocumentoChanged { .. }
                | Self::DocumentoDeleted { .. }
                | Self::NotaChanged { .. }
                | Self::AvisoChanged { .. }
                | Self::NotaDeleted { .. }
                | Self::TemplateMade { .. }
        )
    }

    /// Of an answer to a write that the outbox keeps: the key it went out under, and why it was not done.
    pub fn kept_write(&self) -> Option<(&str, Option<&Failure>)> {
        match self {
            Self::Undone { key, answer, .. } | Self::FaseChanged { key, answer, .. } => {
                Some((key, answer.as_ref().err()))
            }
            Self::DocumentoChanged { key, answer, .. } => Some((key, answer.as_ref().err())),
            Self::DocumentoDeleted { key, answer, .. } | Self::NotaDeleted { key, answer } => {
                Some((key, answer.as_ref().err()))
            }
            Self::NotaChanged { key, answer } => Some((key, answer.as_ref().err())),
            Self::AvisoChanged { key, answer } => Some((key, answer.as_ref().err())),
            Self::TemplateMade { key, answer } => Some((key, answer.as_ref().err())),
            _ => None,
        }
    }
}
