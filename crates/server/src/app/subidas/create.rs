//! Beginning an upload.

use super::expiry;
use crate::app::Actor;
use crate::app::documentos::{accept, modelo_of, tipo_of, too_large};
use crate::blobs::{Sum, hex};
use crate::store::subidas::{self as store, SubidaRow};
use crate::{AppError, AppResult, AppState};
use api::Codigo;
use api::problem::CampoMalo;
use domain::{DocumentoId, ExpedienteId, Permiso, TipoId, clean_file_name};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Nueva {
    /// Bytes of the whole.
    pub total: u64,
    /// Expediente it goes to.
    pub expediente: ExpedienteId,
    /// Document type.
    pub tipo: TipoId,
    /// File name, as it came.
    pub nombre: String,
    /// Document it is a new version of.
    pub version_de: Option<DocumentoId>,
    /// SHA-256 of the whole.
    pub sha256: Option<Sum>,
    /// Client-made key.
    pub clave: Option<String>,
    /// `Upload-Metadata` as it came.
    pub metadatos: String,
}

/// Begins an upload, or finds the one this person began under the same key.
pub async fn create(state: &AppState, actor: &Actor, nueva: Nueva) -> AppResult<SubidaRow> {
    actor.require(Permiso::Subir)?;
    let mut tx = state.db.write().await?;
    if let Some(clave) = &nueva.clave
        && let Some(before) = store::by_clave(&mut tx, actor.id.0, clave).await?
    {
        if before.caduca > state.clock.now_ms() {
            return same(before, &nueva);
        }
        store::end(&mut tx, &before.id, state.clock.now_ms()).await?;
    }
    let open = store::open_of(&mut tx, actor.id.0, state.clock.now_ms()).await?;
    if open >= i64::from(state.settings.max_subidas_abiertas) {
        return Err(AppError::refused(
            Codigo::DemasiadasSubidas,
            format!("Tiene {open} subidas sin terminar; termine o cancele alguna antes de empezar otra."),
        ));
    }
    let expediente = accept(state, actor, &mut tx, nueva.expediente, &nueva.tipo, nueva.version_de).await?;
    check_length(state, &nueva, tipo_of(&*modelo_of(state, &expediente)?, &nueva.tipo)?.max_bytes)?;
    let row = SubidaRow {
        id: hex(&rand::random::<[u8; 16]>()),
        usuario_id: actor.id.0,
        expediente_id: nueva.expediente.0,
        tipo: nueva.tipo.0,
        nombre: clean_file_name(&nueva.nombre),
        version_de: nueva.version_de.map(|d| d.0),
        total: i64::try_from(nueva.total).unwrap_or(i64::MAX),
        recibido: 0,
        sha256: nueva.sha256.map(|s| s.as_bytes().to_vec()),
        clave: nueva.clave,
        metadatos: nueva.metadatos,
        creada: state.clock.now_ms(),
        caduca: expiry(state),
        documento_id: None,
    };
    store::insert(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(row)
}

/// The upload found under a key, if it is what is asked for again.
fn same(before: SubidaRow, nueva: &Nueva) -> AppResult<SubidaRow> {
    if before.metadatos == nueva.metadatos && before.total() == nueva.total {
        return Ok(before);
    }
    Err(AppError::refused(Codigo::ClaveRepetida, "Esa clave de subida ya se usó para otro fichero; repita la acción."))
}

fn check_length(state: &AppState, nueva: &Nueva, max_of_tipo: Option<u64>) -> AppResult<()> {
    if nueva.total == 0 {
        let mensaje = "El fichero está vacío; compruebe que se guardó bien y vuelva a subirlo.".to_owned();
        return Err(AppError::invalid(vec![CampoMalo { campo: "nombre".to_owned(), mensaje }]));
    }
    let max = max_of_tipo.unwrap_or(u64::MAX).min(state.settings.max_subida);
    if nueva.total > max { Err(too_large(max)) } else { Ok(()) }
}
