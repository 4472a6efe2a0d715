//! One line of text: a reason, a name, a folder.

use super::super::{fases, mensajes, revisar, transfers};
use super::fields;
use crate::action::Action;
use crate::effect::{Effect, Write};
use crate::i18n::Text;
use crate::input::key::KeyPress;
use crate::state::State;
use crate::state::overlay::{Overlay, Prompt, Purpose};
use api::documento::DocumentoCambio;
use api::fase::Paso;
use api::vista::Vista;

/// Longest name of a view, in characters.
const VIEW_NAME_MAX: usize = 40;

/// Asks for a name for search and order; one that exists is replaced.
pub fn save_view(state: &mut State) -> Vec<Effect> {
    state.overlays.push(Overlay::Prompt(Prompt { purpose: Purpose::SaveView, input: Default::default(), error: None }));
    Vec::new()
}

/// Intro takes it, Esc leaves.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Enter | Action::Save => submit(state),
        Action::Back => {
            state.overlays.pop();
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// A key for the field.
pub fn edit(state: &mut State, key: KeyPress) -> Vec<Effect> {
    if let Some(Overlay::Prompt(prompt)) = state.overlays.last_mut() {
        fields::edit(&mut prompt.input, key);
        prompt.error = None;
    }
    Vec::new()
}

/// Pasted text for the field.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    if let Some(Overlay::Prompt(prompt)) = state.overlays.last_mut() {
        prompt.error = None;
        if !fields::paste(&mut prompt.input, text) {
            return mensajes::warn(state, Text::key("pegado-cortado"));
        }
    }
    Vec::new()
}

fn submit(state: &mut State) -> Vec<Effect> {
    let Some(Overlay::Prompt(prompt)) = state.overlays.last_mut() else { return Vec::new() };
    let text = prompt.input.value().trim().to_owned();
    let wrong = match (&prompt.purpose, text.is_empty()) {
        (Purpose::SaveView | Purpose::Rename(_), true) => Some(Text::key("falta-nombre")),
        (Purpose::SaveView, false) if text.chars().count() > VIEW_NAME_MAX => Some(Text::key("nombre-largo")),
        (Purpose::SaveOriginal(_), true) => Some(Text::key("falta-carpeta")),
        (_, true) => Some(Text::key("falta-motivo")),
        _ => None,
    };
    if let Some(wrong) = wrong {
        prompt.error = Some(wrong);
        return Vec::new();
    }
    let purpose = prompt.purpose.clone();
    state.overlays.pop();
    match purpose {
        Purpose::Reject(looked_at) => revisar::reject(state, &looked_at, &text),
        Purpose::Delete(ids) => {
            state.documentos.marked.clear();
            let delete = |documento| Effect::Write {
                key: state.next_key(),
                write: Write::DeleteDocumento { documento, motivo: text.clone() },
            };
            ids.into_iter().map(delete).collect()
        }
        Purpose::Force(ids) => fases::send(state, &ids, Paso::Forzar, Some(text)),
        Purpose::Retreat(ids) => fases::send(state, &ids, Paso::Retroceder, Some(text)),
        Purpose::Rename(documento) => {
            let cambio = DocumentoCambio { nombre: Some(text), tipo: None };
            vec![Effect::Write { key: state.next_key(), write: Write::ChangeDocumento { documento, cambio } }]
        }
        Purpose::SaveView => {
            let Some(elegido) = &state.eleccion.actual else { return Vec::new() };
            state.lista.saving_view = Some(text.clone());
            let orden = (state.lista.orden != Default::default()).then(|| state.lista.orden.to_string());
            vec![Effect::SaveVista(Vista {
                nombre: text,
                modelo: elegido.modelo.clone(),
                q: state.lista.query.clone(),
                orden,
            })]
        }
        Purpose::SaveOriginal(ids) => transfers::save_to(state, ids, super::paths::expand_home(&text), false),
    }
}
