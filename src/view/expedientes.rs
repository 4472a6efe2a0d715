//! Pane 1: the list. Columns drop out by priority as the width shrinks; nothing wraps.

use super::hit::Target;
use super::{Painter, pane, text};
use crate::state::lista::SearchBox;
use crate::state::load::PATIENCE_MS;
use crate::state::{Pane, State};
use api::lista::{Columna, Fila};
use domain::Rol;
use domain::gate::EstadoRequisito;
use domain::texto::fold;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// A column: what it is, its width, whether it is right-aligned, and from which inside width on it is shown.
struct Column {
    kind: Columna,
    key: &'static str,
    width: u16,
    right: bool,
    from: u16,
}

/// In the order of the screen. Cliente and Vehículo share what is left.
const COLUMNS: [Column; 9] = [
    Column { kind: Columna::Numero, key: "col-numero", width: 8, right: false, from: 0 },
    Column { kind: Columna::Cliente, key: "col-cliente", width: 0, right: false, from: 0 },
    Column { kind: Columna::Vehiculo, key: "col-vehiculo", width: 0, right: false, from: 62 },
    Column { kind: Columna::Matricula, key: "col-matricula", width: 9, right: false, from: 96 },
    Column { kind: Columna::Asesor, key: "col-asesor", width: 12, right: false, from: 110 },
    Column { kind: Columna::Fase, key: "col-fase", width: 13, right: false, from: 44 },
    Column { kind: Columna::Importe, key: "col-importe", width: 13, right: true, from: 125 },
    Column { kind: Columna::Docs, key: "col-docs", width: 6, right: true, from: 30 },
    Column { kind: Columna::Pedido, key: "col-pedido", width: 8, right: true, from: 54 },
];
/// From this inside width on who sees the expedientes of several sees whose they are.
const ASESOR: u16 = 92;
/// From this inside width on the column the rows are sorted by is shown, whichever it is.
const SORTED_BY: u16 = 60;
/// From this inside width on names of fases are not cut.
const WHOLE_FASES: u16 = 84;

/// From this inside width on asesores have their names in full, and not the shorter ones they sign in with.
const WHOLE_NAMES: u16 = 100;

/// Draws it.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect) {
    let state = p.state;
    let lista = &state.lista;
    let title = if lista.query.is_empty() { String::new() } else { lista.query.clone() };
    let inside = pane::frame(p, Pane::Expedientes, area, &title, &[count(p)]);
    let mut body = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    if let Some(search) = &lista.search {
        let used = search_box(p, body, search);
        body.y += used;
        body.height = body.height.saturating_sub(used);
    }
    let widths = widths(p, body.width);
    header(p, body, &widths);
    let rows = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
    p.hits.lista_height = usize::from(rows.height);
    if lista.filas.is_empty() {
        let sentence = match (&lista.error, lista.pending.is_some(), lista.query.is_empty()) {
            (Some(error), ..) => error.clone(),
            (_, true, _) => {
                if slow(state) {
                    p.texts.text("cargando")
                } else {
                    String::new()
                }
            }
            (_, _, true) => p.texts.text("lista-vacia"),
            _ => p.texts.text("busqueda-sin-resultados"),
        };
        return pane::empty(p, rows, &sentence);
    }
    let words = query_words(&lista.query);
    for (line, (at, fila)) in
        lista.filas.iter().enumerate().skip(lista.offset).take(usize::from(rows.height)).enumerate()
    {
        let row = Rect { y: rows.y + line as u16, height: 1, ..rows };
        draw_row(p, inside, row, at, fila, &widths, &words);
    }
}

fn slow(state: &State) -> bool {
    state.lista.pending.is_some_and(|(_, since)| state.now.saturating_sub(since) >= PATIENCE_MS)
}

/// `23 de 1.204`, `más de 10.000`, and a sign while it loads.
fn count(p: &Painter<'_, '_>) -> String {
    let lista = &p.state.lista;
    // Before the first rows nothing is known, and what another search will bring neither.
    let awaited = lista.pending.is_some() && (lista.filas.is_empty() || lista.filas_from_top);
    if awaited {
        return p.sign("…", "...").to_owned();
    }
    let place = if lista.filas.is_empty() { 0 } else { lista.selected + 1 };
    let total = if lista.total_es_minimo {
        p.texts.with("mas-de", &[("n", text::number(lista.total).into())])
    } else {
        text::number(lista.total)
    };
    let marked = match lista.marked.len() {
        0 => String::new(),
        n => format!("{} · ", p.texts.with("marcados", &[("n", n.into())])),
    };
    let busy = if slow(p.state) { format!(" {}", p.sign("…", "...")) } else { String::new() };
    format!(
        "{marked}{}{busy}",
        p.texts.with("n-de-total", &[("n", text::number(place as u64).into()), ("total", total.into())])
    )
}

