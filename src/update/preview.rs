//! Pane 3: which page at which size. What one does with it is a file each.

pub mod clave;
pub mod find;
pub mod firmas;
pub mod lines;
pub mod pages;
pub mod pin;
pub mod zoom;

use super::{conexion, nitidez};
use crate::action::Action;
use crate::config::VistaPrevia;
use crate::effect::{Effect, Timer};
use crate::msg::Msg;
use crate::state::nitidez::Nitidez;
use crate::state::preview::{Drawing, Fit, Half, Sheet, Shown, Signature, Whole};
use crate::state::{Pane, State};
use crate::view::layout::WIDE;
use api::documento::DocumentoVista;
use domain::DocumentoId;

/// How long the selection rests before the page is asked for, in milliseconds.
const REST_MS: u64 = 150;

/// Nothing to show.
pub fn clear(state: &mut State) {
    let sheet = &mut state.preview.sheet;
    (sheet.wanted, sheet.shown, sheet.pending) = (None, Shown::Nothing, None);
    find::forget(state, Half::Selected);
    reset(state);
}

/// Another document begins at its first page, turned and as large as it was left.
fn reset(state: &mut State) {
    let content = state.documentos.current().map(|documento| documento.sha256.clone());
    let turned = content.and_then(|sha256| state.preview.turned.get(&sha256).copied());
    let sheet = &mut state.preview.sheet;
    (sheet.zoom, sheet.rotation) = turned.unwrap_or((zoom::ZOOMS[0], 0));
    (sheet.page, sheet.pages, sheet.whole, sheet.nitidez) = (1, None, None, None);
    sheet.to_top();
}

/// The selection, or what is selected, has changed: the page follows when it rests. Without a document the pane is empty at once.
pub fn follow(state: &mut State, another: bool) -> Vec<Effect> {
    let Some(documento) = state.documentos.current() else {
        clear(state);
        return Vec::new();
    };
    let before = state.preview.sheet.wanted.as_ref();
    let same = before.is_some_and(|of| of.documento == documento.id && of.sha256 == documento.sha256);
    if same && !another {
        return Vec::new();
    }
    if !same {
        // The page of another document under this one's name would be looked at as this one's.
        let sheet = &mut state.preview.sheet;
        (sheet.wanted, sheet.shown, sheet.pending) = (None, Shown::Nothing, None);
        find::forget(state, Half::Selected);
        reset(state);
    }
    let mut effects = vec![Effect::Wake { after_ms: REST_MS, timer: Timer::PreviewDebounce }];
    if !same {
        let wanted = wanted(state, Half::Selected);
        effects.push(Effect::DropPages { but: wanted.clone() });
        effects.extend(wanted.map(|signature| Effect::PeekPage { signature }));
    }
    effects
}

/// Asks for the pages that should be on screen, unless they are.
pub fn load(state: &mut State) -> Vec<Effect> {
    let mut effects = load_half(state, Half::Selected);
    if state.preview.pinned.is_some() {
        effects.extend(load_half(state, Half::Pinned));
    }
    effects
}

/// Likewise, one of the two.
fn load_half(state: &mut State, half: Half) -> Vec<Effect> {
    if state.config.vista_previa == VistaPrevia::No {
        return Vec::new();
    }
    let Some(wanted) = wanted(state, half) else { return Vec::new() };
    let sheet = state.preview.of_mut(half);
    let on_screen = shown_of(&sheet.shown).is_some_and(|shown| shown.serves(&wanted));
    let under_way = sheet.pending.is_some() && sheet.wanted.as_ref() == Some(&wanted);
    sheet.wanted = Some(wanted.clone());
    if under_way {
        return Vec::new();
    }
    if on_screen && !matches!(sheet.shown, Shown::Card { .. }) {
        sheet.pending = None;
        return if half == Half::Selected { nitidez::after(state) } else { Vec::new() };
    }
    let generation = state.next_generation();
    state.preview.of_mut(half).pending = Some((generation, state.now));
    vec![Effect::LoadPage { generation, signature: wanted, pinned: half == Half::Pinned }, super::lista::patience()]
}

/// The document of one of the two pages.
pub fn documento(state: &State, half: Half) -> Option<&DocumentoVista> {
    match (half, &state.preview.pinned) {
        (Half::Pinned, Some(pinned)) => Some(&pinned.documento),
        _ => state.documentos.current(),
    }
}

