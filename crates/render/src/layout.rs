//! Lines set on pages.
//!
//! A page of text becomes a small PDF page in Courier, which every PDF engine has to have and ours brings along. That
//! spares a second rasteriser, and gives anti-aliased letters at whatever size is asked for. Its encoding,
//! `WinAnsiEncoding`, has every character of the languages of Spain and the euro sign; other letters are drawn by
//! [`crate::contornos`].

use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str};
use unicode_width::UnicodeWidthChar;

use crate::{RenderError, contornos, plain};

/// A4 in points.
const A4: (f32, f32) = (595.0, 842.0);
const MARGEN: f32 = 46.0;
const TABULADOR: usize = 8;
/// Grey of the lines between the rows of a table.
const GRIS: f32 = 0.75;

/// The sheet and the size of the letters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Papel {
    ancho: f32,
    alto: f32,
    cuerpo: f32,
}

impl Papel {
    /// Upright, with letters as in a letter: 83 columns and 60 lines.
    pub const CARTA: Self = Self { ancho: A4.0, alto: A4.1, cuerpo: 10.0 };
    /// From the most legible to the one with most room: 83, 125, 156 and 208 columns.
    pub const TODOS: [Self; 4] = [
        Self::CARTA,
        Self { ancho: A4.1, alto: A4.0, cuerpo: 10.0 },
        Self { ancho: A4.1, alto: A4.0, cuerpo: 8.0 },
        Self { ancho: A4.1, alto: A4.0, cuerpo: 6.0 },
    ];

    /// Width of a letter: all of Courier are 0.6 em wide.
    fn paso(self) -> f32 {
        self.cuerpo * 0.6
    }

    fn interlinea(self) -> f32 {
        self.cuerpo * 1.25
    }

    /// How many letters a line has.
    pub fn columnas(self) -> usize {
        // Small positive numbers.
        ((self.ancho - 2.0 * MARGEN) / self.paso()).floor() as usize
    }

    /// How many lines a page has.
    pub fn renglones(self) -> usize {
        ((self.alto - 2.0 * MARGEN) / self.interlinea()).floor() as usize
    }
}

/// One line of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Renglon {
    /// What it says.
    pub texto: String,
    /// In bold letters.
    pub negrita: bool,
    /// With a thin line under it.
    pub raya: bool,
}

impl From<String> for Renglon {
    fn from(texto: String) -> Self {
        Self { texto, ..Self::default() }
    }
}

/// One page.
#[derive(Clone, Debug, PartialEq)]
pub struct Hoja {
    /// Its sheet.
    pub papel: Papel,
    /// Its lines.
    pub renglones: Vec<Renglon>,
}

impl Hoja {
    /// The text of its lines.
    fn texto(&self) -> String {
        self.renglones.iter().map(|r| r.texto.as_str()).collect::<Vec<_>>().join("\n")
    }
}

/// Pages of lines. There is always one.
pub struct Hojas {
    hojas: Vec<Hoja>,
}

impl Hojas {
    /// Wraps a text at words, breaks longer words, and begins a new page at a form feed.
    pub fn new(texto: &str) -> Self {
        let mut hojas = Self { hojas: Vec::new() };
        for parte in texto.split('\u{c}') {
            hojas.empezar(Papel::CARTA);
            for linea in plain::limpio(parte).split('\n') {
                for renglon in partir(linea, Papel::CARTA.columnas()) {
                    hojas.anadir(renglon.into());
                }
            }
        }
        hojas
    }

    /// Pages for somebody to write on.
    pub fn vacias(papel: Papel) -> Self {
        Self { hojas: vec![Hoja { papel, renglones: Vec::new() }] }
    }

    /// Begins a page; one that is still empty gets the new paper instead.
    pub fn empezar(&mut self, papel: Papel) {
        match self.hojas.as_mut_slice() {
            [primera] if primera.renglones.is_empty() => primera.papel = papel,
            _ => self.hojas.push(Hoja { papel, renglones: Vec::new() }),
        }
    }

