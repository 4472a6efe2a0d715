//! History, what is missing, log.

use super::super::hit::Target;
use super::super::{Painter, layout, text};
use super::{frame, more, scroll_to};
use crate::action::Action;
use crate::action::info::disabled_reason;
use crate::state::mensajes::Nivel;
use crate::state::overlay::History;
use api::expediente::HistorialEntrada;
use domain::campo;
use domain::gate::{EstadoRequisito, Falta};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Least rows of the list that stay when what the selected entry says takes many.
const ROWS_MIN: u16 = 3;

/// Who changed what and when, newest first; below, all that the selected entry says.
pub fn history(p: &mut Painter<'_, '_>, area: Rect, history: &History) {
    let width = 116;
    let cells = usize::from(layout::centred(area, width, 3).width.saturating_sub(4));
    let entries = history.entries.value.as_deref().unwrap_or_default();
    let can_undo = entries.get(history.selected).is_some_and(|entry| entry.deshacible);
    let keys = if can_undo { "pista-historial" } else { "pista-mensajes" };
    let (title, keys) = (p.texts.text("titulo-historial"), p.texts.text(keys));
    // As many rows as the longest of them needs: the list stays where it is when one moves in it.
    let whole = entries.iter().map(|entry| whole(p, entry, cells).len()).max().unwrap_or_default() as u16;
    let inside = frame(p, area, width, entries.len().max(1) as u16 + 3 + whole, &title, &keys);
    if history.entries.value.is_none() {
        let sentence = history.entries.error.clone().unwrap_or_else(|| {
            if history.entries.is_slow(p.state.now) { p.texts.text("cargando") } else { String::new() }
        });
        p.put(inside.x, inside.y, &text::cut(&sentence, cells), p.theme.dim);
        return;
    }
    let foot = whole.min(inside.height.saturating_sub(ROWS_MIN + 1));
    let list = Rect { height: inside.height.saturating_sub(foot + u16::from(foot > 0)), ..inside };
    if let Some(entry) = entries.get(history.selected) {
        let lines = whole_within(p, entry, cells, usize::from(foot));
        for (row, line) in (list.bottom() + 1..).zip(&lines) {
            p.put(inside.x, row, line, p.theme.overlay);
        }
    }
    // A name is cut only where it would leave too little of what was done.
    let longest = entries.iter().map(|entry| text::width(&p.persona(&entry.quien))).max().unwrap_or_default();
    let who = longest.min((cells / 3).max(16));
    let first = scroll_to(history.selected, list.height);
    more(p, first, list.height, entries.len());
    for (row, (at, entry)) in entries.iter().enumerate().skip(first).take(usize::from(list.height)).enumerate() {
        let place = Rect { y: list.y + row as u16, height: 1, ..list };
        let selected = at == history.selected;
        let base = if selected { p.theme.selection } else { p.theme.overlay };
        if selected {
            p.fill(place, base);
            p.cursor(place.x, place.y);
        }
        let dim = if selected { base } else { p.theme.dim };
        p.put(place.x, place.y, &p.moment(&entry.cuando), dim);
        p.put(place.x + 13, place.y, &text::cut(&p.persona(&entry.quien), who), dim);
        let x = 15 + who as u16;
        let what = text::cut(&what_changed(p, entry), usize::from(place.width.saturating_sub(x + 2)));
        p.put(place.x + x, place.y, &what, base);
        if entry.deshacible {
            p.put(place.right() - 1, place.y, p.sign("↶", "u"), if selected { base } else { p.theme.key });
        }
        p.click(place, Target::Item(at));
    }
}

/// All that an entry says: a line for each field, as long as they fit; then one after the other.
fn whole_within(p: &Painter<'_, '_>, entry: &HistorialEntrada, cells: usize, rows: usize) -> Vec<String> {
    let lines = whole(p, entry, cells);
    if lines.len() <= rows { lines } else { text::wrap_within(&details(p, entry).join(" · "), cells, rows) }
}

fn whole(p: &Painter<'_, '_>, entry: &HistorialEntrada, cells: usize) -> Vec<String> {
    let parts = if entry.campos.is_empty() { vec![what_changed(p, entry)] } else { details(p, entry) };
    parts.iter().flat_map(|part| text::wrap(part, cells)).collect()
}

fn what_changed(p: &Painter<'_, '_>, entry: &HistorialEntrada) -> String {
    let (label, details) = (clase(p, entry), details(p, entry));
    if details.is_empty() { label } else { format!("{label} · {}", details.join(" · ")) }
}

fn clase(p: &Painter<'_, '_>, entry: &HistorialEntrada) -> String {
    let clase =
        serde_json::to_value(entry.clase).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
    p.texts.text(&format!("clase-{clase}"))
}

/// Each field with what it was and what it is, then what else there is to say.
fn details(p: &Painter<'_, '_>, entry: &HistorialEntrada) -> Vec<String> {
    let definicion = p.state.modelo.as_ref();
    let fields = entry.campos.iter().map(|change| {
        let campo = definicion.and_then(|definicion| definicion.modelo.campo(&change.campo));
        let show = |valor: &Option<domain::Valor>| match (campo, valor) {
            (_, None) => "—".to_owned(),
            (Some(campo), Some(valor)) => campo::show(campo, valor),
            // A field the modelo has no longer.
            (None, Some(valor)) => valor.as_texto().unwrap_or("…").to_owned(),
        };
        let name = campo.map_or_else(|| change.campo.to_string(), |campo| campo.nombre.clone());
        format!("{name}: {} → {}", show(&change.antes), show(&change.ahora))
    });
    fields.chain((!entry.texto.is_empty()).then(|| entry.texto.clone())).collect()
}

/// Cells of the box that says what is missing.
const MISSING: u16 = 76;

