//! Changes the state: no I/O, no clock, no await. One file per pane or overlay, named as in `state/`.

pub mod administra;
pub mod avisos;
pub mod conexion;
pub mod conflict;
pub mod documentos;
pub mod eleccion;
pub mod fases;
pub mod form;
pub mod guardar;
pub mod held;
pub mod indice;
pub mod lista;
pub mod mensajes;
pub mod mouse;
pub mod nitidez;
pub mod outbox;
pub mod overlay;
pub mod paging;
pub mod plantillas;
pub mod preview;
pub mod revisar;
pub mod salir;
pub mod search;
pub mod sesion;
pub mod trabajo;
pub mod transfers;

use crate::action::Action;
use crate::action::info::disabled_reason;
use crate::effect::{Effect, Timer};
use crate::i18n::Text;
use crate::input::key::KeyPress;
use crate::msg::Msg;
use crate::state::overlay::{Confirm, Overlay, PickerKind, Then};
use crate::state::{Pane, Screen, State};
use crate::view::hit::Hit;
use crate::view::layout::MEDIUM;

/// What happened.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "one at a time, moved once")]
pub enum Input {
    /// A key, or a choice in a list, that means an action.
    Action(Action),
    /// A key for the text field that has the cursor.
    Edit(KeyPress),
    /// The first keys of a sequence.
    Pending(Vec<KeyPress>),
    /// Pasted text.
    Paste(String),
    /// A click or a turn of the wheel on something the view has drawn.
    Mouse(Hit),
    /// The terminal has another size.
    Resize(u16, u16),
    /// Something came from outside.
    Msg(Msg),
}

/// Takes what happened into the state; answers what is to be done outside.
pub fn update(state: &mut State, input: Input) -> Vec<Effect> {
    // What changes nothing that is drawn takes this back: no frame for it.
    let was_dirty = std::mem::replace(&mut state.dirty, true);
    if !matches!(input, Input::Msg(_) | Input::Pending(_) | Input::Resize(..)) {
        state.pending_keys.clear();
        mensajes::seen(state);
        state.avisos.to_show = None;
    }
    let is_msg = matches!(input, Input::Msg(_));
    let mut effects = take(state, input);
    effects.extend(overlay::anotado::come_back(state));
    if is_msg {
        effects.extend(held::go_on(state));
    }
    outbox::keep(state, &mut effects);
    effects.extend(trabajo::follow(state));
    state.dirty |= was_dirty;
    effects
}

fn take(state: &mut State, input: Input) -> Vec<Effect> {
    match input {
        Input::Action(action) => act(state, action),
        Input::Edit(key) => edit(state, key),
        Input::Pending(keys) => {
            state.pending_keys = keys;
            Vec::new()
        }
        Input::Paste(text) => paste(state, &text),
        Input::Mouse(hit) => mouse::hit(state, hit),
        Input::Resize(width, height) => {
            state.size = (width, height);
            Vec::new()
        }
        Input::Msg(msg) => message(state, msg),
    }
}

/// An action, for whoever has the keys.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    if action == Action::Quit {
        return salir::quit(state);
    }
    if state.top().is_some() {
        return overlay::act(state, action);
    }
    match state.screen {
        Screen::Connecting => conexion::act(state, action),
        Screen::Trust => Vec::new(),
        Screen::SignIn => sesion::act(state, action),
        Screen::Choice if !state.sees_expedientes() => administra::act(state, action),
        Screen::Choice => eleccion::act(state, action),
        Screen::Work if state.lista.search.is_some() => search::act(state, action),
        Screen::Work if preview::find::is_typing(state) => preview::find::act(state, action),
        Screen::Work if state.focus == Pane::Indice && state.is_typing_here() => indice::act(state, action),
        Screen::Work => work(state, action),
    }
}

