//! New expediente: the modelo's fields as a form; nothing is created before Ctrl-S.

use super::super::{ask, conexion, lista, mensajes};
use super::fields;
use crate::action::Action;
use crate::effect::Effect;
use crate::i18n::Text;
use crate::input::key::KeyPress;
use crate::msg::Msg;
use crate::state::State;
use crate::state::indice::{Edit, fields_of};
use crate::state::overlay::{NewExpediente, Overlay, Then};
use api::expediente::ExpedienteNuevo;
use api::lista::Fila;
use crossterm::event::KeyCode;
use domain::campo::TipoCampo;
use domain::{CampoId, CampoIndice, ExpedienteId, Indice, Rol};

/// Opens an empty form.
pub fn open(state: &mut State) -> Vec<Effect> {
    let Some(definicion) = state.modelo.clone() else { return Vec::new() };
    let Some(first) = definicion.modelo.campos.iter().find(|campo| !campo.solo_lectura) else { return Vec::new() };
    let edit = Edit::new(ExpedienteId(0), 0, Indice::new(), first.id.clone());
    let is_asesor = state.persona.as_ref().is_some_and(|persona| persona.rol == Rol::Asesor);
    // Whoever is no asesor says whose it is.
    let asesor = (!is_asesor && !definicion.asesores.is_empty()).then_some(0);
    let key = state.next_key();
    state.overlays.push(Overlay::NewExpediente(Box::new(NewExpediente { edit, asesor, key, pending: None })));
    Vec::new()
}

/// The fields of the form: those that are asked for with what is typed so far.
pub fn form_fields<'s>(state: &'s State, nuevo: &NewExpediente) -> Vec<&'s CampoIndice> {
    let Some(definicion) = &state.modelo else { return Vec::new() };
    let indice = nuevo.edit.preview(&definicion.modelo, state.today);
    fields_of(&definicion.modelo, &indice).into_iter().filter(|campo| !campo.solo_lectura).collect()
}

fn form(state: &mut State) -> Option<&mut NewExpediente> {
    match state.overlays.last_mut() {
        Some(Overlay::NewExpediente(nuevo)) => Some(nuevo),
        _ => None,
    }
}

/// Fields, asesor (page keys), save, leave.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Save => return save(state),
        Action::Back => {
            let changed = form(state).is_some_and(|nuevo| nuevo.edit.is_changed());
            if changed {
                return ask(state, Text::key("pregunta-descartar-nuevo"), Then::DiscardNew);
            }
            state.overlays.pop();
        }
        Action::PageUp | Action::PageDown => choose_asesor(state, action == Action::PageDown),
        Action::Up | Action::PreviousPane => step(state, -1),
        Action::Down | Action::NextPane | Action::Enter => step(state, 1),
        _ => {}
    }
    Vec::new()
}

fn choose_asesor(state: &mut State, forward: bool) {
    let count = state.modelo.as_ref().map_or(0, |definicion| definicion.asesores.len());
    if let Some(at) = form(state).and_then(|nuevo| nuevo.asesor.as_mut()) {
        *at = if forward { (*at + 1) % count.max(1) } else { (*at + count.max(1) - 1) % count.max(1) };
    }
}

fn step(state: &mut State, places: isize) {
    let Some(Overlay::NewExpediente(nuevo)) = state.top() else { return };
    let ids: Vec<CampoId> = form_fields(state, nuevo).iter().map(|campo| campo.id.clone()).collect();
    let count = ids.len().max(1) as isize;
    let at = ids.iter().position(|id| *id == nuevo.edit.field).unwrap_or_default() as isize;
    let Some(next) = ids.get((at + places).rem_euclid(count) as usize).cloned() else { return };
    let Some(campo) = state.modelo.as_ref().and_then(|m| m.modelo.campo(&next)).cloned() else { return };
    if let Some(nuevo) = form(state) {
        nuevo.edit.input = nuevo.edit.text(&campo).into();
        nuevo.edit.field = next;
    }
}

