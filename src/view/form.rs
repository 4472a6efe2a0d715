//! A form of index fields: label and value in as many columns as fit, grouped by sections; shared by the pane and by new expedientes.

use super::{Painter, text};
use crate::state::indice::Edit;
use domain::campo::{self, TipoCampo};
use domain::{CampoIndice, Indice};
use ratatui::layout::Rect;

/// Narrowest column of the form, in cells.
const COLUMN_MIN: u16 = 32;
/// Cells a value has before its label gets more than the least: a VIN.
const VALUE_MIN: u16 = 17;
/// Options shown at once.
const OPTIONS_MAX: u16 = 7;

/// What the form shows.
pub struct Form<'a> {
    /// Fields in order.
    pub fields: &'a [&'a CampoIndice],
    /// Stored values.
    pub indice: &'a Indice,
    /// What is being typed.
    pub edit: Option<&'a Edit>,
    /// Selected field.
    pub selected: usize,
    /// Whether the form has the keys.
    pub focused: bool,
}

/// Where a field stands: its rows from the top of the form, and its column.
#[derive(Debug, Clone, Copy)]
struct Slot {
    row: u16,
    column: u16,
    /// A section's title stands in the row above.
    title: bool,
    /// What is to be said about it stands below: remarks of one row of the form follow one another.
    remark: Option<Remark>,
}

/// Place of a remark.
#[derive(Debug, Clone, Copy)]
struct Remark {
    /// Rows below its field.
    below: u16,
    /// Rows it takes.
    lines: u16,
}

impl Slot {
    /// Its last row, what is said about it included.
    fn last_row(&self) -> u16 {
        self.row + self.remark.map_or(0, |remark| remark.below + remark.lines - 1)
    }
}

/// How many columns fit.
pub fn columns(width: u16) -> u16 {
    (width / COLUMN_MIN).clamp(1, 3)
}

/// Draws the form, scrolled so that the selected field is in view. Answers the cells of each field that is drawn.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect, form: &Form<'_>) -> Vec<(usize, Rect)> {
    let columns = columns(area.width);
    let slots = slots(p, form, columns, area.width);
    let scroll = scroll(&slots, form.selected, area.height);
    let width = area.width / columns;
    let mut drawn = Vec::new();
    let mut open = None;
    for (at, (campo, slot)) in form.fields.iter().zip(&slots).enumerate() {
        let y = i32::from(area.y) + i32::from(slot.row) - i32::from(scroll);
        if slot.title && y > i32::from(area.y) && y <= i32::from(area.bottom()) {
            section(p, area, (y - 1) as u16, campo);
        }
        let x = area.x + slot.column * width;
        if let Some(remark_at) = slot.remark {
            let value_x = x + label_width(width.saturating_sub(1));
            say(p, area, y + i32::from(remark_at.below), value_x, remark(form, campo));
        }
        if y < i32::from(area.y) || y >= i32::from(area.bottom()) {
            continue;
        }
        let cell = Rect { x, y: y as u16, width: width.saturating_sub(1), height: 1 };
        let value = field(p, cell, campo, form, at);
        drawn.push((at, cell));
        if form.edit.is_some_and(|edit| edit.option.is_some() && edit.field == campo.id) && form.focused {
            open = Some((*campo, value));
        }
    }
    // The list of options lies over the fields below.
    if let (Some((campo, value)), Some(edit)) = (open, form.edit) {
        options(p, area, campo, value, edit);
    }
    drawn
}

/// Rows scrolled away: the selected field stays in view with what is said about it, and a row more.
fn scroll(slots: &[Slot], selected: usize, height: u16) -> u16 {
    let last = slots.iter().map(Slot::last_row).max().unwrap_or_default();
    let wanted = slots.get(selected).map_or(0, |slot| slot.last_row() + 1);
    (wanted.min(last) + 1).saturating_sub(height)
}

/// Fields run left to right; a section begins a row with its title above; a field with something to say about it has rows more.
fn slots(p: &Painter<'_, '_>, form: &Form<'_>, columns: u16, width: u16) -> Vec<Slot> {
    let many = p.state.modelo.as_ref().is_some_and(|modelo| modelo.modelo.secciones.len() > 1);
    let (mut row, mut column, mut extra) = (0u16, 0u16, 0u16);
    let mut section: Option<&str> = None;
    let mut slots = Vec::with_capacity(form.fields.len());
    for campo in form.fields {
        let begins = section != Some(campo.seccion.as_str());
        if column >= columns || (begins && section.is_some() && column > 0) {
            row += 1 + extra;
            (column, extra) = (0, 0);
        }
        let title = begins && many;
        if title {
            row += 1;
        }
        section = Some(&campo.seccion);
        let remark = remark(form, campo)
            .map(|(sentence, _)| Remark { below: extra + 1, lines: remark_lines(sentence, width).len() as u16 });
        extra += remark.map_or(0, |remark| remark.lines);
        slots.push(Slot { row, column, title, remark });
        column += 1;
    }
    slots
}

fn section(p: &mut Painter<'_, '_>, area: Rect, y: u16, campo: &CampoIndice) {
    let seccion = p
        .state
        .modelo
        .as_ref()
        .and_then(|m| m.modelo.secciones.iter().find(|s| s.id == campo.seccion).map(|s| s.nombre.clone()));
    if let Some(name) = seccion
        && y < area.bottom()
    {
        p.put(area.x + 1, y, &text::cut(&name, usize::from(area.width)), p.theme.strong);
    }
}

