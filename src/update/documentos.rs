//! Pane 2: the documents of the selected expediente, and its detail.

use super::{conexion, lista, mensajes, preview};
use crate::action::Action;
use crate::effect::Effect;
use crate::i18n::Text;
use crate::msg::Answer;
use crate::state::State;
use crate::state::documentos::Line;
use api::documento::DocumentoVista;
use api::expediente::ExpedienteDetalle;
use domain::{DocumentoId, EstadoDocumento, ExpedienteId, Indice, Modelo, Valor, campo, gate};
use std::collections::BTreeSet;

/// Another expediente is selected: its detail is awaited. That of the one before stays on screen until it comes, but nothing can be done to it.
pub fn await_detail(state: &mut State, id: ExpedienteId) {
    let pane = &mut state.documentos;
    if pane.expediente != Some(id) {
        pane.expediente = Some(id);
        pane.detalle.pending = None;
        pane.again = false;
        pane.marked.clear();
        pane.anchor = None;
        pane.select = None;
    }
}

/// Detail of the selected expediente.
pub fn load(state: &mut State) -> Vec<Effect> {
    let Some(id) = state.lista.current().map(|fila| fila.id) else {
        let writing = std::mem::take(&mut state.documentos.writing);
        let height = state.documentos.height;
        state.documentos = crate::state::documentos::DocumentosPane { writing, height, ..Default::default() };
        preview::clear(state);
        return Vec::new();
    };
    show(state, id)
}

/// Detail of the selected expediente at once, unless it is here or on its way.
pub fn load_now(state: &mut State) -> Vec<Effect> {
    let selected = state.lista.current().map(|fila| fila.id);
    let shown = state.documentos.detalle.value.as_ref().map(|detalle| detalle.id);
    if selected == shown { Vec::new() } else { load(state) }
}

/// Detail of an expediente, be it in the list or not, unless it is here (what changes in it is told by events) or on its way.
pub fn show(state: &mut State, id: ExpedienteId) -> Vec<Effect> {
    await_detail(state, id);
    let is_here = state.documentos.detalle.value.as_ref().is_some_and(|detalle| detalle.id == id);
    if is_here || state.documentos.detalle.pending.is_some() { Vec::new() } else { ask_for(state) }
}

/// The same again; costs the line almost nothing when nothing has changed. While one is on its way, once more after it.
pub fn reload(state: &mut State) -> Vec<Effect> {
    if state.documentos.expediente.is_none() {
        return Vec::new();
    }
    if state.documentos.detalle.pending.is_some() {
        state.documentos.again = true;
        return Vec::new();
    }
    ask_for(state)
}

/// The line was cut: what was on its way does not come any more.
pub fn ask_again(state: &mut State) -> Vec<Effect> {
    state.documentos.detalle.pending = None;
    reload(state)
}

/// Another definition of the modelo: the checklist may differ although the revision does not, so all of it is asked for.
pub fn reload_whole(state: &mut State) -> Vec<Effect> {
    ask(state, None)
}

fn ask_for(state: &mut State) -> Vec<Effect> {
    let id = state.documentos.expediente;
    let shown = state.documentos.detalle.value.as_ref().filter(|detalle| Some(detalle.id) == id);
    let known = shown.map(|detalle| detalle.revision);
    ask(state, known)
}

fn ask(state: &mut State, known: Option<i64>) -> Vec<Effect> {
    let Some(id) = state.documentos.expediente else { return Vec::new() };
    let generation = state.next_generation();
    state.documentos.again = false;
    state.documentos.detalle.begin(generation, state.now);
    vec![Effect::LoadDetalle { generation, id, known }, lista::patience()]
}

