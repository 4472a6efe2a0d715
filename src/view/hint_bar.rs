//! The bottom line: keys that count here, the heaviest longest; or what the field under the cursor is for; and what is queued.

use super::hit::Target;
use super::{Painter, text};
use crate::action::Action;
use crate::action::info::{Info, Place, TABLE, disabled_reason};
use crate::i18n::keys;
use crate::input::router::place;
use crate::state::Pane;
use crate::state::indice::visible_fields;
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
    } else if p.state.focus == Pane::Indice && p.state.is_editing_here() {
        field_help(p, area, room);
    } else {
        hints(p, area, room);
    }
}

fn sentence(p: &mut Painter<'_, '_>, area: Rect, room: u16, key: &str) {
    let line = p.texts.text(key);
    p.put(area.x + 1, area.y, &text::cut(&line, usize::from(room)), p.theme.bar.patch(p.theme.dim));
}

/// What the field under the cursor is for, or how editing is left.
fn field_help(p: &mut Painter<'_, '_>, area: Rect, room: u16) {
    let fields = visible_fields(p.state);
    let campo = fields.get(p.state.indice.selected);
    let help = campo.map_or_else(String::new, |campo| match campo.ayuda.as_str() {
        "" => campo.nombre.clone(),
        ayuda => format!("{}: {ayuda}", campo.nombre),
    });
    let keys = p.texts.text(match &p.state.indice.edit {
        Some(edit) if edit.conflict.is_some() => "pista-conflicto",
        _ => "pista-edicion",
    });
    let width = text::width(&keys) as u16;
    p.put(area.x + 1, area.y, &text::cut(&keys, usize::from(room)), p.theme.bar.patch(p.theme.dim));
    let left = room.saturating_sub(width + 3);
    if left > 8 {
        p.put(area.x + width + 4, area.y, &text::cut(&help, usize::from(left)), p.theme.bar);
    }
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
        let (key, label) = hint(p, info);
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
    let disabled = if disabled_reason(info.action, p.state).is_some() { 5 } else { 0 };
    (info.hint + own).saturating_sub(disabled)
}

/// What is done to a page: its keys count in every pane, and matter most in its own.
fn is_of_page(action: Action) -> bool {
    use Action::*;
    matches!(action, NextPage | ZoomIn | Rotate | PreviewText | OpenExternal | SaveOriginal)
}

fn hint(p: &Painter<'_, '_>, info: &Info) -> (String, String) {
    let key = p.state.keymap.keys_of(info.action).into_iter().next().unwrap_or_default();
    (keys::named(p.texts, &key), p.texts.text(&format!("accion-{}.corta", info.name)))
}

fn queue(p: &Painter<'_, '_>) -> Option<String> {
    let open = p.state.transfers.open() + p.state.outbox.unanswered(p.state.now);
    let queued = (open > 0).then(|| p.texts.with("en-cola", &[("n", open.into())]));
    queued.map(|text| format!("{text} {} ", p.sign("⇅", "^")))
}
