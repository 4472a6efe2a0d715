//! What crosses the wire between a client and the service. To add a route: its path in [`paths`], its types in the file of its noun,
//! its handler in the service's `http/`, its call in the client's `remote/`.
//!
//! Conventions: time is RFC 3339 UTC text, days are ISO dates, money is integer cents in fields that end in `_cent` (index fields of type
//! money are cents too). Fields that are empty are left out. Unknown fields are ignored, so that either side may be newer.

pub mod aviso;
pub mod documento;
pub mod evento;
pub mod expediente;
pub mod fase;
pub mod lista;
pub mod nota;
pub mod paths;
pub mod plantilla;
pub mod problem;
pub mod servidor;
pub mod sesion;
pub mod subida;
pub mod vista;

pub use problem::{Codigo, Problem};
