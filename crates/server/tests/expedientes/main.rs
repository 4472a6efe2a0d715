//! Expedientes: the list against its oracle, and each use case.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod busqueda;
mod casa;
mod conjuntos;
mod configuracion;
mod oracle;
mod vida;
