//! What `update/` wants done. The runtime does it and answers with a [`crate::msg::Msg`].
#![allow(missing_docs, reason = "fields of variants are the wire's own types, documented in crates/api")]

use crate::preview::tint::Ink;
use crate::state::preview::Signature;
use crate::state::preview::secret::Secret;
use crate::state::trabajo::Trabajo;
use crate::state::transfers::Job;
use api::aviso::{AvisoCambio, AvisoNuevo};
use api::documento::DocumentoCambio;
use api::expediente::ExpedienteNuevo;
use api::fase::FaseCambio;
use api::lista::ListaParams;
use api::sesion::Credenciales;
use api::vista::Vista;
use domain::{AvisoId, CampoId, DocumentoId, EntidadId, ExpedienteId, ModeloId, NotaId, PlantillaId, Valor};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Something to be done outside. Effects with a `generation` replace the one of their kind that is under way; those with a `key` write,
/// and are safe to repeat.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Ask the service what it is ([`crate::msg::Msg::Servidor`]).
    Connect,
    /// Remember this certificate as the service's.
    Trust(String),
    /// Sign in.
    SignIn { generation: u64, credenciales: Credenciales },
    /// Sign out.
    SignOut,
    /// Who am I, with the session that was kept.
    WhoAmI { generation: u64 },
    /// What there is to choose.
    LoadEntidades { generation: u64 },
    /// Definition of a modelo.
    LoadModelo { generation: u64, modelo: ModeloId },
    /// First page of the list.
    LoadLista { generation: u64, params: ListaParams },
    /// Next page of the list.
    LoadMore { generation: u64, params: ListaParams },
    /// Detail of an expediente; `known` is the revision already here.
    LoadDetalle { generation: u64, id: ExpedienteId, known: Option<i64> },
    /// Page picture or text, for the selected document or for the pinned page.
    LoadPage { generation: u64, signature: Signature, pinned: bool },
    /// A small picture of a page; one at a time for each place.
    LoadThumb { place: usize, generation: u64, signature: Signature },
    /// Small pictures are not wanted any more.
    DropThumbs,
    /// Text of a page for the clipboard.
    CopyPage { signature: Signature },
    /// Look for a text in a document.
    Find { generation: u64, documento: DocumentoId, sha256: String, q: String },
    /// Light places of a page.
    Tint(Ink),
    /// Digital signatures of a document.
    LoadFirmas { generation: u64, documento: DocumentoId, sha256: String },
    /// The password of a document, for all that is asked of it from now on.
    Unlock { sha256: String, clave: Secret },
    /// Show the page if it is here already ([`crate::msg::Msg::Peeked`]); no word goes out.
    PeekPage { signature: Signature },
    /// Bring pages into the cache while the line is idle, one after the other.
    PrefetchPages { signatures: Vec<Signature> },
    /// The person has moved on: pages under way are not wanted any more, but this one.
    DropPages { but: Option<Signature> },
    /// History of an expediente.
    LoadHistory { generation: u64, id: ExpedienteId },
    /// Deleted documents of an expediente.
    LoadDeleted { generation: u64, id: ExpedienteId },
    /// Who may be the addressee of an aviso of an expediente.
    LoadPersonas { generation: u64, id: ExpedienteId },
    /// The open avisos to this person.
    LoadAvisos { generation: u64 },
    /// Sessions of this user.
    LoadSessions { generation: u64 },
    /// End a session.
    RevokeSession(i64),
    /// Saved views of a modelo.
    LoadVistas { modelo: ModeloId },
    /// Save a view.
    SaveVista(Vista),
    /// Delete a view.
    DeleteVista { nombre: String, modelo: ModeloId },
    /// Save index fields.
    SaveIndice {
        generation: u64,
        id: ExpedienteId,
        revision: i64,
        campos: BTreeMap<CampoId, Option<Valor>>,
        key: String,
    },
    /// Change something, and be told: kept until it is answered, sent again just so after a cut.
    Write { key: String, write: Write },
    /// New expediente.
    Create { generation: u64, nuevo: ExpedienteNuevo, key: String },
    /// Entries of a folder.
    ListFolder { generation: u64, folder: PathBuf },
    /// Size and readability of files pasted, dropped or named; folders are listed.
    InspectFiles { paths: Vec<PathBuf> },
    /// Start a transfer.
    StartTransfer { id: u64, job: Job },
    /// End a transfer.
    CancelTransfer { id: u64 },
    /// Listen to the events stream.
    Listen { desde: Option<i64> },
    /// Stop listening.
    StopListening,
    /// Copy to the clipboard of the terminal (OSC 52).
    Copy(String),
    /// Remember entidad, modelo, theme, language.
    Remember(Memoria),
    /// Keep work that is not done yet on this machine.
    Keep(Box<Trabajo>),
    /// What this person has left undone on this machine.
    LoadKept { usuario: String },
    /// Ask [`crate::msg::Msg::Timer`] after so many milliseconds.
    Wake { after_ms: u64, timer: Timer },
    /// Write a line into the program's log file.
    Log(String),
}

