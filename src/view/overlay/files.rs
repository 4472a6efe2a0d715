//! The file picker, and the review before an upload.

use super::super::hit::Target;
use super::super::{Painter, text};
use super::{frame, more, scroll_to};
use crate::state::overlay::Files;
use crate::update::overlay::files::is_path;
use ratatui::layout::Rect;

/// Draws whichever it is.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect, files: &Files) {
    if files.review { review(p, area, files) } else { folder(p, area, files) }
}

/// Where the files go, and what they are to be there.
fn title(p: &Painter<'_, '_>, files: &Files) -> String {
    let numero = p.numero(files.expediente);
    let version_of = files.version_of.and_then(|id| p.state.documentos.find(id));
    match (version_of, &files.preferred) {
        (Some(documento), _) => {
            let nombre = text::cut_middle(&documento.nombre, 32);
            p.texts.with("titulo-version", &[("nombre", nombre.into()), ("numero", numero.into())])
        }
        (None, Some(tipo)) => {
            p.texts.with("titulo-subir-tipo", &[("tipo", p.tipo(tipo).into()), ("numero", numero.into())])
        }
        (None, None) => p.texts.with("titulo-subir", &[("numero", numero.into())]),
    }
}

fn folder(p: &mut Painter<'_, '_>, area: Rect, files: &Files) {
    let mut title = title(p, files);
    if !files.chosen.is_empty() {
        title = format!("{title} · {}", p.texts.with("marcados", &[("n", files.chosen.len().into())]));
    }
    let inside = frame(p, area, 84, area.height, &title, &p.texts.text("pista-ficheros"));
    p.put(
        inside.x,
        inside.y,
        &text::cut_middle(&files.folder.to_string_lossy(), usize::from(inside.width)),
        p.theme.dim,
    );
    p.put(inside.x, inside.y + 1, "/", p.theme.accent);
    p.field(
        Rect { x: inside.x + 2, y: inside.y + 1, width: inside.width.saturating_sub(2), height: 1 },
        &files.input,
        false,
        true,
    );
    let list = Rect { y: inside.y + 2, height: inside.height.saturating_sub(2), ..inside };
    if files.visible.is_empty() {
        let typed = files.input.value().trim();
        let sentence = match (&files.error, files.pending) {
            _ if is_path(typed) => p.texts.with("ruta-escrita", &[("ruta", text::cut_middle(typed, 200).into())]),
            (Some(error), _) => error.clone(),
            (None, Some(_)) => String::new(),
            (None, None) => p.texts.text("carpeta-vacia"),
        };
        for (row, line) in (list.y..list.bottom()).zip(text::wrap(&sentence, usize::from(list.width))) {
            p.put(list.x, row, &line, p.theme.dim);
        }
    }
    let first = scroll_to(files.selected, list.height);
    more(p, first, list.height, files.visible.len());
    let visible = files.visible.iter().filter_map(|at| files.entries.get(*at));
    for (row, (at, entry)) in visible.enumerate().skip(first).take(usize::from(list.height)).enumerate() {
        let place = Rect { y: list.y + row as u16, height: 1, ..list };
        let selected = at == files.selected;
        let base = if selected { p.theme.selection } else { p.theme.overlay };
        if selected {
            p.fill(place, base);
        }
        let chosen = files.chosen.iter().any(|pick| pick.path == entry.path);
        if chosen {
            p.put(place.x, place.y, p.sign("▌", "*"), base.patch(p.theme.mark));
        }
        let name_width = usize::from(place.width).saturating_sub(12);
        let name = if entry.folder { format!("{}/", entry.label) } else { entry.label.clone() };
        let style = if selected {
            base
        } else if entry.folder {
            p.theme.key
        } else {
            p.theme.overlay
        };
        p.put(place.x + 1, place.y, &text::cut_middle(&name, name_width), style);
        if !entry.folder {
            p.put(
                place.right() - 10,
                place.y,
                &text::right(&text::bytes(entry.bytes), 10),
                if selected { base } else { p.theme.dim },
            );
        }
        p.click(place, Target::Item(at));
    }
}

fn review(p: &mut Painter<'_, '_>, area: Rect, files: &Files) {
    let title = match files.version_of {
        Some(_) => title(p, files),
        None => p.texts.with("titulo-revisar-subida", &[("numero", p.numero(files.expediente).into())]),
    };
    let several = files.chosen.len() > 1;
    let keys = if several { "pista-revision-varios" } else { "pista-revision" };
    let inside = frame(p, area, 96, files.chosen.len() as u16 + 2, &title, &p.texts.text(keys));
    let first = scroll_to(files.selected, inside.height);
    more(p, first, inside.height, files.chosen.len());
    for (row, (at, pick)) in files.chosen.iter().enumerate().skip(first).take(usize::from(inside.height)).enumerate() {
        let place = Rect { y: inside.y + row as u16, height: 1, ..inside };
        let selected = at == files.selected;
        let base = if selected { p.theme.selection } else { p.theme.overlay };
        if selected {
            p.fill(place, base);
            p.cursor(place.x, place.y);
        }
        let tipo = pick.tipo.as_ref().map(|tipo| p.tipo(tipo));
        let half = usize::from(place.width) / 2;
        if files.marked.contains(&pick.path) {
            // In the blank beside the border: names stay where they are.
            p.put(place.x - 1, place.y, p.sign("▌", "*"), p.theme.overlay.patch(p.theme.mark));
        }
        p.put(place.x, place.y, &text::cut_middle(&pick.nombre, half.saturating_sub(2)), base);
        let (label, style) = match tipo {
            Some(tipo) => (tipo, p.theme.strong),
            None => (p.texts.text("tipo-sin-decir"), p.theme.bad),
        };
        let room = usize::from(place.width).saturating_sub(half + 11);
        p.put(
            place.x + half as u16,
            place.y,
            &text::cut(&label, room),
            if selected { base } else { base.patch(style) },
        );
        p.put(
            place.right() - 10,
            place.y,
            &text::right(&text::bytes(pick.bytes), 10),
            if selected { base } else { p.theme.dim },
        );
        p.click(place, Target::Item(at));
    }
}
