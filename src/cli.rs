//! The command line.

use clap::{Args, Parser, Subcommand};
#[cfg(feature = "server")]
use std::net::SocketAddr;
use std::path::PathBuf;

/// The case files of a car dealership, at the keyboard.
#[derive(Debug, Parser)]
#[command(name = "expedientes", version, about, args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do; without it, the four panes.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The four panes.
    #[command(flatten)]
    pub tui: TuiArgs,
}

/// Which service, and who.
#[derive(Debug, Clone, Default, Args)]
pub struct ServiceArgs {
    /// Address of the service (https://…); else that of the configuration, else the last one used
    #[arg(long, value_name = "URL")]
    pub server: Option<String>,
    /// Certificate authority of the service, PEM
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// User name; the password comes from EXPEDIENTES_PASSWORD or is asked for
    #[arg(long, value_name = "NAME")]
    pub user: Option<String>,
}

/// Arguments of the four panes.
#[derive(Debug, Clone, Default, Args)]
pub struct TuiArgs {
    /// Which service, and who.
    #[command(flatten)]
    pub service: ServiceArgs,
    /// Entidad, to skip the choice
    #[arg(long, value_name = "E", requires = "modelo")]
    pub entidad: Option<String>,
    /// Modelo, to skip the choice
    #[arg(long, value_name = "M", requires = "entidad")]
    pub modelo: Option<String>,
    /// Language: es or en
    #[arg(long, value_name = "TAG", global = true)]
    pub lang: Option<String>,
    /// Files to upload to the expediente that is selected first
    #[arg(long = "subir", value_name = "FILE", num_args = 1..)]
    pub files: Vec<PathBuf>,
}

/// Subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// A service with a generated world, and the four panes on it
    #[cfg(feature = "server")]
    Demo(DemoArgs),
    /// The service
    #[cfg(feature = "server")]
    Serve(ServeArgs),
    /// Set up and look after a service, on its machine
    #[cfg(feature = "server")]
    Admin(AdminArgs),
    /// Sign in and keep the session for the other commands
    Login(ServiceArgs),
    /// End the kept session
    Logout(ServiceArgs),
    /// What this terminal, line and service can do, as text to send to support
    Doctor(ServiceArgs),
    /// Search expedientes
    Buscar(BuscarArgs),
    /// Show an expediente: index, documents, what is missing
    Mostrar(OneArgs),
    /// Show or change index fields
    Indice(IndiceArgs),
    /// Upload files to an expediente
    Subir(SubirArgs),
    /// Save the original of a document
    Bajar(BajarArgs),
    /// Print a page of a document, or of a file of this machine
    Ver(VerArgs),
    /// Move an expediente to its next fase
    Avanzar(OneArgs),
    /// Validate a document
    Validar(DocumentArgs),
    /// Reject a document with a reason
    Rechazar(RechazarArgs),
    /// Completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// The manual page, in roff
    Man,
    /// Write the generated pages of docs/ (or check them)
    #[command(hide = true)]
    Docs {
        /// Only say whether they differ from what the code generates
        #[arg(long)]
        check: bool,
    },
    /// The process that draws pages
    #[command(name = "__render-worker", hide = true)]
    RenderWorker,
    /// The process that makes the demo's world
    #[cfg(feature = "server")]
    #[command(name = "__demo-world", hide = true)]
    DemoWorld(DemoWorldArgs),
}

/// How a script wants its answer.
#[derive(Debug, Clone, Default, Args)]
pub struct ScriptArgs {
    /// Which service, and who.
    #[command(flatten)]
    pub service: ServiceArgs,
    /// Answer as JSON, one value on standard output
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `demo`.
#[cfg(feature = "server")]
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Folder of the world; kept and used again. Without it: a new one that is removed at the end
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Which world.
    #[command(flatten)]
    pub world: WorldArgs,
    /// No panes: print one JSON line with address, CA and users, and serve until SIGTERM
    #[arg(long)]
    pub headless: bool,
    /// Address to listen on; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,
    /// The four panes.
    #[command(flatten)]
    pub tui: TuiArgs,
}

/// Which world `demo` makes.
#[cfg(feature = "server")]
#[derive(Debug, Clone, Args)]
pub struct WorldArgs {
    /// How many expedientes
    #[arg(long, value_name = "N", default_value_t = demo::SIZE)]
    pub size: u64,
    /// Seed: the same seed, the same world
    #[arg(long, default_value_t = demo::SEED)]
    pub seed: u64,
}

/// Arguments of `__demo-world`.
#[cfg(feature = "server")]
#[derive(Debug, Args)]
pub struct DemoWorldArgs {
    /// Folder of the world
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// Which world.
    #[command(flatten)]
    pub world: WorldArgs,
}

/// Arguments of `serve`.
#[cfg(feature = "server")]
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Settings of the service, TOML (see docs/servicio.md)
    #[arg(long, value_name = "FILE")]
    pub config: PathBuf,
}

/// Arguments of `admin`.
#[cfg(feature = "server")]
#[derive(Debug, Args)]
pub struct AdminArgs {
    /// Settings of the service, TOML
    #[arg(long, value_name = "FILE", default_value = "servicio.toml")]
    pub config: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub command: AdminCommand,
}

