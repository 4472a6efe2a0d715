//! The command line. What `--help` shows are the comments of commands and arguments, hence their Spanish; `spanish.rs` does the rest.

#[cfg(feature = "server")]
mod admin;
mod notas;
mod order;
mod spanish;

#[cfg(feature = "server")]
pub use admin::{AdminArgs, AdminCommand, AuditCommand, ConfigCommand, OriginalsCommand, PersonArgs, UserCommand};
pub use notas::{AnotarArgs, AvisarArgs, HechoArgs, PlantillaArgs};
pub use spanish::{command, read, shown};

use clap::{Args, Parser, Subcommand};
#[cfg(feature = "server")]
use std::net::SocketAddr;
use std::path::PathBuf;

/// Los expedientes de un concesionario, en el terminal y con el teclado
#[derive(Debug, Parser)]
#[command(name = "expedientes", version)]
pub struct Cli {
    /// What to do; without it, the four panes.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Which service, and who.
    #[command(flatten)]
    pub service: ServiceArgs,
    /// The four panes.
    #[command(flatten)]
    pub tui: TuiArgs,
    /// For every command.
    #[command(flatten)]
    pub common: CommonArgs,
}

/// What may be said before a command as well as after it.
#[derive(Debug, Clone, Default, Args)]
pub struct CommonArgs {
    /// Idioma de los paneles: es o en
    #[arg(long, value_name = "IDIOMA", global = true, value_parser = ["es", "en"], hide_possible_values = true)]
    pub lang: Option<String>,
}

/// Which service, and who.
#[derive(Debug, Clone, Default, Args)]
pub struct ServiceArgs {
    /// Dirección del servicio (https://…); si no, la de la configuración, y si no, la última que se usó
    #[arg(long, value_name = "URL")]
    pub server: Option<String>,
    /// Autoridad de certificación del servicio, en PEM
    #[arg(long, value_name = "FICHERO")]
    pub ca: Option<PathBuf>,
    /// Nombre de usuario; la clave se toma de EXPEDIENTES_PASSWORD o se pregunta
    #[arg(long, value_name = "USUARIO")]
    pub user: Option<String>,
}

/// Arguments of the four panes.
#[derive(Debug, Clone, Default, Args)]
pub struct TuiArgs {
    /// Entidad, para no tener que elegirla
    #[arg(long, value_name = "E", requires = "modelo")]
    pub entidad: Option<String>,
    /// Modelo, para no tener que elegirlo
    #[arg(long, value_name = "M", requires = "entidad")]
    pub modelo: Option<String>,
    /// Cómo se dibujan las páginas: auto, kitty, iterm, sixel, halfblocks, quadrants, sextants, octants, text u off; cuenta más que la configuración
    #[arg(long, value_name = "MODO", value_parser = ["auto", "kitty", "iterm", "sixel", "halfblocks", "quadrants", "sextants", "octants", "text", "off"], hide_possible_values = true)]
    pub preview: Option<String>,
    /// Ficheros que subir al expediente que se elija primero
    #[arg(long = "subir", value_name = "FICHERO", num_args = 1..)]
    pub files: Vec<PathBuf>,
}

/// Subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Un servicio con datos inventados, y los cuatro paneles sobre él
    #[cfg(feature = "server")]
    Demo(DemoArgs),
    /// El servicio
    #[cfg(feature = "server")]
    Serve(ServeArgs),
    /// Prepara y cuida un servicio, en su máquina
    #[cfg(feature = "server")]
    Admin(AdminArgs),
    /// Entra y guarda la sesión para las demás órdenes
    Login(ScriptArgs),
    /// Cierra la sesión guardada
    Logout(ScriptArgs),
    /// Qué pueden este terminal, esta línea y el servicio, como texto para enviar a soporte
    Doctor(ScriptArgs),
    /// Busca expedientes
    Buscar(BuscarArgs),
    /// Muestra un expediente: índice, documentos y lo que falta
    Mostrar(OneArgs),
    /// Muestra o cambia campos del índice
    Indice(IndiceArgs),
    /// Sube ficheros a un expediente
    Subir(SubirArgs),
    /// Guarda el original de un documento
    Bajar(BajarArgs),
    /// Muestra una página de un documento, o de un fichero de esta máquina
    Ver(VerArgs),
    /// Pasa un expediente a su fase siguiente
    Avanzar(OneArgs),
    /// Valida un documento
    Validar(DocumentArgs),
    /// Rechaza un documento, con un motivo
    Rechazar(RechazarArgs),
    /// Muestra las notas y los avisos de un expediente
    Notas(OneArgs),
    /// Escribe una nota en un expediente
    Anotar(AnotarArgs),
    /// Encarga algo a alguien en un expediente
    Avisar(AvisarArgs),
    /// Muestra lo que le han encargado
    Avisos(ScriptArgs),
    /// Da un aviso por hecho
    Hecho(HechoArgs),
    /// Hace un documento de una plantilla; sin decir cuál, muestra las que hay
    Plantilla(PlantillaArgs),
    /// Lo que hace falta para que el intérprete de órdenes complete con el tabulador
    Completions {
        /// bash, zsh, fish, elvish o powershell
        #[arg(value_name = "INTÉRPRETE", hide_possible_values = true)]
        shell: clap_complete::Shell,
    },
    /// La página de manual, en roff
    Man,
    /// Escribe las páginas de docs/ que salen del código, o las comprueba
    #[command(hide = true)]
    Docs {
        /// Sólo decir si difieren de lo que sale del código
        #[arg(long)]
        check: bool,
    },
    /// El proceso que dibuja páginas
    #[command(name = "__render-worker", hide = true)]
    RenderWorker,
    /// The process that makes the demo's world
    #[cfg(feature = "server")]
    #[command(name = "__demo-world", hide = true)]
    DemoWorld(DemoWorldArgs),
}

impl Command {
    /// Whether the answer, and a refusal too, is wanted as JSON.
    pub fn json(&self) -> bool {
        match self {
            #[cfg(feature = "server")]
            Self::Admin(args) => args.json,
            Self::Login(script) | Self::Logout(script) | Self::Doctor(script) | Self::Avisos(script) => script.json,
            Self::Buscar(args) => args.script.json,
            Self::Mostrar(args) | Self::Avanzar(args) | Self::Notas(args) => args.script.json,
            Self::Anotar(args) => args.script.json,
            Self::Avisar(args) => args.script.json,
            Self::Hecho(args) => args.script.json,
            Self::Plantilla(args) => args.script.json,
            Self::Indice(args) => args.script.json,
            Self::Subir(args) => args.script.json,
            Self::Bajar(args) => args.script.json,
            Self::Ver(args) => args.script.json,
            Self::Validar(args) => args.script.json,
            Self::Rechazar(args) => args.script.json,
            _ => false,
        }
    }
}

/// How a script wants its answer.
#[derive(Debug, Clone, Default, Args)]
pub struct ScriptArgs {
    /// Which service, and who.
    #[command(flatten)]
    pub service: ServiceArgs,
    /// Responde en JSON, un solo valor por la salida estándar
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `demo`.
#[cfg(feature = "server")]
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Carpeta de los datos, que se conserva y se vuelve a usar; si no se dice, una nueva que se borra al acabar
    #[arg(long, value_name = "CARPETA")]
    pub data: Option<PathBuf>,
    /// Which world.
    #[command(flatten)]
    pub world: WorldArgs,
    /// Sin paneles: escribe una línea de JSON con dirección, autoridad y usuarios, y sirve hasta SIGTERM
    #[arg(long)]
    pub headless: bool,
    /// Dirección en la que escucha; con el puerto 0 toma uno libre
    #[arg(long, value_name = "DIRECCIÓN", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,
    /// The four panes.
    #[command(flatten)]
    pub tui: TuiArgs,
}

/// Which world `demo` makes.
#[cfg(feature = "server")]
#[derive(Debug, Clone, Args)]
pub struct WorldArgs {
    /// Cuántos expedientes
    #[arg(long, value_name = "N", default_value_t = demo::SIZE)]
    pub size: u64,
    /// Semilla: con la misma salen los mismos datos
    #[arg(long, value_name = "N", default_value_t = demo::SEED)]
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
    /// Ajustes del servicio, en TOML (vea docs/servicio.md)
    #[arg(long, value_name = "FICHERO")]
    pub config: PathBuf,
}

