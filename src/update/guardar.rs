//! Saving the index: sent with the revision it stands on, under a key of its own, and sent again just so after a cut or an ended session.

use super::{conexion, conflict, documentos, indice, mensajes};
use crate::effect::Effect;
use crate::i18n::Text;
use crate::msg::{Answer, Failure, FailureKind, Msg};
use crate::state::State;
use crate::state::conexion::EstadoConexion;
use crate::state::indice::{Saving, visible_fields};
use crate::state::mensajes::{Asunto, Nivel};
use api::Codigo;
use api::expediente::Cambiado;
use domain::{CampoId, ExpedienteId, Modelo, Valor};
use std::collections::BTreeMap;

/// Saves what was changed; wrong fields keep it from being sent.
pub fn save(state: &mut State) -> Vec<Effect> {
    indice::leave_field(state);
    let Some(definicion) = state.modelo.clone() else { return Vec::new() };
    let (today, is_away) = (state.today, matches!(state.conexion.estado, EstadoConexion::SinConexion { .. }));
    let Some(edit) = &mut state.indice.edit else { return Vec::new() };
    let campos = match edit.changes(&definicion.modelo, today) {
        Ok(campos) => campos,
        Err(wrong) => return point_at(state, &wrong),
    };
    if let Some(saving) = &mut edit.saving {
        saving.again = saving.campos != campos;
        return if is_away { waits(state) } else { Vec::new() };
    }
    if campos.is_empty() {
        let id = edit.expediente;
        state.indice.edit = None;
        return mensajes::about(state, Asunto::Indice(id), Nivel::Hecho, Text::key("indice-sin-cambios"));
    }
    let key = state.next_key();
    let generation = state.next_generation();
    if let Some(edit) = &mut state.indice.edit {
        edit.saving = Some(Saving { generation, key, revision: edit.revision, campos, again: false });
        edit.typing = false;
    }
    send(state)
}

/// The cursor goes to a field that is wrong.
fn point_at(state: &mut State, wrong: &CampoId) -> Vec<Effect> {
    let place = visible_fields(state).iter().position(|campo| campo.id == *wrong);
    if let (Some(place), true) = (place, state.is_editing_here()) {
        state.indice.selected = place;
        indice::enter_field(state);
        // What is wrong is mended, not typed again.
        if let Some(edit) = &mut state.indice.edit {
            edit.fresh = false;
        }
    }
    tell_of(state, Nivel::Error, "indice-con-errores")
}

fn waits(state: &mut State) -> Vec<Effect> {
    tell_of(state, Nivel::Aviso, "guardado-pendiente")
}

/// Tells of the index that is being edited.
fn tell_of(state: &mut State, nivel: Nivel, key: &'static str) -> Vec<Effect> {
    let texto = Text::key(key);
    match state.indice.edit.as_ref().map(|edit| Asunto::Indice(edit.expediente)) {
        Some(asunto) => mensajes::about(state, asunto, nivel, texto),
        None => mensajes::tell(state, nivel, texto, None),
    }
}

/// The same save under the same key, after a cut or an ended session.
pub fn retry(state: &mut State) -> Vec<Effect> {
    let generation = state.next_generation();
    if let Some(saving) = state.indice.edit.as_mut().and_then(|edit| edit.saving.as_mut()) {
        saving.generation = generation;
    }
    send(state)
}

fn send(state: &State) -> Vec<Effect> {
    let Some(edit) = &state.indice.edit else { return Vec::new() };
    let Some(Saving { generation, key, revision, campos, .. }) = edit.saving.clone() else { return Vec::new() };
    vec![Effect::SaveIndice { generation, id: edit.expediente, revision, campos, key }]
}

/// What came of a save or of an undo.
pub fn message(state: &mut State, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::IndiceSaved { generation, id, answer } => {
            let awaited = state.indice.edit.as_ref().and_then(|edit| edit.saving.as_ref());
            match awaited.is_some_and(|saving| saving.generation == generation) {
                true => saved(state, answer),
                false => saved_after_leaving(state, id, answer),
            }
        }
        Msg::Undone { id, answer, .. } => match answer {
            Ok(_) => {
                let mut effects = mensajes::done(state, Text::key("deshecho"));
                if state.documentos.expediente == Some(id) {
                    effects.extend(documentos::reload(state));
                }
                effects
            }
            Err(failure) => conexion::failed(state, &failure),
        },
        _ => Vec::new(),
    }
}

/// The person had left the form before the answer came: it is told all the same. An answer that came twice is told once.
fn saved_after_leaving(state: &mut State, id: ExpedienteId, answer: Answer<Cambiado>) -> Vec<Effect> {
    if state.indice.edit.as_ref().is_some_and(|edit| edit.expediente == id) {
        return Vec::new();
    }
    match answer {
        Ok(cambiado) => {
            let mut effects = tell(state, id, &cambiado);
            effects.extend(apply(state, id, &cambiado));
            effects
        }
        Err(failure) => conexion::failed(state, &failure),
    }
}

fn tell(state: &mut State, id: ExpedienteId, cambiado: &Cambiado) -> Vec<Effect> {
    let (nivel, texto) = match cambiado.avisos.first() {
        Some(aviso) => (Nivel::Aviso, Text::key("indice-guardado-con-aviso").with("aviso", aviso.mensaje.clone())),
        None => (Nivel::Hecho, Text::key("indice-guardado")),
    };
    mensajes::about(state, Asunto::Indice(id), nivel, texto)
}