/// What is wrong or odd about a field.
fn remark<'f>(form: &'f Form<'_>, campo: &CampoIndice) -> Option<(&'f str, bool)> {
    let edit = form.edit?;
    let error = edit.errors.get(&campo.id).map(|sentence| (sentence.as_str(), true));
    error.or_else(|| edit.warnings.get(&campo.id).map(|sentence| (sentence.as_str(), false)))
}

/// A remark in the rows' whole width.
fn remark_lines(sentence: &str, width: u16) -> Vec<String> {
    text::wrap(sentence, usize::from(width.saturating_sub(1)))
}

/// What is wrong or odd: below the value where there is room, else further to the left. Rows outside of the area are left out.
fn say(p: &mut Painter<'_, '_>, area: Rect, y: i32, x: u16, remark: Option<(&str, bool)>) {
    let Some((sentence, wrong)) = remark else { return };
    let lines = remark_lines(sentence, area.width);
    let widest = lines.iter().map(|line| text::width(line)).max().unwrap_or_default() as u16;
    let x = x.min(area.right().saturating_sub(widest)).max(area.x + 1);
    let rows = i32::from(area.y)..i32::from(area.bottom());
    for (row, line) in (y..).zip(&lines).filter(|(row, _)| rows.contains(row)) {
        p.put(x, row as u16, line, if wrong { p.theme.bad } else { p.theme.pending });
    }
}

/// Cells of a label in a column of this width.
fn label_width(width: u16) -> u16 {
    width.saturating_sub(VALUE_MIN).min(width * 49 / 100).clamp(11, 24).min(width)
}

/// Label and value. Answers the value's cells.
fn field(p: &mut Painter<'_, '_>, cell: Rect, campo: &CampoIndice, form: &Form<'_>, at: usize) -> Rect {
    let label_width = label_width(cell.width);
    let selected = at == form.selected;
    let changed = form.edit.is_some_and(|edit| edit.texts.contains_key(&campo.id));
    let remark = remark(form, campo);
    let label_style = match (selected && form.focused, changed) {
        (true, _) => p.theme.accent,
        (false, true) => p.theme.changed,
        _ => p.theme.dim,
    };
    let mark = if changed { p.sign("•", "*") } else { " " };
    p.put(
        cell.x,
        cell.y,
        &format!("{mark}{}", text::left(&campo.nombre, usize::from(label_width.saturating_sub(2)))),
        label_style,
    );
    let value = Rect { x: cell.x + label_width, width: cell.width.saturating_sub(label_width), ..cell };
    let style = match remark {
        Some((_, true)) => p.theme.bad,
        Some((_, false)) => p.theme.pending,
        None if changed => p.theme.changed,
        None => p.theme.text,
    };
    let typing = form.edit.filter(|edit| edit.field == campo.id && edit.conflict.is_none());
    match typing {
        Some(edit) if form.focused => {
            p.field(value, &edit.input, false, true);
            if edit.fresh {
                // What the next character takes the place of.
                let cells = text::width(edit.input.value()).min(usize::from(value.width)) as u16;
                p.restyle(Rect { width: cells, ..value }, p.theme.selection);
            }
        }
        _ => {
            let shown = shown(form, campo);
            let numeric = matches!(campo.tipo, TipoCampo::Dinero | TipoCampo::Entero);
            let cells = usize::from(value.width);
            let line = if numeric { text::right(&shown, cells.min(16)) } else { text::cut(&shown, cells) };
            let style = if shown == "—" { p.theme.dim } else { style };
            if selected && !form.focused {
                p.fill(value, p.theme.selection_dim);
            }
            if selected && form.focused && form.edit.is_none() {
                p.fill(value, p.theme.selection);
                p.put(value.x, value.y, &text::left(&line, cells), p.theme.selection);
                p.cursor(value.x, value.y);
            } else {
                p.put(value.x, value.y, &line, style);
            }
        }
    }
    value
}

fn shown(form: &Form<'_>, campo: &CampoIndice) -> String {
    if let Some(text) = form.edit.and_then(|edit| edit.texts.get(&campo.id)) {
        return if text.is_empty() { "—".to_owned() } else { text.clone() };
    }
    let stored = form.edit.map_or(form.indice, |edit| &edit.base);
    stored.get(&campo.id).map_or_else(|| "—".to_owned(), |valor| campo::show(campo, valor))
}

fn options(p: &mut Painter<'_, '_>, area: Rect, campo: &CampoIndice, value: Rect, edit: &Edit) {
    let count = (campo.opciones.len() as u16).min(OPTIONS_MAX);
    let below = area.bottom().saturating_sub(value.y + 1);
    let y = if below >= count { value.y + 1 } else { value.y.saturating_sub(count).max(area.y) };
    let list = Rect { x: value.x, y, width: value.width, height: count.min(area.height) };
    p.clear(list, p.theme.overlay);
    let selected = edit.option.unwrap_or_default();
    let first = selected.saturating_sub(usize::from(list.height).saturating_sub(1));
    for (row, (at, option)) in campo.opciones.iter().enumerate().skip(first).take(usize::from(list.height)).enumerate()
    {
        let style = if at == selected { p.theme.selection } else { p.theme.field };
        p.put(list.x, list.y + row as u16, &text::left(&format!(" {}", option.nombre), usize::from(list.width)), style);
    }
}
