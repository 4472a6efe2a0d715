//! Choosing entidad and modelo.

use super::Load;
use api::sesion::EntidadVista;
use domain::{EntidadId, ModeloId};
use tui_input::Input;

/// The choice screen: a flat, filtered list of "entidad ▸ modelo".
#[derive(Debug, Clone, Default)]
pub struct Eleccion {
    /// What there is to choose.
    pub entidades: Load<Vec<EntidadVista>>,
    /// Filter.
    pub filter: Input,
    /// Selected row of the filtered list.
    pub selected: usize,
    /// What was chosen.
    pub actual: Option<Elegido>,
    /// Remembered or asked for on the command line: taken without asking when it is there.
    pub preferida: Option<(EntidadId, ModeloId)>,
}

/// What was chosen, with names for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elegido {
    /// Entidad.
    pub entidad: EntidadId,
    /// Its name.
    pub entidad_nombre: String,
    /// Modelo.
    pub modelo: ModeloId,
    /// Its name.
    pub modelo_nombre: String,
}
