//! `update/` as scripts of keys on a state: what is on screen afterwards, and what is asked of the outside.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod acciones;
mod azar;
mod conexion;
mod cortes;
mod documentos;
mod dsl;
mod encargos;
mod fases;
mod indice;
mod lista;
mod lo_demas;
mod mensajes;
mod mis_avisos;
mod nitidez;
mod notas;
mod plantillas;
mod sesion;
mod sitio;
mod subidas;
mod trabajo;
mod visor;
