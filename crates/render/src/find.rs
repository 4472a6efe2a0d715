//! Where a text stands in a document.
//!
//! Accents, case and the width of spaces make no difference; a line end is a space, and a word parted by a hyphen at a
//! line end is whole again. The boxes are those of the letters that the engine draws, so they lie on what is seen.

use std::time::{Duration, Instant};

use hayro::kurbo::Rect;
use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::{
    letras::{Corte, Letra, Pluma},
    plain,
};

/// Boxes are told in these parts of a page's width and height.
const PARTES: f64 = 10_000.0;
/// Characters told of a line, around the hit.
const MAX_LINEA: usize = 200;

/// What to look for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Busqueda {
    /// The text.
    pub texto: String,
    /// How many hits are told at most.
    pub limite: u32,
    /// After how long the search stops, at the end of a page.
    pub plazo: Duration,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hallazgos {
    /// Pages of the document.
    pub paginas: u32,
    /// In reading order.
    pub hallazgos: Vec<Hallazgo>,
    /// Whether there are more, or not all pages were looked through.
    pub mas: bool,
}

/// One place where the text stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hallazgo {
    /// Page, from 1.
    pub pagina: u32,
    /// One box for each line: left, top, right, bottom, in ten-thousandths of the page as it itself is turned.
    pub cajas: Vec<[u16; 4]>,
    /// The line it begins in.
    pub linea: String,
}

/// A search under way, page by page.
pub struct Buscador {
    consulta: Vec<char>,
    limite: usize,
    inicio: Instant,
    plazo: Duration,
    hecho: Hallazgos,
}

impl Buscador {
    /// Looks for nothing yet.
    pub fn new(busqueda: &Busqueda, paginas: u32) -> Self {
        Self {
            consulta: plegar(busqueda.texto.split_whitespace().collect::<Vec<_>>().join(" ").as_str()),
            limite: busqueda.limite as usize,
            inicio: Instant::now(),
            plazo: busqueda.plazo,
            hecho: Hallazgos { paginas, ..Hallazgos::default() },
        }
    }

    /// Looks through pages, from 1, until there is enough or the time is over; `pagina` gives the letters of one, and
    /// its width and height.
    pub fn buscar(mut self, mut pagina: impl FnMut(u32) -> Option<(Vec<Letra>, (f32, f32))>) -> Hallazgos {
        for n in 1..=self.hecho.paginas {
            // The first page is always looked through, however slow the machine.
            if n > 1 && self.inicio.elapsed() >= self.plazo {
                self.hecho.mas = true;
                break;
            }
            if let Some((letras, medida)) = pagina(n) {
                self.en_pagina(n, &letras, medida);
            }
            if self.hecho.mas {
                break;
            }
        }
        self.hecho
    }

    fn en_pagina(&mut self, pagina: u32, letras: &[Letra], medida: (f32, f32)) {
        let hoja = Hoja::de(letras);
        let mut desde = 0;
        while desde < hoja.signos.len() {
            let Some(fin) = coincide(&hoja.signos[desde..], &self.consulta) else {
                desde += 1;
                continue;
            };
            if self.hecho.hallazgos.len() == self.limite {
                self.hecho.mas = true;
                return;
            }
            let signos = &hoja.signos[desde..desde + fin];
            let (cajas, linea) = (cajas(signos, letras, medida), hoja.linea(desde));
            self.hecho.hallazgos.push(Hallazgo { pagina, cajas, linea });
            desde += fin;
        }
    }
}

/// A folded character of a page.
#[derive(Clone, Copy)]
struct Signo {
    c: char,
    /// Which letter it is of; none for the space that a gap or a line end stands for.
    letra: Option<usize>,
    linea: usize,
    /// Whether it may be passed over: a hyphen at a line end, and that line end.
    guion: bool,
}

/// The text of a page: folded for the search, and as it is for people.
struct Hoja {
    signos: Vec<Signo>,
    lineas: Vec<String>,
}

