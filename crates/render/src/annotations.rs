//! Appearances for annotations that have none.
//!
//! The engine draws an annotation by its appearance stream. Programs that fill forms often leave it out and set
//! `NeedAppearances`, and some mark-up comes without one too, so that a filled order form would look empty. What such
//! annotations show is put on a transparent page of the same boxes and turn, drawn over the real one.
//! ISO 32000-1, 12.5.5 and 12.7.3.3.

use hayro::hayro_syntax::{
    Pdf as Documento,
    object::{Array, Dict, Name, Object, Rect, Stream},
    page::{Page, Rotation},
};
use pdf_writer::{Content, Finish, Name as Nombre, Pdf, Rect as Caja, Ref, types::BlendMode};

use crate::{
    fields::{self, Formulario},
    marks,
};

/// Annotations looked at on a page; more is no form for people.
const MAX_ANOTACIONES: usize = 2000;
const OCULTA: u32 = 1 << 1;
const NO_SE_VE: u32 = 1 << 5;
/// Names of the resources of the overlaid page.
pub const HELVETICA: Nombre<'static> = Nombre(b"H");
pub const COURIER: Nombre<'static> = Nombre(b"C");
pub const TIMES: Nombre<'static> = Nombre(b"T");
pub const DINGBATS: Nombre<'static> = Nombre(b"Z");
pub const MULTIPLICA: Nombre<'static> = Nombre(b"M");
const OPACIDADES: [&[u8]; 10] = [b"A0", b"A1", b"A2", b"A3", b"A4", b"A5", b"A6", b"A7", b"A8", b"A9"];

/// The page to draw over `page`, as a PDF; `None` when nothing is missing.
pub fn superponer(doc: &Documento, page: &Page<'_>) -> Option<Vec<u8>> {
    let anotaciones = page.raw().get::<Array<'_>>("Annots")?;
    let formulario = Formulario::de(doc);
    let mut dibujo = Content::new();
    // One that is missing must not hide those after it.
    for anotacion in anotaciones.iter::<Object<'_>>().take(MAX_ANOTACIONES).filter_map(Object::into_dict) {
        if anotacion.get::<u32>("F").unwrap_or(0) & (OCULTA | NO_SE_VE) != 0 {
            continue;
        }
        let rect = rectangulo(&anotacion);
        dibujo.save_state();
        match (anotacion.get::<Name<'_>>("Subtype").as_deref(), rect) {
            (Some(b"Widget"), Some(rect)) => fields::dibujar(&mut dibujo, &anotacion, &rect, &formulario),
            (Some(clase), rect) if !tiene_apariencia(&anotacion) => {
                marks::dibujar(&mut dibujo, clase, &anotacion, rect.as_ref());
            }
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

/// The state that makes what is drawn this opaque, in tenths; none for what hides all under it anyway.
pub fn transparencia(opacidad: f32) -> Option<Nombre<'static>> {
    // `as` saturates, and what is not a number becomes 0.
    OPACIDADES.get((opacidad * 10.0).round() as usize).map(|nombre| Nombre(nombre))
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
    for (n, nombre) in OPACIDADES.iter().enumerate() {
        let opacidad = n as f32 / 10.0;
        let mut estado = estados.insert(Nombre(nombre)).start::<pdf_writer::writers::ExtGraphicsState<'_>>();
        estado.stroking_alpha(opacidad).non_stroking_alpha(opacidad);
    }
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