impl Effect {
    /// Whether it changes something at the service and is answered: the program waits for it before it ends.
    pub fn is_write(&self) -> bool {
        matches!(self, Self::SaveIndice { .. } | Self::Create { .. } | Self::Write { .. })
    }
}

/// A change that needs nothing of the person any more. The index being edited keeps its own save, and a new expediente stays in its form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Write {
    /// Undo an index change: the last one, or that of a revision.
    Undo { id: ExpedienteId, revision: Option<i64> },
    /// Move through fases; `revision` none takes the current one (actions on many).
    ChangeFase { id: ExpedienteId, revision: Option<i64>, cambio: FaseCambio },
    /// Validate the version that was looked at.
    Validate { documento: DocumentoId, sha256: String },
    /// Reject it.
    Reject { documento: DocumentoId, sha256: String, motivo: String },
    /// Another name or type.
    ChangeDocumento { documento: DocumentoId, cambio: DocumentoCambio },
    /// Delete.
    DeleteDocumento { documento: DocumentoId, motivo: String },
    /// Bring back.
    RecoverDocumento { documento: DocumentoId },
    /// A new note.
    AddNota { expediente: ExpedienteId, texto: String },
    /// Another text of a note.
    ChangeNota { expediente: ExpedienteId, nota: NotaId, texto: String },
    /// Delete a note.
    DeleteNota { expediente: ExpedienteId, nota: NotaId },
    /// A new aviso.
    AddAviso { expediente: ExpedienteId, nuevo: AvisoNuevo },
    /// Another text, addressee or day of an aviso; or it is done, or open again.
    ChangeAviso { expediente: ExpedienteId, aviso: AvisoId, cambio: AvisoCambio },
    /// Delete an aviso.
    DeleteAviso { expediente: ExpedienteId, aviso: AvisoId },
    /// A document from a template; `con_huecos`: although fields are empty.
    FromTemplate { expediente: ExpedienteId, plantilla: PlantillaId, con_huecos: bool },
}

/// What is remembered between runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Memoria {
    /// Last choice.
    Eleccion(EntidadId, ModeloId),
    /// Theme by name.
    Tema(String),
    /// Language tag.
    Idioma(String),
    /// Queries typed.
    Busquedas(Vec<String>),
    /// Reasons given.
    Motivos(Vec<String>),
    /// To whom avisos are given; empty when to the asesor.
    Destinatario(String),
    /// The person was told how tmux lets pictures through.
    TmuxAvisado,
}

/// What a timer is for. One of each kind runs at a time; a new one replaces it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Timer {
    /// Something has been loading for a while: draw the spinner.
    Patience,
    /// It has been so for long: say that the line is silent.
    Stalled,
    /// The selection has rested: load the detail.
    DetalleDebounce,
    /// The selection has rested: load the page.
    PreviewDebounce,
    /// Typing has rested: search.
    SearchDebounce,
    /// Typing has rested: search the document.
    FindDebounce,
    /// A toast goes away.
    Toast,
    /// Try the service again.
    Reconnect,
    /// Others have changed expedientes: load the list again, at most once a second.
    ListRefresh,
    /// The first rows are here, surely: saved views can come.
    Vistas,
    /// Somebody has stayed on a page: make it sharper.
    Sharpen,
    /// The line has been idle: fetch what may be wanted next.
    Ahead,
    /// Avisos have changed: ask for those to this person again, at most once a second.
    AvisosRefresh,
}
