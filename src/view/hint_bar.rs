//! The bottom line: keys that count here, the heaviest longest; or what the field under the cursor is for; and what is queued.

use super::hit::Target;
use super::{Painter, text};
use crate::action::info::{Info, Place, TABLE, disabled_reason};
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
    if p.state.lista.search.is_some() {
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
    let help = fields.get(p.state.indice.selected).map(|campo| campo.ayuda.clone()).unwrap_or_default();
    let keys = p.texts.text("pista-edicion");
    let line = if help.is_empty() { keys } else { format!("{help}  ·  {keys}") };
    p.put(area.x + 1, area.y, &text::cut(&line, usize::from(room)), p.theme.bar.patch(p.theme.dim));
}

fn hints(p: &mut Painter<'_, '_>, area: Rect, room: u16) {
    let here = place(p.state);
    let mut chosen: Vec<&Info> =
        TABLE.iter().filter(|info| info.hint > 0 && (info.place == here || info.place == Place::Global)).collect();
    // The heaviest first until the line is full; drawn in the order of the table.
    chosen.sort_by_key(|info| std::cmp::Reverse(info.hint + u8::from(info.place == here) * 4));
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
    taken.sort_by_key(|(info, ..)| TABLE.iter().position(|other| other.action == info.action));
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

fn hint(p: &Painter<'_, '_>, info: &Info) -> (String, String) {
    let key = p.state.keymap.keys_of(info.action).into_iter().next().unwrap_or_default();
    (key, p.texts.text(&format!("accion-{}.corta", info.name)))
}

fn queue(p: &Painter<'_, '_>) -> Option<String> {
    let open = p.state.transfers.open();
    let queued = (open > 0).then(|| p.texts.with("en-cola", &[("n", open.into())]));
    queued.map(|text| format!("{text} {} ", p.sign("⇅", "^")))
}
