//! A note or an aviso being written. Intro goes on to the next field and saves at the last one; what goes out waits for the line by itself,
//! and what the service refuses comes back as it was typed.

use super::super::{ask, form, lista, mensajes};
use super::{fields, personas};
use crate::action::Action;
use crate::effect::{Effect, Write};
use crate::i18n::Text;
use crate::input::key::KeyPress;
use crate::plazo;
use crate::state::State;
use crate::state::mensajes::Asunto;
use crate::state::notas::{Campo, Cual, EncargoEscrito, Escrito, Escritura, Lote};
use crate::state::overlay::{Overlay, Then};
use api::aviso::{AvisoCambio, AvisoNuevo};
use api::nota::MAX_TEXTO;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use domain::texto::clean_block;
use domain::{AvisoId, ExpedienteId};
use ratatui_textarea::{CursorMove, TextArea};

/// An empty note of the expediente on screen, or of all that are marked.
pub fn new_note(state: &mut State) -> Vec<Effect> {
    begin(state, None)
}

/// Likewise an aviso, to the asesor: that of all of them, when they have the same one.
pub fn new_aviso(state: &mut State) -> Vec<Effect> {
    let of = |id: &ExpedienteId| {
        let listed = state.lista.filas.iter().find(|fila| fila.id == *id).map(|fila| fila.asesor.clone());
        let shown = state.documentos.detalle.value.as_ref().filter(|detalle| detalle.id == *id);
        shown.map(|detalle| detalle.asesor.clone()).or(listed).unwrap_or_default()
    };
    let mut asesores: Vec<String> = meant(state).iter().map(of).collect();
    asesores.dedup();
    let asesor = if let [only] = asesores.as_slice() { only.clone() } else { String::new() };
    let nombre = name_of(state, &asesor);
    begin(state, Some(EncargoEscrito { para: asesor, nombre, vence: String::new() }))
}

/// From the notes of an expediente it is about that one; from the panes about what is marked.
fn meant(state: &State) -> Vec<ExpedienteId> {
    if state.overlays.is_empty() {
        return lista::targets(state);
    }
    state.documentos.detalle.value.as_ref().map(|detalle| detalle.id).into_iter().collect()
}

fn begin(state: &mut State, encargo: Option<EncargoEscrito>) -> Vec<Effect> {
    let ids = meant(state);
    let Some((&expediente, otros)) = ids.split_first() else { return Vec::new() };
    let numero = lista::numero_of(state, expediente);
    let otros = otros.to_vec();
    open(state, Escritura { expediente, otros, numero, cual: None, texto: String::new(), encargo, error: None })
}

/// A person's name, as far as it is known here.
pub fn name_of(state: &State, usuario: &str) -> String {
    let asesores = state.modelo.iter().flat_map(|definicion| &definicion.asesores);
    let mut known = asesores.map(|one| (&one.usuario, &one.nombre));
    let own = state.persona.as_ref().map(|persona| (&persona.usuario, &persona.nombre));
    let found = known.find(|(known, _)| *known == usuario).or(own.filter(|(own, _)| *own == usuario));
    found.map_or_else(|| usuario.to_owned(), |(_, nombre)| nombre.clone())
}

/// Another text; for an aviso another addressee and day too. Its addressee may change the day alone.
pub fn change(state: &mut State, cual: Cual) -> Vec<Effect> {
    let Some(escritura) = escritura_of(state, cual) else { return Vec::new() };
    open(state, escritura)
}

/// A note or an aviso of the detail on screen, as it would be typed.
pub fn escritura_of(state: &State, cual: Cual) -> Option<Escritura> {
    let detalle = state.documentos.detalle.value.as_ref()?;
    let (texto, encargo) = match cual {
        Cual::Nota(id) => (detalle.notas.iter().find(|nota| nota.id == id)?.texto.clone(), None),
        Cual::Aviso(id) => {
            let aviso = detalle.avisos.iter().find(|aviso| aviso.id == id)?;
            let vence = aviso.vence.as_deref().map(domain::campo::show_fecha).unwrap_or_default();
            let encargo = EncargoEscrito { para: aviso.para.clone(), nombre: aviso.para_nombre.clone(), vence };
            (aviso.texto.clone(), Some(encargo))
        }
    };
    let (expediente, numero) = (detalle.id, detalle.numero.clone());
    Some(Escritura { expediente, otros: Vec::new(), numero, cual: Some(cual), texto, encargo, error: None })
}

/// Opens the editor with this in it. Who may be the addressee of an aviso is asked for meanwhile.
pub fn open(state: &mut State, escritura: Escritura) -> Vec<Effect> {
    let only_day = matches!(escritura.cual, Some(Cual::Aviso(id)) if !is_author(state, id));
    super::push(state, Overlay::Escrito(Box::new(Escrito::new(escritura, only_day))));
    personas::ask(state)
}

