//! A page that stays while the selection moves on: two documents side by side.

use super::{load, load_half};
use crate::effect::Effect;
use crate::i18n::Text;
use crate::state::State;
use crate::state::preview::{Half, Pinned};
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

/// Keys are for the other page.
pub fn swap(state: &mut State) -> Vec<Effect> {
    if state.preview.pinned.is_none() {
        return mensajes::warn(state, Text::key("nada-fijado"));
    }
    state.preview.on_pinned = !state.preview.on_pinned;
    Vec::new()
}
