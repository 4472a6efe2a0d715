//! Appearances for annotations that have none.
//!
//! The engine draws an annotation by its appearance stream. Programs that fill forms often leave it out and set
//! `NeedAppearances`, and some mark-up comes without one too, so that a filled order form would look empty. What such
//! annotations show is put on a transparent page of the same boxes and turn, drawn over the real one.
//! ISO 32000-1, 12.5.5 and 12.7.3.3.

use hayro::hayro_syntax::{
    Pdf as Documento,
    object::{Array, Dict, Name, Rect, Stream},
    page::{Page, Rotation},
};
use pdf_writer::{Content, Finish, Name as Nombre, Pdf, Rect as Caja, Ref, types::BlendMode};

use crate::fields::{self, Formulario};

/// Annotations looked at on a page; more is no form for people.
const MAX_ANOTACIONES: usize = 2000;
const OCULTA: u32 = 1 << 1;
const NO_SE_VE: u32 = 1 << 5;
/// Names of the resources of the overlaid page.
pub const HELVETICA: Nombre<'static> = Nombre(b"H");
pub const COURIER: Nombre<'static> = Nombre(b"C");
pub const TIMES: Nombre<'static> = Nombre(b"T");
pub const DINGBATS: Nombre<'static> = Nombre(b"Z");
const MULTIPLICA: Nombre<'static> = Nombre(b"M");

/// The page to draw over `page`, as a PDF; `None` when nothing is missing.
pub fn superponer(doc: &Documento, page: &Page<'_>) -> Option<Vec<u8>> {
    let anotaciones = page.raw().get::<Array<'_>>("Annots")?;
    let formulario = Formulario::de(doc);
    let mut dibujo = Content::new();
    for anotacion in anotaciones.iter::<Dict<'_>>().take(MAX_ANOTACIONES) {
        if anotacion.get::<u32>("F").unwrap_or(0) & (OCULTA | NO_SE_VE) != 0 {
            continue;
        }
        let Some(rect) = rectangulo(&anotacion) else { continue };
        dibujo.save_state();
        match anotacion.get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Widget") => fields::dibujar(&mut dibujo, &anotacion, &rect, &formulario),
            Some(clase) if !tiene_apariencia(&anotacion) => marca(&mut dibujo, clase, &anotacion, &rect),
            _ => {}
        }
        dibujo.restore_state();
    }
    let contenido = dibujo.finish();
    // Nothing but the saving and restoring of states.
    if contenido.as_slice().split(|b| b.is_ascii_whitespace()).all(|op| matches!(op, b"q" | b"Q" | b"")) {
        return None;
    }
    Some(hoja(page, &contenido))
}

/// Whether an annotation has a normal appearance that the engine can draw.
pub fn tiene_apariencia(anotacion: &Dict<'_>) -> bool {
    apariencia(anotacion).is_some()
}

/// The normal appearance of an annotation, for the state it is in.
pub fn apariencia<'a>(anotacion: &Dict<'a>) -> Option<Stream<'a>> {
    let ap = anotacion.get::<Dict<'_>>("AP")?;
    if let Some(stream) = ap.get::<Stream<'_>>("N") {
        return Some(stream);
    }
    ap.get::<Dict<'_>>("N")?.get::<Stream<'_>>(anotacion.get::<Name<'_>>("AS")?)
}

/// The annotation's rectangle, if it is one that can be drawn.
fn rectangulo(anotacion: &Dict<'_>) -> Option<Rect> {
    let r = anotacion.get::<Rect>("Rect")?;
    let sano = [r.x0, r.y0, r.x1, r.y1].iter().all(|n| n.abs() < 100_000.0);
    (sano && r.width() > 0.0 && r.height() > 0.0).then_some(r)
}