/// Whether this person gave that aviso; one that is not on screen is taken for their own, and the service knows better.
fn is_author(state: &State, id: AvisoId) -> bool {
    let avisos = state.documentos.detalle.value.iter().flat_map(|detalle| &detalle.avisos);
    let found = avisos.into_iter().find(|aviso| aviso.id == id);
    found.is_none_or(|aviso| state.persona.as_ref().is_some_and(|persona| persona.usuario == aviso.por))
}

fn top(state: &mut State) -> Option<&mut Escrito> {
    match state.overlays.last_mut() {
        Some(Overlay::Escrito(escrito)) => Some(escrito),
        _ => None,
    }
}

/// Fields, save, leave.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(escrito) = top(state) else { return Vec::new() };
    let last = escrito.encargo.is_none() || escrito.campo == Campo::Vence;
    match (action, escrito.campo) {
        (Action::Save, _) => return save(state),
        (Action::Enter, _) if last => return save(state),
        (Action::Back, _) if escrito.is_changed() => {
            return ask(state, Text::key("pregunta-descartar-nota"), Then::DiscardNote);
        }
        (Action::Back, _) => return close(state),
        (Action::Up, Campo::Texto) => escrito.area.move_cursor(CursorMove::Up),
        (Action::Down, Campo::Texto) => escrito.area.move_cursor(CursorMove::Down),
        (Action::PageUp | Action::PageDown, Campo::Texto) => {
            let to = if action == Action::PageUp { CursorMove::Top } else { CursorMove::Bottom };
            escrito.area.move_cursor(to);
        }
        (Action::Up | Action::Down, Campo::Para) => return personas::choose(state, None),
        (Action::Enter | Action::Down | Action::NextPane, _) => step(escrito, true),
        (Action::Up | Action::PreviousPane, _) => step(escrito, false),
        _ => {}
    }
    Vec::new()
}

/// Closes the editor; what was said of it is settled.
pub fn close(state: &mut State) -> Vec<Effect> {
    let (closed, kept): (Vec<_>, Vec<_>) =
        std::mem::take(&mut state.overlays).into_iter().partition(|overlay| matches!(overlay, Overlay::Escrito(_)));
    state.overlays = kept;
    for overlay in closed {
        if let Overlay::Escrito(escrito) = overlay {
            mensajes::settle(state, Asunto::Escrito(escrito.expediente));
        }
    }
    Vec::new()
}

fn step(escrito: &mut Escrito, forward: bool) {
    if escrito.encargo.as_ref().is_none_or(|encargo| encargo.only_day) {
        return;
    }
    escrito.campo = match (escrito.campo, forward) {
        (Campo::Texto, true) | (Campo::Vence, false) => Campo::Para,
        (Campo::Para, true) | (Campo::Texto, false) => Campo::Vence,
        (Campo::Vence, true) | (Campo::Para, false) => Campo::Texto,
    };
    escrito.come_into();
}

/// A click on a field.
pub fn click(state: &mut State, at: usize) -> Vec<Effect> {
    let Some(escrito) = top(state).filter(|escrito| escrito.encargo.as_ref().is_some_and(|e| !e.only_day)) else {
        return Vec::new();
    };
    escrito.campo = [Campo::Texto, Campo::Para, Campo::Vence][at.min(2)];
    escrito.come_into();
    if escrito.campo == Campo::Para { personas::choose(state, None) } else { Vec::new() }
}

/// A key for the field. On the addressee it begins the filter of those who may be it.
pub fn edit(state: &mut State, key: KeyPress) -> Vec<Effect> {
    let Some(escrito) = top(state) else { return Vec::new() };
    escrito.error = None;
    match escrito.campo {
        Campo::Texto => {
            let breaks = key.code == KeyCode::Enter
                || (key.code == KeyCode::Char('j') && key.modifiers == KeyModifiers::CONTROL);
            let full = escrito.len() >= MAX_TEXTO && !escrito.area.is_selecting();
            if full && (breaks || key.char().is_some()) {
                return Vec::new();
            }
            if breaks {
                escrito.area.insert_newline();
            } else {
                typed(&mut escrito.area, key);
            }
            Vec::new()
        }
        Campo::Para => match key.char() {
            Some(c) => personas::choose(state, Some(c).filter(|c| !c.is_whitespace())),
            None => Vec::new(),
        },
        Campo::Vence => {
            if let Some(encargo) = &mut escrito.encargo {
                if std::mem::take(&mut encargo.fresh) && form::takes_place(key) {
                    encargo.vence.reset();
                }
                fields::edit(&mut encargo.vence, key);
            }
            Vec::new()
        }
    }
}

