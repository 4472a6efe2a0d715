//! Rows of the list, page by page; and loading again what is there without losing one's place.
//!
//! A refresh brings the first rows; those further down stay as they are until theirs come too, which is asked for only as far as the screen
//! shows. So the selection never jumps, however far down it is.

use super::{conexion, documentos, lista};
use crate::action::Action;
use crate::effect::{Effect, Timer};
use crate::msg::{Answer, Msg};
use crate::state::{Pane, State};
use api::Codigo;
use api::lista::{Fila, Lista, ListaParams, Orden};
use domain::ExpedienteId;
use std::collections::HashSet;

/// Most rows the service gives at once.
const LIMIT_MAX: usize = 200;
/// Rows beyond those that fit, so that a step down does not wait.
pub const AHEAD: usize = 2;
/// How long changes of others are gathered before the list is loaded again, in milliseconds.
const GATHER_MS: u64 = 1_000;

/// First page of the query in force; what is shown stays until it comes.
pub fn load(state: &mut State) -> Vec<Effect> {
    let shown = if state.lista.filas_from_top || state.lista.filas.is_empty() {
        fits(state)
    } else {
        shown_to(state).max(fits(state))
    };
    let Some(params) = params(state, None, (shown + AHEAD).clamp(10, LIMIT_MAX)) else { return Vec::new() };
    let generation = state.next_generation();
    state.lista.pending = Some((generation, state.now));
    state.lista.pending_more = None;
    state.lista.stale_from = None;
    vec![Effect::LoadLista { generation, params }, lista::patience()]
}

/// Rows that fit in the pane; before the first frame, as many as the layout will give it, about.
fn fits(state: &State) -> usize {
    let (width, height) = (usize::from(state.size.0), usize::from(state.size.1));
    match state.lista.height {
        0 if width >= 100 => height.saturating_sub(1) / 2,
        0 => height.saturating_sub(4),
        known => known,
    }
}

fn page_size(state: &State) -> usize {
    usize::try_from(state.config.filas).unwrap_or(LIMIT_MAX).clamp(10, LIMIT_MAX)
}

fn params(state: &State, cursor: Option<String>, limit: usize) -> Option<ListaParams> {
    let elegido = state.eleccion.actual.as_ref()?;
    Some(ListaParams {
        entidad: elegido.entidad.to_string(),
        modelo: elegido.modelo.to_string(),
        q: Some(state.lista.query.clone()).filter(|q| !q.trim().is_empty()),
        orden: (state.lista.orden != Orden::default()).then(|| state.lista.orden.to_string()),
        limite: u32::try_from(limit).ok(),
        cursor,
    })
}

/// Others have changed something in the list: loaded again soon, at most once a second.
pub fn refresh_soon(state: &mut State) -> Vec<Effect> {
    if std::mem::replace(&mut state.lista.refresh_due, true) {
        return Vec::new();
    }
    vec![Effect::Wake { after_ms: GATHER_MS, timer: Timer::ListRefresh }]
}

/// The next page, when fewer than `ahead` rows are left below those on screen: a step down does not wait, and what nobody looks at costs the
/// line nothing.
pub fn more(state: &mut State, ahead: usize) -> Vec<Effect> {
    if state.lista.pending_more.is_some() || state.lista.pending.is_some() {
        return Vec::new();
    }
    if let Some((from, cursor)) = state.lista.stale_from.clone()
        && from < shown_to(state)
    {
        return ask(state, cursor, page_size(state));
    }
    let left = state.lista.filas.len().saturating_sub(shown_to(state));
    match state.lista.siguiente.clone() {
        Some(cursor) if left < ahead => ask(state, cursor, page_size(state)),
        _ => Vec::new(),
    }
}

/// The next page at once, unless one is on its way.
pub fn next(state: &mut State) -> Vec<Effect> {
    if state.lista.pending_more.is_some() || state.lista.pending.is_some() {
        return Vec::new();
    }
    let fresh = state.lista.stale_from.clone().map(|(_, cursor)| cursor);
    let cursor = fresh.or_else(|| state.lista.siguiente.clone());
    cursor.map(|cursor| ask(state, cursor, LIMIT_MAX)).unwrap_or_default()
}

/// The row after the last that is, or is about to be, on screen.
fn shown_to(state: &State) -> usize {
    state.lista.selected.max(state.lista.offset + state.lista.height.saturating_sub(1)) + 1
}

fn ask(state: &mut State, cursor: String, limit: usize) -> Vec<Effect> {
    let Some(params) = params(state, Some(cursor), limit) else { return Vec::new() };
    let generation = state.next_generation();
    state.lista.pending_more = Some(generation);
    vec![Effect::LoadMore { generation, params }]
}

/// A page comes.
pub fn message(state: &mut State, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Lista { generation, answer } if state.lista.pending.is_some_and(|(pending, _)| pending == generation) => {
            state.lista.pending = None;
            first_page(state, answer)
        }
        Msg::More { generation, answer } if state.lista.pending_more == Some(generation) => {
            state.lista.pending_more = None;
            match answer {
                Ok(lista) => next_page(state, lista),
                Err(failure) => {
                    state.lista.seeking = false;
                    conexion::failed(state, &failure)
                }
            }
        }
        _ => Vec::new(),
    }
}

