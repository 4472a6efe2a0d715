//! Data of an earlier version: what expedientes are found by is made anew.

use super::Configuracion;
use crate::AppError;
use crate::store::{Db, indexado, lugares, upgrade as store};

/// Brings the database up to date, in one transaction. With a million expedientes it takes some minutes, once.
pub async fn upgrade(db: &Db, config: &Configuracion) -> Result<(), AppError> {
    if !store::is_old(&mut *db.read().await?).await? {
        return Ok(());
    }
    tracing::info!("data of an earlier version: making what expedientes are found by; this is done once");
    let mut tx = db.write().await?;
    store::drop_old(&mut tx).await?;
    for modelo in &config.modelos {
        for (_, entidad) in lugares::of_modelo(&mut tx, &modelo.id).await? {
            let lugar = lugares::ensure(&mut tx, &entidad, modelo).await?;
            indexado::rebuild(&mut tx, &lugar, modelo).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}
