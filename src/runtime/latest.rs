//! One request of each kind at a time: the new one aborts the old. What arrives late all the same is dropped by its generation.

use crate::effect::{Effect, Timer};
use std::collections::HashMap;
use tokio::task::AbortHandle;

/// Kinds of work of which only the newest matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The service itself.
    Connect,
    /// Signing in, or asking who one is.
    Session,
    /// What there is to choose.
    Entidades,
    /// Definition of the modelo.
    Modelo,
    /// First page of the list; aborts the next page too.
    Lista,
    /// Next page of the list.
    More,
    /// Detail.
    Detalle,
    /// Page on screen.
    Page,
    /// Page pinned beside it.
    Pinned,
    /// Small picture of a page, in this place.
    Thumb(usize),
    /// Text of a page for the clipboard.
    CopyPage,
    /// Text looked for in a document.
    Find,
    /// Lighting what was found.
    Tint,
    /// Digital signatures.
    Firmas,
    /// Page that may be wanted next.
    Prefetch,
    /// History.
    History,
    /// Deleted documents.
    Deleted,
    /// Who may be the addressee of an aviso.
    Personas,
    /// The open avisos to this person.
    Avisos,
    /// Sessions.
    Sessions,
    /// Folder of the file picker.
    Folder,
    /// Events stream.
    Listen,
    /// A timer.
    Timer(Timer),
}

/// The kind of an effect; `None` for what must never be aborted (writes).
pub fn kind_of(effect: &Effect) -> Option<Kind> {
    Some(match effect {
        Effect::Connect => Kind::Connect,
        Effect::SignIn { .. } | Effect::WhoAmI { .. } => Kind::Session,
        Effect::LoadEntidades { .. } => Kind::Entidades,
        Effect::LoadModelo { .. } => Kind::Modelo,
        Effect::LoadLista { .. } => Kind::Lista,
        Effect::LoadMore { .. } => Kind::More,
        Effect::LoadDetalle { .. } => Kind::Detalle,
        Effect::LoadPage { pinned: false, .. } => Kind::Page,
        Effect::LoadPage { pinned: true, .. } => Kind::Pinned,
        Effect::LoadThumb { place, .. } => Kind::Thumb(*place),
        Effect::CopyPage { .. } => Kind::CopyPage,
        Effect::Find { .. } => Kind::Find,
        Effect::Tint(_) => Kind::Tint,
        Effect::LoadFirmas { .. } => Kind::Firmas,
        Effect::PrefetchPages { .. } => Kind::Prefetch,
        Effect::LoadHistory { .. } => Kind::History,
        Effect::LoadDeleted { .. } => Kind::Deleted,
        Effect::LoadPersonas { .. } => Kind::Personas,
        Effect::LoadAvisos { .. } => Kind::Avisos,
        Effect::LoadSessions { .. } => Kind::Sessions,
        Effect::ListFolder { .. } => Kind::Folder,
        Effect::Listen { .. } => Kind::Listen,
        Effect::Wake { timer, .. } => Kind::Timer(*timer),
        _ => return None,
    })
}

/// What is under way, by kind.
#[derive(Debug, Default)]
pub struct Latest(HashMap<Kind, AbortHandle>);

impl Latest {
    /// Takes the place of whatever of this kind is under way.
    pub fn replace(&mut self, kind: Kind, task: AbortHandle) {
        if kind == Kind::Lista {
            self.abort(Kind::More);
        }
        if let Some(old) = self.0.insert(kind, task) {
            old.abort();
        }
    }

    /// Ends what is under way of this kind.
    pub fn abort(&mut self, kind: Kind) {
        if let Some(task) = self.0.remove(&kind) {
            task.abort();
        }
    }

    /// Ends all.
    pub fn abort_all(&mut self) {
        self.0.drain().for_each(|(_, task)| task.abort());
    }
}
