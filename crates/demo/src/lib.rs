//! The generated world of `expedientes demo`: people, expedientes, índices and real files, all derived from a seed.

pub mod azar;
pub mod files;
pub mod gente;
pub mod ids;
pub mod nombres;
pub mod vehiculos;
