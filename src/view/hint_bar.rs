//! The bottom line: keys that count here, the heaviest longest; or what the field under the cursor is for; and what is queued.

use super::hit::Target;
use super::{Painter, text};
use crate::action::Action;
use crate::action::info::{Info, Place, TABLE, disabled_reason};
use crate::i18n::keys;
use crate::input::router::place;
use crate::state::indice::visible_fields;
use crate::state::preview::Shown;
use crate::state::{Pane, cola};
use crate::update::preview::clave::is_needed;
use crate::view::layout::MEDIUM;
use domain::CampoIndice;
use domain::texto::fold;
use ratatui::layout::Rect;

/// Draws it.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect) {
    p.fill(area, p.theme.bar);
    let mut end = area.right();
    if let Some(queue) = queue(p) {
        end -= text::width(&queue) as u16 + 1;
        p.put(end, area.y, &queue, p.theme.bar.patch(p.theme.pending));
    }
    let room = end.saturating_sub(area.x + 1);
    if !p.state.overlays.is_empty() {
        // Its keys stand in its own frame.
    } else if !p.state.held.is_empty() {
        sentence(p, area, room, "pista-espera");
    } else if p.state.lista.search.is_some() {
        sentence(p, area, room, "pista-busqueda");
    } else if crate::update::preview::find::is_typing(p.state) {
        sentence(p, area, room, "pista-buscar-documento");
    } else if p.state.focus == Pane::Preview && p.state.preview.find.is_some() {
        sentence(p, area, room, "pista-hallazgos");
    } else if p.state.focus == Pane::Preview && matches!(p.state.preview.active().shown, Shown::Text { .. }) {
        sentence(p, area, room, "pista-texto");
    } else if p.state.focus == Pane::Indice && p.state.is_typing_here() {
        field_help(p, area, room);
    } else {
        hints(p, area, room);
    }
}

/// What stands between the keys of a sentence of the bottom line.
const GAP: &str = "   ";

fn sentence(p: &mut Painter<'_, '_>, area: Rect, room: u16, key: &str) {
    let parts = parts_of(&p.texts.text(key), GAP);
    p.keys(area.x + 1, area.y, usize::from(room), &parts, GAP, p.theme.bar);
}

