//! What an area of work is made of. These types are the configuration files' shape and the wire's shape alike.

mod check;
mod tipos;

pub use check::{Problema, check};
pub use tipos::{CampoIndice, Entidad, Fase, Modelo, Opcion, Papeles, Plantilla, Seccion, TipoDocumento};
