//! Files to upload: found in folders, pasted or dropped; then reviewed with the type of each.

use super::super::{mensajes, transfers};
use super::fields;
use crate::action::Action;
use crate::effect::Effect;
use crate::i18n::Text;
use crate::input::key::KeyPress;
use crate::msg::Msg;
use crate::state::State;
use crate::state::documentos::Line;
use crate::state::overlay::{Entry, Files, Overlay};
use crate::state::transfers::Pick;
use domain::{ExpedienteId, guess};
use std::path::{Path, PathBuf};

/// Opens the picker for the selected expediente; on a missing document its type is preferred.
pub fn open(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(expediente) = state.documentos.detalle.value.as_ref().map(|detalle| detalle.id) else { return Vec::new() };
    let mut files = fresh(state, expediente);
    if action == Action::UploadVersion {
        files.version_of = state.documentos.current().map(|documento| documento.id);
        files.preferred = state.documentos.current().map(|documento| documento.tipo.clone());
    } else if state.focus == crate::state::Pane::Documentos
        && let Some(Line::Falta(requisito)) = state.documentos.lines().get(state.documentos.selected)
    {
        files.preferred = Some(requisito.tipo.clone());
    }
    let folder = files.folder.clone();
    state.overlays.push(Overlay::Files(Box::new(files)));
    list(state, folder)
}

fn fresh(state: &State, expediente: ExpedienteId) -> Files {
    Files {
        expediente,
        version_of: None,
        preferred: None,
        folder: state.last_folder.clone(),
        entries: Vec::new(),
        input: Default::default(),
        visible: Vec::new(),
        selected: 0,
        chosen: Vec::new(),
        review: false,
        marked: Default::default(),
        error: None,
        pending: None,
    }
}

fn files(state: &mut State) -> Option<&mut Files> {
    state.overlays.iter_mut().rev().find_map(|overlay| match overlay {
        Overlay::Files(files) => Some(&mut **files),
        _ => None,
    })
}

fn list(state: &mut State, folder: PathBuf) -> Vec<Effect> {
    let generation = state.next_generation();
    if let Some(files) = files(state) {
        files.pending = Some(generation);
    }
    vec![Effect::ListFolder { generation, folder }]
}

/// An action in the picker or in the review.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(files) = files(state) else { return Vec::new() };
    let count = if files.review { files.chosen.len() } else { files.visible.len() };
    if let Some(moved) = super::scrolled(files.selected, action, count) {
        files.selected = moved;
        return Vec::new();
    }
    if files.review { review(state, action) } else { pick(state, action) }
}

