//! Markdown as blocks, with the values in their places.

use crate::texto::{FIRMA, MAX_FIRMAS, marca};
use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// Lists deeper than this are not set in any further.
const MAX_SANGRIA: usize = 4;
/// Most columns of a table; what is beyond is left out.
const MAX_COLUMNAS: usize = 12;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pieza {
    /// Text of one style.
    Texto {
        /// The text.
        texto: String,
        /// Bold.
        negrita: bool,
        /// Slanted.
        cursiva: bool,
    },
    /// A line to be filled by hand.
    Hueco,
    /// A new line.
    Salto,
}

/// Where the text of a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lado {
    /// At the left.
    Izquierda,
    /// In the middle.
    Centro,
    /// At the right.
    Derecha,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bloque {
    /// A heading of level 1, 2 or 3.
    Titulo(u8, Vec<Pieza>),
    /// A paragraph.
    Parrafo {
        /// How far it is set in.
        sangria: usize,
        /// What stands before it.
        vineta: Option<String>,
        /// Whether it is close to the one before, as in a list.
        junto: bool,
        /// Its text.
        piezas: Vec<Pieza>,
    },
    /// A table; the first row is its head, which may be empty.
    Tabla(Vec<Lado>, Vec<Vec<Vec<Pieza>>>),
    /// A rule.
    Raya,
    /// Boxes to be signed, side by side, with what stands over them.
    Firmas(Vec<Vec<Pieza>>),
}

/// Reads the Markdown and puts the values in their places.
pub fn leer(markdown: &str, valores: &[Option<String>]) -> Vec<Bloque> {
    let mut lector = Lector { valores, ..Lector::default() };
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        lector.toma(event);
    }
    lector.cierra();
    lector.bloques
}

#[derive(Default)]
struct Lector<'v> {
    valores: &'v [Option<String>],
    bloques: Vec<Bloque>,
    /// What is being read, values not yet in their places.
    piezas: Vec<Pieza>,
    titulo: Option<u8>,
    negrita: usize,
    cursiva: usize,
    /// One per list around: the number of its next item, if it is numbered.
    listas: Vec<Option<u64>>,
    citas: usize,
    vineta: Option<String>,
    lados: Vec<Lado>,
    filas: Vec<Vec<Vec<Pieza>>>,
    en_tabla: bool,
}

