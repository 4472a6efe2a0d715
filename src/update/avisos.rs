//! The open avisos to the person at work, in all entidades: how many there are, and going to each.

use super::{conexion, eleccion, lista, mensajes, overlay};
use crate::action::Action;
use crate::effect::{Effect, Timer, Write};
use crate::i18n::Text;
use crate::msg::Answer;
use crate::state::notas::{Cual, ListaAvisos};
use crate::state::overlay::Overlay;
use crate::state::{Pane, Screen, State};
use api::aviso::{MiAviso, MisAvisos};
use api::evento::Clase;

/// How long changes are gathered before they are asked for again, in milliseconds.
const GATHER_MS: u64 = 1_000;

/// Asks for them; while they are on their way, once more after it.
pub fn load(state: &mut State) -> Vec<Effect> {
    state.avisos.due = false;
    if !state.sees_expedientes() || state.screen != Screen::Work {
        return Vec::new();
    }
    if state.avisos.mine.pending.is_some() {
        state.avisos.again = true;
        return Vec::new();
    }
    let generation = state.next_generation();
    state.avisos.again = false;
    state.avisos.mine.begin(generation, state.now);
    vec![Effect::LoadAvisos { generation }]
}

/// Another choice, or the line is back: what was on its way does not come any more. The rows and the page go before.
pub fn ask_again(state: &mut State) -> Vec<Effect> {
    state.avisos.mine.pending = None;
    soon(state)
}

/// Something happened to an aviso of somebody, or an expediente has opened or closed: soon, and at most once a second, it is seen whether it
/// was one of theirs.
pub fn follow(state: &mut State, clase: Clase, quien: &str) -> Vec<Effect> {
    use Clase::{AvisoBorrado, AvisoCambiado, AvisoHecho, AvisoPuesto, AvisoReabierto};
    use Clase::{FaseAvanzada, FaseForzada, FaseRetrocedida};
    // Those of an expediente that closes are open no longer, whoever has closed it; and are again when it goes back.
    if matches!(clase, FaseAvanzada | FaseForzada | FaseRetrocedida) {
        return soon(state);
    }
    let about = matches!(clase, AvisoPuesto | AvisoCambiado | AvisoHecho | AvisoReabierto | AvisoBorrado);
    if about && !is_own(state, quien) { soon(state) } else { Vec::new() }
}

/// Whether it is a change of this program's own, whose answer asks for them, or has just done so.
fn is_own(state: &State, quien: &str) -> bool {
    let of_avisos =
        |write: &Write| matches!(write, Write::AddAviso { .. } | Write::ChangeAviso { .. } | Write::DeleteAviso { .. });
    let on_its_way = state.outbox.writes.iter().any(|sent| of_avisos(&sent.write));
    let own = state.persona.as_ref().is_some_and(|persona| persona.usuario == quien);
    own && (on_its_way || state.avisos.mine.pending.is_some())
}

fn soon(state: &mut State) -> Vec<Effect> {
    if std::mem::replace(&mut state.avisos.due, true) {
        return Vec::new();
    }
    vec![Effect::Wake { after_ms: GATHER_MS, timer: Timer::AvisosRefresh }]
}

/// They come.
pub fn come(state: &mut State, generation: u64, answer: Answer<MisAvisos>) -> Vec<Effect> {
    let failure = answer.as_ref().err().cloned();
    if !state.avisos.mine.finish(generation, answer.map_err(|failure| failure.sentence)) {
        return Vec::new();
    }
    match failure {
        Some(failure) => conexion::failed(state, &failure),
        None if state.avisos.again => load(state),
        None => Vec::new(),
    }
}

/// Opens the list of them. Events keep it true: it is asked for only when it has not come yet.
pub fn open(state: &mut State) -> Vec<Effect> {
    state.overlays.push(Overlay::Avisos(ListaAvisos::default()));
    if state.avisos.mine.value.is_some() || state.avisos.mine.pending.is_some() { Vec::new() } else { load(state) }
}

fn current(state: &State) -> Option<MiAviso> {
    let Some(Overlay::Avisos(list)) = state.overlays.last() else { return None };
    let mut rows = list.rows(state.avisos.items());
    let place = list.place(&rows);
    (place < rows.len()).then(|| rows.swap_remove(place))
}

