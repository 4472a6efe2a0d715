//! Pane 3: which page at which size, and moving in it.

use super::{conexion, nitidez};
use crate::action::Action;
use crate::config::VistaPrevia;
use crate::effect::{Effect, Timer};
use crate::msg::Msg;
use crate::state::nitidez::Nitidez;
use crate::state::preview::{Drawing, Shown, Signature};
use crate::state::{Pane, State};
use crate::view::text::{page_lines, page_width};
use api::documento::DocumentoVista;
use domain::DocumentoId;

/// How long the selection rests before the page is asked for, in milliseconds.
const REST_MS: u64 = 150;
/// Steps of the zoom, percent of the page in the pane.
const ZOOMS: [u16; 6] = [100, 150, 200, 250, 300, 400];

/// Nothing to show.
pub fn clear(state: &mut State) {
    let pane = &mut state.preview;
    pane.wanted = None;
    pane.shown = Shown::Nothing;
    pane.pending = None;
    reset(state);
}

fn reset(state: &mut State) {
    let pane = &mut state.preview;
    (pane.page, pane.pages, pane.zoom, pane.rotation, pane.scroll, pane.scroll_x) = (1, None, ZOOMS[0], 0, 0, 0);
    pane.nitidez = None;
}

/// The selection, or what is selected, has changed: the page follows when it rests. Without a document the pane is empty at once.
pub fn follow(state: &mut State, another: bool) -> Vec<Effect> {
    let Some(documento) = state.documentos.current() else {
        clear(state);
        return Vec::new();
    };
    let same =
        state.preview.wanted.as_ref().is_some_and(|of| of.documento == documento.id && of.sha256 == documento.sha256);
    if same && !another {
        return Vec::new();
    }
    if !same {
        // The page of another document under this one's name would be looked at as this one's.
        (state.preview.shown, state.preview.pending) = (Shown::Nothing, None);
        reset(state);
    }
    let mut effects = vec![Effect::Wake { after_ms: REST_MS, timer: Timer::PreviewDebounce }];
    if !same {
        let wanted = wanted(state);
        effects.push(Effect::DropPages { but: wanted.clone() });
        effects.extend(wanted.map(|signature| Effect::PeekPage { signature }));
    }
    effects
}

/// Asks for the page that should be on screen, unless it is.
pub fn load(state: &mut State) -> Vec<Effect> {
    if state.config.vista_previa == VistaPrevia::No {
        return Vec::new();
    }
    let Some(wanted) = wanted(state) else { return Vec::new() };
    let on_screen = shown_of(&state.preview.shown).is_some_and(|shown| shown.serves(&wanted));
    let under_way = state.preview.pending.is_some() && state.preview.wanted.as_ref() == Some(&wanted);
    state.preview.wanted = Some(wanted.clone());
    if under_way {
        return Vec::new();
    }
    if on_screen && !matches!(state.preview.shown, Shown::Card { .. }) {
        state.preview.pending = None;
        return nitidez::after(state);
    }
    let generation = state.next_generation();
    state.preview.pending = Some((generation, state.now));
    vec![Effect::LoadPage { generation, signature: wanted }, super::lista::patience()]
}

/// The page that should be on screen.
pub fn wanted(state: &State) -> Option<Signature> {
    let pane = &state.preview;
    let zoom = pane.zoom.max(ZOOMS[0]);
    let rung = pane.linea.rung(state.config.calidad, zoom > ZOOMS[0]);
    let page = Wish { page: pane.page.max(1), zoom, rotation: pane.rotation, nitidez: pane.nitidez.unwrap_or(rung) };
    signature(state, state.documentos.current()?, &page)
}

/// What would be wanted of another document, if it were selected.
pub fn wanted_of(state: &State, documento: &DocumentoVista) -> Option<Signature> {
    let nitidez = state.preview.linea.rung(state.config.calidad, false);
    signature(state, documento, &Wish { page: 1, zoom: ZOOMS[0], rotation: 0, nitidez })
}

/// What is wanted of a document.
struct Wish {
    page: u32,
    zoom: u16,
    rotation: u16,
    nitidez: Nitidez,
}

