//! Everything a person can do, by name. The table in [`info`] gives each its key, title and place; from it come the keymap, the hint
//! line, the help, the palette and `docs/atajos.md`. To add one: a variant here, a line in [`info`], its arm in `update/`.

pub mod info;

/// Something a person does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    // Moving
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// A screenful up.
    PageUp,
    /// A screenful down.
    PageDown,
    /// First row.
    First,
    /// Last row.
    Last,
    /// Next pane, or next field of a form.
    NextPane,
    /// Pane, or field, before.
    PreviousPane,
    /// The pane Expediente.
    PaneExpedientes,
    /// The pane Documentos.
    PaneDocumentos,
    /// The pane Vista previa.
    PanePreview,
    /// The pane Índice.
    PaneIndice,
    /// Go in: from the list to its documents, from a document to its page.
    Enter,
    /// One level back; clears the filter; never quits.
    Back,
    /// The focused pane on the whole screen, and back.
    ZoomPane,

    // Finding
    /// Search box with live results.
    Search,
    /// Palette of all actions.
    Palette,
    /// Help for this place.
    Help,
    /// Choose the column to sort by.
    Sort,
    /// Choose a saved view.
    Views,
    /// Save search and order under a name.
    SaveView,
    /// Change entidad and modelo.
    ChangeChoice,

    // Marks
    /// Mark, or unmark, the row.
    Mark,
    /// Mark from the last mark to here.
    MarkRange,

    // Preview
    /// Page a little down.
    PreviewDown,
    /// Page a little up.
    PreviewUp,
    /// Page half a screen down.
    PreviewHalfDown,
    /// Page half a screen up.
    PreviewHalfUp,
    /// Page before.
    PreviousPage,
    /// Next page.
    NextPage,
    /// Page larger.
    ZoomIn,
    /// Page smaller.
    ZoomOut,
    /// Page as wide as the pane, or all of it.
    FitWidth,
    /// A quarter turn clockwise.
    Rotate,
    /// To a page by its number.
    GoToPage,
    /// All pages as small pictures.
    Thumbs,
    /// Look for a text in the document.
    Find,
    /// To the next place where it stands.
    FindNext,
    /// To the place before.
    FindPrevious,
    /// Pin the page, so that another can be looked at beside it; or let it go.
    Pin,
    /// Keys are for the other one of the two pages.
    OtherHalf,
    /// The document's digital signatures.
    Signatures,
    /// The page's text instead of its picture, and back.
    PreviewText,
    /// The page sharper, then in all colours.
    Sharpen,
    /// Open the original in the desktop's viewer.
    OpenExternal,
    /// Save the original to a folder.
    SaveOriginal,

    // Índice
    /// Edit the index.
    EditIndice,
    /// Save what is being edited.
    Save,
    /// Undo the last index change.
    Undo,
    /// History of the expediente.
    History,

    // Documents
    /// Upload files.
    Upload,
    /// A new version of the selected document.
    UploadVersion,
    /// New: a menu.
    New,
    /// New expediente.
    NewExpediente,
    /// New document from a template.
    NewFromTemplate,
    /// New note.
    NewNote,
    /// New aviso.
    NewAviso,
    /// Notes and avisos of the expediente.
    Notes,
    /// Validate and go on to the next pending one.
    Validate,
    /// Reject with a reason and go on to the next pending one.
    Reject,
    /// To the next document that waits to be checked.
    NextPending,
    /// Give the document another name.
    Rename,
    /// Give the document another type.
    Retype,
    /// Delete with a reason.
    Delete,
    /// Bring back a deleted document.
    Recover,
    /// Copy menu.
    Copy,

    // Fases
    /// To the next fase, through the gate.
    Advance,
    /// To the next fase, over the gate, with a reason.
    Force,
    /// To the fase before, with a reason.
    Retreat,
    /// What is missing to leave the fase.
    Missing,

    // The program
    /// The open avisos to this person, wherever they are.
    Avisos,
    /// Ask the service again.
    Refresh,
    /// Transfers and tasks.
    Transfers,
    /// Messages and errors since the start.
    Log,
    /// Another theme.
    Theme,
    /// Spanish or English.
    Language,
    /// The open sessions of this user.
    Sessions,
    /// Sign out.
    SignOut,
    /// Leave the program.
    Quit,
}

impl Action {
    /// Whether it only moves the selection or the focus.
    pub fn moves(self) -> bool {
        use Action::*;
        matches!(
            self,
            Up | Down
                | PageUp
                | PageDown
                | First
                | Last
                | NextPane
                | PreviousPane
                | PaneExpedientes
                | PaneDocumentos
                | PanePreview
                | PaneIndice
                | Enter
                | Back
        )
    }
}
