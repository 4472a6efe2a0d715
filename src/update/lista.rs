//! Pane 1: moving in the list, marks, views.

use super::{conexion, documentos, mensajes, overlay, paging};
use crate::action::Action;
use crate::effect::{Effect, Timer};
use crate::i18n::Text;
use crate::msg::Msg;
use crate::state::overlay::PickerKind;
use crate::state::{Screen, State};
use api::lista::{Fila, Orden};
use api::vista::Vista;
use domain::ExpedienteId;

/// How long the selection rests before the detail is asked for, in milliseconds: holding a key down asks for none of those passed over.
const REST_MS: u64 = 60;
/// How long saved views wait for rows and page to go before them, in milliseconds.
pub const VISTAS_MS: u64 = 1_000;
/// Rows among which the next pending document is sought by itself; beyond, a search does it better.
const SEEK_MAX: usize = 2_000;

/// The same again, keeping the selection.
pub fn reload(state: &mut State) -> Vec<Effect> {
    state.lista.refresh_due = false;
    if state.screen == Screen::Work { paging::load(state) } else { Vec::new() }
}

/// Draws once more when the spinner is due.
pub fn patience() -> Effect {
    Effect::Wake { after_ms: crate::state::load::PATIENCE_MS + 1, timer: Timer::Patience }
}

/// Another query, from the top.
pub fn search_for(state: &mut State, query: String) -> Vec<Effect> {
    state.lista.query = query;
    state.lista.back_to = None;
    state.lista.filas_from_top = true;
    paging::load(state)
}

/// Another order, from the top; what was selected still is.
pub fn sort_by(state: &mut State, orden: Orden) -> Vec<Effect> {
    state.lista.orden = orden;
    state.lista.filas_from_top = true;
    hold_on(state);
    paging::load(state)
}

/// All of them again; what was selected still is: the next key is meant for it.
pub fn clear_search(state: &mut State) -> Vec<Effect> {
    let effects = search_for(state, String::new());
    hold_on(state);
    effects
}

/// The selected expediente stays selected in the rows to come, first among them if they do not have it.
fn hold_on(state: &mut State) {
    let selected = state.lista.current().map(|fila| fila.id);
    (state.lista.back_to, state.lista.opened) = (selected, selected);
}

/// Asks for the saved views, unless they are here.
pub fn load_vistas(state: &mut State) -> Vec<Effect> {
    let modelo = state.eleccion.actual.as_ref().map(|chosen| chosen.modelo.clone());
    let asked = modelo.filter(|_| !state.lista.vistas_here && state.screen == Screen::Work);
    asked.map(|modelo| Effect::LoadVistas { modelo }).into_iter().collect()
}

/// Choose a saved view: at once, or as soon as they are here.
pub fn choose_view(state: &mut State) -> Vec<Effect> {
    if state.lista.vistas_here {
        return overlay::picker::open(state, PickerKind::Views);
    }
    state.lista.vistas_wanted = true;
    load_vistas(state)
}

/// Saved views.
pub fn vistas(state: &mut State, msg: Msg) -> Vec<Effect> {
    let Msg::Vistas(answer) = msg else { return Vec::new() };
    let saving = state.lista.saving_view.take();
    match answer {
        // Those of the modelo one has left come late.
        Ok(vistas) if vistas.iter().any(|vista| !is_of_choice(state, vista)) => Vec::new(),
        Ok(vistas) => {
            (state.lista.vistas, state.lista.vistas_here) = (vistas, true);
            let wanted = std::mem::take(&mut state.lista.vistas_wanted);
            match saving {
                Some(nombre) => mensajes::done(state, Text::key("vista-guardada").with("nombre", nombre)),
                None if !wanted || state.top().is_some() => Vec::new(),
                None if state.lista.vistas.is_empty() => mensajes::warn(state, Text::key("no-vistas")),
                None => overlay::picker::open(state, PickerKind::Views),
            }
        }
        Err(failure) => {
            state.lista.vistas_wanted = false;
            conexion::failed(state, &failure)
        }
    }
}