fn signature(state: &State, documento: &DocumentoVista, wish: &Wish) -> Option<Signature> {
    let (columns, rows) = state.preview.area;
    if columns == 0 || rows == 0 {
        return None;
    }
    let of = Signature {
        documento: documento.id,
        sha256: documento.sha256.clone(),
        page: wish.page,
        width: 0,
        height: 0,
        rotation: 0,
        text: true,
        nitidez: Nitidez::Normal,
        percent: 100,
    };
    if is_text(state) {
        return Some(of);
    }
    let drawing = state.preview.drawing;
    let (across, down) = drawing.per_cell();
    let percent = wish.nitidez.percent(drawing);
    let pixels =
        |cells: u16, per_cell: u32| (u32::from(cells) * per_cell * u32::from(wish.zoom) / percent).clamp(16, 4096);
    let (width, height) = (pixels(columns, across), pixels(rows, down));
    Some(Signature { width, height, rotation: wish.rotation, text: false, nitidez: wish.nitidez, percent, ..of })
}

/// Whether this version has been on screen; who has switched previews off looks at documents elsewhere.
pub fn has_seen(state: &State, documento: DocumentoId, sha256: &str) -> bool {
    let is_off = state.config.vista_previa == VistaPrevia::No;
    is_off || state.preview.seen.contains(&(documento, sha256.to_owned()))
}

/// Whether the page's text is wanted instead of its picture.
fn is_text(state: &State) -> bool {
    state.preview.text_mode != (state.config.vista_previa == VistaPrevia::Texto)
}

/// What a shown thing is of.
pub fn shown_of(shown: &Shown) -> Option<&Signature> {
    match shown {
        Shown::Nothing => None,
        Shown::Picture { of, .. } | Shown::Text { of, .. } | Shown::Card { of, .. } => Some(of),
    }
}

/// A page has come, or the reason why not.
pub fn message(state: &mut State, msg: Msg) -> Vec<Effect> {
    let Msg::Page { generation, shown, pages, offline, .. } = msg else { return Vec::new() };
    if state.preview.pending.is_none_or(|(awaited, _)| awaited != generation) {
        return Vec::new();
    }
    state.preview.pending = None;
    if offline {
        return conexion::away(state);
    }
    put(state, shown, pages);
    nitidez::after(state)
}

/// The page was here: it is shown at once, if it is still the one that should be.
pub fn peeked(state: &mut State, shown: Shown, pages: Option<u32>) -> Vec<Effect> {
    let serves = shown_of(&shown).zip(wanted(state)).is_some_and(|(of, wanted)| of.serves(&wanted));
    if !serves || !matches!(state.preview.shown, Shown::Nothing) {
        return Vec::new();
    }
    put(state, shown, pages);
    Vec::new()
}

fn put(state: &mut State, shown: Shown, pages: Option<u32>) {
    if let Some(of) = shown_of(&shown) {
        state.preview.seen.insert((of.documento, of.sha256.clone()));
    }
    state.preview.shown = shown;
    state.preview.pages = pages.or(state.preview.pages);
    let (right, down) = scroll_max(state);
    state.preview.scroll_x = state.preview.scroll_x.min(right);
    state.preview.scroll = state.preview.scroll.min(down);
}

/// Moving while the pane has the focus.
pub fn moves(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Up => scroll(state, -1),
        Action::Down => scroll(state, 1),
        Action::PageUp => turn_to(state, state.preview.page.saturating_sub(1)),
        Action::PageDown => turn_to(state, state.preview.page + 1),
        Action::First => turn_to(state, 1),
        _ => turn_to(state, state.preview.pages.unwrap_or(1)),
    }
}

/// Scroll, page, zoom, rotate, text.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let half = i32::from(state.preview.area.1 / 2).max(1);
    match action {
        Action::PreviewDown => scroll(state, 3),
        Action::PreviewUp => scroll(state, -3),
        Action::PreviewHalfDown => scroll(state, half),
        Action::PreviewHalfUp => scroll(state, -half),
        Action::NextPage if pan(state, true) => Vec::new(),
        Action::PreviousPage if pan(state, false) => Vec::new(),
        Action::NextPage => turn_to(state, state.preview.page + 1),
        Action::PreviousPage => turn_to(state, state.preview.page.saturating_sub(1)),
        Action::ZoomIn => zoom(state, true),
        Action::ZoomOut => zoom(state, false),
        Action::Rotate => {
            state.preview.rotation = (state.preview.rotation + 90) % 360;
            (state.preview.scroll, state.preview.scroll_x) = (0, 0);
            load(state)
        }
        Action::PreviewText => {
            state.preview.text_mode = !state.preview.text_mode;
            (state.preview.scroll, state.preview.scroll_x) = (0, 0);
            load(state)
        }
        _ => Vec::new(),
    }
}

