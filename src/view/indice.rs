//! Pane 4: the index, read or edited.

use super::form::{self, Form};
use super::hit::Target;
use super::{Painter, conflict, hint_bar, layout, pane};
use crate::state::Pane;
use crate::state::conexion::EstadoConexion;
use crate::state::indice::visible_fields;
use ratatui::layout::Rect;

/// Draws it.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect) {
    let state = p.state;
    let detalle = state.documentos.detalle.value.as_ref();
    let edit = state.indice.edit.as_ref();
    let title = detalle.map(|detalle| detalle.numero.clone()).unwrap_or_default();
    let inside = pane::frame(p, Pane::Indice, area, &title, &right(p));
    // The first cell is the mark's.
    let body = Rect { width: inside.width.saturating_sub(1), ..inside };
    let body = help_at_foot(p, body);
    let body = value_at_foot(p, body);
    p.hits.indice_grid = (usize::from(body.height), usize::from(form::columns(body.width)));
    if let Some(resolve) = edit.and_then(|edit| edit.conflict.as_ref()) {
        let place = Rect { x: body.x + 1, width: body.width.saturating_sub(1), ..body };
        let (above, below) = conflict::draw(p, place, resolve);
        return pane::more(p, Pane::Indice, area, above, below);
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
    let drawn = form::draw(p, body, &form);
    pane::more(p, Pane::Indice, area, drawn.above, drawn.below);
    for (at, cell) in drawn.cells {
        p.click(cell, Target::Row(Pane::Indice, at));
    }
}

/// What the field that is being edited is for stands below the form when the bottom line is too short for it; answers what is left.
fn help_at_foot(p: &mut Painter<'_, '_>, body: Rect) -> Rect {
    let typing = p.state.indice.edit.as_ref().is_some_and(|edit| edit.conflict.is_none());
    if !typing || p.state.focus != Pane::Indice || !p.state.is_editing_here() {
        return body;
    }
    match hint_bar::help_for_foot(p) {
        Some(help) => form::foot(p, body, &help),
        None => body,
    }
}

/// The value under the cursor stands whole below the form when it is cut in it; while one types its field shows any part of it.
fn value_at_foot(p: &mut Painter<'_, '_>, body: Rect) -> Rect {
    let state = p.state;
    let Some(detalle) = &state.documentos.detalle.value else { return body };
    if state.focus != Pane::Indice || state.is_editing_here() {
        return body;
    }
    let fields = visible_fields(state);
    let selected = state.indice.selected;
    let form = Form { fields: &fields, indice: &detalle.indice, edit: None, selected, focused: true };
    match form::too_long(&form, body.width, state.today) {
        Some(value) => form::foot_value(p, body, &value),
        None => body,
    }
}

/// `rev. 14`, or how many changes wait to be saved, or that the edit is of another expediente; each also shorter.
fn right(p: &Painter<'_, '_>) -> Vec<String> {
    let detalle = p.state.documentos.detalle.value.as_ref();
    let both = |long: &str, short: &str| vec![p.texts.text(long), p.texts.text(short)];
    match (&p.state.indice.edit, detalle) {
        (Some(edit), Some(detalle)) if edit.expediente != detalle.id => {
            both("edicion-en-otro-titulo", "edicion-en-otro-corto")
        }
        (Some(edit), _) if edit.saving.is_some() => match p.state.conexion.estado {
            EstadoConexion::SinConexion { .. } => both("guardado-espera", "guardado-espera-corto"),
            _ => vec![p.texts.text("guardando")],
        },
        (Some(edit), _) => {
            let n = edit.texts.len();
            let with = |key| p.texts.with(key, &[("n", n.into())]);
            vec![with("cambios-sin-guardar"), with("cambios-sin-guardar-corto")]
        }
        (None, Some(detalle)) if detalle.cerrado => {
            let closed = format!("{} · {}", p.texts.text("cerrado"), revision(p, detalle.revision));
            let whose = asesor(p).map(|asesor| format!("{asesor} · {closed}"));
            whose.into_iter().chain([closed, p.texts.text("cerrado")]).collect()
        }
        (None, Some(detalle)) => {
            let revision = revision(p, detalle.revision);
            let whose = asesor(p).map(|asesor| format!("{asesor} · {revision}"));
            whose.into_iter().chain([revision]).collect()
        }
        (None, None) => Vec::new(),
    }
}

/// Whose it is; in two columns the documents say it beside this pane.
fn asesor(p: &Painter<'_, '_>) -> Option<String> {
    let beside = !p.state.zoomed && (layout::MEDIUM..layout::WIDE).contains(&p.frame.area().width);
    p.asesor().filter(|_| !beside)
}

fn revision(p: &Painter<'_, '_>, revision: i64) -> String {
    p.texts.with("rev", &[("n", revision.to_string().into())])
}
