//! History, what is missing, transfers, log.

use super::super::hit::Target;
use super::super::{Painter, text};
use super::{frame, scroll_to};
use crate::state::mensajes::Nivel;
use crate::state::overlay::History;
use crate::state::transfers::{EstadoTransfer, Job, Transfer};
use api::expediente::HistorialEntrada;
use domain::campo;
use domain::gate::{EstadoRequisito, Falta};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Who changed what and when, newest first.
pub fn history(p: &mut Painter<'_, '_>, area: Rect, history: &History) {
    let inside = frame(p, area, 110, area.height, &p.texts.text("titulo-historial"), &p.texts.text("pista-historial"));
    let Some(entries) = &history.entries.value else {
        let sentence = history.entries.error.clone().unwrap_or_else(|| {
            if history.entries.is_slow(p.state.now) { p.texts.text("cargando") } else { String::new() }
        });
        p.put(inside.x, inside.y, &text::cut(&sentence, usize::from(inside.width)), p.theme.dim);
        return;
    };
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
        let when =
            format!("{} {}", text::day(&entry.cuando, p.state.today), entry.cuando.get(11..16).unwrap_or_default());
        p.put(place.x, place.y, &text::left(&when, 14), dim);
        p.put(place.x + 15, place.y, &text::left(&entry.quien, 20), dim);
        let what = what_changed(p, entry);
        p.put(place.x + 36, place.y, &text::cut(&what, usize::from(place.width.saturating_sub(38))), base);
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
pub fn missing(p: &mut Painter<'_, '_>, area: Rect, offset: usize) {
    let Some(detalle) = &p.state.documentos.detalle.value else { return };
    let title = p.texts.with("titulo-que-falta", &[("numero", detalle.numero.clone().into())]);
    let inside = frame(p, area, 76, detalle.faltas.len() as u16 + 3, &title, &p.texts.text("pista-que-falta"));
    if detalle.faltas.is_empty() {
        p.put(inside.x, inside.y, &text::cut(&p.texts.text("no-falta-nada"), usize::from(inside.width)), p.theme.ok);
        return;
    }
    for (row, falta) in
        detalle.faltas.iter().skip(offset.min(detalle.faltas.len() - 1)).take(usize::from(inside.height)).enumerate()
    {
        let y = inside.y + row as u16;
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
        let fase = p
            .state
            .modelo
            .as_ref()
            .and_then(|m| m.modelo.fase(&falta.fase))
            .map(|fase| fase.nombre.clone())
            .unwrap_or_default();
        p.put(inside.x, y, glyph, style);
        let third = usize::from(inside.width) / 2;
        p.put(inside.x + 2, y, &text::left(&falta.nombre, third), p.theme.strong);
        p.put(
            inside.x + 3 + third as u16,
            y,
            &text::cut(&format!("{how} · {fase}"), usize::from(inside.width).saturating_sub(third + 3)),
            p.theme.dim,
        );
    }
    p.cursor(inside.x, inside.y);
}

/// Transfers with bars, newest last.
pub fn transfers(p: &mut Painter<'_, '_>, area: Rect, selected: usize) {
    let items = &p.state.transfers.items;
    let inside = frame(
        p,
        area,
        96,
        (items.len() as u16 + 3).max(5),
        &p.texts.text("titulo-transferencias"),
        &p.texts.text("pista-transferencias"),
    );
    if items.is_empty() {
        p.put(inside.x, inside.y, &p.texts.text("sin-transferencias"), p.theme.dim);
    }
    let first = scroll_to(selected, inside.height);
    for (row, (at, transfer)) in items.iter().enumerate().skip(first).take(usize::from(inside.height)).enumerate() {
        let place = Rect { y: inside.y + row as u16, height: 1, ..inside };
        if at == selected {
            p.fill(place, p.theme.selection_dim);
            p.cursor(place.x, place.y);
        }
        transfer_row(p, place, transfer);
        p.click(place, Target::Item(at));
    }
}

fn transfer_row(p: &mut Painter<'_, '_>, place: Rect, transfer: &Transfer) {
    let arrow = match transfer.job {
        Job::Upload { .. } => p.sign("↑", "^"),
        Job::Download { .. } => p.sign("↓", "v"),
    };
    let percent = (transfer.done * 100 / transfer.total.max(1)).min(100);
    let (what, style) = match &transfer.estado {
        EstadoTransfer::EnCola => (p.texts.text("transferencia-en-cola"), p.theme.dim),
        EstadoTransfer::EnCurso => (format!("{percent:>3} %  {}/s", text::bytes(transfer.rate)), p.theme.text),
        EstadoTransfer::Hecho(_) => (p.texts.text("transferencia-hecha"), p.theme.ok),
        EstadoTransfer::Fallido(sentence) => (sentence.clone(), p.theme.bad),
        EstadoTransfer::Cancelado => (p.texts.text("transferencia-cancelada"), p.theme.dim),
    };
    let name_width = usize::from(place.width) / 3;
    p.put(place.x, place.y, arrow, p.theme.key);
    p.put(place.x + 2, place.y, &text::cut_middle(&transfer.nombre, name_width.saturating_sub(3)), p.theme.overlay);
    let bar_x = place.x + name_width as u16;
    let bar_width = place.width / 4;
    let failed = matches!(transfer.estado, EstadoTransfer::Fallido(_));
    let what_x = if failed { bar_x } else { bar_x + bar_width + 1 };
    if !failed {
        bar(p, Rect { x: bar_x, width: bar_width, ..place }, percent, style);
    }
    p.put(what_x, place.y, &text::cut(&what, usize::from(place.right().saturating_sub(what_x))), style);
}

fn bar(p: &mut Painter<'_, '_>, area: Rect, percent: u64, style: Style) {
    let full = (u64::from(area.width) * percent / 100) as usize;
    let (on, off) = (p.sign("━", "#"), p.sign("─", "-"));
    let line = on.repeat(full) + &off.repeat(usize::from(area.width) - full);
    p.put(area.x, area.y, &line, style);
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
