//! Where a change of fase leads, and what it passes over.

use super::State;
use crate::i18n::Arg;
use domain::gate::Falta;
use domain::{ExpedienteId, Fase, FaseId, Modelo};

/// The fase an expediente enters next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destino {
    /// Its name for people.
    pub nombre: String,
    /// Whether it is the last one: the expediente is closed there.
    pub cierra: bool,
}

/// Where the expediente on screen goes next; `None` at the end, and for any other.
pub fn destino(state: &State, id: ExpedienteId) -> Option<Destino> {
    let detalle = state.documentos.detalle.value.as_ref().filter(|detalle| detalle.id == id)?;
    let siguiente = detalle.siguiente_fase.as_ref()?;
    let modelo = state.modelo.as_ref().map(|definicion| &definicion.modelo);
    let fase = modelo.and_then(|modelo| modelo.fase(siguiente));
    Some(Destino {
        nombre: fase.map_or_else(|| siguiente.to_string(), |fase| fase.nombre.clone()),
        cierra: modelo.and_then(|modelo| modelo.fases.last()).is_some_and(|last| last.id == *siguiente),
    })
}

/// The fase that one of these may be closed by entering, if any of them may.
pub fn cierre(state: &State, ids: &[ExpedienteId]) -> Option<String> {
    let modelo = &state.modelo.as_ref()?.modelo;
    let last = modelo.fases.last()?;
    ids.iter().any(|id| may_close(state, modelo, last, *id)).then(|| last.nombre.clone())
}

/// Of one that is not on screen its row alone is known: between its fase and the last one may lie only such as are skipped at times. Of one
/// that is not even listed nothing is known.
fn may_close(state: &State, modelo: &Modelo, last: &Fase, id: ExpedienteId) -> bool {
    if let Some(destino) = destino(state, id) {
        return destino.cierra;
    }
    let Some(fila) = state.lista.filas.iter().find(|fila| fila.id == id) else { return true };
    let between = |fase: &FaseId| modelo.fase_index(fase).map(|at| modelo.fases.iter().skip(at + 1));
    fila.fase != last.id
        && between(&fila.fase).is_none_or(|mut rest| rest.all(|fase| fase.id == last.id || fase.si.is_some()))
}

/// What is missing to leave the fase, counted: values of `faltan-cosas`. `None` for what is not on screen.
pub fn faltan(state: &State, id: ExpedienteId) -> Option<Vec<(&'static str, Arg)>> {
    let detalle = state.documentos.detalle.value.as_ref().filter(|detalle| detalle.id == id)?;
    let (mut documentos, mut campos, mut avisos) = (0_usize, 0_usize, 0_usize);
    for falta in &detalle.faltas {
        match &falta.falta {
            Falta::Documento { .. } => documentos += 1,
            Falta::Campo { .. } => campos += 1,
            Falta::Avisos { abiertos } => avisos += *abiertos as usize,
        }
    }
    // What joins a part to those before it: nothing, a comma, or «y» before the last.
    let joint =
        |n: usize, before: usize, after: usize| usize::from(n > 0 && before > 0) * (1 + usize::from(after == 0));
    Some(vec![
        ("n", (documentos + campos + avisos).into()),
        ("documentos", documentos.into()),
        ("campos", campos.into()),
        ("avisos", avisos.into()),
        ("antescampos", joint(campos, documentos, avisos).into()),
        ("antesavisos", joint(avisos, documentos + campos, 0).into()),
    ])
}
