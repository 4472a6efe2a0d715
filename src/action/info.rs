//! The table of actions.

use super::Action;
use crate::config::VistaPrevia;
use crate::state::conexion::EstadoConexion;
use crate::state::preview::Half;
use crate::state::{Pane, State};
use domain::{Permiso, Rol};

/// Where a key of an action counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// In all four panes.
    Global,
    /// In the pane Expediente.
    Expedientes,
    /// In the pane Documentos.
    Documentos,
    /// In the pane Vista previa.
    Preview,
    /// In the pane Índice, and while editing it.
    Indice,
}

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Info {
    /// The action.
    pub action: Action,
    /// Name in the configuration file, kebab-case English: `next-pane`. Its title and sentence are `accion-<name>` and
    /// `accion-<name>.ayuda` in the message catalogue.
    pub name: &'static str,
    /// Default keys, as in the configuration file (`ctrl-s`, `f5`, `g`).
    pub keys: &'static [&'static str],
    /// Where it counts.
    pub place: Place,
    /// Weight in the hint line: the heavier, the longer it stays when width shrinks; 0 is never shown.
    pub hint: u8,
    /// Changes or removes something that is hard to bring back: asks first, default No.
    pub dangerous: bool,
    /// The permission it needs, gated here in one place.
    pub permiso: Option<Permiso>,
}

impl Action {
    /// Its line of the table.
    pub fn info(self) -> Option<&'static Info> {
        TABLE.iter().find(|info| info.action == self)
    }
}

const fn line(
    action: Action,
    name: &'static str,
    keys: &'static [&'static str],
    place: Place,
    hint: u8,
    permiso: Option<Permiso>,
) -> Info {
    Info { action, name, keys, place, hint, dangerous: false, permiso }
}

/// One that cannot be undone by a key.
const fn dangerous(line: Info) -> Info {
    Info { dangerous: true, ..line }
}

