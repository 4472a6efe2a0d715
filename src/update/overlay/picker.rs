//! Filtered lists: palette, help, menus, views, types, order, themes, sessions, deleted documents.

use super::super::{administra, conexion, lista, mensajes, plantillas};
use super::fields;
use crate::action::Action;
use crate::action::info::{Info, Place, TABLE, disabled_reason};
use crate::effect::{Effect, Memoria, Write};
use crate::i18n::Text;
use crate::input::key::KeyPress;
use crate::input::router::place;
use crate::msg::{Answer, Msg};
use crate::state::State;
use crate::state::overlay::{Chosen, Item, Overlay, Picker, PickerKind, Then};
use api::aviso::Destinatario;
use api::documento::{DocumentoCambio, DocumentoVista};
use api::lista::{Columna, Orden};
use api::sesion::SesionVista;
use domain::campo;
use domain::{DocumentoId, TipoId};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// Opens a list.
pub fn open(state: &mut State, kind: PickerKind) -> Vec<Effect> {
    let items = match kind {
        PickerKind::Palette => actions(state, |_| true),
        PickerKind::Help => {
            let here = place(state);
            actions(state, |at| at == here || at == Place::Global)
        }
        PickerKind::New => new_menu(state),
        PickerKind::Sort => columns(state),
        PickerKind::Views => views(state),
        PickerKind::Copy => copies(state),
        PickerKind::Themes => themes(),
        PickerKind::Plantillas => templates(state),
        PickerKind::Personas | PickerKind::Types | PickerKind::Sessions | PickerKind::Deleted => Vec::new(),
    };
    push(state, kind, items)
}

fn push(state: &mut State, kind: PickerKind, items: Vec<Item>) -> Vec<Effect> {
    let visible = (0..items.len()).collect();
    // What is in force is pointed at.
    let type_of = |id: &DocumentoId| state.documentos.find(*id).map(|documento| &documento.tipo);
    let file_type = |at: usize| match state.overlays.last() {
        Some(Overlay::Files(files)) => files.chosen.get(at).and_then(|pick| pick.tipo.as_ref()),
        _ => None,
    };
    let in_force = |item: &Item| match &item.choose {
        Chosen::Theme(name) => *name == state.config.tema,
        Chosen::Sort(columna) => *columna == state.lista.orden.columna,
        Chosen::Retype(ids, tipo) => ids.first().and_then(type_of) == Some(tipo),
        Chosen::FileType(at, tipo) => at.first().and_then(|at| file_type(*at)) == Some(tipo),
        _ => false,
    };
    let selected = items.iter().position(in_force).unwrap_or_default();
    state.overlays.push(Overlay::Picker(Picker {
        kind,
        input: Default::default(),
        items,
        visible,
        selected,
        pending: None,
    }));
    Vec::new()
}

fn item(label: Text, choose: Chosen) -> Item {
    Item { label, hint: String::new(), detail: Text::Ready(String::new()), disabled: None, choose }
}

/// Actions of these places; the view adds their keys. One that cannot be done stays, and says why.
fn actions(state: &State, of: impl Fn(Place) -> bool) -> Vec<Item> {
    let here = place(state);
    let is_for_them = |action| state.sees_expedientes() || administra::offers(action);
    let mut shown: Vec<&Info> = TABLE.iter().filter(|info| of(info.place) && is_for_them(info.action)).collect();
    // What is done here, then what is done anywhere, and moving about, which everybody knows, last.
    shown.sort_by_key(|info| (info.action.moves(), info.place != here || info.place == Place::Global));
    shown
        .into_iter()
        .map(|info| Item {
            label: Text::Key("accion", vec![("nombre", info.name.into())]),
            disabled: disabled_reason(info.action, state).map(Text::key),
            ..item(Text::Ready(String::new()), Chosen::Action(info.action))
        })
        .collect()
}

