//! New expediente: the modelo's fields as a form; nothing is created before Ctrl-S.

use super::super::{ask, conexion, documentos, form as typing, guardar, lista, mensajes};
use crate::action::Action;
use crate::effect::Effect;
use crate::i18n::Text;
use crate::input::key::KeyPress;
use crate::msg::{FailureKind, Msg};
use crate::state::State;
use crate::state::indice::{Edit, fields_of};
use crate::state::mensajes::{Asunto, Nivel};
use crate::state::overlay::{Asesor, NewExpediente, Overlay, Then};
use api::expediente::{ExpedienteDetalle, ExpedienteNuevo};
use api::lista::Fila;
use domain::campo::TipoCampo;
use domain::{CampoId, CampoIndice, ExpedienteId, Indice, Modelo, Rol, Valor};
use jiff::civil::Date;

/// Opens an empty form.
pub fn open(state: &mut State) -> Vec<Effect> {
    let Some(definicion) = state.modelo.clone() else { return Vec::new() };
    let Some(first) = fields_of(&definicion.modelo, &Indice::new()).into_iter().find(|campo| !campo.solo_lectura)
    else {
        return Vec::new();
    };
    let mut edit = Edit::new(ExpedienteId(0), 0, begun(&definicion.modelo, state.today), first.id.clone());
    typing::enter(&mut edit, first);
    let is_asesor = state.persona.as_ref().is_some_and(|persona| persona.rol == Rol::Asesor);
    // Whoever is no asesor says whose it is.
    let asesor = if is_asesor { Asesor::Own } else { Asesor::Unsaid };
    let key = state.next_key();
    let nuevo = NewExpediente { edit, asesor, key, sent: None, pending: None };
    state.overlays.push(Overlay::NewExpediente(Box::new(nuevo)));
    Vec::new()
}

/// An order is of today until somebody says otherwise.
fn begun(modelo: &Modelo, today: Date) -> Indice {
    let pedido = modelo.campo(&modelo.papeles.pedido).filter(|campo| campo.tipo == TipoCampo::Fecha);
    pedido.map(|campo| (campo.id.clone(), Valor::Texto(today.to_string()))).into_iter().collect()
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

/// Runs something on the field under the cursor.
fn on_field<T>(state: &mut State, run: impl FnOnce(&mut Edit, &CampoIndice, Date) -> T) -> Option<T> {
    let (definicion, today) = (state.modelo.clone()?, state.today);
    let nuevo = form(state)?;
    let campo = definicion.modelo.campo(&nuevo.edit.field)?;
    Some(run(&mut nuevo.edit, campo, today))
}

/// Fields, options, asesor (page keys), save, leave.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let in_options = form(state).is_some_and(|nuevo| nuevo.edit.option.is_some());
    match action {
        Action::Save => return save(state),
        Action::Back => {
            if form(state).is_some_and(|nuevo| nuevo.edit.is_changed()) {
                return ask(state, Text::key("pregunta-descartar-nuevo"), Then::DiscardNew);
            }
            state.overlays.pop();
        }
        Action::Up | Action::Down if in_options => {
            on_field(state, |edit, campo, today| typing::choose(edit, campo, action == Action::Down, today));
        }
        Action::PageUp | Action::PageDown => choose_asesor(state, action == Action::PageDown),
        Action::Up | Action::PreviousPane => step(state, false),
        Action::Down | Action::NextPane | Action::Enter => step(state, true),
        _ => {}
    }
    Vec::new()
}

fn choose_asesor(state: &mut State, forward: bool) {
    let count = state.modelo.as_ref().map_or(0, |definicion| definicion.asesores.len());
    let Some(nuevo) = form(state) else { return };
    nuevo.asesor = match (nuevo.asesor, forward) {
        (Asesor::Own, _) => Asesor::Own,
        (_, _) if count == 0 => Asesor::Unsaid,
        (Asesor::Unsaid, true) => Asesor::Of(0),
        (Asesor::Unsaid, false) => Asesor::Of(count - 1),
        (Asesor::Of(at), true) => Asesor::Of((at + 1) % count),
        (Asesor::Of(at), false) => Asesor::Of((at + count - 1) % count),
    };
}

fn step(state: &mut State, forward: bool) {
    on_field(state, typing::leave);
    let Some(Overlay::NewExpediente(nuevo)) = state.top() else { return };
    let fields = form_fields(state, nuevo);
    let at = fields.iter().position(|campo| campo.id == nuevo.edit.field).unwrap_or_default();
    let count = fields.len().max(1);
    let to = if forward { (at + 1) % count } else { (at + count - 1) % count };
    let next = fields.get(to).map(|campo| (*campo).clone());
    if let (Some(campo), Some(nuevo)) = (next, form(state)) {
        typing::enter(&mut nuevo.edit, &campo);
    }
}

/// A key for the field.
pub fn edit(state: &mut State, key: KeyPress) -> Vec<Effect> {
    on_field(state, |edit, campo, today| typing::key(edit, campo, key, today));
    Vec::new()
}

/// Pasted text for the field.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    let whole = on_field(state, |edit, campo, today| typing::paste(edit, campo, text, today));
    if whole == Some(false) { mensajes::warn(state, Text::key("pegado-cortado")) } else { Vec::new() }
}

