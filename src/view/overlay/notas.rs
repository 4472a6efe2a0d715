//! Notes and avisos of an expediente, and the avisos to the person at work.

use super::super::hit::Target;
use super::super::{Painter, layout, text};
use super::{frame, more, said, scroll_to};
use crate::action::Action;
use crate::action::info::disabled_reason;
use crate::effect::Write;
use crate::plazo::{self, Plazo};
use crate::state::notas::{Entrada, ListaAvisos, Notas, entradas, is_overdue};
use crate::update::overlay::escrito::name_of;
use api::aviso::{AvisoVista, MiAviso};
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::borrow::Cow;

/// Cells of each overlay.
const WIDTH: u16 = 116;
/// From these inside widths on the days stand below each other, a line has who it is of or to (a client's name takes more room), and the day
/// beside how far it is.
const ALIGNED: u16 = 48;
const WITH_PERSON: u16 = 56;
const WITH_CLIENT: u16 = 76;
const WITH_DAY: u16 = 90;
/// Least rows of "Mis avisos" that stay when the selected one takes many; most rows that its text and its origin take.
const ROWS_MIN: u16 = 3;
const TEXT_MAX: usize = 4;
const ORIGIN_MAX: usize = 2;

/// Draws them, or the selected one whole.
pub fn draw(p: &mut Painter<'_, '_>, area: Rect, notas: &Notas) {
    let state = p.state;
    let Some(detalle) = state.documentos.detalle.value.as_ref().filter(|detalle| detalle.id == notas.expediente) else {
        let inside = frame(p, area, WIDTH, 3, &p.texts.text("accion-notes"), &p.texts.text("pista-cerrar"));
        return p.put(inside.x, inside.y, &p.texts.text("cargando"), p.theme.dim);
    };
    let entradas = entradas(detalle);
    let place = notas.place(&entradas);
    if let (Some(offset), Some(entrada)) = (notas.reading, entradas.get(place)) {
        return read(p, area, &detalle.numero, *entrada, offset);
    }
    let title = p.texts.with("titulo-notas", &[("numero", detalle.numero.clone().into())]);
    let keys = keys(p, entradas.is_empty());
    let queued = queued(p, notas);
    let wanted = (entradas.len() + queued.len()).max(1) as u16 + 2;
    let inside = frame(p, area, WIDTH, wanted, &title, &keys);
    if entradas.is_empty() && queued.is_empty() {
        p.put(inside.x, inside.y, &text::cut(&p.texts.text("sin-notas"), usize::from(inside.width)), p.theme.dim);
        return;
    }
    let shown: Vec<Said<'_>> = entradas.iter().map(|entrada| said_of(p, *entrada, inside.width >= WITH_DAY)).collect();
    let columns = Columns::of(inside.width, WITH_PERSON, queued.iter().chain(&shown));
    // What has not gone out yet stays above, and is not chosen: there is nothing to be done with it.
    let above = (queued.len() as u16).min(inside.height.saturating_sub(ROWS_MIN));
    for (y, said) in (inside.y..inside.y + above).zip(&queued) {
        draw_line(p, Rect { y, height: 1, ..inside }, false, said, columns);
    }
    let rows = Rect { y: inside.y + above, height: inside.height - above, ..inside };
    let first = scroll_to(place, rows.height);
    more(p, first, rows.height, entradas.len());
    draw_lines(p, rows, first, place, &shown, columns);
}

/// Notes and avisos written here that the service has not answered yet: each with who wrote it, or whom it is for.
fn queued<'a>(p: &Painter<'a, '_>, notas: &Notas) -> Vec<Said<'a>> {
    let state = p.state;
    let own = state.persona.as_ref().map_or("", |persona| persona.nombre.as_str());
    let written = |write: &'a Write| -> Option<(&'a str, Cow<'a, str>)> {
        match write {
            Write::AddNota { expediente, texto } if *expediente == notas.expediente => Some((texto, own.into())),
            Write::AddAviso { expediente, nuevo } if *expediente == notas.expediente => {
                Some((&nuevo.texto, name_of(state, &nuevo.para).into()))
            }
            _ => None,
        }
    };
    let (glyph, style) = (p.sign("⇅", "^"), p.theme.pending);
    let when = p.texts.text("transferencia-en-cola");
    let said = |(texto, person): (&'a str, Cow<'a, str>)| Said {
        glyph,
        style,
        texto: texto.into(),
        person,
        when: when.clone(),
        dim: true,
    };
    state.outbox.late(state.now).map(|sent| &sent.write).filter_map(written).map(said).collect()
}

