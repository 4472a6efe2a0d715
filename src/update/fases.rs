//! Moving expedientes through their fases.

use super::{ask, conexion, documentos, lista, mensajes, overlay};
use crate::action::Action;
use crate::effect::{Effect, Write};
use crate::i18n::Text;
use crate::msg::{Answer, Failure};
use crate::state::State;
use crate::state::lista::Lote;
use crate::state::mensajes::Nivel;
use crate::state::overlay::{Overlay, Purpose, Then};
use crate::state::paso;
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
        Action::Force => force(state, targets),
        _ => prompt(state, Purpose::Retreat(targets)),
    }
}

/// Asks why; before it closes anything it is said that it does, and what it passes over.
fn force(state: &mut State, targets: Vec<ExpedienteId>) -> Vec<Effect> {
    if let [only] = targets.as_slice()
        && state
            .documentos
            .detalle
            .value
            .as_ref()
            .is_some_and(|shown| shown.id == *only && shown.siguiente_fase.is_none())
    {
        return mensajes::warn(state, Text::key("no-hay-mas-fases"));
    }
    let Some(fase) = paso::cierre(state, &targets) else { return prompt(state, Purpose::Force(targets)) };
    let question = match targets.as_slice() {
        [only] => {
            let seen = paso::faltan(state, *only);
            let key = if seen.is_some() { "pregunta-forzar-cierre" } else { "pregunta-forzar-cierre-uno" };
            let question = Text::key(key).with("numero", lista::numero_of(state, *only)).with("fase", fase);
            seen.into_iter().flatten().fold(question, |question, (name, n)| question.with(name, n))
        }
        several => Text::key("pregunta-forzar-cierre-varios")
            .with("n", several.len())
            .with("numeros", numeros(state, several))
            .with("fase", fase),
    };
    ask(state, question, Then::Force(targets))
}

/// The reason for going over the gate.
pub fn ask_reason_to_force(state: &mut State, targets: Vec<ExpedienteId>) -> Vec<Effect> {
    prompt(state, Purpose::Force(targets))
}

fn prompt(state: &mut State, purpose: Purpose) -> Vec<Effect> {
    overlay::prompt::ask_reason(state, purpose);
    Vec::new()
}

fn advance(state: &mut State, targets: Vec<ExpedienteId>) -> Vec<Effect> {
    let cierre = paso::cierre(state, &targets);
    let (cierra, fase) = (usize::from(cierre.is_some()), cierre.unwrap_or_default());
    let [only] = targets.as_slice() else {
        let question = Text::key("pregunta-avanzar-varios")
            .with("n", targets.len())
            .with("numeros", numeros(state, &targets))
            .with("cierra", cierra)
            .with("fase", fase);
        return ask(state, question, Then::Advance(targets));
    };
    let numero = lista::numero_of(state, *only);
    let Some(detalle) = state.documentos.detalle.value.as_ref().filter(|detalle| detalle.id == *only) else {
        let question =
            Text::key("pregunta-avanzar-uno").with("numero", numero).with("cierra", cierra).with("fase", fase);
        return ask(state, question, Then::Advance(targets));
    };
    if !detalle.faltas.is_empty() {
        state.overlays.push(Overlay::Missing { selected: 0 });
        return Vec::new();
    }
    let Some(destino) = paso::destino(state, *only) else {
        return mensajes::warn(state, Text::key("no-hay-mas-fases"));
    };
    let question = Text::key("pregunta-avanzar")
        .with("numero", numero)
        .with("fase", destino.nombre)
        .with("cierra", usize::from(destino.cierra));
    ask(state, question, Then::Advance(targets))
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
    state.lista.lote =
        (targets.len() > 1).then(|| Lote { pending: targets.iter().copied().collect(), ..Lote::default() });
    effects
}

/// What came of it.
pub fn changed(state: &mut State, id: ExpedienteId, answer: Answer<Cambiado>) -> Vec<Effect> {
    let together = state.lista.lote.as_mut().is_some_and(|lote| lote.pending.remove(&id));
    let moved = answer.is_ok();
    let mut effects = match answer {
        Ok(cambiado) => {
            let (numero, fase) = (lista::numero_of(state, id), name_of(state, &cambiado.fase));
            if let Some(fila) = state.lista.filas.iter_mut().find(|fila| fila.id == id) {
                fila.fase = cambiado.fase;
            }
            let texto = Text::key("fase-cambiada").with("numero", numero).with("fase", fase);
            if together { mensajes::note(state, Nivel::Hecho, texto) } else { mensajes::done(state, texto) }
        }
        Err(failure) if together && conexion::is_for_people(&failure) => {
            let texto = not_changed(state, id, &failure);
            mensajes::note(state, Nivel::Error, texto)
        }
        Err(failure) => refused(state, id, &failure),
    };
    if together {
        effects.extend(count(state, id, moved));
    }
    if state.documentos.expediente == Some(id) {
        effects.extend(documentos::reload(state));
    }
    effects
}

/// One of several has been answered. After the last one they are told together, and those that did not move are marked again.
fn count(state: &mut State, id: ExpedienteId, moved: bool) -> Vec<Effect> {
    let Some(lote) = &mut state.lista.lote else { return Vec::new() };
    if moved {
        lote.done += 1;
    } else {
        lote.refused.insert(id);
    }
    if !lote.pending.is_empty() {
        return Vec::new();
    }
    let (done, refused) = (lote.done, std::mem::take(&mut lote.refused));
    state.lista.lote = None;
    if refused.is_empty() {
        return mensajes::done(state, Text::key("lote-avanzado").with("n", done));
    }
    let texto = Text::key("lote-con-faltas").with("n", done).with("faltan", refused.len());
    state.lista.marked.extend(refused);
    mensajes::warn(state, texto)
}

/// Which one, why not, and what is missing, by name.
fn not_changed(state: &State, id: ExpedienteId, failure: &Failure) -> Text {
    let names: Vec<&str> = failure.problem.iter().flat_map(|p| &p.faltas).map(|falta| falta.nombre.as_str()).collect();
    let motivo = if names.is_empty() { failure.sentence.clone() } else { names.join(", ") };
    let key = if names.is_empty() { "fase-no-cambiada" } else { "fase-falta" };
    Text::key(key).with("numero", lista::numero_of(state, id)).with("motivo", motivo)
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
            overlay::push(state, Overlay::Missing { selected: 0 });
            Vec::new()
        }
        (_, None) if conexion::is_for_people(failure) => {
            let texto = not_changed(state, id, failure);
            mensajes::tell(state, Nivel::Error, texto, failure.peticion())
        }
        _ => conexion::failed(state, failure),
    }
}