/// A page wider than the pane that has the focus is moved sideways first; `false` when it is at its edge.
fn pan(state: &mut State, right: bool) -> bool {
    let (max, _) = scroll_max(state);
    if state.focus != Pane::Preview || max == 0 {
        return false;
    }
    let before = state.preview.scroll_x;
    let step = (state.preview.area.0 / 2).max(1);
    let moved = if right { before.saturating_add(step).min(max) } else { before.saturating_sub(step) };
    state.preview.scroll_x = moved;
    moved != before
}

fn scroll(state: &mut State, rows: i32) -> Vec<Effect> {
    let (_, max) = scroll_max(state);
    state.preview.scroll = (i32::from(state.preview.scroll) + rows).clamp(0, i32::from(max)) as u16;
    Vec::new()
}

/// How far one can scroll, right and down, in cells.
fn scroll_max(state: &State) -> (u16, u16) {
    let (columns, rows) = state.preview.area;
    match &state.preview.shown {
        Shown::Picture { of, picture } => {
            let (across, down) = state.preview.drawing.per_cell();
            let over = |pixels: u32, per_cell: u32, cells: u16| {
                u16::try_from((pixels * of.percent / 100 / per_cell).saturating_sub(u32::from(cells))).unwrap_or(0)
            };
            let pixels = picture.pixels();
            (over(pixels.width(), across, columns), over(pixels.height(), down, rows))
        }
        Shown::Text { text, .. } => {
            let lines = page_lines(text, page_width(columns)).len();
            (0, u16::try_from(lines.saturating_sub(usize::from(rows))).unwrap_or(u16::MAX))
        }
        Shown::Nothing | Shown::Card { .. } => (0, 0),
    }
}

fn turn_to(state: &mut State, page: u32) -> Vec<Effect> {
    let page = page.clamp(1, state.preview.pages.unwrap_or(1));
    if page == state.preview.page {
        return Vec::new();
    }
    state.preview.page = page;
    state.preview.nitidez = None;
    (state.preview.scroll, state.preview.scroll_x) = (0, 0);
    load(state)
}

fn zoom(state: &mut State, larger: bool) -> Vec<Effect> {
    let now = state.preview.zoom.max(ZOOMS[0]);
    let at = ZOOMS.iter().position(|zoom| *zoom >= now).unwrap_or_default();
    let next = if larger { (at + 1).min(ZOOMS.len() - 1) } else { at.saturating_sub(1) };
    // The middle of what is seen stays in the middle.
    let scale = |scroll: u16, cells: u16| {
        let middle = u32::from(scroll) + u32::from(cells) / 2;
        let moved = middle * u32::from(ZOOMS[next]) / u32::from(now);
        u16::try_from(moved.saturating_sub(u32::from(cells) / 2)).unwrap_or(0)
    };
    let (columns, rows) = state.preview.area;
    state.preview.scroll = scale(state.preview.scroll, rows);
    state.preview.scroll_x = scale(state.preview.scroll_x, columns);
    state.preview.zoom = ZOOMS[next];
    load(state)
}

/// The pane has another size: the page follows.
pub fn resized(state: &mut State, area: (u16, u16)) -> Vec<Effect> {
    if state.preview.area == area {
        return Vec::new();
    }
    state.preview.area = area;
    if state.preview.wanted.is_some() || state.documentos.current().is_some() {
        return vec![Effect::Wake { after_ms: REST_MS, timer: Timer::PreviewDebounce }];
    }
    Vec::new()
}

/// The terminal draws in another way, or its cells have another size: the page follows.
pub fn drawn_otherwise(state: &mut State, drawing: Drawing) -> Vec<Effect> {
    if state.preview.drawing == drawing {
        return Vec::new();
    }
    state.preview.drawing = drawing;
    (state.preview.scroll, state.preview.scroll_x) = (0, 0);
    load(state)
}
