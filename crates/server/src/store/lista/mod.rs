//! The list: a page of the expedientes that answer a query, and how many there are.
//!
//! `plan` intersects the sets of the query's terms ([`super::conjuntos`]), `rows` looks up those of the page, and `count` counts as far
//! as that costs little.

mod count;
mod cursor;
mod fila;
mod plan;
mod rows;

pub use cursor::{Cursor, Valor};
pub use plan::FEW;

use super::conjuntos::Lector;
use super::lugares;
use super::search::Buscador;
use super::{personas, sql::Sql};
use api::lista::{Fila, Orden};
use domain::query::{BuiltIn, Clause, Field, Query};
use domain::scope::Cuales;
use domain::{EntidadId, Modelo, Scope};
use fila::FilaRow;
use sqlx::SqliteConnection;

/// Counting stops here.
pub const MAX_COUNT: u64 = 10_000;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Pagina<'p> {
    /// Where.
    pub entidad: &'p EntidadId,
    /// Where.
    pub modelo: &'p Modelo,
    /// Which.
    pub query: &'p Query,
    /// In which order.
    pub orden: Orden,
    /// How many.
    pub limite: u32,
    /// After which row; a first page also counts.
    pub desde: Option<Cursor>,
    /// Up to so many rows are looked up and sorted: [`FEW`]. Tests set less, to go every way with little data.
    pub few: u64,
}

/// What answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resultado {
    /// The rows.
    pub filas: Vec<Fila>,
    /// Where the next page begins.
    pub siguiente: Option<Cursor>,
    /// How many answer, on a first page.
    pub total: Option<Total>,
}

/// How many answer a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    /// So many at least.
    pub n: u64,
    /// Whether there are more.
    pub es_minimo: bool,
}

/// Who may see the rows, within a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quien {
    Todos,
    Asesor(i64),
    Equipo(i64),
}

impl Quien {
    /// The condition on the row `e`.
    fn and_e(self, sql: &mut Sql) {
        match self {
            Self::Todos => {}
            Self::Asesor(id) => {
                sql.push(" AND e.asesor_id = ").bind(id);
            }
            Self::Equipo(id) => {
                sql.push(" AND e.equipo_id = ").bind(id);
            }
        }
    }
}

/// A page of the list, within the scope; an entidad outside it has no rows.
pub async fn page(conn: &mut SqliteConnection, scope: &Scope, asked: &Pagina<'_>) -> Result<Resultado, sqlx::Error> {
    let quien = match scope.cuales {
        Cuales::Todos => Quien::Todos,
        Cuales::Equipo(equipo) => Quien::Equipo(equipo.0),
        Cuales::Propios(asesor) => Quien::Asesor(asesor.0),
        Cuales::Ninguno => return Ok(none(asked)),
    };
    if !scope.has_entidad(asked.entidad) {
        return Ok(none(asked));
    }
    let Some(lugar) = lugares::find(conn, asked.entidad, &asked.modelo.id).await? else { return Ok(none(asked)) };
    let asesores = if asks_asesor(asked.query) { personas::all(conn).await? } else { Vec::new() };
    let lector = Lector { conn, lugar: lugar.id };
    let mut search = Buscador { lector, modelo: asked.modelo, lugar: &lugar, asesores: &asesores };
    let plan = plan::Plan::new(&mut search, quien, asked).await?;

    let (rows, all) = plan.rows(conn, asked.desde.as_ref(), asked.limite + 1).await?;
    let more = rows.len() > asked.limite as usize;
    let shown = &rows[..rows.len().min(asked.limite as usize)];
    let siguiente = if more { shown.last().map(|row| row.cursor(asked.orden)) } else { None };
    let total = match (&asked.desde, more, all) {
        (Some(_), ..) => None,
        (None, false, _) => Some(Total { n: shown.len() as u64, es_minimo: false }),
        (None, true, Some(n)) => Some(Total { n, es_minimo: false }),
        (None, true, None) => Some(plan.count(conn, rows.len() as u64).await?),
    };
    Ok(Resultado { filas: rows.into_iter().take(asked.limite as usize).map(FilaRow::fila).collect(), siguiente, total })
}

fn none(asked: &Pagina<'_>) -> Resultado {
    let total = asked.desde.is_none().then_some(Total { n: 0, es_minimo: false });
    Resultado { total, ..Resultado::default() }
}

fn asks_asesor(query: &Query) -> bool {
    query.terms.iter().any(|term| matches!(term.clause, Clause::Field(Field::BuiltIn(BuiltIn::Asesor), _)))
}
