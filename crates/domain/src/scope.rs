//! Which expedientes a person sees. Built once per request from the session; every read takes it.

use crate::{EntidadId, EquipoId, Permiso, Rol, UsuarioId};

/// The part of the world one person may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Only expedientes of these entidades.
    pub entidades: Vec<EntidadId>,
    /// Within them, which expedientes.
    pub cuales: Cuales,
    /// Whether margin, cost and campaign fields are left out of every answer.
    pub oculta_margen: bool,
}

/// Which expedientes within the entidades.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cuales {
    /// All of them (administrativo, soporte).
    Todos,
    /// Those of the asesores of this team (jefe de ventas).
    Equipo(EquipoId),
    /// Those of this asesor.
    Propios(UsuarioId),
    /// None (administrador: no business step by default).
    Ninguno,
}

impl Scope {
    /// The scope of a person with this role. A jefe without a team sees none.
    pub fn new(rol: Rol, usuario: UsuarioId, equipo: Option<EquipoId>, entidades: Vec<EntidadId>) -> Self {
        let cuales = match rol {
            Rol::Asesor => Cuales::Propios(usuario),
            Rol::JefeVentas => equipo.map_or(Cuales::Ninguno, Cuales::Equipo),
            Rol::Administrativo | Rol::Soporte => Cuales::Todos,
            Rol::Administrador => Cuales::Ninguno,
        };
        Self { entidades, cuales, oculta_margen: !rol.puede(Permiso::VerMargen) }
    }

    /// Whether this person may work in that entidad.
    pub fn has_entidad(&self, entidad: &EntidadId) -> bool {
        self.entidades.contains(entidad)
    }
}