/// Mark-up: highlighter, lines under and through, boxes, circles, notes.
fn marca(dibujo: &mut Content, clase: &[u8], anotacion: &Dict<'_>, rect: &Rect) {
    let [x, y, ancho, alto] = [rect.x0, rect.y0, rect.width(), rect.height()].map(|n| n as f32);
    let grosor = anotacion.get::<Dict<'_>>("BS").and_then(|bs| bs.get::<f32>("W")).unwrap_or(1.0).clamp(0.0, 50.0);
    let trazo = color(anotacion, "C");
    let relleno = color(anotacion, "IC");
    match clase {
        b"Highlight" => {
            let [r, g, b] = trazo.unwrap_or([1.0, 0.9, 0.2]);
            dibujo.set_parameters(MULTIPLICA).set_fill_rgb(r, g, b);
            for [x0, y0, x1, y1] in renglones(anotacion, rect) {
                dibujo.rect(x0, y0, x1 - x0, y1 - y0).fill_nonzero();
            }
        }
        b"Underline" | b"Squiggly" | b"StrikeOut" => {
            let [r, g, b] = trazo.unwrap_or_default();
            dibujo.set_stroke_rgb(r, g, b).set_line_width(grosor);
            for [x0, y0, x1, y1] in renglones(anotacion, rect) {
                let altura = if clase == b"StrikeOut" { (y0 + y1) / 2.0 } else { y0 + grosor };
                dibujo.move_to(x0, altura).line_to(x1, altura).stroke();
            }
        }
        b"Square" | b"Circle" => {
            let m = grosor / 2.0;
            let forma = |dibujo: &mut Content| match clase {
                b"Square" => drop(dibujo.rect(x + m, y + m, ancho - grosor, alto - grosor)),
                _ => elipse(dibujo, [x + m, y + m, ancho - grosor, alto - grosor]),
            };
            if let Some([r, g, b]) = relleno {
                dibujo.set_fill_rgb(r, g, b);
                forma(dibujo);
                dibujo.fill_nonzero();
            }
            if let Some([r, g, b]) = trazo.filter(|_| grosor > 0.0) {
                dibujo.set_stroke_rgb(r, g, b).set_line_width(grosor);
                forma(dibujo);
                dibujo.stroke();
            }
        }
        b"Text" => {
            // A note's icon has one size, hung from the upper left corner.
            let [r, g, b] = trazo.unwrap_or([1.0, 0.9, 0.2]);
            let arriba = y + alto;
            dibujo.set_fill_rgb(r, g, b).set_stroke_gray(0.3).set_line_width(0.7);
            dibujo.rect(x, arriba - 16.0, 16.0, 16.0).fill_nonzero_and_stroke();
            for n in [4.0, 8.0, 12.0] {
                dibujo.move_to(x + 3.0, arriba - n).line_to(x + 13.0, arriba - n).stroke();
            }
        }
        b"FreeText" => fields::texto_libre(dibujo, anotacion, rect),
        _ => {}
    }
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

/// The boxes [x0, y0, x1, y1] of the marked lines, or the whole rectangle.
fn renglones(anotacion: &Dict<'_>, rect: &Rect) -> Vec<[f32; 4]> {
    let puntos: Vec<f32> =
        anotacion.get::<Array<'_>>("QuadPoints").map(|a| a.iter::<f32>().take(8 * 500).collect()).unwrap_or_default();
    let extremos = |n: [f32; 4]| n.into_iter().fold((f32::MAX, f32::MIN), |(a, b), v| (a.min(v), b.max(v)));
    let cajas: Vec<[f32; 4]> = puntos
        .chunks_exact(8)
        .filter(|q| q.iter().all(|n| n.abs() < 100_000.0))
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

/// A page of the same boxes and turn as `page`, with this content.
fn hoja(page: &Page<'_>, contenido: &[u8]) -> Vec<u8> {
    let [catalogo, arbol, hoja, cuerpo] = [1, 2, 3, 4].map(Ref::new);
    let fuentes: [(Nombre<'_>, Ref, &[u8]); 4] = [
        (HELVETICA, Ref::new(5), b"Helvetica"),
        (COURIER, Ref::new(6), b"Courier"),
        (TIMES, Ref::new(7), b"Times-Roman"),
        (DINGBATS, Ref::new(8), b"ZapfDingbats"),
    ];
    let caja = |r: Rect| Caja::new(r.x0 as f32, r.y0 as f32, r.x1 as f32, r.y1 as f32);
    let mut pdf = Pdf::new();
    pdf.catalog(catalogo).pages(arbol);
    pdf.pages(arbol).kids([hoja]).count(1);
    let mut p = pdf.page(hoja);
    p.parent(arbol).media_box(caja(page.media_box())).crop_box(caja(page.crop_box())).contents(cuerpo);
    p.rotate(match page.rotation() {
        Rotation::None => 0,
        Rotation::Horizontal => 90,
        Rotation::Flipped => 180,
        Rotation::FlippedHorizontal => 270,
    });
    let mut recursos = p.resources();
    recursos.fonts().pairs(fuentes.map(|(nombre, numero, _)| (nombre, numero)));
    let mut estados = recursos.ext_g_states();
    estados.insert(MULTIPLICA).start::<pdf_writer::writers::ExtGraphicsState<'_>>().blend_mode(BlendMode::Multiply);
    estados.finish();
    recursos.finish();
    p.finish();
    for (nombre, numero, base) in fuentes {
        let mut fuente = pdf.type1_font(numero);
        fuente.base_font(Nombre(base));
        if nombre != DINGBATS {
            fuente.encoding_predefined(Nombre(b"WinAnsiEncoding"));
        }
    }
    pdf.stream(cuerpo, contenido);
    pdf.finish()
}
