//! Pane 2: documents in the order of the checklist, with what is missing at its place.

use super::hit::Target;
use super::{Painter, pane, text};
use crate::state::Pane;
use crate::state::documentos::Line;
use domain::gate::{EstadoRequisito, Falta, Requisito};
use ratatui::layout::Rect;

/// From these inside widths on a line has the state as a word, who brought it, and when.
const WITH_WORD: u16 = 68;
const WITH_PERSON: u16 = 84;
const WITH_DAY: u16 = 48;

/// Draws it.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect) {
    let state = p.state;
    let documentos = &state.documentos;
    let detalle = documentos.detalle.value.as_ref();
    let title = detalle.map(|detalle| detalle.numero.clone()).unwrap_or_default();
    let inside = pane::frame(p, Pane::Documentos, area, &title, &count(p));
    let rows = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    p.hits.documentos_height = usize::from(rows.height);
    let lines = documentos.lines();
    if lines.is_empty() {
        let sentence = match (detalle, &documentos.detalle.error) {
            (None, Some(error)) => error.clone(),
            (None, None) if documentos.detalle.is_slow(state.now) => p.texts.text("cargando"),
            (None, None) if documentos.detalle.pending.is_some() => String::new(),
            (None, None) => p.texts.text("documentos-sin-expediente"),
            (Some(_), _) => p.texts.text("documentos-vacio"),
        };
        return pane::empty(p, rows, &sentence);
    }
    for (line, (at, item)) in
        lines.iter().enumerate().skip(documentos.offset).take(usize::from(rows.height)).enumerate()
    {
        draw_line(p, inside, Rect { y: rows.y + line as u16, height: 1, ..rows }, at, item);
    }
}

/// `7 · faltan 2`: documents alone, as the list and the search count them; fields stand under "qué falta".
fn count(p: &Painter<'_, '_>) -> String {
    let Some(detalle) = &p.state.documentos.detalle.value else { return String::new() };
    let missing = detalle.faltas.iter().filter(|falta| matches!(falta.falta, Falta::Documento { .. })).count();
    let total = detalle.documentos.len();
    let mut text = total.to_string();
    if missing > 0 {
        text.push_str(&format!(" · {}", p.texts.with("faltan", &[("n", missing.into())])));
    }
    match p.state.documentos.marked.len() {
        0 => text,
        n => format!("{} · {text}", p.texts.with("marcados", &[("n", n.into())])),
    }
}

fn draw_line(p: &mut Painter<'_, '_>, inside: Rect, row: Rect, at: usize, line: &Line<'_>) {
    let selected = at == p.state.documentos.selected;
    let bar = Rect { x: inside.x, width: inside.width, ..row };
    let base = if selected { p.selection(Pane::Documentos) } else { p.theme.text };
    if selected {
        p.fill(bar, base);
    }
    p.click(bar, Target::Row(Pane::Documentos, at));
    let (tipo, estado) = match line {
        Line::Documento(documento) => (&documento.tipo, EstadoRequisito::from(documento.estado)),
        Line::Falta(requisito) => (&requisito.tipo, EstadoRequisito::Falta),
    };
    if let Line::Documento(documento) = line
        && p.state.documentos.marked.contains(&documento.id)
    {
        p.put(bar.x, row.y, p.sign("▌", "*"), base.patch(p.theme.mark));
    }
    // What a later fase will ask for is no fault yet.
    let later = matches!(line, Line::Falta(requisito) if is_later(p, requisito));
    let (glyph, mut glyph_style) = p.mark_of(estado);
    if later {
        glyph_style = p.theme.dim;
    }
    let style = |wanted| if selected { base } else { base.patch(wanted) };
    p.put(row.x, row.y, glyph, style(glyph_style));
    let word = if row.width >= WITH_WORD { 11 } else { 0 };
    if word > 0 {
        let word_text = p.texts.text(match estado {
            EstadoRequisito::Validado => "estado-validado",
            EstadoRequisito::Pendiente => "estado-pendiente",
            EstadoRequisito::Rechazado => "estado-rechazado",
            EstadoRequisito::Falta if later => "estado-mas-adelante",
            EstadoRequisito::Falta => "estado-falta",
        });
        p.put(row.x + 2, row.y, &text::cut(&word_text, word - 1), style(glyph_style));
    }
    let names = p.state.modelo.as_ref();
    let name = names.and_then(|m| m.modelo.tipo(tipo)).map_or_else(|| tipo.to_string(), |tipo| tipo.nombre.clone());
    let start = row.x + 2 + word as u16;
    let who = if row.width >= WITH_PERSON { 13 } else { 0 };
    let when = if row.width >= WITH_DAY { 9 } else { 0 };
    let room = usize::from(row.right().saturating_sub(start)).saturating_sub(who + when);
    let type_width = (room * 48 / 100).max(12).min(room);
    let Line::Documento(documento) = line else {
        p.put(start, row.y, &text::left(&name, room), style(if later { p.theme.dim } else { p.theme.text }));
        return cursor(p, row, selected);
    };
    p.put(start, row.y, &text::cut(&name, type_width), style(p.theme.strong));
    let file_width = room.saturating_sub(type_width + 1 + usize::from(who > 0));
    let (what, what_style) = if documento.motivo.is_empty() {
        (text::cut_middle(&documento.nombre, file_width), p.theme.text)
    } else {
        (text::cut(&documento.motivo, file_width), p.theme.bad)
    };
    p.put(start + type_width as u16 + 1, row.y, &what, style(what_style));
    if who > 0 {
        p.put(row.right() - (who + when) as u16, row.y, &text::left(&documento.por, who - 1), style(p.theme.dim));
    }
    if when > 0 {
        let day = p.day(&documento.fecha);
        p.put(row.right() - when as u16, row.y, &text::right(&day, when), style(p.theme.dim));
    }
    cursor(p, row, selected);
}

/// Whether a type belongs to a fase after the one the expediente is in.
fn is_later(p: &Painter<'_, '_>, requisito: &Requisito) -> bool {
    let (Some(detalle), Some(definicion)) = (&p.state.documentos.detalle.value, &p.state.modelo) else { return false };
    definicion.modelo.fase_index(&requisito.fase) > definicion.modelo.fase_index(&detalle.fase)
}

fn cursor(p: &mut Painter<'_, '_>, row: Rect, selected: bool) {
    if selected && p.state.focus == Pane::Documentos {
        p.cursor(row.x, row.y);
    }
}
