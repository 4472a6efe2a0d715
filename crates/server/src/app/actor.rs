//! Who asks.

use crate::{AppError, AppResult};
use api::Codigo;
use domain::{Permiso, Rol, Scope, UsuarioId};

/// The person behind a request, built once from the session's token.
#[derive(Debug, Clone)]
pub struct Actor {
    /// Person.
    pub id: UsuarioId,
    /// User name.
    pub usuario: String,
    /// Full name.
    pub nombre: String,
    /// Role.
    pub rol: Rol,
    /// What they see.
    pub scope: Scope,
    /// The session that asks.
    pub sesion: i64,
    /// The request's id, for audit and log.
    pub peticion: String,
}

impl Actor {
    /// 403 unless the role may do this.
    pub fn require(&self, permiso: Permiso) -> AppResult<()> {
        if self.rol.puede(permiso) {
            return Ok(());
        }
        Err(AppError::refused(
            Codigo::SinPermiso,
            "Su usuario no tiene permiso para hacer esto; pídalo a quien administra el servicio.",
        ))
    }
}
