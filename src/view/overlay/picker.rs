//! A filtered list: palette, help, menus.

use super::super::hit::Target;
use super::super::{Painter, layout, text};
use super::{foot_rows, footer, frame, more, scroll_to};
use crate::i18n::Text;
use crate::i18n::keys;
use crate::state::overlay::{Chosen, Item, Overlay, Picker, PickerKind};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Cells of an action's title: sentences stand in a column of their own.
const TITLE: usize = 26;
/// From this inside width on every entry has its sentence beside it; under it the selected one has it at the foot.
const WITH_SENTENCES: u16 = 76;

/// Draws it.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect, picker: &Picker) {
    let keys = match picker.kind {
        PickerKind::Views => "pista-vistas",
        PickerKind::Sessions => "pista-sesiones",
        _ => "pista-lista",
    };
    let wide = matches!(picker.kind, PickerKind::Palette | PickerKind::Help | PickerKind::Copy | PickerKind::Views);
    let width = if wide { 96 } else { 64 };
    let narrow = layout::centred(area, width, 3).width < WITH_SENTENCES + 4;
    let sentences = picker.items.iter().map(|item| remark(p, item).0).filter(|sentence| narrow && !sentence.is_empty());
    let foot = foot_rows(area, width, sentences);
    // One row at least: what there is to say of an empty list.
    let least = if picker.kind == PickerKind::Personas { 3 } else { 1 };
    let height = picker.items.len().max(least) as u16 + 3 + foot;
    let title = title(p, picker, usize::from(layout::centred(area, width, 3).width.saturating_sub(4)));
    let mut inside = frame(p, area, width, height, &title, &p.texts.text(keys));
    if foot > 0 {
        let selected = picker.visible.get(picker.selected).and_then(|at| picker.items.get(*at));
        let (sentence, style) = selected.map(|item| remark(p, item)).unwrap_or_default();
        inside = footer(p, inside, foot, &sentence, style);
    }
    p.put(inside.x, inside.y, "/", p.theme.accent);
    p.field(
        Rect { x: inside.x + 2, width: inside.width.saturating_sub(2), height: 1, ..inside },
        &picker.input,
        false,
        true,
    );
    let list = Rect { y: inside.y + 1, height: inside.height.saturating_sub(1), ..inside };
    if picker.visible.is_empty() {
        let key = match (picker.pending.is_some(), picker.items.is_empty(), picker.kind) {
            (true, ..) => "cargando",
            (false, true, PickerKind::Deleted) => "sin-borrados",
            (false, true, PickerKind::Personas) if !has_asked(p) => return unasked(p, list),
            (false, true, PickerKind::Personas) => "sin-personas",
            _ => "filtro-sin-resultados",
        };
        p.put(list.x, list.y, &p.texts.text(key), p.theme.dim);
        return;
    }
    let first = scroll_to(picker.selected, list.height);
    more(p, first, list.height, picker.visible.len());
    let visible = picker.visible.iter().filter_map(|at| picker.items.get(*at));
    for (row, (at, item)) in visible.enumerate().skip(first).take(usize::from(list.height)).enumerate() {
        let place = Rect { y: list.y + row as u16, height: 1, ..list };
        draw_item(p, place, item, at == picker.selected, foot == 0);
        p.click(place, Target::Item(at));
    }
}

/// Whether it is known who may be the addressee of the aviso being written.
fn has_asked(p: &Painter<'_, '_>) -> bool {
    p.state.overlays.iter().any(|overlay| match overlay {
        Overlay::Escrito(escrito) => escrito.encargo.as_ref().is_some_and(|encargo| encargo.personas.value.is_some()),
        _ => false,
    })
}

/// It could not be asked.
fn unasked(p: &mut Painter<'_, '_>, list: Rect) {
    let key = if p.state.conexion.is_up() { "personas-sin-respuesta" } else { "personas-sin-linea" };
    let lines = text::wrap_within(&p.texts.text(key), usize::from(list.width), usize::from(list.height));
    for (y, line) in (list.y..).zip(&lines) {
        p.put(list.x, y, line, p.theme.pending);
    }
}

/// What the list is for. One of types names what is to get another, and the type it has.
fn title(p: &Painter<'_, '_>, picker: &Picker, room: usize) -> String {
    let key = match picker.kind {
        PickerKind::Palette => "titulo-paleta",
        PickerKind::Help => "titulo-ayuda",
        PickerKind::New => "titulo-nuevo",
        PickerKind::Copy => "titulo-copiar",
        PickerKind::Sort => "titulo-ordenar",
        PickerKind::Views => "titulo-vistas",
        PickerKind::Types => return types_title(p, picker, room),
        PickerKind::Themes => "titulo-temas",
        PickerKind::Sessions => "titulo-sesiones",
        PickerKind::Deleted => "titulo-borrados",
        PickerKind::Plantillas => "titulo-plantillas",
        PickerKind::Personas => "titulo-personas",
    };
    p.texts.text(key)
}

