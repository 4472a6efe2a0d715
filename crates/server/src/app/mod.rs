//! Use cases: one function each, named for what the person does. A write goes: permission, rule, row, [`Work::record`], [`Work::commit`].

pub mod actor;
mod anotar;
pub mod avisos;
pub mod carga;
pub mod documentos;
pub mod entidades;
pub mod eventos;
pub mod expedientes;
pub mod notas;
pub mod paginas;
pub mod plantillas;
pub mod sesion;
pub mod subidas;
pub mod vistas;
pub mod work;

pub use actor::Actor;
pub use work::{Change, Once, Work};
