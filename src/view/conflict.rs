//! A conflict, resolved field by field: what one has typed, what somebody else has saved meanwhile, and which of the two is kept.

use super::{Painter, text};
use crate::state::indice::Resolve;
use domain::campo;
use domain::{CampoId, Valor};
use ratatui::layout::Rect;
use std::collections::BTreeSet;

/// Draws it in place of the form.
pub fn draw(p: &mut Painter<'_, '_>, body: Rect, resolve: &Resolve) {
    let mut y = body.y;
    // In a low pane the hint line has to do.
    if body.height > 8 {
        let others = others(p, resolve);
        let who = [("quien", others.join(", ").into()), ("n", others.len().into())];
        let who = p.texts.with("conflicto-que-hacer", &who);
        for line in text::wrap(&who, usize::from(body.width)) {
            p.put(body.x, y, &line, p.theme.pending);
            y += 1;
        }
        y += 1;
    }
    let label = (body.width / 4).min(24);
    let half = (body.width - label) / 2;
    let columns = [(body.x + label, "lo-mio"), (body.x + label + half, "lo-suyo")];
    for (x, key) in columns {
        // Below the radio buttons' values.
        p.put(x + 4, y, &text::cut(&p.texts.text(key), usize::from(half.saturating_sub(5))), p.theme.dim);
    }
    y += 1;
    let room = body.bottom().saturating_sub(y + 2).max(1);
    let first = resolve.selected.saturating_sub(usize::from(room) - 1);
    for (row, (id, mine)) in resolve.mine.iter().enumerate().skip(first).take(usize::from(room)) {
        let place = Rect { y: y + (row - first) as u16, height: 1, ..body };
        if place.y >= body.bottom() {
            break;
        }
        line(p, place, (label, half), resolve, id, *mine, row == resolve.selected);
    }
    let used = y + (resolve.mine.len().saturating_sub(first) as u16).min(room);
    whole(p, Rect { y: used + 1, height: body.bottom().saturating_sub(used + 2), ..body }, resolve);
    if let Some(who) = who(p, resolve) {
        p.put(body.x, body.bottom().saturating_sub(1), &text::cut(&who, usize::from(body.width)), p.theme.dim);
    }
}

/// Both values of the selected field from end to end, where there is room: nobody chooses between two beginnings.
fn whole(p: &mut Painter<'_, '_>, area: Rect, resolve: &Resolve) {
    let Some(id) = resolve.mine.keys().nth(resolve.selected) else { return };
    let values = values(p, resolve, id);
    let width = usize::from(area.width);
    let said = ["lo-mio", "lo-suyo"].into_iter().zip(&values);
    let lines = said.flat_map(|(key, value)| text::wrap(&format!("{}: {value}", p.texts.text(key)), width));
    for (row, line) in lines.take(usize::from(area.height)).enumerate() {
        p.put(area.x, area.y + row as u16, &line, p.theme.text);
    }
}

/// My value of a field, and theirs.
fn values(p: &Painter<'_, '_>, resolve: &Resolve, id: &CampoId) -> [String; 2] {
    let campo = p.state.modelo.as_ref().and_then(|definicion| definicion.modelo.campo(id));
    let show = |valor: Option<&Valor>| match (campo, valor) {
        (Some(campo), Some(valor)) => campo::show(campo, valor),
        _ => "—".to_owned(),
    };
    let theirs = resolve.conflicto.campos.iter().find(|changed| changed.campo == *id);
    [show(resolve.values.get(id).and_then(Option::as_ref)), show(theirs.and_then(|t| t.ahora.as_ref()))]
}

/// Field, my value, theirs.
fn line(
    p: &mut Painter<'_, '_>,
    row: Rect,
    (label, half): (u16, u16),
    resolve: &Resolve,
    id: &CampoId,
    mine: bool,
    selected: bool,
) {
    let Some(definicion) = p.state.modelo.clone() else { return };
    let Some(campo) = definicion.modelo.campo(id) else { return };
    let values = values(p, resolve, id);
    let style = |wanted| if selected { p.theme.selection } else { wanted };
    let styles = [style(p.theme.strong), style(p.theme.ok), style(p.theme.dim)];
    if selected {
        p.fill(row, p.theme.selection);
        p.cursor(row.x, row.y);
    }
    p.put(row.x, row.y, &text::cut(&campo.nombre, usize::from(label.saturating_sub(1))), styles[0]);
    for (at, value) in values.iter().enumerate() {
        let kept = (at == 0) == mine;
        let radio = if kept { p.sign("(•)", "(*)") } else { "( )" };
        let cell = format!("{radio} {}", text::cut(value, usize::from(half.saturating_sub(5))));
        p.put(row.x + label + half * at as u16, row.y, &cell, if kept { styles[1] } else { styles[2] });
    }
}

/// Who has changed the fields at stake, each once.
fn others(p: &Painter<'_, '_>, resolve: &Resolve) -> Vec<String> {
    let at_stake = resolve.conflicto.campos.iter().filter(|changed| resolve.mine.contains_key(&changed.campo));
    let names: BTreeSet<String> = at_stake.map(|changed| p.persona(&changed.quien)).collect();
    names.into_iter().map(|name| text::cut(&name, 40)).collect()
}

/// Who changed the selected field, and when.
fn who(p: &Painter<'_, '_>, resolve: &Resolve) -> Option<String> {
    let id = resolve.mine.keys().nth(resolve.selected)?;
    let theirs = resolve.conflicto.campos.iter().find(|changed| changed.campo == *id)?;
    Some(format!("{} · {}", p.persona(&theirs.quien), p.moment(&theirs.cuando)))
}
