//! Everything of an expediente in one answer.

use super::{find, is_visible};
use crate::app::Actor;
use crate::app::documentos::modelo_of;
use crate::state::rfc3339;
use crate::store::avisos::{self, AvisoRow};
use crate::store::documentos::{self, DocumentoRow};
use crate::store::duplicados;
use crate::store::expedientes::{self as store, ExpedienteRow};
use crate::store::notas::{self, NotaRow};
use crate::{AppResult, AppState};
use api::expediente::ExpedienteDetalle;
use api::fase::FaltaVista;
use domain::gate::{self, DocumentoEnPuerta, Falta, checklist, faltas, next_fase, open_avisos, previous_fase};
use domain::{ExpedienteId, FaseId, Indice, Modelo, Permiso, Rol, Scope, TipoId};
use sqlx::SqliteConnection;

/// The revision and the detail; no detail when the person `has` that revision already.
pub async fn detalle(
    state: &AppState,
    actor: &Actor,
    id: ExpedienteId,
    has: impl Fn(i64) -> bool,
) -> AppResult<(i64, Option<ExpedienteDetalle>)> {
    actor.require(Permiso::Ver)?;
    let mut conn = state.db.snapshot().await?;
    let row = find(&mut conn, &actor.scope, id).await?;
    if has(row.revision) {
        return Ok((row.revision, None));
    }
    let modelo = modelo_of(state, &row)?;
    let detail = build(&mut conn, actor.rol, &actor.scope, &modelo, &row).await?;
    Ok((row.revision, Some(detail)))
}

/// Puts the detail together.
pub(super) async fn build(
    conn: &mut SqliteConnection,
    rol: Rol,
    scope: &Scope,
    modelo: &Modelo,
    row: &ExpedienteRow,
) -> AppResult<ExpedienteDetalle> {
    let indice = store::indice(conn, row.id()).await?;
    let mut rows = documentos::of_expediente(conn, row.id()).await?;
    duplicados::mark(conn, scope, &mut rows).await?;
    rows.sort_by_key(|doc| (place(modelo, &doc.tipo), doc.id));
    let tipos: Vec<TipoId> = rows.iter().map(|doc| TipoId(doc.tipo.clone())).collect();
    let at_door: Vec<DocumentoEnPuerta<'_>> = tipos.iter().zip(rows.iter().map(DocumentoRow::estado)).collect();
    let fase = row.fase();
    let siguiente_fase = next_fase(modelo, &indice, &fase).cloned();
    let missing = if row.cerrado {
        Vec::new()
    } else {
        let open = open_avisos(modelo, &indice, &fase, row.avisos);
        faltas(modelo, &indice, &at_door, &fase).into_iter().chain(open).collect()
    };
    let notas = notas::of_expediente(conn, row.id()).await?;
    let avisos = avisos::of_expediente(conn, row.id()).await?;
    let requisitos = checklist(modelo, &indice, &at_door);
    let permisos = permisos(rol, modelo, &indice, row);
    Ok(ExpedienteDetalle {
        id: row.id(),
        numero: row.numero.clone(),
        entidad: row.entidad(),
        modelo: row.modelo(),
        faltas: missing.into_iter().map(|falta| named(modelo, &fase, falta)).collect(),
        fase,
        revision: row.revision,
        asesor: row.asesor.clone(),
        creado: rfc3339(row.creado),
        cerrado: row.cerrado,
        indice: indice.into_iter().filter(|(campo, _)| is_visible(scope, modelo, campo)).collect(),
        documentos: rows.iter().map(DocumentoRow::vista).collect(),
        notas: notas.iter().map(NotaRow::vista).collect(),
        avisos: avisos.iter().map(AvisoRow::vista).collect(),
        requisitos,
        siguiente_fase,
        permisos,
    })
}

/// Place of a document type in the checklist; unknown ones come last.
fn place(modelo: &Modelo, tipo: &str) -> usize {
    modelo.tipos.iter().position(|t| t.id.as_str() == tipo).unwrap_or(usize::MAX)
}

/// Something missing, with its name for people and the fase that asks for it.
pub(super) fn named(modelo: &Modelo, here: &FaseId, falta: Falta) -> FaltaVista {
    let (nombre, fase) = match &falta {
        Falta::Documento { tipo, alternativas, .. } => {
            let fase = modelo.tipo(tipo).map_or_else(|| here.clone(), |found| found.fase.clone());
            (gate::nombre(modelo, tipo, alternativas), fase)
        }
        Falta::Avisos { abiertos: 1 } => ("Un aviso sin hacer".to_owned(), here.clone()),
        Falta::Avisos { abiertos } => (format!("{abiertos} avisos sin hacer"), here.clone()),
        Falta::Campo { campo } => {
            let asked_by = modelo.fases.iter().find(|fase| fase.campos.contains(campo));
            let nombre = modelo.campo(campo).map_or_else(|| campo.to_string(), |found| found.nombre.clone());
            (nombre, asked_by.map_or_else(|| here.clone(), |fase| fase.id.clone()))
        }
    };
    FaltaVista { falta, nombre, fase }
}

/// What a person of that role may do on the expediente now. A closed one is only looked at, or opened again.
fn permisos(rol: Rol, modelo: &Modelo, indice: &Indice, row: &ExpedienteRow) -> Vec<Permiso> {
    let fase = row.fase();
    let into_last =
        next_fase(modelo, indice, &fase).is_some_and(|next| modelo.fases.last().is_some_and(|last| &last.id == next));
    let may = |permiso: &Permiso| match permiso {
        Permiso::Ver | Permiso::VerMargen => true,
        Permiso::Crear | Permiso::Auditar | Permiso::Configurar => false,
        Permiso::Retroceder => {
            previous_fase(modelo, indice, &fase).is_some() && (!row.cerrado || rol.puede(Permiso::Cerrar))
        }
        Permiso::Cerrar => row.cerrado || into_last,
        Permiso::Avanzar | Permiso::Forzar => !row.cerrado && (!into_last || rol.puede(Permiso::Cerrar)),
        Permiso::EditarIndice
        | Permiso::Anotar
        | Permiso::Subir
        | Permiso::EditarDocumento
        | Permiso::Revisar
        | Permiso::Borrar => !row.cerrado,
    };
    Permiso::ALL.into_iter().filter(|permiso| rol.puede(*permiso) && may(permiso)).collect()
}
