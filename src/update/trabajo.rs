//! Work that is not done yet: kept on this machine as it changes, and taken up again by whoever it belongs to.

use super::{guardar, mensajes, transfers};
use crate::effect::Effect;
use crate::i18n::Text;
use crate::state::mensajes::{Asunto, Nivel};
use crate::state::outbox::Sent;
use crate::state::overlay::Overlay;
use crate::state::trabajo::{NuevoEscrito, Trabajo};
use crate::state::{Screen, State};

/// Asks for what this person has left undone here.
pub fn ask(state: &State) -> Vec<Effect> {
    let usuario = state.persona.as_ref().map(|persona| persona.usuario.clone());
    usuario.map(|usuario| Effect::LoadKept { usuario }).into_iter().collect()
}

/// Keeps what has changed since. Nothing is kept before it is known what there was.
pub fn follow(state: &mut State) -> Option<Effect> {
    let kept = state.trabajo.as_ref()?;
    let now = Trabajo::of(state);
    if now == *kept {
        return None;
    }
    state.trabajo = Some(now.clone());
    Some(Effect::Keep(now.into()))
}

/// What was left undone comes: writes and uploads go on at once, what was being typed as soon as its modelo is on screen.
pub fn come(state: &mut State, left: Trabajo) -> Vec<Effect> {
    if state.persona.is_none() || state.trabajo.is_some() {
        return Vec::new();
    }
    state.trabajo = Some(left.clone());
    let Trabajo { indices, nuevos, escritos, cambios, subidas } = left;
    let mut effects = Vec::new();
    if !cambios.is_empty() {
        effects.extend(mensajes::warn(state, Text::key("recuperado-cambios").with("n", cambios.len())));
    }
    effects.extend(cambios.iter().map(Sent::effect));
    if !subidas.is_empty() {
        effects.extend(mensajes::warn(state, Text::key("recuperado-subidas").with("n", subidas.len())));
    }
    effects.extend(subidas.into_iter().map(|subida| transfers::queue(state, subida.job, subida.nombre, subida.bytes)));
    (state.recuperado.indices, state.recuperado.nuevos, state.recuperado.escritos) = (indices, nuevos, escritos);
    effects.extend(place(state));
    effects
}

/// What was being typed goes back to where it was, when its modelo is on screen and nothing else is typed there.
pub fn place(state: &mut State) -> Vec<Effect> {
    let (Screen::Work, Some(elegido)) = (state.screen, state.eleccion.actual.clone()) else { return Vec::new() };
    let mut effects = Vec::new();
    let fits = state.recuperado.indices.iter().position(|left| left.modelo == elegido.modelo);
    if let Some(at) = fits.filter(|_| !state.has_unsaved_edit()) {
        let mut edit = state.recuperado.indices.remove(at).into_edit();
        if let Some(definicion) = &state.modelo {
            edit.reload_field(&definicion.modelo);
        }
        let (is_sent, expediente) = (edit.saving.is_some(), edit.expediente);
        state.indice.edit = Some(edit);
        effects.extend(if is_sent {
            guardar::retry(state)
        } else {
            mensajes::about(state, Asunto::Indice(expediente), Nivel::Aviso, Text::key("recuperado-indice"))
        });
    }
    let here = |left: &NuevoEscrito| left.modelo == elegido.modelo && left.entidad == elegido.entidad;
    if let Some(at) = state.recuperado.nuevos.iter().position(here) {
        let mut form = state.recuperado.nuevos.remove(at).into_form();
        if let Some(definicion) = &state.modelo {
            form.edit.reload_field(&definicion.modelo);
        }
        super::overlay::push(state, Overlay::NewExpediente(Box::new(form)));
        effects.extend(mensajes::about(state, Asunto::Nuevo, Nivel::Aviso, Text::key("recuperado-nuevo")));
    }
    effects
}
