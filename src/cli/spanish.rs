//! What the argument parser says in English by itself, in Spanish: headings of the help, and mistakes in the arguments.

use super::order::{options_first, unknown_option};
use super::{Cli, CommonArgs, ServiceArgs, TuiArgs};
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{Arg, ArgAction, Args, Command, CommandFactory, FromArgMatches};
use std::ffi::OsString;
use std::process::ExitCode;

const NAME: &str = "expedientes";

/// The command line as it is parsed.
pub fn command() -> Command {
    spanish(Cli::command(), NAME)
}

/// The command line as it is shown to people (completions, manual): without what is only for the program itself.
pub fn shown() -> Command {
    let whole = Cli::command();
    let about = whole.get_about().cloned().unwrap_or_default();
    let panes = CommonArgs::augment_args(TuiArgs::augment_args(ServiceArgs::augment_args(Command::new(NAME))));
    let visible = whole.get_subcommands().filter(|command| !command.is_hide_set()).cloned();
    let version = env!("CARGO_PKG_VERSION");
    spanish(panes.version(version).about(about).subcommands(visible), NAME)
}

/// Reads the arguments. Help and version are shown, and mistakes told, here already: then there is nothing left but the exit code.
pub fn read(args: impl IntoIterator<Item = OsString>) -> Result<Cli, ExitCode> {
    let command = command();
    let words = options_first(args.into_iter().collect(), &command);
    let json = words.iter().any(|word| word == "--json");
    let wrong = |sentence: &str| {
        crate::commands::tell(json, "mal-usado", sentence);
        ExitCode::from(2)
    };
    if let Some(word) = unknown_option(&words, &command) {
        return Err(wrong(&format!(
            "«{}» no es una opción de buscar; para excluir de la búsqueda use un solo guion. Vea «{NAME} buscar --help».",
            word.to_string_lossy()
        )));
    }
    let read = command.try_get_matches_from(&words).and_then(|mut matches| Cli::from_arg_matches_mut(&mut matches));
    match read {
        Ok(cli) => match misplaced(&cli) {
            Some(option) => Err(wrong(&format!(
                "«{option}» no vale delante de una orden: póngalo detrás. Vea «{} --help».",
                meant_command(&words)
            ))),
            None => Ok(cli),
        },
        Err(error) => {
            let is_help = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
            if !error.use_stderr() || is_help {
                let _ = error.print();
                return Err(if is_help { ExitCode::from(2) } else { ExitCode::SUCCESS });
            }
            Err(wrong(&mistake(&error, &words)))
        }
    }
}

/// An option of the panes before a command, which would have no effect.
fn misplaced(cli: &Cli) -> Option<&'static str> {
    cli.command.as_ref()?;
    [
        ("--server", cli.service.server.is_some()),
        ("--ca", cli.service.ca.is_some()),
        ("--user", cli.service.user.is_some()),
        ("--entidad", cli.tui.entidad.is_some()),
        ("--modelo", cli.tui.modelo.is_some()),
        ("--subir", !cli.tui.files.is_empty()),
    ]
    .into_iter()
    .find_map(|(option, said)| said.then_some(option))
}

/// Headings, usage, defaults and the help's own arguments, of a command and all below it.
fn spanish(command: Command, path: &str) -> Command {
    let mut command = command
        .mut_args(|arg| match arg.get_default_values() {
            [value] if arg.get_action().takes_values() => {
                let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                let value = value.to_string_lossy().into_owned();
                arg.help(format!("{help} [si no se dice: {value}]")).hide_default_value(true)
            }
            _ => arg,
        })
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help).help("Muestra esta ayuda"));
    if command.get_version().is_some() {
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
        command = command.disable_version_flag(true).arg(version.help("Muestra la versión"));
    }
    let mut template = "{about-with-newline}\nUso: {usage}\n".to_owned();
    if command.has_subcommands() {
        template.push_str("\nÓrdenes:\n{subcommands}\n");
    }
    if command.get_positionals().next().is_some() {
        template.push_str("\nArgumentos:\n{positionals}\n");
    }
    template.push_str("\nOpciones:\n{options}\n");
    let usage = usage(&command.clone().bin_name(path).render_usage().to_string());
    command.help_template(template).override_usage(usage).mut_subcommands(|below| {
        let path = format!("{path} {}", below.get_name());
        spanish(below, &path)
    })
}

fn usage(english: &str) -> String {
    let text = english.trim_start_matches("Usage: ").replace("[OPTIONS]", "[OPCIONES]").replace("COMMAND", "ORDEN");
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines.join("\n     ")
}

