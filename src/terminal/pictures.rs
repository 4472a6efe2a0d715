//! How pictures get to this terminal: asked once before the event stream reads, and again when another terminal may be there.

use crate::config::{Simbolos, VistaPrevia};
use crate::state::preview::Drawing;
use graphics::{Abilities, CellSize, Glyphs, Hints, Probe, Protocol, choose};
use std::time::Duration;

/// How long answers are waited for: here, and where a line lies between.
const PATIENCE: Duration = Duration::from_millis(300);
const PATIENCE_FAR: Duration = Duration::from_millis(1_000);

/// What came of asking.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// How pictures are drawn.
    pub drawing: Drawing,
    /// What the terminal said; nothing when it was not asked.
    pub abilities: Option<Abilities>,
    /// tmux hands nothing on to a terminal that may know pictures.
    pub is_swallowed: bool,
}

impl Asked {
    /// Whether answers may still come.
    pub fn is_late(&self) -> bool {
        self.abilities.as_ref().is_some_and(|able| !able.finished)
    }
}

/// Asks, if what is wanted depends on it. The terminal is in raw mode, and nobody else reads from it: what somebody types goes to `typed`, as it
/// comes.
pub fn ask(wanted: VistaPrevia, simbolos: Simbolos, hints: &Hints, typed: impl FnMut(Vec<u8>)) -> Asked {
    let as_text = |glyphs| Asked { drawing: Drawing { glyphs, ..Drawing::default() }, ..Asked::default() };
    let said = match wanted {
        VistaPrevia::Medios | VistaPrevia::Texto | VistaPrevia::No => return Asked::default(),
        VistaPrevia::Cuadrantes => return as_text(Glyphs::Quadrants),
        VistaPrevia::Sextantes => return as_text(Glyphs::Sextants),
        VistaPrevia::Octantes => return as_text(Glyphs::Octants),
        // The console of Linux and printers know neither pictures nor questions.
        VistaPrevia::Auto if matches!(hints.term.as_str(), "linux" | "dumb") => return Asked::default(),
        VistaPrevia::Auto => None,
        VistaPrevia::Kitty if hints.tmux => Some(Protocol::KittyPlaceholders),
        VistaPrevia::Kitty => Some(Protocol::Kitty),
        VistaPrevia::Iterm => Some(Protocol::Iterm),
        VistaPrevia::Sixel => Some(Protocol::Sixel),
    };
    if let (Some(protocol), Some(cell)) = (said, cell_of_window()) {
        return Asked { drawing: Drawing { protocol, cell, ..Drawing::default() }, ..Asked::default() };
    }
    let abilities = question(hints, typed);
    let cell = abilities.cell.or_else(cell_of_window).unwrap_or_default();
    let protocol = said.unwrap_or_else(|| choose(&abilities, hints));
    // Who wants plain letters for marks has a font without much else.
    let glyphs = if simbolos == Simbolos::Ascii { Glyphs::Halves } else { Glyphs::surely_of(&abilities.name, hints) };
    tracing::info!(?protocol, ?cell, ?glyphs, name = %abilities.name, finished = abilities.finished, "asked the terminal");
    // The question goes through tmux to the terminal outside: where nothing is let through, nobody answers.
    let is_swallowed = hints.tmux && protocol == Protocol::HalfBlocks && !abilities.finished;
    Asked { drawing: Drawing { protocol, cell, glyphs }, abilities: Some(abilities), is_swallowed }
}

/// All the terminal says of itself, for a report. Raw mode is this function's to switch on and off.
pub fn report(hints: &Hints) -> Option<Abilities> {
    crossterm::terminal::enable_raw_mode().ok()?;
    let abilities = question(hints, |_| ());
    crossterm::terminal::disable_raw_mode().ok()?;
    Some(abilities)
}

/// Pixels of a cell as the system tells them; nothing when it does not know.
pub fn cell_of_window() -> Option<CellSize> {
    let window = crossterm::terminal::window_size().ok()?;
    CellSize::new(window.width.checked_div(window.columns)?, window.height.checked_div(window.rows)?)
}

#[cfg(unix)]
fn question(hints: &Hints, typed: impl FnMut(Vec<u8>)) -> Abilities {
    let patience = if hints.ssh || hints.tmux { PATIENCE_FAR } else { PATIENCE };
    let screen = crossterm::terminal::size().unwrap_or((80, 24));
    Probe::ask(hints, patience, screen, typed).unwrap_or_else(|error| {
        tracing::warn!(%error, "the terminal could not be asked");
        Abilities::default()
    })
}

/// There a program cannot read answers beside events; names of the environment have to do.
#[cfg(not(unix))]
fn question(_hints: &Hints, _typed: impl FnMut(Vec<u8>)) -> Abilities {
    Abilities::default()
}