/// A key for the field.
pub fn edit(state: &mut State, key: KeyPress) -> Vec<Effect> {
    change(state, |nuevo, campo| {
        if campo.tipo == TipoCampo::Logico && key.code == KeyCode::Char(' ') {
            let turned = if nuevo.edit.input.value() == "sí" { "no" } else { "sí" };
            nuevo.edit.input = turned.into();
        } else {
            fields::edit(&mut nuevo.edit.input, key);
        }
    });
    Vec::new()
}

/// Pasted text for the field.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    change(state, |nuevo, _| drop(fields::paste(&mut nuevo.edit.input, text)));
    Vec::new()
}

fn change(state: &mut State, edit: impl FnOnce(&mut NewExpediente, &CampoIndice)) {
    let (modelo, today) = (state.modelo.clone(), state.today);
    let Some(nuevo) = form(state) else { return };
    let Some(campo) = modelo.as_ref().and_then(|m| m.modelo.campo(&nuevo.edit.field)) else { return };
    edit(nuevo, campo);
    nuevo.edit.set(campo, nuevo.edit.input.value().to_owned(), today);
}

fn save(state: &mut State) -> Vec<Effect> {
    let (modelo, today, elegido) = (state.modelo.clone(), state.today, state.eleccion.actual.clone());
    let generation = state.next_generation();
    let (Some(definicion), Some(elegido)) = (modelo, elegido) else { return Vec::new() };
    let Some(nuevo) = form(state) else { return Vec::new() };
    let campos = match nuevo.edit.changes(&definicion.modelo, today) {
        Ok(campos) => campos,
        Err(wrong) => {
            nuevo.edit.field = wrong;
            if let Some(input) = nuevo.edit.reload_field(Some(&definicion.modelo)) {
                nuevo.edit.input = input;
            }
            return mensajes::error(state, Text::key("indice-con-errores"));
        }
    };
    nuevo.pending = Some(generation);
    let asesor = nuevo.asesor.and_then(|at| definicion.asesores.get(at)).map(|persona| persona.usuario.clone());
    let indice = campos.into_iter().filter_map(|(id, valor)| valor.map(|valor| (id, valor))).collect();
    let key = nuevo.key.clone();
    let nuevo = ExpedienteNuevo { entidad: elegido.entidad, modelo: elegido.modelo, asesor, indice };
    vec![Effect::Create { generation, nuevo, key }]
}

/// Created: it is selected, whatever the search; or the form stays with what is wrong.
pub fn message(state: &mut State, msg: Msg) -> Vec<Effect> {
    let Msg::Created { generation, answer } = msg else { return Vec::new() };
    let place = state.overlays.iter().position(|o| matches!(o, Overlay::NewExpediente(nuevo) if nuevo.pending == Some(generation)));
    let Some(place) = place else { return Vec::new() };
    match answer {
        Ok(detalle) => {
            state.overlays.remove(place);
            let mut effects = mensajes::done(state, Text::key("expediente-creado").with("numero", detalle.numero.clone()));
            let fila = Fila {
                id: detalle.id,
                numero: detalle.numero.clone(),
                cliente: String::new(),
                vehiculo: String::new(),
                matricula: String::new(),
                fase: detalle.fase.clone(),
                docs: 0,
                listos: 0,
                requeridos: 0,
                pendientes: 0,
                rechazados: 0,
                pedido: None,
                importe_cent: None,
                asesor: detalle.asesor.clone(),
            };
            state.lista.filas.retain(|other| other.id != fila.id);
            state.lista.filas.insert(0, fila);
            state.lista.selected = 0;
            lista::keep_visible(state);
            effects.extend(super::super::documentos::load(state));
            effects.extend(lista::reload(state));
            effects
        }
        Err(failure) => {
            if let Some(Overlay::NewExpediente(nuevo)) = state.overlays.get_mut(place) {
                nuevo.pending = None;
                let wrong = failure.problem.iter().flat_map(|problem| &problem.campos);
                nuevo.edit.errors.extend(wrong.map(|malo| (CampoId::from(malo.campo.as_str()), malo.mensaje.clone())));
            }
            conexion::failed(state, &failure)
        }
    }
}
