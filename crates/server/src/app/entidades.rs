//! Where a person works: entidades and modelos.

use crate::app::Actor;
use crate::store::personas;
use crate::{AppError, AppResult, AppState};
use api::servidor::{ModeloDefinicion, PersonaBreve};
use api::sesion::{EntidadVista, ModeloVista};
use domain::{EntidadId, Modelo, ModeloId};
use std::sync::Arc;

/// The entidades of this person, with the modelos one can work in there.
pub fn entidades(state: &AppState, actor: &Actor) -> Vec<EntidadVista> {
    let config = state.config();
    let own = config.entidades.iter().filter(|entidad| actor.scope.has_entidad(&entidad.id));
    own.map(|entidad| EntidadVista {
        id: entidad.id.clone(),
        nombre: entidad.nombre.clone(),
        modelos: entidad
            .modelos
            .iter()
            .filter_map(|id| config.modelo(id))
            .map(|modelo| ModeloVista { id: modelo.id.clone(), nombre: modelo.nombre.clone() })
            .collect(),
    })
    .collect()
}

/// The modelo, if that entidad works in it and this person in that entidad; else 404.
pub(crate) fn offered(
    state: &AppState,
    actor: &Actor,
    entidad: &EntidadId,
    modelo: &ModeloId,
) -> AppResult<Arc<Modelo>> {
    let config = state.config();
    let there = config.entidad(entidad).filter(|e| actor.scope.has_entidad(&e.id));
    let there = there.ok_or_else(|| AppError::not_found("esa entidad"))?;
    if !there.modelos.contains(modelo) {
        return Err(AppError::not_found("ese modelo en esa entidad"));
    }
    config.modelo(modelo).ok_or_else(|| AppError::not_found("ese modelo"))
}

/// The definition of a modelo without what this person may not see, and its asesores.
pub async fn modelo(state: &AppState, actor: &Actor, id: &ModeloId) -> AppResult<ModeloDefinicion> {
    let config = state.config();
    let own: Vec<EntidadId> = config
        .entidades
        .iter()
        .filter(|entidad| entidad.modelos.contains(id) && actor.scope.has_entidad(&entidad.id))
        .map(|entidad| entidad.id.clone())
        .collect();
    let found = config.modelo(id).filter(|_| !own.is_empty()).ok_or_else(|| AppError::not_found("ese modelo"))?;
    let mut modelo = (*found).clone();
    if actor.scope.oculta_margen {
        let hidden: Vec<_> = modelo.campos.iter().filter(|campo| campo.margen).map(|campo| campo.id.clone()).collect();
        modelo.campos.retain(|campo| !campo.margen);
        modelo.secciones.retain(|seccion| modelo.campos.iter().any(|campo| campo.seccion == seccion.id));
        for fase in &mut modelo.fases {
            fase.campos.retain(|campo| !hidden.contains(campo));
        }
    }
    let asesores = personas::asesores(&mut *state.db.read().await?, &actor.scope, &own).await?;
    let asesores = asesores.into_iter().map(|a| PersonaBreve { usuario: a.usuario, nombre: a.nombre }).collect();
    Ok(ModeloDefinicion { version: config.version, modelo, asesores })
}
