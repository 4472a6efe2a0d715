//! Text looked for in the document: a box below the page, its hits lit on the page, from one to the next.

use super::{Half, is_text, lines, load_half, pages};
use crate::action::Action;
use crate::effect::{Effect, Timer};
use crate::i18n::Text;
use crate::input::key::KeyPress;
use crate::msg::{Answer, FailureKind};
use crate::preview::tint::{Ink, Piece};
use crate::state::preview::find::{Find, Tinted, on_page};
use crate::state::preview::{Shown, Signature};
use crate::state::{Pane, State};
use crate::update::overlay::fields;
use crate::update::{conexion, mensajes, search};
use crate::view::text::{laid_out, occurrences, page_width};
use api::documento::Hallazgos;
use crossterm::event::KeyCode;
use domain::texto::fold;
use graphics::Protocol;

/// How long typing rests before the document is searched, in milliseconds.
const REST_MS: u64 = 250;

/// Opens the box, or goes back into it.
pub fn open(state: &mut State) -> Vec<Effect> {
    let half = state.preview.half();
    // What is typed next must not run as commands.
    let Some(documento) = super::documento(state, half) else { return search::open(state) };
    let (id, sha256) = (documento.id, documento.sha256.clone());
    state.focus = Pane::Preview;
    match &mut state.preview.find {
        Some(find) if (find.half, &find.sha256) == (half, &sha256) => find.typing = true,
        find => *find = Some(Find::new(half, id, sha256)),
    }
    Vec::new()
}

/// Whether characters go into the box.
pub fn is_typing(state: &State) -> bool {
    state.focus == Pane::Preview && state.preview.find.as_ref().is_some_and(|find| find.typing)
}

/// Another document has come in this place, or none: what was looked for was in the one before.
pub(super) fn forget(state: &mut State, half: Half) {
    state.preview.find.take_if(|find| find.half == half);
}

/// An action while the box has the keys.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Back => {
            state.preview.find = None;
            Vec::new()
        }
        Action::Enter | Action::Down => go(state, true),
        Action::Up => go(state, false),
        Action::NextPane | Action::PreviousPane => {
            leave(state);
            Vec::new()
        }
        Action::PageUp => pages::turn_by(state, -1),
        Action::PageDown => pages::turn_by(state, 1),
        Action::Help | Action::Palette | Action::PreviewUp | Action::PreviewDown => crate::update::work(state, action),
        other => {
            leave(state);
            crate::update::work(state, other)
        }
    }
}

/// The hits stay lit, and keys are for the page again.
fn leave(state: &mut State) {
    if let Some(find) = &mut state.preview.find {
        find.typing = false;
    }
}

/// A key for the box.
pub fn edit(state: &mut State, key: KeyPress) -> Vec<Effect> {
    if key.code == KeyCode::F(3) {
        return go(state, true);
    }
    let Some(find) = &mut state.preview.find else { return Vec::new() };
    let before = find.input.value().to_owned();
    fields::edit(&mut find.input, key);
    typed(state, &before)
}

/// Pasted text for the box.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    let Some(find) = &mut state.preview.find else { return Vec::new() };
    let before = find.input.value().to_owned();
    let whole = fields::paste(&mut find.input, text);
    let mut effects = typed(state, &before);
    if !whole {
        effects.extend(mensajes::warn(state, Text::key("pegado-cortado")));
    }
    effects
}

fn typed(state: &mut State, before: &str) -> Vec<Effect> {
    let Some(find) = state.preview.find.as_mut().filter(|find| find.input.value() != before) else { return Vec::new() };
    (find.pending, find.error) = (None, None);
    vec![Effect::Wake { after_ms: REST_MS, timer: Timer::FindDebounce }]
}

/// Typing has rested: the document is searched.
pub fn run(state: &mut State) -> Vec<Effect> {
    let generation = state.next_generation();
    let now = state.now;
    let Some(find) = &mut state.preview.find else { return Vec::new() };
    let q = find.input.value().trim().to_owned();
    if q == find.of {
        return Vec::new();
    }
    if q.is_empty() {
        (find.of, find.found, find.tinted, find.pending) = (q, None, None, None);
        return Vec::new();
    }
    find.pending = Some((generation, now));
    let search = Effect::Find { generation, documento: find.documento, sha256: find.sha256.clone(), q };
    vec![search, crate::update::lista::patience()]
}

