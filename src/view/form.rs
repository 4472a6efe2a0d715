//! A form of index fields: label and value in as many columns as fit, grouped by sections; shared by the pane and by new expedientes.

use super::{Painter, options, text};
use crate::state::indice::Edit;
use domain::campo::{self, TipoCampo};
use domain::{CampoIndice, Indice};
use jiff::civil::Date;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Narrowest column of the form, in cells.
const COLUMN_MIN: u16 = 32;
/// Cells of a value that its label leaves in any case, in a column wide enough for both: a VIN, and some more.
const VALUE: u16 = 22;
/// Least cells of a field one types in.
const TYPED: usize = 10;
/// Least width of what is said about a field, where it begins under its value.
const REMARK_MIN: u16 = 28;
/// Rows a form keeps when something stands at its foot.
const ROWS_MIN: u16 = 6;
/// Rows it keeps when that is the value it is looked at for.
const ROWS_MIN_OF_VALUE: u16 = 2;
/// Rows of such a value: the longest there is, in a narrow column.
const VALUE_ROWS: u16 = 7;
/// Cells a number is right-aligned in.
const NUMBER: u16 = 16;

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

/// What was drawn.
pub struct Drawn {
    /// The cells of each field.
    pub cells: Vec<(usize, Rect)>,
    /// Fields that are further up.
    pub above: usize,
    /// Fields that are further down.
    pub below: usize,
}

/// Widths of a form.
#[derive(Debug, Clone, Copy)]
struct Grid {
    /// Of all of it.
    width: u16,
    /// How many columns.
    columns: u16,
    /// Cells of a column, the blank after it included.
    column: u16,
    /// Cells of a label, its mark and the blank after it included.
    label: u16,
}

impl Grid {
    /// The labels get what the longest of them needs, up to something more than half.
    fn new(form: &Form<'_>, width: u16) -> Self {
        let columns = columns(width);
        let column = width / columns;
        let cell = column.saturating_sub(1);
        let longest = form.fields.iter().map(|campo| text::width(&campo.nombre)).max().unwrap_or_default() as u16;
        let most = (cell * 55 / 100).max(cell.saturating_sub(VALUE)).max(11).min(cell);
        Self { width, columns, column, label: (longest + 2).clamp(most.min(11), most) }
    }

    /// Where what is said about a field of this column begins, and the cells it has: under the value, or under the label where that is too far
    /// to the right.
    fn remark(&self, column: u16) -> (u16, u16) {
        let under = [column * self.column + self.label, column * self.column + 1];
        let x = under.into_iter().find(|x| self.width.saturating_sub(*x) >= REMARK_MIN).unwrap_or(1);
        (x, self.width.saturating_sub(x))
    }
}

/// Draws the form, scrolled so that the selected field is in view.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect, form: &Form<'_>) -> Drawn {
    let grid = Grid::new(form, area.width);
    let slots = slots(p, form, &grid);
    let scroll = scroll(&slots, form.selected, area.height);
    let mut drawn = Drawn { cells: Vec::new(), above: 0, below: 0 };
    let mut open = None;
    for (at, (campo, slot)) in form.fields.iter().zip(&slots).enumerate() {
        let y = i32::from(area.y) + i32::from(slot.row) - i32::from(scroll);
        if slot.title && y > i32::from(area.y) && y <= i32::from(area.bottom()) {
            section(p, area, (y - 1) as u16, campo);
        }
        if let Some(remark_at) = slot.remark {
            say(p, area, y + i32::from(remark_at.below), grid.remark(slot.column), remark(form, campo));
        }
        if y < i32::from(area.y) {
            drawn.above += 1;
            continue;
        }
        if y >= i32::from(area.bottom()) {
            drawn.below += 1;
            continue;
        }
        let x = area.x + slot.column * grid.column;
        let cell = Rect { x, y: y as u16, width: grid.column.saturating_sub(1), height: 1 };
        let value = field(p, cell, campo, form, at, grid.label);
        drawn.cells.push((at, cell));
        if form.edit.is_some_and(|edit| edit.option.is_some() && edit.field == campo.id) && form.focused {
            open = Some((*campo, value, slot.last_row() - slot.row));
        }
    }
    // The list of options lies over the fields below, but not over what is said about its own.
    if let (Some((campo, value, said)), Some(edit)) = (open, form.edit) {
        options::draw(p, area, campo, value, said, edit);
    }
    drawn
}

