//! The digital signatures of a document: who, when, and what the file itself proves.

use super::super::hit::Target;
use super::super::preview::verdict;
use super::super::{Painter, layout, text};
use super::{footer, frame, more, scroll_to};
use crate::update::preview::firmas::here;
use api::documento::FirmaVista;
use ratatui::layout::Rect;

/// Cells of the box.
const WIDTH: u16 = 92;
/// Most rows for all that is known of the selected one.
const FOOT_MAX: usize = 8;

/// Draws them; below, all that is known of the selected one.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect, selected: usize) {
    let state = p.state;
    let firmas = here(state).map(|firmas| firmas.firmas.as_slice()).unwrap_or_default();
    let cells = usize::from(layout::centred(area, WIDTH, 3).width.saturating_sub(4));
    let foot = firmas.iter().map(|firma| details(p, firma, cells).len()).max().unwrap_or_default().min(FOOT_MAX) as u16;
    let height = firmas.len().max(1) as u16 + 3 + foot;
    let title = p.texts.text("titulo-firmas");
    let mut inside = frame(p, area, WIDTH, height, &title, &p.texts.text("pista-mensajes"));
    if let Some(firma) = firmas.get(selected) {
        let foot = foot.min(inside.height.saturating_sub(2));
        let lines = details(p, firma, cells);
        let top = inside.bottom() - foot;
        for (row, line) in (top..inside.bottom()).zip(&lines) {
            p.put(inside.x, row, line, p.theme.overlay);
        }
        inside = footer(p, inside, foot + 1, "", p.theme.overlay);
    }
    let first = scroll_to(selected, inside.height);
    more(p, first, inside.height, firmas.len());
    for (row, (at, firma)) in (inside.y..).zip(firmas.iter().enumerate().skip(first).take(inside.height.into())) {
        let place = Rect { y: row, height: 1, ..inside };
        let (mark, word, style) = verdict(p, firma);
        let is_selected = at == selected;
        let base = if is_selected { p.theme.selection } else { p.theme.overlay };
        if is_selected {
            p.fill(place, base);
            p.cursor(place.x, row);
        }
        let when = firma.fecha.as_deref().map(|fecha| p.moment(fecha)).unwrap_or_default();
        let right = format!("{when}  {mark} {word}");
        let room = usize::from(place.width).saturating_sub(text::width(&right) + 2);
        p.put(place.x, row, &text::cut(&firma.firmante, room), base);
        let x = place.right().saturating_sub(text::width(&right) as u16);
        p.put(x, row, &right, if is_selected { base } else { style });
        p.click(place, Target::Item(at));
    }
}

/// Each thing that is known, in a line of its own.
fn details(p: &Painter<'_, '_>, firma: &FirmaVista, cells: usize) -> Vec<String> {
    let said =
        |key: &str, value: &str| (!value.is_empty()).then(|| p.texts.with(key, &[("valor", value.to_owned().into())]));
    let when = firma.fecha.as_deref().map(|fecha| p.moment(fecha)).unwrap_or_default();
    let stamped = if firma.sellada { "firma-sellada" } else { "firma-sin-sello" };
    let covers = if firma.cubre_todo { "firma-cubre-todo" } else { "firma-no-cubre-todo" };
    let lines = [
        said("firma-emisor", &firma.emisor),
        said(stamped, &when),
        said("firma-motivo", &firma.motivo),
        said("firma-lugar", &firma.lugar),
        Some(p.texts.text(covers)),
        (!firma.detalle.is_empty()).then(|| firma.detalle.clone()),
        Some(p.texts.text("firma-no-juzga")),
    ];
    lines.into_iter().flatten().flat_map(|line| text::wrap(&line, cells)).collect()
}