/// What keeps the expediente from leaving its fase.
pub fn missing(p: &mut Painter<'_, '_>, area: Rect, selected: usize) {
    let Some(detalle) = &p.state.documentos.detalle.value else { return };
    let title = p.texts.with("titulo-que-falta", &[("numero", detalle.numero.clone().into())]);
    let height = detalle.faltas.len().max(1) as u16 + 2;
    let can = |action| disabled_reason(action, p.state).is_none();
    let keys = match (detalle.faltas.is_empty(), can(Action::Advance), can(Action::Force)) {
        _ if detalle.cerrado && can(Action::Retreat) => "pista-cerrado",
        _ if detalle.cerrado => "pista-cerrar",
        (true, true, _) => "pista-puede-avanzar",
        (false, _, true) => "pista-que-falta",
        (false, _, false) => "pista-que-falta-ir",
        (true, false, _) => "pista-cerrar",
    };
    if detalle.cerrado || detalle.faltas.is_empty() {
        let (said, style) = match (detalle.cerrado, can(Action::Retreat)) {
            (true, true) => ("cerrado-que-hacer", p.theme.text),
            (true, false) => ("cerrado-quien", p.theme.text),
            (false, _) => ("no-falta-nada", p.theme.ok),
        };
        let cells = layout::centred(area, MISSING, 3).width.saturating_sub(4);
        let lines = text::wrap(&p.texts.text(said), usize::from(cells));
        let inside = frame(p, area, MISSING, lines.len() as u16 + 2, &title, &p.texts.text(keys));
        for (row, line) in (inside.y..inside.bottom()).zip(&lines) {
            p.put(inside.x, row, line, style);
        }
        return;
    }
    let inside = frame(p, area, MISSING, height, &title, &p.texts.text(keys));
    let first = selected.saturating_sub(usize::from(inside.height).saturating_sub(1));
    more(p, first, inside.height, detalle.faltas.len());
    for (row, falta) in detalle.faltas.iter().skip(first).take(usize::from(inside.height)).enumerate() {
        let y = inside.y + row as u16;
        let is_selected = row + first == selected;
        let (glyph, style, how) = match &falta.falta {
            Falta::Documento { estado, .. } => {
                let (glyph, style) = p.mark_of(*estado);
                let key = match estado {
                    EstadoRequisito::Pendiente => "falta-validar",
                    EstadoRequisito::Rechazado => "falta-rechazado",
                    EstadoRequisito::Falta | EstadoRequisito::Validado => "falta-documento",
                };
                (glyph, style, p.texts.text(key))
            }
            Falta::Avisos { .. } => (p.sign("!", "!"), p.theme.pending, p.texts.text("falta-aviso")),
            Falta::Campo { .. } => (p.sign("○", "o"), p.theme.bad, p.texts.text("falta-campo")),
        };
        // That it is of the fase at hand goes without saying.
        let modelo = p.state.modelo.as_ref().filter(|_| falta.fase != detalle.fase);
        let how = match modelo.and_then(|m| m.modelo.fase(&falta.fase)) {
            Some(fase) => format!("{how} · {}", fase.nombre),
            None => how,
        };
        let half = usize::from(inside.width) * 9 / 20;
        let room = usize::from(inside.width).saturating_sub(half + 3);
        let (style, strong, dim) = match is_selected {
            true => (p.theme.selection, p.theme.selection, p.theme.selection),
            false => (style, p.theme.strong, p.theme.dim),
        };
        if is_selected {
            p.fill(Rect { y, height: 1, ..inside }, p.theme.selection);
            p.cursor(inside.x, y);
        }
        p.put(inside.x, y, glyph, style);
        p.put(inside.x + 2, y, &text::cut(&falta.nombre, half), strong);
        p.put(inside.x + 3 + half as u16, y, &text::cut(&how, room), dim);
    }
}

/// Everything the program has told, newest last.
pub fn log(p: &mut Painter<'_, '_>, area: Rect, offset: usize) {
    let inside = frame(p, area, 110, area.height, &p.texts.text("titulo-mensajes"), &p.texts.text("pista-mensajes"));
    let log = &p.state.mensajes.log;
    if log.is_empty() {
        p.put(inside.x, inside.y, &p.texts.text("sin-mensajes"), p.theme.dim);
    }
    let height = usize::from(inside.height);
    let room = usize::from(inside.width.saturating_sub(14));
    let end = log.len().saturating_sub(offset.min(log.len().saturating_sub(1)));
    // From the newest of them up, each whole, until the box is full.
    let mut lines: Vec<(String, String, Style)> = Vec::new();
    for mensaje in log.iter().take(end).rev() {
        if lines.len() >= height {
            break;
        }
        let style = match mensaje.nivel {
            Nivel::Hecho => p.theme.ok,
            Nivel::Aviso => p.theme.pending,
            Nivel::Error => p.theme.bad,
        };
        let ago = p.state.now.saturating_sub(mensaje.at) / 60_000;
        let when = p.texts.with("hace-minutos", &[("n", (ago as usize).into())]);
        let support = mensaje.peticion.as_ref().map(|id| format!(" [{id}]")).unwrap_or_default();
        let wrapped = text::wrap(&format!("{}{support}", p.texts.show(&mensaje.texto)), room);
        let heads = std::iter::once(when).chain(std::iter::repeat(String::new()));
        let said: Vec<_> = heads.zip(wrapped).map(|(head, line)| (head, line, style)).collect();
        lines.splice(0..0, said);
    }
    let hidden = lines.len().saturating_sub(height);
    for (row, (when, line, style)) in lines.iter().skip(hidden).enumerate() {
        let y = inside.y + row as u16;
        p.put(inside.x, y, &text::left(when, 13), p.theme.dim);
        p.put(inside.x + 14, y, line, *style);
    }
}
