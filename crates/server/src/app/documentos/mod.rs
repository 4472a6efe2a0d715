//! Documents of an expediente: looking at them (`read`), adding them (`add`), checking and changing them (`change`).

mod add;
mod change;
mod read;

pub use add::{Entrada, accept, add, too_large};
pub(crate) use add::{accept_content, formato_of, tipo_of};
pub use change::{Clave, Veredicto, borrar, cambiar, recuperar, revisar};
pub(crate) use read::find_live;
pub use read::{Original, borrados, find, original, versiones};

use crate::app::Work;
use crate::app::work::Noted;
use crate::store::documentos::{self as store, DocumentoRow};
use crate::store::expedientes::{self, ExpedienteRow};
use crate::{AppError, AppResult, AppState};
use api::Codigo;
use domain::{DocumentoId, ExpedienteId, Modelo, Scope};
use sqlx::SqliteConnection;

/// How an unknown document, and one that may not be seen, is named.
const WHAT: &str = "ese documento";

/// A document and its expediente, deleted or not; 404 outside the scope.
async fn find_any(
    conn: &mut SqliteConnection,
    scope: &Scope,
    id: DocumentoId,
) -> AppResult<(DocumentoRow, ExpedienteRow)> {
    let documento = store::by_id(conn, id).await?.ok_or_else(|| AppError::not_found(WHAT))?;
    let expediente = expedientes::find(conn, scope, ExpedienteId(documento.expediente_id))
        .await?
        .ok_or_else(|| AppError::not_found(WHAT))?;
    Ok((documento, expediente))
}

/// 409 for a closed expediente: nothing of it changes any more.
pub(crate) fn require_open(expediente: &ExpedienteRow) -> AppResult<()> {
    if expediente.cerrado {
        return Err(AppError::refused(
            Codigo::Estado,
            "El expediente está cerrado y solo se puede consultar; si hay que cambiar algo, pida a su jefe de ventas que lo reabra.",
        ));
    }
    Ok(())
}

/// Counts again after a change of a document, and notes it.
async fn note(work: &mut Work<'_>, expediente: &ExpedienteRow, modelo: &Modelo, what: Noted<'_>) -> AppResult<()> {
    let revision = crate::app::expedientes::recount(&mut work.tx, modelo, expediente.id()).await?;
    work.note(expediente, revision, what).await
}

/// The modelo of an expediente. One that the configuration no longer has is a fault of the configuration, not of the request.
pub(crate) fn modelo_of(state: &AppState, expediente: &ExpedienteRow) -> AppResult<std::sync::Arc<Modelo>> {
    state.modelo(&expediente.modelo())
}
