//! `doctor`: text to send to support. No names, no tokens, nothing of an expediente.

use super::{Outcome, output, service};
use crate::cli::ScriptArgs;
use crate::config::Config;

/// Prints terminal, configuration, line and service. A fault is a line of the report, not an error.
pub async fn run(config: &Config, args: &ScriptArgs) -> Outcome {
    let mut rows = crate::doctor::local(config);
    rows.extend(crate::doctor::pictures());
    let memory = crate::remote::store::MemoryFile::standard().map(|file| file.load()).unwrap_or_default();
    match service::target(config, &args.service, &memory) {
        Ok(target) => rows.extend(crate::doctor::line(&target).await),
        Err(_) => rows.push(("servicio", "no se ha dicho ninguno (--server)".to_owned())),
    }
    if args.json {
        let rows = rows.into_iter().map(|(what, how)| (what.replace(' ', "-"), how.into()));
        return output::json(&rows.collect::<serde_json::Map<_, serde_json::Value>>());
    }
    output::table(&rows.into_iter().map(|(what, how)| vec![what.to_owned(), how]).collect::<Vec<_>>())
}
