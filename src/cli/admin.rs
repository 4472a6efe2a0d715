//! Arguments of `admin`.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Arguments of `admin`.
#[derive(Debug, Args)]
pub struct AdminArgs {
    /// Ajustes del servicio, en TOML
    #[arg(long, value_name = "FICHERO", default_value = "servicio.toml", global = true)]
    pub config: PathBuf,
    /// Responde en JSON, un solo valor por la salida estándar
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: AdminCommand,
}

/// Subcommands of `admin`.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Hace la carpeta de datos, los ficheros de configuración y el primer administrador
    Init {
        /// Nombre de usuario del administrador
        #[arg(long, value_name = "USUARIO", default_value = "admin")]
        user: String,
    },
    /// Entidades y modelos
    Config {
        /// What to do.
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// Personas
    User {
        /// What to do.
        #[command(subcommand)]
        command: UserCommand,
    },
    /// La auditoría
    Audit {
        /// What to do.
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// Los originales de los documentos
    Originals {
        /// What to do.
        #[command(subcommand)]
        command: OriginalsCommand,
    },
    /// Copia la base de datos y los originales, enteros y a la vez, sin parar el servicio
    Backup {
        /// Carpeta en la que se escribe; no debe existir
        #[arg(value_name = "CARPETA")]
        folder: PathBuf,
    },
    /// Devuelve una copia a una carpeta de datos vacía
    Restore {
        /// Carpeta de la copia
        #[arg(value_name = "CARPETA")]
        folder: PathBuf,
    },
}

/// Subcommands of `admin config`.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Dice qué está mal en los ficheros, con fichero y línea
    Check,
    /// Dice qué cambiarían los ficheros
    Diff,
    /// Pone los ficheros en vigor
    Apply,
}

/// Who somebody is; what is not said of somebody who is there already stays.
#[derive(Debug, Args)]
pub struct PersonArgs {
    /// Nombre de usuario
    #[arg(value_name = "USUARIO")]
    pub user: String,
    /// Nombre y apellidos
    #[arg(long, alias = "name", value_name = "NOMBRE")]
    pub nombre: Option<String>,
    /// asesor, jefe-ventas, administrativo, administrador o soporte
    #[arg(long, alias = "role", value_name = "ROL")]
    pub rol: Option<String>,
    /// Equipo; si no existe, se hace
    #[arg(long, alias = "team", value_name = "EQUIPO")]
    pub equipo: Option<String>,
    /// Entidad en la que trabaja; se puede repetir
    #[arg(long = "entidad", value_name = "E")]
    pub entidades: Vec<String>,
}

/// Subcommands of `admin user`.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Todos los usuarios
    List,
    /// Un usuario nuevo, con su nombre y su rol; la clave se toma de EXPEDIENTES_PASSWORD o se pregunta
    #[command(mut_args = |arg| if matches!(arg.get_id().as_str(), "nombre" | "rol") { arg.required(true) } else { arg })]
    Add(PersonArgs),
    /// Cambia lo que se diga de un usuario, y desde su próxima petición vale; las entidades que se digan sustituyen a las que tenía
    Set {
        /// Who, and what is to be different.
        #[command(flatten)]
        person: PersonArgs,
        /// Ya sin equipo
        #[arg(long, conflicts_with = "equipo")]
        sin_equipo: bool,
    },
    /// Cambia la clave
    Password {
        /// Nombre de usuario
        #[arg(value_name = "USUARIO")]
        user: String,
    },
    /// Un segundo factor: escribe la dirección para la aplicación de códigos
    Totp {
        /// Nombre de usuario
        #[arg(value_name = "USUARIO")]
        user: String,
        /// Ya sin segundo factor
        #[arg(long)]
        off: bool,
    },
    /// Ya no puede entrar, y sus sesiones se cierran
    Disable {
        /// Nombre de usuario
        #[arg(value_name = "USUARIO")]
        user: String,
    },
    /// Puede entrar otra vez
    Enable {
        /// Nombre de usuario
        #[arg(value_name = "USUARIO")]
        user: String,
    },
}

/// Subcommands of `admin originals`.
#[derive(Debug, Subcommand)]
pub enum OriginalsCommand {
    /// Busca originales que falten o no sean lo que se subió; los lee todos
    Verify,
    /// Quita los que no son de ningún documento y tienen más de un día: sobras de subidas que se cortaron
    Clean,
}

/// Subcommands of `admin audit`.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Busca asientos cambiados, quitados o movidos
    Verify,
}
