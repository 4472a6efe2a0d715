//! Pane 4: the index, read or edited.

use super::form::{self, Form};
use super::hit::Target;
use super::{Painter, conflict, pane};
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
    p.hits.indice_grid = (usize::from(body.height), usize::from(form::columns(body.width)));
    if let Some(resolve) = edit.and_then(|edit| edit.conflict.as_ref()) {
        return conflict::draw(p, Rect { x: body.x + 1, width: body.width.saturating_sub(1), ..body }, resolve);
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
        (Some(edit), _) if edit.saving.is_some() => match p.state.conexion.estado {
            EstadoConexion::SinConexion { .. } => p.texts.text("guardado-espera"),
            _ => p.texts.text("guardando"),
        },
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
