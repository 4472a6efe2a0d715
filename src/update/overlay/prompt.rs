//! One line of text: a reason, a name, a folder.

use super::super::{fases, mensajes, preview, revisar, transfers};
use super::fields;
use crate::action::Action;
use crate::effect::{Effect, Memoria, Write};
use crate::i18n::Text;
use crate::input::key::KeyPress;
use crate::state::State;
use crate::state::overlay::{Overlay, Prompt, Purpose};
use api::documento::DocumentoCambio;
use api::fase::Paso;
use api::vista::Vista;

/// Longest name of a view, in characters.
const VIEW_NAME_MAX: usize = 40;
/// Reasons remembered.
const REASONS_MAX: usize = 20;

/// Asks for a name for search and order; one that exists is replaced.
pub fn save_view(state: &mut State) -> Vec<Effect> {
    state.overlays.push(Overlay::Prompt(Prompt::new(Purpose::SaveView, "")));
    Vec::new()
}

/// Asks for a reason. What was typed for just this and left is there again.
pub fn ask_reason(state: &mut State, purpose: Purpose) {
    let left = state.borradores.iter().position(|(of, _)| *of == purpose).map(|at| state.borradores.remove(at).1);
    state.overlays.push(Overlay::Prompt(Prompt::new(purpose, &left.unwrap_or_default())));
}

/// Leaves it; a reason that was being typed is kept for the next time.
fn leave(state: &mut State) -> Vec<Effect> {
    let Some(Overlay::Prompt(prompt)) = state.overlays.pop() else { return Vec::new() };
    let text = prompt.input.value().to_owned();
    if prompt.purpose.is_reason() && !text.trim().is_empty() && !state.motivos.contains(&text) {
        state.borradores.push((prompt.purpose, text));
        let surplus = state.borradores.len().saturating_sub(REASONS_MAX);
        state.borradores.drain(..surplus);
    }
    Vec::new()
}

/// Intro takes it, Esc leaves.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Enter | Action::Save => submit(state),
        Action::Up | Action::Down => recall(state, action == Action::Up),
        Action::Back => leave(state),
        _ => Vec::new(),
    }
}

/// Reasons given before, further back or nearer; nearer than the last one is an empty field.
fn recall(state: &mut State, back: bool) -> Vec<Effect> {
    let Some(Overlay::Prompt(prompt)) = state.overlays.last_mut() else { return Vec::new() };
    if !prompt.purpose.is_reason() || state.motivos.is_empty() {
        return Vec::new();
    }
    let last = state.motivos.len() - 1;
    prompt.recalled = match (prompt.recalled, back) {
        (None, true) => Some(0),
        (Some(at), true) => Some((at + 1).min(last)),
        (Some(0) | None, false) => None,
        (Some(at), false) => Some(at - 1),
    };
    prompt.input = prompt.recalled.and_then(|at| state.motivos.get(at)).cloned().unwrap_or_default().into();
    prompt.error = None;
    Vec::new()
}

/// The reason may be given again.
fn remember(state: &mut State, motivo: &str) -> Effect {
    state.motivos.retain(|known| known != motivo);
    state.motivos.insert(0, motivo.to_owned());
    state.motivos.truncate(REASONS_MAX);
    Effect::Remember(Memoria::Motivos(state.motivos.clone()))
}

/// A name that no folder can be read into, with the ending it had: what kind of file it is does not change with its name.
fn file_name(typed: &str, before: &str) -> String {
    let name = typed.replace(['/', '\\'], "-");
    match before.rsplit_once('.') {
        Some((_, ending)) if !name.to_lowercase().ends_with(&format!(".{}", ending.to_lowercase())) => {
            format!("{name}.{ending}")
        }
        _ => name,
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
    let typed = prompt.input.value().to_owned();
    // Blanks may belong to a password.
    let text = if prompt.purpose.is_secret() { typed } else { typed.trim().to_owned() };
    let page = (prompt.purpose == Purpose::Page).then(|| preview::pages::typed(state, &text));
    let Some(Overlay::Prompt(prompt)) = state.overlays.last_mut() else { return Vec::new() };
    let wrong = match (&prompt.purpose, text.is_empty()) {
        (Purpose::Page, _) => page.and_then(Result::err),
        (Purpose::Clave(..), true) => Some(Text::key("falta-clave-documento")),
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
    let mut effects = Vec::new();
    if purpose.is_reason() {
        effects.push(remember(state, &text));
    }
    effects.extend(answered(state, purpose, text));
    effects
}

fn answered(state: &mut State, purpose: Purpose, text: String) -> Vec<Effect> {
    match purpose {
        Purpose::Reject(looked_at) => revisar::reject(state, looked_at, text),
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
            let before = state.documentos.find(documento).map(|one| one.nombre.clone()).unwrap_or_default();
            let text = file_name(&text, &before);
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
        Purpose::Page => match preview::pages::typed(state, &text) {
            Ok(page) => preview::pages::turn_to(state, page),
            Err(_) => Vec::new(),
        },
        Purpose::Clave(sha256, _) => preview::clave::typed(state, sha256, text),
        Purpose::SaveOriginal(ids) => transfers::save_to(state, ids, Some(super::paths::expand_home(&text))),
    }
}
