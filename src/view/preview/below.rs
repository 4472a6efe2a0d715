//! What stands below a page: the box for what is looked for in it, and who has signed it.

use super::super::{Painter, text};
use crate::state::Pane;
use crate::state::load::PATIENCE_MS;
use crate::state::preview::Half;
use crate::state::preview::find::Find;
use crate::update::preview::documento;
use api::documento::{EstadoFirma, FirmaVista};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Least cells of the field for what is looked for.
const FIELD_MIN: usize = 8;

/// The box, over the last row of the page.
pub fn find(p: &mut Painter<'_, '_>, half: Half, inside: Rect) {
    let state = p.state;
    let Some(find) = state.preview.find.as_ref().filter(|find| find.half == half) else { return };
    if inside.height < 2 || inside.width < 10 {
        return;
    }
    let row = Rect { y: inside.bottom() - 1, height: 1, ..inside };
    p.clear(row, p.theme.bar);
    let (said, style) = said(p, find);
    let room = usize::from(row.width).saturating_sub(2);
    let said = text::cut(&said, room.saturating_sub(FIELD_MIN + 3));
    let label = format!("{} ", p.texts.text("buscar-en-documento"));
    let label = if text::width(&label) + text::width(&said) + FIELD_MIN + 2 <= room { label } else { "/ ".to_owned() };
    let start = row.x + 1 + text::width(&label) as u16;
    let end = row.right().saturating_sub(text::width(&said) as u16 + 1);
    p.put(row.x + 1, row.y, &label, p.theme.bar.patch(p.theme.key));
    p.put(end, row.y, &said, p.theme.bar.patch(style));
    let field = Rect { x: start, width: end.saturating_sub(start + 1), ..row };
    let typing = find.typing && p.has_focus(Pane::Preview);
    if typing {
        p.field(field, &find.input, false, true);
    } else {
        p.put(field.x, row.y, &text::cut(find.input.value(), field.width.into()), p.theme.bar);
    }
}

/// `3 de 17`, or why not.
fn said(p: &Painter<'_, '_>, find: &Find) -> (String, Style) {
    let slow = find.pending.is_some_and(|(_, since)| p.state.now.saturating_sub(since) >= PATIENCE_MS);
    let is_current = find.input.value().trim() == find.of;
    match (&find.error, &find.found) {
        _ if slow => (p.texts.text("buscando"), p.theme.dim),
        (Some(error), _) if is_current => (error.clone(), p.theme.bad),
        (_, Some(found)) if is_current && found.hallazgos.is_empty() => {
            (p.texts.text("sin-coincidencias"), p.theme.bad)
        }
        (_, Some(found)) if is_current => {
            let key = if found.mas { "hallazgo-de-mas" } else { "hallazgo-de" };
            let total = found.hallazgos.len();
            (p.texts.with(key, &[("n", (find.at + 1).into()), ("total", total.into())]), p.theme.strong)
        }
        _ => (String::new(), p.theme.dim),
    }
}

/// Who has signed the document, over the last row of the page, where the box for what is looked for is not.
pub fn signed(p: &mut Painter<'_, '_>, half: Half, inside: Rect) {
    let finding = p.state.preview.find.as_ref().is_some_and(|find| find.half == half);
    if finding || inside.height < 3 || inside.width < 10 {
        return;
    }
    let Some(documento) = documento(p.state, half) else { return };
    let Some(firmas) = p.state.preview.firmas.get(&documento.sha256) else { return };
    let Some(worst) = firmas.firmas.iter().max_by_key(|firma| gravity(firma)) else { return };
    let (mark, word, style) = verdict(p, worst);
    let when = worst.fecha.as_deref().map(|fecha| format!(" {}", p.moment(fecha))).unwrap_or_default();
    let more = match firmas.firmas.len() {
        1 => String::new(),
        count => format!(" · +{}", count - 1),
    };
    let signed = p.texts.with("firmado-por", &[("nombre", text::plain(&worst.firmante).into())]);
    let (pen, room) = (p.sign("✎", "*"), usize::from(inside.width.saturating_sub(2)));
    let tail = format!(" {mark} {word}{more}");
    let ways = [format!("{pen} {signed}{when}{tail}"), format!("{pen} {signed}{tail}")];
    let fitting = ways.iter().find(|way| text::width(way) <= room).cloned();
    let label = fitting.unwrap_or_else(|| {
        let name = text::cut(&format!("{pen} {signed}"), room.saturating_sub(text::width(&tail)));
        format!("{name}{tail}")
    });
    let row = Rect { y: inside.bottom() - 1, height: 1, ..inside };
    p.clear(row, p.theme.bar);
    p.put(row.x + 1, row.y, &text::cut(&label, room), p.theme.bar.patch(style));
}

/// The worse, the more: what is to be known first.
fn gravity(firma: &FirmaVista) -> u8 {
    match (firma.estado, firma.cubre_todo) {
        (EstadoFirma::Integra, true) => 0,
        (EstadoFirma::Integra, false) => 1,
        (EstadoFirma::NoComprobada, _) => 2,
        (EstadoFirma::Alterada, _) => 3,
    }
}

/// Sign, word and style of what the check of a signature found.
pub fn verdict(p: &Painter<'_, '_>, firma: &FirmaVista) -> (&'static str, String, Style) {
    let (mark, key, style) = match gravity(firma) {
        0 => (p.sign("✓", "v"), "firma-integra", p.theme.ok),
        1 => (p.sign("✓", "v"), "firma-con-mas", p.theme.pending),
        2 => ("?", "firma-sin-comprobar", p.theme.pending),
        _ => (p.sign("✗", "x"), "firma-alterada", p.theme.bad),
    };
    (mark, p.texts.text(key), style)
}
