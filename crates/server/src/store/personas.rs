//! People as expedientes know them: their asesores, and who sees them.

use super::expedientes::{ExpedienteRow, is_within};
use domain::scope::Cuales;
use domain::texto::fold;
use domain::{EntidadId, EquipoId, Permiso, Rol, Scope, UsuarioId};
use sqlx::SqliteConnection;

/// A person who has expedientes.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Asesor {
    /// Id.
    pub id: i64,
    /// User name.
    pub usuario: String,
    /// Full name.
    pub nombre: String,
    /// Team.
    pub equipo_id: Option<i64>,
}

/// Active asesores within the scope that work in one of the entidades, by user name.
pub async fn asesores(
    conn: &mut SqliteConnection,
    scope: &Scope,
    entidades: &[EntidadId],
) -> Result<Vec<Asesor>, sqlx::Error> {
    let (equipo, persona) = match scope.cuales {
        Cuales::Todos => (None, None),
        Cuales::Equipo(equipo) => (Some(equipo.0), None),
        Cuales::Propios(persona) => (None, Some(persona.0)),
        Cuales::Ninguno => return Ok(Vec::new()),
    };
    let within: Vec<&EntidadId> = entidades.iter().filter(|e| scope.has_entidad(e)).collect();
    sqlx::query_as(
        "SELECT u.id, u.usuario, u.nombre, u.equipo_id FROM usuario u
         WHERE u.rol = 'asesor' AND u.activo = 1 AND (?1 IS NULL OR u.equipo_id = ?1) AND (?2 IS NULL OR u.id = ?2)
           AND EXISTS (SELECT 1 FROM usuario_entidad ue WHERE ue.usuario_id = u.id AND ue.entidad IN (SELECT value FROM json_each(?3)))
         ORDER BY u.usuario",
    )
    .bind(equipo)
    .bind(persona)
    .bind(serde_json::json!(within).to_string())
    .fetch_all(conn)
    .await
}

/// A person who may be told to do something about an expediente.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Persona {
    /// Id.
    pub id: i64,
    /// User name.
    pub usuario: String,
    /// Full name.
    pub nombre: String,
    /// Role.
    pub rol: Rol,
}

/// Active people who see an expediente and may write in it, by full name. Whoever calls has found it in a scope.
pub async fn who_see(conn: &mut SqliteConnection, row: &ExpedienteRow) -> Result<Vec<Persona>, sqlx::Error> {
    let people: Vec<(i64, String, String, String, Option<i64>)> = sqlx::query_as(
        "SELECT u.id, u.usuario, u.nombre, u.rol, u.equipo_id FROM usuario_entidad ue CROSS JOIN usuario u ON u.id = ue.usuario_id
         WHERE ue.entidad = ? AND u.activo = 1",
    )
    .bind(&row.entidad)
    .fetch_all(conn)
    .await?;
    let sees = |(id, usuario, nombre, rol, equipo): (i64, String, String, String, Option<i64>)| {
        let rol: Rol = rol.parse().ok()?;
        let scope = Scope::new(rol, UsuarioId(id), equipo.map(EquipoId), vec![row.entidad()]);
        let may = rol.puede(Permiso::Anotar) && is_within(&scope, row);
        may.then_some(Persona { id, usuario, nombre, rol })
    };
    let mut found: Vec<Persona> = people.into_iter().filter_map(sees).collect();
    found.sort_by_cached_key(|person| (fold(&person.nombre), person.id));
    Ok(found)
}

/// Everybody who may be the asesor of an expediente, also those who have left: for the search term `asesor:`.
pub async fn all(conn: &mut SqliteConnection) -> Result<Vec<Asesor>, sqlx::Error> {
    sqlx::query_as("SELECT id, usuario, nombre, equipo_id FROM usuario ORDER BY id").fetch_all(conn).await
}

/// Full name of a person.
pub async fn nombre(conn: &mut SqliteConnection, id: i64) -> Result<String, sqlx::Error> {
    let nombre: Option<String> =
        sqlx::query_scalar("SELECT nombre FROM usuario WHERE id = ?").bind(id).fetch_optional(conn).await?;
    Ok(nombre.unwrap_or_default())
}
