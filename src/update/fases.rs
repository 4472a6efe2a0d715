//! Moving expedientes through their fases.

use super::{ask, conexion, documentos, lista, mensajes, overlay};
use crate::action::Action;
use crate::effect::{Effect, Write};
use crate::i18n::Text;
use crate::msg::{Answer, Failure};
use crate::state::State;
use crate::state::mensajes::Nivel;
use crate::state::overlay::{Overlay, Prompt, Purpose, Then};
use api::Codigo;
use api::expediente::Cambiado;
use api::fase::{FaseCambio, Paso};
use domain::{ExpedienteId, FaseId};

/// Expedientes that a question names one by one.
const NAMED_MAX: usize = 5;

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
    let [only] = targets.as_slice() else {
        let question =
            Text::key("pregunta-avanzar-varios").with("n", targets.len()).with("numeros", numeros(state, &targets));
        return ask(state, question, Then::Advance(targets));
    };
    let Some(detalle) = state.documentos.detalle.value.as_ref().filter(|detalle| detalle.id == *only) else {
        let question = Text::key("pregunta-avanzar-uno").with("numero", lista::numero_of(state, *only));
        return ask(state, question, Then::Advance(targets));
    };
    if !detalle.faltas.is_empty() {
        state.overlays.push(Overlay::Missing { offset: 0 });
        return Vec::new();
    }
    let Some(siguiente) = detalle.siguiente_fase.clone() else {
        return mensajes::warn(state, Text::key("no-hay-mas-fases"));
    };
    let (numero, fase) = (detalle.numero.clone(), name_of(state, &siguiente));
    ask(state, Text::key("pregunta-avanzar").with("numero", numero).with("fase", fase), Then::Advance(targets))
}

/// The first few, by number.
fn numeros(state: &State, ids: &[ExpedienteId]) -> String {
    let mut named: Vec<String> = ids.iter().take(NAMED_MAX).map(|id| lista::numero_of(state, *id)).collect();
    if ids.len() > NAMED_MAX {
        named.push("…".to_owned());
    }
    named.join(", ")
}

fn name_of(state: &State, fase: &FaseId) -> String {
    let known = state.modelo.as_ref().and_then(|definicion| definicion.modelo.fase(fase));
    known.map_or_else(|| fase.to_string(), |fase| fase.nombre.clone())
}

/// Asks the service to move them; of the one on screen with the revision that was seen.
pub fn send(state: &mut State, targets: &[ExpedienteId], paso: Paso, motivo: Option<String>) -> Vec<Effect> {
    let seen = state.documentos.detalle.value.as_ref().map(|detalle| (detalle.id, detalle.revision));
    let mut effects = Vec::new();
    for id in targets {
        let revision = seen.filter(|(shown, _)| shown == id).map(|(_, revision)| revision);
        let cambio = FaseCambio { paso, motivo: motivo.clone() };
        effects.push(Effect::Write { key: state.next_key(), write: Write::ChangeFase { id: *id, revision, cambio } });
    }
    state.lista.marked.clear();
    effects
}

/// What came of it.
pub fn changed(state: &mut State, id: ExpedienteId, answer: Answer<Cambiado>) -> Vec<Effect> {
    let mut effects = match answer {
        Ok(cambiado) => {
            let (numero, fase) = (lista::numero_of(state, id), name_of(state, &cambiado.fase));
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

/// Of the one on screen what is missing is shown; of any other the sentence names it.
fn refused(state: &mut State, id: ExpedienteId, failure: &Failure) -> Vec<Effect> {
    let faltas = failure
        .problem
        .as_ref()
        .filter(|problem| problem.codigo == Codigo::FaseBloqueada)
        .map(|problem| problem.faltas.clone());
    let on_screen = state.documentos.detalle.value.as_mut().filter(|detalle| detalle.id == id);
    match (faltas, on_screen) {
        (Some(faltas), Some(detalle)) => {
            detalle.faltas = faltas;
            overlay::push(state, Overlay::Missing { offset: 0 });
            Vec::new()
        }
        (_, None) if conexion::is_for_people(failure) => {
            let texto = Text::key("fase-no-cambiada")
                .with("numero", lista::numero_of(state, id))
                .with("motivo", failure.sentence.clone());
            mensajes::tell(state, Nivel::Error, texto, failure.peticion())
        }
        _ => conexion::failed(state, failure),
    }
}
