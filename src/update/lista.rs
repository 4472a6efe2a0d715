//! Pane 1: moving in the list, loading it page by page, marks.

use super::{conexion, documentos};
use crate::action::Action;
use crate::effect::{Effect, Timer};
use crate::i18n::Text;
use crate::msg::{Answer, Msg};
use crate::state::State;
use api::Codigo;
use api::lista::{Fila, Lista, ListaParams, Orden};
use domain::ExpedienteId;

/// How long the selection rests before the detail is asked for, in milliseconds: holding a key down asks for none of those passed over.
const REST_MS: u64 = 60;

/// First page of the query in force; what is shown stays until it comes.
pub fn load(state: &mut State) -> Vec<Effect> {
    let Some(params) = params(state, None) else { return Vec::new() };
    let generation = state.next_generation();
    state.lista.pending = Some((generation, state.now));
    state.lista.pending_more = None;
    vec![Effect::LoadLista { generation, params }, patience()]
}

/// The same again, as far down as has been loaded, keeping the selection.
pub fn reload(state: &mut State) -> Vec<Effect> {
    if state.screen != crate::state::Screen::Work { Vec::new() } else { load(state) }
}

/// Draws once more when the spinner is due.
pub fn patience() -> Effect {
    Effect::Wake { after_ms: crate::state::load::PATIENCE_MS + 1, timer: Timer::Patience }
}

fn params(state: &State, cursor: Option<String>) -> Option<ListaParams> {
    let elegido = state.eleccion.actual.as_ref()?;
    let wanted = u32::try_from(state.lista.filas.len()).unwrap_or(u32::MAX);
    let page = state.config.filas.clamp(10, 200);
    Some(ListaParams {
        entidad: elegido.entidad.to_string(),
        modelo: elegido.modelo.to_string(),
        q: Some(state.lista.query.clone()).filter(|q| !q.trim().is_empty()),
        orden: (state.lista.orden != Orden::default()).then(|| state.lista.orden.to_string()),
        limite: Some(if cursor.is_some() { page } else { page.max(wanted.min(200)) }),
        cursor,
    })
}

/// Another query, from the top.
pub fn search_for(state: &mut State, query: String) -> Vec<Effect> {
    state.lista.query = query;
    state.lista.filas_from_top = true;
    load(state)
}

/// Another order, from the top.
pub fn sort_by(state: &mut State, orden: Orden) -> Vec<Effect> {
    state.lista.orden = orden;
    state.lista.filas_from_top = true;
    load(state)
}

/// Pages of the list, and saved views.
pub fn message(state: &mut State, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Lista { generation, answer } if state.lista.pending.is_some_and(|(pending, _)| pending == generation) => {
            state.lista.pending = None;
            first_page(state, answer)
        }
        Msg::More { generation, answer } if state.lista.pending_more == Some(generation) => {
            state.lista.pending_more = None;
            match answer {
                Ok(lista) => {
                    state.lista.siguiente = lista.siguiente;
                    let known: std::collections::HashSet<ExpedienteId> = state.lista.filas.iter().map(|fila| fila.id).collect();
                    state.lista.filas.extend(lista.items.into_iter().filter(|fila| !known.contains(&fila.id)));
                    Vec::new()
                }
                Err(failure) => conexion::failed(state, &failure),
            }
        }
        Msg::Vistas(Ok(vistas)) => {
            state.lista.vistas = vistas;
            Vec::new()
        }
        Msg::Vistas(Err(failure)) => conexion::failed(state, &failure),
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
        Err(failure) => return conexion::failed(state, &failure),
    };
    let selected = state.lista.current().map(|fila| fila.id);
    let from_top = std::mem::take(&mut state.lista.filas_from_top);
    let place = if from_top { 0 } else { state.lista.selected };
    state.lista.error = None;
    state.lista.filas = lista.items;
    state.lista.siguiente = lista.siguiente;
    state.lista.total = lista.total.unwrap_or_default();
    state.lista.total_es_minimo = lista.total_es_minimo;
    // The selection follows its expediente; gone from the list, it stays at its place.
    let found = selected.filter(|_| !from_top).and_then(|id| state.lista.filas.iter().position(|fila| fila.id == id));
    let last = state.lista.filas.len().saturating_sub(1);
    state.lista.selected = found.unwrap_or(place.min(last));
    state.lista.offset = if from_top { 0 } else { state.lista.offset.min(last) };
    keep_visible(state);
    let mut effects = open_named_files(state);
    if state.lista.current().map(|fila| fila.id) != state.documentos.expediente {
        effects.extend(documentos::load(state));
    }
    effects
}

