//! Transfers: a line each, with its expediente and its bar; newest last.

use super::super::hit::Target;
use super::super::{Painter, text};
use super::{foot_rows, footer, frame, more, scroll_to};
use crate::state::transfers::{EstadoTransfer, Job, Transfer};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Cells of the box.
const WIDTH: u16 = 96;
/// Cells of the number of the expediente.
const NUMBER: u16 = 8;

/// Draws it.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect, selected: usize) {
    let items = &p.state.transfers.items;
    let why = items.iter().filter_map(|item| match &item.estado {
        EstadoTransfer::Fallido(sentence) => Some(sentence.clone()),
        _ => None,
    });
    let foot = foot_rows(area, WIDTH, why);
    let height = items.len().max(1) as u16 + 2 + foot;
    let keys = if items.is_empty() { "pista-cerrar" } else { "pista-transferencias" };
    let (title, keys) = (p.texts.text("titulo-transferencias"), p.texts.text(keys));
    let mut inside = frame(p, area, WIDTH, height, &title, &keys);
    if items.is_empty() {
        p.put(inside.x, inside.y, &text::cut(&p.texts.text("sin-transferencias"), inside.width.into()), p.theme.dim);
        return;
    }
    if foot > 0 {
        let why = match items.get(selected).map(|item| &item.estado) {
            Some(EstadoTransfer::Fallido(sentence)) => sentence.as_str(),
            _ => "",
        };
        inside = footer(p, inside, foot, why, p.theme.bad);
    }
    let first = scroll_to(selected, inside.height);
    more(p, first, inside.height, items.len());
    for (row, (at, transfer)) in items.iter().enumerate().skip(first).take(usize::from(inside.height)).enumerate() {
        let place = Rect { y: inside.y + row as u16, height: 1, ..inside };
        let base = (at == selected).then_some(p.theme.selection);
        if let Some(base) = base {
            p.fill(place, base);
            p.cursor(place.x, place.y);
        }
        line(p, place, transfer, base);
        p.click(place, Target::Item(at));
    }
}

/// Direction, name, bar, and how it stands. `base` is the style of the selected line.
fn line(p: &mut Painter<'_, '_>, row: Rect, transfer: &Transfer, base: Option<Style>) {
    let (arrow, numero) = match &transfer.job {
        Job::Upload { expediente, .. } => (p.sign("↑", "^"), p.numero(*expediente)),
        Job::Download { .. } => (p.sign("↓", "v"), String::new()),
    };
    let percent = (transfer.done.saturating_mul(100) / transfer.total.max(1)).min(100);
    let (what, style) = match &transfer.estado {
        EstadoTransfer::EnCola => (p.texts.text("transferencia-en-cola"), p.theme.dim),
        EstadoTransfer::EnCurso => (format!("{percent:>3} %  {}/s", text::bytes(transfer.rate)), p.theme.text),
        EstadoTransfer::Hecho(_) => (p.texts.text("transferencia-hecha"), p.theme.ok),
        EstadoTransfer::Fallido(sentence) => (sentence.clone(), p.theme.bad),
        EstadoTransfer::Cancelado => (p.texts.text("transferencia-cancelada"), p.theme.dim),
    };
    let in_bar = |style| base.unwrap_or(style);
    let name = row.width / 2;
    p.put(row.x, row.y, arrow, in_bar(p.theme.key));
    let number_width = NUMBER.min(name.saturating_sub(8));
    p.put(row.x + 2, row.y, &text::left(&numero, usize::from(number_width)), in_bar(p.theme.dim));
    let label = text::cut_middle(&transfer.nombre, usize::from(name.saturating_sub(4 + number_width)));
    p.put(row.x + 3 + number_width, row.y, &label, in_bar(p.theme.overlay));
    let moving = matches!(transfer.estado, EstadoTransfer::EnCola | EstadoTransfer::EnCurso | EstadoTransfer::Hecho(_));
    let width = if moving { row.width / 5 } else { 0 };
    bar(p, Rect { x: row.x + name, width, ..row }, percent, in_bar(style));
    let x = row.x + name + width + u16::from(moving);
    p.put(x, row.y, &text::cut(&what, usize::from(row.right().saturating_sub(x))), in_bar(style));
}

fn bar(p: &mut Painter<'_, '_>, area: Rect, percent: u64, style: Style) {
    let full = (u64::from(area.width) * percent / 100) as usize;
    let (on, off) = (p.sign("━", "#"), p.sign("─", "-"));
    let line = on.repeat(full) + &off.repeat(usize::from(area.width) - full);
    p.put(area.x, area.y, &line, style);
}
