//! Checking documents one after the other, and changing them.

use super::{ask, conexion, documentos, lista, mensajes, overlay, paging, preview};
use crate::action::Action;
use crate::effect::{Effect, Write};
use crate::i18n::Text;
use crate::msg::{Answer, Msg};
use crate::state::State;
use crate::state::documentos::Line;
use crate::state::mensajes::{Asunto, Nivel};
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
            overlay::prompt::ask_reason(state, Purpose::Reject(looked_at));
            Vec::new()
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
                Some((id, nombre)) => {
                    let mut prompt = Prompt::new(Purpose::Rename(id), &nombre);
                    // Before the ending, which stays.
                    let stem = nombre.rsplit_once('.').map_or(nombre.as_str(), |(stem, _)| stem);
                    prompt.input = prompt.input.with_cursor(stem.chars().count());
                    state.overlays.push(Overlay::Prompt(prompt));
                    Vec::new()
                }
                None => Vec::new(),
            }
        }
        Action::Retype => super::overlay::picker::open_types(state, ids),
        Action::Recover => super::overlay::picker::open_deleted(state),
        _ => Vec::new(),
    }
}

/// Of several those that wait to be checked; of one, whatever it is. What nobody has looked at, and what was rejected, is asked about first.
fn validate(state: &mut State, targets: Vec<DocumentoVista>) -> Vec<Effect> {
    let (on_their_way, targets): (Vec<_>, Vec<_>) =
        targets.into_iter().partition(|d| state.documentos.writing.contains_key(&d.id));
    let left: Vec<DocumentoVista> = targets.into_iter().filter(|d| d.estado != EstadoDocumento::Validado).collect();
    if left.is_empty() && !on_their_way.is_empty() {
        return Vec::new();
    }
    let unseen = left.iter().filter(|d| !preview::has_seen(state, d.id, &d.sha256)).count();
    let rejected = left.iter().filter(|d| d.estado == EstadoDocumento::Rechazado).count();
    let looked_at: Vec<(DocumentoId, String)> = left.iter().map(|d| (d.id, d.sha256.clone())).collect();
    match left.as_slice() {
        [] => mensajes::warn(state, Text::key("ya-validado")),
        [one] if unseen > 0 => {
            let question = Text::key("pregunta-validar-sin-ver").with("nombre", named(state, one.id));
            ask(state, question, Then::Validate(looked_at))
        }
        [_, _, ..] if unseen + rejected > 0 => {
            let question = Text::key("pregunta-validar-varios")
                .with("n", looked_at.len())
                .with("sinver", unseen)
                .with("rechazados", rejected);
            ask(state, question, Then::Validate(looked_at))
        }
        _ => send_validations(state, &looked_at),
    }
}

/// Validates these versions.
pub fn send_validations(state: &mut State, looked_at: &[(DocumentoId, String)]) -> Vec<Effect> {
    let mut effects = Vec::new();
    for (documento, sha256) in looked_at {
        let key = state.next_key();
        let write = Write::Validate { documento: *documento, sha256: sha256.clone() };
        effects.push(Effect::Write { key, write });
    }
    effects.extend(go_on(state, looked_at));
    effects
}

/// Rejects, with the reason that was typed; what nobody has looked at is asked about first.
pub fn reject(state: &mut State, looked_at: Vec<(DocumentoId, String)>, motivo: String) -> Vec<Effect> {
    let unseen = looked_at.iter().filter(|(id, sha256)| !preview::has_seen(state, *id, sha256)).count();
    let question = match (unseen, looked_at.as_slice()) {
        (0, _) => return send_rejections(state, &looked_at, &motivo),
        (_, [(id, _)]) => Text::key("pregunta-rechazar-sin-ver").with("nombre", named(state, *id)),
        (_, many) => Text::key("pregunta-rechazar-varios").with("n", many.len()).with("sinver", unseen),
    };
    ask(state, question, Then::Reject(looked_at, motivo))
}

