//! The loop: keys and messages in, effects out, a frame when something has changed.

use crate::effect::{Effect, Memoria};
use crate::i18n::{Catalogue, Text};
use crate::input::late::{Heard, Late};
use crate::input::typed::Typed;
use crate::input::{KeyPress, Keymap};
use crate::msg::Msg;
use crate::preview::Page;
use crate::runtime::Runtime;
use crate::signals::{Asks, Signals, stop_here};
use crate::state::preview::Drawing;
use crate::state::{Screen, State};
use crate::terminal::Terminal;
use crate::terminal::asking::{self, Asking};
use crate::terminal::pictures::{self, Asked};
use crate::theme::{ColorDepth, Theme};
use crate::update::{self, Input, mensajes};
use crate::view::hit::{Gesture, Hit, HitMap};
use crate::{config, view};
use crossterm::event::{Event, EventStream, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use domain::{EntidadId, ModeloId};
use futures_util::StreamExt;
use graphics::{Protocol, Reply};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc::Receiver;

/// At most one frame in this time; over SSH the line is worth more than smoothness.
const FRAME: Duration = Duration::from_millis(16);
const FRAME_SSH: Duration = Duration::from_millis(50);
/// Messages taken before the next frame.
const BATCH: usize = 64;
/// How often a terminal that has answered too late is asked once more.
const ASKS_AGAIN: u8 = 2;
/// How long leaving waits for writes that are on their way.
const LAST_WRITES: Duration = Duration::from_secs(5);

/// What the program starts with.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// User name offered.
    pub user: Option<String>,
    /// Password of the environment: no sign-in screen.
    pub password: Option<String>,
    /// A session was kept: it is tried first.
    pub kept_session: bool,
    /// Entidad and modelo taken without asking.
    pub choice: Option<(EntidadId, ModeloId)>,
    /// The person knows how tmux lets pictures through.
    pub told_of_tmux: bool,
    /// Queries typed before, newest first.
    pub recent: Vec<String>,
    /// Reasons given before, newest first.
    pub motivos: Vec<String>,
    /// To whom avisos are given; empty when to the asesor.
    pub destinatario: String,
    /// Files to upload to the expediente that is selected first.
    pub files: Vec<PathBuf>,
    /// What the session list shows for this machine.
    pub device: String,
}

/// Runs the panes until the person leaves.
pub async fn run(
    config: Arc<config::Config>,
    start: Start,
    runtime: Runtime,
    mut messages: Receiver<Msg>,
) -> anyhow::Result<()> {
    let terminal = Terminal::enter(config.raton)?;
    let mut app = App::new(config, start, runtime, terminal);
    let mut signals = Signals::new()?;
    app.begin();
    // Screens and keys do not wait for what the terminal says of itself, but while it is asked keys come another way.
    let mut events = None;
    while !app.state.quit {
        if app.asking.is_none() && std::mem::take(&mut app.ask) {
            // The stream reads what the terminal answers: it has to be away meanwhile.
            events = None;
            app.asking = Some(Asking::start(&app.state.config, app.terminal.hints().clone()));
        }
        // Before anything else: a flood of messages or keys must not keep a frame waiting.
        let draw_at = app.draw_at();
        if draw_at.is_some_and(|at| at <= Instant::now()) {
            app.draw()?;
            continue;
        }
        tokio::select! {
            biased;
            heard = heard(&mut app.asking) => match heard {
                asking::Heard::Typed(bytes) => app.typed(&bytes),
                asking::Heard::Asked(asked) => {
                    app.asking = None;
                    app.asked(asked)?;
                    events = Some(EventStream::new());
                }
            },
            event = next(&mut events) => match event {
                Some(Ok(event)) => app.event(event),
                // The terminal is gone: there is nobody to show anything to.
                Some(Err(_)) | None => break,
            },
            asks = signals.next() => match asks {
                Asks::End => break,
                Asks::Stop => app.terminal.suspend(stop_here)?,
                Asks::Continue => app.resume()?,
            },
            msg = messages.recv() => {
                let Some(msg) = msg else { break };
                app.message(msg);
                // What has come together is taken together: one frame for all of it.
                for _ in 0..BATCH {
                    match messages.try_recv() {
                        Ok(msg) => app.message(msg),
                        Err(_) => break,
                    }
                }
            }
            () = tokio::time::sleep_until(draw_at.unwrap_or_else(Instant::now).into()), if draw_at.is_some() => {}
        }
    }
    let wait = tokio::time::timeout(LAST_WRITES, app.last_writes(&mut messages));
    tokio::select! {
        _ = wait => {}
        () = signals.end() => {}
    }
    Ok(())
}

