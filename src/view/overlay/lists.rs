//! History, what is missing, log.

use super::super::hit::Target;
use super::super::{Painter, layout, text};
use super::{footer, frame, scroll_to};
use crate::state::mensajes::Nivel;
use crate::state::overlay::History;
use api::expediente::HistorialEntrada;
use domain::campo;
use domain::gate::{EstadoRequisito, Falta};
use ratatui::layout::Rect;

/// From this inside width on who and what have whole columns; under it what the selected entry is about stands at the foot.
const WIDE: u16 = 90;

/// Who changed what and when, newest first.
pub fn history(p: &mut Painter<'_, '_>, area: Rect, history: &History) {
    let count = history.entries.value.as_ref().map_or(0, Vec::len).max(1) as u16;
    let width = 116;
    let narrow = layout::centred(area, width, 3).width < WIDE + 4;
    let (title, keys) = (p.texts.text("titulo-historial"), p.texts.text("pista-historial"));
    let mut inside = frame(p, area, width, count + 2 + u16::from(narrow), &title, &keys);
    let Some(entries) = &history.entries.value else {
        let sentence = history.entries.error.clone().unwrap_or_else(|| {
            if history.entries.is_slow(p.state.now) { p.texts.text("cargando") } else { String::new() }
        });
        p.put(inside.x, inside.y, &text::cut(&sentence, usize::from(inside.width)), p.theme.dim);
        return;
    };
    if narrow {
        let whole = entries.get(history.selected).map(|entry| what_changed(p, entry)).unwrap_or_default();
        inside = footer(p, inside, &whole, p.theme.dim);
    }
    let who = if narrow { 16 } else { 24 };
    let first = scroll_to(history.selected, inside.height);
    for (row, (at, entry)) in entries.iter().enumerate().skip(first).take(usize::from(inside.height)).enumerate() {
        let place = Rect { y: inside.y + row as u16, height: 1, ..inside };
        let selected = at == history.selected;
        let base = if selected { p.theme.selection } else { p.theme.overlay };
        if selected {
            p.fill(place, base);
            p.cursor(place.x, place.y);
        }
        let dim = if selected { base } else { p.theme.dim };
        p.put(place.x, place.y, &p.moment(&entry.cuando), dim);
        p.put(place.x + 13, place.y, &text::cut(&entry.quien, who), dim);
        let x = 14 + who as u16;
        let what = text::cut(&what_changed(p, entry), usize::from(place.width.saturating_sub(x + 2)));
        p.put(place.x + x, place.y, &what, base);
        if entry.deshacible {
            p.put(place.right() - 1, place.y, p.sign("↶", "u"), if selected { base } else { p.theme.key });
        }
        p.click(place, Target::Item(at));
    }
}

fn what_changed(p: &Painter<'_, '_>, entry: &HistorialEntrada) -> String {
    let clase =
        serde_json::to_value(entry.clase).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
    let label = p.texts.text(&format!("clase-{clase}"));
    let modelo = p.state.modelo.as_ref();
    let fields = entry.campos.iter().filter_map(|change| {
        let campo = modelo?.modelo.campo(&change.campo)?;
        let show = |valor: &Option<domain::Valor>| {
            valor.as_ref().map_or_else(|| "—".to_owned(), |valor| campo::show(campo, valor))
        };
        Some(format!("{}: {} → {}", campo.nombre, show(&change.antes), show(&change.ahora)))
    });
    let details: Vec<String> = fields.chain((!entry.texto.is_empty()).then(|| entry.texto.clone())).collect();
    if details.is_empty() { label } else { format!("{label} · {}", details.join(" · ")) }
}

/// What keeps the expediente from leaving its fase.
pub fn missing(p: &mut Painter<'_, '_>, area: Rect, selected: usize) {
    let Some(detalle) = &p.state.documentos.detalle.value else { return };
    let title = p.texts.with("titulo-que-falta", &[("numero", detalle.numero.clone().into())]);
    let height = detalle.faltas.len().max(1) as u16 + 2;
    let inside = frame(p, area, 76, height, &title, &p.texts.text("pista-que-falta"));
    if detalle.faltas.is_empty() {
        p.put(inside.x, inside.y, &text::cut(&p.texts.text("no-falta-nada"), usize::from(inside.width)), p.theme.ok);
        return;
    }
    let offset = selected.saturating_sub(usize::from(inside.height).saturating_sub(1));
    for (row, falta) in detalle.faltas.iter().skip(offset).take(usize::from(inside.height)).enumerate() {
        let y = inside.y + row as u16;
        let is_selected = row + offset == selected;
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
    let end = log.len().saturating_sub(offset.min(log.len().saturating_sub(1)));
    for (row, mensaje) in log.iter().take(end).skip(end.saturating_sub(height)).enumerate() {
        let style = match mensaje.nivel {
            Nivel::Hecho => p.theme.ok,
            Nivel::Aviso => p.theme.pending,
            Nivel::Error => p.theme.bad,
        };
        let y = inside.y + row as u16;
        let ago = p.state.now.saturating_sub(mensaje.at) / 60_000;
        let when = p.texts.with("hace-minutos", &[("n", (ago as usize).into())]);
        p.put(inside.x, y, &text::left(&when, 13), p.theme.dim);
        let support = mensaje.peticion.as_ref().map(|id| format!("  [{id}]")).unwrap_or_default();
        let line = format!("{}{support}", p.texts.show(&mensaje.texto));
        p.put(inside.x + 14, y, &text::cut(&line, usize::from(inside.width.saturating_sub(14))), style);
    }
}
