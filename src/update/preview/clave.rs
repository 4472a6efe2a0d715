//! Documents that ask for a password. It is kept in memory for the run, by content.

use super::{documento, load, shown_of};
use crate::effect::Effect;
use crate::i18n::Text;
use crate::state::State;
use crate::state::overlay::{Overlay, Prompt, Purpose};
use crate::state::preview::secret::Secret;
use crate::state::preview::{Half, Shown};
use api::Codigo;

/// Whether the page that keys are for is of a document that asks for its password.
pub fn is_needed(state: &State) -> bool {
    let asks = |codigo: &Codigo| matches!(codigo, Codigo::ClaveNecesaria | Codigo::ClaveIncorrecta);
    matches!(&state.preview.active().shown, Shown::Card { codigo: Some(codigo), .. } if asks(codigo))
}

/// Asks for it.
pub fn open(state: &mut State, error: Option<Text>) -> Vec<Effect> {
    let half = state.preview.half();
    let Some(documento) = documento(state, half) else { return Vec::new() };
    let purpose = Purpose::Clave(documento.sha256.clone(), documento.nombre.clone());
    crate::update::overlay::push(state, Overlay::Prompt(Prompt { error, ..Prompt::new(purpose, "") }));
    Vec::new()
}

/// It was typed: the page is asked for again with it.
pub fn typed(state: &mut State, sha256: String, clave: String) -> Vec<Effect> {
    state.preview.clave_tried = Some(sha256.clone());
    let mut effects = vec![Effect::Unlock { sha256, clave: Secret(clave) }];
    effects.extend(load(state));
    effects
}

/// A card has come. When it says that the password just typed is wrong it is asked for again, if nothing else has the keys.
pub(super) fn ask_again(state: &mut State, half: Half, codigo: Option<Codigo>) -> Vec<Effect> {
    let of = shown_of(&state.preview.of(half).shown).map(|of| of.sha256.clone());
    let just_typed = of.is_some() && state.preview.clave_tried == of;
    if just_typed {
        state.preview.clave_tried = None;
    }
    let free = state.overlays.is_empty() && half == state.preview.half();
    if just_typed && free && codigo == Some(Codigo::ClaveIncorrecta) {
        return open(state, Some(Text::key("clave-documento-mala")));
    }
    Vec::new()
}
