//! Pane 3: sharper pages, and those that are fetched before anybody asks.

use super::preview::{load, shown_of, wanted, wanted_of};
use crate::config::VistaPrevia;
use crate::effect::{Effect, Timer};
use crate::state::State;
use crate::state::documentos::Line;
use crate::state::nitidez::Nitidez;
use crate::state::preview::{Half, Shown, Signature};

/// How long somebody stays on a page before it is made sharper, in milliseconds.
const STAY_MS: u64 = 2_500;
/// On a slow line nothing is fetched ahead before it has been idle for so long.
const IDLE_MS: u64 = 1_000;

/// The person wants this page sharper: up to what text needs, then all colours.
pub fn sharper(state: &mut State) -> Vec<Effect> {
    let sheet = state.preview.active_mut();
    let now = sheet.nitidez.or(shown_of(&sheet.shown).map(|of| of.nitidez)).unwrap_or(Nitidez::Normal);
    sheet.nitidez = Some(if now < Nitidez::Normal { Nitidez::Normal } else { Nitidez::Completa });
    load(state)
}

/// Somebody has stayed: if the page is still the one on screen, it is made sharper.
pub fn stayed(state: &mut State) -> Vec<Effect> {
    let is_wanted = |of: &Signature| wanted(state, Half::Selected).is_some_and(|wanted| of.serves(&wanted));
    let here = matches!(&state.preview.sheet.shown, Shown::Picture { of, .. } if of.nitidez < Nitidez::Normal && is_wanted(of));
    if !here || state.preview.sheet.pending.is_some() {
        return Vec::new();
    }
    state.preview.sheet.nitidez = Some(Nitidez::Normal);
    load(state)
}

/// What follows when a page has come: sooner or later it is made sharper, and meanwhile the next ones are brought.
pub fn after(state: &State) -> Vec<Effect> {
    let mut effects = Vec::new();
    let line = state.preview.linea;
    if let Shown::Picture { of, .. } = &state.preview.sheet.shown
        && of.nitidez < Nitidez::Normal
        && line.sharpens(state.config.calidad)
    {
        effects.push(Effect::Wake { after_ms: STAY_MS, timer: Timer::Sharpen });
    }
    if line.is_slow() {
        effects.push(Effect::Wake { after_ms: IDLE_MS, timer: Timer::Ahead });
    } else {
        effects.extend(ahead(state));
    }
    effects
}

/// Brings the page after, and the documents below, into the cache while one reads. Nothing while something else is awaited.
pub fn ahead(state: &State) -> Vec<Effect> {
    let here = match &state.preview.sheet.shown {
        Shown::Picture { of, .. } | Shown::Text { of, .. } => of,
        Shown::Nothing | Shown::Card { .. } => return Vec::new(),
    };
    if state.preview.sheet.pending.is_some() || state.config.vista_previa == VistaPrevia::No {
        return Vec::new();
    }
    let next_page = (state.preview.sheet.pages > Some(here.page))
        .then(|| Signature { page: here.page + 1, crop: None, ..here.clone() })
        .filter(|_| here.crop.is_none());
    let below = state.documentos.lines().into_iter().skip(state.documentos.selected + 1);
    let documents = below.filter_map(|line| match line {
        Line::Documento(documento) => wanted_of(state, documento),
        Line::Falta(_) => None,
    });
    let signatures: Vec<Signature> = next_page.into_iter().chain(documents).take(state.preview.linea.ahead()).collect();
    if signatures.is_empty() { Vec::new() } else { vec![Effect::PrefetchPages { signatures }] }
}
