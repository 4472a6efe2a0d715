//! The pages of a document as small pictures: only those that are seen are asked for, a few at a time.

use super::super::preview::{documento, pages};
use crate::action::Action;
use crate::effect::Effect;
use crate::state::State;
use crate::state::nitidez::Nitidez;
use crate::state::overlay::Overlay;
use crate::state::preview::thumbs::{AT_ONCE, Thumbs};
use crate::state::preview::{Drawing, Shown, Signature};
use std::collections::BTreeMap;

/// Opens it at the page on screen.
pub fn open(state: &mut State) -> Vec<Effect> {
    let half = state.preview.half();
    let Some(documento) = documento(state, half) else { return Vec::new() };
    let (id, sha256) = (documento.id, documento.sha256.clone());
    let sheet = state.preview.of(half);
    let thumbs = Thumbs {
        half,
        documento: id,
        sha256,
        pages: sheet.pages.unwrap_or(1).max(1),
        selected: sheet.page.max(1),
        first: 0,
        grid: (0, 0),
        cell: (0, 0),
        shown: BTreeMap::new(),
        pending: BTreeMap::new(),
    };
    state.overlays.push(Overlay::Thumbs(Box::new(thumbs)));
    // What is seen is known when it has been drawn.
    Vec::new()
}

fn opened(state: &mut State) -> Option<&mut Thumbs> {
    state.overlays.iter_mut().find_map(|overlay| match overlay {
        Overlay::Thumbs(thumbs) => Some(&mut **thumbs),
        _ => None,
    })
}

/// Arrows move, Intro goes to the page, Esc closes.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(thumbs) = opened(state) else { return Vec::new() };
    let across = u32::from(thumbs.grid.0.max(1));
    let screen = across * u32::from(thumbs.grid.1.max(1));
    let at = thumbs.selected;
    thumbs.selected = match action {
        Action::PreviousPage => at.saturating_sub(1),
        Action::NextPage => at + 1,
        // From the first row upwards one stays where one is, not at the first page.
        Action::Up => {
            if at > across {
                at - across
            } else {
                at
            }
        }
        Action::Down => {
            if at + across <= thumbs.pages {
                at + across
            } else {
                at
            }
        }
        Action::PageUp | Action::PreviewHalfUp => at.saturating_sub(screen),
        Action::PageDown | Action::PreviewHalfDown => at + screen,
        Action::First => 1,
        Action::Last => thumbs.pages,
        Action::Enter => return go(state),
        Action::Back | Action::Thumbs => return close(state),
        _ => return Vec::new(),
    }
    .clamp(1, thumbs.pages);
    thumbs.keep_visible();
    ask(state)
}

/// A click on a page goes to it.
pub fn click(state: &mut State, at: usize) -> Vec<Effect> {
    let Some(thumbs) = opened(state) else { return Vec::new() };
    thumbs.selected = u32::try_from(at).unwrap_or(u32::MAX).clamp(1, thumbs.pages);
    go(state)
}

fn go(state: &mut State) -> Vec<Effect> {
    let Some(page) = opened(state).map(|thumbs| thumbs.selected) else { return Vec::new() };
    let mut effects = close(state);
    effects.extend(pages::turn_to(state, page));
    effects
}

fn close(state: &mut State) -> Vec<Effect> {
    state.overlays.retain(|overlay| !matches!(overlay, Overlay::Thumbs(_)));
    vec![Effect::DropThumbs]
}

/// The view has found out how many pages fit, and how large each is.
pub fn resized(state: &mut State, grid: (u16, u16), cell: (u16, u16)) -> Vec<Effect> {
    let Some(thumbs) = opened(state) else { return Vec::new() };
    if thumbs.cell != cell {
        thumbs.shown.clear();
    }
    let changed = (thumbs.grid, thumbs.cell) != (grid, cell);
    (thumbs.grid, thumbs.cell) = (grid, cell);
    thumbs.keep_visible();
    if !changed {
        return Vec::new();
    }
    state.dirty = true;
    ask(state)
}

/// A small picture has come: the next one is asked for.
pub fn came(state: &mut State, generation: u64, page: u32, shown: Shown) -> Vec<Effect> {
    let Some(thumbs) = opened(state) else { return Vec::new() };
    if thumbs.pending.get(&page).is_none_or(|(_, awaited)| *awaited != generation) {
        return Vec::new();
    }
    thumbs.pending.remove(&page);
    thumbs.shown.insert(page, shown);
    ask(state)
}

/// Asks for pages that are seen and have not come. What is on its way and not seen any more makes room.
fn ask(state: &mut State) -> Vec<Effect> {
    let drawing = state.preview.drawing;
    let rotation = opened(state).map(|thumbs| thumbs.half).map_or(0, |half| state.preview.of(half).rotation);
    let mut generation = state.generation;
    let Some(thumbs) = opened(state) else { return Vec::new() };
    if thumbs.grid.0 == 0 || thumbs.grid.1 == 0 || thumbs.cell.0 == 0 || thumbs.cell.1 == 0 {
        return Vec::new();
    }
    let visible = thumbs.visible();
    thumbs.pending.retain(|page, _| visible.contains(page));
    let mut effects = Vec::new();
    for page in visible {
        if thumbs.shown.contains_key(&page) || thumbs.pending.contains_key(&page) {
            continue;
        }
        let taken = |place: &usize| thumbs.pending.values().any(|(other, _)| other == place);
        let Some(place) = (0..AT_ONCE).find(|place| !taken(place)) else { break };
        generation += 1;
        thumbs.pending.insert(page, (place, generation));
        let signature = signature(thumbs, page, rotation, drawing);
        effects.push(Effect::LoadThumb { place, generation, signature });
    }
    state.generation = generation;
    effects
}

fn signature(thumbs: &Thumbs, page: u32, rotation: u16, drawing: Drawing) -> Signature {
    let (across, down) = drawing.per_cell();
    let pixels = |cells: u16, per_cell: u32| (u32::from(cells) * per_cell).clamp(16, 4096);
    Signature {
        documento: thumbs.documento,
        sha256: thumbs.sha256.clone(),
        page,
        width: pixels(thumbs.cell.0, across),
        height: pixels(thumbs.cell.1, down),
        rotation,
        text: false,
        nitidez: Nitidez::Media,
        percent: 100,
        crop: None,
    }
}
