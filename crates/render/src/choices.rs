//! What a list box shows: its options from the first visible one on, those chosen on blue (ISO 32000-1, 12.7.4.4).

use hayro::hayro_syntax::object::{Array, Dict, Object, Rect};
use pdf_writer::Content;

use crate::fields::{Estilo, ORILLA, cadena, escribir, heredado, texto_pdf};

/// Options looked at; a list for people has fewer.
const MAX_OPCIONES: usize = 2000;
/// The colour that the ISO's own example has behind chosen options.
const ELEGIDA: [f32; 3] = [0.6, 0.75, 0.86];

/// Draws the options that find room; false when there are none.
pub fn lista(dibujo: &mut Content, campo: &Dict<'_>, rect: &Rect, estilo: &Estilo) -> bool {
    let opciones: Vec<(String, String)> = heredado::<Array<'_>>(campo, "Opt")
        .map(|opciones| opciones.iter::<Object<'_>>().take(MAX_OPCIONES).filter_map(opcion).collect())
        .unwrap_or_default();
    if opciones.is_empty() {
        return false;
    }
    let elegidas: Vec<String> = match heredado::<Object<'_>>(campo, "V") {
        Some(Object::Array(varias)) => varias.iter::<Object<'_>>().filter_map(cadena).map(|v| texto_pdf(&v)).collect(),
        Some(una) => cadena(una).map(|v| texto_pdf(&v)).into_iter().collect(),
        None => Vec::new(),
    };
    let [x, y, ancho, alto] = [rect.x0, rect.y0, rect.width(), rect.height()].map(|n| n as f32);
    let cuerpo = if estilo.cuerpo > 0.0 { estilo.cuerpo } else { 12.0 };
    let paso = cuerpo * 1.15;
    let primera = heredado::<u32>(campo, "TI").unwrap_or(0) as usize;
    dibujo.rect(x, y, ancho, alto).clip_nonzero().end_path();
    for (n, (valor, texto)) in opciones.iter().skip(primera).enumerate() {
        let arriba = y + alto - ORILLA - paso * n as f32;
        if arriba < y {
            break;
        }
        if elegidas.contains(valor) || elegidas.contains(texto) {
            let [r, g, b] = ELEGIDA;
            dibujo.set_fill_rgb(r, g, b).rect(x, arriba - paso, ancho, paso).fill_nonzero();
        }
        let [r, g, b] = estilo.color;
        dibujo.set_fill_rgb(r, g, b);
        escribir(dibujo, texto, estilo, cuerpo, x + ORILLA, arriba - cuerpo * 0.9);
    }
    true
}

/// What an option is worth, and what people see of it.
fn opcion(opcion: Object<'_>) -> Option<(String, String)> {
    match opcion {
        Object::Array(par) => {
            let mut par = par.iter::<Object<'_>>().filter_map(cadena).map(|bytes| texto_pdf(&bytes));
            let valor = par.next()?;
            let texto = par.next().unwrap_or_else(|| valor.clone());
            Some((valor, texto))
        }
        otra => {
            let texto = texto_pdf(&cadena(otra)?);
            Some((texto.clone(), texto))
        }
    }
}