/// The hits have come: on to the first one from the page on screen on.
pub fn came(state: &mut State, generation: u64, q: String, answer: Answer<Hallazgos>) -> Vec<Effect> {
    let Some(find) = &mut state.preview.find else { return Vec::new() };
    if find.pending.take_if(|(awaited, _)| *awaited == generation).is_none() {
        return Vec::new();
    }
    match answer {
        Ok(found) => {
            let half = find.half;
            let page = state.preview.of(half).page;
            let at = found.hallazgos.iter().position(|hit| hit.pagina >= page).unwrap_or_default();
            let Some(find) = &mut state.preview.find else { return Vec::new() };
            let pages = found.paginas;
            (find.of, find.at, find.found, find.error) = (q, at, Some(found), None);
            let sheet = state.preview.of_mut(half);
            sheet.pages = sheet.pages.or((pages > 0).then_some(pages));
            reveal(state)
        }
        Err(failure) => {
            (find.of, find.found, find.tinted) = (q, None, None);
            find.error = Some(failure.sentence.clone());
            match failure.kind {
                FailureKind::Refused | FailureKind::Broken => Vec::new(),
                FailureKind::Offline | FailureKind::SessionEnded => {
                    find.of.clear();
                    conexion::failed(state, &failure)
                }
            }
        }
    }
}

/// To the next hit, or the one before; what was typed meanwhile is looked for first.
pub fn go(state: &mut State, forward: bool) -> Vec<Effect> {
    let Some(find) = &mut state.preview.find else { return open(state) };
    if find.input.value().trim() != find.of {
        return run(state);
    }
    let count = find.count();
    if count == 0 {
        return Vec::new();
    }
    find.at = (find.at + if forward { 1 } else { count - 1 }) % count;
    reveal(state)
}

/// Brings the chosen hit on screen: its page, and the place in it.
fn reveal(state: &mut State) -> Vec<Effect> {
    let Some(find) = &mut state.preview.find else { return Vec::new() };
    let half = find.half;
    let Some(page) = find.found.as_ref().and_then(|found| found.hallazgos.get(find.at)).map(|hit| hit.pagina) else {
        return tint(state);
    };
    find.reveal = true;
    if pages::turn_half(state, half, page) {
        return load_half(state, half);
    }
    page_came(state, half)
}

/// A page is on screen: the chosen hit is brought into sight if it is one of its, and its hits are lit.
pub(super) fn page_came(state: &mut State, half: Half) -> Vec<Effect> {
    let awaits = state.preview.find.as_ref().is_some_and(|find| find.half == half && find.reveal);
    let mut effects = Vec::new();
    if awaits && show(state, half) {
        if let Some(find) = &mut state.preview.find {
            find.reveal = false;
        }
        // Another part of the page may be seen now.
        if !is_text(state) {
            effects.extend(load_half(state, half));
        }
    }
    effects.extend(tint(state));
    effects
}

/// Scrolls to the chosen hit; `false` while its page is not on screen.
fn show(state: &mut State, half: Half) -> bool {
    let Some(find) = &state.preview.find else { return false };
    let Some(hit) = find.found.as_ref().and_then(|found| found.hallazgos.get(find.at)).cloned() else { return false };
    let before = find.found.iter().flat_map(|found| found.hallazgos.iter().take(find.at));
    let place = before.filter(|other| other.pagina == hit.pagina).count();
    let words = fold(&find.of);
    let drawing = state.preview.drawing;
    let sheet = state.preview.of_mut(half);
    let of = super::shown_of(&sheet.shown).map(|of| of.page);
    if of != Some(hit.pagina) || sheet.page != hit.pagina {
        return false;
    }
    match &sheet.shown {
        Shown::Text { text, .. } => {
            let all = laid_out(text, page_width(sheet.area.0));
            let places = all.iter().enumerate().flat_map(|(line, text)| occurrences(text, &words).map(move |_| line));
            let places: Vec<usize> = places.collect();
            if let Some(line) = places.get(place).or(places.last()) {
                sheet.line = *line;
                lines::show_line(sheet);
            }
            true
        }
        Shown::Picture { .. } => {
            let (Some(caja), Some(whole)) = (hit.cajas.first(), sheet.whole_wanted()) else { return true };
            let [left, top, right, bottom] = on_page(*caja, sheet.rotation, whole);
            let (across, down) = drawing.per_cell();
            let (max_x, max_y) = sheet.scroll_max(drawing);
            sheet.scroll_x = seen(sheet.scroll_x, sheet.area.0, (left / across.max(1), right / across.max(1)), max_x);
            sheet.scroll = seen(sheet.scroll, sheet.area.1, (top / down.max(1), bottom / down.max(1)), max_y);
            true
        }
        Shown::Nothing | Shown::Card { .. } => false,
    }
}

