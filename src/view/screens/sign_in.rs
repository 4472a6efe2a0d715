//! Sign-in: user, password, code when asked for; in a demo its users, each with a digit.

use super::super::{Painter, text};
use super::{hint, is_low, titled};
use crate::state::Screen;
use crate::state::sesion::Field;
use ratatui::layout::Rect;

/// The whole screen.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect) {
    let users = p.state.conexion.servidor.as_ref().map_or(0, |servidor| servidor.demo.len()) as u16;
    let body = titled(p, area, 60, 11 + if users > 0 { users + 2 } else { 0 });
    let used = form(p, body) + u16::from(!is_low(area));
    if users > 0 {
        demo_users(p, Rect { y: body.y + used, height: body.height.saturating_sub(used), ..body });
    }
    hint(p, area, "pista-entrar");
}

/// Fields and what went wrong; also in the overlay that asks again. Answers the rows it took.
pub fn form(p: &mut Painter<'_, '_>, body: Rect) -> u16 {
    let sesion = &p.state.sesion;
    let mut fields =
        vec![(Field::Usuario, "usuario", &sesion.usuario, false), (Field::Clave, "clave", &sesion.clave, true)];
    if sesion.con_codigo {
        fields.push((Field::Codigo, "codigo", &sesion.codigo, false));
    }
    let mut y = body.y;
    for (field, key, input, secret) in fields {
        let focused = sesion.field == field && sesion.pending.is_none();
        let label = if sesion.field == field { p.theme.accent } else { p.theme.dim };
        p.put(body.x, y, &text::left(&p.texts.text(key), 12), label);
        let cell = Rect { x: body.x + 12, y, width: body.width.saturating_sub(12).min(36), height: 1 };
        p.field(cell, input, secret, focused);
        y += if is_low(p.frame.area()) { 1 } else { 2 };
    }
    let (sentence, style) = match (&sesion.error, sesion.pending) {
        (_, Some(_)) => (p.texts.text("entrando"), p.theme.dim),
        (Some(error), None) => (error.clone(), p.theme.bad),
        (None, None) if p.state.screen == Screen::SignIn && p.state.persona.is_some() => (ended(p), p.theme.dim),
        (None, None) => (String::new(), p.theme.text),
    };
    for line in text::wrap(&sentence, usize::from(body.width)).iter().take(2) {
        p.put(body.x, y, line, style);
        y += 1;
    }
    y - body.y
}

/// Whoever was thrown out of the choice is told why.
fn ended(p: &Painter<'_, '_>) -> String {
    format!("{}. {}", p.texts.text("titulo-sesion-caducada"), p.texts.text("sesion-caducada"))
}

fn demo_users(p: &mut Painter<'_, '_>, body: Rect) {
    let Some(servidor) = &p.state.conexion.servidor else { return };
    p.put(body.x, body.y, &text::cut(&p.texts.text("demo-usuarios"), usize::from(body.width)), p.theme.dim);
    let choosing = p.state.sesion.field == Field::Usuario && p.state.sesion.usuario.value().is_empty();
    let room = usize::from(body.height.saturating_sub(1)).max(1);
    let first = if choosing { (p.state.sesion.demo + 1).saturating_sub(room) } else { 0 };
    for (row, (at, user)) in servidor.demo.iter().enumerate().skip(first).take(room).enumerate() {
        let y = body.y + 1 + row as u16;
        let selected = choosing && at == p.state.sesion.demo;
        let row = Rect { x: body.x, y, width: body.width, height: 1 };
        let base = if selected { p.theme.selection } else { p.theme.text };
        if selected {
            p.fill(row, base);
        }
        let style = |wanted| if selected { base } else { wanted };
        p.put(body.x + 1, y, &(at + 1).to_string(), style(p.theme.key));
        p.put(body.x + 4, y, &text::left(&user.usuario, 16), style(p.theme.strong));
        let rol = p.texts.text(&format!("rol-{}", user.rol.as_str()));
        p.put(
            body.x + 21,
            y,
            &text::cut(&format!("{} · {rol}", user.nombre), usize::from(body.width.saturating_sub(22))),
            style(p.theme.dim),
        );
    }
}