/// The table, in the order of the help.
#[rustfmt::skip]
pub const TABLE: &[Info] = &[
    line(Action::Up, "up", &["up", "k"], Place::Global, 0, None),
    line(Action::Down, "down", &["down", "j"], Place::Global, 0, None),
    line(Action::PageUp, "page-up", &["pageup"], Place::Global, 0, None),
    line(Action::PageDown, "page-down", &["pagedown"], Place::Global, 0, None),
    line(Action::First, "first", &["home", "g"], Place::Global, 0, None),
    line(Action::Last, "last", &["end", "G"], Place::Global, 0, None),
    line(Action::NextPane, "next-pane", &["tab"], Place::Global, 0, None),
    line(Action::PreviousPane, "previous-pane", &["shift-tab"], Place::Global, 0, None),
    line(Action::PaneExpedientes, "pane-expedientes", &["1"], Place::Global, 0, None),
    line(Action::PaneDocumentos, "pane-documentos", &["2"], Place::Global, 0, None),
    line(Action::PanePreview, "pane-preview", &["3"], Place::Global, 0, None),
    line(Action::PaneIndice, "pane-indice", &["4"], Place::Global, 0, None),
    line(Action::Enter, "enter", &["enter"], Place::Global, 9, None),
    line(Action::Back, "back", &["esc"], Place::Global, 0, None),
    line(Action::ZoomPane, "zoom-pane", &["+"], Place::Global, 2, None),
    line(Action::Search, "search", &["/", "f3"], Place::Global, 8, None),
    line(Action::Palette, "palette", &[":", "f2"], Place::Global, 7, None),
    line(Action::Help, "help", &["?", "f1"], Place::Global, 10, None),
    line(Action::Sort, "sort", &["s"], Place::Expedientes, 3, None),
    line(Action::Views, "views", &["l"], Place::Global, 0, None),
    line(Action::SaveView, "save-view", &["S"], Place::Expedientes, 0, None),
    line(Action::ChangeChoice, "change-choice", &["ctrl-e"], Place::Global, 1, None),
    line(Action::Mark, "mark", &["space"], Place::Global, 3, None),
    line(Action::MarkRange, "mark-range", &["V"], Place::Global, 0, None),
    line(Action::PreviewDown, "preview-down", &["J", "ctrl-down"], Place::Global, 0, None),
    line(Action::PreviewUp, "preview-up", &["K", "ctrl-up"], Place::Global, 0, None),
    line(Action::PreviewHalfDown, "preview-half-down", &["ctrl-d"], Place::Global, 0, None),
    line(Action::PreviewHalfUp, "preview-half-up", &["ctrl-u"], Place::Global, 0, None),
    line(Action::PreviousPage, "previous-page", &["left"], Place::Global, 0, None),
    line(Action::NextPage, "next-page", &["right"], Place::Global, 4, None),
    line(Action::ZoomIn, "zoom-in", &["z"], Place::Global, 4, None),
    line(Action::ZoomOut, "zoom-out", &["Z"], Place::Global, 0, None),
    line(Action::FitWidth, "fit-width", &["W"], Place::Global, 1, None),
    line(Action::GoToPage, "go-to-page", &["P"], Place::Global, 0, None),
    line(Action::Thumbs, "thumbnails", &["M"], Place::Global, 1, None),
    line(Action::Find, "find", &["/"], Place::Preview, 8, None),
    line(Action::FindNext, "find-next", &[".", "f3"], Place::Preview, 0, None),
    line(Action::FindPrevious, "find-previous", &[","], Place::Preview, 0, None),
    line(Action::Signatures, "signatures", &["i"], Place::Preview, 0, None),
    line(Action::Pin, "pin", &["F"], Place::Global, 1, None),
    line(Action::OtherHalf, "other-half", &["C"], Place::Global, 0, None),
    line(Action::Rotate, "rotate", &["r"], Place::Global, 3, None),
    line(Action::Sharpen, "sharpen", &["="], Place::Global, 0, None),
    line(Action::PreviewText, "preview-text", &["t"], Place::Global, 3, None),
    line(Action::OpenExternal, "open-external", &["o"], Place::Global, 2, None),
    line(Action::SaveOriginal, "save-original", &["D"], Place::Global, 1, None),
    line(Action::EditIndice, "edit-indice", &["e"], Place::Global, 6, Some(Permiso::EditarIndice)),
    line(Action::Save, "save", &["ctrl-s"], Place::Global, 5, None),
    line(Action::Undo, "undo", &["ctrl-z"], Place::Global, 0, Some(Permiso::EditarIndice)),
    line(Action::History, "history", &["h"], Place::Global, 1, None),
    line(Action::Upload, "upload", &["u"], Place::Global, 6, Some(Permiso::Subir)),
    line(Action::UploadVersion, "upload-version", &["U"], Place::Documentos, 2, Some(Permiso::Subir)),
    line(Action::New, "new", &["n"], Place::Global, 4, None),
    line(Action::NewExpediente, "new-expediente", &[], Place::Global, 0, Some(Permiso::Crear)),
    line(Action::NewFromTemplate, "new-from-template", &[], Place::Global, 0, Some(Permiso::Subir)),
    line(Action::NewNote, "new-note", &[], Place::Global, 0, Some(Permiso::Anotar)),
    line(Action::NewAviso, "new-aviso", &[], Place::Global, 0, Some(Permiso::Anotar)),
    line(Action::Notes, "notes", &["N"], Place::Global, 1, None),
    line(Action::Avisos, "avisos", &["b"], Place::Global, 0, None),
    line(Action::Validate, "validate", &["v"], Place::Global, 8, Some(Permiso::Revisar)),
    line(Action::Reject, "reject", &["x"], Place::Global, 8, Some(Permiso::Revisar)),
    line(Action::NextPending, "next-pending", &["p"], Place::Global, 1, None),
    line(Action::Rename, "rename", &["m"], Place::Documentos, 2, Some(Permiso::EditarDocumento)),
    line(Action::Retype, "retype", &["c"], Place::Documentos, 2, Some(Permiso::EditarDocumento)),
    dangerous(line(Action::Delete, "delete", &["d"], Place::Documentos, 1, Some(Permiso::Borrar))),
    line(Action::Recover, "recover", &[], Place::Documentos, 0, Some(Permiso::Borrar)),
    line(Action::Copy, "copy", &["y"], Place::Global, 1, None),
    line(Action::Advance, "advance", &["a"], Place::Global, 5, Some(Permiso::Avanzar)),
    dangerous(line(Action::Force, "force", &["A"], Place::Global, 0, Some(Permiso::Forzar))),
    dangerous(line(Action::Retreat, "retreat", &["B"], Place::Global, 0, Some(Permiso::Retroceder))),
    line(Action::Missing, "missing", &["f"], Place::Global, 4, None),
    line(Action::Refresh, "refresh", &["R", "f5"], Place::Global, 0, None),
    line(Action::Transfers, "transfers", &["w"], Place::Global, 2, None),
    line(Action::Log, "log", &["L"], Place::Global, 0, None),
    line(Action::Theme, "theme", &[], Place::Global, 0, None),
    line(Action::Language, "language", &[], Place::Global, 0, None),
    line(Action::Sessions, "sessions", &[], Place::Global, 0, None),
    dangerous(line(Action::SignOut, "sign-out", &[], Place::Global, 0, None)),
    line(Action::Quit, "quit", &["q", "ctrl-c"], Place::Global, 1, None),
];