/// An action on the four panes. One that cannot be done says why.
pub fn work(state: &mut State, action: Action) -> Vec<Effect> {
    use Action::*;
    if let Some(reason) = disabled_reason(action, state) {
        return mensajes::warn(state, Text::key(reason));
    }
    match action {
        Up | Down | PageUp | PageDown | First | Last => moves(state, action),
        NextPane | PreviousPane | PaneExpedientes | PaneDocumentos | PanePreview | PaneIndice => focus(state, action),
        Enter => enter(state),
        Back => back(state),
        ZoomPane => {
            state.zoomed = !state.zoomed;
            Vec::new()
        }
        Search => search::open(state),
        Palette => overlay::picker::open(state, PickerKind::Palette),
        Help => overlay::picker::open(state, PickerKind::Help),
        New => overlay::picker::open(state, PickerKind::New),
        Sort => overlay::picker::open(state, PickerKind::Sort),
        Views => lista::choose_view(state),
        Copy => match preview::lines::copy_range(state) {
            Some(effects) => effects,
            None => overlay::picker::open(state, PickerKind::Copy),
        },
        Theme => overlay::picker::open(state, PickerKind::Themes),
        SaveView => overlay::prompt::save_view(state),
        ChangeChoice => eleccion::open(state),
        Mark | MarkRange => mark(state, action),
        PreviewDown | PreviewUp | PreviewHalfDown | PreviewHalfUp | PreviousPage | NextPage | ZoomIn | ZoomOut
        | Rotate | PreviewText | FitWidth | GoToPage | Thumbs | Find | FindNext | FindPrevious | Pin | OtherHalf
        | Signatures => preview::act(state, action),
        Sharpen => nitidez::sharper(state),
        OpenExternal | SaveOriginal => transfers::download(state, action),
        EditIndice => indice::begin(state),
        Save => guardar::save(state),
        NextPending => revisar::next_pending(state),
        Undo => overlay::history::ask_undo(state),
        History => overlay::history::open(state),
        Upload | UploadVersion => overlay::files::open(state, action),
        NewExpediente => overlay::nuevo::open(state),
        NewFromTemplate => overlay::picker::open(state, PickerKind::Plantillas),
        NewNote => overlay::escrito::new_note(state),
        NewAviso => overlay::escrito::new_aviso(state),
        Notes => overlay::notas::open(state),
        Avisos => avisos::open(state),
        Validate | Reject | Rename | Retype | Delete | Recover => revisar::act(state, action),
        Advance | Force | Retreat => fases::act(state, action),
        Missing => {
            state.overlays.push(Overlay::Missing { selected: 0 });
            Vec::new()
        }
        Refresh => refresh(state),
        Transfers => {
            state.overlays.push(Overlay::Transfers { selected: state.transfers.items.len().saturating_sub(1) });
            Vec::new()
        }
        Log => {
            state.overlays.push(Overlay::Log { offset: 0 });
            Vec::new()
        }
        Language => conexion::other_language(state),
        Sessions => overlay::picker::open_sessions(state),
        SignOut => salir::sign_out(state),
        Quit => salir::quit(state),
    }
}

fn moves(state: &mut State, action: Action) -> Vec<Effect> {
    match state.focus {
        Pane::Expedientes => lista::moves(state, action),
        Pane::Documentos => documentos::moves(state, action),
        Pane::Preview => preview::pages::moves(state, action),
        Pane::Indice => indice::moves(state, action),
    }
}

fn focus(state: &mut State, action: Action) -> Vec<Effect> {
    let at = Pane::ALL.iter().position(|pane| *pane == state.focus).unwrap_or_default();
    state.focus = match action {
        Action::PaneExpedientes => Pane::Expedientes,
        Action::PaneDocumentos => Pane::Documentos,
        // Its key again goes from one of its two pages to the other.
        Action::PanePreview if state.focus == Pane::Preview && state.preview.pinned.is_some() => {
            return preview::pin::swap(state);
        }
        Action::PanePreview => Pane::Preview,
        Action::PaneIndice => Pane::Indice,
        Action::PreviousPane => Pane::ALL[(at + 3) % 4],
        _ => Pane::ALL[(at + 1) % 4],
    };
    Vec::new()
}

/// Goes in: list → documents → page → page on the whole screen, where it turns pages; on a missing document its upload; on the index its editing.
fn enter(state: &mut State) -> Vec<Effect> {
    match state.focus {
        Pane::Expedientes => {
            state.focus = Pane::Documentos;
            documentos::load_now(state)
        }
        Pane::Documentos if state.documentos.current().is_some() => {
            state.focus = Pane::Preview;
            Vec::new()
        }
        Pane::Documentos if state.documentos.lines().is_empty() => Vec::new(),
        Pane::Documentos => work(state, Action::Upload),
        Pane::Preview if preview::clave::is_needed(state) => preview::clave::open(state, None),
        Pane::Preview if !state.zoomed && state.size.0 >= MEDIUM => {
            state.zoomed = true;
            Vec::new()
        }
        Pane::Preview => preview::pages::moves(state, Action::PageDown),
        Pane::Indice => work(state, Action::EditIndice),
    }
}