fn types_title(p: &Painter<'_, '_>, picker: &Picker, room: usize) -> String {
    let files = p.state.overlays.iter().rev().find_map(|overlay| match overlay {
        Overlay::Files(files) => Some(files),
        _ => None,
    });
    let (nombre, tipo) = match picker.items.first().map(|item| &item.choose) {
        Some(Chosen::FileType(at, _)) => {
            match (at.as_slice(), files.and_then(|files| at.first().and_then(|at| files.chosen.get(*at)))) {
                ([_], Some(pick)) => (pick.nombre.clone(), pick.tipo.clone()),
                (several, Some(_)) => return p.texts.with("titulo-tipo-de-varios", &[("n", several.len().into())]),
                _ => return p.texts.text("titulo-tipos"),
            }
        }
        Some(Chosen::Retype(ids, _)) => match (ids.as_slice(), ids.first().and_then(|id| p.state.documentos.find(*id)))
        {
            ([_], Some(documento)) => (documento.nombre.clone(), Some(documento.tipo.clone())),
            _ => return p.texts.with("titulo-tipo-de-varios", &[("n", ids.len().into())]),
        },
        _ => return p.texts.text("titulo-tipos"),
    };
    let said = |nombre: String| match &tipo {
        Some(tipo) => p.texts.with("titulo-tipo-de-ahora", &[("nombre", nombre.into()), ("tipo", p.tipo(tipo).into())]),
        None => p.texts.with("titulo-tipo-de", &[("nombre", nombre.into())]),
    };
    let around = text::width(&said(String::new()));
    said(text::cut_middle(&nombre, room.saturating_sub(around).max(12)))
}

/// Title, key or count on the right, and the sentence about it.
fn draw_item(p: &mut Painter<'_, '_>, row: Rect, item: &Item, selected: bool, with_sentence: bool) {
    let base = if selected { p.theme.selection } else { p.theme.overlay };
    if selected {
        p.fill(row, base);
    }
    let (label, hint) = parts(p, item);
    let style = |wanted| if selected { base } else { base.patch(wanted) };
    let label_style = style(if item.disabled.is_some() { p.theme.dim } else { p.theme.overlay });
    // What no key takes back stands out.
    let key_style = match item.choose {
        Chosen::Action(action) if action.info().is_some_and(|info| info.dangerous) => p.theme.bad,
        _ => p.theme.key,
    };
    let hint_width = text::width(&hint).min(usize::from(row.width) / 2);
    let label_width = usize::from(row.width).saturating_sub(hint_width + 1);
    p.put(row.x, row.y, &text::cut(&label, label_width), label_style);
    p.put(row.right() - hint_width as u16, row.y, &text::cut(&hint, hint_width), style(key_style));
    let titles = matches!(item.choose, Chosen::Action(_)).then_some(TITLE).unwrap_or_default();
    let start = text::width(&label).max(titles).min(label_width) + 2;
    let room = label_width.saturating_sub(start);
    let (sentence, sentence_style) = remark(p, item);
    if with_sentence && room > 12 {
        p.put(row.x + start as u16, row.y, &text::cut(&sentence, room), style(sentence_style));
    }
}

/// Why it cannot be chosen, else what it does.
fn remark(p: &Painter<'_, '_>, item: &Item) -> (String, Style) {
    match (&item.disabled, &item.choose, &item.label) {
        (Some(reason), ..) => (p.texts.show(reason), p.theme.pending),
        (None, Chosen::Action(action), Text::Key("accion", _)) => {
            let name = action.info().map_or("", |info| info.name);
            (p.texts.text(&format!("accion-{name}.ayuda")), p.theme.dim)
        }
        // Sessions of one machine differ by when they were opened.
        (None, Chosen::Revoke(_) | Chosen::RevokeOwn, _) => {
            let times = [("abierta", p.texts.show(&item.detail)), ("usada", item.hint.clone())];
            let times = times.map(|(name, iso)| (name, p.moment(&iso).into()));
            (p.texts.with("sesion-detalle", &times), p.theme.dim)
        }
        _ => (p.texts.show(&item.detail), p.theme.dim),
    }
}

/// Label and right-hand side. Actions take theirs from the catalogue and the keymap.
fn parts(p: &Painter<'_, '_>, item: &Item) -> (String, String) {
    match (&item.choose, &item.label) {
        (Chosen::Action(action), Text::Key("accion", _)) => {
            let name = action.info().map_or("", |info| info.name);
            let keys = p.state.keymap.keys_of(*action).join(" ");
            let keys = keys::named(p.texts, &keys);
            (p.texts.text(&format!("accion-{name}")), keys)
        }
        (Chosen::Sort(columna), _) => (p.texts.text(&format!("col-{}", columna.as_str())), item.hint.clone()),
        (Chosen::Revoke(_), label) => (format!("  {}", p.texts.show(label)), p.moment(&item.hint)),
        // The one at work stands out from the others.
        (Chosen::RevokeOwn, label) => {
            let (sign, label, own) = (p.sign("●", "*"), p.texts.show(label), p.texts.text("sesion-actual"));
            (format!("{sign} {label} · {own}"), p.moment(&item.hint))
        }
        (Chosen::Para(..), label) => (p.texts.show(label), p.texts.text(&format!("rol-{}", item.hint))),
        (Chosen::Recover(_), label) => (p.texts.show(label), p.moment(&item.hint)),
        (_, label) => (p.texts.show(label), item.hint.clone()),
    }
}
