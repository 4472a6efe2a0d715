//! Blocks as pages.

use crate::bloques::{Bloque, Lado, Pieza};
use crate::letra::Letras;
use crate::lineas::{Cuerpo, Linea, partir};
use crate::{Error, Hoja, MAX_PAGINAS, tabla};

/// Width of A4, in points.
pub const ANCHO: f32 = 595.28;
/// Height of A4, in points.
pub const ALTO: f32 = 841.89;
/// Left and right margin.
pub const MARGEN: f32 = 62.0;
/// Where text begins, from above.
const ARRIBA: f32 = 66.0;
/// Where text ends, from above.
const ABAJO: f32 = ALTO - 62.0;
/// Width of the text.
pub const CAJA: f32 = ANCHO - 2.0 * MARGEN;
/// Line height, in sizes.
pub const INTERLINEA: f32 = 1.42;
/// How far a list is set in.
const SANGRIA: f32 = 16.0;
/// Height of a box to be signed.
const FIRMA: f32 = 78.0;
/// Height of a line of boxes, with the space above.
const ALTO_FIRMAS: f32 = FIRMA + 12.0;
/// Height of a rule, with the space above and below.
const ALTO_RAYA: f32 = 20.0;
/// The most that there is between two blocks.
const ENTRE_BLOQUES: f32 = 10.0;
/// Between two boxes.
const ENTRE_FIRMAS: f32 = 14.0;
/// Thickness of every line drawn.
pub const FILETE: f32 = 0.6;

/// Body text.
const TEXTO: Cuerpo = Cuerpo { tam: 10.0, negrita: false };
/// Head and foot.
const MENUDO: Cuerpo = Cuerpo { tam: 8.0, negrita: false };

/// Black of text.
pub const TINTA: f32 = 0.1;
/// Grey of what is said beside.
pub const GRIS: f32 = 0.42;
/// Grey of rules.
pub const CLARO: f32 = 0.75;

/// Something drawn; y is the distance from above.
#[derive(Debug, Clone, PartialEq)]
pub enum Trazo {
    /// Text; y is that of its base line.
    Texto {
        /// From the left.
        x: f32,
        /// From above.
        y: f32,
        /// Size.
        tam: f32,
        /// Bold.
        negrita: bool,
        /// Slanted.
        cursiva: bool,
        /// From black, 0, to white, 1.
        gris: f32,
        /// The text.
        texto: String,
    },
    /// A straight line.
    Linea {
        /// Its beginning.
        desde: (f32, f32),
        /// Its end.
        hasta: (f32, f32),
        /// From black, 0, to white, 1.
        gris: f32,
    },
}

/// What is drawn on one page.
pub type Pagina = Vec<Trazo>;

/// Lays the blocks out.
pub fn componer(bloques: &[Bloque], hoja: &Hoja) -> Result<Vec<Pagina>, Error> {
    let letras = Letras::abrir()?;
    let rotulos = tabla::rotulos(bloques, &letras);
    let mut cajista =
        Cajista { letras: &letras, rotulos, paginas: vec![Vec::new()], y: ARRIBA, tras_lista: false, cola: 0.0 };
    cajista.cabeza(hoja);
    for ((at, bloque), cola) in bloques.iter().enumerate().zip(colas(bloques)) {
        cajista.cola = cola;
        cajista.bloque(bloque, at == 0);
        if cajista.paginas.len() > MAX_PAGINAS {
            return Err(Error::Larga);
        }
    }
    cajista.pies(hoja);
    Ok(cajista.paginas)
}

/// What has to find room under each block: boxes to be signed never stand alone on a page, nor do the rules between.
fn colas(bloques: &[Bloque]) -> Vec<f32> {
    let mut below = 0.0;
    let mut out: Vec<f32> = Vec::with_capacity(bloques.len());
    for bloque in bloques.iter().rev() {
        out.push(below);
        below = match bloque {
            Bloque::Firmas(_) => ALTO_FIRMAS + ENTRE_BLOQUES,
            Bloque::Raya if below > 0.0 => below + ALTO_RAYA,
            _ => 0.0,
        };
    }
    out.reverse();
    out
}