/// A key for the text. Where a shell and the widget differ, the shell's habit wins, as in every other field.
fn typed(area: &mut TextArea<'static>, key: KeyPress) {
    match (key.code, key.modifiers) {
        (KeyCode::Char('u'), KeyModifiers::CONTROL) if area.is_selecting() || area.cursor().1 > 0 => {
            area.delete_line_by_head();
        }
        // At its beginning there is nothing to take away: the line above is not joined.
        (KeyCode::Char('u'), KeyModifiers::CONTROL) => {}
        (KeyCode::Char('z'), KeyModifiers::CONTROL) => {
            area.undo();
        }
        (code, modifiers) => {
            area.input(KeyEvent::new(code, modifiers));
        }
    }
}

/// Pasted text for the field; a text keeps its lines.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    let Some(escrito) = top(state) else { return Vec::new() };
    escrito.error = None;
    let whole = match (escrito.campo, &mut escrito.encargo) {
        (Campo::Texto, _) => {
            let room = MAX_TEXTO.saturating_sub(escrito.len());
            // Cut first, cleaned then: no megabyte is read for two thousand characters.
            let taken: String = text.chars().take(room + 1).collect();
            let whole = taken.chars().count() <= room;
            let lines = taken.replace("\r\n", "\n").replace('\r', "\n");
            let taken: String = clean_block(&lines).chars().take(room).collect();
            escrito.area.insert_str(taken);
            whole
        }
        (Campo::Vence, Some(encargo)) => {
            if std::mem::take(&mut encargo.fresh) {
                encargo.vence.reset();
            }
            fields::paste(&mut encargo.vence, text)
        }
        _ => true,
    };
    if whole { Vec::new() } else { mensajes::warn(state, Text::key("pegado-cortado")) }
}

/// Sends it, and closes the editor: it goes out again by itself after a cut.
fn save(state: &mut State) -> Vec<Effect> {
    let today = state.today;
    let Some(escrito) = top(state) else { return Vec::new() };
    let write = match write_of(escrito, today) {
        Ok(write) => write,
        Err((campo, error)) => {
            escrito.campo = campo;
            escrito.error = Some(error);
            return Vec::new();
        }
    };
    let all: Vec<ExpedienteId> = std::iter::once(escrito.expediente).chain(escrito.otros.clone()).collect();
    close(state);
    let Some(write) = write else { return Vec::new() };
    if all.len() == 1 {
        return vec![Effect::Write { key: state.next_key(), write }];
    }
    state.lista.marked.clear();
    let keys: Vec<String> = all.iter().map(|_| state.next_key()).collect();
    state.avisos.lotes.push(Lote { pending: keys.iter().cloned().collect(), ..Lote::default() });
    let send = |(key, id)| Effect::Write { key, write: about(write.clone(), id) };
    keys.into_iter().zip(all).map(send).collect()
}

/// The same, written in another expediente.
fn about(write: Write, expediente: ExpedienteId) -> Write {
    match write {
        Write::AddNota { texto, .. } => Write::AddNota { expediente, texto },
        Write::AddAviso { nuevo, .. } => Write::AddAviso { expediente, nuevo },
        other => other,
    }
}

/// What saving does; nothing when nothing has changed. Or what is wrong, and in which field.
fn write_of(escrito: &Escrito, today: jiff::civil::Date) -> Result<Option<Write>, (Campo, Text)> {
    let texto = clean_block(&escrito.texto()).trim().to_owned();
    if texto.is_empty() {
        return Err((Campo::Texto, Text::key("nota-sin-texto")));
    }
    if texto.chars().count() > MAX_TEXTO {
        return Err((Campo::Texto, Text::key("nota-larga").with("n", MAX_TEXTO)));
    }
    let expediente = escrito.expediente;
    let Some(encargo) = &escrito.encargo else {
        return Ok(match escrito.cual {
            Some(_) if !escrito.is_changed() => None,
            Some(Cual::Nota(nota)) => Some(Write::ChangeNota { expediente, nota, texto }),
            _ => Some(Write::AddNota { expediente, texto }),
        });
    };
    let vence = plazo::parse(encargo.vence.value(), today).map_err(|wrong| (Campo::Vence, Text::key(wrong.key())))?;
    let vence = vence.map(|day| day.to_string());
    let para = encargo.para.clone();
    if para.is_empty() {
        return Err((Campo::Para, Text::key("aviso-sin-destinatario")));
    }
    Ok(match escrito.cual {
        Some(_) if !escrito.is_changed() => None,
        Some(Cual::Aviso(aviso)) => {
            let before = escrito.antes.1.clone().unwrap_or_default();
            let day = before.vence != encargo.vence.value();
            let cambio = AvisoCambio {
                texto: (texto != escrito.antes.0).then_some(texto),
                para: (para != before.para).then_some(para),
                vence: day.then(|| vence.unwrap_or_default()),
                hecho: None,
            };
            Some(Write::ChangeAviso { expediente, aviso, cambio })
        }
        _ => Some(Write::AddAviso { expediente, nuevo: AvisoNuevo { texto, para, vence } }),
    })
}