fn saved(state: &mut State, answer: Answer<Cambiado>) -> Vec<Effect> {
    match answer {
        Ok(cambiado) => taken(state, &cambiado),
        // Kept with its key: it goes out again when the line or the session is back.
        Err(failure) if matches!(failure.kind, FailureKind::Offline | FailureKind::SessionEnded) => {
            let mut effects = conexion::failed(state, &failure);
            effects.extend(waits(state));
            effects
        }
        Err(failure) => refused(state, &failure),
    }
}

/// Saved. What was typed since then is still open.
fn taken(state: &mut State, cambiado: &Cambiado) -> Vec<Effect> {
    let (modelo, today) = (state.modelo.clone(), state.today);
    let (Some(definicion), Some(edit)) = (modelo, &mut state.indice.edit) else { return Vec::new() };
    let Some(saving) = edit.saving.take() else { return Vec::new() };
    let id = edit.expediente;
    let typed_here = edit.input.clone();
    let stored = stored_values(saving.campos, cambiado);
    edit.rebase(&definicion.modelo, today, cambiado.revision, stored);
    let more = edit.is_changed();
    if more {
        (edit.input, edit.typing) = (typed_here, true);
    } else {
        state.indice.edit = None;
    }
    let mut effects = tell(state, id, cambiado);
    effects.extend(apply(state, id, cambiado));
    if more && saving.again {
        effects.extend(save(state));
    }
    effects
}

/// What was sent, as the service has stored it.
fn stored_values(sent: BTreeMap<CampoId, Option<Valor>>, cambiado: &Cambiado) -> Vec<(CampoId, Option<Valor>)> {
    sent.into_iter().map(|(id, valor)| (id.clone(), cambiado.campos.get(&id).cloned().unwrap_or(valor))).collect()
}

fn refused(state: &mut State, failure: &Failure) -> Vec<Effect> {
    let Some(edit) = &mut state.indice.edit else { return Vec::new() };
    let asunto = Asunto::Indice(edit.expediente);
    edit.typing = true;
    let sent = edit.saving.take().map(|saving| saving.campos).unwrap_or_default();
    // What was typed after it was meant for a form that had been left.
    let let_go = !std::mem::take(&mut state.held).is_empty();
    let mut effects = match failure.problem.clone() {
        None => conexion::failed_about(state, failure, asunto),
        Some(problem) => take_problem(state, *problem, (failure, asunto), &sent),
    };
    if let_go {
        effects.extend(mensajes::warn(state, Text::key("tecleado-tras-guardar")));
    }
    effects
}

/// Wrong fields are marked; a conflict is resolved.
fn take_problem(
    state: &mut State,
    problem: api::Problem,
    (failure, asunto): (&Failure, Asunto),
    sent: &BTreeMap<CampoId, Option<Valor>>,
) -> Vec<Effect> {
    if let Some(edit) = &mut state.indice.edit {
        let wrong = problem.campos.iter().map(|malo| (CampoId::from(malo.campo.as_str()), malo.mensaje.clone()));
        edit.errors.extend(wrong);
    }
    match (problem.codigo, problem.conflicto) {
        (Codigo::RevisionAntigua, Some(conflicto)) => conflict::begin(state, conflicto, sent),
        _ => conexion::failed_about(state, failure, asunto),
    }
}

/// What is on screen takes what was stored, without asking for all of it again. Only when checklist, gate or permissions may depend on
/// what changed are they asked for.
fn apply(state: &mut State, id: ExpedienteId, cambiado: &Cambiado) -> Vec<Effect> {
    let Some(definicion) = state.modelo.clone() else { return Vec::new() };
    let Some(detalle) = state.documentos.detalle.value.as_mut().filter(|detalle| detalle.id == id) else {
        return Vec::new();
    };
    let missed_one = cambiado.revision > detalle.revision + 1;
    let decides = cambiado.campos.iter().any(|(campo, ahora)| {
        let is_there = (detalle.indice.contains_key(campo), ahora.is_some());
        is_asked_for(&definicion.modelo, campo, is_there)
    });
    if missed_one || decides || cambiado.campos.is_empty() {
        return documentos::reload(state);
    }
    for (campo, ahora) in &cambiado.campos {
        match ahora {
            Some(valor) => detalle.indice.insert(campo.clone(), valor.clone()),
            None => detalle.indice.remove(campo),
        };
    }
    detalle.revision = detalle.revision.max(cambiado.revision);
    let detalle = detalle.clone();
    documentos::update_row(state, &detalle);
    Vec::new()
}

/// Whether a condition asks about a field: `-forma-pago:financiado,renting con-tasacion:si`.
fn names(condition: &str, campo: &CampoId) -> bool {
    let asked = |term: &str| term.trim_start_matches('-').split([':', '=', '<', '>']).next() == Some(campo.as_str());
    condition.split_whitespace().any(asked)
}

/// Whether the checklist or the gate may change with this field: a condition names it, or a fase asks for it and it was filled or emptied.
fn is_asked_for(modelo: &Modelo, campo: &CampoId, (before, after): (bool, bool)) -> bool {
    let conditions = modelo.fases.iter().map(|fase| &fase.si).chain(modelo.tipos.iter().map(|tipo| &tipo.si));
    let named = conditions.chain(modelo.campos.iter().map(|campo| &campo.si)).flatten().any(|si| names(si, campo));
    named || (before != after && modelo.fases.iter().any(|fase| fase.campos.contains(campo)))
}
