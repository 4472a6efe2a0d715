//! Signals: those that end the program, and those that stop it for a while. The terminal is given back on the way.

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// Leave.
    End,
    /// Give the terminal back, and stop until somebody continues the program.
    Stop,
    /// The program was continued: whatever was in the terminal meanwhile, it is ours again.
    Continue,
}

/// The signals this program listens to.
pub struct Signals {
    #[cfg(unix)]
    end: [tokio::signal::unix::Signal; 3],
    #[cfg(unix)]
    stop: tokio::signal::unix::Signal,
    #[cfg(unix)]
    cont: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// Begins to listen.
    pub fn new() -> std::io::Result<Self> {
        use rustix::process::Signal;
        use tokio::signal::unix::{SignalKind, signal};
        let of = |which: Signal| signal(SignalKind::from_raw(which.as_raw()));
        Ok(Self {
            end: [of(Signal::INT)?, of(Signal::TERM)?, of(Signal::HUP)?],
            stop: of(Signal::TSTP)?,
            cont: of(Signal::CONT)?,
        })
    }

    /// The next one.
    pub async fn next(&mut self) -> Asks {
        let [interrupt, term, hangup] = &mut self.end;
        tokio::select! {
            _ = interrupt.recv() => Asks::End,
            _ = term.recv() => Asks::End,
            _ = hangup.recv() => Asks::End,
            _ = self.stop.recv() => Asks::Stop,
            _ = self.cont.recv() => Asks::Continue,
        }
    }

    /// The next one that ends the program.
    pub async fn end(&mut self) {
        while self.next().await != Asks::End {}
    }
}

/// Stops this process until it is continued.
#[cfg(unix)]
pub fn stop_here() {
    use rustix::process::{Signal, getpid, kill_process};
    if let Err(error) = kill_process(getpid(), Signal::STOP) {
        tracing::warn!(%error, "could not stop");
    }
}

#[cfg(not(unix))]
impl Signals {
    /// There are none to listen to.
    pub fn new() -> std::io::Result<Self> {
        Ok(Self {})
    }

    /// Never.
    pub async fn next(&mut self) -> Asks {
        std::future::pending().await
    }

    /// Never.
    pub async fn end(&mut self) {
        std::future::pending().await
    }
}

#[cfg(not(unix))]
pub fn stop_here() {}