/// The detail comes.
pub fn loaded(state: &mut State, generation: u64, answer: Answer<Option<ExpedienteDetalle>>) -> Vec<Effect> {
    if state.documentos.detalle.pending.is_none_or(|(awaited, _)| awaited != generation) {
        return Vec::new();
    }
    let again = std::mem::take(&mut state.documentos.again);
    let mut effects = match answer {
        Ok(Some(detalle)) => come(state, generation, detalle),
        Ok(None) => {
            state.documentos.detalle.pending = None;
            state.documentos.detalle.error = None;
            Vec::new()
        }
        Err(failure) => {
            state.documentos.detalle.finish(generation, Err(failure.sentence.clone()));
            return conexion::failed(state, &failure);
        }
    };
    if again {
        effects.extend(ask_for(state));
    }
    effects
}

fn come(state: &mut State, generation: u64, detalle: ExpedienteDetalle) -> Vec<Effect> {
    let another = state.documentos.detalle.value.as_ref().is_none_or(|before| before.id != detalle.id);
    let selected = state.documentos.current().map(|documento| documento.id);
    update_row(state, &detalle);
    let mut effects = point_out_duplicates(state, &detalle);
    state.documentos.detalle.finish(generation, Ok(detalle));
    if another {
        (state.indice.selected, state.documentos.offset) = (0, 0);
        super::indice::follow_field(state);
    }
    forget_gone_marks(state);
    let made = state.documentos.select.filter(|id| state.documentos.find(*id).is_some());
    if made.is_some() {
        state.documentos.select = None;
    }
    place_selection(state, another && made.is_none(), made.or(selected));
    effects.extend(preview::follow(state, another));
    effects.extend(preview::pin::refresh(state));
    effects.extend(super::indice::changed_elsewhere(state));
    effects.extend(open_named_files(state));
    super::avisos::show(state);
    effects
}

/// A mark on a document that is not there any more, or was of another expediente, is none.
fn forget_gone_marks(state: &mut State) {
    let there: BTreeSet<DocumentoId> =
        state.documentos.detalle.value.iter().flat_map(|detalle| &detalle.documentos).map(|d| d.id).collect();
    state.documentos.marked.retain(|id| there.contains(id));
}

/// Of what has just been uploaded: the same content is somewhere already.
fn point_out_duplicates(state: &mut State, detalle: &ExpedienteDetalle) -> Vec<Effect> {
    let mut effects = Vec::new();
    for documento in &detalle.documentos {
        if state.documentos.uploaded.remove(&documento.id)
            && let Some(duplicado) = &documento.duplicado
        {
            let texto = Text::key("documento-duplicado")
                .with("nombre", documento.nombre.clone())
                .with("numero", duplicado.numero.clone());
            effects.extend(mensajes::warn(state, texto));
        }
    }
    effects
}

/// Files named on the command line go to the expediente that is selected first.
fn open_named_files(state: &mut State) -> Vec<Effect> {
    let paths = std::mem::take(&mut state.files);
    if paths.is_empty() { Vec::new() } else { super::overlay::files::inspect(state, paths) }
}

/// The list's row follows what the detail says, without loading the list again.
pub fn update_row(state: &mut State, detalle: &ExpedienteDetalle) {
    let Some(definicion) = state.modelo.clone() else { return };
    let modelo = &definicion.modelo;
    let Some(fila) = state.lista.filas.iter_mut().find(|fila| fila.id == detalle.id) else { return };
    let count =
        |estado| u32::try_from(detalle.documentos.iter().filter(|d| d.estado == estado).count()).unwrap_or(u32::MAX);
    let papeles = &modelo.papeles;
    fila.fase = detalle.fase.clone();
    fila.docs = u32::try_from(detalle.documentos.len()).unwrap_or(u32::MAX);
    (fila.listos, fila.requeridos) = gate::progress(modelo, &detalle.requisitos, &detalle.fase);
    fila.avisos = u32::try_from(crate::state::notas::cuantas(detalle).1).unwrap_or(u32::MAX);
    fila.pendientes = count(EstadoDocumento::Pendiente);
    fila.rechazados = count(EstadoDocumento::Rechazado);
    fila.cliente = shown(modelo, &detalle.indice, &papeles.cliente);
    fila.vehiculo = shown(modelo, &detalle.indice, &papeles.vehiculo);
    fila.matricula = shown(modelo, &detalle.indice, &papeles.matricula);
    fila.pedido = detalle.indice.get(&papeles.pedido).and_then(Valor::as_texto).map(str::to_owned);
    fila.importe_cent = detalle.indice.get(&papeles.importe).and_then(Valor::as_entero);
}

