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
    /// What one works in.
    pub actual: Option<Elegido>,
    /// What was just chosen: it becomes the actual one when its definition is here.
    pub chosen: Option<Elegido>,
    /// Definition of the modelo under way: generation.
    pub modelo_pending: Option<u64>,
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

impl Eleccion {
    /// What is known of a modelo of an entidad; `None` when one cannot work there.
    pub fn find(&self, entidad: &EntidadId, modelo: &ModeloId) -> Option<Elegido> {
        let in_it = self.entidades.value.iter().flatten().find(|one| one.id == *entidad)?;
        let found = in_it.modelos.iter().find(|one| one.id == *modelo)?;
        Some(Elegido {
            entidad: in_it.id.clone(),
            entidad_nombre: in_it.nombre.clone(),
            modelo: found.id.clone(),
            modelo_nombre: found.nombre.clone(),
        })
    }

    /// What the filter lets through: entidad by entidad, in the order of the configuration.
    pub fn rows(&self) -> Vec<Elegido> {
        let wanted = domain::texto::fold(self.filter.value());
        let words: Vec<&str> = wanted.split_whitespace().collect();
        let entidades = self.entidades.value.as_deref().unwrap_or_default();
        let all = entidades.iter().flat_map(|entidad| {
            entidad.modelos.iter().map(|modelo| Elegido {
                entidad: entidad.id.clone(),
                entidad_nombre: entidad.nombre.clone(),
                modelo: modelo.id.clone(),
                modelo_nombre: modelo.nombre.clone(),
            })
        });
        let passes = |row: &Elegido| {
            let text = domain::texto::fold(&format!("{} {}", row.entidad_nombre, row.modelo_nombre));
            words.iter().all(|word| text.contains(word))
        };
        all.filter(passes).collect()
    }
}
