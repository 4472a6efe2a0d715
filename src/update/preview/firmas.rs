//! The digital signatures that a document bears: asked for once, when a page says that there are some.

use crate::effect::Effect;
use crate::i18n::Text;
use crate::msg::Answer;
use crate::state::State;
use crate::state::overlay::Overlay;
use crate::state::preview::Signature;
use crate::update::mensajes;
use api::documento::Firmas;

/// A page has come that says how many there are.
pub(super) fn ask(state: &mut State, of: &Signature, count: u32) -> Vec<Effect> {
    let pending = state.preview.firmas_pending.as_ref().is_some_and(|(_, sha256)| *sha256 == of.sha256);
    if count == 0 || pending || state.preview.firmas.contains_key(&of.sha256) {
        return Vec::new();
    }
    let generation = state.next_generation();
    state.preview.firmas_pending = Some((generation, of.sha256.clone()));
    vec![Effect::LoadFirmas { generation, documento: of.documento, sha256: of.sha256.clone() }]
}

/// They have come. Without an answer the page that comes next asks again.
pub fn came(state: &mut State, generation: u64, answer: Answer<Firmas>) -> Vec<Effect> {
    let awaited = state.preview.firmas_pending.take_if(|(awaited, _)| *awaited == generation);
    if let (Some((_, sha256)), Ok(firmas)) = (awaited, answer) {
        state.preview.firmas.insert(sha256, firmas);
    }
    Vec::new()
}

/// Those of the document whose page keys are for.
pub fn here(state: &State) -> Option<&Firmas> {
    let documento = super::documento(state, state.preview.half())?;
    state.preview.firmas.get(&documento.sha256).filter(|firmas| !firmas.firmas.is_empty())
}

/// All that is known of them.
pub fn open(state: &mut State) -> Vec<Effect> {
    if here(state).is_none() {
        return mensajes::warn(state, Text::key("sin-firmas"));
    }
    state.overlays.push(Overlay::Firmas { selected: 0 });
    Vec::new()
}
