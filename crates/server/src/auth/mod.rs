//! Passwords, tokens, second factor, attempt limits.

pub mod attempts;
pub mod password;
pub mod token;
pub mod totp;

use crate::app::Actor;
use crate::store::sesiones;
use crate::{AppResult, AppState};

/// Whether the session behind a long-lived stream is still there. A fault of the database is no reason to end it.
pub async fn still_holds(state: &AppState, actor: &Actor) -> bool {
    let open: AppResult<bool> = async {
        let mut conn = state.db.read().await?;
        Ok(sesiones::is_open(&mut conn, actor.sesion, state.clock.now_ms()).await?)
    }
    .await;
    open.unwrap_or(true)
}
