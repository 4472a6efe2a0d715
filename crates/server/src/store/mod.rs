//! SQL, and nothing else. Every read of an expediente takes a `&Scope`.

pub mod audit;
pub mod avisos;
pub mod bulk;
pub mod configuracion;
pub mod conjuntos;
pub mod db;
pub mod documentos;
pub mod duplicados;
pub mod eventos;
pub mod expedientes;
pub mod historial;
pub mod idempotencia;
pub mod indexado;
pub mod lista;
pub mod lugares;
pub mod mistake;
pub mod notas;
pub mod originales;
pub mod outbox;
pub mod personas;
pub mod retrato;
pub mod search;
pub mod sesiones;
pub mod sql;
pub mod subidas;
pub mod texto;
pub mod upgrade;
pub mod usuarios;
pub mod vistas;

pub use db::{Db, Tx};