impl Hoja {
    fn de(letras: &[Letra]) -> Self {
        let mut hoja = Self { signos: Vec::with_capacity(letras.len()), lineas: vec![String::new()] };
        let mut pluma = Pluma::default();
        for (indice, letra) in letras.iter().enumerate() {
            match pluma.avanzar(letra.matriz, letra.ancho) {
                None => continue,
                Some(Corte::Nada) => {}
                Some(Corte::Espacio) => hoja.espacio(),
                Some(Corte::Linea | Corte::Parrafo) => hoja.nueva_linea(),
            }
            for c in letra.texto(&mut [0; 4]).chars() {
                if c.is_whitespace() {
                    hoja.espacio();
                } else if plain::visible(c) {
                    hoja.poner(c, indice);
                }
            }
        }
        hoja
    }

    fn poner(&mut self, c: char, letra: usize) {
        let linea = self.lineas.len() - 1;
        self.lineas[linea].push(c);
        let plegados = plegar(c.encode_utf8(&mut [0; 4]));
        self.signos.extend(plegados.into_iter().map(|c| Signo { c, letra: Some(letra), linea, guion: false }));
    }

    fn espacio(&mut self) {
        let linea = self.lineas.len() - 1;
        if self.lineas[linea].chars().next_back().is_some_and(|c| c != ' ') {
            self.lineas[linea].push(' ');
        }
        if self.signos.last().is_some_and(|s| s.c != ' ') {
            self.signos.push(Signo { c: ' ', letra: None, linea, guion: false });
        }
    }

    fn nueva_linea(&mut self) {
        let partida = match self.signos.as_mut_slice() {
            [.., antes, guion] => {
                guion.guion = matches!(guion.c, '-' | '\u{2010}' | '\u{ad}') && antes.c.is_alphanumeric();
                guion.guion
            }
            _ => false,
        };
        self.espacio();
        if let Some(fin) = self.signos.last_mut().filter(|_| partida) {
            fin.guion = true;
        }
        if self.lineas.last().is_some_and(|l| !l.is_empty()) {
            self.lineas.push(String::new());
        }
    }

    /// The line of a sign, cut to a length people can read, with the sign in it.
    fn linea(&self, indice: usize) -> String {
        let linea = self.signos[indice].linea;
        let antes = self.signos[..indice].iter().rev().take_while(|s| s.linea == linea).count();
        let salta = antes.saturating_sub(MAX_LINEA / 2);
        let texto: String = self.lineas[linea].chars().skip(salta).take(MAX_LINEA).nfc().collect();
        texto.trim().to_owned()
    }
}

/// How many signs from the first on are the text looked for, if they are.
fn coincide(signos: &[Signo], consulta: &[char]) -> Option<usize> {
    let (mut n, mut quedan) = (0, consulta);
    while let Some((buscado, resto)) = quedan.split_first() {
        let signo = signos.get(n)?;
        if signo.c == *buscado {
            quedan = resto;
        } else if !signo.guion || n == 0 {
            return None;
        }
        n += 1;
    }
    (n > 0).then_some(n)
}

/// One box for each line.
fn cajas(signos: &[Signo], letras: &[Letra], (ancho, alto): (f32, f32)) -> Vec<[u16; 4]> {
    let mut cajas: Vec<(usize, Rect)> = Vec::new();
    for signo in signos {
        let Some(letra) = signo.letra.and_then(|n| letras.get(n)) else { continue };
        match cajas.last_mut() {
            Some((linea, caja)) if *linea == signo.linea => *caja = caja.union(letra.caja()),
            _ => cajas.push((signo.linea, letra.caja())),
        }
    }
    let parte = |n: f64, todo: f32| (n / f64::from(todo) * PARTES).clamp(0.0, PARTES);
    // Of 0 to 10,000; rounded outwards, so that a hair line has a box too.
    let caja = |(_, r): (usize, Rect)| {
        [
            parte(r.x0, ancho).floor() as u16,
            parte(r.y0, alto).floor() as u16,
            parte(r.x1, ancho).ceil() as u16,
            parte(r.y1, alto).ceil() as u16,
        ]
    };
    cajas.into_iter().map(caja).collect()
}

/// Lower case without accents, ligatures taken apart.
fn plegar(texto: &str) -> Vec<char> {
    texto.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}
