//! Two people changed the same index: what only one touched is merged, what both touched is asked field by field.

use super::{guardar, mensajes};
use crate::action::Action;
use crate::effect::Effect;
use crate::i18n::Text;
use crate::state::indice::Resolve;
use crate::state::{Pane, State};
use api::expediente::Conflicto;
use domain::{CampoId, Valor};
use std::collections::{BTreeMap, BTreeSet};

/// Rows of a value that one page key scrolls on a small screen.
const PAGE: usize = 3;
/// Further down no value goes.
const OFFSET_MAX: usize = 6;

/// The service said what changed since the revision the person had. Without a field that both touched, the save goes out again at once on
/// the new revision. `sent` is what the refused save held: a field that now has just that value was saved by it before a cut.
pub fn begin(state: &mut State, conflicto: Conflicto, sent: &BTreeMap<CampoId, Option<Valor>>) -> Vec<Effect> {
    let (modelo, today) = (state.modelo.clone(), state.today);
    let (Some(definicion), Some(edit)) = (modelo, &mut state.indice.edit) else { return Vec::new() };
    // Something typed since then may be wrong: what was sent was right.
    let values = edit.changes(&definicion.modelo, today).unwrap_or_else(|_| sent.clone());
    let both = |campo: &CampoId, ahora: &Option<Valor>| {
        values.get(campo).is_some_and(|mine| mine != ahora) && sent.get(campo) != Some(ahora)
    };
    let mine: BTreeMap<CampoId, bool> = conflicto
        .campos
        .iter()
        .filter(|changed| both(&changed.campo, &changed.ahora))
        .map(|changed| (changed.campo.clone(), true))
        .collect();
    if mine.is_empty() {
        take_theirs(state, &conflicto);
        let quien = others(&conflicto);
        let mut effects = mensajes::done(state, Text::key("indice-juntado").with("quien", quien));
        effects.extend(guardar::save(state));
        return effects;
    }
    let quien = others(&conflicto);
    edit.conflict = Some(Resolve { conflicto, mine, selected: 0, offset: 0, values });
    if state.is_editing_here() {
        state.focus = Pane::Indice;
    }
    mensajes::warn(state, Text::key("indice-conflicto").with("quien", quien))
}

/// Who has changed fields meanwhile, each once.
fn others(conflicto: &Conflicto) -> String {
    let names: BTreeSet<&str> = conflicto.campos.iter().map(|changed| changed.quien.as_str()).collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

/// From here on the edit stands on what the service has now.
fn take_theirs(state: &mut State, conflicto: &Conflicto) {
    let (modelo, today) = (state.modelo.clone(), state.today);
    if let (Some(definicion), Some(edit)) = (modelo, &mut state.indice.edit) {
        let theirs = conflicto.campos.iter().map(|changed| (changed.campo.clone(), changed.ahora.clone()));
        edit.rebase(&definicion.modelo, today, conflicto.revision, theirs);
    }
}

/// Up and down move, page keys scroll a value that the screen is too small for, arrows, space and Tab take mine or theirs, Intro or Ctrl-S saves, Esc goes back to editing: then the next save asks
/// again.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(resolve) = state.indice.edit.as_mut().and_then(|edit| edit.conflict.as_mut()) else { return Vec::new() };
    let last = resolve.mine.len().saturating_sub(1);
    match action {
        Action::Up => (resolve.selected, resolve.offset) = (resolve.selected.saturating_sub(1), 0),
        Action::Down => (resolve.selected, resolve.offset) = ((resolve.selected + 1).min(last), 0),
        Action::PageUp => resolve.offset = resolve.offset.saturating_sub(PAGE),
        Action::PageDown => resolve.offset = (resolve.offset + PAGE).min(OFFSET_MAX),
        Action::PreviousPage | Action::NextPage | Action::Mark | Action::NextPane => {
            let turn = match action {
                Action::PreviousPage => Some(true),
                Action::NextPage => Some(false),
                _ => None,
            };
            if let Some(mine) = resolve.mine.values_mut().nth(resolve.selected) {
                *mine = turn.unwrap_or(!*mine);
            }
        }
        Action::Enter | Action::Save => return resolved(state),
        Action::Back => {
            if let Some(edit) = &mut state.indice.edit {
                edit.conflict = None;
            }
        }
        Action::Help | Action::Palette => return super::work(state, action),
        _ => {}
    }
    Vec::new()
}

/// Theirs is taken where it was chosen; then the save goes out on the new revision.
fn resolved(state: &mut State) -> Vec<Effect> {
    let Some(edit) = &mut state.indice.edit else { return Vec::new() };
    let Some(Resolve { conflicto, mine, .. }) = edit.conflict.take() else { return Vec::new() };
    for (campo, _) in mine.iter().filter(|(_, mine)| !**mine) {
        edit.texts.remove(campo);
        edit.errors.remove(campo);
    }
    take_theirs(state, &conflicto);
    guardar::save(state)
}
