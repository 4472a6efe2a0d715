//! From a key to the bytes of its frame, in this process.

use crate::dsl::{Play, fila};
use crate::table::{Figure, percentile};
use domain::Rol;
use expedientes::effect::Timer;
use expedientes::i18n::Catalogue;
use expedientes::input::KeyPress;
use expedientes::msg::Msg;
use expedientes::theme::{ColorDepth, Theme};
use expedientes::update::lista;
use expedientes::view::view;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use std::cell::Cell;
use std::io::Write;
use std::rc::Rc;
use std::time::Instant;

const ROWS: i64 = 1_200;
const KEYS: usize = 2_000;
const SIZE: (u16, u16) = (200, 50);

/// A terminal that counts what it is sent.
#[derive(Clone, Default)]
struct Counter(Rc<Cell<usize>>);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(|count| count + bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Down and down again (and up at the end of the list), each key through router, update, view and the encoding of what has changed.
pub fn measure() -> anyhow::Result<Vec<Figure>> {
    let mut play = Play::work_with(Rol::Administrativo, (1..=ROWS).map(fila).collect());
    play.state.size = SIZE;
    let theme = Theme::load("terminal", ColorDepth::True, None).map_err(|error| anyhow::anyhow!("{error}"))?;
    let texts = Catalogue::of(None);
    let viewport = Viewport::Fixed(Rect::new(0, 0, SIZE.0, SIZE.1));
    let counter = Counter::default();
    let mut terminal = Terminal::with_options(CrosstermBackend::new(counter.clone()), TerminalOptions { viewport })?;
    let keys = [("down", 1_100), ("up", 900)].map(|(name, times)| (KeyPress::parse(name).expect("a key"), times));
    let (mut times, mut bytes) = (Vec::with_capacity(KEYS), Vec::with_capacity(KEYS));
    for key in keys.into_iter().flat_map(|(key, times)| std::iter::repeat_n(key, times)) {
        let start = Instant::now();
        play.press(key);
        let mut hits = None;
        terminal.draw(|frame| hits = Some(view(&play.state, &theme, texts, frame)))?;
        times.push(start.elapsed().as_secs_f64() * 1e3);
        bytes.push(counter.0.take() as f64);
        if let Some(hits) = hits {
            play.state.lista.height = hits.lista_height;
            lista::keep_visible(&mut play.state);
        }
        play.effects.clear();
    }
    // What changes nothing: the same counters, and a timer that nobody waits for.
    let mut frames = 0;
    for _ in 0..KEYS {
        let (up, down) = (play.state.conexion.up, play.state.conexion.down);
        for msg in [Msg::Bytes { up, down, rate: None }, Msg::Timer(Timer::PreviewDebounce)] {
            play.state.dirty = false;
            play.msg(msg);
            frames += u32::from(play.state.dirty);
        }
    }
    Ok(vec![
        Figure {
            what: format!("key to frame, {ROWS} rows, 200×50 (p99 of {KEYS})"),
            measured: percentile(&mut times, 0.99),
            target: Some(16.0),
            unit: "ms",
        },
        Figure {
            what: "bytes to the terminal for such a frame (p99)".into(),
            measured: percentile(&mut bytes, 0.99) / 1e3,
            target: None,
            unit: "kB",
        },
        Figure {
            what: format!("frames for {} inputs that change nothing", 2 * KEYS),
            measured: f64::from(frames),
            target: Some(0.0),
            unit: "",
        },
    ])
}