/// Intro goes into a folder or takes the file, Tab marks it, Ctrl-S goes on with the marked ones.
fn pick(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(files) = files(state) else { return Vec::new() };
    let entry = files.visible.get(files.selected).and_then(|at| files.entries.get(*at)).cloned();
    match (action, entry) {
        (Action::Enter, _) if is_path(files.input.value()) => go_to_path(state),
        (Action::Enter, Some(entry)) if entry.folder => {
            files.input.reset();
            list(state, entry.path)
        }
        (Action::Enter, Some(entry)) => {
            choose(files, pick_of(entry));
            begin_review(state);
            Vec::new()
        }
        (Action::NextPane, Some(entry)) => {
            match files.chosen.iter().position(|pick| pick.path == entry.path) {
                _ if entry.folder => {}
                Some(at) => drop(files.chosen.remove(at)),
                None => choose(files, pick_of(entry)),
            }
            files.selected = (files.selected + 1).min(files.visible.len().saturating_sub(1));
            Vec::new()
        }
        (Action::Save, entry) => {
            if let (true, Some(entry)) = (files.chosen.is_empty(), entry.filter(|entry| !entry.folder)) {
                choose(files, pick_of(entry));
            }
            if files.chosen.is_empty() {
                return mensajes::warn(state, Text::key("nada-marcado"));
            }
            begin_review(state);
            Vec::new()
        }
        (Action::Back, _) if !files.input.value().is_empty() => {
            files.input.reset();
            filter(files);
            Vec::new()
        }
        (Action::Back, _) => {
            state.overlays.pop();
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Whether what is typed is no filter but a way to somewhere else.
pub fn is_path(typed: &str) -> bool {
    typed.starts_with(['/', '~']) || typed.contains('/')
}

/// Goes to the folder that was typed, or takes the file.
fn go_to_path(state: &mut State) -> Vec<Effect> {
    let Some(files) = files(state) else { return Vec::new() };
    let typed = files.input.value().trim().to_owned();
    let path = files.folder.join(super::paths::expand_home(&typed));
    files.input.reset();
    filter(files);
    match path.extension() {
        Some(_) if !typed.ends_with('/') => inspect(state, vec![path]),
        _ => list(state, path),
    }
}

fn pick_of(entry: Entry) -> Pick {
    Pick { path: entry.path, nombre: entry.label, bytes: entry.bytes, tipo: None }
}

/// Adds a file once. A new version of a document is one file: the last one chosen.
fn choose(files: &mut Files, pick: Pick) {
    if files.version_of.is_some() {
        files.chosen.clear();
    }
    if !files.chosen.iter().any(|chosen| chosen.path == pick.path) {
        files.chosen.push(pick);
    }
}

/// Each chosen file gets a type: the preferred one, or the one its name tells.
fn begin_review(state: &mut State) {
    let Some(modelo) = state.modelo.clone() else { return };
    let Some(files) = files(state) else { return };
    let one = files.chosen.len() == 1;
    for pick in &mut files.chosen {
        let guessed = guess::guess_tipo(&modelo.modelo, &pick.nombre).map(|tipo| tipo.id.clone());
        let preferred = files.preferred.clone();
        pick.tipo = pick.tipo.take().or_else(|| if one { preferred.or(guessed) } else { guessed });
    }
    files.review = true;
    files.selected = files.chosen.iter().position(|pick| pick.tipo.is_none()).unwrap_or_default();
}

/// Marks the selected file, or takes its mark away, and goes on to the next.
fn mark(files: &mut Files) {
    let Some(path) = files.chosen.get(files.selected).map(|pick| pick.path.clone()) else { return };
    if !files.marked.remove(&path) {
        files.marked.insert(path);
    }
    files.selected = (files.selected + 1).min(files.chosen.len() - 1);
}

/// Intro uploads when every file has its type, else asks for it; `c` gives another type, and `d` leaves out: the selected file, or those
/// marked with the space bar or, all of them, with `V`.
fn review(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(files) = files(state) else { return Vec::new() };
    let without = files.chosen.iter().position(|pick| pick.tipo.is_none());
    match action {
        Action::Enter | Action::Save => match without {
            Some(at) => {
                files.selected = at;
                super::picker::open_file_types(state, &[at])
            }
            None => {
                let (expediente, version_of) = (files.expediente, files.version_of);
                let picks = std::mem::take(&mut files.chosen);
                let folder = files.folder.clone();
                state.overlays.retain(|overlay| !matches!(overlay, Overlay::Files(_)));
                state.last_folder = folder;
                transfers::upload(state, expediente, version_of, picks)
            }
        },
        Action::Retype | Action::NextPane | Action::EditIndice => {
            let meant = files.meant();
            super::picker::open_file_types(state, &meant)
        }
        Action::Mark => {
            mark(files);
            Vec::new()
        }
        Action::MarkRange => {
            let all = files.chosen.iter().map(|pick| pick.path.clone()).collect();
            files.marked = if files.marked == all { Default::default() } else { all };
            Vec::new()
        }
        Action::Delete | Action::Reject => {
            let gone: Vec<PathBuf> =
                files.meant().into_iter().filter_map(|at| files.chosen.get(at)).map(|pick| pick.path.clone()).collect();
            files.chosen.retain(|pick| !gone.contains(&pick.path));
            files.marked.clear();
            files.selected = files.selected.min(files.chosen.len().saturating_sub(1));
            if files.chosen.is_empty() {
                state.overlays.pop();
            }
            Vec::new()
        }
        Action::Back if !files.marked.is_empty() => {
            files.marked.clear();
            Vec::new()
        }
        Action::Back if files.entries.is_empty() => {
            state.overlays.pop();
            Vec::new()
        }
        Action::Back => {
            files.review = false;
            files.selected = 0;
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// A key for the filter; Backspace in an empty one goes to the folder above.
pub fn edit(state: &mut State, key: KeyPress) -> Vec<Effect> {
    let Some(files) = files(state) else { return Vec::new() };
    let up = key.code == crossterm::event::KeyCode::Backspace && files.input.value().is_empty();
    if let (true, Some(parent)) = (up, files.folder.parent().map(Path::to_owned)) {
        return list(state, parent);
    }
    fields::edit(&mut files.input, key);
    filter(files);
    Vec::new()
}

/// Entries that pass the filter, fuzzily, best first; all of them without one.
fn filter(files: &mut Files) {
    let labels: Vec<&str> = files.entries.iter().map(|entry| entry.label.as_str()).collect();
    files.visible = super::picker::fuzzy(files.input.value(), &labels);
    files.selected = 0;
}

/// Paths pasted or dropped on the window: their upload begins. Text that is no path is told so.
pub fn paste_paths(state: &mut State, text: &str) -> Vec<Effect> {
    let paths = super::paths::paths_in(text);
    if paths.is_empty() {
        return mensajes::warn(state, Text::key("pegado-sin-rutas"));
    }
    if let Some(reason) = crate::action::info::disabled_reason(Action::Upload, state) {
        return mensajes::warn(state, Text::key(reason));
    }
    inspect(state, paths)
}

/// Looks at files that were named, for the expediente that is on screen now.
pub fn inspect(state: &mut State, paths: Vec<PathBuf>) -> Vec<Effect> {
    state.transfers.files_for = state.documentos.detalle.value.as_ref().map(|detalle| detalle.id);
    vec![Effect::InspectFiles { paths }]
}

/// What came from outside: a folder's entries, or files that were looked at.
pub fn message(state: &mut State, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Folder { generation, folder, answer } => {
            let Some(files) = files(state).filter(|files| files.pending == Some(generation)) else { return Vec::new() };
            files.pending = None;
            files.error = answer.as_ref().err().cloned();
            match answer {
                Ok(entries) => {
                    files.folder = folder;
                    files.entries = entries;
                    filter(files);
                    Vec::new()
                }
                Err(sentence) => mensajes::error(state, sentence.into()),
            }
        }
        Msg::Files { picks, refused } => {
            let target = state.transfers.files_for.take();
            let mut effects: Vec<Effect> =
                refused.into_iter().flat_map(|sentence| mensajes::error(state, sentence.into())).collect();
            if picks.is_empty() {
                return effects;
            }
            if files(state).is_none() {
                let shown = state.documentos.detalle.value.as_ref().map(|detalle| detalle.id);
                let Some(expediente) = target.or(shown) else {
                    effects.extend(mensajes::warn(state, Text::key("no-expediente")));
                    return effects;
                };
                let fresh = fresh(state, expediente);
                super::push(state, Overlay::Files(Box::new(fresh)));
            }
            if let Some(files) = files(state) {
                picks.into_iter().for_each(|pick| choose(files, pick));
            }
            begin_review(state);
            effects
        }
        _ => Vec::new(),
    }
}
