//! The top line: where one is, who one is, bytes moved, the line. And the tabs of narrow terminals.

use super::hit::Target;
use super::{Painter, pane, text};
use crate::action::Action;
use crate::state::Pane;
use crate::state::conexion::EstadoConexion;
use domain::Rol;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Something on the right: from the longest way of saying it to the shortest, and how much it matters.
struct Part {
    ways: Vec<String>,
    style: Style,
    weight: u8,
    action: Option<Action>,
}

/// Draws it. What does not fit is said shorter, then dropped, the least important first.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect) {
    p.fill(area, p.theme.bar);
    let mut parts = parts(p);
    let left = place(p);
    let room = usize::from(area.width).saturating_sub(text::width(&left).min(usize::from(area.width) / 2) + 2);
    shorten(&mut parts, room);
    let mut x = area.right();
    for part in parts.iter().rev() {
        let way = part.ways.first().map_or("", String::as_str);
        x = x.saturating_sub(text::width(way) as u16 + 1);
        p.put(x, area.y, way, part.style);
        if let Some(action) = part.action {
            p.click(Rect { x, y: area.y, width: text::width(way) as u16, height: 1 }, Target::Action(action));
        }
        x = x.saturating_sub(1);
    }
    let room = usize::from(x.saturating_sub(area.x + 1));
    p.put(area.x + 1, area.y, &text::cut(&left, room), p.theme.bar.patch(p.theme.strong));
}

/// Until all fits: the lightest part is said shorter, then left out.
fn shorten(parts: &mut Vec<Part>, room: usize) {
    // Two cells between one and the next, one at the end.
    let taken =
        |parts: &[Part]| parts.iter().map(|part| text::width(&part.ways[0]) + 2).sum::<usize>().saturating_sub(1);
    while parts.len() > 1 && taken(parts) > room {
        let shorter = parts.iter_mut().filter(|part| part.ways.len() > 1).min_by_key(|part| part.weight);
        match shorter {
            Some(part) => drop(part.ways.remove(0)),
            None => {
                let lightest = parts.iter().map(|part| part.weight).min();
                parts.retain(|part| Some(part.weight) != lightest);
            }
        }
    }
}

fn place(p: &Painter<'_, '_>) -> String {
    let arrow = p.sign("▸", ">");
    match &p.state.eleccion.actual {
        Some(elegido) => format!("{} {arrow} {}", elegido.entidad_nombre, elegido.modelo_nombre),
        None => "Expedientes".to_owned(),
    }
}

/// Service, person and role, bytes, READ ONLY, line: as they stand from left to right.
fn parts(p: &Painter<'_, '_>) -> Vec<Part> {
    let state = p.state;
    let (bar, dim) = (p.theme.bar, p.theme.bar.patch(p.theme.dim));
    let mut parts = Vec::new();
    let mut push = |ways: Vec<String>, style, weight| parts.push(Part { ways, style, weight, action: None });
    if p.frame.area().width >= super::layout::MEDIUM || state.zoomed {
        push(vec![server(p)], dim, 0);
    }
    if let Some(persona) = &state.persona {
        let rol = p.texts.text(&format!("rol-{}", persona.rol.as_str()));
        let usuario = text::cut(&persona.usuario, 24);
        push(vec![format!("{usuario} · {rol}"), usuario], bar, 2);
    }
    push(vec![format!("↑{} ↓{}", text::bytes(state.conexion.up), text::bytes(state.conexion.down))], dim, 1);
    if state.persona.as_ref().is_some_and(|persona| persona.rol == Rol::Soporte) {
        push(vec![p.texts.text("solo-lectura")], bar.patch(p.theme.pending), 3);
    }
    let (line, style) = match &state.conexion.estado {
        EstadoConexion::EnLinea if state.session_has_ended() => (p.texts.text("sesion-terminada"), p.theme.pending),
        EstadoConexion::EnLinea if state.is_stalled() => (p.texts.text("sin-respuesta"), p.theme.pending),
        EstadoConexion::EnLinea => (format!("{} {}", p.sign("●", "*"), p.texts.text("en-linea")), p.theme.ok),
        EstadoConexion::Conectando => (p.texts.text("conectando"), p.theme.pending),
        EstadoConexion::SinConexion { .. } => (p.texts.text("sin-conexion"), p.theme.bad),
    };
    push(vec![line], bar.patch(style), 4);
    let before_line = parts.len() - 1;
    parts.splice(before_line..before_line, avisos(p));
    parts
}

/// `✉ 3`: the open avisos to this person; with `!` when one is late.
fn avisos(p: &Painter<'_, '_>) -> Option<Part> {
    let (total, late) = p.state.avisos.count(p.state.today);
    let style = p.theme.bar.patch(if late { p.theme.bad } else { p.theme.key });
    let said = format!("{} {total}{}", p.sign("✉", "@"), if late { "!" } else { "" });
    (total > 0).then(|| Part { ways: vec![said], style, weight: 3, action: Some(Action::Avisos) })
}

fn server(p: &Painter<'_, '_>) -> String {
    let url = &p.state.conexion.url;
    text::cut(url.strip_prefix("https://").unwrap_or(url), 28)
}

/// One tab a pane, with its key; where they do not fit, only the focused one has its name. The service stands on the right when there is room.
pub fn tabs(p: &mut Painter<'_, '_>, area: Rect) {
    let names = Pane::ALL.map(|pane| pane::name(p, pane));
    let all: usize = names.iter().map(|name| text::width(name) + 3).sum();
    let mut x = area.x;
    for (pane, name) in Pane::ALL.into_iter().zip(&names) {
        let focused = p.state.focus == pane;
        let short = all > usize::from(area.width) && !focused;
        let label = format!(" {} ", if short { &name[..1] } else { name });
        let width = text::width(&label) as u16;
        p.put(x, area.y, &label, if focused { p.theme.accent } else { p.theme.dim });
        p.click(Rect { x, y: area.y, width, height: 1 }, Target::Pane(pane));
        x += width + 1;
    }
    let server = server(p);
    let width = text::width(&server) as u16 + 1;
    if x + width < area.right() {
        p.put(area.right() - width, area.y, &server, p.theme.dim);
    }
}