/// What can be made new. What cannot be made here and now says why.
fn new_menu(state: &State) -> Vec<Item> {
    let with_reason = |key, action| Item {
        disabled: disabled_reason(action, state).map(Text::key),
        ..item(Text::key(key), Chosen::Action(action))
    };
    vec![
        with_reason("nuevo-expediente", Action::NewExpediente),
        with_reason("nuevo-documento", Action::Upload),
        with_reason("nuevo-plantilla", Action::NewFromTemplate),
        with_reason("nuevo-nota", Action::NewNote),
        with_reason("nuevo-aviso", Action::NewAviso),
    ]
}

fn columns(state: &State) -> Vec<Item> {
    let now = state.lista.orden;
    let columns = Columna::ALL.into_iter().map(|columna| {
        let hint = match (columna == now.columna, now.descendente) {
            (true, true) => "↓",
            (true, false) => "↑",
            (false, _) => "",
        };
        let label = Text::key("columna").with("nombre", columna.as_str());
        Item { hint: hint.to_owned(), ..item(label, Chosen::Sort(columna)) }
    });
    columns.collect()
}

fn views(state: &State) -> Vec<Item> {
    let views = state.lista.vistas.iter();
    views.map(|v| Item { hint: v.q.clone(), ..item(v.nombre.clone().into(), Chosen::View(v.nombre.clone())) }).collect()
}

/// Number, client, every filled field, file name, SHA-256: what one copies into another program.
fn copies(state: &State) -> Vec<Item> {
    let Some(detalle) = &state.documentos.detalle.value else { return Vec::new() };
    let copy = |label: Text, text: String| Item { hint: text.clone(), ..item(label, Chosen::Copy(text)) };
    let mut items = vec![copy(Text::key("copiar-numero"), detalle.numero.clone())];
    if let Some(documento) = state.documentos.current() {
        items.push(copy(Text::key("copiar-nombre"), documento.nombre.clone()));
        items.push(copy(Text::key("copiar-sha256"), documento.sha256.clone()));
        items.push(item(Text::key("copiar-texto-pagina"), Chosen::CopyPage));
    }
    if let Some(definicion) = &state.modelo {
        for campo in &definicion.modelo.campos {
            if let Some(valor) = detalle.indice.get(&campo.id) {
                items.push(copy(campo.nombre.clone().into(), campo::edit_text(campo, valor)));
            }
        }
    }
    items
}

fn themes() -> Vec<Item> {
    crate::theme::Theme::names().into_iter().map(|name| item(name.into(), Chosen::Theme(name.into()))).collect()
}

fn types(state: &State, choose: impl Fn(TipoId) -> Chosen) -> Vec<Item> {
    let Some(definicion) = &state.modelo else { return Vec::new() };
    let modelo = &definicion.modelo;
    let row = |tipo: &domain::TipoDocumento| {
        let fase = modelo.fase(&tipo.fase).map(|fase| fase.nombre.clone()).unwrap_or_default();
        Item { hint: fase, ..item(tipo.nombre.clone().into(), choose(tipo.id.clone())) }
    };
    modelo.tipos.iter().map(row).collect()
}

/// The templates that the index asks for, each with the type of what it makes.
fn templates(state: &State) -> Vec<Item> {
    let (Some(definicion), Some(detalle)) = (&state.modelo, &state.documentos.detalle.value) else { return Vec::new() };
    let row = |plantilla: &domain::Plantilla| {
        let tipo = definicion.modelo.tipo(&plantilla.tipo).map(|tipo| tipo.nombre.clone()).unwrap_or_default();
        let choose = Chosen::Template(detalle.id, plantilla.id.clone());
        Item { hint: tipo, ..item(plantilla.nombre.clone().into(), choose) }
    };
    plantillas::offered(state).into_iter().map(row).collect()
}

/// Somebody who may be the addressee of an aviso; the view says the role in the language of the screen.
pub fn persona_item(persona: Destinatario) -> Item {
    let choose = Chosen::Para(persona.usuario, persona.nombre.clone());
    Item { hint: persona.rol.as_str().to_owned(), ..item(persona.nombre.into(), choose) }
}