/// Width of each column; 0 is not shown.
fn widths(p: &Painter<'_, '_>, inside: u16) -> [u16; COLUMNS.len()] {
    let fases = p.state.modelo.iter().flat_map(|definicion| &definicion.modelo.fases);
    let longest = fases.map(|fase| text::width(&fase.nombre)).max().unwrap_or_default() as u16;
    let asesores = p.state.modelo.iter().flat_map(|definicion| &definicion.asesores);
    let names = asesores.map(|asesor| text::width(&asesor.nombre)).max().unwrap_or_default() as u16;
    let width = |column: &Column| match column.kind {
        Columna::Fase if inside >= WHOLE_FASES => longest.clamp(column.width, 24),
        Columna::Asesor if inside >= WHOLE_NAMES => names.clamp(column.width, 20),
        _ => column.width,
    };
    let own = p.state.persona.as_ref().is_some_and(|persona| persona.rol == Rol::Asesor);
    let sorted_by = p.state.lista.orden.columna;
    let shown = |column: &Column| match column.kind {
        // What the rows are sorted by is to be seen, wherever there is some room.
        kind if kind == sorted_by => inside >= column.from.min(SORTED_BY),
        // Whose they are matters to who sees those of several; of one's own the plate does.
        Columna::Asesor if !own => inside >= ASESOR,
        Columna::Matricula if !own => inside >= column.from + 14,
        _ => inside >= column.from,
    };
    let fixed: u16 = COLUMNS.iter().filter(|c| c.width > 0 && shown(c)).map(|c| width(c) + 1).sum();
    let flexible = COLUMNS.iter().filter(|c| c.width == 0 && shown(c)).count() as u16;
    // There is a blank after each column but the last.
    let left = (inside + 1).saturating_sub(fixed + flexible);
    COLUMNS.each_ref().map(|column| match (shown(column), width(column), column.kind) {
        (false, ..) => 0,
        (true, 0, Columna::Cliente) if flexible == 2 => left * 55 / 100,
        (true, 0, Columna::Vehiculo) => left - left * 55 / 100,
        (true, 0, _) => left,
        (true, width, _) => width,
    })
}

fn header(p: &mut Painter<'_, '_>, body: Rect, widths: &[u16; COLUMNS.len()]) {
    let orden = p.state.lista.orden;
    let mut x = body.x;
    for (column, width) in COLUMNS.iter().zip(widths).filter(|(_, width)| **width > 0) {
        let arrow = match (orden.columna == column.kind, orden.descendente) {
            (false, _) => "",
            (true, true) => p.sign("↓", "v"),
            (true, false) => p.sign("↑", "^"),
        };
        let label = format!("{}{arrow}", p.texts.text(column.key));
        let cell = if column.right {
            text::right(&label, usize::from(*width))
        } else {
            text::left(&label, usize::from(*width))
        };
        p.put(x, body.y, &cell, p.theme.dim);
        x += width + 1;
    }
}

fn draw_row(
    p: &mut Painter<'_, '_>,
    inside: Rect,
    row: Rect,
    at: usize,
    fila: &Fila,
    widths: &[u16; COLUMNS.len()],
    words: &[String],
) {
    let selected = at == p.state.lista.selected;
    let bar = Rect { x: inside.x, width: inside.width, ..row };
    let base = if selected { p.selection(Pane::Expedientes) } else { p.theme.text };
    if selected {
        p.fill(bar, base);
    }
    p.click(bar, Target::Row(Pane::Expedientes, at));
    if p.state.lista.marked.contains(&fila.id) {
        p.put(bar.x, row.y, p.sign("▌", "*"), base.patch(p.theme.mark));
    }
    if fila.avisos > 0 {
        // In the blank at the end of the row: it takes no column's place.
        let style = p.in_row(Pane::Expedientes, selected, p.theme.key);
        p.put(bar.right() - 1, row.y, p.sign("✉", "@"), style);
    }
    let (mut x, body_width) = (row.x, row.width);
    for (column, width) in COLUMNS.iter().zip(widths).filter(|(_, width)| **width > 0) {
        let cells = usize::from(*width);
        let value = match column.kind {
            Columna::Asesor if body_width >= WHOLE_NAMES => p.persona(&fila.asesor),
            kind => value(p, kind, fila),
        };
        let cell = if column.right { text::right(&value, cells) } else { text::left(&value, cells) };
        let style = p.in_row(Pane::Expedientes, selected, style_of(p, column.kind, fila));
        p.put(x, row.y, &cell, style);
        underline(p, x, row.y, &cell, words);
        x += width + 1;
    }
    if selected && p.state.focus == Pane::Expedientes && p.state.lista.search.is_none() {
        p.cursor(row.x, row.y);
    }
}

fn value(p: &Painter<'_, '_>, kind: Columna, fila: &Fila) -> String {
    match kind {
        Columna::Numero => fila.numero.clone(),
        Columna::Cliente => fila.cliente.clone(),
        Columna::Vehiculo => fila.vehiculo.clone(),
        Columna::Matricula => fila.matricula.clone(),
        Columna::Asesor => fila.asesor.clone(),
        Columna::Fase => {
            let fase = p.state.modelo.as_ref().and_then(|modelo| modelo.modelo.fase(&fila.fase));
            fase.map_or_else(|| fila.fase.to_string(), |fase| fase.nombre.clone())
        }
        Columna::Importe => fila.importe_cent.map(text::money).unwrap_or_default(),
        Columna::Docs | Columna::Faltan => docs(p, fila),
        Columna::Pedido => fila.pedido.as_deref().map_or_else(|| "—".to_owned(), |day| p.day(day)),
    }
}