fn first_page(state: &mut State, answer: Answer<Lista>) -> Vec<Effect> {
    let lista = match answer {
        Ok(lista) => lista,
        Err(failure) if failure.codigo() == Some(Codigo::BusquedaInvalida) => {
            state.lista.error = Some(failure.sentence);
            return Vec::new();
        }
        Err(failure) => {
            state.lista.error = Some(failure.sentence.clone());
            return conexion::failed(state, &failure);
        }
    };
    let selected = state.lista.current().cloned();
    let from_top = std::mem::take(&mut state.lista.filas_from_top);
    let pane = &mut state.lista;
    pane.error = None;
    pane.total = lista.total.unwrap_or_default();
    pane.total_es_minimo = lista.total_es_minimo;
    match lista.siguiente {
        // More had been loaded than one page holds: the rest stays until its turn comes.
        Some(cursor) if !from_top && pane.filas.len() > lista.items.len() => {
            pane.stale_from = Some((lista.items.len(), cursor));
            let rest = pane.filas.split_off(lista.items.len());
            pane.filas = joined(lista.items, rest);
        }
        siguiente => {
            pane.filas = lista.items;
            pane.siguiente = siguiente;
        }
    }
    if from_top {
        let back_to = pane.back_to.take();
        pane.pinned = false;
        let held = selected.clone().filter(|fila| Some(fila.id) == back_to && pane.opened == back_to);
        if let Some(fila) = held.filter(|held| !pane.filas.iter().any(|fila| fila.id == held.id)) {
            pane.filas.insert(0, fila);
            pane.pinned = true;
        }
        pane.selected = pane.filas.iter().position(|fila| Some(fila.id) == back_to).unwrap_or(0);
        pane.offset = 0;
        pane.anchor = None;
    }
    // Another query begins at the top, but it takes nothing away under the hands of who is typing into it.
    let editing = state.is_editing_here();
    keep_place(state, selected.filter(|_| !from_top || editing));
    let mut effects = more(state, 0);
    if state.lista.current().map(|fila| fila.id) != state.documentos.expediente {
        effects.extend(documentos::load(state));
    }
    effects
}

fn next_page(state: &mut State, lista: Lista) -> Vec<Effect> {
    let selected = state.lista.current().cloned();
    let pane = &mut state.lista;
    match pane.stale_from.take() {
        None => {
            pane.siguiente = lista.siguiente;
            let known: HashSet<ExpedienteId> = pane.filas.iter().map(|fila| fila.id).collect();
            pane.filas.extend(lista.items.into_iter().filter(|fila| !known.contains(&fila.id)));
        }
        Some((from, _)) => {
            let mut fresh = std::mem::take(&mut pane.filas);
            let rest = fresh.split_off(from.min(fresh.len()));
            let rest: Vec<Fila> = rest.into_iter().skip(lista.items.len()).collect();
            fresh = joined(fresh, lista.items);
            match lista.siguiente {
                Some(cursor) if !rest.is_empty() => {
                    pane.stale_from = Some((fresh.len(), cursor));
                    pane.filas = joined(fresh, rest);
                }
                siguiente => {
                    pane.filas = fresh;
                    pane.siguiente = siguiente;
                }
            }
        }
    }
    keep_place(state, selected);
    if std::mem::take(&mut state.lista.seeking) {
        return lista::next_with_pending(state);
    }
    if std::mem::take(&mut state.lista.to_end) {
        return lista::moves(state, Action::Last);
    }
    more(state, 0)
}

/// The first rows, and after them those of the second that are not among them.
fn joined(mut first: Vec<Fila>, second: Vec<Fila>) -> Vec<Fila> {
    let known: HashSet<ExpedienteId> = first.iter().map(|fila| fila.id).collect();
    first.extend(second.into_iter().filter(|fila| !known.contains(&fila.id)));
    first
}

/// The selection follows its expediente, at the same height on screen; gone from the list, it stays at its place. But an expediente in which
/// one is at work stays until one leaves it, whatever the search says of it by now: a key meant for it must not meet another.
fn keep_place(state: &mut State, selected: Option<Fila>) {
    let in_hand = state.focus != Pane::Expedientes || state.is_editing_here() || !state.overlays.is_empty();
    let at_work = in_hand || selected.as_ref().is_some_and(|one| state.lista.opened == Some(one.id));
    let pane = &mut state.lista;
    let before = pane.selected;
    let found = selected.as_ref().and_then(|one| pane.filas.iter().position(|fila| fila.id == one.id));
    let found = match selected.filter(|one| found.is_none() && at_work && state.documentos.expediente == Some(one.id)) {
        Some(one) => {
            let place = before.min(pane.filas.len());
            pane.filas.insert(place, one);
            if let Some((from, _)) = &mut pane.stale_from
                && place <= *from
            {
                *from += 1;
            }
            Some(place)
        }
        None => found,
    };
    pane.selected = found.unwrap_or(before).min(pane.filas.len().saturating_sub(1));
    pane.offset = (pane.offset + pane.selected).saturating_sub(before);
    lista::keep_visible(state);
}