/// The page that should be on screen.
pub fn wanted(state: &State, half: Half) -> Option<Signature> {
    let sheet = state.preview.of(half);
    let rung = state.preview.linea.rung(state.config.calidad, sheet.zoom > zoom::ZOOMS[0]);
    signature(state, documento(state, half)?, sheet, fit(state, half), sheet.nitidez.unwrap_or(rung))
}

/// What would be wanted of another document, if it were selected.
pub fn wanted_of(state: &State, documento: &DocumentoVista) -> Option<Signature> {
    let (zoom, rotation) = state.preview.turned.get(&documento.sha256).copied().unwrap_or((zoom::ZOOMS[0], 0));
    let sheet = Sheet { zoom, rotation, area: state.preview.sheet.area, ..Sheet::default() };
    let rung = state.preview.linea.rung(state.config.calidad, zoom > zoom::ZOOMS[0]);
    signature(state, documento, &sheet, fit(state, Half::Selected), rung)
}

/// What is to be asked of the service for a document to be looked at so.
fn signature(
    state: &State,
    documento: &DocumentoVista,
    sheet: &Sheet,
    fit: Fit,
    nitidez: Nitidez,
) -> Option<Signature> {
    if sheet.area.0 == 0 || sheet.area.1 == 0 {
        return None;
    }
    let of = text_of(documento, sheet.page);
    if is_text(state) {
        return Some(of);
    }
    let drawing = state.preview.drawing;
    let percent = nitidez.percent(drawing);
    let (width, height) = sheet.page_box(drawing, fit, percent);
    let crop = sheet.part(drawing, (width, height), percent);
    Some(Signature { width, height, rotation: sheet.rotation, text: false, nitidez, percent, crop, ..of })
}

/// The text of a page.
fn text_of(documento: &DocumentoVista, page: u32) -> Signature {
    Signature {
        documento: documento.id,
        sha256: documento.sha256.clone(),
        page: page.max(1),
        width: 0,
        height: 0,
        rotation: 0,
        text: true,
        nitidez: Nitidez::Normal,
        percent: 100,
        crop: None,
    }
}

/// How a page fits. Above the form of the index it is as wide as the pane: one reads in it what one types.
fn fit(state: &State, half: Half) -> Fit {
    let above_form = state.is_editing_here() && state.size.0 < WIDE && !state.zoomed;
    if above_form { Fit::Width } else { state.preview.of(half).fit }
}

/// Whether this version has been on screen; who has switched previews off looks at documents elsewhere.
pub fn has_seen(state: &State, documento: DocumentoId, sha256: &str) -> bool {
    let is_off = state.config.vista_previa == VistaPrevia::No;
    is_off || state.preview.seen.contains(&(documento, sha256.to_owned()))
}

/// Whether the page's text is wanted instead of its picture.
pub fn is_text(state: &State) -> bool {
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
    let Msg::Page { generation, signature, shown, pages, firmas, offline } = msg else { return Vec::new() };
    let awaits = |half: &Half| state.preview.of(*half).pending.is_some_and(|(awaited, _)| awaited == generation);
    let Some(half) = [Half::Selected, Half::Pinned].into_iter().find(awaits) else { return Vec::new() };
    state.preview.of_mut(half).pending = None;
    if offline {
        return conexion::away(state);
    }
    if is_beyond(&signature, &shown) {
        // The page is smaller than it was taken to be.
        let sheet = state.preview.of_mut(half);
        sheet.whole = None;
        sheet.to_top();
        return load_half(state, half);
    }
    let card = if let Shown::Card { codigo, .. } = &shown { Some(*codigo) } else { None };
    put(state, half, shown, pages);
    if let Some(codigo) = card {
        return clave::ask_again(state, half, codigo);
    }
    state.preview.clave_tried.take_if(|tried| *tried == signature.sha256);
    let mut effects = firmas::ask(state, &signature, firmas);
    effects.extend(find::page_came(state, half));
    if signature.crop.is_some() {
        // Now that its size is known another part of it may be seen.
        effects.extend(load_half(state, half));
    } else if half == Half::Selected {
        effects.extend(nitidez::after(state));
    }
    effects
}

/// The page was here: it is shown at once, if it is still the one that should be.
pub fn peeked(state: &mut State, shown: Shown, pages: Option<u32>, firmas: u32) -> Vec<Effect> {
    let wanted = wanted(state, Half::Selected);
    let serves = |of: &Signature| wanted.as_ref().is_some_and(|wanted| of.serves(wanted));
    let Some(of) = shown_of(&shown).filter(|of| serves(of)).cloned() else { return Vec::new() };
    if !matches!(state.preview.sheet.shown, Shown::Nothing) {
        return Vec::new();
    }
    put(state, Half::Selected, shown, pages);
    firmas::ask(state, &of, firmas)
}

