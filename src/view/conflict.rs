//! A conflict, resolved field by field: what one has typed, what somebody else has saved meanwhile, and which of the two is kept.

use super::{Painter, text};
use crate::state::indice::Resolve;
use api::expediente::CampoCambiado;
use domain::campo;
use domain::{CampoId, Valor};
use ratatui::layout::Rect;
use std::collections::BTreeSet;

/// Rows of fields that stay when there is room for more than the values.
const ROWS_MIN: usize = 3;
/// Longest name of a person, in cells.
const NAME: usize = 40;

/// Draws it in place of the form; answers how many rows of a value lie above and below what is shown.
pub fn draw(p: &mut Painter<'_, '_>, body: Rect, resolve: &Resolve) -> (usize, usize) {
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
    let said = whole(p, resolve, usize::from(body.width));
    let height = usize::from(body.bottom().saturating_sub(y));
    // Heading, blank and who it was give way where both values would not stand whole otherwise.
    let roomy = height >= said.len() + ROWS_MIN.min(resolve.mine.len()) + 3;
    if roomy {
        for (at, name) in names(p, resolve).iter().enumerate() {
            // Below the radio buttons' values.
            let x = body.x + label + half * at as u16 + 4;
            p.put(x, y, &text::cut(name, usize::from(half.saturating_sub(5))), p.theme.dim);
        }
        y += 1;
    }
    if !roomy && height <= said_by_other(p, resolve, usize::from(body.width)).len() {
        return alone(p, Rect { y, height: body.bottom().saturating_sub(y), ..body }, resolve);
    }
    let below = said.len() + if roomy { 2 } else { 0 };
    let room = usize::from(body.bottom().saturating_sub(y)).saturating_sub(below).max(1);
    let first = resolve.selected.saturating_sub(room - 1);
    for (row, (id, mine)) in resolve.mine.iter().enumerate().skip(first).take(room) {
        let place = Rect { y, height: 1, ..body };
        if place.y >= body.bottom() {
            break;
        }
        line(p, place, (label, half), resolve, id, *mine, row == resolve.selected);
        y += 1;
    }
    y += u16::from(roomy);
    for (row, line) in (y..body.bottom()).zip(&said) {
        p.put(body.x, row, line, p.theme.text);
    }
    if let (true, Some(who)) = (roomy, who(p, resolve)) {
        p.put(body.x, body.bottom().saturating_sub(1), &text::cut(&who, usize::from(body.width)), p.theme.dim);
    }
    (0, 0)
}

/// Both values of the selected field from end to end, the other's first: nobody chooses between two beginnings.
fn whole(p: &Painter<'_, '_>, resolve: &Resolve, width: usize) -> Vec<String> {
    let Some(id) = resolve.mine.keys().nth(resolve.selected) else { return Vec::new() };
    let ([name, _], [value, _]) = (names(p, resolve), values(p, resolve, id));
    let mut lines = said_by_other(p, resolve, width);
    lines.extend(text::wrap(&format!("{name}: {value}"), width));
    lines
}

/// The other's value of the selected field.
fn said_by_other(p: &Painter<'_, '_>, resolve: &Resolve, width: usize) -> Vec<String> {
    let Some(id) = resolve.mine.keys().nth(resolve.selected) else { return Vec::new() };
    let ([_, name], [_, value]) = (names(p, resolve), values(p, resolve, id));
    text::wrap(&format!("{name}: {value}"), width)
}

/// The other's value and whether it is kept, where there is room for nothing else: one's own is known. Answers what lies above and below.
fn alone(p: &mut Painter<'_, '_>, area: Rect, resolve: &Resolve) -> (usize, usize) {
    let Some((id, mine)) = resolve.mine.iter().nth(resolve.selected) else { return (0, 0) };
    let [_, value] = values(p, resolve, id);
    let radio = if *mine { "( )" } else { p.sign("(•)", "(*)") };
    let lines = text::wrap(&format!("{radio} {value}"), area.width.into());
    let height = usize::from(area.height);
    let first = resolve.offset.min(lines.len().saturating_sub(height));
    for (row, line) in (area.y..area.bottom()).zip(&lines[first..]) {
        p.put(area.x, row, line, p.theme.text);
    }
    p.cursor(area.x, area.y);
    (first, lines.len().saturating_sub(first + height))
}

/// Whose the two values of the selected field are.
fn names(p: &Painter<'_, '_>, resolve: &Resolve) -> [String; 2] {
    let quien = theirs(resolve).map(|theirs| text::cut(&p.persona(&theirs.quien), NAME)).unwrap_or_default();
    [p.texts.text("lo-mio"), p.texts.with("lo-de", &[("quien", quien.into())])]
}

/// What somebody else made of the selected field.
fn theirs(resolve: &Resolve) -> Option<&CampoCambiado> {
    let id = resolve.mine.keys().nth(resolve.selected)?;
    resolve.conflicto.campos.iter().find(|changed| changed.campo == *id)
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
    names.into_iter().map(|name| text::cut(&name, NAME)).collect()
}

/// Who changed the selected field, and when.
fn who(p: &Painter<'_, '_>, resolve: &Resolve) -> Option<String> {
    let theirs = theirs(resolve)?;
    Some(format!("{} · {}", p.persona(&theirs.quien), p.moment(&theirs.cuando)))
}
