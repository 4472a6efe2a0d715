//! Toasts: over what is worked on least, never over the line that has the cursor.

use super::{Painter, layout, text};
use crate::state::mensajes::Nivel;
use crate::state::{Pane, Screen};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// In fewer rows than these a toast would cover what one has to read.
const LOW: u16 = 16;

/// Draws them, the newest lowest, all as wide as the widest.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect) {
    if area.height < LOW {
        return lowest(p, area);
    }
    let ground = ground(p, area);
    let most = usize::from(ground.width.saturating_sub(8)).min(64);
    let lines = |texto| text::wrap(&p.texts.show(texto), most);
    let toasts: Vec<_> =
        p.state.mensajes.toasts.iter().map(|toast| (toast.mensaje.nivel, lines(&toast.mensaje.texto))).collect();
    let Some(widest) = toasts.iter().flat_map(|(_, lines)| lines).map(|line| text::width(line)).max() else { return };
    let width = widest as u16 + 4;
    let newest = toasts.last().map_or(0, |(_, lines)| lines.len() as u16);
    let ground = below_overlay(p, ground).filter(|below| below.height >= newest).unwrap_or(ground);
    let height: u16 = toasts.iter().map(|(_, lines)| lines.len() as u16).sum();
    let height = height.min(ground.height);
    let (left, top) = (ground.right().saturating_sub(width + 1), ground.bottom().saturating_sub(height));
    let at_cursor = p.cursor_at.is_some_and(|at| at.y >= top && at.y < ground.bottom() && at.x + 1 >= left);
    let mut bottom = if at_cursor { ground.y + height } else { ground.bottom() };
    for (nivel, lines) in toasts.iter().rev() {
        let (sign, style) = look(p, *nivel);
        let height = lines.len() as u16;
        if bottom < ground.y + height {
            break;
        }
        bottom -= height;
        let place = Rect { x: ground.right().saturating_sub(width + 1), y: bottom, width, height };
        p.clear(Rect { x: place.x.saturating_sub(1), width: width + 1, ..place }, p.theme.text);
        p.fill(place, style);
        for (row, line) in lines.iter().enumerate() {
            let head = if row == 0 { sign } else { " " };
            p.put(place.x, place.y + row as u16, &format!(" {head} {line} "), style);
        }
    }
}

/// Sign and style. What went well is told quietly; what did not stands out.
fn look(p: &Painter<'_, '_>, nivel: Nivel) -> (&'static str, Style) {
    let (sign, style) = match nivel {
        Nivel::Hecho => (p.sign("✓", "+"), p.theme.ok),
        Nivel::Aviso => ("!", p.theme.pending),
        Nivel::Error => (p.sign("✗", "x"), p.theme.bad),
    };
    let style = p.theme.text.patch(style);
    (sign, if nivel == Nivel::Hecho { style } else { style.add_modifier(Modifier::REVERSED) })
}

/// On a low terminal the newest alone, in place of the keys and, when it is long, of the border above them; what does not fit is in the log.
fn lowest(p: &mut Painter<'_, '_>, area: Rect) {
    let Some((nivel, texto)) =
        p.state.mensajes.toasts.last().map(|t| (t.mensaje.nivel, p.texts.show(&t.mensaje.texto)))
    else {
        return;
    };
    let (sign, style) = look(p, nivel);
    let above_is_free = p.cursor_at.is_none_or(|at| at.y + 2 < area.bottom());
    let lines = text::wrap_within(&texto, usize::from(area.width.saturating_sub(4)), 1 + usize::from(above_is_free));
    let place = Rect { y: area.bottom() - lines.len() as u16, height: lines.len() as u16, ..area };
    p.clear(place, p.theme.text);
    p.fill(place, style);
    for (row, line) in lines.iter().enumerate() {
        let head = if row == 0 { sign } else { " " };
        p.put(place.x, place.y + row as u16, &format!(" {head} {line} "), style);
    }
}

/// What is free between an overlay and the lowest line: there they cover none of its entries, and none of its keys.
fn below_overlay(p: &Painter<'_, '_>, ground: Rect) -> Option<Rect> {
    let top = p.overlay?.bottom().max(ground.y);
    Some(Rect { y: top, height: ground.bottom().saturating_sub(top), ..ground })
}

/// Where they may stand: the inside of the page, else of the documents while the index is being worked on, else of whatever pane there is.
fn ground(p: &Painter<'_, '_>, area: Rect) -> Rect {
    // The border of the panes stays whole.
    let inside = |pane: Rect| Rect {
        x: pane.x + 1,
        y: pane.y + 1,
        width: pane.width.saturating_sub(2),
        height: pane.height.saturating_sub(2),
    };
    let whole = Rect { height: area.height.saturating_sub(1), ..area };
    if p.state.screen != Screen::Work || p.overlay.is_some() {
        // Overlays leave the lowest sixth free.
        return inside(whole);
    }
    let panes = layout::layout(p.state, area).panes;
    let of = |wanted: Pane| panes.iter().find(|(pane, _)| *pane == wanted).map(|(_, place)| *place);
    let place = of(Pane::Preview).or_else(|| of(Pane::Documentos)).or_else(|| panes.first().map(|(_, place)| *place));
    inside(place.unwrap_or(whole))
}