/// What comes while the terminal is asked; never, while nobody asks.
async fn heard(asking: &mut Option<Asking>) -> asking::Heard {
    match asking {
        Some(asking) => asking.next().await,
        None => std::future::pending().await,
    }
}

/// The next event; none, while the stream is away.
async fn next(events: &mut Option<EventStream>) -> Option<std::io::Result<Event>> {
    match events {
        Some(events) => events.next().await,
        None => std::future::pending().await,
    }
}

/// Whether the person is told what tmux does to pictures: once, and where there is somewhere to read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tmux {
    Unknown,
    Swallows,
    Told,
}

struct App {
    state: State,
    runtime: Runtime,
    terminal: Terminal,
    theme: Theme,
    texts: Catalogue,
    depth: ColorDepth,
    hits: HitMap,
    began: Instant,
    frame: Duration,
    drawn: Instant,
    /// Writes that have not been answered yet.
    writes: usize,
    /// Answers of the terminal that may still come.
    late: Late,
    /// What is typed while the terminal is asked.
    typed: Typed,
    /// What was typed before there was a screen to type on.
    ahead: Vec<Event>,
    /// The terminal is to be asked: at the start, and when another one may be there.
    ask: bool,
    /// Whether it answered the last time.
    answers: bool,
    /// How often one that answers late is asked once more.
    asks_again: u8,
    /// What it says is on its way.
    asking: Option<Asking>,
    /// What tmux does to pictures, as far as it is to be told.
    tmux: Tmux,
}

impl App {
    fn new(config: Arc<config::Config>, start: Start, runtime: Runtime, terminal: Terminal) -> Self {
        let began = Instant::now();
        let mut state = State::new(config.clone(), today(), terminal.size());
        state.zone = jiff::tz::TimeZone::system();
        state.keys.0 = rand::random();
        state.conexion.url = runtime.url().to_owned();
        state.sesion.usuario = start.user.unwrap_or_default().into();
        state.sesion.clave = start.password.unwrap_or_default().into();
        state.sesion.kept = start.kept_session && state.sesion.clave.value().is_empty();
        state.sesion.device = start.device;
        state.eleccion.preferida = start.choice;
        state.lista.recent = start.recent;
        state.motivos = start.motivos;
        state.destinatario = start.destinatario;
        state.files = start.files;
        state.last_folder = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
        let (keymap, wrong) = Keymap::new(&config.teclas);
        state.keymap = keymap.into();
        let depth = ColorDepth::detect();
        let lang = config.idioma.as_deref().unwrap_or_else(|| Catalogue::from_locale());
        let texts = Catalogue::with_keys(lang, &state.keymap);
        if config.idioma.is_none() {
            let mut config = (*config).clone();
            config.idioma = Some(texts.lang().to_owned());
            state.config = Arc::new(config);
        }
        let frame = if std::env::var_os("SSH_CONNECTION").is_some() { FRAME_SSH } else { FRAME };
        let mut app = Self {
            state,
            runtime,
            terminal,
            theme: Theme::default(),
            texts,
            depth,
            hits: HitMap::default(),
            began,
            frame,
            drawn: began,
            writes: 0,
            late: Late::default(),
            typed: Typed::default(),
            ahead: Vec::new(),
            ask: true,
            answers: true,
            asks_again: ASKS_AGAIN,
            asking: None,
            tmux: if start.told_of_tmux { Tmux::Told } else { Tmux::Unknown },
        };
        for sentence in wrong {
            let effects = mensajes::warn(&mut app.state, sentence.into());
            app.run(effects);
        }
        app.load_theme();
        app
    }

    fn begin(&mut self) {
        self.run(vec![Effect::Connect]);
    }

    /// When the next frame is due; `None` while nothing has changed.
    fn draw_at(&self) -> Option<Instant> {
        self.state.dirty.then(|| self.drawn + self.frame)
    }

