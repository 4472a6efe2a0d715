//! What the service says of itself, without a session: `GET /servidor`; and the modelo's definition: `GET /modelos/{id}`.

use serde::{Deserialize, Serialize};

/// Answer of `GET /servidor`. Clients go by capabilities, never by version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Servidor {
    /// Name of the house, for the sign-in screen.
    pub nombre: String,
    /// Program version, for support.
    pub version: String,
    /// What it can do: `subidas`, `eventos`, `vista-previa`, `totp`…
    pub capacidades: Vec<String>,
    /// Largest upload in bytes.
    pub max_subida: u64,
    /// In a demo: the users that can be signed in with one key. Empty everywhere else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub demo: Vec<UsuarioDemo>,
}

/// A user the demo offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsuarioDemo {
    /// User name.
    pub usuario: String,
    /// Its password, no secret.
    pub clave: String,
    /// Full name.
    pub nombre: String,
    /// Role.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub rol: domain::Rol,
}

/// Answer of `GET /modelos/{id}`: the definition without the fields this person may not see, and who can be named in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ModeloDefinicion {
    /// Version of the configuration it comes from.
    pub version: i64,
    /// Fases, document types and index fields.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub modelo: domain::Modelo,
    /// Asesores within this person's scope: for completion and new expedientes.
    pub asesores: Vec<PersonaBreve>,
}

/// A person by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonaBreve {
    /// User name.
    pub usuario: String,
    /// Full name.
    pub nombre: String,
}
