//! A template and values in, a PDF out.
//!
//! A template is Markdown with placeholders (`{{ cliente }}`) and conditions (`{% if forma_pago == "financiado" %}`). This crate knows
//! nothing of HTTP, SQL or case files. A document goes through four steps, a file each:
//!
//! ```text
//! texto     placeholders become one private character each, and every mistake gets its line
//! condicion conditions are measured and their names found, before anything recursive reads them
//! plantilla conditions are decided (minijinja); what is left is Markdown without any value in it
//! bloques   Markdown (pulldown-cmark) becomes headings, paragraphs, tables…; now, and not before, values take their places
//! compone   blocks become lines on A4 pages; `pdf` writes them down with the letters they use
//! ```
//!
//! Values are hostile. As they are not there yet when conditions and Markdown are read, nothing in them can be taken for either.

mod bloques;
mod compone;
mod condicion;
mod letra;
mod lineas;
mod pdf;
mod plantilla;
mod tabla;
mod texto;

pub use condicion::Comparacion;
pub use plantilla::{Dato, Datos, Hoja, Plantilla, Vale};

/// Largest template, in bytes.
pub const MAX_PLANTILLA: usize = 64 * 1024;
/// Longest text of a document, values included, in bytes.
pub const MAX_TEXTO: usize = 200_000;
/// Most pages of a document.
pub const MAX_PAGINAS: usize = 40;

/// A mistake in a template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{linea}: {mensaje}")]
pub struct Errata {
    /// Line, from 1.
    pub linea: usize,
    /// What is wrong and what to do, one Spanish sentence.
    pub mensaje: String,
}

/// Why no document came out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The template is wrong.
    #[error(transparent)]
    Errata(#[from] Errata),
    /// More text than [`MAX_TEXTO`], or more pages than [`MAX_PAGINAS`].
    #[error("the document is too long")]
    Larga,
    /// The letters that come with the program cannot be read.
    #[error("font: {0}")]
    Letra(String),
}
