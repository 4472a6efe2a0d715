//! The mouse: what a click or a turn of the wheel means on what the view has drawn.

use super::{act, documentos, indice, lista, overlay, preview, search};
use crate::action::Action;
use crate::effect::Effect;
use crate::state::preview::{Half, Shown};
use crate::state::{Pane, Screen, State};
use crate::view::hit::{Gesture, Hit, Target};

/// A gesture on something.
pub fn hit(state: &mut State, hit: Hit) -> Vec<Effect> {
    match hit.gesture {
        Gesture::Click => click(state, hit),
        // Elsewhere they mean nothing.
        Gesture::OtherClick | Gesture::ZoomIn | Gesture::ZoomOut => match (hit.target, state.top()) {
            (Target::Page(half), None) => zoom(state, half, hit.gesture == Gesture::ZoomIn, hit.at),
            _ => Vec::new(),
        },
        Gesture::ScrollUp | Gesture::ScrollDown => wheel(state, hit),
    }
}

/// The wheel moves what lies under it; over the page it scrolls. It takes the focus from nothing that is being typed.
fn wheel(state: &mut State, hit: Hit) -> Vec<Effect> {
    let down = hit.gesture == Gesture::ScrollDown;
    let step = if down { Action::Down } else { Action::Up };
    if let (Target::Page(half), None) = (hit.target, state.top()) {
        take_keys(state, half);
        return super::work(state, if down { Action::PreviewDown } else { Action::PreviewUp });
    }
    let (Target::Pane(pane) | Target::Row(pane, _), None) = (hit.target, state.top()) else { return act(state, step) };
    match pane {
        Pane::Preview => super::work(state, if down { Action::PreviewDown } else { Action::PreviewUp }),
        Pane::Expedientes => lista::moves(state, step),
        Pane::Documentos => documentos::moves(state, step),
        Pane::Indice if state.is_editing_here() => Vec::new(),
        Pane::Indice => indice::moves(state, step),
    }
}

/// Of two pages, keys are for the one that was pointed at.
fn take_keys(state: &mut State, half: Half) {
    state.preview.on_pinned = half == Half::Pinned;
}

/// Larger or smaller around the place that was pointed at.
fn zoom(state: &mut State, half: Half, larger: bool, at: (u16, u16)) -> Vec<Effect> {
    take_keys(state, half);
    preview::zoom::zoom(state, larger, Some(at))
}

/// A click on a page that has the focus already makes it larger there; in its text the cursor goes there.
fn click_page(state: &mut State, half: Half, at: (u16, u16)) -> Vec<Effect> {
    let again = state.focus == Pane::Preview && state.preview.half() == half;
    let effects = focus(state, Pane::Preview);
    take_keys(state, half);
    match (&state.preview.of(half).shown, again) {
        (Shown::Text { .. }, _) => preview::lines::click(state, half, at.1),
        (Shown::Picture { .. }, true) => zoom(state, half, true, at),
        _ => effects,
    }
}

fn click(state: &mut State, hit: Hit) -> Vec<Effect> {
    match hit.target {
        Target::Page(_) if state.top().is_some() => Vec::new(),
        Target::Page(half) => click_page(state, half, hit.at),
        Target::Item(at) if state.top().is_some() => overlay::click(state, at),
        Target::Item(at) if state.screen == Screen::Choice => super::eleccion::click(state, at),
        Target::Item(at) if state.screen == Screen::SignIn => super::sesion::click(state, at),
        Target::Item(_) => Vec::new(),
        Target::Action(action) => act(state, action),
        Target::Pane(_) | Target::Row(..) if state.top().is_some() => Vec::new(),
        Target::Pane(pane) => focus(state, pane),
        Target::Row(pane, row) => {
            let again = state.focus == pane;
            let mut effects = focus(state, pane);
            effects.extend(match pane {
                Pane::Expedientes if again && state.lista.selected == row => act(state, Action::Enter),
                Pane::Expedientes => lista::select(state, row),
                Pane::Documentos if again && state.documentos.selected == row => act(state, Action::Enter),
                Pane::Documentos => documentos::select(state, row),
                Pane::Indice => indice::select(state, row),
                Pane::Preview => Vec::new(),
            });
            effects
        }
    }
}

/// The focus goes to a pane; the search box keeps its query and closes, unless that is wrong.
fn focus(state: &mut State, pane: Pane) -> Vec<Effect> {
    let effects = if state.lista.search.is_some() { search::leave(state, true) } else { Vec::new() };
    if state.lista.search.is_none() {
        state.focus = pane;
    }
    effects
}