/// The cell of the pane where the chosen hit is seen.
pub(super) fn chosen_cell(state: &State, half: Half) -> Option<(u16, u16)> {
    let find = state.preview.find.as_ref().filter(|find| find.half == half)?;
    let sheet = state.preview.of(half);
    let hit = find.found.as_ref()?.hallazgos.get(find.at).filter(|hit| hit.pagina == sheet.page)?;
    let (across, down) = state.preview.drawing.per_cell();
    let whole = sheet.whole_wanted()?;
    let [left, top, right, bottom] = on_page(*hit.cajas.first()?, sheet.rotation, whole);
    let seen = |middle: u32, page: u32, pane: u16, scroll: u16| {
        let margin = u32::from(pane).saturating_sub(page) / 2;
        let cell = u16::try_from((middle + margin).checked_sub(u32::from(scroll))?).ok()?;
        (cell < pane).then_some(cell)
    };
    let x = seen((left + right) / 2 / across.max(1), whole.0 / across.max(1), sheet.area.0, sheet.scroll_x)?;
    Some((x, seen((top + bottom) / 2 / down.max(1), whole.1 / down.max(1), sheet.area.1, sheet.scroll)?))
}

/// Where to scroll so that these cells are seen: where one is, if they are; else they come to a third of the pane.
fn seen(scroll: u16, pane: u16, (from, to): (u32, u32), max: u16) -> u16 {
    let (first, last) = (u32::from(scroll), u32::from(scroll) + u32::from(pane));
    if from >= first && to < last {
        return scroll;
    }
    u16::try_from(from.saturating_sub(u32::from(pane) / 3)).unwrap_or(u16::MAX).min(max)
}

/// Has the hits of the page on screen lit, where the terminal draws pictures itself: as small pictures over it.
fn tint(state: &mut State) -> Vec<Effect> {
    let Some(ink) = ink(state) else { return Vec::new() };
    let Some(find) = &mut state.preview.find else { return Vec::new() };
    if find.tinted.as_ref().is_some_and(|tinted| tinted.ink == ink) {
        return Vec::new();
    }
    if ink.boxes.is_empty() {
        find.tinted = None;
        return Vec::new();
    }
    find.tinted = Some(Tinted { ink: ink.clone(), pieces: Vec::new() });
    vec![Effect::Tint(ink)]
}

/// What is to be lit of the picture on screen; none where the cells are tinted as they are drawn.
fn ink(state: &State) -> Option<Ink> {
    let find = state.preview.find.as_ref()?;
    let drawing = state.preview.drawing;
    let Shown::Picture { of, picture, whole } = &state.preview.of(find.half).shown else { return None };
    if drawing.protocol == Protocol::HalfBlocks || of.sha256 != find.sha256 {
        return None;
    }
    Some(Ink {
        boxes: boxes(find, of, *whole),
        picture: picture.clone(),
        cell: drawing.per_cell(),
        percent: of.percent,
    })
}

/// Boxes of the hits on a page, in pixels of the picture that is of it, or of a part of it; each with whether it is of the chosen one.
pub fn boxes(find: &Find, of: &Signature, whole: (u32, u32)) -> Vec<([u32; 4], bool)> {
    let (x, y) = of.crop.map_or((0, 0), |crop| (crop.x, crop.y));
    let within = |(caja, chosen)| {
        let [left, top, right, bottom] = on_page(caja, of.rotation, whole);
        ([left.saturating_sub(x), top.saturating_sub(y), right.saturating_sub(x), bottom.saturating_sub(y)], chosen)
    };
    let all = find.boxes(of.page).into_iter().map(within);
    all.filter(|([left, top, right, bottom], _)| left < right && top < bottom).collect()
}

/// They have been lit.
pub fn tinted(state: &mut State, ink: &Ink, pieces: Vec<Piece>) -> Vec<Effect> {
    let waiting = state.preview.find.as_mut().and_then(|find| find.tinted.as_mut());
    if let Some(tinted) = waiting.filter(|tinted| tinted.ink == *ink) {
        tinted.pieces = pieces;
    }
    Vec::new()
}