fn save(state: &mut State) -> Vec<Effect> {
    on_field(state, typing::leave);
    let (modelo, today, elegido) = (state.modelo.clone(), state.today, state.eleccion.actual.clone());
    let generation = state.next_generation();
    let (Some(definicion), Some(elegido)) = (modelo, elegido) else { return Vec::new() };
    let Some(nuevo) = form(state).filter(|nuevo| nuevo.pending.is_none()) else { return Vec::new() };
    let campos = match nuevo.edit.changes(&definicion.modelo, today) {
        Ok(campos) => campos,
        Err(wrong) => {
            point_at(nuevo, &definicion.modelo, &wrong);
            return mensajes::about(state, Asunto::Nuevo, Nivel::Error, Text::key("indice-con-errores"));
        }
    };
    let mut indice = nuevo.edit.base.clone();
    for (id, valor) in campos {
        match valor {
            Some(valor) => indice.insert(id, valor),
            None => indice.remove(&id),
        };
    }
    let cliente = &definicion.modelo.papeles.cliente;
    if !indice.contains_key(cliente) {
        point_at(nuevo, &definicion.modelo, cliente);
        return mensajes::about(state, Asunto::Nuevo, Nivel::Error, Text::key("nuevo-sin-cliente"));
    }
    if nuevo.asesor == Asesor::Unsaid {
        let key = if definicion.asesores.is_empty() { "nuevo-sin-asesores" } else { "nuevo-sin-asesor" };
        return mensajes::about(state, Asunto::Nuevo, Nivel::Error, Text::key(key));
    }
    nuevo.pending = Some(generation);
    let asesor = match nuevo.asesor {
        Asesor::Of(at) => definicion.asesores.get(at).map(|persona| persona.usuario.clone()),
        Asesor::Own | Asesor::Unsaid => None,
    };
    let typed = ExpedienteNuevo { entidad: elegido.entidad, modelo: elegido.modelo, asesor, indice };
    // What was cut may have arrived: the same goes out again, so that it is created once; what was typed since is saved after it.
    let sent = nuevo.sent.get_or_insert(typed).clone();
    vec![Effect::Create { generation, nuevo: sent, key: nuevo.key.clone() }]
}

fn point_at(nuevo: &mut NewExpediente, modelo: &Modelo, wrong: &CampoId) {
    if let Some(campo) = modelo.campo(wrong) {
        typing::enter(&mut nuevo.edit, campo);
        nuevo.edit.fresh = false;
    }
}

/// Created: it is selected, whatever the search; or the form stays with what is wrong.
pub fn message(state: &mut State, msg: Msg) -> Vec<Effect> {
    let Msg::Created { generation, answer } = msg else { return Vec::new() };
    let fresh_key = state.next_key();
    let modelo = state.modelo.clone();
    let place = state
        .overlays
        .iter()
        .position(|o| matches!(o, Overlay::NewExpediente(nuevo) if nuevo.pending == Some(generation)));
    match answer {
        Ok(detalle) => {
            let form = place.map(|place| state.overlays.remove(place));
            let mut effects = created(state, &detalle);
            if let Some(Overlay::NewExpediente(nuevo)) = form {
                effects.extend(save_the_rest(state, nuevo.edit, detalle));
            }
            effects
        }
        Err(failure) => {
            if let Some(Overlay::NewExpediente(nuevo)) = place.and_then(|place| state.overlays.get_mut(place)) {
                nuevo.pending = None;
                if let Some(problem) = &failure.problem {
                    // Refused, so not done: what is mended goes out as another request.
                    (nuevo.key, nuevo.sent) = (fresh_key, None);
                    let wrong =
                        problem.campos.iter().map(|malo| (CampoId::from(malo.campo.as_str()), malo.mensaje.clone()));
                    nuevo.edit.errors.extend(wrong);
                    if let (Some(malo), Some(definicion)) = (problem.campos.first(), modelo) {
                        point_at(nuevo, &definicion.modelo, &CampoId::from(malo.campo.as_str()));
                    }
                }
            }
            let mut effects = conexion::failed_about(state, &failure, Asunto::Nuevo);
            if failure.kind == FailureKind::Offline {
                effects.extend(mensajes::about(state, Asunto::Nuevo, Nivel::Aviso, Text::key("nuevo-sin-linea")));
            }
            effects
        }
    }
}

/// What was typed between a cut and its repetition is not in what was created: it is saved as a change of the index.
fn save_the_rest(state: &mut State, mut edit: Edit, detalle: ExpedienteDetalle) -> Vec<Effect> {
    let Some(definicion) = state.modelo.clone() else { return Vec::new() };
    edit.expediente = detalle.id;
    edit.base = detalle.indice.clone();
    let stored = detalle.indice.into_iter().map(|(campo, valor)| (campo, Some(valor)));
    edit.rebase(&definicion.modelo, state.today, detalle.revision, stored);
    if !edit.is_changed() {
        return Vec::new();
    }
    if state.has_unsaved_edit() {
        return mensajes::warn(state, Text::key("nuevo-resto-sin-guardar"));
    }
    state.indice.edit = Some(edit);
    guardar::save(state)
}

fn created(state: &mut State, detalle: &ExpedienteDetalle) -> Vec<Effect> {
    let texto = Text::key("expediente-creado").with("numero", detalle.numero.clone());
    let mut effects = mensajes::about(state, Asunto::Nuevo, Nivel::Hecho, texto);
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
        avisos: 0,
        rechazados: 0,
        pedido: None,
        importe_cent: None,
        asesor: detalle.asesor.clone(),
    };
    state.lista.filas.retain(|other| other.id != fila.id);
    state.lista.filas.insert(0, fila);
    documentos::update_row(state, detalle);
    state.lista.opened = Some(detalle.id);
    state.lista.total += 1;
    (state.lista.selected, state.lista.offset) = (0, 0);
    effects.extend(lista::go_to(state, 0));
    effects
}
