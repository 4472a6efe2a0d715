//! Screens before the panes.

mod administra;
mod choice;
mod sign_in;

pub use administra::draw as administra;
pub use choice::draw as choice;
pub use sign_in::{draw as sign_in, form as sign_in_form};

use super::{Painter, layout, text};
use crate::state::conexion::EstadoConexion;
use ratatui::layout::Rect;

/// Says which size is needed.
pub fn too_small(p: &mut Painter<'_, '_>, area: Rect) {
    let (width, height) = layout::MIN;
    let size = format!("{width}×{height}");
    let sentence = p.texts.with("terminal-pequeno", &[("tamano", size.into())]);
    for (row, line) in text::wrap(&sentence, usize::from(area.width)).iter().enumerate() {
        p.put(area.x, area.y + row as u16, line, p.theme.text);
    }
}

/// In so few rows nothing stands that can be done without.
pub fn is_low(area: Rect) -> bool {
    area.height < 18
}

/// A title and lines in the middle of the screen. Answers the first row under the title.
pub fn titled(p: &mut Painter<'_, '_>, area: Rect, width: u16, height: u16) -> Rect {
    let name =
        p.state.conexion.servidor.as_ref().map_or_else(|| "Expedientes".to_owned(), |servidor| servidor.nombre.clone());
    let width = width.min(area.width.saturating_sub(2));
    let height = height.min(area.height.saturating_sub(1));
    let x = area.x + (area.width - width) / 2;
    if is_low(area) {
        p.put(x, area.y, &text::cut(&name, usize::from(width)), p.theme.accent);
        return Rect { x, y: area.y + 1, width, height: area.height.saturating_sub(2) };
    }
    let y = area.y + area.height.saturating_sub(height) / 3;
    p.put(x, y, &text::cut(&name, usize::from(width)), p.theme.accent);
    p.put(x, y + 1, &text::cut(&p.state.conexion.url, usize::from(width)), p.theme.dim);
    Rect { x, y: y + 3, width, height: height.saturating_sub(3) }
}

/// Keys that count, on the last row.
fn hint(p: &mut Painter<'_, '_>, area: Rect, key: &str) {
    let width = usize::from(area.width.saturating_sub(2));
    p.put(area.x + 1, area.bottom().saturating_sub(1), &text::cut(&p.texts.text(key), width), p.theme.dim);
}

/// The service is not there yet.
pub fn connecting(p: &mut Painter<'_, '_>, area: Rect) {
    let body = titled(p, area, 64, 8);
    let (sentence, style) = match &p.state.conexion.estado {
        EstadoConexion::SinConexion { retry_at, .. } => {
            let seconds = retry_at.saturating_sub(p.state.now).div_ceil(1000) as usize;
            let seconds = [("segundos", seconds.into())];
            match &p.state.conexion.motivo {
                Some(motivo) => (format!("{motivo} {}", p.texts.with("conexion-reintento", &seconds)), p.theme.bad),
                None => (p.texts.with("servidor-no-responde", &seconds), p.theme.pending),
            }
        }
        _ => (p.texts.text("conectando-con"), p.theme.text),
    };
    for (row, line) in text::wrap(&sentence, usize::from(body.width)).iter().enumerate() {
        p.put(body.x, body.y + row as u16, line, style);
    }
    hint(p, area, "pista-salir");
}

/// A certificate to be confirmed.
pub fn trust(p: &mut Painter<'_, '_>, area: Rect) {
    let body = titled(p, area, 72, 16);
    let Some(huella) = &p.state.conexion.trust else { return };
    let width = usize::from(body.width);
    let mut lines = Vec::new();
    if let Some(before) = &huella.antes {
        lines.extend(
            text::wrap(&p.texts.text("certificado-cambiado"), width).into_iter().map(|line| (line, p.theme.bad)),
        );
        lines.extend(fingerprint_lines(before, width).into_iter().map(|line| (line, p.theme.dim)));
        lines.push((String::new(), p.theme.text));
    }
    lines.extend(text::wrap(&p.texts.text("certificado-nuevo"), width).into_iter().map(|line| (line, p.theme.text)));
    lines.push((String::new(), p.theme.text));
    lines.extend(fingerprint_lines(&huella.sha256, width).into_iter().map(|line| (line, p.theme.strong)));
    lines.push((String::new(), p.theme.text));
    lines.extend(text::wrap(&p.texts.text("certificado-pregunta"), width).into_iter().map(|line| (line, p.theme.key)));
    for (row, (line, style)) in lines.iter().enumerate() {
        p.put(body.x, body.y + row as u16, line, *style);
    }
}

/// A fingerprint in lines of eight or sixteen pairs, to be compared with the eye.
fn fingerprint_lines(sha256: &str, width: usize) -> Vec<String> {
    let pairs: Vec<&str> = sha256.split(':').collect();
    let row = if width >= 47 { 16 } else { 8 };
    pairs.chunks(row).map(|chunk| chunk.join(":")).collect()
}
