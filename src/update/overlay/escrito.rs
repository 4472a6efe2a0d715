//! A note or an aviso being written. Intro goes on to the next field and saves at the last one; what goes out waits for the line by itself,
//! and what the service refuses comes back as it was typed.

use super::super::{ask, conexion, mensajes};
use super::{fields, picker};
use crate::action::Action;
use crate::effect::{Effect, Memoria, Write};
use crate::i18n::Text;
use crate::input::key::KeyPress;
use crate::msg::Answer;
use crate::plazo;
use crate::state::State;
use crate::state::mensajes::Asunto;
use crate::state::notas::{Campo, Cual, Encargo, EncargoEscrito, Escrito, Escritura};
use crate::state::overlay::{Overlay, Picker, PickerKind, Then};
use api::aviso::{AvisoCambio, AvisoNuevo, Destinatario};
use api::nota::MAX_TEXTO;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use domain::AvisoId;
use domain::texto::clean_block;
use ratatui_textarea::{CursorMove, TextArea};

/// An empty note of the expediente on screen.
pub fn new_note(state: &mut State) -> Vec<Effect> {
    begin(state, None)
}

/// An empty aviso of the expediente on screen, to its asesor.
pub fn new_aviso(state: &mut State) -> Vec<Effect> {
    let Some(asesor) = state.documentos.detalle.value.as_ref().map(|detalle| detalle.asesor.clone()) else {
        return Vec::new();
    };
    let nombre = name_of(state, &asesor);
    begin(state, Some(EncargoEscrito { para: asesor, nombre, vence: String::new() }))
}

fn begin(state: &mut State, encargo: Option<EncargoEscrito>) -> Vec<Effect> {
    let Some(detalle) = &state.documentos.detalle.value else { return Vec::new() };
    let (expediente, numero) = (detalle.id, detalle.numero.clone());
    open(state, Escritura { expediente, numero, cual: None, texto: String::new(), encargo, error: None })
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
    Some(Escritura { expediente, numero, cual: Some(cual), texto, encargo, error: None })
}

/// Opens the editor with this in it. Who may be the addressee of an aviso is asked for meanwhile.
pub fn open(state: &mut State, escritura: Escritura) -> Vec<Effect> {
    let only_day = matches!(escritura.cual, Some(Cual::Aviso(id)) if !is_author(state, id));
    let mut escrito = Escrito::new(escritura, only_day);
    let generation = state.next_generation();
    let id = escrito.expediente;
    let mut effects = Vec::new();
    if let Some(encargo) = escrito.encargo.as_mut().filter(|_| !only_day) {
        encargo.personas.begin(generation, state.now);
        effects.push(Effect::LoadPersonas { generation, id });
    }
    super::push(state, Overlay::Escrito(Box::new(escrito)));
    effects
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
        (Action::Up | Action::Down, Campo::Para) => return choose_persona(state, None),
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
}

/// A click on a field.
pub fn click(state: &mut State, at: usize) -> Vec<Effect> {
    let Some(escrito) = top(state).filter(|escrito| escrito.encargo.as_ref().is_some_and(|e| !e.only_day)) else {
        return Vec::new();
    };
    escrito.campo = [Campo::Texto, Campo::Para, Campo::Vence][at.min(2)];
    if escrito.campo == Campo::Para { choose_persona(state, None) } else { Vec::new() }
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
            Some(c) => choose_persona(state, Some(c).filter(|c| !c.is_whitespace())),
            None => Vec::new(),
        },
        Campo::Vence => {
            if let Some(encargo) = &mut escrito.encargo {
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
        (Campo::Vence, Some(encargo)) => fields::paste(&mut encargo.vence, text),
        _ => true,
    };
    if whole { Vec::new() } else { mensajes::warn(state, Text::key("pegado-cortado")) }
}

/// The list of those who may be the addressee.
fn choose_persona(state: &mut State, first: Option<char>) -> Vec<Effect> {
    let Some(encargo) = top(state).and_then(|escrito| escrito.encargo.as_ref()) else { return Vec::new() };
    let pending = encargo.personas.pending.map(|(generation, _)| generation);
    let personas = encargo.personas.value.clone().unwrap_or_default();
    let selected = personas.iter().position(|persona| persona.usuario == encargo.para).unwrap_or_default();
    let items = personas.into_iter().map(picker::persona_item).collect();
    picker::open_personas(state, items, selected, pending);
    if let (Some(Overlay::Picker(Picker { kind: PickerKind::Personas, .. })), Some(first)) = (state.top(), first) {
        return picker::edit(state, KeyPress::plain(KeyCode::Char(first)));
    }
    Vec::new()
}

/// Somebody is chosen; whoever is not the asesor is offered next time.
pub fn give_to(state: &mut State, usuario: String, nombre: String) -> Vec<Effect> {
    let asesor = state.documentos.detalle.value.as_ref().map(|detalle| detalle.asesor.clone());
    let Some(escrito) = top(state) else { return Vec::new() };
    escrito.campo = Campo::Vence;
    if let Some(encargo) = &mut escrito.encargo {
        (encargo.para, encargo.nombre, encargo.chosen) = (usuario.clone(), nombre, true);
    }
    state.destinatario = if asesor.as_ref() == Some(&usuario) { String::new() } else { usuario };
    vec![Effect::Remember(Memoria::Destinatario(state.destinatario.clone()))]
}

/// Those who may be the addressee have come: the one remembered is taken, unless the person has chosen by now.
pub fn personas(state: &mut State, generation: u64, answer: Answer<Vec<Destinatario>>) -> Vec<Effect> {
    let remembered = state.destinatario.clone();
    let escrito = state.overlays.iter_mut().find_map(|overlay| match overlay {
        Overlay::Escrito(escrito) => Some(escrito),
        _ => None,
    });
    let Some(encargo) = escrito.and_then(|escrito| escrito.encargo.as_mut()) else { return Vec::new() };
    let failure = answer.as_ref().err().cloned();
    if !encargo.personas.finish(generation, answer.map_err(|failure| failure.sentence)) {
        return Vec::new();
    }
    match failure {
        Some(failure) => {
            picker::give_up(state, generation);
            conexion::failed(state, &failure)
        }
        None => {
            let personas = encargo.personas.value.clone().unwrap_or_default();
            take_best(encargo, &personas, &remembered);
            picker::fill_personas(state, generation, personas);
            Vec::new()
        }
    }
}

/// The addressee with the name the service has for them; one who may not be it is none.
fn take_best(encargo: &mut Encargo, personas: &[Destinatario], remembered: &str) {
    let by_name = |usuario: &str| personas.iter().find(|persona| persona.usuario == usuario);
    let remembered = by_name(remembered).filter(|_| !encargo.chosen);
    match remembered.or_else(|| by_name(&encargo.para)) {
        Some(persona) => (encargo.para, encargo.nombre) = (persona.usuario.clone(), persona.nombre.clone()),
        // Whoever was chosen stays: the service says what is wrong with them.
        None if encargo.chosen => {}
        None => (encargo.para, encargo.nombre) = (String::new(), String::new()),
    }
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
    close(state);
    let key = state.next_key();
    write.map(|write| Effect::Write { key, write }).into_iter().collect()
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
