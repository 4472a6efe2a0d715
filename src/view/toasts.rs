//! Toasts: at the bottom right, over everything, above the hint line.

use super::{Painter, text};
use crate::state::mensajes::Nivel;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// Draws them, the newest lowest, all as wide as the widest.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect) {
    let most = usize::from(area.width.saturating_sub(8)).min(64);
    let lines = |texto| text::wrap(&p.texts.show(texto), most);
    let toasts: Vec<_> =
        p.state.mensajes.toasts.iter().map(|toast| (toast.mensaje.nivel, lines(&toast.mensaje.texto))).collect();
    let Some(widest) = toasts.iter().flat_map(|(_, lines)| lines).map(|line| text::width(line)).max() else { return };
    let width = widest as u16 + 4;
    // The border of the panes below stays whole.
    let mut bottom = area.bottom().saturating_sub(2);
    for (nivel, lines) in toasts.iter().rev() {
        let (sign, style) = match nivel {
            Nivel::Hecho => (p.sign("✓", "+"), p.theme.ok),
            Nivel::Aviso => ("!", p.theme.pending),
            Nivel::Error => (p.sign("✗", "x"), p.theme.bad),
        };
        // What went well is told quietly; what did not stands out.
        let style = p.theme.text.patch(style);
        let style = if *nivel == Nivel::Hecho { style } else { style.add_modifier(Modifier::REVERSED) };
        let height = lines.len() as u16;
        if bottom < area.y + 1 + height {
            break;
        }
        bottom -= height;
        let place = Rect { x: area.right().saturating_sub(width + 2), y: bottom, width, height };
        p.clear(Rect { x: place.x.saturating_sub(1), width: width + 1, ..place }, p.theme.text);
        p.fill(place, style);
        for (row, line) in lines.iter().enumerate() {
            let head = if row == 0 { sign } else { " " };
            p.put(place.x, place.y + row as u16, &format!(" {head} {line} "), style);
        }
    }
}
