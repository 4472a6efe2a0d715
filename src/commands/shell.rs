//! Completions and manual page.

use super::Outcome;
use crate::cli::Cli;
use clap::CommandFactory;

/// Completions for a shell.
pub fn completions(shell: clap_complete::Shell) -> Outcome {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "expedientes", &mut out);
    super::output::text_line(String::from_utf8_lossy(&out).trim_end())
}

/// The manual page in roff.
pub fn man() -> Outcome {
    let mut out = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut out)?;
    super::output::text_line(String::from_utf8_lossy(&out).trim_end())
}
