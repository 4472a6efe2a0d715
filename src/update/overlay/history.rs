//! History of an expediente; Intro undoes the selected change of the index.

use super::super::{ask, conexion, mensajes};
use crate::action::Action;
use crate::effect::Effect;
use crate::i18n::Text;
use crate::msg::{Answer, Msg};
use crate::state::overlay::{History, Overlay, Then};
use crate::state::{Load, State};
use api::evento::Clase;
use api::expediente::HistorialEntrada;
use domain::{ExpedienteId, Valor, campo};

/// Opens it and asks for the entries.
pub fn open(state: &mut State) -> Vec<Effect> {
    let Some(id) = state.documentos.detalle.value.as_ref().map(|detalle| detalle.id) else { return Vec::new() };
    let generation = state.next_generation();
    let mut entries = Load::default();
    entries.begin(generation, state.now);
    state.overlays.push(Overlay::History(History { expediente: id, entries, selected: 0 }));
    vec![Effect::LoadHistory { generation, id }, super::super::lista::patience()]
}

/// Before the last change of the index is undone it is named: which one that is, the history says.
pub fn ask_undo(state: &mut State) -> Vec<Effect> {
    let Some(id) = state.documentos.detalle.value.as_ref().map(|detalle| detalle.id) else { return Vec::new() };
    let generation = state.next_generation();
    state.indice.undoing = Some((generation, id));
    vec![Effect::LoadHistory { generation, id }]
}

fn ask_about_last(state: &mut State, id: ExpedienteId, answer: Answer<Vec<HistorialEntrada>>) -> Vec<Effect> {
    let entries = match answer {
        Ok(entries) => entries,
        Err(failure) => return conexion::failed(state, &failure),
    };
    // By now another one may be on screen.
    if state.documentos.expediente != Some(id) {
        return Vec::new();
    }
    match entries.iter().find(|entry| entry.clase == Clase::IndiceCambiado) {
        Some(last) if last.deshacible => ask_about(state, id, last),
        Some(_) => mensajes::warn(state, Text::key("no-deshacible")),
        None => mensajes::warn(state, Text::key("nada-que-deshacer")),
    }
}

/// Who changed what: the question that comes before undoing it.
fn ask_about(state: &mut State, id: ExpedienteId, entry: &HistorialEntrada) -> Vec<Effect> {
    let question =
        Text::key("pregunta-deshacer").with("quien", entry.quien.clone()).with("cambios", changes(state, entry));
    ask(state, question, Then::Undo(id, Some(entry.revision)))
}

/// `Móvil: 600000001 → 600000002 · …`.
fn changes(state: &State, entry: &HistorialEntrada) -> String {
    let modelo = state.modelo.as_ref().map(|definicion| &definicion.modelo);
    let shown = entry.campos.iter().filter_map(|change| {
        let campo = modelo?.campo(&change.campo)?;
        let show = |valor: &Option<Valor>| valor.as_ref().map_or_else(|| "—".to_owned(), |v| campo::show(campo, v));
        Some(format!("{}: {} → {}", campo.nombre, show(&change.antes), show(&change.ahora)))
    });
    shown.collect::<Vec<_>>().join(" · ")
}

/// The entries come.
pub fn message(state: &mut State, msg: Msg) -> Vec<Effect> {
    let Msg::History { generation, answer } = msg else { return Vec::new() };
    if let Some((_, id)) = state.indice.undoing.take_if(|(awaited, _)| *awaited == generation) {
        return ask_about_last(state, id, answer);
    }
    let open = state.overlays.iter_mut().find_map(|overlay| match overlay {
        Overlay::History(history) => Some(history),
        _ => None,
    });
    let Some(history) = open else { return Vec::new() };
    let failure = answer.as_ref().err().cloned();
    if !history.entries.finish(generation, answer.map_err(|failure| failure.sentence)) {
        return Vec::new();
    }
    failure.map(|failure| conexion::failed(state, &failure)).unwrap_or_default()
}

/// Moves, undoes, closes.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(Overlay::History(history)) = state.overlays.last_mut() else { return Vec::new() };
    let count = history.entries.value.as_ref().map_or(0, Vec::len);
    if let Some(moved) = super::scrolled(history.selected, action, count) {
        history.selected = moved;
        return Vec::new();
    }
    match action {
        Action::Enter | Action::Undo => {
            let id = history.expediente;
            let entry = history.entries.value.as_ref().and_then(|entries| entries.get(history.selected)).cloned();
            match entry {
                Some(entry) if entry.deshacible => {
                    state.overlays.pop();
                    ask_about(state, id, &entry)
                }
                Some(_) => mensajes::warn(state, Text::key("no-deshacible")),
                None => Vec::new(),
            }
        }
        Action::Back | Action::History => {
            state.overlays.pop();
            Vec::new()
        }
        _ => Vec::new(),
    }
}
