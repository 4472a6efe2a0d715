//! The counts that the list shows, from the index and the documents.

use crate::store::expedientes::{self as store, Cuentas};
use crate::store::{Tx, documentos};
use crate::{AppError, AppResult};
use domain::gate::{DocumentoEnPuerta, checklist, progress};
use domain::{EstadoDocumento, ExpedienteId, FaseId, Indice, Modelo, TipoId};

/// Counts again after a change of the documents; answers the new revision.
pub async fn recount(tx: &mut Tx, modelo: &Modelo, id: ExpedienteId) -> AppResult<i64> {
    let row = store::by_id(tx, id).await?.ok_or_else(|| AppError::not_found(super::WHAT))?;
    let indice = store::indice(tx, id).await?;
    recount_with(tx, modelo, id, &row.fase(), &indice, true).await
}

/// Counts with this index in that fase; with `bump` it is a new revision. Answers the revision.
pub(crate) async fn recount_with(
    tx: &mut Tx,
    modelo: &Modelo,
    id: ExpedienteId,
    fase: &FaseId,
    indice: &Indice,
    bump: bool,
) -> AppResult<i64> {
    let documentos = documentos::estados(tx, id).await?;
    Ok(store::write_cuentas(tx, id, &cuentas(modelo, indice, &documentos, fase), bump).await?)
}

/// The counts of documents and checklist of an expediente in that fase.
pub(crate) fn cuentas(
    modelo: &Modelo,
    indice: &Indice,
    documentos: &[(TipoId, EstadoDocumento)],
    fase: &FaseId,
) -> Cuentas {
    let at_door: Vec<DocumentoEnPuerta<'_>> = documentos.iter().map(|(tipo, estado)| (tipo, *estado)).collect();
    let (listos, requeridos) = progress(modelo, &checklist(modelo, indice, &at_door), fase);
    let of =
        |which| u32::try_from(documentos.iter().filter(|(_, estado)| *estado == which).count()).unwrap_or(u32::MAX);
    Cuentas {
        docs: u32::try_from(documentos.len()).unwrap_or(u32::MAX),
        listos,
        requeridos,
        pendientes: of(EstadoDocumento::Pendiente),
        validados: of(EstadoDocumento::Validado),
        rechazados: of(EstadoDocumento::Rechazado),
        avisos: 0,
    }
}