/// A sentence below a form, unless that leaves too little of it; answers the rest.
pub fn foot(p: &mut Painter<'_, '_>, area: Rect, sentence: &str) -> Rect {
    let lines = text::wrap_within(sentence, usize::from(area.width.saturating_sub(1)), 3);
    let height = lines.len() as u16;
    if area.height < height + ROWS_MIN {
        return area;
    }
    for (row, line) in (area.bottom() - height..).zip(&lines) {
        p.put(area.x + 1, row, line, p.theme.dim);
    }
    Rect { height: area.height - height, ..area }
}

/// A value whole below a form; answers the rest.
pub fn foot_value(p: &mut Painter<'_, '_>, area: Rect, value: &str) -> Rect {
    let rows = area.height.saturating_sub(ROWS_MIN_OF_VALUE).min(VALUE_ROWS);
    let lines = text::wrap_within(value, usize::from(area.width.saturating_sub(1)), rows.into());
    let height = (lines.len() as u16).min(rows);
    for (row, line) in (area.bottom() - height..area.bottom()).zip(&lines) {
        p.put(area.x + 1, row, line, p.theme.text);
    }
    Rect { height: area.height - height, ..area }
}

/// Rows scrolled away: the selected field stays in view with what is said about it, and a row more.
fn scroll(slots: &[Slot], selected: usize, height: u16) -> u16 {
    let last = slots.iter().map(Slot::last_row).max().unwrap_or_default();
    let wanted = slots.get(selected).map_or(0, |slot| slot.last_row() + 1);
    (wanted.min(last) + 1).saturating_sub(height)
}

