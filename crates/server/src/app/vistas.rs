//! Saved views of a person.

use crate::app::{Actor, Work};
use crate::store::vistas as store;
use crate::{AppError, AppResult, AppState};
use api::Codigo;
use api::problem::CampoMalo;
use api::vista::Vista;
use domain::query::{Schema, parse};
use domain::texto::clean_line;
use domain::{ModeloId, Permiso};

/// Most views of a person for a modelo.
const MAX: usize = 50;
/// Longest name in characters.
const MAX_NAME: usize = 40;
/// Longest search text in bytes.
const MAX_QUERY: usize = 1_000;

/// The views of this person for a modelo, by name.
pub async fn listar(state: &AppState, actor: &Actor, modelo: &ModeloId) -> AppResult<Vec<Vista>> {
    actor.require(Permiso::Ver)?;
    Ok(store::of(&mut *state.db.read().await?, actor.id.0, modelo).await?)
}

/// Stores a view under its name, over one that is there.
pub async fn guardar(state: &AppState, actor: &Actor, vista: Vista) -> AppResult<Vista> {
    actor.require(Permiso::Ver)?;
    let vista = checked(state, actor, vista)?;
    let mut work = Work::begin(state, actor).await?;
    let there = store::of(&mut work.tx, actor.id.0, &vista.modelo).await?;
    if there.len() >= MAX && there.iter().all(|other| other.nombre != vista.nombre) {
        return Err(AppError::refused(
            Codigo::Estado,
            format!("Ya tiene {MAX} vistas guardadas en este modelo; borre alguna antes de guardar otra."),
        ));
    }
    store::put(&mut work.tx, actor.id.0, &vista).await?;
    work.commit().await?;
    Ok(vista)
}

/// Removes a view.
pub async fn borrar(state: &AppState, actor: &Actor, modelo: &ModeloId, nombre: &str) -> AppResult<()> {
    actor.require(Permiso::Ver)?;
    let mut work = Work::begin(state, actor).await?;
    if !store::delete(&mut work.tx, actor.id.0, modelo, nombre).await? {
        return Err(AppError::not_found("esa vista"));
    }
    work.commit().await
}

fn checked(state: &AppState, actor: &Actor, vista: Vista) -> AppResult<Vista> {
    let modelo = state.modelo(&vista.modelo)?;
    let nombre = clean_line(&vista.nombre).trim().to_owned();
    if !(1..=MAX_NAME).contains(&nombre.chars().count()) {
        let mensaje = format!("El nombre de una vista tiene de 1 a {MAX_NAME} caracteres.");
        return Err(AppError::invalid(vec![CampoMalo { campo: "nombre".to_owned(), mensaje }]));
    }
    let q = clean_line(&vista.q);
    if q.len() > MAX_QUERY {
        return Err(AppError::refused(
            Codigo::BusquedaInvalida,
            "La búsqueda es demasiado larga; quite alguna palabra.",
        ));
    }
    let schema = Schema { modelo: &modelo, today: state.clock.today(), con_margen: !actor.scope.oculta_margen };
    parse(&q, &schema).map_err(|wrong| super::expedientes::misread(&q, &wrong))?;
    super::expedientes::orden(vista.orden.as_deref())?;
    Ok(Vista { nombre, q, ..vista })
}