    /// A key is not lost between `v` and `q`: what was sent is waited for.
    async fn last_writes(&mut self, messages: &mut Receiver<Msg>) {
        while self.writes > 0 {
            let Some(msg) = messages.recv().await else { return };
            self.message(msg);
        }
    }

    fn event(&mut self, event: Event) {
        let input = match event {
            Event::Key(key) => {
                match self.late.key(key) {
                    Heard::Keys(keys) => keys.iter().filter_map(KeyPress::from_event).for_each(|key| {
                        self.with_state(|state| update::held::key(state, key));
                    }),
                    Heard::Answer(reply) => {
                        // It does answer, if late: it was busy starting.
                        if !self.answers && self.asks_again > 0 {
                            self.asks_again -= 1;
                            self.ask = true;
                        }
                        self.answered(&reply);
                    }
                }
                None
            }
            Event::Paste(text) => Some(Input::Paste(text)),
            Event::Resize(width, height) => {
                self.cells_resized();
                Some(Input::Resize(width, height))
            }
            Event::Mouse(mouse) => self.mouse(mouse),
            // Told only where another terminal may have been attached.
            Event::FocusGained => {
                // One that did not answer would have keys wait each time.
                self.ask = self.answers;
                None
            }
            Event::FocusLost => None,
        };
        if let Some(input) = input {
            self.update(input);
        }
    }

    /// The terminal was asked how it draws: what it said counts.
    fn asked(&mut self, asked: Asked) -> anyhow::Result<()> {
        self.answers = !asked.is_late();
        self.late.expect(asked.is_late(), asked.is_late() || asked.drawing.protocol == Protocol::Kitty);
        self.terminal.draws(asked.drawing)?;
        asked.abilities.iter().flat_map(|able| &able.answers).for_each(|answer| self.answered(answer));
        self.with_state(|state| update::preview::drawn_otherwise(state, asked.drawing));
        if asked.is_swallowed && self.tmux == Tmux::Unknown {
            self.tmux = Tmux::Swallows;
            self.tell_of_tmux();
        }
        // Who did not understand the questions may have written them on the screen.
        self.state.redraw |= asked.is_late();
        self.state.dirty = true;
        Ok(())
    }

    /// The terminal has said something of a picture: one that it has lost comes again.
    fn answered(&mut self, answer: &Reply) {
        if let Reply::Kitty { id, ok: false } = answer {
            self.state.dirty |= self.terminal.lost(*id);
        }
    }

    fn tell_of_tmux(&mut self) {
        if self.tmux == Tmux::Swallows && self.state.screen == Screen::Work {
            self.tmux = Tmux::Told;
            self.with_state(|state| mensajes::warn(state, Text::key("tmux-no-deja-pasar")));
            self.run(vec![Effect::Remember(Memoria::TmuxAvisado)]);
        }
    }

    /// Somebody has typed while the terminal is asked.
    fn typed(&mut self, bytes: &[u8]) {
        self.ahead.extend(self.typed.feed(bytes));
        self.typed_ahead();
    }

    /// What was typed before there was a screen to type on.
    fn typed_ahead(&mut self) {
        if self.state.screen != Screen::Connecting {
            std::mem::take(&mut self.ahead).into_iter().for_each(|event| self.event(event));
        }
    }

    /// The program goes on after a stop.
    fn resume(&mut self) -> anyhow::Result<()> {
        self.terminal.resume()?;
        let (width, height) = self.terminal.size();
        self.update(Input::Resize(width, height));
        (self.state.redraw, self.ask) = (true, true);
        Ok(())
    }

    /// A larger font, or another screen: cells may have other pixels.
    fn cells_resized(&mut self) {
        let Some(cell) = pictures::cell_of_window() else { return };
        self.terminal.set_cell(cell);
        let drawing = Drawing { cell, ..self.state.preview.drawing };
        self.with_state(|state| update::preview::drawn_otherwise(state, drawing));
    }

