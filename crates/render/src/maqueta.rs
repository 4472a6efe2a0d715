//! The text of a page laid out as on the page: every character in a grid of columns, so that the columns of a form or
//! of an invoice stand below each other in a terminal.

use unicode_width::UnicodeWidthStr;

use crate::{letras::Letra, plain};

/// Wider than any terminal; what would stand further right follows what stands left of it.
const MAX_COLUMNAS: usize = 400;
/// How far from its line's base a letter may stand, in sizes: small figures raised or lowered belong to it.
const MISMA_LINEA: f64 = 0.45;
/// A gap of so many sizes is a space, and one of so many begins a new column.
const ESPACIO: f64 = 0.15;
const COLUMNA: f64 = 0.9;
/// How much narrower than the usual letter a column of the grid may be, to keep apart what stands close together.
const MAS_ESTRECHA: f64 = 0.6;

/// A letter by where it stands: along the line, and down the page.
struct Signo<'a> {
    letra: &'a Letra,
    x: f64,
    fin: f64,
    base: f64,
    cuerpo: f64,
}

/// Words that stand together.
struct Trozo {
    x: f64,
    texto: String,
}

/// The page as text. Lines run as most of its letters do; those written in another direction follow below.
pub fn maquetar(letras: &[Letra]) -> String {
    let mut por_giro: [Vec<Signo<'_>>; 4] = Default::default();
    for letra in letras {
        if let Some((giro, signo)) = medir(letra) {
            por_giro[giro].push(signo);
        }
    }
    por_giro.sort_by_key(|signos| std::cmp::Reverse(signos.len()));
    let partes: Vec<String> = por_giro.into_iter().map(rejilla).filter(|parte| !parte.is_empty()).collect();
    plain::limpio(&partes.join("\n\n"))
}

/// In which quarter turn a letter is written, and where it stands once the page is turned so that it is upright.
fn medir(letra: &Letra) -> Option<(usize, Signo<'_>)> {
    let [a, b, c, d, x, y] = letra.matriz.as_coeffs();
    let (largo, cuerpo) = (a.hypot(b), c.hypot(d));
    if !(largo > 0.0 && cuerpo > 0.0 && x.is_finite() && y.is_finite()) {
        return None;
    }
    let (giro, x, base) = match (a.abs() >= b.abs(), a > 0.0, b > 0.0) {
        (true, true, _) => (0, x, y),
        (true, false, _) => (2, -x, -y),
        (false, _, true) => (1, y, -x),
        (false, _, false) => (3, -y, x),
    };
    Some((giro, Signo { letra, x, fin: x + largo * letra.ancho, base, cuerpo }))
}

/// Lines of text, from the uppermost down.
fn rejilla(mut signos: Vec<Signo<'_>>) -> String {
    signos.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut lineas: Vec<Vec<Signo<'_>>> = Vec::new();
    for signo in signos {
        match lineas.last_mut() {
            Some(linea)
                if linea
                    .first()
                    .is_some_and(|s| signo.base - s.base < MISMA_LINEA * (s.cuerpo + signo.cuerpo) / 2.0) =>
            {
                linea.push(signo);
            }
            _ => lineas.push(vec![signo]),
        }
    }
    let izquierda = lineas.iter().flatten().map(|s| s.x).fold(f64::MAX, f64::min);
    let usual = mediana(lineas.iter().flatten().map(|s| s.fin - s.x).filter(|ancho| *ancho > 0.0).collect());

    let mut puestas: Vec<(f64, f64, Vec<Trozo>)> = Vec::new();
    for linea in lineas {
        let base = linea.first().map_or(0.0, |s| s.base);
        let cuerpo = linea.iter().map(|s| s.cuerpo).fold(0.0, f64::max);
        puestas.push((base, cuerpo, trozos(linea)));
    }
    let paso = paso(&puestas, usual);

    let mut texto = String::new();
    let mut anterior: Option<f64> = None;
    for (base, cuerpo, trozos) in puestas {
        // An empty line where there is room for one.
        if anterior.is_some_and(|anterior| base - anterior > 2.0 * cuerpo) {
            texto.push('\n');
        }
        anterior = Some(base);
        let mut columna = 0;
        for trozo in trozos {
            // `as` saturates.
            let lugar = (((trozo.x - izquierda) / paso).round() as usize).min(MAX_COLUMNAS);
            let lugar = if columna == 0 { lugar } else { lugar.max(columna + 2) };
            texto.extend(std::iter::repeat_n(' ', lugar - columna));
            columna = lugar + trozo.texto.width();
            texto.push_str(&trozo.texto);
        }
        texto.push('\n');
    }
    texto
}

/// A line's letters from left to right, put together to words, and those to pieces that stand apart.
fn trozos(mut linea: Vec<Signo<'_>>) -> Vec<Trozo> {
    linea.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut trozos: Vec<Trozo> = Vec::new();
    let mut anterior: Option<Signo<'_>> = None;
    for signo in linea {
        let mut lugar = [0; 4];
        let texto = signo.letra.texto(&mut lugar);
        let (hueco, repetida) = match &anterior {
            None => (f64::MAX, false),
            // The same letter printed twice with a hair's breadth between is a bold one.
            Some(a) => (signo.x - a.fin, signo.x - a.x < 0.1 * signo.cuerpo && a.letra.texto(&mut [0; 4]) == texto),
        };
        if repetida {
            continue;
        }
        if texto.chars().all(char::is_whitespace) {
            // The gap that it leaves speaks for itself.
            continue;
        }
        match trozos.last_mut() {
            Some(trozo) if hueco < COLUMNA * signo.cuerpo => {
                if hueco > ESPACIO * signo.cuerpo {
                    trozo.texto.push(' ');
                }
                trozo.texto.push_str(texto);
            }
            _ => trozos.push(Trozo { x: signo.x, texto: texto.to_owned() }),
        }
        anterior = Some(signo);
    }
    trozos
}

/// The width of a column: the usual letter's, or less where pieces would not fit beside each other.
fn paso(lineas: &[(f64, f64, Vec<Trozo>)], usual: f64) -> f64 {
    let pares = lineas.iter().flat_map(|(_, _, trozos)| trozos.iter().zip(trozos.iter().skip(1)));
    let cabe = pares.map(|(a, b)| (b.x - a.x) / (a.texto.width() + 2) as f64);
    let paso = cabe.fold(usual, f64::min).max(usual * MAS_ESTRECHA);
    if paso > 0.0 { paso } else { 1.0 }
}

fn mediana(mut valores: Vec<f64>) -> f64 {
    let medio = valores.len() / 2;
    if valores.is_empty() {
        return 0.0;
    }
    *valores.select_nth_unstable_by(medio, f64::total_cmp).1
}
