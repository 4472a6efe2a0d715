//! Who asks.

use crate::store::sesiones::{self, SesionActiva};
use crate::{AppError, AppResult, AppState};
use api::Codigo;
use domain::{EntidadId, EquipoId, Permiso, Rol, Scope, UsuarioId};

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
    /// The person of a session, in that request.
    pub fn of(row: SesionActiva, peticion: String) -> AppResult<Self> {
        let rol: Rol = row.rol.parse().map_err(|()| anyhow::anyhow!("unknown role in the database"))?;
        let entidades: Vec<String> = serde_json::from_str(&row.entidades).map_err(anyhow::Error::from)?;
        let entidades = entidades.into_iter().map(EntidadId).collect();
        let scope = Scope::new(rol, UsuarioId(row.id), row.equipo_id.map(EquipoId), entidades);
        Ok(Self {
            id: UsuarioId(row.id),
            usuario: row.usuario,
            nombre: row.nombre,
            rol,
            scope,
            sesion: row.sesion,
            peticion,
        })
    }

    /// The same person as they now are, for what outlives a request; none when the session is no more, or they may not sign in.
    pub async fn again(&self, state: &AppState) -> AppResult<Option<Self>> {
        let mut conn = state.db.read().await?;
        let row = sesiones::active_by_id(&mut conn, self.sesion, state.clock.now_ms()).await?;
        row.map(|row| Self::of(row, self.peticion.clone())).transpose()
    }

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