/// One level back: marks, zoom, pane, filter. Never quits.
fn back(state: &mut State) -> Vec<Effect> {
    if forget_marks(state) || preview::back(state) {
        return Vec::new();
    }
    if std::mem::take(&mut state.zoomed) {
        return Vec::new();
    }
    match state.focus {
        Pane::Preview => state.focus = Pane::Documentos,
        Pane::Documentos | Pane::Indice => state.focus = Pane::Expedientes,
        Pane::Expedientes if !state.lista.query.is_empty() => return lista::clear_search(state),
        Pane::Expedientes => {}
    }
    Vec::new()
}

/// Takes the marks of the focused pane away, and says whether there were any.
fn forget_marks(state: &mut State) -> bool {
    match state.focus {
        Pane::Expedientes => {
            state.lista.anchor = None;
            !std::mem::take(&mut state.lista.marked).is_empty()
        }
        Pane::Documentos => {
            state.documentos.anchor = None;
            !std::mem::take(&mut state.documentos.marked).is_empty()
        }
        Pane::Preview | Pane::Indice => false,
    }
}

fn mark(state: &mut State, action: Action) -> Vec<Effect> {
    match state.focus {
        Pane::Expedientes => lista::mark(state, action),
        Pane::Documentos => documentos::mark(state, action),
        Pane::Preview if action == Action::MarkRange => preview::lines::mark(state),
        Pane::Preview => preview::act(state, Action::PreviewHalfDown),
        Pane::Indice => Vec::new(),
    }
}

fn refresh(state: &mut State) -> Vec<Effect> {
    let mut effects = conexion::retry(state);
    effects.extend(lista::reload(state));
    effects.extend(documentos::reload(state));
    effects.extend(avisos::load(state));
    effects
}

/// A key for the text field that has the cursor.
fn edit(state: &mut State, key: KeyPress) -> Vec<Effect> {
    if state.top().is_some() {
        return overlay::edit(state, key);
    }
    match state.screen {
        Screen::SignIn => sesion::edit(state, key),
        Screen::Choice => eleccion::edit(state, key),
        Screen::Trust => conexion::edit(state, key),
        Screen::Work if state.lista.search.is_some() => search::edit(state, key),
        Screen::Work if preview::find::is_typing(state) => preview::find::edit(state, key),
        Screen::Work if state.is_typing_here() => indice::edit(state, key),
        Screen::Work | Screen::Connecting => Vec::new(),
    }
}

/// Pasted text goes into the field that has the cursor; file paths pasted or dropped on the panes start an upload of them.
fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    if state.top().is_some() {
        return overlay::paste(state, text);
    }
    match state.screen {
        Screen::SignIn => sesion::paste(state, text),
        Screen::Choice if state.sees_expedientes() => eleccion::paste(state, text),
        Screen::Work if !overlay::paths::paths_in(text).is_empty() => overlay::files::paste_paths(state, text),
        Screen::Work if state.lista.search.is_some() => search::paste(state, text),
        Screen::Work if preview::find::is_typing(state) => preview::find::paste(state, text),
        Screen::Work if state.focus == Pane::Indice && state.is_typing_here() => indice::paste(state, text),
        Screen::Work => overlay::files::paste_paths(state, text),
        Screen::Choice | Screen::Trust | Screen::Connecting => Vec::new(),
    }
}

