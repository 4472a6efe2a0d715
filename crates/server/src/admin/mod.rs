//! Setting up and looking after a service on its machine: what the `admin` commands do.

mod copies;
mod originals;
mod users;

pub use copies::{backup, restore};
pub use originals::{Original, Removed, Verified, remove_orphans, verify_originals};
pub use users::{
    Change, NewUser, User, add_user, add_users, change_user, disable_totp, enable_totp, list_teams, list_users,
    set_active, set_password,
};

use crate::store::Db;
use crate::store::audit::{self, Broken};
use crate::{AppResult, Settings, config};
use anyhow::Context;
use std::fs;

/// A first `entidades.toml`, to be changed.
const ENTIDADES: &str = include_str!("../../modelos/entidades.toml");

/// Makes the data folder, its database, and the configuration's text files; what is there already stays as it is.
pub async fn init(settings: &Settings) -> anyhow::Result<()> {
    crate::blobs::create_dir_private(&settings.datos).with_context(|| settings.datos.display().to_string())?;
    let folder = settings.config_folder();
    let modelos = config::shipped().iter().map(|(name, text)| (folder.join("modelos").join(name), *text));
    let texts = config::shipped_plantillas().iter().map(|(name, text)| (folder.join("plantillas").join(name), *text));
    for (file, text) in modelos.chain(texts).chain([(folder.join("entidades.toml"), ENTIDADES)]) {
        if !file.exists() {
            fs::create_dir_all(file.parent().unwrap_or(&folder))?;
            fs::write(&file, text)?;
        }
    }
    Db::open(&settings.database_file()).await?.close().await;
    Ok(())
}

/// Follows the audit trail; answers how many records it has, or where it is not whole.
pub async fn audit_verify(db: &Db) -> AppResult<Result<u64, Broken>> {
    let mut conn = db.read().await?;
    Ok(audit::verify(&mut conn).await?)
}
