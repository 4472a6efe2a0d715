//! The list.

use crate::app::Actor;
use crate::store::lista::{self as store, Cursor, Pagina};
use crate::{AppError, AppResult, AppState};
use api::Codigo;
use api::lista::{Lista, ListaParams, Orden};
use domain::query::{QueryError, Schema, parse};
use domain::{EntidadId, ModeloId, Permiso};

/// Rows of a page when not said.
const LIMIT: u32 = 50;
/// Most rows of a page.
const MAX_LIMIT: u32 = 200;
/// Longest search text in bytes.
const MAX_QUERY: usize = 1_000;

/// A page of the list.
pub async fn listar(state: &AppState, actor: &Actor, params: &ListaParams) -> AppResult<Lista> {
    actor.require(Permiso::Ver)?;
    let (entidad, modelo) = (EntidadId::from(params.entidad.as_str()), ModeloId::from(params.modelo.as_str()));
    let modelo = crate::app::entidades::offered(state, actor, &entidad, &modelo)?;
    let text = params.q.as_deref().unwrap_or_default();
    if text.len() > MAX_QUERY {
        return Err(AppError::refused(
            Codigo::BusquedaInvalida,
            "La búsqueda es demasiado larga; quite alguna palabra.",
        ));
    }
    let schema = Schema { modelo: &modelo, today: state.clock.today(), con_margen: !actor.scope.oculta_margen };
    let query = parse(text, &schema).map_err(|wrong| misread(text, &wrong))?;
    let orden = orden(params.orden.as_deref())?;
    let asked = Pagina {
        entidad: &entidad,
        modelo: &modelo,
        query: &query,
        orden,
        limite: limite(params.limite)?,
        desde: params.cursor.as_deref().map(|text| cursor(text, orden)).transpose()?,
        few: store::FEW,
    };
    let found = store::page(&mut *state.db.snapshot().await?, &actor.scope, &asked).await?;
    Ok(Lista {
        items: found.filas,
        siguiente: found.siguiente.map(|cursor| cursor.to_string()),
        total: found.total.map(|total| total.n),
        total_es_minimo: found.total.is_some_and(|total| total.es_minimo),
    })
}

/// 400 with what is wrong and where.
pub(crate) fn misread(text: &str, wrong: &QueryError) -> AppError {
    let part = text.get(wrong.span.clone()).map(domain::texto::clean_line).unwrap_or_default();
    let detail = if part.is_empty() { wrong.message.clone() } else { format!("«{part}»: {}", wrong.message) };
    AppError::refused(Codigo::BusquedaInvalida, detail)
}

/// The order, or 400.
pub(crate) fn orden(text: Option<&str>) -> AppResult<Orden> {
    text.map_or_else(
        || Ok(Orden::default()),
        |text| {
            text.parse().map_err(|()| {
                let names: Vec<&str> = api::lista::Columna::ALL.iter().map(|c| c.as_str()).collect();
                AppError::refused(
                    Codigo::PeticionInvalida,
                    format!("No se puede ordenar así; use una de estas columnas: {}.", names.join(", ")),
                )
            })
        },
    )
}

fn limite(asked: Option<u32>) -> AppResult<u32> {
    match asked.unwrap_or(LIMIT) {
        n @ 1..=MAX_LIMIT => Ok(n),
        _ => Err(AppError::refused(Codigo::PeticionInvalida, format!("El límite de filas va de 1 a {MAX_LIMIT}."))),
    }
}

fn cursor(text: &str, orden: Orden) -> AppResult<Cursor> {
    text.parse().ok().filter(|cursor: &Cursor| cursor.orden == orden).ok_or_else(|| {
        AppError::refused(Codigo::PeticionInvalida, "El cursor no es de esta lista; pídala desde el principio.")
    })
}
