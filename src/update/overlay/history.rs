//! History of an expediente; Intro undoes the selected change of the index.

use super::super::{ask, conexion, mensajes};
use crate::action::Action;
use crate::effect::Effect;
use crate::i18n::Text;
use crate::msg::Msg;
use crate::state::overlay::{History, Overlay, Then};
use crate::state::{Load, State};

/// Opens it and asks for the entries.
pub fn open(state: &mut State) -> Vec<Effect> {
    let Some(id) = state.documentos.detalle.value.as_ref().map(|detalle| detalle.id) else { return Vec::new() };
    let generation = state.next_generation();
    let mut entries = Load::default();
    entries.begin(generation, state.now);
    state.overlays.push(Overlay::History(History { expediente: id, entries, selected: 0 }));
    vec![Effect::LoadHistory { generation, id }, super::super::lista::patience()]
}

/// The entries come.
pub fn message(state: &mut State, msg: Msg) -> Vec<Effect> {
    let Msg::History { generation, answer } = msg else { return Vec::new() };
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
                    let question = Text::key("pregunta-deshacer-revision").with("revision", entry.revision.to_string());
                    ask(state, question, Then::Undo(id, Some(entry.revision)))
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
