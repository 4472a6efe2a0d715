//! Rich Text Format 1.9: the words of a document, its paragraphs and the rows of its tables.
//!
//! A document is groups in braces, control words and text. Groups that hold fonts, colours, pictures or what a newer
//! program added are left out whole.

use super::Lector;
use crate::{
    RenderError,
    bloques::{Bloque, Celda},
    plain,
};

/// Groups open at a time; others are read as if they were part of the innermost.
const MAX_GRUPOS: usize = 512;

/// Destinations whose text is not part of the document's.
const OTROS_DESTINOS: [&str; 24] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "objdata",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "themedata",
    "colorschememapping",
    "datastore",
    "latentstyles",
    "xmlnstbl",
    "fldinst",
    "footnote",
    "filetbl",
    "revtbl",
    "bkmkstart",
    "bkmkend",
    "mmathPr",
    "listtext",
];

/// The document as blocks.
pub fn leer(bytes: &[u8]) -> Result<Vec<Bloque>, RenderError> {
    let mut rtf = Rtf::default();
    let mut piezas = Piezas(bytes);
    while let Some(pieza) = piezas.next() {
        match pieza {
            Pieza::Abre => rtf.abrir(),
            Pieza::Cierra => rtf.cerrar(),
            Pieza::Orden(orden, numero) => {
                if orden == "bin" {
                    piezas.saltar(numero.and_then(|n| usize::try_from(n).ok()).unwrap_or(0));
                } else {
                    rtf.orden(orden, numero);
                }
            }
            Pieza::Byte(byte) => rtf.byte(byte),
        }
        if rtf.lector.lleno {
            break;
        }
    }
    rtf.fin_de_parrafo();
    rtf.fin_de_tabla();
    Ok(rtf.lector.bloques)
}

enum Pieza<'a> {
    Abre,
    Cierra,
    Orden(&'a str, Option<i64>),
    Byte(u8),
}

struct Piezas<'a>(&'a [u8]);

impl<'a> Piezas<'a> {
    fn saltar(&mut self, cuantos: usize) {
        self.0 = self.0.get(cuantos..).unwrap_or_default();
    }

    fn next(&mut self) -> Option<Pieza<'a>> {
        loop {
            let (primero, resto) = self.0.split_first()?;
            self.0 = resto;
            return Some(match primero {
                b'{' => Pieza::Abre,
                b'}' => Pieza::Cierra,
                b'\r' | b'\n' | 0 => continue,
                b'\\' => self.tras_barra()?,
                byte => Pieza::Byte(*byte),
            });
        }
    }

    fn tras_barra(&mut self) -> Option<Pieza<'a>> {
        let (primero, resto) = self.0.split_first()?;
        if primero.is_ascii_alphabetic() {
            let fin = self.0.iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(self.0.len());
            let (palabra, resto) = self.0.split_at(fin);
            let signo = usize::from(resto.first() == Some(&b'-'));
            let cifras = resto[signo..].iter().take_while(|b| b.is_ascii_digit()).count();
            let hasta = if cifras == 0 { 0 } else { signo + cifras };
            let numero = std::str::from_utf8(&resto[..hasta]).ok().and_then(|n| n.parse().ok());
            let resto = &resto[hasta..];
            self.0 = resto.strip_prefix(b" ").unwrap_or(resto);
            return Some(Pieza::Orden(std::str::from_utf8(palabra).unwrap_or_default(), numero));
        }
        self.0 = resto;
        Some(match primero {
            b'\'' => {
                let cifras = resto.get(..2).and_then(|c| std::str::from_utf8(c).ok());
                let byte = cifras.and_then(|c| u8::from_str_radix(c, 16).ok());
                self.saltar(2.min(resto.len()));
                Pieza::Orden("'", byte.map(i64::from))
            }
            b'*' => Pieza::Orden("*", None),
            b'~' => Pieza::Byte(0xa0),
            b'_' => Pieza::Byte(b'-'),
            b'-' => Pieza::Orden("-", None), // where a word may be divided
            b'\r' | b'\n' => Pieza::Orden("par", None),
            otro => Pieza::Byte(*otro),
        })
    }
}

#[derive(Clone, Copy)]
struct Grupo {
    callado: bool,
    /// How many bytes after a `\u` say the same for old programs.
    sustitutos: usize,
}

impl Default for Grupo {
    fn default() -> Self {
        Self { callado: false, sustitutos: 1 }
    }
}

#[derive(Default)]
struct Rtf {
    grupo: Grupo,
    grupos: Vec<Grupo>,
    /// Groups beyond those that are remembered.
    de_mas: usize,
    saltar: usize,
    /// The high half of a character in two halves.
    mitad: Option<u16>,
    texto: String,
    titulo: bool,
    en_tabla: bool,
    fila: Vec<Celda>,
    filas: Vec<Vec<Celda>>,
    lector: Lector,
}

impl Rtf {
    fn abrir(&mut self) {
        if self.grupos.len() < MAX_GRUPOS {
            self.grupos.push(self.grupo);
        } else {
            self.de_mas += 1;
        }
        self.saltar = 0;
    }

