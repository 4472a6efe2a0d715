//! Transfers: a line each, with its expediente and its bar, newest last; then the changes that wait for the line.

use super::super::hit::Target;
use super::super::{Painter, layout, text};
use super::{cambios, footer, frame, more, scroll_to};
use crate::state::cola::{self, Cambio};
use crate::state::transfers::{EstadoTransfer, Job, Transfer};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Cells of the box.
const WIDTH: u16 = 96;
/// Cells of the number of the expediente.
const NUMBER: u16 = 8;

/// Draws it.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect, selected: usize) {
    let state = p.state;
    let (items, queued) = (&state.transfers.items, cola::cambios(state));
    let count = items.len() + queued.len();
    // What waited may have been sent since one moved.
    let selected = selected.min(count.saturating_sub(1));
    let cells = usize::from(layout::centred(area, WIDTH, 3).width.saturating_sub(4));
    let said: Vec<Vec<String>> = (0..count)
        .map(|at| match (items.get(at).map(|item| &item.estado), at.checked_sub(items.len())) {
            (Some(EstadoTransfer::Fallido(sentence)), _) => text::wrap(sentence, cells),
            (None, Some(at)) => text::wrap(&cambios::named(p, &queued[at]).1, cells),
            _ => Vec::new(),
        })
        .collect();
    let own = said.get(selected).map(Vec::len).unwrap_or_default() as u16;
    let most = said.iter().map(Vec::len).max().unwrap_or_default() as u16;
    let height = count.max(1) as u16 + 2 + most;
    let keys = if selected < items.len() { "pista-transferencias" } else { "pista-cerrar" };
    let (title, keys) = (p.texts.text("titulo-transferencias"), p.texts.text(keys));
    let mut inside = frame(p, area, WIDTH, height, &title, &keys);
    if count == 0 {
        p.put(inside.x, inside.y, &text::cut(&p.texts.text("sin-transferencias"), inside.width.into()), p.theme.dim);
        return;
    }
    // The list stays where it is when one moves in it, unless there is no room for that.
    let foot = if count as u16 + most <= inside.height { most } else { own };
    let foot = foot.min(inside.height.saturating_sub(1));
    if foot > 0 {
        let style = if selected < items.len() { p.theme.bad } else { p.theme.overlay };
        let sentence = said.get(selected).map(|lines| lines.join(" ")).unwrap_or_default();
        inside = footer(p, inside, foot, &sentence, style);
    }
    let first = scroll_to(selected, inside.height);
    more(p, first, inside.height, count);
    for (row, at) in (first..count).take(usize::from(inside.height)).enumerate() {
        let place = Rect { y: inside.y + row as u16, height: 1, ..inside };
        let base = (at == selected).then_some(p.theme.selection);
        if let Some(base) = base {
            p.fill(place, base);
            p.cursor(place.x, place.y);
        }
        match items.get(at) {
            Some(transfer) => line(p, place, transfer, base),
            None => change(p, place, &queued[at - items.len()], base),
        }
        p.click(place, Target::Item(at));
    }
}

/// A change that waits: which, and for what.
fn change(p: &mut Painter<'_, '_>, row: Rect, cambio: &Cambio<'_>, base: Option<Style>) {
    let (numero, what) = cambios::named(p, cambio);
    let waits = p.texts.text(if cambio.waits() { "cola-espera" } else { "cola-en-curso" });
    label(p, row, p.sign("⇅", "^"), &numero, &what, base);
    let x = row.x + row.width / 2;
    let style = base.unwrap_or(p.theme.pending);
    p.put(x, row.y, &text::cut(&waits, usize::from(row.right().saturating_sub(x))), style);
}

/// Sign, number and name: the left half of a row.
fn label(p: &mut Painter<'_, '_>, row: Rect, sign: &str, numero: &str, name: &str, base: Option<Style>) {
    let in_bar = |style| base.unwrap_or(style);
    let half = row.width / 2;
    p.put(row.x, row.y, sign, in_bar(p.theme.key));
    let number_width = NUMBER.min(half.saturating_sub(8));
    p.put(row.x + 2, row.y, &text::left(numero, usize::from(number_width)), in_bar(p.theme.dim));
    let label = text::cut_middle(name, usize::from(half.saturating_sub(4 + number_width)));
    p.put(row.x + 3 + number_width, row.y, &label, in_bar(p.theme.overlay));
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
    label(p, row, arrow, &numero, &transfer.nombre, base);
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
