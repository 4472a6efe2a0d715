//! What is known of a query before any row is read: its candidates, and what is still to be tested of each.

use super::{Pagina, Quien};
use crate::store::conjuntos::clave::entero;
use crate::store::conjuntos::{Conjunto, Entrada, Forma, Serie};
use crate::store::search::Buscador;
use crate::store::sql::Sql;
use api::lista::{Columna, Orden};

/// So many rows are looked up and sorted rather than walked to, and tested to be counted. Looking up a row costs about 3 µs.
pub const FEW: u64 = 300;

/// A query, ready to run.
#[derive(Debug, Clone)]
pub struct Plan {
    pub(super) lugar: i64,
    pub(super) quien: Quien,
    pub(super) orden: Orden,
    pub(super) few: u64,
    /// All that may answer, within the scope.
    pub(super) candidates: Conjunto,
    /// What the sets do not tell. Without tests every candidate answers.
    pub(super) tests: Vec<Sql>,
}

impl Plan {
    /// Intersects the sets of scope and terms.
    pub async fn new(search: &mut Buscador<'_>, quien: Quien, asked: &Pagina<'_>) -> Result<Self, sqlx::Error> {
        let of = |serie, id| Entrada::whole(serie, Forma::Exacta, &entero(id));
        let scope = match quien {
            Quien::Todos => Entrada::any(Serie::TODOS),
            Quien::Asesor(id) => of(Serie::ASESOR, id),
            Quien::Equipo(id) => of(Serie::EQUIPO, id),
        };
        let mut candidates = search.lector.one(&scope).await?;
        let mut tests = Vec::new();
        for term in search.terms(asked.query).await? {
            term.conj.keep(&mut candidates);
            tests.extend(term.test);
        }
        Ok(Self { lugar: search.lugar.id, quien, orden: asked.orden, few: asked.few, candidates, tests })
    }
}

/// Whether the column is text.
pub(super) fn is_text(columna: Columna) -> bool {
    !matches!(columna, Columna::Numero | Columna::Fase | Columna::Docs | Columna::Faltan | Columna::Importe)
}