/// Who may be the addressee; they may still be on their way.
pub fn open_personas(state: &mut State, items: Vec<Item>, selected: usize, pending: Option<u64>) {
    push(state, PickerKind::Personas, items);
    if let Some(Overlay::Picker(picker)) = state.overlays.last_mut() {
        (picker.selected, picker.pending) = (selected, pending);
    }
}

/// They have come, or what there was stays: the filter does, and whoever is pointed at.
pub fn fill_personas(state: &mut State, generation: u64, personas: Vec<Destinatario>) {
    let pointed_at = |picker: &Picker| {
        let item = picker.visible.get(picker.selected).and_then(|at| picker.items.get(*at))?;
        if let Chosen::Para(usuario, _) = &item.choose { Some(usuario.clone()) } else { None }
    };
    let before = topmost(state).and_then(|picker| pointed_at(picker));
    fill(state, generation, Ok(personas), persona_item);
    let Some(picker) = topmost(state).filter(|picker| picker.kind == PickerKind::Personas) else { return };
    let is_it =
        |at: &usize| matches!(&picker.items[*at].choose, Chosen::Para(usuario, _) if Some(usuario) == before.as_ref());
    picker.selected = picker.visible.iter().position(is_it).unwrap_or(picker.selected);
}

/// The open list of them waits for this answer.
pub fn await_personas(state: &mut State, generation: u64) {
    if let Some(picker) = topmost(state).filter(|picker| picker.kind == PickerKind::Personas) {
        picker.pending = Some(generation);
    }
}

/// Another type for documents.
pub fn open_types(state: &mut State, ids: Vec<DocumentoId>) -> Vec<Effect> {
    let items = types(state, |tipo| Chosen::Retype(ids.clone(), tipo));
    push(state, PickerKind::Types, items)
}

/// The type of files that are about to be uploaded.
pub fn open_file_types(state: &mut State, at: &[usize]) -> Vec<Effect> {
    let items = types(state, |tipo| Chosen::FileType(at.to_vec(), tipo));
    push(state, PickerKind::Types, items)
}

/// The open sessions of this user.
pub fn open_sessions(state: &mut State) -> Vec<Effect> {
    let generation = state.next_generation();
    push(state, PickerKind::Sessions, Vec::new());
    await_items(state, generation);
    vec![Effect::LoadSessions { generation }]
}

/// Deleted documents of the expediente.
pub fn open_deleted(state: &mut State) -> Vec<Effect> {
    let Some(id) = state.documentos.expediente else { return Vec::new() };
    let generation = state.next_generation();
    push(state, PickerKind::Deleted, Vec::new());
    await_items(state, generation);
    vec![Effect::LoadDeleted { generation, id }]
}

fn await_items(state: &mut State, generation: u64) {
    if let Some(Overlay::Picker(picker)) = state.overlays.last_mut() {
        picker.pending = Some(generation);
    }
}

/// What a list was waiting for.
pub fn message(state: &mut State, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Sessions { generation, answer } => fill(state, generation, answer, session_item),
        Msg::Deleted { generation, answer } => fill(state, generation, answer, deleted_item),
        _ => Vec::new(),
    }
}

fn session_item(sesion: SesionVista) -> Item {
    let parts = [sesion.dispositivo, sesion.direccion];
    let label = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let choose = if sesion.actual { Chosen::RevokeOwn } else { Chosen::Revoke(sesion.id) };
    Item { hint: sesion.usada, detail: sesion.creada.into(), ..item(label.into(), choose) }
}

fn deleted_item(documento: DocumentoVista) -> Item {
    let (cuando, motivo) = match documento.borrado {
        Some(borrado) => (borrado.cuando, borrado.motivo),
        None => (documento.fecha, String::new()),
    };
    Item { hint: cuando, detail: motivo.into(), ..item(documento.nombre.into(), Chosen::Recover(documento.id)) }
}

