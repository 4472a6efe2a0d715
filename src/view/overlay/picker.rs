//! A filtered list: palette, help, menus.

use super::super::hit::Target;
use super::super::{Painter, layout, text};
use super::{footer, frame, scroll_to};
use crate::i18n::Text;
use crate::i18n::keys;
use crate::state::overlay::{Chosen, Item, Picker, PickerKind};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Cells of an action's title: sentences stand in a column of their own.
const TITLE: usize = 26;
/// From this inside width on every entry has its sentence beside it; under it the selected one has it at the foot.
const WITH_SENTENCES: u16 = 76;

/// Draws it.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect, picker: &Picker) {
    let (title, keys) = match picker.kind {
        PickerKind::Palette => ("titulo-paleta", "pista-lista"),
        PickerKind::Help => ("titulo-ayuda", "pista-lista"),
        PickerKind::New => ("titulo-nuevo", "pista-lista"),
        PickerKind::Copy => ("titulo-copiar", "pista-lista"),
        PickerKind::Sort => ("titulo-ordenar", "pista-lista"),
        PickerKind::Views => ("titulo-vistas", "pista-vistas"),
        PickerKind::Types => ("titulo-tipos", "pista-lista"),
        PickerKind::Themes => ("titulo-temas", "pista-lista"),
        PickerKind::Sessions => ("titulo-sesiones", "pista-sesiones"),
        PickerKind::Deleted => ("titulo-borrados", "pista-lista"),
    };
    let wide = matches!(picker.kind, PickerKind::Palette | PickerKind::Help | PickerKind::Copy | PickerKind::Views);
    let width = if wide { 96 } else { 64 };
    let narrow = layout::centred(area, width, 3).width < WITH_SENTENCES + 4;
    let at_foot = narrow && picker.items.iter().any(|item| !remark(p, item).0.is_empty());
    let height = picker.items.len() as u16 + 3 + u16::from(at_foot);
    let mut inside = frame(p, area, width, height, &p.texts.text(title), &p.texts.text(keys));
    if at_foot {
        let selected = picker.visible.get(picker.selected).and_then(|at| picker.items.get(*at));
        let (sentence, style) = selected.map(|item| remark(p, item)).unwrap_or_default();
        inside = footer(p, inside, &sentence, style);
    }
    p.put(inside.x, inside.y, "/", p.theme.accent);
    p.field(
        Rect { x: inside.x + 2, width: inside.width.saturating_sub(2), height: 1, ..inside },
        &picker.input,
        false,
        true,
    );
    let list = Rect { y: inside.y + 1, height: inside.height.saturating_sub(1), ..inside };
    if picker.visible.is_empty() {
        let key = if picker.pending.is_some() { "cargando" } else { "filtro-sin-resultados" };
        p.put(list.x, list.y, &p.texts.text(key), p.theme.dim);
        return;
    }
    let first = scroll_to(picker.selected, list.height);
    let visible = picker.visible.iter().filter_map(|at| picker.items.get(*at));
    for (row, (at, item)) in visible.enumerate().skip(first).take(usize::from(list.height)).enumerate() {
        let place = Rect { y: list.y + row as u16, height: 1, ..list };
        draw_item(p, place, item, at == picker.selected, !at_foot);
        p.click(place, Target::Item(at));
    }
}

/// Title, key or count on the right, and the sentence about it.
fn draw_item(p: &mut Painter<'_, '_>, row: Rect, item: &Item, selected: bool, with_sentence: bool) {
    let base = if selected { p.theme.selection } else { p.theme.overlay };
    if selected {
        p.fill(row, base);
    }
    let (label, hint) = parts(p, item);
    let style = |wanted| if selected { base } else { base.patch(wanted) };
    let label_style = style(if item.disabled.is_some() { p.theme.dim } else { p.theme.overlay });
    let hint_width = text::width(&hint).min(usize::from(row.width) / 2);
    let label_width = usize::from(row.width).saturating_sub(hint_width + 1);
    p.put(row.x, row.y, &text::cut(&label, label_width), label_style);
    p.put(row.right() - hint_width as u16, row.y, &text::cut(&hint, hint_width), style(p.theme.key));
    let titles = matches!(item.choose, Chosen::Action(_)).then_some(TITLE).unwrap_or_default();
    let start = text::width(&label).max(titles).min(label_width) + 2;
    let room = label_width.saturating_sub(start);
    let (sentence, sentence_style) = remark(p, item);
    if with_sentence && room > 12 {
        p.put(row.x + start as u16, row.y, &text::cut(&sentence, room), style(sentence_style));
    }
}

/// Why it cannot be chosen, else what it does.
fn remark(p: &Painter<'_, '_>, item: &Item) -> (String, Style) {
    match (&item.disabled, &item.choose, &item.label) {
        (Some(reason), ..) => (p.texts.show(reason), p.theme.pending),
        (None, Chosen::Action(action), Text::Key("accion", _)) => {
            let name = action.info().map_or("", |info| info.name);
            (p.texts.text(&format!("accion-{name}.ayuda")), p.theme.dim)
        }
        _ => (p.texts.show(&item.detail), p.theme.dim),
    }
}

/// Label and right-hand side. Actions take theirs from the catalogue and the keymap.
fn parts(p: &Painter<'_, '_>, item: &Item) -> (String, String) {
    match (&item.choose, &item.label) {
        (Chosen::Action(action), Text::Key("accion", _)) => {
            let name = action.info().map_or("", |info| info.name);
            let keys = p.state.keymap.keys_of(*action).join(" ");
            let keys = keys::named(p.texts, &keys);
            (p.texts.text(&format!("accion-{name}")), keys)
        }
        (Chosen::Sort(columna), _) => (p.texts.text(&format!("col-{}", columna.as_str())), item.hint.clone()),
        (Chosen::Recover(_) | Chosen::Revoke(_), label) => (p.texts.show(label), p.moment(&item.hint)),
        (_, label) => (p.texts.show(label), item.hint.clone()),
    }
}
