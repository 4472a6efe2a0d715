//! A page that stays while the selection moves on: two documents side by side.

use super::{load, load_half};
use crate::effect::Effect;
use crate::i18n::Text;
use crate::state::State;
use crate::state::preview::{Half, Pinned, Sheet};
use crate::update::mensajes;

/// Pins the page on screen; the pinned one is let go.
pub fn toggle(state: &mut State) -> Vec<Effect> {
    if state.preview.pinned.take().is_some() {
        state.preview.on_pinned = false;
        super::find::forget(state, Half::Pinned);
        return load(state);
    }
    let Some(documento) = state.documentos.current().cloned() else { return Vec::new() };
    let numero = state.documentos.detalle.value.as_ref().map(|detalle| detalle.numero.clone()).unwrap_or_default();
    let mut sheet = state.preview.sheet.clone();
    // What is on its way is the other one's.
    sheet.pending = None;
    state.preview.pinned = Some(Pinned { documento, numero, sheet });
    state.preview.on_pinned = false;
    let mut effects = load_half(state, Half::Pinned);
    effects.extend(mensajes::done(state, Text::key("pagina-fijada")));
    effects
}

/// The documents of an expediente have come: of a pinned one with a new version that one is shown, and one that was deleted is let go.
pub fn refresh(state: &mut State) -> Vec<Effect> {
    let Some(pinned) = &mut state.preview.pinned else { return Vec::new() };
    let detalle = state.documentos.detalle.value.as_ref().filter(|detalle| detalle.id == pinned.documento.expediente);
    let Some(detalle) = detalle else { return Vec::new() };
    let Some(documento) = detalle.documentos.iter().find(|documento| documento.id == pinned.documento.id) else {
        return toggle(state);
    };
    let same = documento.sha256 == pinned.documento.sha256;
    pinned.documento = documento.clone();
    if same {
        return Vec::new();
    }
    let (fit, area) = (pinned.sheet.fit, pinned.sheet.area);
    pinned.sheet = Sheet { page: 1, zoom: super::zoom::ZOOMS[0], fit, area, ..Sheet::default() };
    super::find::forget(state, Half::Pinned);
    load_half(state, Half::Pinned)
}

/// Keys are for the other page.
pub fn swap(state: &mut State) -> Vec<Effect> {
    if state.preview.pinned.is_none() {
        return mensajes::warn(state, Text::key("nada-fijado"));
    }
    state.preview.on_pinned = !state.preview.on_pinned;
    Vec::new()
}
