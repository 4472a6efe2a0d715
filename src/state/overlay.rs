//! What lies over the panes: a few shapes for many purposes.

use super::notas::{Cual, Escrito, ListaAvisos, Notas};
use super::preview::thumbs::Thumbs;
use super::transfers::Pick;
use crate::action::Action;
use crate::i18n::Text;
use api::expediente::HistorialEntrada;
use api::lista::Columna;
use api::sesion::SesionVista;
use domain::{CampoId, DocumentoId, ExpedienteId, PlantillaId, TipoId};
use serde::{Deserialize, Serialize};
use tui_input::Input;

/// An overlay.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// A filtered list to choose from: palette, help, menus, views, types, order.
    Picker(Picker),
    /// One line of text: a reason, a name.
    Prompt(Prompt),
    /// A question; the default is No.
    Confirm(Confirm),
    /// Files to upload: find them, then review type and target of each.
    Files(Box<Files>),
    /// New expediente: the modelo's first fields, edited like the index.
    NewExpediente(Box<NewExpediente>),
    /// History of an expediente.
    History(History),
    /// Notes and avisos of the selected expediente.
    Notas(Notas),
    /// A note or an aviso being written.
    Escrito(Box<Escrito>),
    /// The open avisos to this person.
    Avisos(ListaAvisos),
    /// What is missing to leave the fase.
    Missing {
        /// Selected line.
        selected: usize,
    },
    /// Transfers and tasks.
    Transfers {
        /// Selected line.
        selected: usize,
    },
    /// Messages since the start.
    Log {
        /// Lines scrolled up from the end.
        offset: usize,
    },
    /// The pages of a document as small pictures.
    Thumbs(Box<Thumbs>),
    /// The digital signatures of a document.
    Firmas {
        /// Selected one.
        selected: usize,
    },
    /// The session has ended: sign in again without losing anything.
    SignInAgain,
}

/// A filtered list to choose from.
#[derive(Debug, Clone)]
pub struct Picker {
    /// What it is for: decides the title.
    pub kind: PickerKind,
    /// Filter.
    pub input: Input,
    /// All entries.
    pub items: Vec<Item>,
    /// Indices into `items` that pass the filter, best first.
    pub visible: Vec<usize>,
    /// Selected place in `visible`.
    pub selected: usize,
    /// Entries under way: generation.
    pub pending: Option<u64>,
}

/// What a picker is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PickerKind {
    /// All actions.
    Palette,
    /// Actions of this place with their sentences.
    Help,
    /// What can be made new.
    New,
    /// What can be copied.
    Copy,
    /// Columns.
    Sort,
    /// Saved views.
    Views,
    /// Document types.
    Types,
    /// Themes.
    Themes,
    /// Sessions.
    Sessions,
    /// Deleted documents.
    Deleted,
    /// Templates of the modelo.
    Plantillas,
    /// Who may be the addressee of an aviso.
    Personas,
}

/// An entry of a picker.
#[derive(Debug, Clone)]
pub struct Item {
    /// What it says.
    pub label: Text,
    /// Right-hand side: key, count, date.
    pub hint: String,
    /// Sentence about it, dim.
    pub detail: Text,
    /// Why it cannot be chosen; it stays visible.
    pub disabled: Option<Text>,
    /// What choosing it does.
    pub choose: Chosen,
}

/// What choosing an entry does.
#[derive(Debug, Clone)]
pub enum Chosen {
    /// Runs an action.
    Action(Action),
    /// Copies this text.
    Copy(String),
    /// Copies the text of the page on screen.
    CopyPage,
    /// Sorts by this column; again turns the direction.
    Sort(Columna),
    /// Takes a saved view.
    View(String),
    /// Gives these documents that type.
    Retype(Vec<DocumentoId>, TipoId),
    /// Sets the type of these files about to be uploaded.
    FileType(Vec<usize>, TipoId),
    /// Takes a theme.
    Theme(String),
    /// Ends a session.
    Revoke(i64),
    /// Ends the session at work, after a question.
    RevokeOwn,
    /// Brings a document back.
    Recover(DocumentoId),
    /// Makes a document of this expediente from a template.
    Template(ExpedienteId, PlantillaId),
    /// Makes somebody the addressee of the aviso being written: user name and name.
    Para(String, String),
}

/// One line of text.
#[derive(Debug, Clone)]
pub struct Prompt {
    /// What it is for.
    pub purpose: Purpose,
    /// What is typed.
    pub input: Input,
    /// What is wrong with it.
    pub error: Option<Text>,
    /// Which of the reasons given before is shown, while one goes through them.
    pub recalled: Option<usize>,
}

impl Prompt {
    /// A prompt with this text to begin with.
    pub fn new(purpose: Purpose, text: &str) -> Self {
        Self { purpose, input: text.into(), error: None, recalled: None }
    }
}

impl Purpose {
    /// Whether what is typed is nobody's to read.
    pub fn is_secret(&self) -> bool {
        matches!(self, Self::Clave(..))
    }

    /// Whether it asks for a reason.
    pub fn is_reason(&self) -> bool {
        matches!(self, Self::Reject(_) | Self::Delete(_) | Self::Force(_) | Self::Retreat(_))
    }
}

