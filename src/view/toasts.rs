//! Toasts: over what is worked on least, never over the line that has the cursor.

use super::{Painter, layout, text};
use crate::i18n::{Arg, Text};
use crate::state::mensajes::Nivel;
use crate::state::{Pane, Screen};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// Most lines of one of them; what does not fit is in the log.
const LINES_MAX: usize = 3;
/// Most cells of a name: of a longer one beginning and end are shown, and all of it is in the log.
const NAME_MAX: usize = 40;

/// Draws them, the newest lowest, all as wide as the widest.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect) {
    if p.state.mensajes.toasts.is_empty() {
        return;
    }
    if let Some(overlay) = p.overlay {
        return beside(p, area, overlay);
    }
    if area.height < layout::LOW {
        let above_is_free = p.cursor_at.is_none_or(|at| at.y + 2 < area.bottom());
        let rows = 1 + u16::from(above_is_free);
        return bar(p, Rect { y: area.bottom() - rows, height: rows, ..area });
    }
    let ground = ground(p, area);
    // Half of it stays free, so that there is always a place beside the cursor.
    let toasts = fitting(p, ground, ground.height / 2);
    let Some(place) = extent(&toasts, ground) else { return };
    // A row is selected over the whole width of its pane.
    let at_cursor = p.cursor_at.is_some_and(|at| at.y >= place.y && ground.contains(at));
    stack(p, &toasts, if at_cursor { Rect { y: ground.y, ..place } } else { place });
}

/// Below an overlay, else above it: its rows, its keys and what more there is stay to be read. Over one that leaves no row free, its title.
fn beside(p: &mut Painter<'_, '_>, area: Rect, overlay: Rect) {
    let below = Rect { y: overlay.bottom(), height: area.bottom().saturating_sub(overlay.bottom()), ..area };
    let above = Rect { height: overlay.y.saturating_sub(area.y), ..area };
    let room = if below.height >= above.height { below } else { above };
    if area.height < layout::LOW || room.height < 2 {
        let place = match room.height {
            0 => Rect { height: 1, ..area },
            // The lowest lines first, for there are but keys that do not count now.
            rows => Rect { y: room.bottom() - (rows - 1).clamp(1, 2), height: (rows - 1).clamp(1, 2), ..room },
        };
        return bar(p, place);
    }
    // The lowest line and the border above it stay as they are where there is room enough.
    let room = if room.height > 3 && room.y > overlay.y { Rect { height: room.height - 2, ..room } } else { room };
    let toasts = fitting(p, Rect { width: room.width.saturating_sub(1), ..room }, room.height);
    if let Some(place) = extent(&toasts, Rect { width: room.width.saturating_sub(1), ..room }) {
        stack(p, &toasts, place);
    }
}

/// A toast, wrapped.
struct Lines {
    nivel: Nivel,
    lines: Vec<String>,
}

/// As many as fit in so many rows, oldest first: the gravest and the newest before the others.
fn fitting(p: &Painter<'_, '_>, ground: Rect, rows: u16) -> Vec<Lines> {
    let cells = usize::from(ground.width.saturating_sub(8)).min(64);
    let toasts = &p.state.mensajes.toasts;
    let mut order: Vec<usize> = (0..toasts.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse((toasts[*at].mensaje.nivel == Nivel::Error, *at)));
    let mut left = usize::from(rows);
    let mut chosen: Vec<(usize, Lines)> = Vec::new();
    for at in order {
        let lines =
            text::wrap_within(&sentence(p, &toasts[at].mensaje.texto, cells), cells, LINES_MAX.min(usize::from(rows)));
        if lines.len() > left {
            break;
        }
        left -= lines.len();
        chosen.push((at, Lines { nivel: toasts[at].mensaje.nivel, lines }));
    }
    chosen.sort_by_key(|(at, _)| *at);
    chosen.into_iter().map(|(_, lines)| lines).collect()
}

/// Where they stand: low on the right.
fn extent(toasts: &[Lines], ground: Rect) -> Option<Rect> {
    let widest = toasts.iter().flat_map(|toast| &toast.lines).map(|line| text::width(line)).max()?;
    let (width, height) = (widest as u16 + 4, toasts.iter().map(|toast| toast.lines.len() as u16).sum());
    let (x, y) = (ground.right().saturating_sub(width + 1), ground.bottom().saturating_sub(height));
    Some(Rect { x, y, width, height })
}

fn stack(p: &mut Painter<'_, '_>, toasts: &[Lines], place: Rect) {
    let mut y = place.y;
    for toast in toasts {
        let height = toast.lines.len() as u16;
        let rows = Rect { y, height, ..place };
        p.clear(Rect { x: rows.x.saturating_sub(1), width: rows.width + 1, ..rows }, p.theme.text);
        put(p, rows, toast);
        y += height;
    }
}

fn put(p: &mut Painter<'_, '_>, place: Rect, toast: &Lines) {
    let (sign, style) = look(p, toast.nivel);
    p.fill(place, style);
    for (row, line) in toast.lines.iter().enumerate() {
        let head = if row == 0 { sign } else { " " };
        p.put(place.x, place.y + row as u16, &format!(" {head} {line} "), style);
    }
}

/// A sentence with its long names shortened in the middle.
fn sentence(p: &Painter<'_, '_>, texto: &Text, cells: usize) -> String {
    let most = NAME_MAX.min(cells * 3 / 4);
    let short = |arg: &Arg| match arg {
        Arg::Text(text) => Arg::Text(text::cut_middle(text, most)),
        number => number.clone(),
    };
    let texto = match texto {
        Text::Key(key, args) => Text::Key(
            key,
            args.iter().map(|(name, arg)| (*name, if *name == "nombre" { short(arg) } else { arg.clone() })).collect(),
        ),
        ready => ready.clone(),
    };
    text::shorten_names(&p.texts.show(&texto), most)
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

/// One alone, from edge to edge, at the lower end of this place.
fn bar(p: &mut Painter<'_, '_>, place: Rect) {
    let toasts = &p.state.mensajes.toasts;
    let Some(toast) = toasts.iter().rev().find(|toast| toast.mensaje.nivel == Nivel::Error).or(toasts.last()) else {
        return;
    };
    let cells = usize::from(place.width.saturating_sub(4));
    let lines = text::wrap_within(&sentence(p, &toast.mensaje.texto, cells), cells, usize::from(place.height));
    let height = lines.len() as u16;
    let place = Rect { y: place.bottom() - height, height, ..place };
    p.clear(place, p.theme.text);
    put(p, place, &Lines { nivel: toast.mensaje.nivel, lines });
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
    if p.state.screen != Screen::Work {
        return inside(whole);
    }
    let panes = layout::layout(p.state, area).panes;
    let of = |wanted: Pane| panes.iter().find(|(pane, _)| *pane == wanted).map(|(_, place)| *place);
    let place = of(Pane::Preview).or_else(|| of(Pane::Documentos)).or_else(|| panes.first().map(|(_, place)| *place));
    inside(place.unwrap_or(whole))
}