fn fill<T>(state: &mut State, generation: u64, answer: Answer<Vec<T>>, row: impl Fn(T) -> Item) -> Vec<Effect> {
    let waiting = state.overlays.iter_mut().find_map(|overlay| match overlay {
        Overlay::Picker(picker) if picker.pending == Some(generation) => Some(picker),
        _ => None,
    });
    let Some(picker) = waiting else { return Vec::new() };
    picker.pending = None;
    let kind = picker.kind;
    match answer {
        Ok(rows) => {
            picker.items = rows.into_iter().map(row).collect();
            narrow(state);
            Vec::new()
        }
        Err(failure) => {
            state.overlays.retain(
                |overlay| !matches!(overlay, Overlay::Picker(picker) if picker.kind == kind && picker.items.is_empty()),
            );
            conexion::failed(state, &failure)
        }
    }
}

/// Moves, takes, closes.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(Overlay::Picker(picker)) = state.overlays.last_mut() else { return Vec::new() };
    if picker.kind == PickerKind::Personas && picker.items.is_empty() && action == Action::Down {
        return super::personas::ask_for_list(state);
    }
    if let Some(moved) = super::scrolled(picker.selected, action, picker.visible.len()) {
        picker.selected = moved;
        return Vec::new();
    }
    match action {
        Action::Enter => take(state),
        Action::Back | Action::Help | Action::Palette => {
            close(state);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Closes the topmost list.
pub fn close(state: &mut State) {
    if let Some(place) = state.overlays.iter().rposition(|overlay| matches!(overlay, Overlay::Picker(_))) {
        state.overlays.remove(place);
    }
}

/// A key for the filter; `Supr` in the list of views deletes the selected one.
pub fn edit(state: &mut State, key: KeyPress) -> Vec<Effect> {
    let Some(Overlay::Picker(picker)) = state.overlays.last_mut() else { return Vec::new() };
    if key.code == crossterm::event::KeyCode::Delete && picker.kind == PickerKind::Views {
        let chosen =
            picker.visible.get(picker.selected).and_then(|at| picker.items.get(*at)).map(|item| item.choose.clone());
        return match chosen {
            Some(Chosen::View(nombre)) => super::super::ask(
                state,
                Text::key("pregunta-borrar-vista").with("nombre", nombre.clone()),
                Then::DeleteView(nombre),
            ),
            _ => Vec::new(),
        };
    }
    fields::edit(&mut picker.input, key);
    narrow(state);
    Vec::new()
}

/// Pasted text for the filter.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    if let Some(Overlay::Picker(picker)) = state.overlays.last_mut() {
        let whole = fields::paste(&mut picker.input, text);
        narrow(state);
        if !whole {
            return mensajes::warn(state, Text::key("pegado-cortado"));
        }
    }
    Vec::new()
}

/// Entries that pass the filter, best first. Labels are looked up in the language of the screen.
fn narrow(state: &mut State) {
    let texts = crate::i18n::Catalogue::of(state.config.idioma.as_deref());
    let Some(picker) = topmost(state) else { return };
    let labels: Vec<String> = picker.items.iter().map(|item| label_of(item, texts)).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    picker.visible = fuzzy(picker.input.value(), &labels);
    picker.selected = 0;
}

fn topmost(state: &mut State) -> Option<&mut Picker> {
    state.overlays.iter_mut().rev().find_map(|overlay| match overlay {
        Overlay::Picker(picker) => Some(picker),
        _ => None,
    })
}

/// What an entry is found by: an action by its title, everything else by its label and hint.
pub fn label_of(item: &Item, texts: &crate::i18n::Catalogue) -> String {
    match (&item.choose, &item.label) {
        (Chosen::Action(action), Text::Key("accion", _)) => {
            action.info().map(|info| texts.text(&format!("accion-{}", info.name))).unwrap_or_default()
        }
        _ => format!("{} {}", texts.show(&item.label), item.hint),
    }
}

