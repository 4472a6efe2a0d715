//! Checking documents one after the other, and changing them.

use super::{ask, conexion, documentos, lista, mensajes, paging};
use crate::action::Action;
use crate::effect::{Effect, Write};
use crate::i18n::Text;
use crate::msg::{Answer, Msg};
use crate::state::State;
use crate::state::documentos::Line;
use crate::state::overlay::{Overlay, Prompt, Purpose, Then};
use api::documento::DocumentoVista;
use domain::{DocumentoId, EstadoDocumento};

/// Validate, reject, rename, retype, delete, bring back: the marked documents, else the selected one.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let targets = documentos::targets(state);
    let ids: Vec<DocumentoId> = targets.iter().map(|documento| documento.id).collect();
    match action {
        Action::Validate => validate(state, targets),
        Action::Reject => {
            let looked_at = targets.into_iter().map(|documento| (documento.id, documento.sha256)).collect();
            prompt(state, Purpose::Reject(looked_at), String::new())
        }
        Action::Delete => {
            let question = match targets.as_slice() {
                [one] => Text::key("pregunta-borrar").with("nombre", one.nombre.clone()),
                many => Text::key("pregunta-borrar-varios").with("n", many.len()),
            };
            ask(state, question, Then::Delete(ids))
        }
        // A name is of one document: the one with the cursor, whatever is marked.
        Action::Rename => {
            match state.documentos.current().or(targets.first()).map(|one| (one.id, one.nombre.clone())) {
                Some((id, nombre)) => prompt(state, Purpose::Rename(id), nombre),
                None => Vec::new(),
            }
        }
        Action::Retype => super::overlay::picker::open_types(state, ids),
        Action::Recover => super::overlay::picker::open_deleted(state),
        _ => Vec::new(),
    }
}

fn prompt(state: &mut State, purpose: Purpose, text: String) -> Vec<Effect> {
    state.overlays.push(Overlay::Prompt(Prompt { purpose, input: text.into(), error: None }));
    Vec::new()
}

fn validate(state: &mut State, targets: Vec<DocumentoVista>) -> Vec<Effect> {
    let (on_their_way, targets): (Vec<_>, Vec<_>) =
        targets.into_iter().partition(|d| state.documentos.writing.contains_key(&d.id));
    let waiting: Vec<(DocumentoId, String)> =
        targets.into_iter().filter(|d| d.estado != EstadoDocumento::Validado).map(|d| (d.id, d.sha256)).collect();
    if waiting.is_empty() && !on_their_way.is_empty() {
        return Vec::new();
    }
    if waiting.is_empty() {
        return mensajes::warn(state, Text::key("ya-validado"));
    }
    let mut effects = Vec::new();
    for (documento, sha256) in &waiting {
        let key = state.next_key();
        effects.push(Effect::Write { key, write: Write::Validate { documento: *documento, sha256: sha256.clone() } });
    }
    effects.extend(go_on(state, &waiting));
    effects
}

/// Rejects, with the reason that was typed, the versions that were looked at.
pub fn reject(state: &mut State, looked_at: &[(DocumentoId, String)], motivo: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for (documento, sha256) in looked_at {
        let key = state.next_key();
        effects.push(Effect::Write {
            key,
            write: Write::Reject { documento: *documento, sha256: sha256.clone(), motivo: motivo.to_owned() },
        });
    }
    effects.extend(go_on(state, looked_at));
    effects
}

/// To the next pending document: below, then above, then in the next expediente that has one. The answers come meanwhile.
fn go_on(state: &mut State, done: &[(DocumentoId, String)]) -> Vec<Effect> {
    state.documentos.marked.clear();
    begin_writing(state, done.iter().map(|(id, _)| *id));
    let lines = state.documentos.lines();
    let writing = &state.documentos.writing;
    let waits = |line: &Line<'_>| matches!(line, Line::Documento(d) if documentos::is_pending(line) && !writing.contains_key(&d.id));
    let places: Vec<usize> = lines.iter().enumerate().filter(|(_, line)| waits(line)).map(|(place, _)| place).collect();
    let next = places.iter().find(|place| **place > state.documentos.selected).or(places.first()).copied();
    let left = u32::try_from(places.len()).unwrap_or(u32::MAX);
    let shown = state.documentos.expediente;
    if let Some(fila) = state.lista.filas.iter_mut().find(|fila| Some(fila.id) == shown) {
        fila.pendientes = left;
    }
    match next {
        Some(place) => documentos::select(state, place),
        None => lista::next_with_pending(state),
    }
}

fn begin_writing(state: &mut State, ids: impl IntoIterator<Item = DocumentoId>) {
    for id in ids {
        let nombre = state.documentos.find(id).map(|documento| documento.nombre.clone()).unwrap_or_default();
        state.documentos.writing.insert(id, nombre);
    }
}

/// What came of a change.
pub fn message(state: &mut State, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::DocumentoChanged { documento, answer, .. } => changed(state, documento, answer),
        Msg::DocumentoDeleted { answer: Ok(()), .. } => {
            let mut effects = mensajes::done(state, Text::key("documento-borrado"));
            effects.extend(documentos::reload(state));
            effects
        }
        Msg::DocumentoDeleted { answer: Err(failure), .. } => conexion::failed(state, &failure),
        _ => Vec::new(),
    }
}

fn changed(state: &mut State, documento: DocumentoId, answer: Answer<DocumentoVista>) -> Vec<Effect> {
    let nombre = state.documentos.writing.remove(&documento);
    match answer {
        Ok(vista) => {
            let texto = match vista.estado {
                EstadoDocumento::Validado => Text::key("documento-validado"),
                EstadoDocumento::Rechazado => Text::key("documento-rechazado"),
                EstadoDocumento::Pendiente => Text::key("documento-cambiado"),
            };
            let texto = texto.with("nombre", vista.nombre.clone());
            let here = state.documentos.expediente == Some(vista.expediente);
            replace(state, vista);
            let mut effects = mensajes::done(state, texto);
            if here {
                effects.extend(documentos::reload(state));
            }
            effects
        }
        Err(failure) => {
            // By now another document may be on screen: the sentence names the one it is about.
            let told = match nombre.filter(|_| conexion::is_for_people(&failure)) {
                Some(nombre) => {
                    let texto = Text::key("documento-no-cambiado")
                        .with("nombre", nombre)
                        .with("motivo", failure.sentence.clone());
                    mensajes::tell(state, crate::state::mensajes::Nivel::Error, texto, failure.peticion())
                }
                None => conexion::failed(state, &failure),
            };
            let mut effects = told;
            effects.extend(documentos::reload(state));
            effects.extend(paging::refresh_soon(state));
            effects
        }
    }
}

fn replace(state: &mut State, vista: DocumentoVista) {
    let Some(detalle) = &mut state.documentos.detalle.value else { return };
    if let Some(old) = detalle.documentos.iter_mut().find(|documento| documento.id == vista.id) {
        *old = vista;
    }
}
