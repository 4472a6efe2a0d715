//! Choosing entidad and modelo: one filtered list.

use super::super::hit::Target;
use super::super::{Painter, pane, text};
use super::{hint, is_low, titled};
use ratatui::layout::Rect;

/// The whole screen.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect) {
    let rows = p.state.eleccion.rows();
    let body = titled(p, area, 60, (rows.len() as u16 + 8).max(12));
    let low = is_low(area);
    if !low {
        let greeting =
            p.state.persona.as_ref().map(|persona| p.texts.with("hola", &[("nombre", persona.nombre.clone().into())]));
        p.put(body.x, body.y, &text::cut(&greeting.unwrap_or_default(), usize::from(body.width)), p.theme.text);
        p.put(body.x, body.y + 1, &p.texts.text("elija-entidad-modelo"), p.theme.dim);
    }
    let filter = Rect { x: body.x, y: body.y + if low { 0 } else { 3 }, width: body.width, height: 1 };
    // No box where there is nothing to filter.
    if !has_nothing(p) {
        p.put(filter.x, filter.y, "/", p.theme.accent);
        let field = Rect { x: filter.x + 2, width: filter.width.saturating_sub(2), ..filter };
        p.field(field, &p.state.eleccion.filter, false, true);
    }
    let top = filter.y + if low { 1 } else { 2 };
    let list = Rect { y: top, height: area.bottom().saturating_sub(top + 1), ..body };
    let entidades = &p.state.eleccion.entidades;
    if rows.is_empty() {
        let sentence = match (&entidades.error, &entidades.value) {
            (Some(error), _) => error.clone(),
            (None, None) if entidades.is_slow(p.state.now) => p.texts.text("cargando"),
            (None, None) => String::new(),
            (None, Some(all)) if all.is_empty() => p.texts.text("sin-entidades"),
            _ => p.texts.text("filtro-sin-resultados"),
        };
        pane::empty(p, Rect { height: list.height.min(3), ..list }, &sentence);
    }
    let first = p.state.eleccion.selected.saturating_sub(usize::from(list.height).saturating_sub(1));
    for (row, (at, elegido)) in rows.iter().enumerate().skip(first).take(usize::from(list.height)).enumerate() {
        let place = Rect { y: list.y + row as u16, height: 1, ..list };
        let selected = at == p.state.eleccion.selected;
        let base = if selected { p.theme.selection } else { p.theme.text };
        if selected {
            p.fill(place, base);
        }
        let arrow = p.sign("▸", ">");
        p.put(
            place.x + 1,
            place.y,
            &text::left(&elegido.entidad_nombre, 22),
            if selected { base } else { p.theme.dim },
        );
        p.put(
            place.x + 24,
            place.y,
            &format!("{arrow} {}", text::cut(&elegido.modelo_nombre, usize::from(list.width.saturating_sub(27)))),
            if selected { base } else { p.theme.strong },
        );
        p.click(place, Target::Item(at));
    }
    let key = hint_key(p);
    hint(p, area, key);
}

fn has_nothing(p: &Painter<'_, '_>) -> bool {
    p.state.eleccion.entidades.value.as_ref().is_some_and(Vec::is_empty)
}

/// Only keys that do something here: where there is nothing to choose, and nowhere to go back to, none is left but to quit.
fn hint_key(p: &Painter<'_, '_>) -> &'static str {
    let eleccion = &p.state.eleccion;
    let goes_back = eleccion.actual.is_some() || !eleccion.filter.value().is_empty();
    match (has_nothing(p), goes_back) {
        (true, false) => "pista-salir",
        (true, true) => "pista-volver",
        (false, false) => "pista-elegir-sin-volver",
        (false, true) => "pista-elegir",
    }
}
