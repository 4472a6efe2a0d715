//! Documents over HTTP: uploads, originals, checks, pages and events, each through a real service on a free port.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod arranque;
mod casa;
mod cuidado;
mod eventos;
mod hostiles;
mod muerte;
mod muestras;
mod originales;
mod paginas;
mod plantillas;
mod subidas;
mod tus;
mod vida;