/// Why an action cannot be done just now: a key of the message catalogue; `None` when it can. The hint line, the help, the palette and the
/// keys go by this alone.
pub fn disabled_reason(action: Action, state: &State) -> Option<&'static str> {
    let (expediente, documento) = (needs_expediente(action, state), needs_documento(action));
    if (expediente || documento) && !state.documentos.has_come() {
        // What may be done is known only when it is here.
        return Some(if state.lista.current().is_some() { "no-cargado" } else { "no-expediente" });
    }
    if let Some(permiso) = action.info().and_then(|info| info.permiso)
        && let Some(reason) = forbidden(permiso, action, state)
    {
        return Some(reason);
    }
    if needs_line(action) && matches!(state.conexion.estado, EstadoConexion::SinConexion { .. }) {
        return Some("no-linea");
    }
    if documento && state.documentos.current().is_none() && state.documentos.marked.is_empty() {
        let on_missing = !state.documentos.lines().is_empty();
        return Some(if on_missing { "no-subido" } else { "no-documento" });
    }
    match action {
        Action::Pin if state.preview.pinned.is_none() && state.documentos.current().is_none() => Some("no-documento"),
        Action::Thumbs if state.config.vista_previa == VistaPrevia::No => Some("vista-previa-no"),
        Action::Validate | Action::Reject if is_on_pinned(state) => Some("no-fijada"),
        Action::Save if !state.is_editing_here() => Some("no-edicion"),
        Action::Avisos if !state.sees_expedientes() => Some("no-permiso"),
        Action::NewFromTemplate if crate::update::plantillas::offered(state).is_empty() => Some("no-plantillas"),
        Action::Views if state.lista.vistas_here && state.lista.vistas.is_empty() => Some("no-vistas"),
        Action::ChangeChoice | Action::Undo if state.has_unsaved_edit() => Some("no-edicion-abierta"),
        Action::Advance if state.lista.marked.is_empty() && at_the_end(state) => Some("no-hay-mas-fases"),
        _ => None,
    }
}

/// Whether keys are for the pinned page: what is done to a document would be done to the other one.
fn is_on_pinned(state: &State) -> bool {
    state.focus == Pane::Preview && state.preview.half() == Half::Pinned
}

/// Within an expediente its own permissions count, which the service has worked out; elsewhere, and for what is marked, the role's.
fn forbidden(permiso: Permiso, action: Action, state: &State) -> Option<&'static str> {
    let of_role = state.persona.as_ref().is_some_and(|persona| persona.permisos.contains(&permiso));
    // Over the notes of an expediente it is about that one.
    let on_marked = works_on_marked(action) && !state.lista.marked.is_empty() && state.overlays.is_empty();
    let here = state.documentos.detalle.value.as_ref().filter(|_| permiso != Permiso::Crear && !on_marked);
    match here {
        Some(detalle) if detalle.permisos.contains(&permiso) => None,
        Some(detalle) if detalle.cerrado && of_role => Some("no-cerrado"),
        None if of_role => None,
        _ => Some(not_yours(permiso, state)),
    }
}

/// Who may, so that one knows whom to ask.
fn not_yours(permiso: Permiso, state: &State) -> &'static str {
    match permiso {
        _ if state.persona.as_ref().is_some_and(|persona| persona.rol == Rol::Soporte) => "no-permiso",
        Permiso::Revisar => "no-permiso-revisar",
        Permiso::Borrar => "no-permiso-borrar",
        Permiso::Retroceder => "no-permiso-retroceder",
        Permiso::Forzar => "no-permiso-forzar",
        _ => "no-permiso",
    }
}

fn at_the_end(state: &State) -> bool {
    state.documentos.detalle.value.as_ref().is_some_and(|detalle| detalle.siguiente_fase.is_none())
}

/// Actions that take all marked expedientes.
fn works_on_marked(action: Action) -> bool {
    matches!(action, Action::Advance | Action::Force | Action::Retreat | Action::NewNote | Action::NewAviso)
}

/// What the service has to do at once. A save, an upload and what is done to a document wait for the line by themselves.
fn needs_line(action: Action) -> bool {
    use Action::*;
    matches!(
        action,
        Advance
            | Force
            | Retreat
            | Undo
            | History
            | Recover
            | NewExpediente
            | SaveView
            | Sessions
            | ChangeChoice
            | OpenExternal
            | SaveOriginal
    )
}

fn needs_expediente(action: Action, state: &State) -> bool {
    use Action::*;
    if works_on_marked(action) {
        return state.lista.marked.is_empty() || !state.overlays.is_empty();
    }
    matches!(
        action,
        EditIndice | Undo | History | Upload | Missing | Copy | Recover | Notes | NewNote | NewAviso | NewFromTemplate
    )
}

fn needs_documento(action: Action) -> bool {
    use Action::*;
    matches!(
        action,
        Validate
            | Reject
            | Rename
            | Retype
            | Delete
            | UploadVersion
            | OpenExternal
            | SaveOriginal
            | PreviewText
            | FitWidth
            | GoToPage
            | Thumbs
            | Sharpen
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_action_has_one_line_and_a_name_of_its_own() {
        let actions: BTreeSet<Action> = TABLE.iter().map(|info| info.action).collect();
        let names: BTreeSet<&str> = TABLE.iter().map(|info| info.name).collect();
        assert_eq!((actions.len(), names.len()), (TABLE.len(), TABLE.len()));
        for info in TABLE {
            assert!(info.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", info.name);
        }
    }
}
