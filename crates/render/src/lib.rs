//! Bytes in, pages out: what a document is, how many pages it has, one page as an image of a given size, and its text.
//!
//! This crate knows nothing of HTTP, SQL or case files. It has two halves:
//!
//! - **The renderers**, which work inside the calling process: [`sniff`], [`paginas`], [`pagina`], [`texto`] and [`buscar`].
//!   Each format has its file; all of them hand a plain raster to `encode`, which makes the bytes that travel.
//! - **The fence around them**: [`Pool`] keeps a few worker processes, [`worker_main`] is what runs inside one.
//!   A document is hostile until proved otherwise, and a decoder that runs out of memory or time cannot be stopped
//!   from within its own process, so services call the pool and never the renderers directly.
//!
//! [`Oficina`] does the same for LibreOffice, which makes PDFs of office documents: a process with a fence of its own.
//!
//! ```text
//! Pool::pagina(file) ── frame: header + bytes ──► worker_main ─► limits, sandbox ─► pagina(bytes)
//!        ▲                                                                              │
//!        └───────────────────── frame: header + image ◄──────────────────────────────────┘
//! ```

mod annotations;
mod archivo;
mod bloques;
mod choices;
mod composicion;
mod comprimidos;
mod contenedores;
mod contornos;
mod csv;
mod dispatch;
mod encode;
mod error;
mod fax;
mod fields;
mod find;
mod fonts;
mod format;
mod frame;
mod heic;
mod laminas;
mod layout;
mod letras;
mod mail;
mod maqueta;
mod marks;
mod msg;
mod office;
mod oficina;
mod page;
mod palette;
mod password;
mod pdf;
mod pdf_text;
mod plain;
mod pool;
mod rar;
mod raster;
mod recorte;
mod sandbox;
mod signatures;
mod svg;
mod tiff_pages;
mod worker;

pub use archivo::{Archivo, Clave, MAX_CLAVE};
pub use dispatch::{buscar, firmas, maqueta, pagina, paginas, texto};
pub use error::RenderError;
pub use find::{Busqueda, Hallazgo, Hallazgos};
pub use format::{Formato, sniff, sniff_archivo, sniff_todo};
pub use oficina::{Eleccion, Oficina};
pub use page::{Calidad, CalidadDesconocida, Imagen, MAX_CAJA, MAX_LADO, Peticion};
pub use pool::{Pool, PoolConfig};
pub use recorte::{Recorte, RecorteIncorrecto};
pub use signatures::{EstadoFirma, Firma};
pub use worker::worker_main;