    /// Adds a line, on a new page of the same paper when the last one is full.
    pub fn anadir(&mut self, renglon: Renglon) {
        let papel = self.papel();
        if self.quedan() == 0 {
            self.hojas.push(Hoja { papel, renglones: Vec::new() });
        }
        if let Some(hoja) = self.hojas.last_mut() {
            hoja.renglones.push(renglon);
        }
    }

    /// The paper of the last page.
    pub fn papel(&self) -> Papel {
        self.hojas.last().map_or(Papel::CARTA, |hoja| hoja.papel)
    }

    /// How many lines the last page still takes.
    pub fn quedan(&self) -> usize {
        self.hojas.last().map_or(0, |hoja| hoja.papel.renglones().saturating_sub(hoja.renglones.len()))
    }

    /// Whether the last line is empty, or there is none.
    pub fn tras_hueco(&self) -> bool {
        self.hojas.last().and_then(|hoja| hoja.renglones.last()).is_none_or(|r| r.texto.is_empty() && !r.raya)
    }

    /// Whether nothing stands on the last page yet.
    pub fn al_principio(&self) -> bool {
        self.hojas.last().is_none_or(|hoja| hoja.renglones.is_empty())
    }

    /// How many pages.
    pub fn paginas(&self) -> u32 {
        u32::try_from(self.hojas.len()).unwrap_or(u32::MAX)
    }

    /// A page, from 1.
    pub fn hoja(&self, pagina: u32) -> Result<&Hoja, RenderError> {
        let indice = (pagina as usize).checked_sub(1);
        let hoja = indice.and_then(|i| self.hojas.get(i));
        hoja.ok_or(RenderError::PaginaInexistente { paginas: self.paginas() })
    }

    /// The text as laid out: one page, or all with a form feed between each two.
    pub fn texto(&self, pagina: Option<u32>) -> Result<String, RenderError> {
        match pagina {
            None => Ok(self.hojas.iter().map(Hoja::texto).collect::<Vec<_>>().join("\u{c}")),
            Some(n) => self.hoja(n).map(Hoja::texto),
        }
    }
}