/// Fields run left to right; a section begins a row with its title above; a field with something to say about it has rows more.
fn slots(p: &Painter<'_, '_>, form: &Form<'_>, grid: &Grid) -> Vec<Slot> {
    let many = p.state.modelo.as_ref().is_some_and(|modelo| modelo.modelo.secciones.len() > 1);
    let (mut row, mut column, mut extra) = (0u16, 0u16, 0u16);
    let mut section: Option<&str> = None;
    let mut slots = Vec::with_capacity(form.fields.len());
    for campo in form.fields {
        let begins = section != Some(campo.seccion.as_str());
        if column >= grid.columns || (begins && section.is_some() && column > 0) {
            row += 1 + extra;
            (column, extra) = (0, 0);
        }
        let title = begins && many;
        if title {
            row += 1;
        }
        section = Some(&campo.seccion);
        let (_, room) = grid.remark(column);
        let remark = remark(form, campo)
            .map(|(sentence, _)| Remark { below: extra + 1, lines: text::wrap(sentence, room.into()).len() as u16 });
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

/// What is wrong or odd, from this column of the form on. Rows outside of the area are left out.
fn say(p: &mut Painter<'_, '_>, area: Rect, y: i32, (x, room): (u16, u16), remark: Option<(&str, bool)>) {
    let Some((sentence, wrong)) = remark else { return };
    let rows = i32::from(area.y)..i32::from(area.bottom());
    for (row, line) in (y..).zip(text::wrap(sentence, room.into())).filter(|(row, _)| rows.contains(row)) {
        p.put(area.x + x, row as u16, &line, if wrong { p.theme.bad } else { p.theme.pending });
    }
}

/// Label and value. Answers the value's cells.
fn field(p: &mut Painter<'_, '_>, cell: Rect, campo: &CampoIndice, form: &Form<'_>, at: usize, label: u16) -> Rect {
    let selected = at == form.selected;
    let changed = form.edit.is_some_and(|edit| edit.texts.contains_key(&campo.id));
    let typing =
        form.edit.filter(|edit| form.focused && edit.typing && edit.field == campo.id && edit.conflict.is_none());
    let label_style = match (selected && form.focused, changed) {
        (true, _) => p.theme.accent,
        (false, true) => p.theme.changed,
        _ => p.theme.dim,
    };
    let mark = match (typing, changed) {
        (Some(_), _) => p.sign("▸", ">"),
        (None, true) => p.sign("•", "*"),
        (None, false) => " ",
    };
    let shown = shown(form, campo, p.state.today);
    let wanted = match typing {
        Some(edit) => text::width(edit.input.value()).max(TYPED) + 1,
        None => text::width(&shown),
    };
    // Values stand in one column, however long. Where one is at work a long label takes what a short value leaves, and only what is being
    // typed takes what a short label leaves.
    let aligned = usize::from(cell.width.saturating_sub(label));
    let wanted = match typing {
        Some(_) => wanted,
        None if selected && form.focused => wanted.min(aligned),
        None => aligned,
    };
    let (name, value) = side_by_side(cell, &campo.nombre, label, wanted);
    let x = value.x;
    p.put(cell.x, cell.y, &format!("{mark}{name}"), label_style);
    if let Some(edit) = typing {
        p.field(value, &edit.input, false, true);
        if edit.fresh {
            // What the next character takes the place of.
            let typed = text::width(edit.input.value()).min(usize::from(value.width)) as u16;
            p.restyle(Rect { width: typed, ..value }, p.theme.selection);
        }
        return value;
    }
    let cells = usize::from(value.width);
    let numeric = matches!(campo.tipo, TipoCampo::Dinero | TipoCampo::Entero);
    let number_cells = usize::from((cell.x + label + NUMBER).min(cell.right()).saturating_sub(x));
    let line = if numeric { text::right(&shown, number_cells) } else { text::cut(&shown, cells) };
    let style = match remark(form, campo) {
        _ if shown == "—" => p.theme.dim,
        Some((_, true)) => p.theme.bad,
        Some((_, false)) => p.theme.pending,
        None if changed => p.theme.changed,
        None => p.theme.text,
    };
    if selected && form.focused && form.edit.is_none() {
        p.put(value.x, value.y, &text::left(&line, cells), p.theme.selection);
        p.cursor(value.x, value.y);
        return value;
    }
    p.put(value.x, value.y, &line, style);
    if selected && !form.focused {
        p.fill(value, Style { fg: None, ..p.theme.selection_dim });
    }
    value
}

/// A label, cut if need be, and the cells of a value that wants so many.
fn side_by_side(cell: Rect, name: &str, label: u16, wanted: usize) -> (String, Rect) {
    let room = usize::from(cell.width).saturating_sub(wanted + 2).max(usize::from(label.saturating_sub(2)));
    let name = text::cut(name, room);
    let least = cell.x + 2 + text::width(&name) as u16;
    let fitting = cell.right().saturating_sub(u16::try_from(wanted).unwrap_or(u16::MAX));
    let x = (cell.x + label).min(fitting).max(least).min(cell.right());
    (name, Rect { x, width: cell.right() - x, ..cell })
}

/// The value of the selected field, when a form of this width has no room for all of it.
pub fn too_long(form: &Form<'_>, width: u16, today: Date) -> Option<String> {
    let campo = form.fields.get(form.selected)?;
    let value = shown(form, campo, today);
    let grid = Grid::new(form, width);
    let cell = Rect { x: 0, y: 0, width: grid.column.saturating_sub(1), height: 1 };
    let aligned = usize::from(cell.width.saturating_sub(grid.label));
    let (_, cells) = side_by_side(cell, &campo.nombre, grid.label, text::width(&value).min(aligned));
    (text::width(&value) > usize::from(cells.width)).then_some(value)
}

fn shown(form: &Form<'_>, campo: &CampoIndice, today: Date) -> String {
    if let Some(text) = form.edit.and_then(|edit| edit.texts.get(&campo.id)) {
        // As it will be stored, when it can be.
        let read = campo::parse(campo, text, today).ok().and_then(|read| read.valor);
        return match read {
            Some(valor) => campo::show(campo, &valor),
            None if text.is_empty() => "—".to_owned(),
            None => text.clone(),
        };
    }
    let stored = form.edit.map_or(form.indice, |edit| &edit.base);
    stored.get(&campo.id).map_or_else(|| "—".to_owned(), |valor| campo::show(campo, valor))
}
