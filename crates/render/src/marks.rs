//! Mark-up that comes without an appearance: what people draw and stick on a page (ISO 32000-1, 12.5.6).

use hayro::hayro_syntax::object::{Array, Dict, Name, Object, Rect};
use pdf_writer::{Content, Str};

use crate::{
    annotations::{HELVETICA, MULTIPLICA, transparencia},
    fields,
};

/// Beyond this nothing lies on a page.
const MUY_LEJOS: f32 = 100_000.0;
/// Points of a drawing that are followed, and lines of text that are marked.
const MAX_PUNTOS: usize = 20_000;
const MAX_RENGLONES: usize = 500;

/// How a mark is drawn.
struct Trazo {
    grosor: f32,
    color: Option<[f32; 3]>,
    relleno: Option<[f32; 3]>,
}

impl Trazo {
    fn de(anotacion: &Dict<'_>) -> Self {
        let grosor = grosor(anotacion).unwrap_or(1.0).clamp(0.0, 50.0);
        Self { grosor, color: color(anotacion, "C"), relleno: color(anotacion, "IC") }
    }

    /// Fills and strokes a shape, as far as it has colours for it. Lines without colour are black where `siempre`.
    fn dibujar(&self, dibujo: &mut Content, siempre: bool, forma: impl Fn(&mut Content)) {
        if let Some([r, g, b]) = self.relleno {
            dibujo.set_fill_rgb(r, g, b);
            forma(dibujo);
            dibujo.fill_nonzero();
        }
        let color = self.color.or(siempre.then_some([0.0; 3]));
        if let Some([r, g, b]) = color.filter(|_| self.grosor > 0.0) {
            dibujo.set_stroke_rgb(r, g, b).set_line_width(self.grosor);
            forma(dibujo);
            dibujo.stroke();
        }
    }
}

