//! What office files, tables and listings are read into: a few kinds of block, which [`crate::composicion`] sets on pages.

/// What is read of one document at most; more is not read by anybody on a screen.
pub const MAX_LETRAS: usize = 4 * 1024 * 1024;

/// A piece of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Bloque {
    /// A heading.
    Titulo(String),
    /// A paragraph, or an item of a list.
    Parrafo {
        /// Its text; line feeds are line breaks.
        texto: String,
        /// How far it is indented, in levels.
        nivel: usize,
        /// What stands before an item of a list: a bullet or a number.
        marca: String,
    },
    /// Rows of cells. Rows may have different numbers of cells.
    Tabla {
        /// The rows.
        filas: Vec<Vec<Celda>>,
        /// Whether the first row names the columns.
        cabecera: bool,
    },
    /// What follows begins on a new page.
    Salto,
}

impl Bloque {
    /// A plain paragraph.
    pub fn parrafo(texto: impl Into<String>) -> Self {
        Self::Parrafo { texto: texto.into(), nivel: 0, marca: String::new() }
    }
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Celda {
    /// What it says; line feeds are line breaks.
    pub texto: String,
    /// Whether it is set to the right, as figures are.
    pub derecha: bool,
}

impl Celda {
    /// A cell of words.
    pub fn nueva(texto: impl Into<String>) -> Self {
        Self { texto: texto.into(), derecha: false }
    }

    /// A cell set to the right.
    pub fn cifra(texto: impl Into<String>) -> Self {
        Self { texto: texto.into(), derecha: true }
    }
}

/// Whether a text is a figure, as people write amounts: digits with points, commas, a sign, and a unit.
pub fn numero(texto: &str) -> bool {
    let sin_unidad = texto.trim().trim_end_matches(['€', '%', ' ', '\u{a0}']);
    let cifras = sin_unidad.strip_prefix(['-', '+']).unwrap_or(sin_unidad);
    cifras.starts_with(|c: char| c.is_ascii_digit())
        && cifras.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
}

/// Counts what is read, so that reading ends at [`MAX_LETRAS`].
#[derive(Debug, Default)]
pub struct Cuenta(usize);

impl Cuenta {
    /// Whether there is still room after `letras` bytes more.
    pub fn caben(&mut self, letras: usize) -> bool {
        // Something for each call, so that empty pieces come to an end too.
        self.0 = self.0.saturating_add(letras).saturating_add(4);
        self.0 <= MAX_LETRAS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_figures_and_plates_are_not() {
        for si in ["18.500,00 €", "-3", "21%", "2026"] {
            assert!(numero(si), "{si}");
        }
        for no in ["1234 BCD", "", "€", "3/3/2026", "-"] {
            assert!(!numero(no), "{no}");
        }
    }
}
