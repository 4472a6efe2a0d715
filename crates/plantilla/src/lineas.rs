//! Pieces of text as lines of a width.

use crate::bloques::Pieza;
use crate::letra::Letras;

/// How wide a line to be filled by hand is, at most.
const HUECO: f32 = 120.0;

/// Something on a line, at a distance from its beginning.
#[derive(Debug, Clone, PartialEq)]
pub struct Tramo {
    /// Distance.
    pub x: f32,
    /// Width.
    pub ancho: f32,
    /// The text; none is a line to be filled by hand.
    pub texto: Option<String>,
    /// Bold.
    pub negrita: bool,
    /// Slanted.
    pub cursiva: bool,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Linea {
    /// What stands on it.
    pub tramos: Vec<Tramo>,
    /// Its width.
    pub ancho: f32,
}

/// What is never taken apart, unless it is wider than a line.
#[derive(Default)]
struct Palabra {
    tramos: Vec<Tramo>,
    ancho: f32,
}

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub struct Cuerpo {
    /// Size.
    pub tam: f32,
    /// All of it bold.
    pub negrita: bool,
}

/// Breaks pieces into lines no wider than `ancho`; at least one.
pub fn partir(piezas: &[Pieza], cuerpo: Cuerpo, ancho: f32, letras: &Letras) -> Vec<Linea> {
    let mut out =
        Partidor { lineas: vec![Linea::default()], palabra: Palabra::default(), espacio: None, cuerpo, ancho, letras };
    for pieza in piezas {
        match pieza {
            Pieza::Salto => {
                out.palabra_acaba();
                out.nueva();
            }
            Pieza::Hueco => {
                let hueco = HUECO.min(ancho);
                out.anade(Tramo { x: 0.0, ancho: hueco, texto: None, negrita: false, cursiva: false });
            }
            Pieza::Texto { texto, negrita, cursiva } => out.texto(texto, *negrita || cuerpo.negrita, *cursiva),
        }
    }
    out.palabra_acaba();
    out.lineas
}

/// The widest word and the whole width on one line.
pub fn medidas(piezas: &[Pieza], cuerpo: Cuerpo, letras: &Letras) -> (f32, f32) {
    let words = partir(piezas, cuerpo, HUECO / 2.0, letras);
    let whole = partir(piezas, cuerpo, f32::MAX, letras);
    let widest = |lines: &[Linea]| lines.iter().map(|line| line.ancho).fold(0.0, f32::max);
    (widest(&words), widest(&whole))
}

struct Partidor<'l> {
    lineas: Vec<Linea>,
    palabra: Palabra,
    /// Width and style of the space before the word.
    espacio: Option<(f32, bool)>,
    cuerpo: Cuerpo,
    ancho: f32,
    letras: &'l Letras,
}

impl Partidor<'_> {
    fn texto(&mut self, texto: &str, negrita: bool, cursiva: bool) {
        for (at, word) in texto.split(' ').enumerate() {
            if at > 0 {
                self.palabra_acaba();
                self.espacio = Some((self.letras.ancho(" ", negrita, self.cuerpo.tam), negrita));
            }
            if word.is_empty() {
                continue;
            }
            let ancho = self.letras.ancho(word, negrita, self.cuerpo.tam);
            if ancho <= self.ancho {
                self.anade(Tramo { x: 0.0, ancho, texto: Some(word.to_owned()), negrita, cursiva });
                continue;
            }
            // Wider than a line: it is broken where the line ends.
            let (mut piece, mut width) = (String::new(), 0.0);
            for c in word.chars() {
                let step = self.letras.cara(negrita).avance(c) * self.cuerpo.tam / 1000.0;
                if width + step > self.ancho && !piece.is_empty() {
                    let texto = Some(std::mem::take(&mut piece));
                    self.anade(Tramo { x: 0.0, ancho: width, texto, negrita, cursiva });
                    self.palabra_acaba();
                    width = 0.0;
                }
                piece.push(c);
                width += step;
            }
            self.anade(Tramo { x: 0.0, ancho: width, texto: Some(piece), negrita, cursiva });
        }
    }

    fn anade(&mut self, tramo: Tramo) {
        if self.palabra.ancho + tramo.ancho > self.ancho {
            self.palabra_acaba();
        }
        self.palabra.ancho += tramo.ancho;
        self.palabra.tramos.push(tramo);
    }

    fn nueva(&mut self) {
        self.espacio = None;
        self.lineas.push(Linea::default());
    }

    /// Puts the word on the line, or on the next one.
    fn palabra_acaba(&mut self) {
        let word = std::mem::take(&mut self.palabra);
        if word.tramos.is_empty() {
            return;
        }
        let is_empty = |lines: &[Linea]| lines.last().is_none_or(|line| line.tramos.is_empty());
        let space = self.espacio.filter(|_| !is_empty(&self.lineas));
        let before = space.map_or(0.0, |(width, _)| width);
        let used = self.lineas.last().map_or(0.0, |line| line.ancho);
        let fits = used + before + word.ancho <= self.ancho + 0.01;
        if !fits && !is_empty(&self.lineas) {
            self.nueva();
        }
        let space = space.filter(|_| fits);
        self.espacio = None;
        let Some(line) = self.lineas.last_mut() else { return };
        for (at, tramo) in word.tramos.into_iter().enumerate() {
            let space = space.filter(|_| at == 0).map_or(0.0, |(width, _)| width);
            put(line, tramo, space);
        }
    }
}

/// Puts a piece at the end of a line; within the one before it, when they are of a kind. The space between them is a letter like others.
fn put(line: &mut Linea, tramo: Tramo, space: f32) {
    let x = line.ancho + space;
    line.ancho = x + tramo.ancho;
    if let Some(last) = line.tramos.last_mut()
        && let Some(before) = &mut last.texto
    {
        if space > 0.0 {
            before.push(' ');
        }
        if let Some(text) = &tramo.texto
            && (last.negrita, last.cursiva) == (tramo.negrita, tramo.cursiva)
        {
            before.push_str(text);
            last.ancho = line.ancho - last.x;
            return;
        }
    }
    line.tramos.push(Tramo { x, ..tramo });
}