fn said_of<'a>(p: &Painter<'_, '_>, entrada: Entrada<'a>, with_day: bool) -> Said<'a> {
    let (texto, dim) = (entrada.texto().into(), matches!(entrada, Entrada::Aviso(aviso) if aviso.hecho.is_some()));
    match entrada {
        Entrada::Nota(nota) => {
            let (glyph, when) = (p.sign("·", "."), p.moment(&nota.cuando));
            Said { glyph, style: p.theme.dim, texto, person: nota.quien.as_str().into(), when, dim }
        }
        Entrada::Aviso(aviso) => {
            let (glyph, style) = sign_of(p, aviso);
            Said { glyph, style, texto, person: aviso.para_nombre.as_str().into(), when: due(p, aviso, with_day), dim }
        }
    }
}

/// What one may do here.
fn keys(p: &Painter<'_, '_>, empty: bool) -> String {
    let may = disabled_reason(Action::NewNote, p.state).is_none();
    p.texts.text(match (may, empty) {
        (true, true) => "pista-notas-vacio",
        (true, false) => "pista-notas",
        (false, true) => "pista-cerrar",
        (false, false) => "pista-notas-leer",
    })
}

/// A line of either overlay.
struct Said<'a> {
    glyph: &'static str,
    style: Style,
    texto: Cow<'a, str>,
    person: Cow<'a, str>,
    when: String,
    dim: bool,
}

/// Cells of the columns after the text: they stand below each other, wherever one has scrolled to.
#[derive(Clone, Copy)]
struct Columns {
    person: u16,
    when: u16,
}

impl Columns {
    /// What these lines need, in so many cells, of which persons get a part from `with_person` on.
    fn of<'a>(width: u16, with_person: u16, lines: impl Iterator<Item = &'a Said<'a>> + Clone) -> Self {
        let most = |cells: &mut dyn Iterator<Item = usize>| cells.max().unwrap_or_default() as u16;
        let when = most(&mut lines.clone().map(|said| text::width(&said.when)));
        let person = most(&mut lines.map(|said| text::width(&said.person)));
        Self { person: if width >= with_person { person.min(width / 5) } else { 0 }, when }
    }
}

