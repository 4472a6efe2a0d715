//! Arguments of the commands about notes, avisos and templates.

use super::ScriptArgs;
use clap::Args;

/// Arguments of `anotar`.
#[derive(Debug, Args)]
pub struct AnotarArgs {
    /// How the answer comes.
    #[command(flatten)]
    pub script: ScriptArgs,
    /// Número (26-01877) o id del expediente
    #[arg(value_name = "EXPEDIENTE")]
    pub expediente: String,
    /// Lo que se anota; con «-», lo que venga por la entrada estándar
    #[arg(value_name = "TEXTO", allow_hyphen_values = true)]
    pub texto: String,
}

/// Arguments of `avisar`.
#[derive(Debug, Args)]
pub struct AvisarArgs {
    /// How the answer comes.
    #[command(flatten)]
    pub script: ScriptArgs,
    /// Número (26-01877) o id del expediente
    #[arg(value_name = "EXPEDIENTE")]
    pub expediente: String,
    /// Usuario que ha de hacerlo; si no se dice, el asesor del expediente
    #[arg(long, value_name = "USUARIO")]
    pub para: Option<String>,
    /// Día para el que ha de estar: 05/12, +3, mañana, lunes
    #[arg(long, value_name = "DÍA", allow_hyphen_values = true)]
    pub vence: Option<String>,
    /// Lo que hay que hacer; con «-», lo que venga por la entrada estándar
    #[arg(value_name = "TEXTO", allow_hyphen_values = true)]
    pub texto: String,
}

/// Arguments of `hecho`.
#[derive(Debug, Args)]
pub struct HechoArgs {
    /// How the answer comes.
    #[command(flatten)]
    pub script: ScriptArgs,
    /// Id del aviso
    #[arg(value_name = "AVISO")]
    pub aviso: i64,
}

/// Arguments of `plantilla`.
#[derive(Debug, Args)]
pub struct PlantillaArgs {
    /// How the answer comes.
    #[command(flatten)]
    pub script: ScriptArgs,
    /// Número (26-01877) o id del expediente
    #[arg(value_name = "EXPEDIENTE")]
    pub expediente: String,
    /// Cuál; si no se dice, muestra las que hay
    #[arg(value_name = "PLANTILLA")]
    pub plantilla: Option<String>,
    /// La hace aunque falten datos, con huecos para rellenar a mano
    #[arg(long, requires = "plantilla")]
    pub con_huecos: bool,
}