/// A document and its expediente: where one pane is seen at a time nothing else says which one that is.
fn named(state: &State, id: DocumentoId) -> String {
    let numero = state.documentos.detalle.value.as_ref().map(|detalle| detalle.numero.clone()).unwrap_or_default();
    let nombre = state.documentos.find(id).map(|documento| documento.nombre.clone()).unwrap_or_default();
    format!("{nombre} · {numero}")
}

/// Rejects these versions.
pub fn send_rejections(state: &mut State, looked_at: &[(DocumentoId, String)], motivo: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for (documento, sha256) in looked_at {
        let key = state.next_key();
        let write = Write::Reject { documento: *documento, sha256: sha256.clone(), motivo: motivo.to_owned() };
        effects.push(Effect::Write { key, write });
    }
    effects.extend(go_on(state, looked_at));
    effects
}

/// On from what has just been checked. The answers come meanwhile.
fn go_on(state: &mut State, done: &[(DocumentoId, String)]) -> Vec<Effect> {
    state.documentos.marked.clear();
    begin_writing(state, done.iter().map(|(id, _)| *id));
    let left = u32::try_from(pending(state).len()).unwrap_or(u32::MAX);
    let shown = state.documentos.expediente;
    if let Some(fila) = state.lista.filas.iter_mut().find(|fila| Some(fila.id) == shown) {
        fila.pendientes = left;
    }
    // What was passed over in this expediente comes before the next one.
    let first = pending(state).first().copied();
    let below = pending_below(state);
    go_to(state, below.or(first))
}

/// Places of the documents that wait to be checked, but those on their way.
fn pending(state: &State) -> Vec<usize> {
    let writing = &state.documentos.writing;
    let waits = |line: &Line<'_>| matches!(line, Line::Documento(d) if documentos::is_pending(line) && !writing.contains_key(&d.id));
    let lines = state.documentos.lines();
    lines.iter().enumerate().filter(|(_, line)| waits(line)).map(|(place, _)| place).collect()
}

fn pending_below(state: &State) -> Option<usize> {
    pending(state).into_iter().find(|place| *place > state.documentos.selected)
}

/// To the next pending document, passing this one over: below, then in the next expediente that has one.
pub fn next_pending(state: &mut State) -> Vec<Effect> {
    let below = pending_below(state);
    go_to(state, below)
}

/// To this document, else to the next expediente with one to check.
fn go_to(state: &mut State, place: Option<usize>) -> Vec<Effect> {
    match place {
        // Whoever goes on this way looks at each: no rest is waited for.
        Some(place) => {
            let mut effects = documentos::select(state, place);
            effects.extend(preview::load(state));
            effects
        }
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
pub fn message(state: &mut State, msg: Msg, write: Option<&Write>) -> Vec<Effect> {
    match msg {
        Msg::DocumentoChanged { documento, answer, .. } => changed(state, documento, answer, write),
        Msg::DocumentoDeleted { answer: Ok(()), .. } => {
            let mut effects = mensajes::done(state, Text::key("documento-borrado"));
            effects.extend(documentos::reload(state));
            effects
        }
        Msg::DocumentoDeleted { answer: Err(failure), .. } => conexion::failed(state, &failure),
        _ => Vec::new(),
    }
}

fn changed(
    state: &mut State,
    documento: DocumentoId,
    answer: Answer<DocumentoVista>,
    write: Option<&Write>,
) -> Vec<Effect> {
    let nombre = state.documentos.writing.remove(&documento);
    match answer {
        Ok(vista) => {
            let texto = Text::key(match write {
                Some(Write::Validate { .. }) => "documento-validado",
                Some(Write::Reject { .. }) => "documento-rechazado",
                Some(Write::RecoverDocumento { .. }) => "documento-recuperado",
                _ => "documento-cambiado",
            });
            let texto = texto.with("nombre", vista.nombre.clone());
            let here = state.documentos.expediente == Some(vista.expediente);
            replace(state, vista);
            // A rejection is done, but nothing to be glad of.
            let nivel = if matches!(write, Some(Write::Reject { .. })) { Nivel::Aviso } else { Nivel::Hecho };
            let mut effects = mensajes::about(state, Asunto::Documento(documento), nivel, texto);
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
                    mensajes::refused(state, Asunto::Documento(documento), texto, failure.peticion())
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
