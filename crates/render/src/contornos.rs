//! Letters that Courier does not have: Greek, Cyrillic, the rest of Latin, arrows, check boxes.
//!
//! Their outlines, from the letters that documents made of templates are set in, go into the page as shapes: that
//! costs less than embedding a font of which two letters are used. What those do not have either is an empty box, so
//! that one sees that something stands there.

use pdf_writer::Content;
use skrifa::{
    FontRef, MetadataProvider,
    instance::{LocationRef, Size},
    outline::{DrawSettings, OutlinePen},
};

const NORMAL: &[u8] = include_bytes!("../../plantilla/fonts/OpenSans-Regular.ttf");
const NEGRITA: &[u8] = include_bytes!("../../plantilla/fonts/OpenSans-Bold.ttf");

/// The fonts, for whoever else sets text: regular and bold.
pub const FUENTES: [&[u8]; 2] = [NORMAL, NEGRITA];

/// Draws `c` at `(x, y)` into a place of that width, in letters of that size.
pub fn dibujar(dibujo: &mut Content, c: char, negrita: bool, (x, y): (f32, f32), (ancho, cuerpo): (f32, f32)) {
    if let Some(trazos) = contorno(c, negrita, cuerpo) {
        let escala = if trazos.ancho > ancho { ancho / trazos.ancho } else { 1.0 };
        let hueco = (ancho - trazos.ancho * escala) / 2.0;
        dibujo.save_state();
        dibujo.transform([escala, 0.0, 0.0, 1.0, x + hueco, y]);
        for trazo in &trazos.trazos {
            match *trazo {
                Trazo::Mover(x, y) => dibujo.move_to(x, y),
                Trazo::Linea(x, y) => dibujo.line_to(x, y),
                Trazo::Curva([x1, y1, x2, y2, x, y]) => dibujo.cubic_to(x1, y1, x2, y2, x, y),
                Trazo::Cerrar => dibujo.close_path(),
            };
        }
        dibujo.fill_nonzero();
        dibujo.restore_state();
    } else {
        casilla(dibujo, c, (x, y), (ancho, cuerpo));
    }
}

/// A box; with a cross in it for the boxes that say "checked".
fn casilla(dibujo: &mut Content, c: char, (x, y): (f32, f32), (ancho, cuerpo): (f32, f32)) {
    let (x, ancho, alto) = (x + ancho * 0.1, ancho * 0.8, cuerpo * 0.55);
    dibujo.save_state();
    dibujo.set_line_width(cuerpo * 0.06).rect(x, y, ancho, alto);
    if matches!(c, '☑' | '☒' | '✓' | '✔' | '✗' | '✘') {
        dibujo.move_to(x, y).line_to(x + ancho, y + alto);
        dibujo.move_to(x, y + alto).line_to(x + ancho, y);
    }
    dibujo.stroke();
    dibujo.restore_state();
}

struct Contorno {
    trazos: Vec<Trazo>,
    ancho: f32,
}

enum Trazo {
    Mover(f32, f32),
    Linea(f32, f32),
    Curva([f32; 6]),
    Cerrar,
}

fn contorno(c: char, negrita: bool, cuerpo: f32) -> Option<Contorno> {
    let fuente = FontRef::new(if negrita { NEGRITA } else { NORMAL }).ok()?;
    let letra = fuente.charmap().map(c)?;
    let tamano = Size::new(cuerpo);
    let ancho = fuente.glyph_metrics(tamano, LocationRef::default()).advance_width(letra)?;
    let mut pluma = Pluma::default();
    let ajustes = DrawSettings::unhinted(tamano, LocationRef::default());
    fuente.outline_glyphs().get(letra)?.draw(ajustes, &mut pluma).ok()?;
    Some(Contorno { trazos: pluma.trazos, ancho })
}

/// Notes an outline as PDF can draw it, which has no quadratic curves.
#[derive(Default)]
struct Pluma {
    trazos: Vec<Trazo>,
    lugar: (f32, f32),
}

impl OutlinePen for Pluma {
    fn move_to(&mut self, x: f32, y: f32) {
        self.trazos.push(Trazo::Mover(x, y));
        self.lugar = (x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.trazos.push(Trazo::Linea(x, y));
        self.lugar = (x, y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let dos_tercios = |desde: f32, hasta: f32| desde + (hasta - desde) * (2.0 / 3.0);
        let (x0, y0) = self.lugar;
        let curva = [dos_tercios(x0, cx), dos_tercios(y0, cy), dos_tercios(x, cx), dos_tercios(y, cy), x, y];
        self.trazos.push(Trazo::Curva(curva));
        self.lugar = (x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.trazos.push(Trazo::Curva([x1, y1, x2, y2, x, y]));
        self.lugar = (x, y);
    }

    fn close(&mut self) {
        self.trazos.push(Trazo::Cerrar);
    }
}