/// Subcommands of `admin`.
#[cfg(feature = "server")]
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Make the data folder, the configuration's text files and the first administrador
    Init {
        /// User name of the administrador
        #[arg(long, default_value = "admin")]
        user: String,
    },
    /// Entidades and modelos
    Config {
        /// What to do.
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// People
    User {
        /// What to do.
        #[command(subcommand)]
        command: UserCommand,
    },
    /// The audit trail
    Audit {
        /// What to do.
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// Copy database and originals, whole and consistent, while the service runs
    Backup {
        /// Folder to write to; must not exist
        folder: PathBuf,
    },
    /// Bring a copy back into an empty data folder
    Restore {
        /// Folder of the copy
        folder: PathBuf,
    },
}

/// Subcommands of `admin config`.
#[cfg(feature = "server")]
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Say what is wrong in the files, with file and line
    Check,
    /// Say what the files would change
    Diff,
    /// Put the files in force
    Apply,
}

/// Subcommands of `admin user`.
#[cfg(feature = "server")]
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// All users
    List,
    /// A new user; the password comes from EXPEDIENTES_PASSWORD or is asked for
    Add {
        /// User name
        user: String,
        /// Full name
        #[arg(long)]
        name: String,
        /// asesor, jefe-ventas, administrativo, administrador or soporte
        #[arg(long)]
        role: String,
        /// Team, made when it is not there
        #[arg(long)]
        team: Option<String>,
        /// Entidad they work in; may be repeated
        #[arg(long = "entidad")]
        entidades: Vec<String>,
    },
    /// Another password
    Password {
        /// User name
        user: String,
    },
    /// A second factor: prints the address for an authenticator
    Totp {
        /// User name
        user: String,
    },
    /// No more sign-in; open sessions end
    Disable {
        /// User name
        user: String,
    },
    /// Sign-in again
    Enable {
        /// User name
        user: String,
    },
}

/// Subcommands of `admin audit`.
#[cfg(feature = "server")]
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Find a changed, removed or reordered record
    Verify,
}

/// Arguments of `buscar`.
#[derive(Debug, Args)]
pub struct BuscarArgs {
    /// How the answer comes.
    #[command(flatten)]
    pub script: ScriptArgs,
    /// Entidad; the only one, or the last one chosen, when not said
    #[arg(long, value_name = "E")]
    pub entidad: Option<String>,
    /// Modelo, likewise
    #[arg(long, value_name = "M")]
    pub modelo: Option<String>,
    /// Column to sort by, with "-" in front for descending
    #[arg(long, default_value = "-pedido", allow_hyphen_values = true)]
    pub orden: String,
    /// Rows at most
    #[arg(long, default_value_t = 50)]
    pub limite: u32,
    /// Search text, as in the search box
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub q: Vec<String>,
}

/// Arguments for one expediente.
#[derive(Debug, Args)]
pub struct OneArgs {
    /// How the answer comes.
    #[command(flatten)]
    pub script: ScriptArgs,
    /// Number (26-01877) or id of the expediente
    pub expediente: String,
}

/// Arguments of `indice`.
#[derive(Debug, Args)]
pub struct IndiceArgs {
    /// How the answer comes.
    #[command(flatten)]
    pub script: ScriptArgs,
    /// Number or id of the expediente
    pub expediente: String,
    /// Fields to change: campo=valor; campo= empties it
    pub cambios: Vec<String>,
}

/// Arguments of `subir`.
#[derive(Debug, Args)]
pub struct SubirArgs {
    /// How the answer comes.
    #[command(flatten)]
    pub script: ScriptArgs,
    /// Number or id of the expediente
    pub expediente: String,
    /// Document type; guessed from each file's name when not said
    #[arg(long)]
    pub tipo: Option<String>,
    /// The files
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
}

/// Arguments of `bajar`.
#[derive(Debug, Args)]
pub struct BajarArgs {
    /// How the answer comes.
    #[command(flatten)]
    pub script: ScriptArgs,
    /// Id of the document
    pub documento: i64,
    /// Folder to save into
    #[arg(long, default_value = ".")]
    pub carpeta: PathBuf,
}

/// Arguments of `ver`.
#[derive(Debug, Args)]
pub struct VerArgs {
    /// Which service, and who.
    #[command(flatten)]
    pub service: ServiceArgs,
    /// A file of this machine, or the id of a document
    pub documento: String,
    /// Page
    #[arg(long, default_value_t = 1)]
    pub pagina: u32,
    /// The page's text instead of its picture
    #[arg(long)]
    pub texto: bool,
}

/// Arguments for one document.
#[derive(Debug, Args)]
pub struct DocumentArgs {
    /// How the answer comes.
    #[command(flatten)]
    pub script: ScriptArgs,
    /// Id of the document
    pub documento: i64,
}

/// Arguments of `rechazar`.
#[derive(Debug, Args)]
pub struct RechazarArgs {
    /// How the answer comes.
    #[command(flatten)]
    pub script: ScriptArgs,
    /// Id of the document
    pub documento: i64,
    /// Why
    #[arg(long)]
    pub motivo: String,
}