/// Files named on the command line go to the expediente that is selected first.
fn open_named_files(state: &mut State) -> Vec<Effect> {
    if state.files.is_empty() || state.lista.filas.is_empty() {
        return Vec::new();
    }
    vec![Effect::InspectFiles { paths: std::mem::take(&mut state.files) }]
}

/// Moves the selection.
pub fn moves(state: &mut State, action: Action) -> Vec<Effect> {
    let last = state.lista.filas.len().saturating_sub(1);
    let page = state.lista.height.max(2) - 1;
    let at = state.lista.selected;
    let to = match action {
        Action::Up => at.saturating_sub(1),
        Action::Down => at + 1,
        Action::PageUp => at.saturating_sub(page),
        Action::PageDown => at + page,
        Action::First => 0,
        _ => last,
    };
    select(state, to.min(last))
}

/// Selects a row; its detail is asked for when the selection rests, the next page of rows when the end is near.
pub fn select(state: &mut State, row: usize) -> Vec<Effect> {
    state.lista.selected = row.min(state.lista.filas.len().saturating_sub(1));
    keep_visible(state);
    let mut effects = vec![Effect::Wake { after_ms: REST_MS, timer: Timer::DetalleDebounce }];
    effects.extend(more(state));
    effects
}

/// The detail of the selected row at once.
pub fn load_now(state: &mut State) -> Vec<Effect> {
    if state.lista.current().map(|fila| fila.id) == state.documentos.expediente { Vec::new() } else { documentos::load(state) }
}

fn more(state: &mut State) -> Vec<Effect> {
    let left = state.lista.filas.len().saturating_sub(state.lista.selected);
    if left > state.lista.height.max(10) || state.lista.pending_more.is_some() || state.lista.pending.is_some() {
        return Vec::new();
    }
    let Some(params) = state.lista.siguiente.clone().and_then(|cursor| params(state, Some(cursor))) else { return Vec::new() };
    let generation = state.next_generation();
    state.lista.pending_more = Some(generation);
    vec![Effect::LoadMore { generation, params }]
}

/// Scrolls as little as shows the selected row.
pub fn keep_visible(state: &mut State) {
    let pane = &mut state.lista;
    pane.offset = visible_offset(pane.offset, pane.selected, pane.height);
}

/// The first row to show so that `selected` is among `height` rows, moving as little as possible.
pub fn visible_offset(offset: usize, selected: usize, height: usize) -> usize {
    let height = height.max(1);
    offset.min(selected).max((selected + 1).saturating_sub(height))
}

/// Marks a row, or all from the last mark to here.
pub fn mark(state: &mut State, action: Action) -> Vec<Effect> {
    let at = state.lista.selected;
    let Some(id) = state.lista.current().map(|fila| fila.id) else { return Vec::new() };
    match (action, state.lista.anchor) {
        (Action::MarkRange, Some(anchor)) => {
            let (from, to) = (anchor.min(at), anchor.max(at));
            let ids: Vec<ExpedienteId> = state.lista.filas.iter().take(to + 1).skip(from).map(|fila| fila.id).collect();
            state.lista.marked.extend(ids);
            Vec::new()
        }
        (Action::MarkRange, None) => {
            state.lista.anchor = Some(at);
            state.lista.marked.insert(id);
            Vec::new()
        }
        _ => {
            if !state.lista.marked.remove(&id) {
                state.lista.marked.insert(id);
            }
            state.lista.anchor = Some(at);
            moves(state, Action::Down)
        }
    }
}

/// The marked expedientes, else the selected one.
pub fn targets(state: &State) -> Vec<ExpedienteId> {
    if !state.lista.marked.is_empty() {
        return state.lista.marked.iter().copied().collect();
    }
    state.documentos.detalle.value.as_ref().map(|detalle| detalle.id).into_iter().collect()
}

/// Goes on to the next expediente of the list with documents that wait to be checked.
pub fn next_with_pending(state: &mut State) -> Vec<Effect> {
    let waits = |fila: &Fila| fila.pendientes > 0;
    let after = state.lista.filas.iter().skip(state.lista.selected + 1).position(waits);
    match after {
        Some(skip) => {
            state.documentos.to_pending = true;
            let row = state.lista.selected + 1 + skip;
            let mut effects = select(state, row);
            effects.extend(documentos::load(state));
            effects
        }
        None => super::mensajes::done(state, Text::key("no-quedan-pendientes")),
    }
}

/// A view that is being deleted is no longer offered.
pub fn forget_view(state: &mut State, nombre: &str) {
    state.lista.vistas.retain(|vista| vista.nombre != nombre);
}