fn is_of_choice(state: &State, vista: &Vista) -> bool {
    state.eleccion.actual.as_ref().is_some_and(|elegido| elegido.modelo == vista.modelo)
}

/// Moves the selection.
pub fn moves(state: &mut State, action: Action) -> Vec<Effect> {
    let pane = &state.lista;
    let to = moved(action, pane.selected, pane.height, pane.filas.len());
    let mut effects = select(state, to);
    if action == Action::Last && state.lista.siguiente.is_some() {
        return go_to_end(state, effects);
    }
    if matches!(action, Action::PageDown | Action::Last) {
        // Whoever goes by the page is about to go on by the page.
        effects.extend(paging::more(state, page(state.lista.height) + paging::AHEAD));
    }
    effects
}

/// The last row may not be loaded yet; that of a very long list is nearer from the other side.
fn go_to_end(state: &mut State, mut effects: Vec<Effect>) -> Vec<Effect> {
    if state.lista.total_es_minimo || state.lista.total > SEEK_MAX as u64 {
        effects.extend(mensajes::warn(state, Text::key("lista-larga")));
        effects.extend(paging::next(state));
        return effects;
    }
    state.lista.to_end = true;
    effects.extend(paging::next(state));
    effects
}

/// Where a key for moving goes from line `at` of `count`, of which `height` are on screen.
pub fn moved(action: Action, at: usize, height: usize, count: usize) -> usize {
    let last = count.saturating_sub(1);
    let to = match action {
        Action::Up => at.saturating_sub(1),
        Action::Down => at + 1,
        Action::PageUp => at.saturating_sub(page(height)),
        Action::PageDown => at + page(height),
        Action::First => 0,
        _ => last,
    };
    to.min(last)
}

/// How far a page goes: the last line seen is the first one seen after it.
fn page(height: usize) -> usize {
    height.max(2) - 1
}

/// Selects a row; its detail is asked for when the selection rests, the next page of rows when the end is near.
pub fn select(state: &mut State, row: usize) -> Vec<Effect> {
    (state.lista.seeking, state.lista.to_end) = (false, false);
    let before = state.lista.current().map(|fila| fila.id);
    let row = unpin(state, row);
    state.lista.selected = row.min(state.lista.filas.len().saturating_sub(1));
    keep_visible(state);
    let mut effects = Vec::new();
    if let Some(id) = state.lista.current().map(|fila| fila.id)
        && before != Some(id)
    {
        documentos::await_detail(state, id);
        effects.push(Effect::Wake { after_ms: REST_MS, timer: Timer::DetalleDebounce });
    }
    effects.extend(paging::more(state, paging::AHEAD));
    effects
}

/// A row that stands first only because it was selected goes when it is left: in its order it is further down.
fn unpin(state: &mut State, row: usize) -> usize {
    let pane = &mut state.lista;
    if row == 0 || !std::mem::take(&mut pane.pinned) || pane.filas.is_empty() {
        return row;
    }
    pane.opened = None;
    pane.filas.remove(0);
    (pane.selected, pane.offset) = (0, pane.offset.saturating_sub(1));
    row - 1
}

/// Selects a row and asks for its detail at once.
pub fn go_to(state: &mut State, row: usize) -> Vec<Effect> {
    let mut effects = select(state, row);
    effects.extend(documentos::load(state));
    effects
}

/// Scrolls as little as shows the selected row.
pub fn keep_visible(state: &mut State) {
    let pane = &mut state.lista;
    pane.offset = visible_offset(pane.offset, pane.selected, pane.height, pane.filas.len());
}

