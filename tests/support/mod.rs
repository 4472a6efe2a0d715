//! A person at a terminal: the built program in a real PTY, its screen read by an emulator.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod answers;
#[allow(dead_code, reason = "shared with the commands")]
pub mod service;

use answers::Answers;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// How long a person would wait before calling it broken. A bound for failures: a test that passes never comes near it.
const PATIENCE: Duration = Duration::from_secs(60);

/// The emulator takes no size of nothing.
fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap()
}

/// A terminal with the program in it.
pub struct Terminal {
    screen: Arc<(Mutex<vt100::Parser>, Condvar)>,
    written: Arc<Mutex<Vec<u8>>>,
    writer: Arc<Mutex<Box<dyn Write + Send>>>,
    answers: Arc<Mutex<Answers>>,
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
}

impl Terminal {
    /// Starts the program with these arguments, columns and rows; `home` holds whatever it remembers.
    pub fn start(args: &[&str], columns: u16, rows: u16, home: &std::path::Path) -> Self {
        Self::start_with(args, &[], columns, rows, home)
    }

    /// Likewise, with more variables in its environment.
    pub fn start_with(
        args: &[&str],
        variables: &[(&str, &str)],
        columns: u16,
        rows: u16,
        home: &std::path::Path,
    ) -> Self {
        Self::start_as(&Answers::bare(), args, variables, (columns, rows), home)
    }

    /// Likewise, in a terminal that answers so when it is asked.
    pub fn start_as(
        answers: &Answers,
        args: &[&str],
        variables: &[(&str, &str)],
        (columns, rows): (u16, u16),
        home: &std::path::Path,
    ) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_expedientes"));
        command.args(args);
        command.env_clear();
        for (key, value) in
            [("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("LANG", "es_ES.UTF-8"), ("PATH", "/usr/bin:/bin")]
        {
            command.env(key, value);
        }
        for (key, value) in variables {
            command.env(key, value);
        }
        command.env("HOME", home);
        command.cwd(home);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let screen = Arc::new((Mutex::new(vt100::Parser::new(cells(rows), cells(columns), 0)), Condvar::new()));
        let shared = screen.clone();
        let writer = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let written = Arc::new(Mutex::new(Vec::new()));
        let shared_answers = Arc::new(Mutex::new(answers.clone()));
        let (keyboard, kept, answers) = (writer.clone(), written.clone(), shared_answers.clone());
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            let mut asked = 0;
            while let Ok(read) = reader.read(&mut buffer) {
                if read == 0 {
                    break;
                }
                let mut kept = kept.lock().unwrap();
                kept.extend_from_slice(&buffer[..read]);
                let answers = answers.lock().unwrap();
                while asked < answers.questions(&kept) {
                    asked += 1;
                    let mut keyboard = keyboard.lock().unwrap();
                    keyboard.write_all(&answers.bytes).and_then(|()| keyboard.flush()).unwrap();
                }
                drop(answers);
                drop(kept);
                shared.0.lock().unwrap().process(&buffer[..read]);
                shared.1.notify_all();
            }
            shared.1.notify_all();
        });
        Self { screen, written, writer, answers: shared_answers, master: pair.master, child }
    }

    /// From now on another terminal answers.
    pub fn answer_as(&self, answers: &Answers) {
        *self.answers.lock().unwrap() = answers.clone();
    }

    /// Types text as it is.
    pub fn keys(&mut self, keys: &str) {
        self.type_in(keys);
    }

    /// Likewise, by whoever only looks on.
    pub fn type_in(&self, keys: &str) {
        let mut writer = self.writer.lock().unwrap();
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    /// Pastes text as a terminal with bracketed paste does.
    pub fn paste(&mut self, text: &str) {
        self.keys(&format!("\x1b[200~{text}\x1b[201~"));
    }

    /// Another size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.screen.0.lock().unwrap().screen_mut().set_size(cells(rows), cells(columns));
        self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
    }

    /// Everything the program has written, escape sequences and all.
    pub fn written(&self) -> Vec<u8> {
        self.written.lock().unwrap().clone()
    }

    /// What has been written so far is of no interest any more.
    pub fn forget_written(&self) {
        self.written.lock().unwrap().clear();
    }

    /// Waits until the program has written something that satisfies this.
    pub fn wait_written(&self, what: &str, satisfied: impl Fn(&[u8]) -> bool) {
        self.wait(what, |_| satisfied(&self.written()));
    }

    /// What is on screen now.
    pub fn text(&self) -> String {
        self.screen.0.lock().unwrap().screen().contents()
    }

    /// Waits until the screen satisfies this; panics with the screen when it never does.
    pub fn wait(&self, what: &str, satisfied: impl Fn(&str) -> bool) -> String {
        let deadline = Instant::now() + PATIENCE;
        let mut parser = self.screen.0.lock().unwrap();
        loop {
            let text = parser.screen().contents();
            if satisfied(&text) {
                return text;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "never came: {what}\n{text}");
            parser = self.screen.1.wait_timeout(parser, left).unwrap().0;
        }
    }

    /// Waits for a text.
    pub fn wait_for(&self, text: &str) -> String {
        self.wait(text, |screen| screen.contains(text))
    }

    /// Waits for a text to go.
    pub fn wait_gone(&self, text: &str) -> String {
        self.wait(&format!("without {text}"), |screen| !screen.contains(text))
    }

    /// Whether the alternate screen is on: off once the program has given the terminal back.
    pub fn alternate_screen(&self) -> bool {
        self.screen.0.lock().unwrap().screen().alternate_screen()
    }

    /// Waits for the terminal to be given back: what the program wrote last may still be on its way here.
    pub fn wait_given_back(&self) {
        let deadline = Instant::now() + PATIENCE;
        let mut parser = self.screen.0.lock().unwrap();
        while parser.screen().alternate_screen() {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "the terminal was never given back");
            parser = self.screen.1.wait_timeout(parser, left).unwrap().0;
        }
    }

    /// Process id of the program.
    pub fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Waits for the program to end; answers its exit code.
    pub fn end(&mut self) -> u32 {
        self.child.wait().unwrap().exit_code()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
