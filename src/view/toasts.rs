//! Toasts: at the bottom right, over everything, above the hint line.

use super::{Painter, text};
use crate::state::mensajes::Nivel;
use ratatui::layout::Rect;

/// Draws them, the newest lowest.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect) {
    let most = usize::from(area.width.saturating_sub(6)).min(72);
    let mut bottom = area.bottom().saturating_sub(1);
    for toast in p.state.mensajes.toasts.iter().rev() {
        let (sign, style) = match toast.mensaje.nivel {
            Nivel::Hecho => (p.sign("✓", "+"), p.theme.ok),
            Nivel::Aviso => (p.sign("!", "!"), p.theme.pending),
            Nivel::Error => (p.sign("✗", "x"), p.theme.bad),
        };
        let lines = text::wrap(&p.texts.show(&toast.mensaje.texto), most);
        let width = lines.iter().map(|line| text::width(line)).max().unwrap_or(0) as u16 + 5;
        let height = lines.len() as u16;
        if bottom < area.y + 1 + height {
            break;
        }
        bottom -= height;
        let place = Rect { x: area.right().saturating_sub(width + 1), y: bottom, width, height };
        p.clear(place, p.theme.bar);
        for (row, line) in lines.iter().enumerate() {
            let head = if row == 0 { sign } else { " " };
            p.put(place.x + 1, place.y + row as u16, head, p.theme.bar.patch(style));
            p.put(place.x + 3, place.y + row as u16, line, p.theme.bar.patch(style));
        }
    }
}