/// The first of `count` rows to show so that `selected` is among `height` rows, moving as little as possible and leaving no room unused. Before
/// the first frame the height is not known, and nothing moves.
pub fn visible_offset(offset: usize, selected: usize, height: usize, count: usize) -> usize {
    if height == 0 {
        return offset;
    }
    offset.min(selected).min(count.saturating_sub(height)).max((selected + 1).saturating_sub(height))
}

/// Marks a row, or all from the last mark to here.
pub fn mark(state: &mut State, action: Action) -> Vec<Effect> {
    let at = state.lista.selected;
    let Some((id, numero)) = state.lista.current().map(|fila| (fila.id, fila.numero.clone())) else {
        return Vec::new();
    };
    state.lista.numeros.insert(id, numero);
    let anchor = state.lista.anchor.and_then(|id| state.lista.filas.iter().position(|fila| fila.id == id));
    match (action, anchor) {
        (Action::MarkRange, Some(anchor)) => {
            let (from, to) = (anchor.min(at), anchor.max(at));
            let rows = state.lista.filas.iter().take(to + 1).skip(from);
            let range: Vec<(ExpedienteId, String)> = rows.map(|fila| (fila.id, fila.numero.clone())).collect();
            state.lista.marked.extend(range.iter().map(|(id, _)| *id));
            state.lista.numeros.extend(range);
            Vec::new()
        }
        (Action::MarkRange, None) => {
            state.lista.anchor = Some(id);
            state.lista.marked.insert(id);
            Vec::new()
        }
        _ => {
            if !state.lista.marked.remove(&id) {
                state.lista.marked.insert(id);
            }
            state.lista.anchor = Some(id);
            moves(state, Action::Down)
        }
    }
}

/// The marked expedientes, in the order of the list, else the one on screen.
pub fn targets(state: &State) -> Vec<ExpedienteId> {
    let marked = &state.lista.marked;
    if marked.is_empty() {
        return state.documentos.detalle.value.as_ref().map(|detalle| detalle.id).into_iter().collect();
    }
    let listed = state.lista.filas.iter().map(|fila| fila.id).filter(|id| marked.contains(id));
    let gone = marked.iter().copied().filter(|id| !state.lista.filas.iter().any(|fila| fila.id == *id));
    listed.chain(gone).collect()
}

/// Number of an expediente, as people know it.
pub fn numero_of(state: &State, id: ExpedienteId) -> String {
    let listed = state.lista.filas.iter().find(|fila| fila.id == id).map(|fila| fila.numero.clone());
    let shown = || {
        state.documentos.detalle.value.as_ref().filter(|detalle| detalle.id == id).map(|detalle| detalle.numero.clone())
    };
    listed.or_else(shown).or_else(|| state.lista.numeros.get(&id).cloned()).unwrap_or_default()
}

/// Goes on to the next expediente of the list with documents that wait to be checked; after the last, to the first; when none that is loaded
/// has any, to those further down.
pub fn next_with_pending(state: &mut State) -> Vec<Effect> {
    let waits = |(row, fila): &(usize, &Fila)| *row != state.lista.selected && fila.pendientes > 0;
    let waiting: Vec<usize> = state.lista.filas.iter().enumerate().filter(waits).map(|(row, _)| row).collect();
    let next = waiting.iter().find(|row| **row > state.lista.selected).or(waiting.first()).copied();
    match next {
        Some(row) => go_to(state, row),
        None if state.lista.filas.len() < SEEK_MAX && state.lista.siguiente.is_some() => {
            state.lista.seeking = true;
            paging::next(state)
        }
        None if state.lista.siguiente.is_some() => {
            mensajes::done(state, Text::key("no-quedan-pendientes-cerca").with("n", state.lista.filas.len()))
        }
        None => mensajes::done(state, Text::key("no-quedan-pendientes")),
    }
}

/// A view that is being deleted is no longer offered.
pub fn forget_view(state: &mut State, nombre: &str) {
    state.lista.vistas.retain(|vista| vista.nombre != nombre);
}
