//! Text laid out as A4 pages.
//!
//! A page of text becomes a small PDF page in Courier, which every PDF engine has to have and ours brings along. That
//! spares a second font and a second rasteriser, and gives anti-aliased letters at whatever size is asked for.
//! Its encoding, `WinAnsiEncoding`, has every character of the languages of Spain and the euro sign.

use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str};

use crate::{RenderError, plain};

/// A4 in points.
const HOJA: (f32, f32) = (595.0, 842.0);
const MARGEN: f32 = 46.0;
const CUERPO: f32 = 10.0;
const INTERLINEA: f32 = 12.5;
/// Courier's characters are 0.6 em wide, so 83 of them fill 498 of the 503 points between the margins.
const COLUMNAS: usize = 83;
/// 60 lines fill exactly the 750 points between the margins.
const RENGLONES: usize = 60;
const TABULADOR: usize = 8;

/// A text cut into pages of lines.
pub struct Hojas {
    hojas: Vec<Vec<String>>,
}

impl Hojas {
    /// Wraps at words, breaks longer words, and begins a new page at a form feed. There is always one page.
    pub fn new(texto: &str) -> Self {
        let mut hojas = Vec::new();
        for parte in texto.split('\u{c}') {
            let limpio = plain::limpio(parte);
            let mut hoja = Vec::new();
            for linea in limpio.split('\n') {
                for renglon in partir(linea) {
                    if hoja.len() == RENGLONES {
                        hojas.push(std::mem::take(&mut hoja));
                    }
                    hoja.push(renglon);
                }
            }
            hojas.push(hoja);
        }
        Self { hojas }
    }

    /// How many pages.
    pub fn paginas(&self) -> u32 {
        u32::try_from(self.hojas.len()).unwrap_or(u32::MAX)
    }

    /// The lines of a page, from 1; none for a page that is not there.
    pub fn renglones(&self, pagina: u32) -> Vec<&str> {
        let indice = (pagina as usize).checked_sub(1);
        indice.and_then(|i| self.hojas.get(i)).map(|hoja| hoja.iter().map(String::as_str).collect()).unwrap_or_default()
    }

    /// The text as laid out: one page, or all with a form feed between each two.
    pub fn texto(&self, pagina: Option<u32>) -> Result<String, RenderError> {
        match pagina {
            None => Ok(self.hojas.iter().map(|hoja| hoja.join("\n")).collect::<Vec<_>>().join("\u{c}")),
            Some(n) if n == 0 || n > self.paginas() => Err(RenderError::PaginaInexistente { paginas: self.paginas() }),
            Some(n) => Ok(self.renglones(n).join("\n")),
        }
    }
}

/// One line cut into as many as it needs; an empty one stays one.
fn partir(linea: &str) -> Vec<String> {
    let mut letras = Vec::new();
    for c in linea.chars() {
        if c == '\t' {
            letras.resize((letras.len() / TABULADOR + 1) * TABULADOR, ' ');
        } else {
            letras.push(c);
        }
    }
    let mut renglones = Vec::new();
    let mut resto = letras.as_slice();
    while resto.len() > COLUMNAS {
        // The last space that still fits; a space just past the edge fits too, for it is dropped.
        let corte = resto[..=COLUMNAS].iter().rposition(|c| *c == ' ').filter(|i| *i > COLUMNAS / 3);
        let (renglon, siguiente) = match corte {
            Some(i) => (&resto[..i], &resto[i + 1..]),
            None => resto.split_at(COLUMNAS),
        };
        renglones.push(renglon.iter().collect());
        resto = siguiente;
    }
    renglones.push(resto.iter().collect());
    renglones
}

/// A PDF of one page with these lines.
pub fn pdf(renglones: &[&str]) -> Vec<u8> {
    let [catalogo, arbol, hoja, fuente, contenido] = [1, 2, 3, 4, 5].map(Ref::new);
    let letra = Name(b"F");

    let mut texto = Content::new();
    texto.begin_text();
    texto.set_font(letra, CUERPO);
    texto.set_leading(INTERLINEA);
    texto.next_line(MARGEN, HOJA.1 - MARGEN - CUERPO);
    for renglon in renglones {
        let bytes: Vec<u8> = renglon.chars().map(|c| plain::a_windows_1252(c).unwrap_or(b'?')).collect();
        texto.show(Str(&bytes));
        texto.next_line_using_leading();
    }
    texto.end_text();

    let mut pdf = Pdf::new();
    pdf.catalog(catalogo).pages(arbol);
    pdf.pages(arbol).kids([hoja]).count(1);
    let mut page = pdf.page(hoja);
    page.parent(arbol).media_box(Rect::new(0.0, 0.0, HOJA.0, HOJA.1)).contents(contenido);
    page.resources().fonts().pair(letra, fuente);
    page.finish();
    pdf.type1_font(fuente).base_font(Name(b"Courier")).encoding_predefined(Name(b"WinAnsiEncoding"));
    pdf.stream(contenido, &texto.finish());
    pdf.finish()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn long_lines_break_at_words_and_long_words_break_anywhere() {
        let palabras = "palabra ".repeat(30);
        let partes = partir(palabras.trim_end());
        assert_eq!(partes.join(" "), palabras.trim_end());
        assert!(partes.iter().all(|p| p.chars().count() <= COLUMNAS));
        let seguida = "ñ".repeat(200);
        assert_eq!(partir(&seguida).concat(), seguida);
        assert_eq!(partir("a\tb"), ["a       b"]);
        assert_eq!(partir(""), [""]);
    }

    #[test]
    fn pages_fill_and_form_feeds_begin_new_ones() {
        let lineas = (1..=RENGLONES + 1).map(|n| n.to_string()).collect::<Vec<_>>().join("\n");
        let hojas = Hojas::new(&format!("{lineas}\u{c}otra"));
        assert_eq!(hojas.paginas(), 3);
        assert_eq!(hojas.texto(Some(2)).unwrap(), (RENGLONES + 1).to_string());
        assert_eq!(hojas.texto(Some(3)).unwrap(), "otra");
        assert_eq!(hojas.texto(Some(4)), Err(RenderError::PaginaInexistente { paginas: 3 }));
        assert_eq!(Hojas::new("").paginas(), 1);
    }
}
