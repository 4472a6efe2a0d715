//! What somebody who administers the service, and sees no expedientes, can do: here, and with which commands on the server.

use super::super::hit::Target;
use super::super::{Painter, text};
use super::{hint, is_low, titled};
use crate::i18n::keys;
use crate::update::administra::MENU;
use ratatui::layout::Rect;

/// Commands, and the sentence about each.
const ORDERS: [(&str, &str); 5] = [
    ("expedientes admin user list", "administra-user"),
    ("expedientes admin config check", "administra-config"),
    ("expedientes admin audit verify", "administra-audit"),
    ("expedientes admin backup", "administra-backup"),
    ("expedientes admin --help", "administra-ayuda"),
];
/// Cells of a command.
const ORDER: usize = 32;

/// The whole screen.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect) {
    let low = is_low(area);
    let body = titled(p, area, 76, 19);
    let mut y = body.y;
    let width = usize::from(body.width);
    if !low {
        let nombre = p.state.persona.as_ref().map(|persona| persona.nombre.clone()).unwrap_or_default();
        p.put(body.x, y, &text::cut(&p.texts.with("hola", &[("nombre", nombre.into())]), width), p.theme.text);
        y += 2;
    }
    for line in text::wrap(&p.texts.text(if low { "administra-corto" } else { "administra" }), width) {
        p.put(body.x, y, &line, p.theme.dim);
        y += 1;
    }
    if !low {
        y += 1;
        for (order, key) in ORDERS {
            p.put(body.x, y, order, p.theme.strong);
            let room = width.saturating_sub(ORDER);
            p.put(body.x + ORDER as u16, y, &text::cut(&p.texts.text(key), room), p.theme.dim);
            y += 1;
        }
        y += 1;
    }
    menu(p, Rect { y, height: area.bottom().saturating_sub(y + 1), ..body });
    hint(p, area, "pista-administra");
}

fn menu(p: &mut Painter<'_, '_>, list: Rect) {
    let at = p.state.eleccion.selected;
    let height = usize::from(list.height);
    let first = at.saturating_sub(height.saturating_sub(1));
    for (row, (place, action)) in MENU.iter().enumerate().skip(first).take(height).enumerate() {
        let cells = Rect { y: list.y + row as u16, height: 1, ..list };
        let base = if place == at { p.theme.selection } else { p.theme.text };
        if place == at {
            p.fill(cells, base);
            p.cursor(cells.x, cells.y);
        }
        let name = action.info().map_or("", |info| info.name);
        let key = p.state.keymap.keys_of(*action).into_iter().next().unwrap_or_default();
        let key_style = if place == at { base } else { p.theme.key };
        p.put(cells.x + 1, cells.y, &text::cut(&p.texts.text(&format!("accion-{name}")), 28), base);
        p.put(cells.x + ORDER as u16, cells.y, &keys::named(p.texts, &key), key_style);
        p.click(cells, Target::Item(place));
    }
}
