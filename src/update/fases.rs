//! Moving expedientes through their fases.

use super::{ask, conexion, documentos, lista, mensajes};
use crate::action::Action;
use crate::effect::Effect;
use crate::i18n::Text;
use crate::msg::{Answer, Failure};
use crate::state::State;
use crate::state::overlay::{Overlay, Prompt, Purpose, Then};
use api::Codigo;
use api::expediente::Cambiado;
use api::fase::{FaseCambio, Paso};
use domain::ExpedienteId;

/// Advance shows what is missing instead of asking the service in vain; force and retreat ask for a reason.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let targets = lista::targets(state);
    match action {
        Action::Advance => advance(state, targets),
        Action::Force => prompt(state, Purpose::Force(targets)),
        _ => prompt(state, Purpose::Retreat(targets)),
    }
}

fn prompt(state: &mut State, purpose: Purpose) -> Vec<Effect> {
    state.overlays.push(Overlay::Prompt(Prompt { purpose, input: Default::default(), error: None }));
    Vec::new()
}

fn advance(state: &mut State, targets: Vec<ExpedienteId>) -> Vec<Effect> {
    if targets.len() != 1 {
        let question = Text::key("pregunta-avanzar-varios").with("n", targets.len());
        return ask(state, question, Then::Advance(targets));
    }
    let Some(detalle) = state.documentos.detalle.value.as_ref().filter(|detalle| targets.contains(&detalle.id)) else {
        return send(state, &targets, Paso::Avanzar, None);
    };
    if !detalle.faltas.is_empty() {
        state.overlays.push(Overlay::Missing { offset: 0 });
        return Vec::new();
    }
    let Some(siguiente) = detalle.siguiente_fase.clone() else { return mensajes::warn(state, Text::key("no-hay-mas-fases")) };
    let numero = detalle.numero.clone();
    let fase = state.modelo.as_ref().and_then(|modelo| modelo.modelo.fase(&siguiente)).map_or(siguiente.to_string(), |fase| fase.nombre.clone());
    ask(state, Text::key("pregunta-avanzar").with("numero", numero).with("fase", fase), Then::Advance(targets))
}

/// Asks the service to move them; of the one on screen with the revision that was seen.
pub fn send(state: &mut State, targets: &[ExpedienteId], paso: Paso, motivo: Option<String>) -> Vec<Effect> {
    let seen = state.documentos.detalle.value.as_ref().map(|detalle| (detalle.id, detalle.revision));
    let mut effects = Vec::new();
    for id in targets {
        let revision = seen.filter(|(shown, _)| shown == id).map(|(_, revision)| revision);
        let cambio = FaseCambio { paso, motivo: motivo.clone() };
        effects.push(Effect::ChangeFase { id: *id, revision, cambio, key: state.next_key() });
    }
    state.lista.marked.clear();
    effects
}

/// What came of it.
pub fn changed(state: &mut State, id: ExpedienteId, answer: Answer<Cambiado>) -> Vec<Effect> {
    let mut effects = match answer {
        Ok(cambiado) => {
            let numero = state.lista.filas.iter().find(|fila| fila.id == id).map(|fila| fila.numero.clone()).unwrap_or_default();
            let fase = state.modelo.as_ref().and_then(|m| m.modelo.fase(&cambiado.fase)).map_or(cambiado.fase.to_string(), |f| f.nombre.clone());
            if let Some(fila) = state.lista.filas.iter_mut().find(|fila| fila.id == id) {
                fila.fase = cambiado.fase;
            }
            mensajes::done(state, Text::key("fase-cambiada").with("numero", numero).with("fase", fase))
        }
        Err(failure) => refused(state, id, &failure),
    };
    if state.documentos.expediente == Some(id) {
        effects.extend(documentos::reload(state));
    }
    effects
}

fn refused(state: &mut State, id: ExpedienteId, failure: &Failure) -> Vec<Effect> {
    let on_screen = state.documentos.expediente == Some(id);
    if failure.codigo() == Some(Codigo::FaseBloqueada) && on_screen {
        if let (Some(detalle), Some(problem)) = (&mut state.documentos.detalle.value, &failure.problem) {
            detalle.faltas = problem.faltas.clone();
        }
        state.overlays.push(Overlay::Missing { offset: 0 });
        return Vec::new();
    }
    conexion::failed(state, failure)
}
