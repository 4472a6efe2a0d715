//! Putting a configuration in force.

use super::usage::broken;
use super::{Configuracion, Contenido, diff};
use crate::app::expedientes::recount_with;
use crate::state::Clock;
use crate::store::audit::{self, Registro};
use crate::store::outbox::{self, Nuevo};
use crate::store::{Db, Tx, configuracion as store, eventos, expedientes, indexado, lugares};
use crate::{AppError, AppState};
use domain::{ExpedienteId, Modelo};
use sqlx::SqliteConnection;
use std::sync::Arc;

/// Expedientes read at once while all of a modelo are gone through.
const BATCH: u32 = 500;
/// Who applied it, in the audit trail, when nobody signed in for it.
const CONSOLE: &str = "consola";

/// Why a configuration was not applied.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// It would break what expedientes hold: one Spanish sentence each.
    #[error("{}", .0.join("\n"))]
    InUse(Vec<String>),
    /// The service failed.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<sqlx::Error> for ApplyError {
    fn from(cause: sqlx::Error) -> Self {
        Self::App(cause.into())
    }
}

/// The configuration in force in the database; an empty one, of version 0, when none was ever applied.
pub async fn current(db: &Db) -> Result<Configuracion, AppError> {
    read(&mut *db.read().await?).await
}

async fn read(conn: &mut SqliteConnection) -> Result<Configuracion, AppError> {
    let Some(row) = store::current(conn).await? else { return Ok(Configuracion::default()) };
    let contenido: Contenido = serde_json::from_str(&row.contenido).map_err(anyhow::Error::from)?;
    Ok(contenido.with_version(row.version))
}

/// Puts a configuration in force from the service's own machine: now, by nobody who signed in. See [`apply_as`].
pub async fn apply(db: &Db, new: &Configuracion) -> Result<i64, ApplyError> {
    apply_as(db, new, Clock::system().now_ms(), CONSOLE).await
}

/// Stores a checked configuration as a new version, with its audit record and event; answers the version.
///
/// What the list shows and finds of every expediente of a changed modelo is written again in the same transaction: nobody ever sees the
/// one with the other. Without any change nothing is written. `cuando` is milliseconds since 1970, `quien` who asks for it.
pub async fn apply_as(db: &Db, new: &Configuracion, cuando: i64, quien: &str) -> Result<i64, ApplyError> {
    let mut tx = db.write().await?;
    let old = read(&mut tx).await?;
    let changes = diff(&old, new);
    if old.version > 0 && old.entidades == new.entidades && old.modelos == new.modelos {
        return Ok(old.version);
    }
    let broken = broken(&mut tx, &old, new).await?;
    if !broken.is_empty() {
        return Err(ApplyError::InUse(broken));
    }
    let contenido =
        serde_json::to_string(&Contenido::from(new)).map_err(anyhow::Error::from).map_err(AppError::from)?;
    let version = store::insert(&mut tx, cuando, quien, &contenido).await?;
    for modelo in &new.modelos {
        if old.modelo(&modelo.id).is_some_and(|before| before != *modelo) {
            rewrite(&mut tx, modelo).await?;
        }
    }
    let detalle = serde_json::json!({"version": version, "cambios": changes}).to_string();
    let accion = "configuracion-cambiada";
    let registro = Registro {
        cuando,
        usuario_id: None,
        quien,
        accion,
        expediente_id: None,
        documento_id: None,
        peticion: "",
        detalle: &detalle,
    };
    audit::append(&mut tx, &registro).await?;
    outbox::append(&mut tx, &Nuevo { cuando, clase: accion, quien, ..Nuevo::default() }).await?;
    tx.commit().await?;
    Ok(version)
}

/// Writes again what every expediente of a modelo is found and counted by.
async fn rewrite(tx: &mut Tx, modelo: &Arc<Modelo>) -> Result<(), AppError> {
    for (_, entidad) in lugares::of_modelo(tx, &modelo.id).await? {
        let lugar = lugares::ensure(tx, &entidad, modelo).await?;
        let mut after = 0;
        loop {
            let ids = store::ids_after(tx, lugar.id, after, BATCH).await?;
            let Some(last) = ids.last() else { break };
            after = *last;
            for id in ids.into_iter().map(ExpedienteId) {
                let Some(row) = expedientes::by_id(tx, id).await? else { continue };
                let indice = expedientes::indice(tx, id).await?;
                indexado::refresh(tx, &lugar, modelo, &row, &indice).await?;
                recount_with(tx, modelo, id, &row.fase(), &indice, false).await?;
            }
        }
        indexado::rebuild(tx, &lugar, modelo).await?;
    }
    Ok(())
}

/// Takes up a version that was applied by another process, or by this one; answers whether there was one.
pub async fn refresh(state: &AppState) -> Result<bool, AppError> {
    let mut conn = state.db.read().await?;
    if store::version(&mut conn).await? == state.config().version {
        return Ok(false);
    }
    let config = read(&mut conn).await?;
    let (_, last) = eventos::bounds(&mut conn).await?;
    drop(conn);
    tracing::info!(version = config.version, "configuration taken up");
    state.config.store(Arc::new(config));
    // Another process could not wake those who wait for its event.
    state.outbox.send_replace(last);
    Ok(true)
}
