//! Documents from a template: filled by the service from the index, with blanks only when somebody has said so.

use super::{ask, conexion, documentos, mensajes};
use crate::effect::{Effect, Write};
use crate::i18n::Text;
use crate::msg::{Answer, Failure};
use crate::state::indice::visible_fields;
use crate::state::mensajes::Nivel;
use crate::state::overlay::{Overlay, Then};
use crate::state::{Pane, Screen, State};
use api::documento::DocumentoVista;
use domain::{CampoId, ExpedienteId, Plantilla, PlantillaId, gate};

/// The templates that this expediente's index asks for.
pub fn offered(state: &State) -> Vec<&Plantilla> {
    let (Some(definicion), Some(detalle)) = (&state.modelo, &state.documentos.detalle.value) else {
        return Vec::new();
    };
    let modelo = &definicion.modelo;
    let holds = |plantilla: &&Plantilla| gate::holds(modelo, plantilla.si.as_deref(), &detalle.indice);
    modelo.plantillas.iter().filter(holds).collect()
}

/// Asks the service for the document.
pub fn make(state: &mut State, expediente: ExpedienteId, plantilla: PlantillaId, con_huecos: bool) -> Vec<Effect> {
    let write = Write::FromTemplate { expediente, plantilla, con_huecos };
    if state.outbox.writes.iter().any(|sent| sent.write == write) {
        // On its way already.
        return Vec::new();
    }
    if state.focus == Pane::Expedientes {
        // Where the document is to come, and where one pane is seen at a time, to be seen.
        state.focus = Pane::Documentos;
    }
    vec![Effect::Write { key: state.next_key(), write }]
}

/// It was made, or not.
pub fn made(state: &mut State, answer: Answer<DocumentoVista>, write: Option<&Write>) -> Vec<Effect> {
    match answer {
        Ok(vista) => done(state, vista),
        Err(failure) => refused(state, &failure, write),
    }
}

/// It is selected as soon as the detail has it, and so its page shows.
fn done(state: &mut State, vista: DocumentoVista) -> Vec<Effect> {
    let mut effects = mensajes::done(state, Text::key("plantilla-hecha").with("nombre", vista.nombre));
    if state.documentos.expediente == Some(vista.expediente) {
        state.documentos.select = Some(vista.id);
        effects.extend(documentos::reload(state));
    }
    effects
}

/// Empty fields are named, and it is asked whether they may be blanks; while something else has the keys it is only told.
fn refused(state: &mut State, failure: &Failure, write: Option<&Write>) -> Vec<Effect> {
    let campos = failure.problem.as_ref().map(|problem| problem.campos.as_slice()).unwrap_or_default();
    let Some(Write::FromTemplate { expediente, plantilla, con_huecos }) = write else {
        return conexion::failed(state, failure);
    };
    if *con_huecos || campos.is_empty() {
        return not_made(state, plantilla, failure);
    }
    let ids: Vec<CampoId> = campos.iter().map(|campo| CampoId::from(campo.campo.as_str())).collect();
    let names: Vec<String> = ids.iter().map(|id| field_name(state, id)).collect();
    let text = |key| {
        Text::key(key)
            .with("nombre", name_of(state, plantilla))
            .with("n", names.len())
            .with("campos", listed(state, &names))
    };
    let free = state.screen == Screen::Work && state.top().is_none() && state.lista.search.is_none();
    let here = state.documentos.expediente == Some(*expediente);
    if !free || !here || state.is_typing_here() {
        let told = text("plantilla-con-faltas");
        return mensajes::warn(state, told);
    }
    let question = text("pregunta-huecos");
    let then = Then::TemplateWithBlanks {
        expediente: *expediente,
        plantilla: plantilla.clone(),
        campo: ids.into_iter().find(|id| visible_fields(state).iter().any(|field| field.id == *id)),
    };
    ask(state, question, then)
}

/// It may have waited for the line since another day: which one is not made is said with the reason.
fn not_made(state: &mut State, plantilla: &PlantillaId, failure: &Failure) -> Vec<Effect> {
    if !conexion::is_for_people(failure) {
        return conexion::failed(state, failure);
    }
    let nombre = name_of(state, plantilla);
    let texto = Text::key("plantilla-no-hecha").with("nombre", nombre).with("motivo", failure.sentence.clone());
    mensajes::tell(state, Nivel::Error, texto, failure.peticion())
}

fn name_of(state: &State, plantilla: &PlantillaId) -> String {
    let known = state.modelo.iter().flat_map(|definicion| &definicion.modelo.plantillas);
    let found = known.into_iter().find(|one| one.id == *plantilla);
    found.map_or_else(|| plantilla.to_string(), |one| one.nombre.clone())
}

fn field_name(state: &State, id: &CampoId) -> String {
    let campo = state.modelo.as_ref().and_then(|definicion| definicion.modelo.campo(id));
    campo.map_or_else(|| id.to_string(), |campo| campo.nombre.clone())
}

/// `NIF, Importe y Matrícula`.
fn listed(state: &State, names: &[String]) -> String {
    let english = state.config.idioma.as_deref().is_some_and(|lang| lang.starts_with("en"));
    match names {
        [first @ .., last] if !first.is_empty() => {
            let and = match (english, last.to_lowercase().starts_with('i')) {
                (true, _) => "and",
                (false, true) => "e",
                (false, false) => "y",
            };
            format!("{} {and} {last}", first.join(", "))
        }
        names => names.concat(),
    }
}

/// Instead of leaving a blank, to the first empty field.
pub fn fill(state: &mut State) -> Vec<Effect> {
    let Some(Overlay::Confirm(question)) = state.overlays.last() else { return Vec::new() };
    let Then::TemplateWithBlanks { campo: Some(campo), .. } = &question.then else { return Vec::new() };
    let campo = campo.clone();
    state.overlays.pop();
    let place = visible_fields(state).iter().position(|field| field.id == campo);
    state.focus = Pane::Indice;
    state.indice.selected = place.unwrap_or(state.indice.selected);
    super::work(state, crate::action::Action::EditIndice)
}
