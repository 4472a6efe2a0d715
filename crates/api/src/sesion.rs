//! Signing in: `POST /sesion`, `GET /sesion`, `DELETE /sesion`, `GET /sesiones`, `DELETE /sesiones/{id}`, `GET /entidades`.

use domain::{EntidadId, ModeloId, Permiso, Rol, UsuarioId};
use serde::{Deserialize, Serialize};

/// Body of `POST /sesion`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Credenciales {
    /// User name.
    pub usuario: String,
    /// Password.
    pub clave: String,
    /// Six digits of the second factor, when the user has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub codigo: Option<String>,
    /// What the session list shows for this session, e.g. the host name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dispositivo: Option<String>,
}

impl std::fmt::Debug for Credenciales {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credenciales").field("usuario", &self.usuario).finish_non_exhaustive()
    }
}

/// Answer of `POST /sesion` (201).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SesionNueva {
    /// Opaque; sent back as `Authorization: Bearer TOKEN`.
    pub token: String,
    /// When it ends if not used before.
    pub caduca: String,
    /// Who signed in.
    pub persona: Persona,
}

impl std::fmt::Debug for SesionNueva {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SesionNueva").field("persona", &self.persona).finish_non_exhaustive()
    }
}

/// Who is signed in: also the answer of `GET /sesion`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Persona {
    /// Id.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub id: UsuarioId,
    /// User name.
    pub usuario: String,
    /// Full name.
    pub nombre: String,
    /// Role.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub rol: Rol,
    /// What the role may do.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub permisos: Vec<Permiso>,
}

/// One session of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SesionVista {
    /// Id for revoking it.
    pub id: i64,
    /// When it began.
    pub creada: String,
    /// When it was last used.
    pub usada: String,
    /// When it ends.
    pub caduca: String,
    /// From where.
    pub direccion: String,
    /// What it said it was.
    pub dispositivo: String,
    /// Whether it is the one that asks.
    pub actual: bool,
}

/// An entidad of this person, of `GET /entidades`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntidadVista {
    /// Slug.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: EntidadId,
    /// Name for people.
    pub nombre: String,
    /// In the order they are offered.
    pub modelos: Vec<ModeloVista>,
}

/// A modelo one can choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ModeloVista {
    /// Slug.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: ModeloId,
    /// Name for people.
    pub nombre: String,
}