/// Arguments of `buscar`.
#[derive(Debug, Args)]
pub struct BuscarArgs {
    /// How the answer comes.
    #[command(flatten)]
    pub script: ScriptArgs,
    /// Entidad; si no se dice, la única o la última que se eligió
    #[arg(long, value_name = "E")]
    pub entidad: Option<String>,
    /// Modelo, igualmente
    #[arg(long, value_name = "M")]
    pub modelo: Option<String>,
    /// Columna por la que se ordena; con «-» delante, de mayor a menor
    #[arg(long, value_name = "COLUMNA", default_value = "-pedido", allow_hyphen_values = true)]
    pub orden: String,
    /// Filas como mucho
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limite: u32,
    /// Lo que se busca, como en los paneles
    #[arg(value_name = "BÚSQUEDA", trailing_var_arg = true, allow_hyphen_values = true)]
    pub q: Vec<String>,
}

/// Arguments for one expediente.
#[derive(Debug, Args)]
pub struct OneArgs {
    /// How the answer comes.
    #[command(flatten)]
    pub script: ScriptArgs,
    /// Número (26-01877) o id del expediente
    #[arg(value_name = "EXPEDIENTE")]
    pub expediente: String,
}

/// Arguments of `indice`.
#[derive(Debug, Args)]
pub struct IndiceArgs {
    /// How the answer comes.
    #[command(flatten)]
    pub script: ScriptArgs,
    /// Número (26-01877) o id del expediente
    #[arg(value_name = "EXPEDIENTE")]
    pub expediente: String,
    /// Campos que cambiar: campo=valor; campo= lo vacía
    #[arg(value_name = "CAMBIO")]
    pub cambios: Vec<String>,
}

/// Arguments of `subir`.
#[derive(Debug, Args)]
pub struct SubirArgs {
    /// How the answer comes.
    #[command(flatten)]
    pub script: ScriptArgs,
    /// Número (26-01877) o id del expediente
    #[arg(value_name = "EXPEDIENTE")]
    pub expediente: String,
    /// Tipo de documento; si no se dice, se adivina por el nombre de cada fichero
    #[arg(long, value_name = "TIPO")]
    pub tipo: Option<String>,
    /// Los ficheros
    #[arg(value_name = "FICHERO", required = true)]
    pub files: Vec<PathBuf>,
}

/// Arguments of `bajar`.
#[derive(Debug, Args)]
pub struct BajarArgs {
    /// How the answer comes.
    #[command(flatten)]
    pub script: ScriptArgs,
    /// Id del documento
    #[arg(value_name = "DOCUMENTO")]
    pub documento: i64,
    /// Carpeta en la que se guarda; ha de existir
    #[arg(long, value_name = "CARPETA", default_value = ".")]
    pub carpeta: PathBuf,
}

/// Arguments of `ver`.
#[derive(Debug, Args)]
pub struct VerArgs {
    /// How the answer comes.
    #[command(flatten)]
    pub script: ScriptArgs,
    /// Un fichero de esta máquina, o el id de un documento
    #[arg(value_name = "DOCUMENTO")]
    pub documento: String,
    /// Página
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub pagina: u32,
    /// El texto de la página en vez de su imagen
    #[arg(long)]
    pub texto: bool,
}

/// Arguments for one document.
#[derive(Debug, Args)]
pub struct DocumentArgs {
    /// How the answer comes.
    #[command(flatten)]
    pub script: ScriptArgs,
    /// Id del documento
    #[arg(value_name = "DOCUMENTO")]
    pub documento: i64,
}

/// Arguments of `rechazar`.
#[derive(Debug, Args)]
pub struct RechazarArgs {
    /// How the answer comes.
    #[command(flatten)]
    pub script: ScriptArgs,
    /// Id del documento
    #[arg(value_name = "DOCUMENTO")]
    pub documento: i64,
    /// Por qué
    #[arg(long, value_name = "TEXTO")]
    pub motivo: String,
}
