//! Tables in text: which character separates the fields, and the fields.
//!
//! Nothing in such a file says what separates its fields, so the first lines are tried with each candidate; only a file
//! where all of them have the same number of fields is a table. Spanish programs write `;`, because the comma is the
//! decimal sign.

use crate::{
    bloques::{Bloque, Celda, numero},
    plain,
};

/// How many lines are looked at.
const MUESTRA: usize = 40;
/// Cells beyond these are not shown.
const MAX_CELDAS: usize = 400_000;
/// More columns than anybody reads are another kind of file.
const MAX_COLUMNAS: usize = 512;

/// Whether the beginning of a text is that of a table.
pub fn es_tabla(head: &[u8]) -> bool {
    separador(&plain::decode(head)).is_some()
}

/// The table, as one block.
pub fn leer(bytes: &[u8]) -> Vec<Bloque> {
    let texto = plain::decode(bytes);
    let separador = separador(&texto).unwrap_or(';');
    let mut celdas = 0;
    let mut todas = Filas { resto: &texto, separador };
    let filas = todas.by_ref().take_while(|fila| {
        celdas += fila.len() + 1;
        celdas <= MAX_CELDAS
    });
    let celda = |campo: String| Celda { derecha: numero(&campo), texto: campo };
    let filas = filas.map(|fila| fila.into_iter().map(celda).collect()).collect();
    let mut bloques = vec![Bloque::Tabla { filas, cabecera: true }];
    if todas.next().is_some() {
        bloques.push(Bloque::parrafo("[La tabla sigue: descárguela para verla entera]"));
    }
    bloques
}

/// The character that cuts all the first lines into the same number of fields, two at least.
fn separador(texto: &str) -> Option<char> {
    [';', '\t', ','].into_iter().find(|c| {
        let mut filas: Vec<usize> =
            Filas { resto: texto, separador: *c }.take(MUESTRA).map(|f| f.len()).filter(|n| *n > 0).collect();
        if filas.len() > 2 {
            // It may have been cut short where the sample ends.
            filas.pop();
        }
        let campos = filas.first().copied().unwrap_or(0);
        // Prose has commas too: two lines with one each prove nothing.
        let bastan = match c {
            ',' => campos >= 3 || (campos == 2 && filas.len() >= 4),
            _ => campos >= 2,
        };
        bastan && campos <= MAX_COLUMNAS && filas.len() >= 2 && filas.iter().all(|n| *n == campos)
    })
}

/// Rows of fields, RFC 4180: quoted fields may hold separators, line ends and doubled quotes. An empty line is a row
/// without fields.
struct Filas<'a> {
    resto: &'a str,
    separador: char,
}

impl Iterator for Filas<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        if self.resto.is_empty() {
            return None;
        }
        let (mut fila, mut campo) = (Vec::new(), String::new());
        let (mut entre_comillas, mut vacia) = (false, true);
        let mut letras = self.resto.char_indices().peekable();
        let mut fin = self.resto.len();
        while let Some((i, c)) = letras.next() {
            match c {
                '"' if entre_comillas && letras.next_if(|(_, c)| *c == '"').is_some() => campo.push('"'),
                '"' if entre_comillas => entre_comillas = false,
                '"' if campo.is_empty() => (entre_comillas, vacia) = (true, false),
                _ if entre_comillas => campo.push(c),
                '\n' => {
                    fin = i + 1;
                    break;
                }
                '\r' => {}
                _ if c == self.separador => {
                    vacia = false;
                    fila.push(std::mem::take(&mut campo));
                }
                _ => {
                    vacia = false;
                    campo.push(c);
                }
            }
        }
        self.resto = &self.resto[fin..];
        if !vacia {
            fila.push(campo);
        }
        Some(fila)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn the_separator_is_the_one_that_fits_all_lines() {
        assert_eq!(separador("Marca;Precio\nSeat;18.500,00\nFord;9.000,50\n"), Some(';'));
        assert_eq!(separador("Marca\tPrecio\nSeat\t18\n"), Some('\t'));
        assert_eq!(separador("a,b,c\n1,2,3\n"), Some(','));
        assert_eq!(separador("Estimado señor,\n\nle escribo, como quedamos, por el coche.\n"), None);
        assert_eq!(separador("Hola, Ana\nAdiós, Ana\n"), None);
        assert_eq!(separador("una sola línea; con punto y coma"), None);
        assert_eq!(separador(""), None);
    }

    #[test]
    fn quoted_fields_hold_anything() {
        let filas: Vec<_> = Filas { resto: "a;\"b;\"\"c\"\"\nd\";e\r\n\r\n;;\n\"\"", separador: ';' }.collect();
        assert_eq!(filas[0], ["a", "b;\"c\"\nd", "e"]);
        assert!(filas[1].is_empty());
        assert_eq!(filas[2], ["", "", ""]);
        assert_eq!(filas[3], [""]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_comes_to_an_end(texto in "[a;,\"\t\r\nñ]{0,200}") {
            let filas = Filas { resto: &texto, separador: ';' }.count();
            proptest::prop_assert!(filas <= texto.len());
            let _ = es_tabla(texto.as_bytes());
        }
    }
}
