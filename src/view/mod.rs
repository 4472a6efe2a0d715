//! Draws the state: no mutation, no I/O. One file per pane and per overlay; `layout.rs` decides where.

mod conflict;
mod documentos;
mod expedientes;
mod form;
mod hint_bar;
pub mod hit;
mod indice;
pub mod layout;
mod options;
mod overlay;
mod pane;
mod preview;
mod screens;
pub mod text;
mod toasts;
mod top_bar;

use crate::config::Simbolos;
use crate::i18n::Catalogue;
use crate::state::{Pane, Screen, State};
use crate::theme::Theme;
use domain::gate::EstadoRequisito;
use domain::{ExpedienteId, Rol, TipoId};
use hit::{HitMap, Target};
use ratatui::Frame;
use ratatui::buffer::CellDiffOption;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Draws a frame; answers what can be clicked and how much fits where.
pub fn view(state: &State, theme: &Theme, texts: &Catalogue, frame: &mut Frame<'_>) -> HitMap {
    let area = frame.area();
    let mut p = Painter {
        state,
        theme,
        texts,
        frame,
        hits: HitMap::default(),
        lines: Vec::new(),
        overlay: None,
        cursor_at: None,
    };
    p.frame.buffer_mut().set_style(area, theme.text);
    if area.width < layout::MIN.0 || area.height < layout::MIN.1 {
        screens::too_small(&mut p, area);
        return p.hits;
    }
    match state.screen {
        Screen::Connecting => screens::connecting(&mut p, area),
        Screen::Trust => screens::trust(&mut p, area),
        Screen::SignIn => screens::sign_in(&mut p, area),
        Screen::Choice if !state.sees_expedientes() => screens::administra(&mut p, area),
        Screen::Choice => screens::choice(&mut p, area),
        Screen::Work => work(&mut p, area),
    }
    let overlays = state.overlays_on_screen();
    for (at, overlay) in overlays.iter().enumerate() {
        // The notes are wider than what is written over them: of a line at either side nobody can make anything.
        if overlay::hides(&overlays[at + 1..], overlay) {
            continue;
        }
        overlay::fade(&mut p);
        overlay::draw(&mut p, area, overlay);
    }
    overlay::which_key(&mut p, area);
    toasts::draw(&mut p, area);
    p.hits
}

fn work(p: &mut Painter<'_, '_>, area: Rect) {
    let layout = layout::layout(p.state, area);
    top_bar::draw(p, layout.top);
    if let Some(tabs) = layout.tabs {
        top_bar::tabs(p, tabs);
    }
    // The focused pane last, so that its border wins where lines are shared.
    let focus = p.state.focus;
    let (focused, others): (Vec<_>, Vec<_>) = layout.panes.into_iter().partition(|(pane, _)| *pane == focus);
    for (pane, area) in others.into_iter().chain(focused) {
        match pane {
            Pane::Expedientes => expedientes::draw(p, area),
            Pane::Documentos => documentos::draw(p, area),
            Pane::Preview => preview::draw(p, area),
            Pane::Indice => indice::draw(p, area),
        }
    }
    pane::finish(p);
    hint_bar::draw(p, layout.hints);
}

/// What every file of the view draws with.
struct Painter<'s, 'f> {
    state: &'s State,
    theme: &'s Theme,
    texts: &'s Catalogue,
    frame: &'s mut Frame<'f>,
    hits: HitMap,
    /// What stands in the border lines, drawn so far: titles, and that there is more.
    lines: Vec<(Rect, String, Style)>,
    /// Where the overlay drawn last stands.
    overlay: Option<Rect>,
    /// Where the cursor was put last.
    cursor_at: Option<Position>,
}

impl Painter<'_, '_> {
    /// A text at a cell, cut at the edge of the screen.
    fn put(&mut self, x: u16, y: u16, text: &str, style: Style) {
        let area = self.frame.area();
        if y < area.bottom() && x < area.right() {
            let buffer = self.frame.buffer_mut();
            let (end, _) = buffer.set_stringn(x, y, text, usize::from(area.right() - x), style);
            // Over what is reserved for a picture, text wins.
            for x in x..end {
                buffer[(x, y)].set_diff_option(CellDiffOption::None);
            }
        }
    }

