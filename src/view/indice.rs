//! Pane 4: the index, read or edited, and conflicts resolved field by field.

use super::form::{self, Form};
use super::hit::Target;
use super::{Painter, pane, text};
use crate::state::Pane;
use crate::state::indice::{Resolve, visible_fields};
use domain::campo;
use ratatui::layout::Rect;

/// Draws it.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect) {
    let state = p.state;
    let detalle = state.documentos.detalle.value.as_ref();
    let edit = state.indice.edit.as_ref();
    let title = detalle.map(|detalle| detalle.numero.clone()).unwrap_or_default();
    let inside = pane::frame(p, Pane::Indice, area, &title, &right(p));
    let body = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    p.hits.indice_grid = (usize::from(body.height), usize::from(form::columns(body.width)));
    if let Some(resolve) = edit.and_then(|edit| edit.conflict.as_ref()) {
        return conflict(p, body, resolve);
    }
    let Some(detalle) = detalle else {
        let sentence = if state.documentos.detalle.is_slow(state.now) {
            p.texts.text("cargando")
        } else {
            p.texts.text("indice-sin-expediente")
        };
        return pane::empty(p, body, &sentence);
    };
    let fields = visible_fields(state);
    let here = edit.filter(|edit| edit.expediente == detalle.id);
    let focused = state.focus == Pane::Indice && state.overlays.is_empty();
    let form = Form { fields: &fields, indice: &detalle.indice, edit: here, selected: state.indice.selected, focused };
    for (at, cell) in form::draw(p, body, &form) {
        p.click(cell, Target::Row(Pane::Indice, at));
    }
}

/// `rev. 14`, or how many changes wait to be saved, or that the edit is of another expediente.
fn right(p: &Painter<'_, '_>) -> String {
    let detalle = p.state.documentos.detalle.value.as_ref();
    match (&p.state.indice.edit, detalle) {
        (Some(edit), Some(detalle)) if edit.expediente != detalle.id => p.texts.text("edicion-en-otro-titulo"),
        (Some(edit), _) if edit.saving.is_some() => p.texts.text("guardando"),
        (Some(edit), _) => p.texts.with("cambios-sin-guardar", &[("n", edit.texts.len().into())]),
        (None, Some(detalle)) if detalle.cerrado => {
            format!("{} · {}", p.texts.text("cerrado"), revision(p, detalle.revision))
        }
        (None, Some(detalle)) => revision(p, detalle.revision),
        (None, None) => String::new(),
    }
}

fn revision(p: &Painter<'_, '_>, revision: i64) -> String {
    p.texts.with("rev", &[("n", revision.to_string().into())])
}

/// Field, mine, theirs, and which is kept.
fn conflict(p: &mut Painter<'_, '_>, body: Rect, resolve: &Resolve) {
    let Some(definicion) = p.state.modelo.clone() else { return };
    let lines = text::wrap(&p.texts.text("conflicto-que-hacer"), usize::from(body.width));
    for (row, line) in lines.iter().enumerate() {
        p.put(body.x, body.y + row as u16, line, p.theme.pending);
    }
    let third = usize::from(body.width / 3).saturating_sub(1);
    let mut y = body.y + lines.len() as u16;
    let heads = [String::new(), p.texts.text("lo-mio"), p.texts.text("lo-suyo")];
    for (column, head) in heads.iter().enumerate() {
        p.put(body.x + (column * (third + 1)) as u16, y, &text::left(head, third), p.theme.dim);
    }
    y += 1;
    for (row, (id, mine)) in resolve.mine.iter().enumerate() {
        let at = y + row as u16;
        let Some(campo) = definicion.modelo.campo(id).filter(|_| at < body.bottom()) else { break };
        let show =
            |valor: Option<&domain::Valor>| valor.map_or_else(|| "—".to_owned(), |valor| campo::show(campo, valor));
        let theirs = resolve.conflicto.campos.iter().find(|changed| changed.campo == *id);
        let (my_value, their_value) =
            (show(resolve.values.get(id).and_then(Option::as_ref)), show(theirs.and_then(|t| t.ahora.as_ref())));
        let who = theirs.map(|changed| changed.quien.clone()).unwrap_or_default();
        let selected = row == resolve.selected;
        if selected {
            p.fill(Rect { y: at, height: 1, ..body }, p.theme.selection_dim);
            p.cursor(body.x, at);
        }
        let radio = |taken: bool| if taken { "(•)" } else { "( )" };
        p.put(body.x, at, &text::left(&campo.nombre, third), p.theme.strong);
        let (mine_style, their_style) = if *mine { (p.theme.ok, p.theme.dim) } else { (p.theme.dim, p.theme.ok) };
        p.put(body.x + (third + 1) as u16, at, &text::left(&format!("{} {my_value}", radio(*mine)), third), mine_style);
        let their_text = format!("{} {their_value} · {who}", radio(!*mine));
        p.put(body.x + (2 * (third + 1)) as u16, at, &text::left(&their_text, third), their_style);
    }
}