/// Sets type, page after page.
pub struct Cajista<'l> {
    /// The letters.
    pub letras: &'l Letras,
    /// Width of the first column of every table of names and values.
    pub rotulos: f32,
    paginas: Vec<Pagina>,
    /// Where the next thing goes, from above.
    pub y: f32,
    /// Whether the last thing was an item of a list, which has little space after it.
    tras_lista: bool,
    /// What the end of the block must leave room for.
    pub cola: f32,
}

impl Cajista<'_> {
    fn bloque(&mut self, bloque: &Bloque, primero: bool) {
        let junto = matches!(bloque, Bloque::Parrafo { junto: true, .. });
        if std::mem::replace(&mut self.tras_lista, junto) && !junto {
            self.y += 4.5;
        }
        match bloque {
            Bloque::Titulo(nivel, piezas) => self.titulo(*nivel, piezas, primero),
            Bloque::Parrafo { sangria, vineta, junto, piezas } => {
                self.parrafo(*sangria, vineta.as_deref(), *junto, piezas);
            }
            Bloque::Tabla(lados, filas) => self.tabla(lados, filas),
            Bloque::Raya => {
                self.reserva(ALTO_RAYA + self.cola);
                self.y += 8.0;
                self.raya(MARGEN, MARGEN + CAJA, CLARO);
                self.y += ALTO_RAYA - 8.0;
            }
            Bloque::Firmas(etiquetas) => self.firmas(etiquetas),
        }
    }

    /// Begins a page unless that much still fits; answers whether it did.
    pub fn reserva(&mut self, alto: f32) -> bool {
        let breaks = self.y + alto > ABAJO && self.y > ARRIBA;
        // Once there is a page too many nothing more is set: the document is refused.
        if breaks && self.paginas.len() <= MAX_PAGINAS {
            self.paginas.push(Vec::new());
            self.y = ARRIBA;
        }
        breaks
    }

    /// The height there is on a page of its own.
    pub fn alto_pagina() -> f32 {
        ABAJO - ARRIBA
    }

    fn dibuja(&mut self, trazo: Trazo) {
        if let Some(page) = self.paginas.last_mut() {
            page.push(trazo);
        }
    }

    /// A rule across, here.
    pub fn raya(&mut self, x1: f32, x2: f32, gris: f32) {
        self.dibuja(Trazo::Linea { desde: (x1, self.y), hasta: (x2, self.y), gris });
    }

    /// One line of text with its top here, within a column.
    pub fn linea(&mut self, linea: &Linea, cuerpo: Cuerpo, (x, ancho): (f32, f32), lado: Lado, gris: f32) {
        let free = (ancho - linea.ancho).max(0.0);
        let x = x + match lado {
            Lado::Izquierda => 0.0,
            Lado::Centro => free / 2.0,
            Lado::Derecha => free,
        };
        let y = self.y + cuerpo.tam * 1.07;
        for tramo in &linea.tramos {
            match &tramo.texto {
                Some(texto) => self.dibuja(Trazo::Texto {
                    x: x + tramo.x,
                    y,
                    tam: cuerpo.tam,
                    negrita: tramo.negrita,
                    cursiva: tramo.cursiva,
                    gris,
                    texto: texto.clone(),
                }),
                None => {
                    let (left, right) = (x + tramo.x, x + tramo.x + tramo.ancho);
                    self.dibuja(Trazo::Linea { desde: (left, y + 1.5), hasta: (right, y + 1.5), gris: GRIS });
                }
            }
        }
    }

    fn titulo(&mut self, nivel: u8, piezas: &[Pieza], primero: bool) {
        let (tam, before, after) = match nivel {
            1 => (18.0, 18.0, 8.0),
            2 => (12.0, 10.0, 4.0),
            _ => (10.5, 10.0, 3.0),
        };
        let cuerpo = Cuerpo { tam, negrita: true };
        let lines = partir(piezas, cuerpo, CAJA, self.letras);
        let step = tam * 1.3;
        // A heading never stands alone at the foot of a page.
        let kept = lines.iter().take(4).map(|_| step).sum::<f32>() + before + after + 40.0_f32.max(self.cola);
        if !self.reserva(kept) && !primero {
            self.y += before;
        }
        for line in &lines {
            self.reserva(step);
            self.linea(line, cuerpo, (MARGEN, CAJA), Lado::Izquierda, TINTA);
            self.y += step;
        }
        self.y += after;
    }

    fn parrafo(&mut self, sangria: usize, vineta: Option<&str>, junto: bool, piezas: &[Pieza]) {
        let levels = u8::try_from(sangria).unwrap_or_default();
        let x = MARGEN + SANGRIA * f32::from(levels);
        let ancho = CAJA - SANGRIA * f32::from(levels);
        let lines = partir(piezas, TEXTO, ancho, self.letras);
        let step = TEXTO.tam * INTERLINEA;
        if lines.len() <= 3 {
            self.reserva(lines.iter().map(|_| step).sum::<f32>() + self.cola);
        }
        for (at, line) in lines.iter().enumerate() {
            // The last two lines stay together, and with what comes after them.
            let is_tail = lines.len() > 3 && at + 2 == lines.len();
            self.reserva(if is_tail { step * 2.0 + self.cola } else { step });
            if let Some(mark) = vineta.filter(|_| at == 0) {
                let mark = [Pieza::Texto { texto: mark.to_owned(), negrita: false, cursiva: false }];
                let column = (x - SANGRIA, SANGRIA * 4.0);
                for line in partir(&mark, TEXTO, column.1, self.letras) {
                    self.linea(&line, TEXTO, column, Lado::Izquierda, GRIS);
                }
            }
            self.linea(line, TEXTO, (x, ancho), Lado::Izquierda, TINTA);
            self.y += step;
        }
        self.y += if junto { 2.5 } else { 7.0 };
    }

    fn firmas(&mut self, etiquetas: &[Vec<Pieza>]) {
        const ETIQUETA: Cuerpo = Cuerpo { tam: 8.5, negrita: true };
        self.reserva(ALTO_FIRMAS);
        self.y += 12.0;
        let count = etiquetas.iter().map(|_| 1.0).sum::<f32>().max(1.0);
        // One alone is no wider than it would be in company.
        let ancho = (CAJA - ENTRE_FIRMAS * (count.max(2.0) - 1.0)) / count.max(2.0);
        let top = self.y;
        for (at, label) in etiquetas.iter().enumerate() {
            let left = MARGEN + (ancho + ENTRE_FIRMAS) * f32::from(u8::try_from(at).unwrap_or_default());
            let (right, bottom) = (left + ancho, top + FIRMA);
            for (desde, hasta) in [
                ((left, top), (right, top)),
                ((right, top), (right, bottom)),
                ((right, bottom), (left, bottom)),
                ((left, bottom), (left, top)),
            ] {
                self.dibuja(Trazo::Linea { desde, hasta, gris: CLARO });
            }
            self.y = top + 6.0;
            for line in partir(label, ETIQUETA, ancho - 14.0, self.letras).iter().take(3) {
                self.linea(line, ETIQUETA, (left + 7.0, ancho - 14.0), Lado::Izquierda, GRIS);
                self.y += ETIQUETA.tam * 1.3;
            }
        }
        self.y = top + FIRMA + 12.0;
    }

    /// A short line of small grey text.
    fn menudo(&mut self, texto: &str, lado: Lado, ancho: f32, x: f32) {
        let piezas = [Pieza::Texto { texto: texto.to_owned(), negrita: false, cursiva: false }];
        if let Some(line) = partir(&piezas, MENUDO, ancho, self.letras).first() {
            self.linea(line, MENUDO, (x, ancho), lado, GRIS);
        }
    }

    fn cabeza(&mut self, hoja: &Hoja) {
        self.y = 36.0;
        self.menudo(&hoja.emisor, Lado::Izquierda, CAJA / 2.0, MARGEN);
        self.menudo(&hoja.fecha, Lado::Derecha, CAJA / 2.0, MARGEN + CAJA / 2.0);
        self.y = ARRIBA;
    }

    /// The foot of every page: title, case file, page of how many.
    fn pies(&mut self, hoja: &Hoja) {
        let total = self.paginas.len();
        let pages = std::mem::take(&mut self.paginas);
        let mut done = Vec::with_capacity(total);
        for (at, page) in pages.into_iter().enumerate() {
            self.paginas = vec![page];
            self.y = ALTO - 52.0;
            self.raya(MARGEN, MARGEN + CAJA, CLARO);
            self.y += 6.0;
            let (side, middle) = (CAJA * 0.38, CAJA * 0.24);
            self.menudo(&hoja.titulo, Lado::Izquierda, side, MARGEN);
            self.menudo(&hoja.expediente, Lado::Centro, middle, MARGEN + side);
            self.menudo(&format!("Página {} de {total}", at + 1), Lado::Derecha, side, MARGEN + side + middle);
            done.append(&mut self.paginas);
        }
        self.paginas = done;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn pages(markdown: &str, valores: &[Option<String>]) -> Vec<Pagina> {
        componer(&crate::bloques::leer(markdown, valores), &Hoja::default()).unwrap()
    }

    /// Where each text of a page begins.
    fn texts(page: &Pagina) -> impl Iterator<Item = (&str, f32)> {
        page.iter().filter_map(|trazo| match trazo {
            Trazo::Texto { x, texto, .. } => Some((texto.as_str(), *x)),
            Trazo::Linea { .. } => None,
        })
    }

    #[test]
    fn boxes_are_never_alone_on_a_page() {
        let cases = [
            ("uno\n\n".to_owned(), ""),
            ("uno\n\n".to_owned(), "---\n\n---\n\n"),
            ("- uno\n".to_owned(), "\n"),
            ("uno\n\n".to_owned(), "| uno | uno |\n| --- | --- |\n| uno | uno |\n| uno | uno |\n\n"),
            ("uno\n\n".to_owned(), "## uno\n\n"),
            ("uno\n\n".to_owned() + &"uno ".repeat(400) + "\n\n", ""),
        ];
        for (part, end) in cases {
            for times in 1..60 {
                let pages = pages(&format!("{}{end}[firma] Caja", part.repeat(times)), &[]);
                let signed = pages.last().unwrap();
                let is_body = |(text, _): (&str, f32)| text.contains("uno");
                assert!(texts(signed).any(|(text, _)| text == "Caja"));
                assert!(texts(signed).any(is_body), "{part:.12}{end} {times}");
                assert!(pages.iter().all(|page| texts(page).any(is_body)), "{part:.12}{end} {times}");
            }
        }
    }

    #[test]
    fn values_of_all_tables_of_names_begin_at_the_same_place() {
        let mark = char::from_u32(0xF_0000).unwrap();
        let table = |name: &str, value: &str| format!("| | |\n| --- | --- |\n| {name} | {value} |\n\n");
        let long = table("Un nombre bastante más largo", "dos");
        let pages = pages(&(table("a", "uno") + &long + &table("b", &mark.to_string())), &[None]);
        let at = |wanted: &str| texts(&pages[0]).find(|(text, _)| *text == wanted).unwrap().1;
        assert!((at("uno") - at("dos")).abs() < 0.01);
        let blank = pages[0].iter().any(|trazo| match trazo {
            Trazo::Linea { desde, .. } => (desde.0 - at("uno")).abs() < 0.01,
            Trazo::Texto { .. } => false,
        });
        assert!(blank, "what is to be filled by hand begins where a value does");
    }

    #[test]
    fn the_middle_of_the_foot_is_that_of_the_page() {
        let hoja = Hoja { expediente: "Expediente 26-00001".to_owned(), ..Hoja::default() };
        let pages = componer(&[], &hoja).unwrap();
        let left = texts(&pages[0]).find(|(text, _)| text.starts_with("Expediente")).unwrap().1;
        let width = Letras::abrir().unwrap().ancho("Expediente 26-00001", false, MENUDO.tam);
        assert!((left + width / 2.0 - ANCHO / 2.0).abs() < 0.5);
    }
}