/// Something came from outside.
fn message(state: &mut State, msg: Msg) -> Vec<Effect> {
    let write = match outbox::answered(state, &msg) {
        outbox::Answered::Cut(effects) => return effects,
        outbox::Answered::Write(write) => Some(write),
        outbox::Answered::Other => None,
    };
    match msg {
        Msg::Servidor(_) | Msg::Untrusted(_) | Msg::Evento(_) | Msg::Listening { .. } | Msg::ListenLost(_) => {
            conexion::message(state, msg)
        }
        Msg::SignedIn { .. } | Msg::WhoAmI { .. } | Msg::SignedOut => sesion::message(state, msg),
        Msg::Entidades { .. } | Msg::Modelo { .. } => eleccion::message(state, msg),
        Msg::Lista { .. } | Msg::More { .. } => paging::message(state, msg),
        Msg::Vistas(_) => lista::vistas(state, msg),
        Msg::Detalle { generation, answer } => documentos::loaded(state, generation, answer),
        Msg::DocumentoChanged { .. } | Msg::DocumentoDeleted { .. } => revisar::message(state, msg, write.as_ref()),
        Msg::Page { .. } => preview::message(state, msg),
        Msg::Thumb { generation, page, shown } => overlay::thumbs::came(state, generation, page, shown),
        Msg::PageText(answer) => preview::lines::came(state, answer),
        Msg::Found { generation, q, answer } => preview::find::came(state, generation, q, answer),
        Msg::Tinted { ink, pieces } => preview::find::tinted(state, &ink, pieces),
        Msg::Firmas { generation, answer } => preview::firmas::came(state, generation, answer),
        Msg::Peeked { shown, pages, firmas } => preview::peeked(state, shown, pages, firmas),
        Msg::IndiceSaved { .. } | Msg::Undone { .. } => guardar::message(state, msg),
        Msg::FaseChanged { id, answer, .. } => fases::changed(state, id, answer),
        Msg::History { .. } => overlay::history::message(state, msg),
        Msg::NotaChanged { .. } | Msg::AvisoChanged { .. } => overlay::anotado::saved(state, msg, write.as_ref()),
        Msg::NotaDeleted { answer, .. } => overlay::notas::deleted(state, answer, write.as_ref()),
        Msg::TemplateMade { answer, .. } => plantillas::made(state, answer, write.as_ref()),
        Msg::Personas { generation, answer } => overlay::personas::come(state, generation, answer),
        Msg::Avisos { generation, answer } => avisos::come(state, generation, answer),
        Msg::Deleted { .. } | Msg::Sessions { .. } => overlay::picker::message(state, msg),
        Msg::Created { .. } => overlay::nuevo::message(state, msg),
        Msg::Folder { .. } | Msg::Files { .. } => overlay::files::message(state, msg),
        Msg::Kept(left) => trabajo::come(state, left),
        Msg::Transfer { .. } => transfers::message(state, msg),
        Msg::TransferCut { id, failure } => transfers::cut(state, id, &failure),
        Msg::Done(Ok(())) => mensajes::done(state, Text::key("hecho")),
        Msg::Done(Err(failure)) => conexion::failed(state, &failure),
        Msg::Copied(Ok(())) => mensajes::done(state, Text::key("copiado")),
        Msg::Copied(Err(sentence)) => mensajes::error(state, sentence.into()),
        Msg::Bytes { up, down, rate } => {
            state.preview.linea.measured(rate);
            state.dirty = (state.conexion.up, state.conexion.down) != (up, down);
            (state.conexion.up, state.conexion.down) = (up, down);
            Vec::new()
        }
        Msg::Timer(timer) => timed(state, timer),
    }
}

/// A timer draws only when it has changed something that is on screen.
fn timed(state: &mut State, timer: Timer) -> Vec<Effect> {
    state.dirty = match timer {
        Timer::DetalleDebounce
        | Timer::PreviewDebounce
        | Timer::ListRefresh
        | Timer::Vistas
        | Timer::AvisosRefresh
        | Timer::Sharpen
        | Timer::Ahead => false,
        Timer::Patience | Timer::Stalled => state.is_waiting(),
        Timer::SearchDebounce | Timer::FindDebounce | Timer::Toast | Timer::Reconnect => true,
    };
    match timer {
        Timer::Patience if state.is_waiting() => {
            vec![Effect::Wake { after_ms: crate::state::load::STALLED_MS, timer: Timer::Stalled }]
        }
        Timer::Patience | Timer::Stalled => Vec::new(),
        Timer::DetalleDebounce => documentos::load(state),
        Timer::PreviewDebounce => preview::load(state),
        Timer::Sharpen => nitidez::stayed(state),
        Timer::Ahead => nitidez::ahead(state),
        Timer::SearchDebounce => search::run(state),
        Timer::FindDebounce => preview::find::run(state),
        Timer::Toast => mensajes::expire(state),
        Timer::Reconnect => conexion::retry(state),
        Timer::ListRefresh => lista::reload(state),
        Timer::Vistas => lista::load_vistas(state),
        Timer::AvisosRefresh => avisos::load(state),
    }
}

/// Opens a question; the default is No.
pub fn ask(state: &mut State, question: Text, then: Then) -> Vec<Effect> {
    state.overlays.push(Overlay::Confirm(Confirm { question, yes: false, then }));
    Vec::new()
}
