//! The terminal: raw mode, alternate screen, one synchronized write per frame, and given back whatever happens.

pub mod asking;
pub mod pictures;

use crate::state::preview::Drawing;
use crate::view::hit::HitMap;
use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste, EnableFocusChange,
};
use crossterm::execute;
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use graphics::{Hints, Stage};
use ratatui::Frame;
use ratatui::backend::CrosstermBackend;
use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

/// Bytes of a frame, gathered.
#[derive(Debug, Clone, Default)]
struct Gather(Rc<RefCell<Vec<u8>>>);

impl Write for Gather {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The terminal while the program has it. Dropped, it is given back.
pub struct Terminal {
    inner: ratatui::Terminal<CrosstermBackend<Gather>>,
    frame: Gather,
    written: Vec<u8>,
    mouse: bool,
    hints: Hints,
    stage: Stage,
}

impl Terminal {
    /// Takes the terminal. A panic gives it back before its message is printed.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            // The loop's thread owns the terminal. A panic in a worker ends that work alone: it goes to the log, not over the screen.
            if std::thread::current().name() == Some("main") {
                let _ = give_back();
                hook(info);
            } else {
                tracing::error!(panic = %info, "a worker has panicked");
            }
        }));
        let hints = Hints::from_env();
        take(mouse, &hints)?;
        let frame = Gather::default();
        let inner = ratatui::Terminal::new(CrosstermBackend::new(frame.clone()))?;
        let stage = stage(Drawing::default(), &hints);
        Ok(Self { inner, frame, written: Vec::new(), mouse, hints, stage })
    }

    /// What the environment says of the terminal.
    pub fn hints(&self) -> &Hints {
        &self.hints
    }

    /// From now on pictures are drawn so.
    pub fn draws(&mut self, drawing: Drawing) -> io::Result<()> {
        if drawing.protocol != self.stage.protocol() {
            let mut out = io::stdout();
            out.write_all(&self.stage.leave())?;
            out.flush()?;
            self.stage = stage(drawing, &self.hints);
        }
        self.stage.set_cell(drawing.cell);
        Ok(())
    }

    /// Gives the terminal back for as long as `stop` takes; [`Terminal::resume`] comes after.
    pub fn suspend(&mut self, stop: impl FnOnce()) -> io::Result<()> {
        self.let_go()?;
        stop();
        Ok(())
    }

    /// Takes the terminal again.
    pub fn resume(&mut self) -> io::Result<()> {
        take(self.mouse, &self.hints)
    }

    /// The terminal's memory, and its modes, are not ours to keep.
    fn let_go(&mut self) -> io::Result<()> {
        let mut out = io::stdout();
        out.write_all(&self.stage.leave())?;
        give_back()
    }

    /// The terminal does not have that picture any more. Whether a frame brings it again.
    pub fn lost(&mut self, id: u32) -> bool {
        self.stage.lost(id)
    }

    /// Cells have another size in pixels.
    pub fn set_cell(&mut self, cell: graphics::CellSize) {
        self.stage.set_cell(cell);
    }

    /// Draws a frame: all of it in one write, between begin and end of a synchronized update. What a picture needs to be erased comes before
    /// the cells, the picture after them.
    pub fn draw(&mut self, from_scratch: bool, render: impl FnOnce(&mut Frame<'_>) -> HitMap) -> io::Result<HitMap> {
        let mut bytes = Vec::new();
        execute!(bytes, BeginSynchronizedUpdate)?;
        if from_scratch {
            bytes.extend(self.stage.forget());
            // Not `clear`: it would ask the terminal where the cursor is, and wait for an answer that the loop's own reader takes.
            let size = self.inner.size()?;
            self.inner.resize(size.into())?;
            self.written.clear();
        }
        let mut answer = None;
        let stage = &mut self.stage;
        self.inner.draw(|frame| {
            let hits = render(frame);
            let parts = stage.frame(&hits.pictures, frame.buffer_mut());
            answer = Some((hits, parts));
        })?;
        let (hits, parts) = answer.ok_or_else(|| io::Error::other("nothing was drawn"))?;
        let cells = std::mem::take(&mut *self.frame.0.borrow_mut());
        // The same bytes as before say nothing new: no cell is changed twice to the same.
        if cells != self.written || !parts.is_empty() {
            bytes.extend_from_slice(&parts.before);
            bytes.extend_from_slice(&cells);
            bytes.extend_from_slice(&parts.after);
            execute!(bytes, EndSynchronizedUpdate)?;
            let mut out = io::stdout().lock();
            out.write_all(&bytes)?;
            out.flush()?;
            self.written = cells;
        }
        Ok(hits)
    }

    /// Copies to the terminal's clipboard (OSC 52), also over SSH.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(io::stdout(), crossterm::clipboard::CopyToClipboard::to_clipboard_from(text))
    }

    /// Size in cells.
    pub fn size(&self) -> (u16, u16) {
        crossterm::terminal::size().unwrap_or((80, 24))
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.let_go();
    }
}

/// Raw mode, a screen of our own, pasted text as such, the mouse, and in tmux to be told when somebody is back, perhaps from elsewhere.
fn take(mouse: bool, hints: &Hints) -> io::Result<()> {
    enable_raw_mode()?;
    // A program that was killed has left its own picture on this very screen.
    execute!(io::stdout(), EnterAlternateScreen, Clear(ClearType::All), EnableBracketedPaste)?;
    if hints.tmux {
        execute!(io::stdout(), EnableFocusChange)?;
    }
    if mouse { take_mouse() } else { Ok(()) }
}

fn stage(drawing: Drawing, hints: &Hints) -> Stage {
    let [mine, ..] = std::process::id().to_le_bytes();
    Stage::new(drawing.protocol, drawing.cell, hints, mine)
}

/// Clicks and the wheel, with coordinates in decimal (xterm modes 1000 and 1006). Movements are not asked for: over a slow line each costs.
#[cfg(not(windows))]
fn take_mouse() -> io::Result<()> {
    let mut out = io::stdout();
    out.write_all(b"\x1b[?1000h\x1b[?1006h")?;
    out.flush()
}

#[cfg(windows)]
fn take_mouse() -> io::Result<()> {
    execute!(io::stdout(), crossterm::event::EnableMouseCapture)
}

/// Everything back as it was; safe to do twice.
fn give_back() -> io::Result<()> {
    execute!(
        io::stdout(),
        EndSynchronizedUpdate,
        DisableMouseCapture,
        DisableFocusChange,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        Show
    )?;
    disable_raw_mode()
}
