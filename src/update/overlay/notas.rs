//! Notes and avisos of the selected expediente: read, written, done, deleted.

use super::super::{ask, conexion, documentos, mensajes};
use super::escrito;
use crate::action::Action;
use crate::action::info::disabled_reason;
use crate::effect::{Effect, Write};
use crate::i18n::Text;
use crate::msg::Answer;
use crate::state::State;
use crate::state::notas::{Cual, Entrada, Notas, entradas};
use crate::state::overlay::{Overlay, Then};
use api::aviso::{AvisoCambio, AvisoVista};
use domain::ExpedienteId;

/// Lines of a text that a page key scrolls.
const PAGE: usize = 8;

/// Opens it.
pub fn open(state: &mut State) -> Vec<Effect> {
    open_at(state, None);
    Vec::new()
}

/// Likewise, with one of them selected.
pub fn open_at(state: &mut State, selected: Option<Cual>) {
    if let Some(detalle) = &state.documentos.detalle.value {
        state.overlays.push(Overlay::Notas(Notas { expediente: detalle.id, selected, reading: None }));
    }
}

/// The selected one.
fn current(state: &State) -> Option<Entrada<'_>> {
    let Some(Overlay::Notas(notas)) = state.overlays.last() else { return None };
    let entradas = entradas(state.documentos.detalle.value.as_ref()?);
    entradas.get(notas.place(&entradas)).copied()
}

/// Moves, reads, writes, closes.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    if moved(state, action) {
        return Vec::new();
    }
    match action {
        Action::Enter => turn_reading(state),
        Action::Back | Action::Notes if is_reading(state) => turn_reading(state),
        Action::Back | Action::Notes => {
            state.overlays.pop();
            Vec::new()
        }
        Action::New | Action::NewNote => when_allowed(state, Action::NewNote, escrito::new_note),
        // The key of "avanzar" is the one of "aviso" here.
        Action::Advance | Action::NewAviso => when_allowed(state, Action::NewAviso, escrito::new_aviso),
        Action::EditIndice | Action::Rename => when_allowed(state, Action::NewNote, change),
        Action::Mark => when_allowed(state, Action::NewNote, turn_done),
        Action::Delete => when_allowed(state, Action::NewNote, ask_delete),
        _ => Vec::new(),
    }
}

/// Does it if one may write here; else says why not.
fn when_allowed(state: &mut State, action: Action, run: fn(&mut State) -> Vec<Effect>) -> Vec<Effect> {
    match disabled_reason(action, state) {
        Some(reason) => mensajes::warn(state, Text::key(reason)),
        None => run(state),
    }
}

fn is_reading(state: &State) -> bool {
    matches!(state.overlays.last(), Some(Overlay::Notas(notas)) if notas.reading.is_some())
}

fn turn_reading(state: &mut State) -> Vec<Effect> {
    let some = current(state).is_some();
    if let Some(Overlay::Notas(notas)) = state.overlays.last_mut() {
        notas.reading = if notas.reading.is_none() && some { Some(0) } else { None };
    }
    Vec::new()
}

/// In the list from one to the next; in a text up and down.
fn moved(state: &mut State, action: Action) -> bool {
    let ids: Vec<Cual> = state.documentos.detalle.value.iter().flat_map(entradas).map(Entrada::cual).collect();
    let texto = current(state).map(|entrada| entrada.texto().to_owned()).unwrap_or_default();
    let Some(Overlay::Notas(notas)) = state.overlays.last_mut() else { return false };
    if let Some(offset) = notas.reading {
        let to = match action {
            Action::Up | Action::PreviewUp => offset.saturating_sub(1),
            Action::Down | Action::PreviewDown => offset + 1,
            Action::PageUp | Action::PreviewHalfUp => offset.saturating_sub(PAGE),
            Action::PageDown | Action::PreviewHalfDown => offset + PAGE,
            Action::First => 0,
            Action::Last => usize::MAX,
            _ => return false,
        };
        // How it wraps the view knows; no text has more lines than characters.
        notas.reading = Some(to.min(texto.chars().count()));
        return true;
    }
    let place = ids.iter().position(|id| Some(*id) == notas.selected).unwrap_or_default();
    let Some(to) = super::scrolled(place, action, ids.len()) else { return false };
    notas.selected = ids.get(to).copied();
    true
}

/// A click on a line.
pub fn click(state: &mut State, at: usize) -> Vec<Effect> {
    let ids: Vec<Cual> = state.documentos.detalle.value.iter().flat_map(entradas).map(Entrada::cual).collect();
    if let Some(Overlay::Notas(notas)) = state.overlays.last_mut() {
        if notas.reading.is_some() {
            return Vec::new();
        }
        let again = ids.get(at).copied() == notas.selected;
        notas.selected = ids.get(at).copied().or(notas.selected);
        if again {
            return turn_reading(state);
        }
    }
    Vec::new()
}

