//! SQL, and nothing else. Every read of an expediente takes a `&Scope`.

pub mod audit;
pub mod db;
pub mod documentos;
pub mod duplicados;
pub mod eventos;
pub mod idempotencia;
pub mod outbox;
pub mod subidas;

pub use db::{Db, Tx};