/// Moves, goes there, does, closes.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(Overlay::Avisos(list)) = state.overlays.last() else { return Vec::new() };
    let rows = list.rows(state.avisos.items());
    if let Some(to) = overlay::scrolled(list.place(&rows), action, rows.len()) {
        select(state, to);
        return Vec::new();
    }
    match action {
        Action::Enter => current(state).map(|mine| go(state, mine)).unwrap_or_default(),
        Action::Mark => done(state),
        Action::Back | Action::Avisos => {
            state.overlays.pop();
            Vec::new()
        }
        Action::Refresh => load(state),
        _ => Vec::new(),
    }
}

/// A click on one: selects it; again, goes there.
pub fn click(state: &mut State, at: usize) -> Vec<Effect> {
    let Some(Overlay::Avisos(list)) = state.overlays.last() else { return Vec::new() };
    if list.selected.is_some() && list.place(&list.rows(state.avisos.items())) == at {
        return act(state, Action::Enter);
    }
    select(state, at);
    Vec::new()
}

fn select(state: &mut State, at: usize) {
    if let Some(Overlay::Avisos(list)) = state.overlays.last_mut() {
        let id = list.rows(state.avisos.items()).get(at).map(|mine| mine.aviso.id);
        list.selected = id.or(list.selected);
    }
}

/// The selected one is done, or open again: it stays in its place until the list is closed.
fn done(state: &mut State) -> Vec<Effect> {
    let Some(mut mine) = current(state) else { return Vec::new() };
    if overlay::notas::is_on_its_way(state, mine.aviso.id) {
        return Vec::new();
    }
    let (expediente, id, done) = (mine.expediente, mine.aviso.id, mine.aviso.hecho.is_none());
    mine.aviso.hecho = done.then(|| state.today.to_string());
    if let Some(Overlay::Avisos(list)) = state.overlays.last_mut() {
        list.selected = Some(id);
        let place = list.rows(state.avisos.items()).iter().position(|row| row.aviso.id == id).unwrap_or_default();
        list.turn(place, mine);
    }
    vec![overlay::notas::send_done(state, expediente, id, done)]
}

/// To its expediente, wherever that is. Another modelo is not gone to while something typed in this one is not saved.
fn go(state: &mut State, mine: MiAviso) -> Vec<Effect> {
    let here = state.eleccion.actual.as_ref();
    if here.is_some_and(|here| here.entidad == mine.entidad && here.modelo == mine.modelo) {
        state.overlays.pop();
        state.focus = Pane::Expedientes;
        state.avisos.to_show = Some((mine.expediente, mine.aviso.id));
        let effects = match state.lista.filas.iter().position(|fila| fila.id == mine.expediente) {
            Some(row) => lista::go_to(state, row),
            None => lista::search_for(state, mine.numero),
        };
        show(state);
        return effects;
    }
    if state.has_unsaved_edit() {
        return mensajes::warn(state, Text::key("no-edicion-abierta"));
    }
    let Some(chosen) = state.eleccion.find(&mine.entidad, &mine.modelo) else {
        return mensajes::warn(state, Text::key("aviso-sin-acceso").with("numero", mine.numero));
    };
    state.overlays.pop();
    state.avisos.go_to = Some(mine.numero);
    state.avisos.to_show = Some((mine.expediente, mine.aviso.id));
    eleccion::choose(state, chosen)
}

/// The expediente of an aviso that was gone to is on screen: the aviso is selected among its notes.
pub fn show(state: &mut State) {
    let here = state.documentos.detalle.value.as_ref().map(|detalle| detalle.id);
    let free = state.top().is_none() && state.lista.search.is_none() && !state.is_typing_here();
    let Some((expediente, aviso)) = state.avisos.to_show else { return };
    if free && here == Some(expediente) && state.documentos.expediente == here {
        state.avisos.to_show = None;
        overlay::notas::open_at(state, Some(Cual::Aviso(aviso)));
    }
}

/// The modelo of an aviso is on screen: its expediente is searched for.
pub fn arrive(state: &mut State) {
    if let Some(numero) = state.avisos.go_to.take() {
        state.lista.query = numero;
    }
}