/// A sentence of keys, key by key.
pub fn parts_of(sentence: &str, gap: &str) -> Vec<String> {
    sentence.split(gap).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// The key in `Tab siguiente`, `↑ ↓ elegir` or `c tipo`, and the cells before it: what stands before the first whole word in small letters.
pub fn key_of(part: &str) -> (usize, &str) {
    let start = part.len() - part.trim_start_matches([' ', '·']).len();
    let is_label = |word: &str| word.chars().count() > 1 && word.starts_with(char::is_lowercase);
    let mut end = start;
    for word in part[start..].split(' ') {
        if is_label(word) {
            break;
        }
        end += word.len() + 1;
    }
    let key = part.get(start..end.min(part.len())).unwrap_or_default().trim_end();
    (text::width(&part[..start]), key)
}

/// What the field under the cursor is for, or how editing is left.
fn field_help(p: &mut Painter<'_, '_>, area: Rect, room: u16) {
    let parts = parts_of(&keys_of_form(p), GAP);
    let used = p.keys(area.x + 1, area.y, usize::from(room), &parts, GAP, p.theme.bar);
    let help = help_of_field(p);
    if help_fits(p, &help, room) {
        p.put(area.x + used + 4, area.y, &help, p.theme.bar);
    }
}

fn keys_of_form(p: &Painter<'_, '_>) -> String {
    p.texts.text(match &p.state.indice.edit {
        Some(edit) if edit.conflict.is_some() => "pista-conflicto",
        _ => "pista-edicion",
    })
}

/// What the selected field of the index is for; nothing while a conflict stands in its place.
fn help_of_field(p: &Painter<'_, '_>) -> String {
    if p.state.indice.edit.as_ref().is_some_and(|edit| edit.conflict.is_some()) {
        return String::new();
    }
    visible_fields(p.state).get(p.state.indice.selected).map_or_else(String::new, |campo| help(campo))
}

/// What a field is for; its name stands before it unless the sentence begins with it.
pub fn help(campo: &CampoIndice) -> String {
    let (name, help) = (&campo.nombre, &campo.ayuda);
    let begins = || fold(help).strip_prefix(&fold(name)).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    match help.as_str() {
        "" => name.clone(),
        _ if begins() => help.clone(),
        _ => format!("{name}: {help}"),
    }
}

fn help_fits(p: &Painter<'_, '_>, help: &str, room: u16) -> bool {
    text::width(&keys_of_form(p)) + 3 + text::width(help) <= usize::from(room)
}

/// The help of the field that is being edited, when the bottom line has no room for all of it: then it stands at the foot of the form.
pub fn help_for_foot(p: &Painter<'_, '_>) -> Option<String> {
    let width = p.frame.area().width;
    let queue = queue(p).map_or(0, |queue| text::width(&queue) as u16 + 1);
    let help = help_of_field(p);
    (!help_fits(p, &help, width.saturating_sub(queue + 1))).then_some(help)
}

fn hints(p: &mut Painter<'_, '_>, area: Rect, room: u16) {
    let here = place(p.state);
    let mut chosen: Vec<&Info> =
        TABLE.iter().filter(|info| info.hint > 0 && (info.place == here || info.place == Place::Global)).collect();
    // The heaviest first until the line is full.
    chosen.sort_by_key(|info| std::cmp::Reverse(weight(p, info, here)));
    let mut taken = Vec::new();
    let mut used = 0;
    for info in chosen {
        let Some((key, label)) = hint(p, info, here) else { continue };
        let width = (text::width(&key) + text::width(&label) + 3) as u16;
        if used + width <= room {
            used += width;
            taken.push((info, key, label));
        }
    }
    // Work first, ways to everything else last.
    let at = |info: &Info| TABLE.iter().position(|other| other.action == info.action);
    taken.sort_by_key(|(info, ..)| (matches!(info.action, Action::Search | Action::Palette | Action::Help), at(info)));
    let mut x = area.x + 1;
    for (info, key, label) in taken {
        let disabled = disabled_reason(info.action, p.state).is_some();
        let style = if disabled { p.theme.dim } else { p.theme.key };
        p.put(x, area.y, &key, p.theme.bar.patch(style));
        let label_x = x + text::width(&key) as u16 + 1;
        p.put(label_x, area.y, &label, p.theme.bar.patch(if disabled { p.theme.dim } else { p.theme.bar }));
        let width = (text::width(&key) + 1 + text::width(&label)) as u16;
        p.click(Rect { x, y: area.y, width, height: 1 }, Target::Action(info.action));
        x += width + 2;
    }
}

/// What counts only here weighs more; what cannot be done now, less.
fn weight(p: &Painter<'_, '_>, info: &Info, here: Place) -> u8 {
    let own = if info.place == here || (here == Place::Preview && is_of_page(info.action)) { 4 } else { 0 };
    let no_more_pages = info.action == Action::NextPage && p.state.preview.active().pages == Some(1);
    let disabled = if no_more_pages || disabled_reason(info.action, p.state).is_some() { 5 } else { 0 };
    (info.hint + own).saturating_sub(disabled)
}

/// What is done to a page: its keys count in every pane, and matter most in its own.
fn is_of_page(action: Action) -> bool {
    use Action::*;
    matches!(action, NextPage | ZoomIn | FitWidth | Thumbs | Pin | Rotate | PreviewText | OpenExternal | SaveOriginal)
}

/// Key and short title; nothing for what has no key here: none at all, or only one that means something else in this place.
fn hint(p: &Painter<'_, '_>, info: &Info, here: Place) -> Option<(String, String)> {
    // Where the page has all of the screen already, there is nothing to be opened.
    let is_whole = p.state.zoomed || p.state.size.0 < MEDIUM;
    if info.action == Action::Enter && here == Place::Preview && is_whole && !is_needed(p.state) {
        return None;
    }
    let own = TABLE.iter().filter(|other| other.place == here && info.place != here);
    let taken: Vec<String> = own.flat_map(|other| p.state.keymap.keys_of(other.action)).collect();
    let key = p.state.keymap.keys_of(info.action).into_iter().find(|key| !taken.contains(key))?;
    Some((keys::named(p.texts, &key), p.texts.text(&format!("accion-{}.corta", info.name))))
}

fn queue(p: &Painter<'_, '_>) -> Option<String> {
    let open = cola::cuantos(p.state);
    let queued = (open > 0).then(|| p.texts.with("en-cola", &[("n", open.into())]));
    queued.map(|text| format!("{text} {} ", p.sign("⇅", "^")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_a_part_is_what_stands_before_its_words() {
        let keys =
            ["Tab siguiente", "↑ ↓ elegir", " · c tipo", "escriba para filtrar", "← lo mío", "Ctrl-S guardar", "F5"];
        let found = keys.map(key_of);
        let wanted = [(0, "Tab"), (0, "↑ ↓"), (3, "c"), (0, ""), (0, "←"), (0, "Ctrl-S"), (0, "F5")];
        assert_eq!(found, wanted);
    }
}
