//! The gate of a fase: what is asked for, and what is missing to leave it.

use crate::modelo::Modelo;
use crate::{CampoId, EstadoDocumento, FaseId, Indice, TipoId, query};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One line of the checklist: a document type that applies to this expediente.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requisito {
    /// The type.
    pub tipo: TipoId,
    /// The fase it belongs to.
    pub fase: FaseId,
    /// Whether the fase cannot be left without it.
    pub requerido: bool,
    /// How it stands.
    pub estado: EstadoRequisito,
    /// Other types that would do as well: those of its group that apply.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternativas: Vec<TipoId>,
}

/// How a line of the checklist stands, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EstadoRequisito {
    /// A validated document is there, or one of its group.
    Validado,
    /// A document waits to be checked.
    Pendiente,
    /// Only rejected ones.
    Rechazado,
    /// None.
    Falta,
}

/// Something that keeps an expediente from leaving its fase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "clase")]
pub enum Falta {
    /// A required document is not validated.
    Documento {
        /// The type.
        tipo: TipoId,
        /// How it stands instead.
        estado: EstadoRequisito,
        /// Other types that would do as well.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        alternativas: Vec<TipoId>,
    },
    /// A required index field is empty.
    Campo {
        /// The field.
        campo: CampoId,
    },
    /// It cannot be closed while avisos are open.
    Avisos {
        /// How many.
        abiertos: u32,
    },
}

/// A document as the gate sees it.
pub type DocumentoEnPuerta<'a> = (&'a TipoId, EstadoDocumento);

/// The checklist: every document type that applies, in the modelo's order, and how it stands.
///
/// A type whose condition does not hold is left out, unless a document of it is there all the same: then it is listed as not required.
pub fn checklist(modelo: &Modelo, indice: &Indice, documentos: &[DocumentoEnPuerta<'_>]) -> Vec<Requisito> {
    let groups = GroupStates::of(modelo, documentos);
    let mut lines = Vec::with_capacity(modelo.tipos.len());
    for tipo in &modelo.tipos {
        let own = own_state(&tipo.id, documentos);
        let applies = holds(modelo, tipo.si.as_deref(), indice) && fase_applies(modelo, &tipo.fase, indice);
        if !applies && own == EstadoRequisito::Falta {
            continue;
        }
        let estado = match &tipo.grupo {
            Some(grupo) => own.min(groups.state(grupo)),
            None => own,
        };
        let requerido = applies && tipo.requerido;
        let alternativas = Vec::new();
        lines.push(Requisito { tipo: tipo.id.clone(), fase: tipo.fase.clone(), requerido, estado, alternativas });
    }
    name_alternatives(modelo, &mut lines);
    lines
}

/// Gives each line the other types of its group that have a line.
fn name_alternatives(modelo: &Modelo, lines: &mut [Requisito]) {
    let grupo_of = |tipo: &TipoId| modelo.tipo(tipo).and_then(|tipo| tipo.grupo.as_deref());
    let grouped: Vec<(&str, TipoId)> =
        lines.iter().filter_map(|line| Some((grupo_of(&line.tipo)?, line.tipo.clone()))).collect();
    for line in lines {
        let Some(own) = grupo_of(&line.tipo) else { continue };
        let others = grouped.iter().filter(|(grupo, tipo)| *grupo == own && *tipo != line.tipo);
        line.alternativas = others.map(|(_, tipo)| tipo.clone()).collect();
    }
}

/// The name of a document type for people, and of those that would do as well: «Modelo 576 o Modelo 06/05».
pub fn nombre(modelo: &Modelo, tipo: &TipoId, alternativas: &[TipoId]) -> String {
    let name_of = |tipo: &TipoId| modelo.tipo(tipo).map_or_else(|| tipo.to_string(), |found| found.nombre.clone());
    let mut names: Vec<String> = std::iter::once(tipo).chain(alternativas).map(name_of).collect();
    let last = names.pop().unwrap_or_default();
    if names.is_empty() { last } else { format!("{} o {last}", names.join(", ")) }
}

/// What is missing to leave `fase`; empty means the gate is open. Required documents and fields of earlier fases count too.
///
/// Of a group one line is enough: the first of its types stands for it, and names the others.
pub fn faltas(modelo: &Modelo, indice: &Indice, documentos: &[DocumentoEnPuerta<'_>], fase: &FaseId) -> Vec<Falta> {
    missing_in(modelo, indice, &checklist(modelo, indice, documentos), fase)
}

/// Like [`faltas`], for a checklist that is at hand.
pub fn missing_in(modelo: &Modelo, indice: &Indice, checklist: &[Requisito], fase: &FaseId) -> Vec<Falta> {
    let Some(upto) = modelo.fase_index(fase) else { return Vec::new() };
    let mut missing = Vec::new();
    let mut groups = BTreeSet::new();
    for line in required_upto(modelo, checklist, upto) {
        let grupo = modelo.tipo(&line.tipo).and_then(|tipo| tipo.grupo.as_deref());
        let first_of_group = grupo.is_none_or(|grupo| groups.insert(grupo));
        if line.estado != EstadoRequisito::Validado && first_of_group {
            missing.push(Falta::Documento {
                tipo: line.tipo.clone(),
                estado: line.estado,
                alternativas: line.alternativas.clone(),
            });
        }
    }
    for fase in modelo.fases.iter().take(upto + 1).filter(|fase| holds(modelo, fase.si.as_deref(), indice)) {
        for id in fase.campos.iter().filter(|id| !indice.contains_key(*id)) {
            let asked = modelo.campo(id).is_none_or(|campo| holds(modelo, campo.si.as_deref(), indice));
            let falta = Falta::Campo { campo: id.clone() };
            if asked && !missing.contains(&falta) {
                missing.push(falta);
            }
        }
    }
    missing
}

/// Avisos that are open keep an expediente from being closed, and from nothing else: what is missing when the next fase is the last one.
pub fn open_avisos(modelo: &Modelo, indice: &Indice, fase: &FaseId, abiertos: u32) -> Option<Falta> {
    let next = next_fase(modelo, indice, fase);
    let closes = next.is_some() && next == modelo.fases.last().map(|last| &last.id);
    (closes && abiertos > 0).then_some(Falta::Avisos { abiertos })
}

/// How far the documents are: lines of the checklist that are required up to `fase`, and how many of them are validated. A group counts once.
pub fn progress(modelo: &Modelo, checklist: &[Requisito], fase: &FaseId) -> (u32, u32) {
    let Some(upto) = modelo.fase_index(fase) else { return (0, 0) };
    let mut groups = BTreeSet::new();
    let counted = required_upto(modelo, checklist, upto).filter(|line| {
        let grupo = modelo.tipo(&line.tipo).and_then(|tipo| tipo.grupo.as_deref());
        grupo.is_none_or(|grupo| groups.insert(grupo))
    });
    counted.fold((0, 0), |(ready, all), line| (ready + u32::from(line.estado == EstadoRequisito::Validado), all + 1))
}

/// The next fase that applies to this index after `fase`; `None` at the end.
pub fn next_fase<'m>(modelo: &'m Modelo, indice: &Indice, fase: &FaseId) -> Option<&'m FaseId> {
    let at = modelo.fase_index(fase)?;
    modelo.fases[at + 1..].iter().find(|f| holds(modelo, f.si.as_deref(), indice)).map(|f| &f.id)
}

