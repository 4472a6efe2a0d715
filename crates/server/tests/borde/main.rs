//! The edge over the wire: sessions, limits, errors, permissions, administration.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod administracion;
mod averias;
mod certificado;
mod conexion;
mod errores;
mod permisos;
mod sesiones;
