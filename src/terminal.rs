//! The terminal: raw mode, alternate screen, one synchronized write per frame, and given back whatever happens.

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste};
use crossterm::execute;
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
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
        enable_raw_mode()?;
        // A program that was killed has left its own picture on this very screen.
        execute!(io::stdout(), EnterAlternateScreen, Clear(ClearType::All), EnableBracketedPaste)?;
        if mouse {
            take_mouse()?;
        }
        let frame = Gather::default();
        let inner = ratatui::Terminal::new(CrosstermBackend::new(frame.clone()))?;
        Ok(Self { inner, frame, written: Vec::new(), mouse })
    }

    /// Draws a frame: all of it in one write, between begin and end of a synchronized update.
    pub fn draw<T>(&mut self, from_scratch: bool, render: impl FnOnce(&mut Frame<'_>) -> T) -> io::Result<T> {
        if from_scratch {
            // Not `clear`: it would ask the terminal where the cursor is, and wait for an answer that the loop's own reader takes.
            let size = self.inner.size()?;
            self.inner.resize(size.into())?;
            self.written.clear();
        }
        let mut answer = None;
        self.inner.draw(|frame| answer = Some(render(frame)))?;
        let cells = std::mem::take(&mut *self.frame.0.borrow_mut());
        // The same bytes as before say nothing new: no cell is changed twice to the same.
        if cells != self.written {
            let mut bytes = Vec::with_capacity(cells.len() + 32);
            execute!(bytes, BeginSynchronizedUpdate)?;
            bytes.extend_from_slice(&cells);
            execute!(bytes, EndSynchronizedUpdate)?;
            let mut out = io::stdout().lock();
            out.write_all(&bytes)?;
            out.flush()?;
            self.written = cells;
        }
        answer.ok_or_else(|| io::Error::other("nothing was drawn"))
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
        if self.mouse {
            let _ = execute!(io::stdout(), DisableMouseCapture);
        }
        let _ = give_back();
    }
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
        DisableBracketedPaste,
        LeaveAlternateScreen,
        Show
    )?;
    disable_raw_mode()
}