fn put(state: &mut State, half: Half, shown: Shown, pages: Option<u32>) {
    if let Some(of) = shown_of(&shown) {
        state.preview.seen.insert((of.documento, of.sha256.clone()));
    }
    let sheet = state.preview.of_mut(half);
    if let Shown::Picture { of, whole, .. } = &shown {
        sheet.whole = Some(Whole::told(of, *whole));
    }
    sheet.shown = shown;
    sheet.pages = pages.or(sheet.pages);
    let (right, down) = scroll_max(state, half);
    let sheet = state.preview.of_mut(half);
    if std::mem::take(&mut sheet.at_end) {
        sheet.scroll = down;
        lines::follow_scroll(sheet);
    }
    (sheet.scroll_x, sheet.scroll) = (sheet.scroll_x.min(right), sheet.scroll.min(down));
}

/// A part was asked for that the page does not have.
fn is_beyond(of: &Signature, shown: &Shown) -> bool {
    let moved = of.crop.is_some_and(|crop| (crop.x, crop.y) != (0, 0));
    moved
        && matches!(shown, Shown::Card { codigo: Some(codigo), .. } if matches!(codigo, api::Codigo::RangoInvalido | api::Codigo::DatosInvalidos))
}

/// Scroll, page, zoom, rotate, text.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let half = i32::from(state.preview.active().area.1 / 2).max(1);
    match action {
        Action::PreviewDown => pages::scroll(state, 3),
        Action::PreviewUp => pages::scroll(state, -3),
        Action::PreviewHalfDown => pages::scroll(state, half),
        Action::PreviewHalfUp => pages::scroll(state, -half),
        Action::NextPage if pages::pan(state, true) => load_active(state),
        Action::PreviousPage if pages::pan(state, false) => load_active(state),
        Action::NextPage => pages::turn_by(state, 1),
        Action::PreviousPage => pages::turn_by(state, -1),
        Action::GoToPage => pages::ask(state),
        Action::ZoomIn => zoom::zoom(state, true, None),
        Action::ZoomOut => zoom::zoom(state, false, None),
        Action::FitWidth => zoom::fit(state),
        Action::Rotate => zoom::rotate(state),
        Action::PreviewText => {
            state.preview.text_mode = !state.preview.text_mode;
            for half in [Half::Selected, Half::Pinned] {
                state.preview.of_mut(half).to_top();
            }
            load(state)
        }
        Action::Thumbs => super::overlay::thumbs::open(state),
        Action::Find => find::open(state),
        Action::FindNext => find::go(state, true),
        Action::FindPrevious => find::go(state, false),
        Action::Pin => pin::toggle(state),
        Action::OtherHalf => pin::swap(state),
        Action::Signatures => firmas::open(state),
        _ => Vec::new(),
    }
}

/// One step back within the pane; `false` when there is none.
pub fn back(state: &mut State) -> bool {
    if state.focus != Pane::Preview {
        return false;
    }
    if state.preview.find.take().is_some() {
        return true;
    }
    state.preview.active_mut().anchor.take().is_some()
}

fn load_active(state: &mut State) -> Vec<Effect> {
    let half = state.preview.half();
    // The page of a selection that does not rest yet is not asked for.
    if state.preview.of(half).wanted.is_some() { load_half(state, half) } else { Vec::new() }
}

/// How far one can scroll, right and down, in cells.
fn scroll_max(state: &State, half: Half) -> (u16, u16) {
    let sheet = state.preview.of(half);
    match &sheet.shown {
        Shown::Text { text, .. } => lines::scroll_max(text, sheet.area),
        _ => sheet.scroll_max(state.preview.drawing),
    }
}

/// The pane has another size: the page follows.
pub fn resized(state: &mut State, areas: [(u16, u16); 2]) -> Vec<Effect> {
    let mut changed = false;
    for (half, area) in [Half::Selected, Half::Pinned].into_iter().zip(areas) {
        if half == Half::Pinned && state.preview.pinned.is_none() {
            continue;
        }
        let sheet = state.preview.of_mut(half);
        changed |= sheet.area != area;
        sheet.area = area;
    }
    let anything = state.preview.sheet.wanted.is_some() || state.documentos.current().is_some();
    if changed && (anything || state.preview.pinned.is_some()) {
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
    for half in [Half::Selected, Half::Pinned] {
        let sheet = state.preview.of_mut(half);
        sheet.whole = None;
        sheet.to_top();
    }
    load(state)
}
