//! Expedientes: the list, one of them, opening one, its index, its fase, its history.

mod crear;
mod deshacer;
mod detalle;
mod editar;
mod fase;
mod historial;
mod indice;
mod lista;
mod recount;

pub use crear::crear;
pub use deshacer::deshacer;
pub use detalle::detalle;
pub use fase::mover;
pub use historial::historial;
pub use indice::cambiar_indice;
pub use lista::listar;
pub(crate) use lista::{misread, orden};
pub use recount::recount;
pub(crate) use recount::{cuentas, recount_with};

use crate::state::rfc3339;
use crate::store::expedientes::{self as store, ExpedienteRow};
use crate::store::historial as entries;
use crate::{AppError, AppResult};
use api::Codigo;
use api::expediente::{CampoAntesAhora, CampoCambiado, Conflicto};
use api::problem::CampoMalo;
use domain::{CampoId, ExpedienteId, Modelo, Scope};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

/// How an unknown expediente, and one that may not be seen, is named.
const WHAT: &str = "ese expediente";

/// The expediente, or 404 outside the scope.
pub(crate) async fn find(conn: &mut SqliteConnection, scope: &Scope, id: ExpedienteId) -> AppResult<ExpedienteRow> {
    store::find(conn, scope, id).await?.ok_or_else(|| AppError::not_found(WHAT))
}

/// Whether this person may know of that index field.
pub(crate) fn is_visible(scope: &Scope, modelo: &Modelo, campo: &CampoId) -> bool {
    !scope.oculta_margen || modelo.campo(campo).is_none_or(|c| !c.margen)
}

/// The revision the sender has, or 428.
fn require_revision(if_match: Option<i64>) -> AppResult<i64> {
    if_match.ok_or_else(|| {
        AppError::refused(
            Codigo::RevisionRequerida,
            "Falta la cabecera «If-Match» con la revisión que se tiene; abra de nuevo el expediente y repita el cambio.",
        )
    })
}

/// 412 with what changed since, unless the sender's revision is the current one.
async fn require_current(
    conn: &mut SqliteConnection,
    scope: &Scope,
    modelo: &Modelo,
    row: &ExpedienteRow,
    revision: i64,
) -> AppResult<()> {
    if revision == row.revision {
        return Ok(());
    }
    let mut changed: BTreeMap<CampoId, CampoCambiado> = BTreeMap::new();
    for entry in entries::since(conn, row.id(), revision).await? {
        for CampoAntesAhora { campo, antes, ahora } in entry.campos {
            if !is_visible(scope, modelo, &campo) {
                continue;
            }
            let (quien, cuando) = (entry.quien.clone(), rfc3339(entry.cuando));
            let antes = changed.remove(&campo).map_or(antes, |earlier| earlier.antes);
            changed.insert(campo.clone(), CampoCambiado { campo, antes, ahora, quien, cuando });
        }
    }
    let campos = changed.into_values().filter(|c| c.antes != c.ahora).collect();
    let mut problem = api::Problem::new(
        Codigo::RevisionAntigua,
        "Otra persona ha cambiado el expediente mientras usted lo editaba; revise los cambios y guarde otra vez.",
    );
    problem.conflicto = Some(Conflicto { revision: row.revision, campos });
    Err(AppError::Refused(Box::new(problem)))
}

/// A reason as it is stored, or 422 when there is none.
fn require_motivo(motivo: Option<&str>) -> AppResult<String> {
    const MAX: usize = 500;
    let clean = domain::texto::clean_line(motivo.unwrap_or_default()).trim().to_owned();
    let mensaje = match clean.chars().count() {
        0 => "Escriba el motivo.".to_owned(),
        n if n > MAX => format!("El motivo puede tener como mucho {MAX} caracteres; acórtelo."),
        _ => return Ok(clean),
    };
    Err(AppError::invalid(vec![CampoMalo { campo: "motivo".to_owned(), mensaje }]))
}
