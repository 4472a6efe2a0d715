//! All that the client knows. Plain data: `update/` changes it, `view/` draws it, neither does I/O.

pub mod cola;
pub mod conexion;
pub mod documentos;
pub mod eleccion;
pub mod indice;
pub mod lista;
pub mod load;
pub mod mensajes;
pub mod nitidez;
pub mod notas;
pub mod outbox;
pub mod overlay;
pub mod paso;
pub mod preview;
pub mod sesion;
pub mod trabajo;
pub mod transfers;

use crate::config::Config;
use crate::input::Keymap;
use api::servidor::ModeloDefinicion;
use api::sesion::Persona;
use std::sync::Arc;

pub use load::Load;

/// Which screen is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// The service is not there yet: says so, retries.
    Connecting,
    /// Asking to trust a certificate seen for the first time, or one that changed.
    Trust,
    /// Sign in.
    SignIn,
    /// Choose entidad and modelo.
    Choice,
    /// The four panes.
    Work,
}

/// A pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pane {
    /// 1 Expediente.
    Expedientes,
    /// 2 Documentos.
    Documentos,
    /// 3 Vista previa.
    Preview,
    /// 4 Índice.
    Indice,
}

impl Pane {
    /// In the order of their numbers.
    pub const ALL: [Self; 4] = [Self::Expedientes, Self::Documentos, Self::Preview, Self::Indice];
}

/// The root.
#[derive(Debug)]
pub struct State {
    /// Milliseconds since the program started, set before every update: there is no clock in `update/` or `view/`.
    pub now: u64,
    /// Today, for dates without a year.
    pub today: jiff::civil::Date,
    /// The person's time zone: the service speaks UTC.
    pub zone: jiff::tz::TimeZone,
    /// Width and height of the terminal in cells.
    pub size: (u16, u16),
    /// The configuration in force.
    pub config: Arc<Config>,
    /// Which keys do what: for the router, the hint line, the help and the palette.
    pub keymap: Arc<Keymap>,
    /// Which screen is on.
    pub screen: Screen,
    /// The line to the service.
    pub conexion: conexion::Conexion,
    /// Sign-in form.
    pub sesion: sesion::SignIn,
    /// Who is signed in.
    pub persona: Option<Persona>,
    /// Choosing entidad and modelo.
    pub eleccion: eleccion::Eleccion,
    /// Definition of the chosen modelo.
    pub modelo: Option<Arc<ModeloDefinicion>>,
    /// The focused pane.
    pub focus: Pane,
    /// Whether it fills the screen.
    pub zoomed: bool,
    /// Pane 1.
    pub lista: lista::ListaPane,
    /// Pane 2.
    pub documentos: documentos::DocumentosPane,
    /// Pane 3.
    pub preview: preview::PreviewPane,
    /// Pane 4.
    pub indice: indice::IndicePane,
    /// The open avisos to this person.
    pub avisos: notas::Avisos,
    /// What lies over the panes; the last one has the keys.
    pub overlays: Vec<overlay::Overlay>,
    /// Uploads and downloads.
    pub transfers: transfers::Transfers,
    /// Writes on their way.
    pub outbox: outbox::Outbox,
    /// What of it is kept on this machine; none before it is known, or where nothing is kept.
    pub trabajo: Option<trabajo::Trabajo>,
    /// What was being typed in an earlier run and has no place yet: its modelo is not on screen.
    pub recuperado: trabajo::Trabajo,
    /// Toasts and log.
    pub mensajes: mensajes::Mensajes,
    /// Reasons given before, newest first: the same one is often given again.
    pub motivos: Vec<String>,
    /// Reasons typed and left with Esc, newest last: each is there when it is asked for the same again.
    pub borradores: Vec<(overlay::Purpose, String)>,
    /// To whom this person last gave an aviso, when not to the asesor; empty when to them.
    pub destinatario: String,
    /// Keys typed ahead: they wait for the expediente that was selected before them.
    pub held: Vec<crate::input::key::KeyPress>,
    /// Keys typed of a sequence that is not complete yet.
    pub pending_keys: Vec<crate::input::key::KeyPress>,
    /// Last number given to a request; answers of older ones of the same kind are dropped.
    pub generation: u64,
    /// Seed and count of client-made keys.
    pub keys: (u128, u64),
    /// Where the file picker opens.
    pub last_folder: std::path::PathBuf,
    /// Files named on the command line, uploaded to the first expediente.
    pub files: Vec<std::path::PathBuf>,
    /// Whether the next frame must be drawn from scratch.
    pub redraw: bool,
    /// Whether anything that is drawn may have changed.
    pub dirty: bool,
    /// The program is to end.
    pub quit: bool,
}