/// How many columns a letter takes.
pub fn ancho(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// How many columns a text takes.
pub fn ancho_de(texto: &str) -> usize {
    texto.chars().map(ancho).sum()
}

/// One line cut into as many as it needs to fit in `columnas`; an empty one stays one.
pub fn partir(linea: &str, columnas: usize) -> Vec<String> {
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
    while let Some(caben) = cuantas_caben(resto, columnas) {
        // The last space that still fits; a space just past the edge fits too, for it is dropped.
        let corte = resto[..=caben].iter().rposition(|c| *c == ' ').filter(|i| *i > columnas / 3);
        let (renglon, siguiente) = match corte {
            Some(i) => (&resto[..i], &resto[i + 1..]),
            None => resto.split_at(caben),
        };
        renglones.push(renglon.iter().collect());
        resto = siguiente;
    }
    renglones.push(resto.iter().collect());
    renglones
}

/// How many letters, one at least, fit in the columns; nothing when all do.
fn cuantas_caben(letras: &[char], columnas: usize) -> Option<usize> {
    let mut ocupadas = 0;
    let primera_fuera = letras.iter().position(|c| {
        ocupadas += ancho(*c);
        ocupadas > columnas
    })?;
    if primera_fuera == 0 && letras.len() == 1 { None } else { Some(primera_fuera.max(1).min(letras.len() - 1)) }
}

/// A PDF of one page with these lines.
pub fn pdf(hoja: &Hoja) -> Vec<u8> {
    let [catalogo, arbol, pagina, normal, negrita, contenido] = [1, 2, 3, 4, 5, 6].map(Ref::new);
    let (papel, mut dibujo) = (hoja.papel, Content::new());
    let mut y = papel.alto - MARGEN - papel.cuerpo;
    for renglon in &hoja.renglones {
        escribir(&mut dibujo, renglon, papel, y);
        if renglon.raya {
            let bajo = y - papel.cuerpo * 0.26;
            dibujo.set_stroke_gray(GRIS).set_line_width(0.5);
            dibujo.move_to(MARGEN, bajo).line_to(papel.ancho - MARGEN, bajo).stroke();
        }
        y -= papel.interlinea();
    }

    let mut pdf = Pdf::new();
    pdf.catalog(catalogo).pages(arbol);
    pdf.pages(arbol).kids([pagina]).count(1);
    let mut page = pdf.page(pagina);
    page.parent(arbol).media_box(Rect::new(0.0, 0.0, papel.ancho, papel.alto)).contents(contenido);
    page.resources().fonts().pair(Name(b"F"), normal).pair(Name(b"N"), negrita);
    page.finish();
    for (fuente, nombre) in [(normal, Name(b"Courier")), (negrita, Name(b"Courier-Bold"))] {
        pdf.type1_font(fuente).base_font(nombre).encoding_predefined(Name(b"WinAnsiEncoding"));
    }
    pdf.stream(contenido, &dibujo.finish());
    pdf.finish()
}

/// Shows a line whose letters stand on `y`. What Courier does not have leaves a gap, and is drawn into it.
fn escribir(dibujo: &mut Content, renglon: &Renglon, papel: Papel, y: f32) {
    let (mut bytes, mut otras, mut columna) = (Vec::with_capacity(renglon.texto.len()), Vec::new(), 0_usize);
    for c in renglon.texto.chars() {
        let ancho = ancho(c);
        match plain::a_windows_1252(c) {
            Some(byte) => bytes.push(byte),
            None if ancho == 0 => {} // a mark that could not be joined with its letter
            None => {
                bytes.resize(bytes.len() + ancho, b' ');
                otras.push((columna, c));
            }
        }
        columna += if plain::a_windows_1252(c).is_some() { 1 } else { ancho };
    }
    dibujo.begin_text();
    dibujo.set_font(if renglon.negrita { Name(b"N") } else { Name(b"F") }, papel.cuerpo);
    dibujo.next_line(MARGEN, y).show(Str(&bytes));
    dibujo.end_text();
    for (columna, c) in otras {
        // No line has so many columns that this loses anything.
        let x = MARGEN + columna as f32 * papel.paso();
        contornos::dibujar(dibujo, c, renglon.negrita, (x, y), (papel.paso() * ancho(c) as f32, papel.cuerpo));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    const COLUMNAS: usize = 83;
    const RENGLONES: usize = 60;

    #[test]
    fn a_letter_has_the_lines_of_a_letter() {
        assert_eq!((Papel::CARTA.columnas(), Papel::CARTA.renglones()), (COLUMNAS, RENGLONES));
        assert_eq!(Papel::TODOS.map(Papel::columnas), [83, 125, 156, 208]);
    }

    #[test]
    fn long_lines_break_at_words_and_long_words_break_anywhere() {
        let palabras = "palabra ".repeat(30);
        let partes = partir(palabras.trim_end(), COLUMNAS);
        assert_eq!(partes.join(" "), palabras.trim_end());
        assert!(partes.iter().all(|p| p.chars().count() <= COLUMNAS));
        let seguida = "ñ".repeat(200);
        assert_eq!(partir(&seguida, COLUMNAS).concat(), seguida);
        assert_eq!(partir("a\tb", COLUMNAS), ["a       b"]);
        assert_eq!(partir("", COLUMNAS), [""]);
    }

    #[test]
    fn wide_letters_take_two_columns() {
        assert_eq!(partir("漢字漢字", 4), ["漢字", "漢字"]);
        assert_eq!(partir("漢字", 1), ["漢", "字"], "and never wait for room that will not come");
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
