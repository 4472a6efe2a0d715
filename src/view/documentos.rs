//! Pane 2: documents in the order of the checklist, with what is missing at its place.

use super::hit::Target;
use super::{Painter, layout, pane, text};
use crate::state::Pane;
use crate::state::documentos::Line;
use crate::state::notas::cuantas;
use domain::gate::{EstadoRequisito, Falta, Requisito};
use ratatui::layout::Rect;

/// From these inside widths on a line has the state as a word, who brought it, and when.
const WITH_WORD: u16 = 68;
const WITH_PERSON: u16 = 84;
const WITH_DAY: u16 = 48;
/// From this width on what a rejected document is called stands before its reason.
const WITH_NAME_AND_REASON: usize = 30;
/// Rows of documents that stay when the reason of the selected one is shown whole below them.
const ROWS_MIN: u16 = 3;

/// Draws it.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect) {
    let state = p.state;
    let documentos = &state.documentos;
    let detalle = documentos.detalle.value.as_ref();
    let title = detalle.map(|detalle| detalle.numero.clone()).unwrap_or_default();
    let inside = pane::frame(p, Pane::Documentos, area, &title, &right(p));
    let rows = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    let rows = reason(p, rows);
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
    // The reason below may just have taken some of the rows: the selected one stays in view.
    let height = usize::from(rows.height);
    let first = documentos.offset.max((documentos.selected + 1).saturating_sub(height));
    pane::more(p, Pane::Documentos, area, first, lines.len().saturating_sub(first + height));
    for (line, (at, item)) in lines.iter().enumerate().skip(first).take(height).enumerate() {
        draw_line(p, inside, Rect { y: rows.y + line as u16, height: 1, ..rows }, at, item);
    }
}

/// Why the selected document was rejected, whole, below the rows; answers what is left for them.
fn reason(p: &mut Painter<'_, '_>, rows: Rect) -> Rect {
    let Some(documento) = p.state.documentos.current().filter(|documento| !documento.motivo.is_empty()) else {
        return rows;
    };
    let most = usize::from(rows.height.saturating_sub(ROWS_MIN + 1));
    if most == 0 {
        return rows;
    }
    let lines = text::wrap_within(&documento.motivo, usize::from(rows.width.saturating_sub(2)), most);
    let height = lines.len() as u16;
    let top = rows.bottom() - height;
    p.put(rows.x, top, p.sign("✗", "x"), p.theme.bad);
    for (row, line) in (top..).zip(&lines) {
        p.put(rows.x + 2, row, line, p.theme.bad);
    }
    Rect { height: rows.height - height - 1, ..rows }
}

/// Whose they are, where no other pane says it beside this one, and how many.
fn right(p: &Painter<'_, '_>) -> Vec<String> {
    let counts = counts(p);
    let whose = p.asesor().filter(|_| p.frame.area().width < layout::WIDE);
    let ways = whose.iter().flat_map(|whose| counts.iter().map(move |count| format!("{whose} · {count}")));
    ways.chain(counts.iter().cloned()).collect()
}

/// How many documents there are, then how many notes and open avisos; without the notes where they do not fit.
fn counts(p: &Painter<'_, '_>) -> Vec<String> {
    let documentos = count(p);
    let Some((notas, avisos)) = p.state.documentos.detalle.value.as_ref().map(cuantas) else { return vec![documentos] };
    let part = |n: usize, key: &str| (n > 0).then(|| p.texts.with(key, &[("n", n.into())]));
    let noted: Vec<String> = [part(notas, "n-notas"), part(avisos, "n-avisos")].into_iter().flatten().collect();
    if noted.is_empty() {
        return vec![documentos];
    }
    let mut ways = vec![format!("{} · {documentos}", noted.join(" · "))];
    if avisos > 0 {
        ways.push(format!("{} {avisos} · {documentos}", p.sign("✉", "@")));
    }
    ways.push(documentos);
    ways
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
    let (glyph, glyph_style) = if later { p.mark_of_later() } else { p.mark_of(estado) };
    let style = |p: &Painter<'_, '_>, wanted| p.in_row(Pane::Documentos, selected, wanted);
    p.put(row.x, row.y, glyph, style(p, glyph_style));
    let word = if row.width >= WITH_WORD { 11 } else { 0 };
    if word > 0 {
        let word_text = p.texts.text(match estado {
            EstadoRequisito::Validado => "estado-validado",
            EstadoRequisito::Pendiente => "estado-pendiente",
            EstadoRequisito::Rechazado => "estado-rechazado",
            EstadoRequisito::Falta if later => "estado-mas-adelante",
            EstadoRequisito::Falta => "estado-falta",
        });
        p.put(row.x + 2, row.y, &text::cut(&word_text, word - 1), style(p, glyph_style));
    }
    let name = p.tipo(tipo);
    let start = row.x + 2 + word as u16;
    let who = if row.width >= WITH_PERSON { 13 } else { 0 };
    let when = if row.width >= WITH_DAY { 9 } else { 0 };
    let room = usize::from(row.right().saturating_sub(start)).saturating_sub(who + when);
    let type_width = (room * 48 / 100).max(12).min(room);
    let Line::Documento(documento) = line else {
        let wanted = if later { p.theme.dim } else { p.theme.text };
        p.put(start, row.y, &text::left(&name, room), style(p, wanted));
        return cursor(p, row, selected);
    };
    p.put(start, row.y, &text::cut(&name, type_width), style(p, p.theme.strong));
    let x = start + type_width as u16 + 1;
    let file_width = room.saturating_sub(type_width + 1 + usize::from(who > 0));
    // Under that width the reason alone: the sign says what it is about.
    let name_width = match (documento.motivo.is_empty(), file_width >= WITH_NAME_AND_REASON) {
        (true, _) => file_width,
        (false, true) => text::width(&documento.nombre).min(file_width * 9 / 20),
        (false, false) => 0,
    };
    p.put(x, row.y, &text::cut_middle(&documento.nombre, name_width), style(p, p.theme.text));
    let before = if name_width == 0 { 0 } else { name_width + 1 };
    if let Some(room) = file_width.checked_sub(before).filter(|_| !documento.motivo.is_empty()) {
        p.put(x + before as u16, row.y, &text::cut(&documento.motivo, room), style(p, p.theme.bad));
    }
    if who > 0 {
        p.put(row.right() - (who + when) as u16, row.y, &text::left(&documento.por, who - 1), style(p, p.theme.dim));
    }
    if when > 0 {
        let day = p.day(&documento.fecha);
        p.put(row.right() - when as u16, row.y, &text::right(&day, when), style(p, p.theme.dim));
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
        // On the blank before the sign, which a block cursor would hide.
        p.cursor(row.x.saturating_sub(1), row.y);
    }
}