/// What a prompt is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Why these documents are rejected: each with the SHA-256 of the version that was looked at.
    Reject(Vec<(DocumentoId, String)>),
    /// Why these documents are deleted.
    Delete(Vec<DocumentoId>),
    /// Why the gate is overridden.
    Force(Vec<ExpedienteId>),
    /// Why it goes back.
    Retreat(Vec<ExpedienteId>),
    /// The document's new name.
    Rename(DocumentoId),
    /// Name of the view to save.
    SaveView,
    /// Folder to save originals into.
    SaveOriginal(Vec<DocumentoId>),
    /// Number of a page.
    Page,
    /// Password of the document of this content and name.
    Clave(String, String),
}

/// A question; the default is No.
#[derive(Debug, Clone)]
pub struct Confirm {
    /// The sentence, naming the object.
    pub question: Text,
    /// Whether Yes is selected.
    pub yes: bool,
    /// What Yes does.
    pub then: Then,
}

impl Confirm {
    /// Whether it is about leaving the program.
    pub fn leaves(&self) -> bool {
        matches!(self.then, Then::Quit)
    }
}

/// What Yes does.
#[derive(Debug, Clone)]
pub enum Then {
    /// Asks for the reason, then deletes.
    Delete(Vec<DocumentoId>),
    /// Validates these documents: each with the SHA-256 of the version it is about.
    Validate(Vec<(DocumentoId, String)>),
    /// Rejects them with this reason.
    Reject(Vec<(DocumentoId, String)>, String),
    /// Throws away what is typed in the index.
    DiscardEdit,
    /// Throws away what is typed in the new expediente.
    DiscardNew,
    /// Advances these expedientes.
    Advance(Vec<ExpedienteId>),
    /// Asks for the reason, then advances these expedientes over their gates.
    Force(Vec<ExpedienteId>),
    /// Undoes the last change of the index.
    Undo(ExpedienteId, Option<i64>),
    /// Ends an upload.
    CancelTransfer(u64),
    /// Leaves the program.
    Quit,
    /// Signs out.
    SignOut,
    /// Deletes a saved view.
    DeleteView(String),
    /// Throws away the note or aviso being written.
    DiscardNote,
    /// Deletes a note or an aviso.
    DeleteNote(ExpedienteId, Cual),
    /// Makes a document from a template although these fields are empty, the first of which can be filled instead.
    TemplateWithBlanks {
        /// Of which expediente.
        expediente: ExpedienteId,
        /// From which template.
        plantilla: PlantillaId,
        /// The first empty field.
        campo: Option<CampoId>,
    },
}

/// Files to upload.
#[derive(Debug, Clone)]
pub struct Files {
    /// Where they go.
    pub expediente: ExpedienteId,
    /// The document they are a new version of.
    pub version_of: Option<DocumentoId>,
    /// The type to be given when nothing can be guessed (the missing line the person stood on).
    pub preferred: Option<TipoId>,
    /// The folder that is shown.
    pub folder: std::path::PathBuf,
    /// Its entries: name, whether it is a folder, size in bytes.
    pub entries: Vec<Entry>,
    /// Filter.
    pub input: Input,
    /// Indices into `entries` that pass the filter.
    pub visible: Vec<usize>,
    /// Selected place.
    pub selected: usize,
    /// Chosen files with the guessed type of each.
    pub chosen: Vec<Pick>,
    /// Whether the chosen ones are being reviewed.
    pub review: bool,
    /// Those of them that the next type, or the next removal, is for.
    pub marked: std::collections::BTreeSet<std::path::PathBuf>,
    /// Why the folder cannot be read, one sentence.
    pub error: Option<String>,
    /// Folder under way: generation.
    pub pending: Option<u64>,
}

impl Files {
    /// The marked files of the review, else the selected one: what is done next is done to them.
    pub fn meant(&self) -> Vec<usize> {
        let marked = self.chosen.iter().enumerate().filter(|(_, pick)| self.marked.contains(&pick.path));
        let marked: Vec<usize> = marked.map(|(at, _)| at).collect();
        if marked.is_empty() { vec![self.selected] } else { marked }
    }
}

/// An entry of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Name, cleaned for the screen.
    pub label: String,
    /// Path.
    pub path: std::path::PathBuf,
    /// Whether it is a folder.
    pub folder: bool,
    /// Bytes.
    pub bytes: u64,
}

/// Whose a new expediente is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asesor {
    /// Of the asesor who opens it.
    Own,
    /// Not said yet.
    Unsaid,
    /// Of one of the modelo's asesores, by place.
    Of(usize),
}

/// New expediente.
#[derive(Debug, Clone)]
pub struct NewExpediente {
    /// Fields and texts; `expediente` of it is meaningless.
    pub edit: super::indice::Edit,
    /// Whose it is to be.
    pub asesor: Asesor,
    /// Client-made key, the same on every retry.
    pub key: String,
    /// What went out under that key and was not refused: a cut may have taken the answer alone.
    pub sent: Option<api::expediente::ExpedienteNuevo>,
    /// Generation of the request under way.
    pub pending: Option<u64>,
}

/// History of an expediente.
#[derive(Debug, Clone)]
pub struct History {
    /// Whose.
    pub expediente: ExpedienteId,
    /// Entries, newest first.
    pub entries: super::Load<Vec<HistorialEntrada>>,
    /// Selected entry.
    pub selected: usize,
}

/// Sessions of this user, for the picker.
pub type Sessions = Vec<SesionVista>;
