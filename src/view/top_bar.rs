//! The top line: where one is, who one is, bytes moved, the line. And the tabs of narrow terminals.

use super::hit::Target;
use super::{Painter, text};
use crate::state::Pane;
use crate::state::conexion::EstadoConexion;
use domain::Rol;
use ratatui::layout::Rect;

/// Draws it; what does not fit drops from the left of the right half.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect) {
    p.fill(area, p.theme.bar);
    let right = right_parts(p);
    let mut x = area.right();
    let left = place(p);
    let least = area.x + text::width(&left).min(usize::from(area.width) / 2) as u16 + 2;
    for (part, style) in right.iter().rev() {
        let width = text::width(part) as u16 + 2;
        if x < least + width {
            break;
        }
        x -= width;
        p.put(x + 1, area.y, part, *style);
    }
    let room = usize::from(x.saturating_sub(area.x + 1));
    p.put(area.x + 1, area.y, &text::cut(&left, room), p.theme.bar.patch(p.theme.strong));
}

fn place(p: &Painter<'_, '_>) -> String {
    let arrow = p.sign("▸", ">");
    match &p.state.eleccion.actual {
        Some(elegido) => format!("{} {arrow} {}", elegido.entidad_nombre, elegido.modelo_nombre),
        None => "Expedientes".to_owned(),
    }
}

/// Person and role, READ ONLY, bytes, line: from the least to the most important.
fn right_parts(p: &Painter<'_, '_>) -> Vec<(String, ratatui::style::Style)> {
    let state = p.state;
    let bar = p.theme.bar;
    let mut parts = Vec::new();
    if let Some(host) = state.conexion.url.strip_prefix("https://") {
        parts.push((text::cut(host, 28), bar.patch(p.theme.dim)));
    }
    if let Some(persona) = &state.persona {
        let rol = p.texts.text(&format!("rol-{}", persona.rol.as_str()));
        parts.push((format!("{} · {rol}", text::cut(&persona.usuario, 24)), bar));
    }
    parts.push((
        format!("↑{} ↓{}", text::bytes(state.conexion.up), text::bytes(state.conexion.down)),
        bar.patch(p.theme.dim),
    ));
    let read_only = state.persona.as_ref().is_some_and(|persona| persona.rol == Rol::Soporte);
    if read_only {
        parts.push((p.texts.text("solo-lectura"), bar.patch(p.theme.pending)));
    }
    parts.push(match &state.conexion.estado {
        EstadoConexion::EnLinea => {
            (format!("{} {}", p.sign("●", "*"), p.texts.text("en-linea")), bar.patch(p.theme.ok))
        }
        EstadoConexion::Conectando => (p.texts.text("conectando"), bar.patch(p.theme.pending)),
        EstadoConexion::SinConexion { retry_at, .. } => {
            let seconds = retry_at.saturating_sub(state.now).div_ceil(1000);
            (p.texts.with("sin-conexion", &[("segundos", (seconds as usize).into())]), bar.patch(p.theme.bad))
        }
    });
    parts
}

/// One tab a pane, with its key.
pub fn tabs(p: &mut Painter<'_, '_>, area: Rect) {
    let names = ["panel-expediente", "panel-documentos", "panel-vista-previa", "panel-indice"];
    let mut x = area.x + 1;
    for (at, (pane, key)) in Pane::ALL.into_iter().zip(names).enumerate() {
        let label = format!(" {} {} ", at + 1, p.texts.text(key));
        let style = if p.state.focus == pane { p.theme.accent } else { p.theme.dim };
        let width = text::width(&label) as u16;
        p.put(x, area.y, &label, style);
        p.click(Rect { x, y: area.y, width, height: 1 }, Target::Pane(pane));
        x += width + 1;
    }
}
