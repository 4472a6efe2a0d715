//! A filtered list: palette, help, menus.

use super::super::hit::Target;
use super::super::{Painter, text};
use super::{frame, scroll_to};
use crate::i18n::Text;
use crate::state::overlay::{Chosen, Item, Picker, PickerKind};
use ratatui::layout::Rect;

/// Cells of an action's title: sentences stand in a column of their own.
const TITLE: usize = 26;

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
    let inside = frame(p, area, width, picker.items.len() as u16 + 4, &p.texts.text(title), &p.texts.text(keys));
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
        draw_item(p, place, item, at == picker.selected);
        p.click(place, Target::Item(at));
    }
}

/// Title, key or count on the right, and why it cannot be chosen.
fn draw_item(p: &mut Painter<'_, '_>, row: Rect, item: &Item, selected: bool) {
    let base = if selected { p.theme.selection } else { p.theme.overlay };
    if selected {
        p.fill(row, base);
    }
    let (label, hint, help) = parts(p, item);
    let reason = item.disabled.as_ref().map(|reason| p.texts.show(reason));
    let style = |wanted| if selected { base } else { base.patch(wanted) };
    let label_style = style(if reason.is_some() { p.theme.dim } else { p.theme.text });
    let hint_width = text::width(&hint).min(usize::from(row.width) / 2);
    let label_width = usize::from(row.width).saturating_sub(hint_width + 1);
    p.put(row.x, row.y, &text::cut(&label, label_width), label_style);
    p.put(row.right() - hint_width as u16, row.y, &text::cut(&hint, hint_width), style(p.theme.key));
    let titles = matches!(item.choose, Chosen::Action(_)).then_some(TITLE).unwrap_or_default();
    let start = text::width(&label).max(titles).min(label_width) + 2;
    let room = label_width.saturating_sub(start);
    let (remark, remark_style) = match reason {
        Some(reason) => (reason, p.theme.pending),
        None => (help, p.theme.dim),
    };
    if room > 12 && !remark.is_empty() {
        p.put(row.x + start as u16, row.y, &text::cut(&remark, room), style(remark_style));
    }
}

/// Label, right-hand side, sentence. Actions take theirs from the catalogue and the keymap.
fn parts(p: &Painter<'_, '_>, item: &Item) -> (String, String, String) {
    match (&item.choose, &item.label) {
        (Chosen::Action(action), Text::Key("accion", _)) => {
            let name = action.info().map_or("", |info| info.name);
            let keys = p.state.keymap.keys_of(*action).join(" ");
            (p.texts.text(&format!("accion-{name}")), keys, p.texts.text(&format!("accion-{name}.ayuda")))
        }
        (Chosen::Sort(columna), _) => {
            (p.texts.text(&format!("col-{}", columna.as_str())), item.hint.clone(), String::new())
        }
        _ => (p.texts.show(&item.label), item.hint.clone(), p.texts.show(&item.detail)),
    }
}
