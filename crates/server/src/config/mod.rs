//! Entidades and modelos: what the service runs on.

use domain::{Entidad, EntidadId, Modelo, ModeloId};
use std::sync::Arc;

/// The configuration in force.
#[derive(Debug, Clone, Default)]
pub struct Configuracion {
    /// Grows with every `apply`.
    pub version: i64,
    /// Work centres and brands.
    pub entidades: Vec<Entidad>,
    /// Areas of work.
    pub modelos: Vec<Arc<Modelo>>,
}

impl Configuracion {
    /// The modelo with that id.
    pub fn modelo(&self, id: &ModeloId) -> Option<Arc<Modelo>> {
        self.modelos.iter().find(|m| &m.id == id).cloned()
    }

    /// The entidad with that id.
    pub fn entidad(&self, id: &EntidadId) -> Option<&Entidad> {
        self.entidades.iter().find(|e| &e.id == id)
    }
}