    fn mouse(&self, mouse: MouseEvent) -> Option<Input> {
        let gesture = match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => Gesture::Click,
            MouseEventKind::Down(MouseButton::Right) => Gesture::OtherClick,
            MouseEventKind::ScrollUp if mouse.modifiers.contains(KeyModifiers::CONTROL) => Gesture::ZoomIn,
            MouseEventKind::ScrollDown if mouse.modifiers.contains(KeyModifiers::CONTROL) => Gesture::ZoomOut,
            MouseEventKind::ScrollUp => Gesture::ScrollUp,
            MouseEventKind::ScrollDown => Gesture::ScrollDown,
            _ => return None,
        };
        let (target, at) = self.hits.at(mouse.column, mouse.row)?;
        Some(Input::Mouse(Hit { target, gesture, at }))
    }

    fn message(&mut self, msg: Msg) {
        if msg.answers_write() {
            self.writes = self.writes.saturating_sub(1);
        }
        self.update(Input::Msg(msg));
        self.typed_ahead();
        self.tell_of_tmux();
    }

    fn update(&mut self, input: Input) {
        self.with_state(|state| update::update(state, input));
    }

    fn with_state(&mut self, change: impl FnOnce(&mut State) -> Vec<Effect>) {
        self.state.now = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.state.today = today();
        let before = self.state.config.clone();
        let effects = change(&mut self.state);
        if !Arc::ptr_eq(&before, &self.state.config) {
            self.reconfigure(&before);
        }
        self.run(effects);
    }

    /// Another theme or language was chosen.
    fn reconfigure(&mut self, before: &config::Config) {
        if before.tema != self.state.config.tema {
            self.load_theme();
        }
        if before.idioma != self.state.config.idioma {
            self.texts = Catalogue::with_keys(self.state.config.idioma.as_deref().unwrap_or("es"), &self.state.keymap);
        }
        self.state.redraw = true;
    }

    fn load_theme(&mut self) {
        let folder = config::folder().map(|folder| folder.join("themes"));
        match Theme::load(&self.state.config.tema, self.depth, folder.as_deref()) {
            Ok(theme) => self.theme = theme,
            Err(sentence) => {
                // What ships can always be read: nobody sits before a screen without colours for a slip in a name.
                if let Ok(theme) = Theme::load(&config::Config::default().tema, self.depth, None) {
                    self.theme = theme;
                }
                let effects = mensajes::error(&mut self.state, sentence.into());
                self.run(effects);
            }
        }
    }

    fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Copy(text) => {
                    let copied = self.terminal.copy(&text).map_err(|error| error.to_string());
                    self.update(Input::Msg(Msg::Copied(copied)));
                }
                // At once: the frame that this key makes has the page already.
                Effect::PeekPage { signature } => {
                    if let Some(Page { shown, pages, firmas, .. }) = self.runtime.peek(&signature) {
                        self.update(Input::Msg(Msg::Peeked { shown, pages, firmas }));
                    }
                }
                effect => {
                    self.writes += usize::from(effect.is_write());
                    self.runtime.run(effect);
                }
            }
        }
    }

    fn draw(&mut self) -> anyhow::Result<()> {
        let from_scratch = std::mem::take(&mut self.state.redraw);
        self.state.dirty = false;
        let Self { state, theme, texts, .. } = self;
        self.hits = self.terminal.draw(from_scratch, |frame| view::view(state, theme, texts, frame))?;
        self.drawn = Instant::now();
        self.take_layout();
        Ok(())
    }

    /// What the layout has given each pane goes into the state: how far a page moves, which size a picture has.
    fn take_layout(&mut self) {
        let hits = &self.hits;
        let state = &mut self.state;
        state.lista.height = hits.lista_height;
        state.documentos.height = hits.documentos_height;
        (state.indice.height, state.indice.columns) = hits.indice_grid;
        let before = (state.lista.offset, state.documentos.offset);
        update::lista::keep_visible(state);
        update::documentos::keep_visible(state);
        state.dirty |= before != (state.lista.offset, state.documentos.offset);
        let mut effects = update::preview::resized(state, hits.preview_areas);
        if let Some((grid, cell)) = hits.thumbs {
            effects.extend(update::overlay::thumbs::resized(state, grid, cell));
        }
        if state.screen == Screen::Work {
            effects.extend(update::paging::more(state, 1));
        }
        self.run(effects);
    }
}

/// Today, here: the program may be left open over midnight.
fn today() -> jiff::civil::Date {
    jiff::ZonedDateTime::now().date()
}
