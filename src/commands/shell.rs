//! Completions and manual page.

use super::Outcome;
use crate::cli;
use clap::Command;
use clap_mangen::Man;
use std::io;

/// Completions for a shell.
pub fn completions(shell: clap_complete::Shell) -> Outcome {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut cli::shown(), "expedientes", &mut out);
    super::output::text_line(String::from_utf8_lossy(&out).trim_end())
}

/// The manual page in roff.
pub fn man() -> Outcome {
    super::output::text_line(page(cli::shown())?.trim_end())
}

/// All commands on one page: a page for each would have to be installed together with the others.
fn page(command: Command) -> io::Result<String> {
    let whole = Man::new(command.clone());
    let mut out = Vec::new();
    whole.render_title(&mut out)?;
    let mut page = String::from_utf8_lossy(&out).into_owned();
    section(&mut page, ".SH NOMBRE", |out| whole.render_name_section(out))?;
    section(&mut page, ".SH SINOPSIS", |out| whole.render_synopsis_section(out))?;
    section(&mut page, ".SH OPCIONES", |out| whole.render_options_section(out))?;
    page.push_str(".SH ÓRDENES\n");
    command.get_subcommands().try_for_each(|below| one_command(&mut page, below.clone(), "expedientes"))?;
    page.push_str(".SH VERSIÓN\n");
    page.push_str(command.get_version().unwrap_or_default());
    Ok(page)
}

fn one_command(page: &mut String, command: Command, path: &str) -> io::Result<()> {
    let path = format!("{path} {}", command.get_name());
    if command.has_subcommands() {
        return command.get_subcommands().try_for_each(|below| one_command(page, below.clone(), &path));
    }
    // Told once, with those of the panes.
    let command = command.mut_args(|arg| if arg.get_id() == "help" { arg.hide(true) } else { arg });
    let man = Man::new(command);
    section(page, &format!(".SS {path}"), |out| man.render_description_section(out))?;
    section(page, ".PP", |out| man.render_synopsis_section(out))?;
    section(page, ".PP", |out| man.render_options_section(out))
}

/// Adds a section without its English heading and without what each begins with for old typesetters, which the page has already.
fn section(page: &mut String, heading: &str, render: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> io::Result<()> {
    let mut out = Vec::new();
    render(&mut out)?;
    page.push_str(heading);
    page.push('\n');
    for line in String::from_utf8_lossy(&out).lines() {
        if !line.starts_with(".SH ") && !line.starts_with(".ie ") && !line.starts_with(".el ") {
            page.push_str(line);
            page.push('\n');
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_manual_has_every_command_and_nothing_internal() {
        let page = page(cli::shown()).unwrap();
        for command in ["expedientes subir", "expedientes admin config check", "expedientes man"] {
            assert!(page.lines().any(|line| line == format!(".SS {command}")), "{command}");
        }
        assert!(!page.contains("render\\-worker") && !page.contains("expedientes\\-subir(1)"));
        assert_eq!(page.matches(".SH ").count(), 5, "{page}");
    }

    #[test]
    fn completions_offer_nothing_internal() {
        for shell in [clap_complete::Shell::Bash, clap_complete::Shell::Zsh, clap_complete::Shell::Fish] {
            let mut out = Vec::new();
            clap_complete::generate(shell, &mut cli::shown(), "expedientes", &mut out);
            let text = String::from_utf8(out).unwrap();
            assert!(text.contains("rechazar") && !text.contains("render-worker"), "{shell}");
        }
    }
}
