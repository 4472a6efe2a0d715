//! Office files read without an office program: their text, lists and tables, not their looks.

mod docx;
mod listas;
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use std::io::{Cursor, Write};

    use proptest::{
        collection::vec,
        prelude::{Just, Strategy, any},
        prop_oneof,
        sample::select,
    };
    use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn paquete(partes: &[(&str, String)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (nombre, contenido) in partes {
            let opciones = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
            zip.start_file(*nombre, opciones).unwrap();
            zip.write_all(contenido.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// Elements that the readers know, in any order, with attributes that they look at.
    fn elementos() -> impl Strategy<Value = String> {
        const NOMBRES: [&str; 44] = [
            "p",
            "r",
            "t",
            "tbl",
            "tr",
            "tc",
            "tcPr",
            "gridSpan",
            "vMerge",
            "pPr",
            "pStyle",
            "numPr",
            "numId",
            "ilvl",
            "br",
            "tab",
            "sym",
            "sdt",
            "sdtContent",
            "ins",
            "del",
            "footnoteReference",
            "outlineLvl",
            "h",
            "list",
            "list-item",
            "table",
            "table-row",
            "table-cell",
            "covered-table-cell",
            "table-header-rows",
            "s",
            "span",
            "line-break",
            "note",
            "note-body",
            "text-box",
            "frame",
            "page",
            "abstractNum",
            "lvl",
            "numFmt",
            "lvlText",
            "num",
        ];
        let atributo = (
            select(&[
                "val",
                "type",
                "char",
                "id",
                "c",
                "name",
                "number-columns-repeated",
                "number-rows-repeated",
                "value-type",
            ]),
            prop_oneof![any::<i64>().prop_map(|n| n.to_string()), "[a-z0-9%.]{0,6}", Just("page".to_owned())],
        );
        let hoja = "[ a-zñ漢\t\n]{0,12}".prop_map(|texto| texto);
        hoja.prop_recursive(8, 64, 6, move |dentro| {
            (select(&NOMBRES), proptest::option::of(atributo.clone()), vec(dentro, 0..6)).prop_map(
                |(nombre, atributo, dentro)| {
                    let atributo = atributo.map(|(clave, valor)| format!(" {clave}=\"{valor}\"")).unwrap_or_default();
                    format!("<{nombre}{atributo}>{}</{nombre}>", dentro.concat())
                },
            )
        })
    }

    proptest::proptest! {
        #[test]
        fn any_tree_of_known_elements_is_read_without_a_panic(trozos in vec(elementos(), 0..6), listas in elementos()) {
            let (cuerpo, sueltos) = (trozos.concat(), format!("<n>{listas}</n>"));
            let body = format!("<d><body>{cuerpo}</body></d>");
            let word = paquete(&[("word/document.xml", body), ("word/numbering.xml", sueltos.clone()), ("word/header1.xml", sueltos)]);
            proptest::prop_assert!(leer(&word, Formato::Docx).is_ok());
            for (clase, formato) in [("text", Formato::Odt), ("spreadsheet", Formato::Ods), ("presentation", Formato::Odp)] {
                let odf = paquete(&[("content.xml", format!("<d><body><{clase}>{cuerpo}</{clase}></body></d>"))]);
                proptest::prop_assert!(leer(&odf, formato).is_ok());
            }
            let laminas = paquete(&[("ppt/slides/slide1.xml", format!("<d>{cuerpo}</d>"))]);
            proptest::prop_assert!(leer(&laminas, Formato::Pptx).is_ok());
        }
    }
}
