//! A note or an aviso being written.

use super::super::hit::Target;
use super::super::{Painter, layout, text};
use super::frame;
use super::notas::relative;
use crate::plazo;
use crate::state::notas::{Campo, Encargo, Escrito};
use crate::state::overlay::Overlay;
use api::nota::MAX_TEXTO;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// Cells of the overlay, and rows of the text.
const WIDTH: u16 = 84;
const ROWS: u16 = 8;
const ROWS_OF_AVISO: u16 = 5;
/// Cells of the names of the fields.
const LABEL: u16 = 8;
/// Most rows of what is wrong with it.
const WRONG_MAX: usize = 3;

/// Draws it.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect, escrito: &Escrito) {
    let key = match (&escrito.encargo, escrito.cual.is_some()) {
        (None, false) => "titulo-nota-nueva",
        (None, true) => "titulo-nota-cambiar",
        (Some(_), false) => "titulo-aviso-nuevo",
        (Some(_), true) => "titulo-aviso-cambiar",
    };
    let numero = match escrito.otros.len() {
        0 => escrito.numero.clone(),
        others => p.texts.with("n-expedientes", &[("n", (others + 1).into())]),
    };
    let title = p.texts.with(key, &[("numero", numero.into())]);
    let keys = match (&escrito.encargo, escrito.campo) {
        (None, _) => "pista-escribir-nota",
        (Some(_), Campo::Texto) => "pista-escribir-aviso",
        (Some(_), Campo::Para) => "pista-escribir-para",
        (Some(_), Campo::Vence) => "pista-escribir-dia",
    };
    let fields = if escrito.encargo.is_some() { 2 } else { 0 };
    // The text, the fields, what is wrong, and how long it is.
    let most = if fields > 0 { ROWS_OF_AVISO } else { ROWS };
    let cells = usize::from(layout::centred(area, WIDTH, 3).width.saturating_sub(4));
    let wrong = escrito.error.as_ref().map(|error| text::wrap_within(&p.texts.show(error), cells, WRONG_MAX));
    let wrong = wrong.unwrap_or_default();
    let below = fields + wrong.len() as u16 + 1;
    let inside = frame(p, area, WIDTH, most + below + 2, &title, &p.texts.text(keys));
    let rows = inside.height.saturating_sub(below);
    let body = Rect { height: rows, ..inside };
    let focused = matches!(p.state.top(), Some(Overlay::Escrito(_)));
    written(p, body, escrito, focused);
    p.click(body, Target::Item(0));
    if let Some(encargo) = &escrito.encargo {
        let y = body.bottom();
        addressee(p, Rect { y, height: 1, ..inside }, encargo, focused && escrito.campo == Campo::Para);
        day(p, Rect { y: y + 1, height: 1, ..inside }, encargo, focused && escrito.campo == Campo::Vence);
    }
    let top = inside.bottom().saturating_sub(wrong.len() as u16 + 1).max(body.bottom() + fields);
    for (y, line) in (top..inside.bottom().saturating_sub(1)).zip(&wrong) {
        p.put(inside.x, y, line, p.theme.bad);
    }
    counter(p, Rect { y: inside.bottom() - 1, height: 1, ..inside }, escrito);
}

/// The text, wrapped; the terminal's own cursor stands in it.
fn written(p: &mut Painter<'_, '_>, body: Rect, escrito: &Escrito, focused: bool) {
    let field =
        if escrito.encargo.as_ref().is_some_and(|encargo| encargo.only_day) { p.theme.dim } else { p.theme.field };
    p.fill(body, field);
    let mut area = escrito.area.clone();
    area.set_style(field);
    area.set_cursor_line_style(field);
    area.set_cursor_style(field);
    area.set_selection_style(p.theme.selection);
    (&area).render(body, p.frame.buffer_mut());
    if focused && escrito.campo == Campo::Texto {
        let (cursor, top) = (area.screen_cursor(), area.scroll_offset().0);
        let x = u16::try_from(cursor.col).unwrap_or(u16::MAX).min(body.width.saturating_sub(1));
        let y = u16::try_from(cursor.row).unwrap_or(u16::MAX).saturating_sub(top);
        p.cursor(body.x + x, body.y + y.min(body.height.saturating_sub(1)));
    }
}

fn addressee(p: &mut Painter<'_, '_>, line: Rect, encargo: &Encargo, focused: bool) {
    p.put(line.x, line.y, &p.texts.text("campo-para"), p.theme.dim);
    let field = Rect { x: line.x + LABEL, width: line.width.saturating_sub(LABEL), ..line };
    let style = if focused { p.theme.field } else { p.theme.overlay };
    p.fill(field, style);
    let (name, style) = match (encargo.nombre.as_str(), encargo.personas.pending.is_some()) {
        ("", true) => (p.texts.text("cargando"), p.theme.dim),
        ("", false) => (p.texts.text("aviso-sin-destinatario"), p.theme.pending),
        (name, _) => (name.to_owned(), style),
    };
    p.put(field.x, field.y, &text::cut(&name, usize::from(field.width)), style);
    p.click(line, Target::Item(1));
    if focused {
        p.cursor(field.x, field.y);
    }
}

/// What is typed, and the day that it is.
fn day(p: &mut Painter<'_, '_>, line: Rect, encargo: &Encargo, focused: bool) {
    p.put(line.x, line.y, &p.texts.text("campo-vence"), p.theme.dim);
    let width = 12.min(line.width.saturating_sub(LABEL));
    let field = Rect { x: line.x + LABEL, width, ..line };
    p.field(field, &encargo.vence, false, focused);
    if focused && encargo.fresh {
        // What the first character takes the place of.
        let shown = text::width(encargo.vence.value()).min(usize::from(field.width)) as u16;
        p.restyle(Rect { width: shown, ..field }, p.theme.selection);
    }
    let (resolved, style) = match plazo::parse(encargo.vence.value(), p.state.today) {
        Ok(Some(day)) => {
            let name =
                p.texts.with("dia-semana", &[("n", usize::from(day.weekday().to_monday_one_offset() as u8).into())]);
            let iso = day.to_string();
            let style = if day < p.state.today { p.theme.bad } else { p.theme.overlay };
            (format!("{name} {} · {}", domain::campo::show_fecha(&iso), relative(p, &iso)), style)
        }
        Ok(None) => (p.texts.text("dia-vacio"), p.theme.dim),
        // While it is being typed it is not wrong yet.
        Err(_) => (p.texts.text("dia-ejemplo"), p.theme.dim),
    };
    let x = field.right() + 2;
    p.put(x, line.y, &text::cut(&resolved, usize::from(line.right().saturating_sub(x))), style);
    p.click(line, Target::Item(2));
}

/// How long it is.
fn counter(p: &mut Painter<'_, '_>, line: Rect, escrito: &Escrito) {
    let count = format!("{}/{}", text::number(escrito.len() as u64), text::number(MAX_TEXTO as u64));
    let style = if escrito.len() >= MAX_TEXTO { p.theme.bad } else { p.theme.dim };
    p.put(line.right().saturating_sub(text::width(&count) as u16), line.y, &count, style);
}
