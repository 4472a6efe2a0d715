//! Office files read without an office program: their text, lists and tables, not their looks.

mod docx;
mod numeracion;
mod odf;
mod paquete;
mod pptx;
mod rtf;
mod tablas;

use crate::{
    Formato, RenderError,
    bloques::{Bloque, Cuenta},
    composicion::{Modo, maquetar},
    layout::Hojas,
};

/// Nothing that people make nests deeper.
const MAX_ANIDADO: usize = 64;

/// Says that what follows is not the page as its author sees it.
const AVISO: &str = "[Vista sencilla: el texto y las tablas del documento, sin su aspecto]";

/// The pages of an office file.
pub fn leer(bytes: &[u8], formato: Formato) -> Result<Hojas, RenderError> {
    let (bloques, modo) = match formato {
        Formato::Docx => (docx::leer(bytes)?, Modo::Carta),
        Formato::Odt => (odf::texto(bytes)?, Modo::Carta),
        Formato::Rtf => (rtf::leer(bytes)?, Modo::Carta),
        Formato::Pptx => (pptx::leer(bytes)?, Modo::Carta),
        Formato::Odp => (odf::presentacion(bytes)?, Modo::Carta),
        Formato::Xlsx => (tablas::xlsx(bytes)?, Modo::Calculo),
        Formato::Xls => (tablas::xls(bytes)?, Modo::Calculo),
        Formato::Ods => (odf::calculo(bytes)?, Modo::Calculo),
        Formato::OficinaCifrada => return Err(RenderError::Cifrado),
        // The old binary formats of Word and PowerPoint need the program.
        _ => return Err(RenderError::FormatoDesconocido),
    };
    let bloques: Vec<Bloque> = [Bloque::parrafo(AVISO), Bloque::parrafo("")].into_iter().chain(bloques).collect();
    Ok(maquetar(&bloques, modo))
}

/// Blocks gathered within the limits of what is shown of a document.
#[derive(Default)]
struct Lector {
    bloques: Vec<Bloque>,
    cuenta: Cuenta,
    lleno: bool,
}

impl Lector {
    /// Adds a block of so many letters; once the limit is passed a sentence says so, and no more are taken.
    fn anadir(&mut self, bloque: Bloque, letras: usize) {
        if self.lleno {
            return;
        }
        if self.cuenta.caben(letras) {
            self.bloques.push(bloque);
        } else {
            self.lleno = true;
            self.bloques.push(Bloque::parrafo("[El documento sigue: descárguelo para verlo entero]"));
        }
    }

    fn parrafo(&mut self, texto: String, nivel: usize, marca: &str) {
        let letras = texto.len();
        self.anadir(Bloque::Parrafo { texto, nivel, marca: marca.to_owned() }, letras);
    }

    fn titulo(&mut self, texto: String) {
        let letras = texto.len();
        self.anadir(Bloque::Titulo(texto), letras);
    }

    fn tabla(&mut self, filas: Vec<Vec<crate::bloques::Celda>>, cabecera: bool) {
        let letras = filas.iter().flatten().map(|celda| celda.texto.len() + 2).sum();
        self.anadir(Bloque::Tabla { filas, cabecera }, letras);
    }
}