fn own(state: &State, por: &str) -> bool {
    state.persona.as_ref().is_some_and(|persona| persona.usuario == por)
}

fn change(state: &mut State) -> Vec<Effect> {
    let Some(entrada) = current(state) else { return Vec::new() };
    let addressee = matches!(entrada, Entrada::Aviso(aviso) if own(state, &aviso.para));
    if !own(state, entrada.por()) && !addressee {
        return mensajes::warn(state, Text::key("nota-ajena"));
    }
    let cual = entrada.cual();
    escrito::change(state, cual)
}

/// Done, or open again. The selection goes on: what is done has its place further down.
fn turn_done(state: &mut State) -> Vec<Effect> {
    let Some(Entrada::Aviso(aviso)) = current(state) else {
        return mensajes::warn(state, Text::key("nota-no-se-hace"));
    };
    let (id, done) = (aviso.id, aviso.hecho.is_none());
    let Some(detalle) = &state.documentos.detalle.value else { return Vec::new() };
    let expediente = detalle.id;
    let next = entradas(detalle).windows(2).find(|pair| pair[0].cual() == Cual::Aviso(id)).map(|pair| pair[1].cual());
    if let Some(Overlay::Notas(notas)) = state.overlays.last_mut() {
        notas.reading = None;
        notas.selected = if done { next } else { Some(Cual::Aviso(id)) };
    }
    if is_on_its_way(state, id) {
        return Vec::new();
    }
    vec![send_done(state, expediente, id, done)]
}

/// Says at the service that an aviso is done, or open again.
pub fn send_done(state: &mut State, expediente: ExpedienteId, aviso: domain::AvisoId, done: bool) -> Effect {
    let cambio = AvisoCambio { hecho: Some(done), ..Default::default() };
    Effect::Write { key: state.next_key(), write: Write::ChangeAviso { expediente, aviso, cambio } }
}

/// Whether it has been said already that this one is done, or not, without an answer yet.
pub fn is_on_its_way(state: &State, id: domain::AvisoId) -> bool {
    let same = |write: &Write| matches!(write, Write::ChangeAviso { aviso, cambio, .. } if *aviso == id && cambio.hecho.is_some());
    state.outbox.writes.iter().any(|sent| same(&sent.write))
}

fn ask_delete(state: &mut State) -> Vec<Effect> {
    let Some(entrada) = current(state) else { return Vec::new() };
    if !own(state, entrada.por()) {
        return mensajes::warn(state, Text::key("nota-ajena-borrar"));
    }
    let cual = entrada.cual();
    let key = if matches!(cual, Cual::Nota(_)) { "pregunta-borrar-nota" } else { "pregunta-borrar-aviso" };
    let texto = crate::view::text::cut(entrada.texto(), 60);
    let Some(expediente) = state.documentos.detalle.value.as_ref().map(|detalle| detalle.id) else { return Vec::new() };
    ask(state, Text::key(key).with("texto", texto), Then::DeleteNote(expediente, cual))
}

/// Deletes it.
pub fn delete(state: &mut State, expediente: ExpedienteId, cual: Cual) -> Vec<Effect> {
    let write = match cual {
        Cual::Nota(nota) => Write::DeleteNota { expediente, nota },
        Cual::Aviso(aviso) => Write::DeleteAviso { expediente, aviso },
    };
    vec![Effect::Write { key: state.next_key(), write }]
}

/// It was deleted, or not.
pub fn deleted(state: &mut State, answer: Answer<()>, write: Option<&Write>) -> Vec<Effect> {
    if let Err(failure) = answer {
        let mut effects = conexion::failed(state, &failure);
        effects.extend(documentos::reload(state));
        return effects;
    }
    let (key, expediente) = match write {
        Some(Write::DeleteAviso { expediente, .. }) => ("aviso-borrado", *expediente),
        Some(Write::DeleteNota { expediente, .. }) => ("nota-borrada", *expediente),
        _ => return Vec::new(),
    };
    if let Some(detalle) = state.documentos.detalle.value.as_mut().filter(|detalle| detalle.id == expediente) {
        match write {
            Some(Write::DeleteNota { nota, .. }) => detalle.notas.retain(|one| one.id != *nota),
            Some(Write::DeleteAviso { aviso, .. }) => detalle.avisos.retain(|one: &AvisoVista| one.id != *aviso),
            _ => {}
        }
    }
    let mut effects = mensajes::done(state, Text::key(key));
    if key == "aviso-borrado" {
        effects.extend(super::super::avisos::load(state));
    }
    if state.documentos.expediente == Some(expediente) {
        effects.extend(documentos::reload(state));
    }
    effects
}
