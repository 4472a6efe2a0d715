//! Turning an upload whose bytes are all here into a document.

use super::{drop_upload, file_of, find, remove_file};
use crate::app::documentos::{Entrada, accept, accept_content, add, modelo_of, tipo_of};
use crate::app::{Actor, Work};
use crate::blobs::{Sum, blocking, sum_of_file};
use crate::store::subidas::{self as store, SubidaRow};
use crate::{AppError, AppResult, AppState};
use api::Codigo;
use domain::{DocumentoId, ExpedienteId, TipoId};
use render::Formato;
use std::io;
use std::path::Path;

/// How much of a file its format is told from.
pub(super) const HEAD: u64 = 64 * 1024;

/// Finishes an upload; the caller holds it. Doing it again changes nothing.
///
/// Content that will never be accepted ends the upload, so that the client does not come back with it.
pub async fn finish(state: &AppState, actor: &Actor, id: &str) -> AppResult<SubidaRow> {
    let row = find(state, actor, id).await?;
    if row.documento_id.is_some() {
        return Ok(row);
    }
    let finished = to_document(state, actor, &row).await;
    end_if_refused(state, id, &finished).await?;
    finished?;
    remove_file(state, id).await;
    find(state, actor, id).await
}

/// Refuses by its first bytes what will not be accepted when it is whole; the upload ends with it.
pub(super) async fn check_beginning(state: &AppState, actor: &Actor, row: &SubidaRow) -> AppResult<()> {
    let file = file_of(state, &row.id);
    // What cannot be told yet is told when it is whole.
    let Some(formato) = blocking(move || format_of(&file)).await? else { return Ok(()) };
    let tipo = TipoId(row.tipo.clone());
    let version_de = row.version_de.map(DocumentoId);
    let mut conn = state.db.read().await?;
    let expediente = accept(state, actor, &mut conn, ExpedienteId(row.expediente_id), &tipo, version_de).await?;
    drop(conn);
    let accepted = accept_content(tipo_of(&*modelo_of(state, &expediente)?, &tipo)?, formato, row.total());
    end_if_refused(state, &row.id, &accepted).await?;
    accepted
}

/// Content that will never be accepted ends its upload.
async fn end_if_refused(state: &AppState, id: &str, came: &AppResult<()>) -> AppResult<()> {
    if let Err(error) = came
        && matches!(
            error.problem().codigo,
            Codigo::FormatoNoAdmitido | Codigo::SumaMala | Codigo::DemasiadoGrande | Codigo::DatosInvalidos
        )
    {
        drop_upload(state, id).await?;
    }
    Ok(())
}

async fn to_document(state: &AppState, actor: &Actor, row: &SubidaRow) -> AppResult<()> {
    let file = file_of(state, &row.id);
    let (sum, formato) = inspect(&file).await?;
    if row.sha256.as_deref().is_some_and(|expected| expected != sum.as_bytes()) {
        return Err(AppError::refused(
            Codigo::SumaMala,
            "El fichero ha llegado distinto del que se envió; vuelva a subirlo.",
        ));
    }
    let tipo = TipoId(row.tipo.clone());
    let entrada = Entrada {
        expediente: ExpedienteId(row.expediente_id),
        tipo: &tipo,
        version_de: row.version_de.map(DocumentoId),
        nombre: &row.nombre,
        sum,
        bytes: row.total(),
        formato,
    };
    // Asked before the content goes among the originals, and once more by `add` within the transaction.
    let mut conn = state.db.read().await?;
    let expediente = accept(state, actor, &mut conn, entrada.expediente, &tipo, entrada.version_de).await?;
    drop(conn);
    accept_content(tipo_of(&*modelo_of(state, &expediente)?, &tipo)?, formato, entrada.bytes)?;

    state.blobs.adopt(&file, sum).await?;
    let mut work = Work::begin(state, actor).await?;
    // It may have been there as one that no row named, and been removed since; while this write lasts nothing is removed.
    if state.blobs.size(&sum).await? != Some(entrada.bytes) {
        state.blobs.adopt(&file, sum).await?;
    }
    let documento = add(state, actor, &mut work, &entrada).await?;
    store::set_documento(&mut work.tx, &row.id, documento.0).await?;
    work.commit().await
}

async fn inspect(file: &Path) -> io::Result<(Sum, Formato)> {
    let file = file.to_owned();
    blocking(move || {
        let formato = format_of(&file)?.unwrap_or(Formato::Desconocido);
        Ok((sum_of_file(&file)?, formato))
    })
    .await
}

fn format_of(file: &Path) -> io::Result<Option<Formato>> {
    render::sniff_archivo(&mut std::fs::File::open(file)?)
}
