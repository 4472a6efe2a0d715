//! The four panes.

use super::{CommandError, Outcome, service};
use crate::app::{self, Start};
use crate::cli::{ServiceArgs, TuiArgs};
use crate::config::{Config, VistaPrevia};
use crate::remote::RemoteConfig;
use crate::remote::store::{MemoryFile, ServerMemory};
use crate::runtime::{Runtime, RuntimeConfig};
use domain::{EntidadId, ModeloId};
use std::io::IsTerminal;
use std::sync::Arc;

/// On the service of the arguments, the configuration, or the last one used.
pub async fn run(mut config: Config, whom: ServiceArgs, args: TuiArgs) -> Outcome {
    crate::logging::client();
    let memory_file = MemoryFile::standard();
    let memory = memory_file.as_ref().map(MemoryFile::load).unwrap_or_default();
    let target = service::target(&config, &whom, &memory)?;
    config.usuario = whom.user.or(config.usuario);
    on(config, args, target, memory_file).await
}

/// On this service; `memory` is where things are remembered, none for a demo.
pub async fn on(mut config: Config, args: TuiArgs, target: RemoteConfig, memory: Option<MemoryFile>) -> Outcome {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(CommandError::Usage(
            "Los cuatro paneles necesitan un terminal; para guiones vea «expedientes --help».".to_owned(),
        ));
    }
    let known = memory.as_ref().map(MemoryFile::load).unwrap_or_default();
    let server: ServerMemory = known.servidores.get(&target.url).cloned().unwrap_or_default();
    // What the configuration says counts for more than what was once chosen in the program.
    if let Some(tema) = known.tema.filter(|_| config.tema == Config::default().tema) {
        config.tema = tema;
    }
    if let Some(idioma) = config.idioma.clone().or(known.idioma) {
        config.idioma = Some(idioma);
    }
    if let Some(preview) = args.preview.as_deref().and_then(VistaPrevia::of_word) {
        config.vista_previa = preview;
    }
    let password = service::scripted_password();
    let said = args.entidad.zip(args.modelo).or(server.eleccion);
    let start = Start {
        user: config.usuario.clone().or(server.usuario),
        password,
        kept_session: target.token.is_some(),
        choice: said.map(|(entidad, modelo)| (EntidadId::from(entidad), ModeloId::from(modelo))),
        told_of_tmux: known.tmux_avisado,
        recent: server.busquedas,
        motivos: server.motivos,
        destinatario: server.destinatario,
        files: args.files,
        device: service::device(),
    };
    let transfers = config.subidas_a_la_vez;
    let (runtime, messages) = Runtime::new(RuntimeConfig { remote: target, memory, transfers })?;
    app::run(Arc::new(config), start, runtime, messages).await?;
    Ok(())
}
