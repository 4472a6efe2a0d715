//! The generated world of `expedientes demo`: people, expedientes, índices and real files, all derived from a seed.
//!
//! - [`Mundo`] gives expediente `n` from seed and number alone, so that a million can be streamed without keeping any.
//! - [`gente`] has the people, their teams and their password.
//! - [`files`] draws the papers: digital PDFs, scans, photographs, faxes, screenshots, e-mails.
//! - [`make_all`] makes every file of a world on several threads.
//!
//! - [`make`] puts a world into the data folder of a service. It alone writes; the rest reads no clock, no disk, no network.

pub mod azar;
mod biblioteca;
mod calendario;
mod documentos;
pub mod files;
mod frases;
pub mod gente;
pub mod ids;
mod mundo;
pub mod nombres;
mod notas;
mod plan;
pub mod seed;
mod trato;
mod unfinished;
pub mod vehiculos;

pub use biblioteca::{Archivo, make_all};
pub use mundo::{ArchivoRef, DocumentoMundo, ExpedienteMundo, Mundo, MundoError, Origen, Recursos};
pub use notas::{AvisoMundo, NotaMundo};
pub use seed::{World, make, make_with, users};

/// The seed of the demo when none is said.
pub const SEED: u64 = 2026;
/// How many expedientes the demo has when it is not said.
pub const SIZE: u64 = 1_200;