impl Lector<'_> {
    fn toma(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.abre(tag),
            Event::End(tag) => self.acaba(tag),
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                for (at, line) in text.trim_end_matches('\n').split('\n').enumerate() {
                    if at > 0 {
                        self.piezas.push(Pieza::Salto);
                    }
                    self.texto(line);
                }
            }
            Event::SoftBreak => self.texto(" "),
            Event::HardBreak => self.piezas.push(Pieza::Salto),
            Event::Rule => {
                self.cierra();
                self.bloques.push(Bloque::Raya);
            }
            _ => {}
        }
    }

    fn abre(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Strong => self.negrita += 1,
            Tag::Emphasis => self.cursiva += 1,
            Tag::Heading { level, .. } => {
                self.cierra();
                self.titulo = Some(match level {
                    HeadingLevel::H1 => 1,
                    HeadingLevel::H2 => 2,
                    _ => 3,
                });
            }
            Tag::List(first) => {
                self.cierra();
                self.listas.push(first);
            }
            Tag::Item => {
                self.cierra();
                self.vineta = Some(match self.listas.last_mut() {
                    Some(Some(next)) => {
                        let mark = format!("{next}.");
                        *next = next.saturating_add(1);
                        mark
                    }
                    _ => "•".to_owned(),
                });
            }
            Tag::BlockQuote(_) => {
                self.cierra();
                self.citas += 1;
            }
            Tag::Table(alignments) => {
                self.cierra();
                self.en_tabla = true;
                self.lados = alignments.iter().take(MAX_COLUMNAS).map(|side| lado(*side)).collect();
            }
            Tag::TableHead | Tag::TableRow => self.filas.push(Vec::new()),
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock => self.cierra(),
            _ => {}
        }
    }

    fn acaba(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.negrita = self.negrita.saturating_sub(1),
            TagEnd::Emphasis => self.cursiva = self.cursiva.saturating_sub(1),
            TagEnd::List(_) => {
                self.cierra();
                self.listas.pop();
            }
            TagEnd::Item => {
                self.cierra();
                self.vineta = None;
            }
            TagEnd::BlockQuote(_) => {
                self.cierra();
                self.citas = self.citas.saturating_sub(1);
            }
            TagEnd::TableCell => {
                let cell = self.puestas();
                let columns = self.lados.len();
                if let Some(row) = self.filas.last_mut().filter(|row| row.len() < columns) {
                    row.push(cell);
                }
            }
            TagEnd::Table => {
                self.en_tabla = false;
                let (sides, rows) = (std::mem::take(&mut self.lados), std::mem::take(&mut self.filas));
                self.bloques.push(Bloque::Tabla(sides, rows));
            }
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock => self.cierra(),
            _ => {}
        }
    }

    fn texto(&mut self, texto: &str) {
        let (negrita, cursiva) = (self.negrita > 0, self.cursiva > 0);
        match self.piezas.last_mut() {
            Some(Pieza::Texto { texto: last, negrita: n, cursiva: c }) if (*n, *c) == (negrita, cursiva) => {
                last.push_str(texto);
            }
            _ => self.piezas.push(Pieza::Texto { texto: texto.to_owned(), negrita, cursiva }),
        }
    }

    /// Ends the block that is being read.
    fn cierra(&mut self) {
        if self.en_tabla || self.piezas.is_empty() {
            return;
        }
        if let Some(level) = self.titulo.take() {
            let piezas = self.puestas();
            self.bloques.push(Bloque::Titulo(level, piezas));
            return;
        }
        // Before values are in their places: one that begins like this is no signature.
        if let Some(labels) = self.firmas() {
            self.piezas.clear();
            self.bloques.push(Bloque::Firmas(labels));
            return;
        }
        let piezas = self.puestas();
        let sangria = (self.listas.len() + self.citas).min(MAX_SANGRIA);
        let vineta = self.vineta.take();
        let junto = !self.listas.is_empty();
        self.bloques.push(Bloque::Parrafo { sangria, vineta, junto, piezas });
    }

    fn firmas(&self) -> Option<Vec<Vec<Pieza>>> {
        let text: String = self
            .piezas
            .iter()
            .map(|pieza| match pieza {
                Pieza::Texto { texto, .. } => texto.as_str(),
                Pieza::Hueco | Pieza::Salto => " ",
            })
            .collect();
        let labels = text.trim_start().strip_prefix(FIRMA)?.split('|').take(MAX_FIRMAS);
        Some(
            labels
                .map(|label| {
                    let mut out = Vec::new();
                    poner(label.trim(), (true, false), self.valores, &mut out);
                    out
                })
                .collect(),
        )
    }

    /// What was read, with the values in their places.
    fn puestas(&mut self) -> Vec<Pieza> {
        let mut out = Vec::new();
        for pieza in std::mem::take(&mut self.piezas) {
            match pieza {
                Pieza::Texto { texto, negrita, cursiva } => poner(&texto, (negrita, cursiva), self.valores, &mut out),
                other => out.push(other),
            }
        }
        out
    }
}

/// Text with the values in place of what stands for them.
fn poner(texto: &str, (negrita, cursiva): (bool, bool), valores: &[Option<String>], out: &mut Vec<Pieza>) {
    let mut run = String::new();
    for c in texto.chars() {
        match marca(c) {
            None => run.push(if c.is_control() { ' ' } else { c }),
            Some(n) => match valores.get(n).and_then(Option::as_ref) {
                Some(value) => run.push_str(sin_signo(&run, value)),
                None => {
                    if !run.is_empty() {
                        out.push(Pieza::Texto { texto: std::mem::take(&mut run), negrita, cursiva });
                    }
                    out.push(Pieza::Hueco);
                }
            },
        }
    }
    if !run.is_empty() {
        out.push(Pieza::Texto { texto: run, negrita, cursiva });
    }
}

/// The value; without its minus where the text before it ends with one, as in `−{{ descuento }}`: a discount is written either way.
fn sin_signo<'v>(antes: &str, value: &'v str) -> &'v str {
    if !antes.ends_with('−') {
        return value;
    }
    let digits = value.strip_prefix(['-', '−']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    digits.unwrap_or(value)
}

fn lado(alignment: Alignment) -> Lado {
    match alignment {
        Alignment::Center => Lado::Centro,
        Alignment::Right => Lado::Derecha,
        Alignment::None | Alignment::Left => Lado::Izquierda,
    }
}