/// Indices of the labels that answer the filter fuzzily, best first; accents and case do not matter.
pub fn fuzzy(filter: &str, labels: &[&str]) -> Vec<usize> {
    if filter.trim().is_empty() {
        return (0..labels.len()).collect();
    }
    let pattern = Pattern::parse(filter, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut found: Vec<(u32, usize)> = labels
        .iter()
        .enumerate()
        .filter_map(|(at, label)| {
            pattern.score(Utf32Str::new(label, &mut buffer), &mut matcher).map(|score| (score, at))
        })
        .collect();
    found.sort_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
    found.into_iter().map(|(_, at)| at).collect()
}

fn take(state: &mut State) -> Vec<Effect> {
    let Some(Overlay::Picker(picker)) = state.overlays.last() else { return Vec::new() };
    let Some(item) = picker.visible.get(picker.selected).and_then(|at| picker.items.get(*at)).cloned() else {
        return Vec::new();
    };
    if let Some(reason) = item.disabled {
        return mensajes::warn(state, reason);
    }
    close(state);
    match item.choose {
        Chosen::Action(action) => super::super::act(state, action),
        Chosen::Copy(text) => vec![Effect::Copy(text)],
        Chosen::Sort(columna) => {
            let now = state.lista.orden;
            // A date or a number is asked for with the latest or largest first; choosing it again turns it round.
            let numeric = matches!(
                columna,
                Columna::Pedido | Columna::Docs | Columna::Faltan | Columna::Importe | Columna::Numero
            );
            let descendente = if columna == now.columna { !now.descendente } else { numeric };
            lista::sort_by(state, Orden { columna, descendente })
        }
        Chosen::View(nombre) => {
            let Some(vista) = state.lista.vistas.iter().find(|vista| vista.nombre == nombre).cloned() else {
                return Vec::new();
            };
            state.lista.orden = vista.orden.and_then(|orden| orden.parse().ok()).unwrap_or_default();
            lista::search_for(state, vista.q)
        }
        Chosen::Retype(ids, tipo) => {
            state.documentos.marked.clear();
            let changes = |id: &DocumentoId| state.documentos.find(*id).is_none_or(|documento| documento.tipo != tipo);
            let ids: Vec<DocumentoId> = ids.into_iter().filter(changes).collect();
            let change = |documento| {
                let cambio = DocumentoCambio { nombre: None, tipo: Some(tipo.clone()) };
                Effect::Write { key: state.next_key(), write: Write::ChangeDocumento { documento, cambio } }
            };
            ids.into_iter().map(change).collect()
        }
        Chosen::FileType(at, tipo) => {
            if let Some(Overlay::Files(files)) = state.overlays.last_mut() {
                for at in at {
                    files.chosen.get_mut(at).into_iter().for_each(|pick| pick.tipo = Some(tipo.clone()));
                }
                files.marked.clear();
                // On to the next one that has none yet.
                files.selected = files.chosen.iter().position(|pick| pick.tipo.is_none()).unwrap_or(files.selected);
            }
            Vec::new()
        }
        Chosen::Theme(name) => {
            let mut config = (*state.config).clone();
            config.tema = name.clone();
            state.config = config.into();
            vec![Effect::Remember(Memoria::Tema(name))]
        }
        Chosen::CopyPage => super::super::preview::lines::copy_page(state),
        Chosen::Template(expediente, plantilla) => plantillas::make(state, expediente, plantilla, false),
        Chosen::Para(usuario, nombre) => super::personas::give_to(state, usuario, nombre),
        Chosen::Revoke(id) => vec![Effect::RevokeSession(id)],
        Chosen::RevokeOwn => super::super::salir::sign_out(state),
        Chosen::Recover(documento) => {
            vec![Effect::Write { key: state.next_key(), write: Write::RecoverDocumento { documento } }]
        }
    }
}