/// `✗ 3/7`: the sign of the worst there is among its documents, and how many are ready.
fn docs(p: &Painter<'_, '_>, fila: &Fila) -> String {
    let count = format!("{}/{}", fila.listos, fila.requeridos);
    match worst(fila) {
        Some(estado) => format!("{}{}", p.mark_of(estado).0, text::right(&count, 5)),
        None => count,
    }
}

/// What keeps somebody busy in an expediente: rejected before pending.
fn worst(fila: &Fila) -> Option<EstadoRequisito> {
    match (fila.rechazados, fila.pendientes) {
        (1.., _) => Some(EstadoRequisito::Rechazado),
        (0, 1..) => Some(EstadoRequisito::Pendiente),
        (0, 0) => None,
    }
}

/// The number and the client are what a row is found by; the state of its documents has its colour besides its sign.
fn style_of(p: &Painter<'_, '_>, kind: Columna, fila: &Fila) -> Style {
    match kind {
        Columna::Numero => p.theme.strong,
        Columna::Docs if fila.rechazados > 0 => p.theme.bad,
        Columna::Docs if fila.pendientes > 0 => p.theme.pending,
        Columna::Docs if fila.listos >= fila.requeridos => p.theme.ok,
        Columna::Matricula | Columna::Asesor | Columna::Pedido => p.theme.dim,
        _ => Style::new(),
    }
}

/// Free words of the query, folded.
fn query_words(query: &str) -> Vec<String> {
    let free = query.split_whitespace().filter(|word| !word.contains([':', '<', '>', '=']) && !word.starts_with('-'));
    free.map(|word| fold(word.trim_matches(['"', '*']))).filter(|word| word.chars().count() > 1).collect()
}

/// Underlines what the search has found. Where folding changes how many characters there are, nothing is marked.
fn underline(p: &mut Painter<'_, '_>, x: u16, y: u16, cell: &str, words: &[String]) {
    let folded: Vec<String> = cell.chars().map(|c| fold(&c.to_string())).collect();
    if words.is_empty() || folded.iter().any(|c| c.chars().count() != 1) {
        return;
    }
    let line: String = folded.concat();
    for word in words {
        for (byte, _) in line.match_indices(word.as_str()) {
            let before = line[..byte].chars().count();
            let start: usize = text::width(&cell.chars().take(before).collect::<String>());
            let width = word.chars().count() as u16;
            p.fill(Rect { x: x + start as u16, y, width, height: 1 }, p.theme.found);
        }
    }
}

/// The box, what is wrong with it, and what may stand at the cursor. Answers the rows it took.
fn search_box(p: &mut Painter<'_, '_>, body: Rect, search: &SearchBox) -> u16 {
    p.put(body.x, body.y, "/", p.theme.accent);
    let field = Rect { x: body.x + 2, y: body.y, width: body.width.saturating_sub(2), height: 1 };
    p.field(field, &search.input, false, true);
    if search.fresh {
        // What the next character takes the place of.
        let typed = text::width(search.input.value()).min(usize::from(field.width)) as u16;
        p.restyle(Rect { width: typed, ..field }, p.theme.selection);
    }
    let mut used = 1;
    if let Some((sentence, span)) = &search.error {
        let value = search.input.value();
        let start = value.get(..span.start).map_or(0, text::width) as u16;
        let width = value.get(span.clone()).map_or(1, text::width).max(1) as u16;
        if start < field.width {
            p.fill(
                Rect { x: field.x + start, y: field.y, width: width.min(field.width - start), height: 1 },
                p.theme.bad,
            );
        }
        // Whole, as long as the rows that stand below keep a place.
        let most = usize::from(body.height.saturating_sub(used + 3)).clamp(1, 4);
        for line in text::wrap_within(sentence, usize::from(body.width.saturating_sub(2)), most) {
            p.put(body.x + 2, body.y + used, &line, p.theme.bad);
            used += 1;
        }
    }
    for (at, proposal) in search.proposals.iter().enumerate().take(6) {
        let selected = search.selected == Some(at);
        let style = if selected { p.theme.selection } else { p.theme.text };
        let half = usize::from(body.width / 2);
        let row = Rect { x: body.x + 2, y: body.y + used, width: body.width.saturating_sub(2), height: 1 };
        if selected {
            p.fill(row, style);
        }
        p.put(row.x, row.y, &text::left(&proposal.insert, half), style);
        p.put(
            row.x + half as u16 + 1,
            row.y,
            &text::cut(&proposal.hint, usize::from(row.width).saturating_sub(half + 1)),
            if selected { style } else { p.theme.dim },
        );
        used += 1;
    }
    used
}