/// Those that fit from `first` on.
fn draw_lines(
    p: &mut Painter<'_, '_>,
    rows: Rect,
    first: usize,
    selected: usize,
    lines: &[Said<'_>],
    columns: Columns,
) {
    let shown = lines.iter().enumerate().skip(first).take(usize::from(rows.height));
    for (y, (at, said)) in (rows.y..).zip(shown) {
        let line = Rect { y, height: 1, ..rows };
        draw_line(p, line, at == selected, said, columns);
        p.click(line, Target::Item(at));
    }
}

fn draw_line(p: &mut Painter<'_, '_>, line: Rect, selected: bool, said: &Said<'_>, columns: Columns) {
    let base = if selected { p.theme.selection } else { p.theme.overlay };
    if selected {
        p.fill(line, base);
        p.cursor(line.x, line.y);
    }
    let style = |wanted: Style| if selected { base } else { base.patch(wanted) };
    p.put(line.x, line.y, said.glyph, style(said.style));
    // Where there is little room, each text has what its own day leaves.
    let own = text::width(&said.when) as u16;
    let when = if line.width >= ALIGNED { columns.when } else { own };
    let person = if columns.person > 0 { columns.person + 1 } else { 0 };
    let words = if said.dim { p.theme.dim } else { p.theme.text };
    let room = usize::from(line.width.saturating_sub(3 + person + when));
    p.put(line.x + 2, line.y, &text::cut(&said.texto, room), style(words));
    if person > 0 {
        let x = line.right().saturating_sub(person + when);
        p.put(x, line.y, &text::left(&said.person, usize::from(columns.person)), style(p.theme.dim));
    }
    let how = if said.dim { p.theme.dim } else { said.style };
    p.put(line.right().saturating_sub(when), line.y, &said.when, style(how));
}

/// Glyph and style of an aviso: done, late, of today, or to come. Colour is never alone.
fn sign_of(p: &Painter<'_, '_>, aviso: &AvisoVista) -> (&'static str, Style) {
    let today = p.state.today;
    match aviso.vence.as_deref().and_then(|day| plazo::of(day, today)) {
        _ if aviso.hecho.is_some() => (p.sign("✓", "v"), p.theme.dim),
        _ if is_overdue(aviso, today) => ("!", p.theme.bad),
        Some(Plazo::Hoy) => (p.sign("✉", "@"), p.theme.pending),
        _ => (p.sign("✉", "@"), p.theme.key),
    }
}

/// By when it is to be done: `vence hoy`, `hace 3 d`; or when it was done.
fn due(p: &Painter<'_, '_>, aviso: &AvisoVista, with_day: bool) -> String {
    if let Some(done) = &aviso.hecho {
        return p.texts.with("aviso-hecho-el", &[("dia", p.day(done).into())]);
    }
    let Some(vence) = &aviso.vence else { return p.texts.text("sin-dia") };
    let how = relative(p, vence);
    if with_day { format!("{how} · {}", p.day(vence)) } else { how }
}

/// How far a day is.
pub fn relative(p: &Painter<'_, '_>, iso: &str) -> String {
    match plazo::of(iso, p.state.today) {
        Some(Plazo::Hace(n)) => p.texts.with("vencio-hace", &[("n", n.into())]),
        Some(Plazo::Hoy) => p.texts.text("vence-hoy"),
        Some(Plazo::Manana) => p.texts.text("vence-manana"),
        Some(Plazo::En(n)) => p.texts.with("vence-en", &[("n", n.into())]),
        None => text::cut(iso, 10),
    }
}

/// One of them whole: who, when, to whom, and all of its lines.
fn read(p: &mut Painter<'_, '_>, area: Rect, numero: &str, entrada: Entrada<'_>, offset: usize) {
    let key = if matches!(entrada, Entrada::Nota(_)) { "titulo-nota-de" } else { "titulo-aviso-de" };
    let title = p.texts.with(key, &[("numero", numero.into())]);
    let cells = usize::from(layout::centred(area, 86, 3).width.saturating_sub(4));
    let lines = text::page_lines(entrada.texto(), cells);
    let (head, style) = heading(p, entrada);
    let head = text::wrap(&head, cells);
    let height = (head.len() + lines.len()) as u16 + 3;
    let keys = p.texts.text("pista-leer-nota");
    let inside = frame(p, area, 86, height, &title, &keys);
    for (y, line) in (inside.y..inside.bottom()).zip(&head) {
        p.put(inside.x, y, line, style);
    }
    let top = inside.y + head.len() as u16 + 1;
    let room = inside.bottom().saturating_sub(top);
    let offset = offset.min(lines.len().saturating_sub(usize::from(room)));
    for (y, line) in (top..inside.bottom()).zip(lines.iter().skip(offset)) {
        p.put(inside.x, y, line, p.theme.overlay);
    }
    said(p, offset, lines.len().saturating_sub(offset + usize::from(room)));
}

fn heading(p: &Painter<'_, '_>, entrada: Entrada<'_>) -> (String, Style) {
    match entrada {
        Entrada::Nota(nota) => {
            let changed =
                if nota.cambiada { format!(" · {}", p.texts.text("nota-con-cambios")) } else { String::new() };
            (format!("{} · {}{changed}", nota.quien, p.moment(&nota.cuando)), p.theme.dim)
        }
        Entrada::Aviso(aviso) => {
            let style = if is_overdue(aviso, p.state.today) { p.theme.bad } else { p.theme.dim };
            let given = p
                .texts
                .with("aviso-de-a", &[("de", aviso.quien.clone().into()), ("para", aviso.para_nombre.clone().into())]);
            let done = match (&aviso.hecho, aviso.hecho_por.as_str()) {
                (Some(_), who) if !who.is_empty() => format!(" · {who}"),
                _ => String::new(),
            };
            (format!("{given} · {} · {}{done}", p.moment(&aviso.cuando), due(p, aviso, true)), style)
        }
    }
}

/// The open avisos to the person at work, in all entidades, by their day; below, all that the selected one says, and who asks for it.
pub fn mine(p: &mut Painter<'_, '_>, area: Rect, list: &ListaAvisos) {
    let state = p.state;
    let avisos = &state.avisos;
    let items = list.rows(avisos.items());
    let total = avisos.count(state.today).0 as usize;
    let title = p.texts.with("titulo-mis-avisos", &[("n", total.into())]);
    let keys = if items.is_empty() { "pista-cerrar" } else { "pista-mis-avisos" };
    let cells = usize::from(layout::centred(area, WIDTH, 3).width.saturating_sub(4));
    let foot = items.iter().map(|mine| whole(p, mine, cells).len() as u16 + 1).max().unwrap_or_default();
    let inside = frame(p, area, WIDTH, items.len().max(1) as u16 + 2 + foot, &title, &p.texts.text(keys));
    if items.is_empty() {
        let sentence = match (&avisos.mine.value, &avisos.mine.error) {
            (None, Some(error)) => error.clone(),
            (None, None) if avisos.mine.is_slow(state.now) => p.texts.text("cargando"),
            (None, None) => String::new(),
            (Some(_), _) => p.texts.text("sin-avisos"),
        };
        p.put(inside.x, inside.y, &text::cut(&sentence, usize::from(inside.width)), p.theme.dim);
        return;
    }
    let place = list.place(&items);
    let foot = foot.min(inside.height.saturating_sub(ROWS_MIN));
    let rows = Rect { height: inside.height - foot, ..inside };
    let first = scroll_to(place, rows.height);
    let below = total.max(items.len()).saturating_sub(first + usize::from(rows.height));
    said(p, first, below);
    let shown: Vec<Said<'_>> = items
        .iter()
        .map(|mine| {
            let (glyph, style) = sign_of(p, &mine.aviso);
            let texto = format!("{} {}", mine.numero, mine.aviso.texto).into();
            let when = due(p, &mine.aviso, rows.width >= WITH_DAY);
            Said { glyph, style, texto, person: mine.cliente.as_str().into(), when, dim: mine.aviso.hecho.is_some() }
        })
        .collect();
    let columns = Columns::of(rows.width, WITH_CLIENT, shown.iter());
    draw_lines(p, rows, first, place, &shown, columns);
    if let Some(mine) = items.get(place) {
        let texto = text::wrap(&mine.aviso.texto, cells).len().min(TEXT_MAX);
        for (row, line) in whole(p, mine, cells).iter().enumerate().take(usize::from(foot.saturating_sub(1))) {
            let style = if row < texto { p.theme.overlay } else { p.theme.dim };
            p.put(inside.x, rows.bottom() + 1 + row as u16, line, style);
        }
    }
}

/// All that it says, then where it is from.
fn whole(p: &Painter<'_, '_>, mine: &MiAviso, cells: usize) -> Vec<String> {
    let mut lines = text::wrap_within(&mine.aviso.texto, cells, TEXT_MAX);
    lines.extend(text::wrap_within(&whose(p, mine), cells, ORIGIN_MAX));
    lines
}

/// Who gave it, and where: one works in another entidad too.
fn whose(p: &Painter<'_, '_>, mine: &MiAviso) -> String {
    let place = match p.state.eleccion.find(&mine.entidad, &mine.modelo) {
        Some(found) => format!("{} {} {}", found.entidad_nombre, p.sign("▸", ">"), found.modelo_nombre),
        None => mine.entidad.to_string(),
    };
    let who = p.texts.with("aviso-puesto-por", &[("quien", mine.aviso.quien.clone().into())]);
    let client = if mine.cliente.is_empty() { String::new() } else { format!(" · {}", mine.cliente) };
    format!("{place}{client} · {who}")
}