/// Draws a mark; `rect` is missing when it is empty, which lines may have.
pub fn dibujar(dibujo: &mut Content, clase: &[u8], anotacion: &Dict<'_>, rect: Option<&Rect>) {
    let trazo = Trazo::de(anotacion);
    if let Some(estado) = anotacion.get::<f32>("CA").and_then(transparencia) {
        dibujo.set_parameters(estado);
    }
    discontinuo(dibujo, anotacion);
    match (clase, rect) {
        (b"Ink", _) => {
            let lineas: Vec<Vec<[f32; 2]>> = anotacion
                .get::<Array<'_>>("InkList")
                .map(|lineas| lineas.iter::<Array<'_>>().take(MAX_RENGLONES).map(|linea| puntos(&linea)).collect())
                .unwrap_or_default();
            Trazo { relleno: None, ..trazo }
                .dibujar(dibujo, true, |dibujo| lineas.iter().for_each(|linea| quebrada(dibujo, linea)));
        }
        (b"Line", _) => linea(dibujo, anotacion, &trazo),
        (b"PolyLine", _) => {
            let puntos = lista(anotacion, "Vertices");
            Trazo { relleno: None, ..trazo }.dibujar(dibujo, true, |dibujo| quebrada(dibujo, &puntos));
        }
        (b"Polygon", _) => {
            let puntos = lista(anotacion, "Vertices");
            trazo.dibujar(dibujo, true, |dibujo| {
                quebrada(dibujo, &puntos);
                if !puntos.is_empty() {
                    dibujo.close_path();
                }
            });
        }
        (b"Highlight", Some(rect)) => {
            let [r, g, b] = trazo.color.unwrap_or([1.0, 0.9, 0.2]);
            dibujo.set_parameters(MULTIPLICA).set_fill_rgb(r, g, b);
            for [x0, y0, x1, y1] in renglones(anotacion, rect) {
                dibujo.rect(x0, y0, x1 - x0, y1 - y0).fill_nonzero();
            }
        }
        (b"Underline" | b"StrikeOut" | b"Squiggly", Some(rect)) => {
            let renglones = renglones(anotacion, rect);
            Trazo { relleno: None, ..trazo }.dibujar(dibujo, true, |dibujo| {
                for [x0, y0, x1, y1] in &renglones {
                    match clase {
                        b"Squiggly" => ola(dibujo, *x0, *x1, y0 + 1.0),
                        b"StrikeOut" => recta(dibujo, *x0, *x1, (y0 + y1) / 2.0),
                        _ => recta(dibujo, *x0, *x1, y0 + trazo.grosor),
                    }
                }
            });
        }
        (b"Square" | b"Circle", Some(rect)) => {
            let [x, y, ancho, alto] = caja(rect);
            let m = trazo.grosor / 2.0;
            let dentro = [x + m, y + m, ancho - trazo.grosor, alto - trazo.grosor];
            trazo.dibujar(dibujo, false, |dibujo| match clase {
                b"Square" => {
                    dibujo.rect(dentro[0], dentro[1], dentro[2], dentro[3]);
                }
                _ => elipse(dibujo, dentro),
            });
        }
        // Only where the file says so: most readers of today leave the frame of a link out.
        (b"Link", Some(rect)) if grosor(anotacion).is_some_and(|g| g > 0.0) => {
            let [x, y, ancho, alto] = caja(rect);
            Trazo { relleno: None, ..trazo }.dibujar(dibujo, true, |dibujo| {
                dibujo.rect(x, y, ancho, alto);
            });
        }
        (b"Text" | b"FileAttachment", Some(rect)) => nota(dibujo, trazo.color, rect),
        (b"Caret", Some(rect)) => {
            let [x, y, ancho, alto] = caja(rect);
            let relleno = trazo.color.or(Some([0.0; 3]));
            Trazo { relleno, color: None, ..trazo }.dibujar(dibujo, false, |dibujo| {
                dibujo.move_to(x, y).line_to(x + ancho / 2.0, y + alto).line_to(x + ancho, y).close_path();
            });
        }
        (b"Stamp", Some(rect)) => sello(dibujo, anotacion, &trazo, rect),
        (b"FreeText", Some(rect)) => fields::texto_libre(dibujo, anotacion, rect),
        _ => {}
    }
}

/// A straight line with what it has at its ends.
fn linea(dibujo: &mut Content, anotacion: &Dict<'_>, trazo: &Trazo) {
    let extremos = lista(anotacion, "L");
    let [a, b] = extremos[..] else { return };
    let de_linea = Trazo { relleno: None, ..*trazo };
    de_linea.dibujar(dibujo, true, |dibujo| quebrada(dibujo, &[a, b]));
    let finales: Vec<Vec<u8>> = anotacion
        .get::<Array<'_>>("LE")
        .map(|finales| finales.iter::<Name<'_>>().take(2).map(|nombre| nombre.to_vec()).collect())
        .unwrap_or_default();
    for (final_, (punta, origen)) in finales.iter().zip([(a, b), (b, a)]) {
        let largo = (punta[0] - origen[0]).hypot(punta[1] - origen[1]);
        if !(largo > 0.0 && matches!(final_.as_slice(), b"OpenArrow" | b"ClosedArrow")) {
            continue;
        }
        let lado = (trazo.grosor * 6.0).max(6.0).min(largo);
        let (dx, dy) = ((origen[0] - punta[0]) / largo * lado, (origen[1] - punta[1]) / largo * lado);
        let ala = |s: f32| [punta[0] + dx * 0.87 - s * dy * 0.5, punta[1] + dy * 0.87 + s * dx * 0.5];
        let cerrada = final_ == b"ClosedArrow";
        Trazo { relleno: trazo.relleno.filter(|_| cerrada), ..*trazo }.dibujar(dibujo, true, |dibujo| {
            quebrada(dibujo, &[ala(1.0), punta, ala(-1.0)]);
            if cerrada {
                dibujo.close_path();
            }
        });
    }
}

/// A note's icon has one size, hung from the upper left corner.
fn nota(dibujo: &mut Content, color: Option<[f32; 3]>, rect: &Rect) {
    let [r, g, b] = color.unwrap_or([1.0, 0.9, 0.2]);
    let [x, y, _, alto] = caja(rect);
    let arriba = y + alto;
    dibujo.set_fill_rgb(r, g, b).set_stroke_gray(0.3).set_line_width(0.7);
    dibujo.rect(x, arriba - 16.0, 16.0, 16.0).fill_nonzero_and_stroke();
    for n in [4.0, 8.0, 12.0] {
        recta(dibujo, x + 3.0, x + 13.0, arriba - n);
        dibujo.stroke();
    }
}

/// A rubber stamp: its name in a frame.
fn sello(dibujo: &mut Content, anotacion: &Dict<'_>, trazo: &Trazo, rect: &Rect) {
    let nombre = anotacion.get::<Name<'_>>("Name").map(|nombre| nombre.to_vec()).unwrap_or_else(|| b"Draft".to_vec());
    let [r, g, b] = trazo.color.unwrap_or([0.8, 0.1, 0.1]);
    let [x, y, ancho, alto] = caja(rect);
    let letras: Vec<u8> =
        nombre.iter().filter(|c| c.is_ascii_alphanumeric()).take(40).map(u8::to_ascii_uppercase).collect();
    // Capitals of Helvetica are about two thirds of their size wide.
    let cuerpo = (alto * 0.6).min(ancho * 0.9 / (letras.len().max(1) as f32 * 0.68));
    let inicio = x + (ancho - letras.len() as f32 * cuerpo * 0.68) / 2.0;
    dibujo.set_stroke_rgb(r, g, b).set_line_width(2.0).rect(x + 1.0, y + 1.0, ancho - 2.0, alto - 2.0).stroke();
    dibujo.set_fill_rgb(r, g, b).begin_text().set_font(HELVETICA, cuerpo);
    dibujo.next_line(inicio, y + alto / 2.0 - cuerpo * 0.36).show(Str(&letras)).end_text();
}

/// An ellipse of four curves in a box of corner and size.
fn elipse(dibujo: &mut Content, [x, y, ancho, alto]: [f32; 4]) {
    const K: f32 = 0.552_284_8; // 4/3 × (√2 − 1), where a curve meets the circle best
    let (rx, ry) = (ancho / 2.0, alto / 2.0);
    let (cx, cy) = (x + rx, y + ry);
    dibujo.move_to(cx + rx, cy);
    dibujo.cubic_to(cx + rx, cy + K * ry, cx + K * rx, cy + ry, cx, cy + ry);
    dibujo.cubic_to(cx - K * rx, cy + ry, cx - rx, cy + K * ry, cx - rx, cy);
    dibujo.cubic_to(cx - rx, cy - K * ry, cx - K * rx, cy - ry, cx, cy - ry);
    dibujo.cubic_to(cx + K * rx, cy - ry, cx + rx, cy - K * ry, cx + rx, cy).close_path();
}

fn recta(dibujo: &mut Content, x0: f32, x1: f32, y: f32) {
    dibujo.move_to(x0, y).line_to(x1, y);
}

/// A wavy line of small angles.
fn ola(dibujo: &mut Content, x0: f32, x1: f32, y: f32) {
    const PASO: f32 = 2.0;
    dibujo.move_to(x0, y);
    let pasos = (((x1 - x0) / PASO) as usize).min(MAX_PUNTOS);
    for n in 1..=pasos {
        dibujo.line_to(x0 + PASO * n as f32, if n % 2 == 1 { y + PASO } else { y });
    }
}

fn quebrada(dibujo: &mut Content, puntos: &[[f32; 2]]) {
    let Some(([x, y], resto)) = puntos.split_first() else { return };
    dibujo.move_to(*x, *y);
    for [x, y] in resto {
        dibujo.line_to(*x, *y);
    }
}

fn caja(rect: &Rect) -> [f32; 4] {
    [rect.x0, rect.y0, rect.width(), rect.height()].map(|n| n as f32)
}

fn lista(anotacion: &Dict<'_>, clave: &str) -> Vec<[f32; 2]> {
    anotacion.get::<Array<'_>>(clave).map(|lista| puntos(&lista)).unwrap_or_default()
}

fn puntos(lista: &Array<'_>) -> Vec<[f32; 2]> {
    let numeros: Vec<f32> = lista.iter::<f32>().take(2 * MAX_PUNTOS).collect();
    numeros.chunks_exact(2).map(|par| [par[0], par[1]]).filter(|p| p.iter().all(|n| n.abs() < MUY_LEJOS)).collect()
}

/// The width of lines that the file asks for.
fn grosor(anotacion: &Dict<'_>) -> Option<f32> {
    let de_estilo = anotacion.get::<Dict<'_>>("BS").and_then(|bs| bs.get::<f32>("W"));
    de_estilo.or_else(|| anotacion.get::<Array<'_>>("Border")?.iter::<Object<'_>>().nth(2)?.into_f32())
}

/// Lines are dashed if the file asks for that.
fn discontinuo(dibujo: &mut Content, anotacion: &Dict<'_>) {
    let Some(estilo) = anotacion.get::<Dict<'_>>("BS") else { return };
    if estilo.get::<Name<'_>>("S").is_some_and(|estilo| *estilo == *b"D") {
        let rayas: Vec<f32> = estilo
            .get::<Array<'_>>("D")
            .map(|rayas| rayas.iter::<f32>().take(8).filter(|n| (0.5..1000.0).contains(n)).collect())
            .unwrap_or_default();
        dibujo.set_dash_pattern(if rayas.is_empty() { vec![3.0] } else { rayas }, 0.0);
    }
}

/// The boxes [x0, y0, x1, y1] of the marked lines, or the whole rectangle.
fn renglones(anotacion: &Dict<'_>, rect: &Rect) -> Vec<[f32; 4]> {
    let puntos: Vec<f32> = anotacion
        .get::<Array<'_>>("QuadPoints")
        .map(|a| a.iter::<f32>().take(8 * MAX_RENGLONES).collect())
        .unwrap_or_default();
    let extremos = |n: [f32; 4]| n.into_iter().fold((f32::MAX, f32::MIN), |(a, b), v| (a.min(v), b.max(v)));
    let cajas: Vec<[f32; 4]> = puntos
        .chunks_exact(8)
        .filter(|q| q.iter().all(|n| n.abs() < MUY_LEJOS))
        .map(|q| {
            let (x0, x1) = extremos([q[0], q[2], q[4], q[6]]);
            let (y0, y1) = extremos([q[1], q[3], q[5], q[7]]);
            [x0, y0, x1, y1]
        })
        .collect();
    if cajas.is_empty() { vec![[rect.x0, rect.y0, rect.x1, rect.y1].map(|n| n as f32)] } else { cajas }
}

/// A colour of one, three or four components as RGB; `None` for a transparent one.
fn color(anotacion: &Dict<'_>, clave: &str) -> Option<[f32; 3]> {
    let c: Vec<f32> = anotacion.get::<Array<'_>>(clave)?.iter::<f32>().take(4).map(|v| v.clamp(0.0, 1.0)).collect();
    match c[..] {
        [gris] => Some([gris; 3]),
        [r, g, b] => Some([r, g, b]),
        [c, m, y, k] => Some([c, m, y].map(|tinta| (1.0 - tinta) * (1.0 - k))),
        _ => None,
    }
}
