//! Digital signatures of PDFs: which fields bear one, and what the file proves about it (ISO 32000-1, 12.8).

mod campos;

pub use campos::contar;