fn shown(modelo: &Modelo, indice: &Indice, id: &domain::CampoId) -> String {
    modelo.campo(id).zip(indice.get(id)).map(|(campo, valor)| campo::show(campo, valor)).unwrap_or_default()
}

/// The selection follows its document; in another expediente it begins where there is something to do: at the first one that waits to be
/// checked, else at the first one there is, else at the top.
fn place_selection(state: &mut State, another: bool, selected: Option<DocumentoId>) {
    let lines = state.documentos.lines();
    let of = |wanted: DocumentoId| lines.iter().position(|line| matches!(line, Line::Documento(d) if d.id == wanted));
    let first = || {
        lines.iter().position(is_pending).or_else(|| lines.iter().position(|line| matches!(line, Line::Documento(_))))
    };
    let found = if another { first().or(Some(0)) } else { selected.and_then(of) };
    let last = lines.len().saturating_sub(1);
    state.documentos.selected = found.unwrap_or(state.documentos.selected).min(last);
    keep_visible(state);
}

/// Whether a line waits to be checked.
pub fn is_pending(line: &Line<'_>) -> bool {
    matches!(line, Line::Documento(d) if d.estado == EstadoDocumento::Pendiente)
}

/// Scrolls as little as shows the selected line.
pub fn keep_visible(state: &mut State) {
    let count = state.documentos.lines().len();
    let pane = &mut state.documentos;
    pane.offset = lista::visible_offset(pane.offset, pane.selected, pane.height, count);
}

/// Moves the selection.
pub fn moves(state: &mut State, action: Action) -> Vec<Effect> {
    let pane = &state.documentos;
    select(state, lista::moved(action, pane.selected, pane.height, pane.lines().len()))
}

/// Selects a line; the page follows.
pub fn select(state: &mut State, line: usize) -> Vec<Effect> {
    state.documentos.selected = line.min(state.documentos.lines().len().saturating_sub(1));
    keep_visible(state);
    preview::follow(state, false)
}

/// Marks documents; those of the expediente before, which are on screen until the others come, take no marks.
pub fn mark(state: &mut State, action: Action) -> Vec<Effect> {
    if state.documentos.is_stale() {
        return Vec::new();
    }
    let at = state.documentos.selected;
    let ids: Vec<Option<DocumentoId>> = state
        .documentos
        .lines()
        .iter()
        .map(|line| match line {
            Line::Documento(documento) => Some(documento.id),
            Line::Falta(_) => None,
        })
        .collect();
    let here = ids.get(at).copied().flatten();
    let anchor = state.documentos.anchor.and_then(|id| ids.iter().position(|other| *other == Some(id)));
    match (action, anchor) {
        (Action::MarkRange, Some(anchor)) => {
            let (from, to) = (anchor.min(at), anchor.max(at));
            state.documentos.marked.extend(ids.into_iter().take(to + 1).skip(from).flatten());
            Vec::new()
        }
        _ => {
            state.documentos.anchor = here;
            if let Some(id) = here
                && (action == Action::MarkRange || !state.documentos.marked.remove(&id))
            {
                state.documentos.marked.insert(id);
            }
            if action == Action::Mark { moves(state, Action::Down) } else { Vec::new() }
        }
    }
}

/// The marked documents, else the selected one.
pub fn targets(state: &State) -> Vec<DocumentoVista> {
    if state.documentos.marked.is_empty() {
        return state.documentos.current().cloned().into_iter().collect();
    }
    state.documentos.marked.iter().filter_map(|id| state.documentos.find(*id)).cloned().collect()
}