/// A mistake in the arguments, in one sentence, and where to read on.
fn mistake(error: &Error, words: &[OsString]) -> String {
    let one = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => None,
    };
    let argument = one(ContextKind::InvalidArg).unwrap_or_default();
    let value = one(ContextKind::InvalidValue).unwrap_or_default();
    let meant = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    // The last one is the nearest.
    let nearest = |kind| match error.get(kind) {
        Some(ContextValue::Strings(texts)) => texts.last().cloned(),
        _ => one(kind),
    };
    let meant =
        meant.into_iter().find_map(nearest).map(|meant| format!(" ¿Quiso decir «{meant}»?")).unwrap_or_default();
    let sentence = match error.kind() {
        ErrorKind::UnknownArgument => format!("«{argument}» no es una opción de esta orden.{meant}"),
        ErrorKind::InvalidSubcommand => {
            format!("No hay ninguna orden «{}».{meant}", one(ContextKind::InvalidSubcommand).unwrap_or_default())
        }
        ErrorKind::MissingRequiredArgument => format!("Falta decir «{argument}»."),
        ErrorKind::InvalidValue if value.is_empty() => format!("Falta el valor de «{argument}»."),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let valid = one(ContextKind::ValidValue).map(|valid| format!("; puede ser {valid}")).unwrap_or_default();
            format!("«{value}» no vale para «{argument}»{valid}.{meant}")
        }
        ErrorKind::ArgumentConflict => match one(ContextKind::PriorArg) {
            Some(prior) if prior != argument => format!("«{argument}» no puede ir junto a «{prior}»."),
            Some(_) => format!("«{argument}» sólo puede decirse una vez."),
            None => format!("«{argument}» no puede ir con lo demás que se ha escrito."),
        },
        ErrorKind::InvalidUtf8 => "Un argumento no es texto UTF-8.".to_owned(),
        _ => format!("Los argumentos no se entienden: sobra o falta un valor de «{argument}»."),
    };
    format!("{sentence} Vea «{} --help».", meant_command(words))
}

/// The command that is meant, as far as the words name one.
fn meant_command(words: &[OsString]) -> String {
    let (command, mut path) = (command(), vec![NAME]);
    let mut at = &command;
    for word in words.iter().skip(1) {
        if let Some(below) = at.find_subcommand(word) {
            path.push(below.get_name());
            at = below;
        }
    }
    path.join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn each(command: &Command, check: &mut impl FnMut(&Command)) {
        check(command);
        command.get_subcommands().for_each(|below| each(below, check));
    }

    #[test]
    fn every_command_and_argument_says_what_it_is() {
        command().debug_assert();
        shown().debug_assert();
        each(&shown(), &mut |command| {
            assert!(!command.is_hide_set() && command.get_about().is_some(), "{}", command.get_name());
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some(), "{} {}", command.get_name(), argument.get_id());
            }
            let help = command.clone().render_long_help().to_string();
            for english in
                ["Usage", "Options", "Commands", "Arguments", "default", "COMMAND", "Print", " the ", "<FILE"]
            {
                assert!(!help.contains(english), "{english}: {help}");
            }
        });
    }

    #[test]
    fn mistakes_are_told_in_one_sentence_that_leads_on() {
        for (line, told) in [
            ("mostrar --nada", "«--nada» no es una opción de esta orden. Vea «expedientes mostrar --help»."),
            ("subri 26-1 a.pdf", "No hay ninguna orden «subri». ¿Quiso decir «subir»? Vea «expedientes --help»."),
            ("subir", "Falta decir «<EXPEDIENTE>, <FICHERO>...». Vea «expedientes subir --help»."),
            ("bajar once", "«once» no vale para «<DOCUMENTO>». Vea «expedientes bajar --help»."),
            ("completions cmd", "«cmd» no vale para «<INTÉRPRETE>»; puede ser bash, elvish, fish, powershell, zsh."),
            ("ver 7 --pagina", "Falta el valor de «--pagina <N>»."),
            ("mostrar 26-1 --json --json", "«--json» sólo puede decirse una vez."),
            ("--entidad norte", "Falta decir «--modelo <M>»."),
        ] {
            let words: Vec<OsString> = std::iter::once(NAME).chain(line.split(' ')).map(OsString::from).collect();
            let told_now = mistake(&command().try_get_matches_from(&words).unwrap_err(), &words);
            assert!(told_now.contains(told), "{line}: {told_now}");
        }
    }
}
