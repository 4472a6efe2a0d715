//! Roles and what each may do. `docs/permisos.md` is generated from [`Rol::puede`].

use serde::{Deserialize, Serialize};

/// A role of the house. The external gestoría is none of them: it comes in by a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rol {
    /// Asesor de ventas: own expedientes.
    Asesor,
    /// Jefe de ventas: the expedientes of their team.
    JefeVentas,
    /// Administrativo: every expediente of their entidades.
    Administrativo,
    /// Administrador: configuration, users and audit; no business step.
    Administrador,
    /// Soporte: what they are let into, read-only, every look audited.
    Soporte,
}

/// Something a person may or may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Permiso {
    /// See expedientes, their documents and history, within the scope.
    Ver,
    /// See margin, cost and campaign fields.
    VerMargen,
    /// Open a new expediente.
    Crear,
    /// Change index fields, and undo such a change.
    EditarIndice,
    /// Write notes and avisos.
    Anotar,
    /// Add documents and new versions of them.
    Subir,
    /// Give a document another name or type.
    EditarDocumento,
    /// Validate or reject a document.
    Revisar,
    /// Delete a document (kept, recoverable) and bring it back.
    Borrar,
    /// Move to the next fase when nothing is missing.
    Avanzar,
    /// Move back a fase, with a reason.
    Retroceder,
    /// Move on although something is missing, with a reason.
    Forzar,
    /// Close an expediente, or open a closed one again.
    Cerrar,
    /// Read the audit trail.
    Auditar,
    /// Manage users and configuration.
    Configurar,
}

impl Rol {
    /// All roles.
    pub const ALL: [Self; 5] =
        [Self::Asesor, Self::JefeVentas, Self::Administrativo, Self::Administrador, Self::Soporte];

    /// The word on the wire and in configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asesor => "asesor",
            Self::JefeVentas => "jefe-ventas",
            Self::Administrativo => "administrativo",
            Self::Administrador => "administrador",
            Self::Soporte => "soporte",
        }
    }

    /// Whether this role may do that at all. Which expedientes it may do it on is the [`crate::Scope`]'s matter.
    pub fn puede(self, permiso: Permiso) -> bool {
        use Permiso::*;
        match self {
            Self::Asesor => {
                matches!(permiso, Ver | Crear | EditarIndice | Anotar | Subir | EditarDocumento | Avanzar)
            }
            Self::JefeVentas => !matches!(permiso, Revisar | Auditar | Configurar),
            Self::Administrativo => matches!(
                permiso,
                Ver | Crear | EditarIndice | Anotar | Subir | EditarDocumento | Revisar | Borrar | Avanzar | Retroceder
            ),
            Self::Administrador => matches!(permiso, Auditar | Configurar),
            Self::Soporte => permiso == Ver,
        }
    }
}

impl std::str::FromStr for Rol {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|r| r.as_str() == text).ok_or(())
    }
}

impl Permiso {
    /// All of them, in the order of the generated table.
    pub const ALL: [Self; 15] = [
        Self::Ver,
        Self::VerMargen,
        Self::Crear,
        Self::EditarIndice,
        Self::Anotar,
        Self::Subir,
        Self::EditarDocumento,
        Self::Revisar,
        Self::Borrar,
        Self::Avanzar,
        Self::Retroceder,
        Self::Forzar,
        Self::Cerrar,
        Self::Auditar,
        Self::Configurar,
    ];
}