    fn cerrar(&mut self) {
        if self.de_mas > 0 {
            self.de_mas -= 1;
        } else {
            self.grupo = self.grupos.pop().unwrap_or_default();
        }
        self.saltar = 0;
    }

    fn orden(&mut self, orden: &str, numero: Option<i64>) {
        match orden {
            "'" => {
                if let Some(byte) = numero.and_then(|n| u8::try_from(n).ok()) {
                    self.byte(byte);
                }
            }
            "u" => self.unicode(numero.unwrap_or(0)),
            "uc" => self.grupo.sustitutos = numero.and_then(|n| usize::try_from(n).ok()).unwrap_or(1).min(16),
            // "Leave this group out if you do not know it": what is known and shown never has it, but for one.
            "*" => self.grupo.callado = true,
            "shptxt" => self.grupo.callado = false,
            _ if OTROS_DESTINOS.contains(&orden) => self.grupo.callado = true,
            _ if self.grupo.callado => {}
            "par" | "sect" => self.fin_de_parrafo(),
            "page" => {
                self.fin_de_parrafo();
                self.fin_de_tabla();
                self.lector.anadir(Bloque::Salto, 0);
            }
            "pard" => (self.titulo, self.en_tabla) = (false, false),
            "outlinelevel" => self.titulo = true,
            "intbl" => self.en_tabla = true,
            "cell" | "nestcell" => {
                let texto = std::mem::take(&mut self.texto);
                self.fila.push(Celda::nueva(texto.trim().to_owned()));
                self.en_tabla = true;
            }
            "row" | "nestrow" => self.filas.push(std::mem::take(&mut self.fila)),
            "line" | "softline" => self.texto.push('\n'),
            "tab" => self.texto.push('\t'),
            "emdash" => self.texto.push('—'),
            "endash" => self.texto.push('–'),
            "bullet" => self.texto.push('•'),
            "lquote" => self.texto.push('‘'),
            "rquote" => self.texto.push('’'),
            "ldblquote" => self.texto.push('“'),
            "rdblquote" => self.texto.push('”'),
            _ => {}
        }
    }

    fn unicode(&mut self, numero: i64) {
        self.saltar = self.grupo.sustitutos;
        if self.grupo.callado {
            return;
        }
        // Numbers of 16 bits, written with a sign.
        let unidad = (numero.rem_euclid(0x1_0000)) as u16;
        let unidades: Vec<u16> = self.mitad.take().into_iter().chain([unidad]).collect();
        if matches!(unidad, 0xd800..=0xdbff) {
            self.mitad = Some(unidad);
        } else {
            self.texto.push_str(&String::from_utf16_lossy(&unidades));
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.saltar > 0 {
            self.saltar -= 1;
        } else if !self.grupo.callado {
            self.texto.push(plain::windows_1252(byte));
        }
    }

    fn fin_de_parrafo(&mut self) {
        if self.en_tabla {
            self.texto.push('\n');
            return;
        }
        self.fin_de_tabla();
        let texto = std::mem::take(&mut self.texto);
        if self.titulo {
            self.lector.titulo(texto);
        } else {
            self.lector.parrafo(texto, 0, "");
        }
    }

    fn fin_de_tabla(&mut self) {
        if !self.fila.is_empty() {
            self.filas.push(std::mem::take(&mut self.fila));
        }
        if !self.filas.is_empty() {
            self.lector.tabla(std::mem::take(&mut self.filas), false);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn words_tables_and_letters_are_read() {
        let rtf = br"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\*\generator x;}\pard\outlinelevel0 Contrato\par
\pard Se\'f1or \u8364?18.500 \{ok\}\par\trowd\pard\intbl Marca\cell Precio\cell\row
\pard\intbl Seat\cell 9.000\cell\row\pard Fin\par}";
        let bloques = leer(rtf).unwrap();
        let celdas = |a: &str, b: &str| vec![Celda::nueva(a), Celda::nueva(b)];
        assert_eq!(
            bloques[..4],
            [
                Bloque::Titulo("Contrato".into()),
                Bloque::parrafo("Señor €18.500 {ok}"),
                Bloque::Tabla { filas: vec![celdas("Marca", "Precio"), celdas("Seat", "9.000")], cabecera: false },
                Bloque::parrafo("Fin"),
            ]
        );
    }

    #[test]
    fn binary_data_and_deep_groups_are_passed_over() {
        let hondo = [b"{\\rtf1 ".repeat(5000), b"a".to_vec(), b"}".repeat(6000), b"b".to_vec()].concat();
        assert_eq!(leer(&hondo).unwrap(), [Bloque::parrafo("ab")]);
        assert_eq!(leer(b"{\\rtf1 a\\bin99999999 b").unwrap(), [Bloque::parrafo("a")]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_comes_to_an_end(texto in "\\{?[\\\\{}a-u'*0-9 -]{0,200}") {
            let _ = leer(texto.as_bytes());
        }
    }
}