/// The fase before, likewise; `None` at the start.
pub fn previous_fase<'m>(modelo: &'m Modelo, indice: &Indice, fase: &FaseId) -> Option<&'m FaseId> {
    let at = modelo.fase_index(fase)?;
    modelo.fases[..at].iter().rev().find(|f| holds(modelo, f.si.as_deref(), indice)).map(|f| &f.id)
}

fn required_upto<'c>(
    modelo: &'c Modelo,
    checklist: &'c [Requisito],
    upto: usize,
) -> impl Iterator<Item = &'c Requisito> {
    checklist.iter().filter(move |line| line.requerido && modelo.fase_index(&line.fase).is_some_and(|at| at <= upto))
}

/// Whether a condition holds; none always does, and so does one that cannot be read: [`crate::modelo::check`] lets none into a
/// running service, and asking for too much is the safe side.
pub fn holds(modelo: &Modelo, condition: Option<&str>, indice: &Indice) -> bool {
    let Some(text) = condition else { return true };
    query::parse_condition(text, modelo).map_or(true, |condition| query::matches_indice(&condition, indice, modelo))
}

fn fase_applies(modelo: &Modelo, fase: &FaseId, indice: &Indice) -> bool {
    modelo.fase(fase).is_none_or(|fase| holds(modelo, fase.si.as_deref(), indice))
}

/// The best state among the documents of a type.
fn own_state(tipo: &TipoId, documentos: &[DocumentoEnPuerta<'_>]) -> EstadoRequisito {
    let states = documentos.iter().filter(|(t, _)| *t == tipo).map(|(_, estado)| EstadoRequisito::from(*estado));
    states.min().unwrap_or(EstadoRequisito::Falta)
}

impl From<EstadoDocumento> for EstadoRequisito {
    fn from(estado: EstadoDocumento) -> Self {
        match estado {
            EstadoDocumento::Validado => Self::Validado,
            EstadoDocumento::Pendiente => Self::Pendiente,
            EstadoDocumento::Rechazado => Self::Rechazado,
        }
    }
}

/// The best state within each group.
struct GroupStates<'m>(BTreeMap<&'m str, EstadoRequisito>);

impl<'m> GroupStates<'m> {
    fn of(modelo: &'m Modelo, documentos: &[DocumentoEnPuerta<'_>]) -> Self {
        let mut states = BTreeMap::new();
        for tipo in &modelo.tipos {
            let Some(grupo) = tipo.grupo.as_deref() else { continue };
            let best: &mut EstadoRequisito = states.entry(grupo).or_insert(EstadoRequisito::Falta);
            *best = (*best).min(own_state(&tipo.id, documentos));
        }
        Self(states)
    }

    fn state(&self, grupo: &str) -> EstadoRequisito {
        self.0.get(grupo).copied().unwrap_or(EstadoRequisito::Falta)
    }
}