    /// A style over a whole row, under what is drawn on it afterwards.
    fn fill(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.frame.area());
        self.frame.buffer_mut().set_style(area, style);
    }

    /// Blank, in this style.
    fn clear(&mut self, area: Rect, style: Style) {
        self.frame.render_widget(ratatui::widgets::Clear, area);
        self.fill(area, style);
    }

    /// A day or a time of the service, as the day here.
    fn day(&self, iso: &str) -> String {
        text::day(iso, self.state.today, &self.state.zone)
    }

    /// A time of the service, as day and time here.
    fn moment(&self, iso: &str) -> String {
        text::moment(iso, self.state.today, &self.state.zone)
    }

    /// The terminal's own cursor: where screen readers and input methods look.
    fn cursor(&mut self, x: u16, y: u16) {
        let area = self.frame.area();
        let at = Position { x: x.min(area.right() - 1), y: y.min(area.bottom() - 1) };
        self.cursor_at = Some(at);
        self.frame.set_cursor_position(at);
    }

    fn click(&mut self, area: Rect, target: Target) {
        self.hits.areas.push((area, target));
    }

    /// Glyph and style of a state. Colour is never alone: each has its sign.
    fn mark_of(&self, estado: EstadoRequisito) -> (&'static str, Style) {
        let ascii = self.state.config.simbolos == Simbolos::Ascii;
        let (glyph, letter, style) = match estado {
            EstadoRequisito::Validado => ("✓", "v", self.theme.ok),
            EstadoRequisito::Pendiente => ("·", "p", self.theme.pending),
            EstadoRequisito::Rechazado => ("✗", "x", self.theme.bad),
            EstadoRequisito::Falta => ("○", "o", self.theme.bad),
        };
        (if ascii { letter } else { glyph }, style)
    }

    /// Glyph and style of what only a later fase asks for: no fault yet, and no circle.
    fn mark_of_later(&self) -> (&'static str, Style) {
        (self.sign("»", ">"), self.theme.dim)
    }

    /// One of two signs.
    fn sign(&self, unicode: &'static str, ascii: &'static str) -> &'static str {
        if self.state.config.simbolos == Simbolos::Ascii { ascii } else { unicode }
    }

    /// Whether a pane has the keys: nothing lies over it.
    fn has_focus(&self, pane: Pane) -> bool {
        self.state.focus == pane && self.state.overlays.is_empty()
    }

    /// Style of the selected row of a pane.
    fn selection(&self, pane: Pane) -> Style {
        if self.has_focus(pane) { self.theme.selection } else { self.theme.selection_dim }
    }

    /// Style of a cell of a row of a pane. The bar of the pane with the focus has one style; the other keeps what each cell says.
    fn in_row(&self, pane: Pane, selected: bool, wanted: Style) -> Style {
        let bar = self.selection(pane);
        match (selected, self.has_focus(pane)) {
            (true, true) => bar,
            (true, false) => Style { bg: bar.bg.or(wanted.bg), ..bar.patch(wanted) },
            (false, _) => self.theme.text.patch(wanted),
        }
    }

    /// `↑ 2 · ↓ 12 más`: what is further up and further down than what is shown.
    fn more(&self, above: usize, below: usize) -> Option<String> {
        let part = |n: usize, sign: &str| (n > 0).then(|| format!("{sign} {n}"));
        let parts = [part(above, self.sign("↑", "^")), part(below, self.sign("↓", "v"))];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| format!(" {} ", self.texts.with("hay-mas", &[("donde", parts.join(" · ").into())])))
    }

    /// The number of an expediente, as far as it has been seen.
    fn numero(&self, id: ExpedienteId) -> String {
        let lista = &self.state.lista;
        let here = self.state.documentos.detalle.value.as_ref().filter(|detalle| detalle.id == id);
        let row = || lista.filas.iter().find(|fila| fila.id == id).map(|fila| fila.numero.clone());
        let seen = here.map(|detalle| detalle.numero.clone()).or_else(row);
        seen.or_else(|| lista.numeros.get(&id).cloned()).unwrap_or_default()
    }

    /// The name of a type of document.
    fn tipo(&self, tipo: &TipoId) -> String {
        let definicion = self.state.modelo.as_ref();
        definicion.and_then(|d| d.modelo.tipo(tipo)).map_or_else(|| tipo.to_string(), |tipo| tipo.nombre.clone())
    }

    /// The name of a person, where their user name is known.
    fn persona(&self, usuario: &str) -> String {
        let asesores = self.state.modelo.iter().flat_map(|definicion| &definicion.asesores);
        let known = asesores.map(|asesor| (&asesor.usuario, &asesor.nombre));
        let own = self.state.persona.iter().map(|persona| (&persona.usuario, &persona.nombre));
        let found = known.chain(own).find(|(known, _)| *known == usuario);
        found.map_or_else(|| usuario.to_owned(), |(_, nombre)| nombre.clone())
    }

    /// Whose the expediente on screen is, for who sees those of several.
    fn asesor(&self) -> Option<String> {
        let own = self.state.persona.as_ref().is_some_and(|persona| persona.rol == Rol::Asesor);
        let detalle = self.state.documentos.detalle.value.as_ref().filter(|_| !own)?;
        Some(self.persona(&detalle.asesor)).filter(|asesor| !asesor.is_empty())
    }

    /// Keys and what they do, as a sentence of the catalogue has them: keys stand out. What does not fit is left out, the last one last.
    /// Answers the cells taken.
    fn keys(&mut self, x: u16, y: u16, room: usize, parts: &[String], gap: &str, base: Style) -> u16 {
        let mut parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        while parts.len() > 1 && text::width(&parts.join(gap)) > room {
            parts.remove(parts.len() - 2);
        }
        let mut at = x;
        for (place, part) in parts.iter().enumerate() {
            let part = if place == 0 { (*part).to_owned() } else { format!("{gap}{part}") };
            let part = text::cut(&part, room.saturating_sub(usize::from(at - x)));
            self.put(at, y, &part, base.patch(self.theme.dim));
            let (start, key) = hint_bar::key_of(&part);
            self.put(at + start as u16, y, key, base.patch(self.theme.key));
            at += text::width(&part) as u16;
        }
        at - x
    }

    /// A one-line field: its text with the cursor in view. Answers where the cursor is.
    /// Another style for what is there.
    fn restyle(&mut self, area: Rect, style: Style) {
        self.frame.buffer_mut().set_style(area, style);
    }

    fn field(&mut self, area: Rect, input: &tui_input::Input, secret: bool, focused: bool) {
        let width = usize::from(area.width).max(1);
        let shown = |text: &str| if secret { "•".repeat(text.chars().count()) } else { text::plain(text) };
        let value = shown(input.value());
        let before: String = input.value().chars().take(input.cursor()).collect();
        let cursor = text::width(&shown(&before));
        let (skipped, scroll) = leading(&value, (cursor + 1).saturating_sub(width));
        let rest = &value[skipped..];
        self.fill(area, self.theme.field);
        self.put(area.x, area.y, &text::left(rest, width), self.theme.field);
        if focused {
            let x = u16::try_from(cursor - scroll).unwrap_or(u16::MAX);
            self.cursor(area.x + x.min(area.width.saturating_sub(1)), area.y);
        }
    }
}

/// The beginning of a text that takes at least so many cells: its bytes, and the cells it does take.
fn leading(value: &str, cells: usize) -> (usize, usize) {
    let (mut bytes, mut width) = (0, 0);
    for c in value.chars() {
        if width >= cells {
            break;
        }
        bytes += c.len_utf8();
        width += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
    }
    (bytes, width)
}
