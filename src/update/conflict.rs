//! Two people changed the same index: what only one touched is merged, what both touched is asked field by field.

use super::{indice, mensajes};
use crate::action::Action;
use crate::effect::Effect;
use crate::i18n::Text;
use crate::state::State;
use crate::state::indice::Resolve;
use api::expediente::Conflicto;
use domain::Valor;

/// The service said what changed. Without a field that both touched, the save goes out again at once on the new revision.
pub fn begin(state: &mut State, conflicto: Conflicto) -> Vec<Effect> {
    let Some(modelo) = state.modelo.clone() else { return Vec::new() };
    let today = state.today;
    let Some(edit) = &mut state.indice.edit else { return Vec::new() };
    let Ok(values) = edit.changes(&modelo.modelo, today) else { return Vec::new() };
    let both = |id: &domain::CampoId, ahora: &Option<Valor>| values.get(id).is_some_and(|mine| mine != ahora);
    let mine: std::collections::BTreeMap<_, _> = conflicto
        .campos
        .iter()
        .filter(|changed| both(&changed.campo, &changed.ahora))
        .map(|changed| (changed.campo.clone(), true))
        .collect();
    // From here on the edit stands on what the service has now.
    for changed in &conflicto.campos {
        match &changed.ahora {
            Some(valor) => edit.base.insert(changed.campo.clone(), valor.clone()),
            None => edit.base.remove(&changed.campo),
        };
    }
    edit.revision = conflicto.revision;
    if mine.is_empty() {
        let mut effects = mensajes::done(state, Text::key("indice-juntado"));
        effects.extend(indice::save(state));
        return effects;
    }
    edit.conflict = Some(Resolve { conflicto, mine, selected: 0, values });
    state.focus = crate::state::Pane::Indice;
    mensajes::warn(state, Text::key("indice-conflicto"))
}

/// Up and down move, arrows, space and Tab take mine or theirs, Intro or Ctrl-S saves, Esc goes back to editing.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(resolve) = state.indice.edit.as_mut().and_then(|edit| edit.conflict.as_mut()) else { return Vec::new() };
    let last = resolve.mine.len().saturating_sub(1);
    match action {
        Action::Up => resolve.selected = resolve.selected.saturating_sub(1),
        Action::Down => resolve.selected = (resolve.selected + 1).min(last),
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
        _ => {}
    }
    Vec::new()
}

/// Theirs is taken where it was chosen; then the save goes out on the new revision.
fn resolved(state: &mut State) -> Vec<Effect> {
    let Some(edit) = &mut state.indice.edit else { return Vec::new() };
    let Some(resolve) = edit.conflict.take() else { return Vec::new() };
    for (campo, _) in resolve.mine.iter().filter(|(_, mine)| !**mine) {
        edit.texts.remove(campo);
        edit.errors.remove(campo);
    }
    if let Some(field) = edit.reload_field(state.modelo.as_deref().map(|definicion| &definicion.modelo)) {
        edit.input = field;
    }
    indice::save(state)
}
