//! Putting a configuration in force.

use super::usage::broken;
use super::{Configuracion, Contenido, diff};
use crate::app::expedientes::recount_with;
use crate::state::Clock;
use crate::store::audit::{self, Registro};
use crate::store::outbox::{self, Nuevo};
use crate::store::{Db, Tx, configuracion as store, eventos, expedientes, indexado, lugares};
use crate::{AppError, AppState};
use domain::{CampoIndice, ExpedienteId, Modelo};
use sqlx::SqliteConnection;
use std::sync::Arc;

/// Expedientes read at once while all of a modelo are gone through.
const BATCH: u32 = 500;

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
    apply_as(db, new, Clock::system().now_ms(), audit::CONSOLE).await
}

/// Stores a checked configuration as a new version, with its audit record and event; answers the version.
///
/// What the list shows and finds of every expediente of a changed modelo is written again in the same transaction: nobody ever sees the
/// one with the other. It is not done in pieces with other writes in between: a fase between two others, or a field in another column,
/// would for minutes be found in the wrong place, and a change in the meantime of an expediente not yet written again would leave words
/// behind that nobody takes away. What no list shows or finds, like a name, costs nothing. Without any change nothing is written. `cuando` is milliseconds since 1970, `quien` who asks for it.
pub async fn apply_as(db: &Db, new: &Configuracion, cuando: i64, quien: &str) -> Result<i64, ApplyError> {
    let mut tx = db.write().await?;
    let old = read(&mut tx).await?;
    let changes = diff(&old, new);
    if old.version > 0 && old.entidades == new.entidades && old.modelos == new.modelos && old.textos == new.textos {
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
        if let Some(before) = old.modelo(&modelo.id) {
            rewrite(&mut tx, &before, modelo).await?;
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

/// Writes again what every expediente of a modelo is found and counted by, as far as the change touches it.
async fn rewrite(tx: &mut Tx, before: &Modelo, modelo: &Modelo) -> Result<(), AppError> {
    let found = !finds_alike(before, modelo);
    if !found && counts_alike(before, modelo) {
        return Ok(());
    }
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
                if found {
                    indexado::refresh(tx, &lugar, modelo, &row, &indice).await?;
                }
                recount_with(tx, modelo, id, &row.fase(), &indice, false).await?;
            }
        }
        indexado::rebuild(tx, &lugar, modelo).await?;
    }
    Ok(())
}

/// Whether expedientes are found, sorted and shown in the list in the same way. A field that only one of the two has is in use nowhere.
fn finds_alike(before: &Modelo, after: &Modelo) -> bool {
    let fases = |modelo: &Modelo| modelo.fases.iter().map(|fase| fase.id.clone()).collect::<Vec<_>>();
    let same = |campo: &CampoIndice| {
        after.campo(&campo.id).is_none_or(|now| (now.tipo, now.margen) == (campo.tipo, campo.margen))
    };
    before.papeles == after.papeles && fases(before) == fases(after) && before.campos.iter().all(same)
}

/// Whether the same documents are asked for.
fn counts_alike(before: &Modelo, after: &Modelo) -> bool {
    counted_by(before, after) == counted_by(after, before)
}

/// What of a modelo decides which documents are asked for: types and fases, but for their names, and the fields that conditions look at.
fn counted_by(modelo: &Modelo, other: &Modelo) -> Modelo {
    let mut plain = modelo.clone();
    plain.nombre.clear();
    plain.secciones.clear();
    plain.plantillas.clear();
    plain.campos.retain(|campo| other.campo(&campo.id).is_some());
    for fase in &mut plain.fases {
        fase.nombre.clear();
        fase.campos.clear();
    }
    for tipo in &mut plain.tipos {
        tipo.nombre.clear();
        (tipo.formatos, tipo.max_bytes, tipo.palabras) = (Vec::new(), None, Vec::new());
    }
    plain
}

/// Takes up a version that was applied by another process, or by this one; answers whether there was one.
pub async fn refresh(state: &AppState) -> Result<bool, AppError> {
    let mut conn = state.db.snapshot().await?;
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