impl State {
    /// A fresh state for a terminal of this size.
    pub fn new(config: Arc<Config>, today: jiff::civil::Date, size: (u16, u16)) -> Self {
        Self {
            now: 0,
            today,
            zone: jiff::tz::TimeZone::UTC,
            size,
            keymap: Arc::new(Keymap::new(&config.teclas).0),
            config,
            screen: Screen::Connecting,
            conexion: Default::default(),
            sesion: Default::default(),
            persona: None,
            eleccion: Default::default(),
            modelo: None,
            focus: Pane::Expedientes,
            zoomed: false,
            lista: Default::default(),
            documentos: Default::default(),
            preview: Default::default(),
            indice: Default::default(),
            avisos: Default::default(),
            overlays: Vec::new(),
            transfers: Default::default(),
            outbox: Default::default(),
            trabajo: None,
            recuperado: Default::default(),
            mensajes: Default::default(),
            motivos: Vec::new(),
            borradores: Vec::new(),
            destinatario: String::new(),
            held: Vec::new(),
            pending_keys: Vec::new(),
            generation: 0,
            keys: (0, 0),
            last_folder: std::path::PathBuf::from("."),
            files: Vec::new(),
            redraw: false,
            dirty: true,
            quit: false,
        }
    }

    /// A number for a new request.
    pub fn next_generation(&mut self) -> u64 {
        self.generation += 1;
        self.generation
    }

    /// A key for a new write: never the same twice, and nobody else's. The seed is drawn at the start, for `update/` has no dice.
    pub fn next_key(&mut self) -> String {
        self.keys.1 += 1;
        format!("{:032x}-{}", self.keys.0, self.keys.1)
    }

    /// Whether the index that is being edited is of the expediente on screen, so that its form has the keys.
    pub fn is_editing_here(&self) -> bool {
        let shown = self.documentos.detalle.value.as_ref().map(|detalle| detalle.id);
        self.indice.edit.as_ref().is_some_and(|edit| shown.is_none_or(|id| id == edit.expediente))
    }

    /// Whether characters go into the index on screen.
    pub fn is_typing_here(&self) -> bool {
        self.is_editing_here() && self.indice.edit.as_ref().is_some_and(|edit| edit.typing)
    }

    /// Whether a save is on its way that the person has just asked for: what they do next waits for it, so that it meets what they think it
    /// meets. Not when the line is down, for that may take hours.
    pub fn awaits_save(&self) -> bool {
        let on_its_way = |edit: &indice::Edit| edit.saving.is_some() && !edit.typing;
        self.conexion.is_up() && self.indice.edit.as_ref().is_some_and(on_its_way)
    }

    /// Whether something on screen has been on its way for so long that it is to be said.
    pub fn is_waiting(&self) -> bool {
        let since =
            [self.lista.pending, self.documentos.detalle.pending, self.preview.sheet.pending, self.sesion.pending];
        let slow = |pending: &(u64, u64)| self.now.saturating_sub(pending.1) >= load::PATIENCE_MS;
        let history = self
            .overlays
            .iter()
            .any(|overlay| matches!(overlay, overlay::Overlay::History(history) if history.entries.is_slow(self.now)));
        let asked = since.iter().flatten().any(slow) || self.eleccion.entidades.is_slow(self.now) || history;
        asked || self.outbox.late(self.now).next().is_some()
    }

    /// Whether this person's role sees expedientes at all: that of an administrador does not.
    pub fn sees_expedientes(&self) -> bool {
        self.persona.as_ref().is_none_or(|persona| persona.permisos.contains(&domain::Permiso::Ver))
    }

    /// Whether something asked for has been without an answer for so long that the line, though up, can hardly be called so.
    pub fn is_stalled(&self) -> bool {
        let since = [self.lista.pending, self.documentos.detalle.pending, self.preview.sheet.pending];
        let asked = since.into_iter().flatten().map(|(_, since)| since);
        let sent = self.outbox.writes.iter().filter(|sent| !sent.waiting).map(|sent| sent.since);
        asked.chain(sent).any(|since| self.now.saturating_sub(since) >= load::STALLED_MS)
    }

    /// Whether the service asks for the password again: nothing comes from it before.
    pub fn session_has_ended(&self) -> bool {
        self.overlays.iter().any(|overlay| matches!(overlay, overlay::Overlay::SignInAgain))
    }

    /// Whether something typed into the index would be lost by leaving it.
    pub fn has_unsaved_edit(&self) -> bool {
        self.indice.edit.as_ref().is_some_and(|edit| edit.is_changed())
    }

    /// The overlays on screen. The question about a certificate comes before all of them but the one about leaving.
    pub fn overlays_on_screen(&self) -> &[overlay::Overlay] {
        let leaving = matches!(self.overlays.last(), Some(overlay::Overlay::Confirm(question)) if question.leaves());
        match self.screen {
            Screen::Trust => &self.overlays[self.overlays.len() - usize::from(leaving)..],
            _ => &self.overlays,
        }
    }

    /// The overlay that has the keys.
    pub fn top(&self) -> Option<&overlay::Overlay> {
        self.overlays_on_screen().last()
    }
}
