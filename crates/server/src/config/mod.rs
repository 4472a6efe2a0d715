//! Entidades and modelos: what the service runs on.
//!
//! A person writes them as text files in a folder: `entidades.toml`, and one file per modelo in `modelos/`, with the texts of its
//! templates in `plantillas/<modelo>/`. [`load`] reads and checks
//! the folder and says file, line and what to do of each mistake; [`diff`] says what would change; [`apply`] stores the whole as one new
//! version, in one transaction, unless it would break what expedientes hold. A service that runs takes a new version up by [`refresh`].
//! One that starts on the data of an earlier program brings it up to date by [`upgrade()`].

mod apply;
mod diff;
mod files;
mod lines;
mod mistake;
mod plantillas;
mod upgrade;
mod usage;

pub use apply::{ApplyError, apply, apply_as, current, refresh};
pub use diff::diff;
pub use files::{Error, load, load_files, shipped};
pub(crate) use mistake::told;
pub use plantillas::{PALABRAS, nombre_de, shipped_plantillas};
pub use upgrade::upgrade;

use domain::{Entidad, EntidadId, Modelo, ModeloId, PlantillaId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The configuration in force.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Configuracion {
    /// Grows with every `apply`.
    pub version: i64,
    /// Work centres and brands.
    pub entidades: Vec<Entidad>,
    /// Areas of work.
    pub modelos: Vec<Arc<Modelo>>,
    /// Texts of the templates of each modelo.
    pub textos: Textos,
}

/// Texts of templates, by modelo.
pub type Textos = BTreeMap<ModeloId, BTreeMap<PlantillaId, String>>;

impl Configuracion {
    /// The text of a template.
    pub fn texto(&self, modelo: &ModeloId, plantilla: &PlantillaId) -> Option<&str> {
        self.textos.get(modelo)?.get(plantilla).map(String::as_str)
    }

    /// The modelo with that id.
    pub fn modelo(&self, id: &ModeloId) -> Option<Arc<Modelo>> {
        self.modelos.iter().find(|m| &m.id == id).cloned()
    }

    /// The entidad with that id.
    pub fn entidad(&self, id: &EntidadId) -> Option<&Entidad> {
        self.entidades.iter().find(|e| &e.id == id)
    }
}

/// A configuration as it is stored: without its version, which is the row's.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Contenido {
    entidades: Vec<Entidad>,
    modelos: Vec<Modelo>,
    /// What was stored before there were templates has none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    textos: Textos,
}

impl From<&Configuracion> for Contenido {
    fn from(config: &Configuracion) -> Self {
        let modelos = config.modelos.iter().map(|modelo| (**modelo).clone()).collect();
        Self { entidades: config.entidades.clone(), modelos, textos: config.textos.clone() }
    }
}

impl Contenido {
    fn with_version(self, version: i64) -> Configuracion {
        let modelos = self.modelos.into_iter().map(Arc::new).collect();
        Configuracion { version, entidades: self.entidades, modelos, textos: self.textos }
    }
}
