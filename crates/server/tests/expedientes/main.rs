//! Expedientes: the list against its oracle, and each use case.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod avisos;
mod busqueda;
mod casa;
mod configuracion;
mod conjuntos;
mod notas;
mod oracle;
mod vida;
