//! People who sign in.

use super::Tx;
use sqlx::SqliteConnection;

/// A person as signing in needs them.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct UsuarioRow {
    /// Id.
    pub id: i64,
    /// User name.
    pub usuario: String,
    /// Full name.
    pub nombre: String,
    /// Role, as in configuration.
    pub rol: String,
    /// Argon2id hash, PHC format.
    pub clave: String,
    /// Base32 secret of the second factor.
    pub totp: Option<String>,
    /// Last step of the second factor that was used.
    pub totp_paso: i64,
    /// Whether they may sign in.
    pub activo: bool,
    /// Team.
    pub equipo_id: Option<i64>,
}

/// A person as the administrador sees them.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Resumen {
    /// Id.
    pub id: i64,
    /// User name.
    pub usuario: String,
    /// Full name.
    pub nombre: String,
    /// Role.
    pub rol: String,
    /// Team by name.
    pub equipo: Option<String>,
    /// Whether they may sign in.
    pub activo: bool,
}

/// A new person.
#[derive(Debug, Clone)]
pub struct Nuevo<'a> {
    /// User name.
    pub usuario: &'a str,
    /// Full name.
    pub nombre: &'a str,
    /// Role.
    pub rol: &'a str,
    /// Team.
    pub equipo_id: Option<i64>,
    /// Argon2id hash.
    pub clave: &'a str,
    /// Entidades they work in.
    pub entidades: &'a [String],
    /// When, milliseconds since 1970.
    pub creado: i64,
}

/// By user name.
pub async fn find(conn: &mut SqliteConnection, usuario: &str) -> Result<Option<UsuarioRow>, sqlx::Error> {
    sqlx::query_as(
        "SELECT id, usuario, nombre, rol, clave, totp, totp_paso, activo, equipo_id FROM usuario WHERE usuario = ?",
    )
    .bind(usuario)
    .fetch_optional(conn)
    .await
}

/// All, by user name.
pub async fn all(conn: &mut SqliteConnection) -> Result<Vec<Resumen>, sqlx::Error> {
    sqlx::query_as(
        "SELECT u.id, u.usuario, u.nombre, u.rol, e.nombre AS equipo, u.activo
         FROM usuario u LEFT JOIN equipo e ON e.id = u.equipo_id ORDER BY u.usuario",
    )
    .fetch_all(conn)
    .await
}

/// Entidades of a person.
pub async fn entidades(conn: &mut SqliteConnection, id: i64) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar("SELECT entidad FROM usuario_entidad WHERE usuario_id = ? ORDER BY entidad")
        .bind(id)
        .fetch_all(conn)
        .await
}

/// Inserts a person; answers the id.
pub async fn insert(tx: &mut Tx, nuevo: &Nuevo<'_>) -> Result<i64, sqlx::Error> {
    let done =
        sqlx::query("INSERT INTO usuario (usuario, nombre, rol, equipo_id, clave, creado) VALUES (?, ?, ?, ?, ?, ?)")
            .bind(nuevo.usuario)
            .bind(nuevo.nombre)
            .bind(nuevo.rol)
            .bind(nuevo.equipo_id)
            .bind(nuevo.clave)
            .bind(nuevo.creado)
            .execute(&mut **tx)
            .await?;
    let id = done.last_insert_rowid();
    set_entidades(tx, id, nuevo.entidades).await?;
    Ok(id)
}

/// Another role and team.
pub async fn set_puesto(tx: &mut Tx, id: i64, rol: &str, equipo_id: Option<i64>) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE usuario SET rol = ?, equipo_id = ? WHERE id = ?")
        .bind(rol)
        .bind(equipo_id)
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Another full name.
pub async fn set_nombre(tx: &mut Tx, id: i64, nombre: &str) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE usuario SET nombre = ? WHERE id = ?").bind(nombre).bind(id).execute(&mut **tx).await?;
    Ok(())
}

/// Names of the teams there are.
pub async fn equipos(conn: &mut SqliteConnection) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar("SELECT nombre FROM equipo ORDER BY nombre").fetch_all(conn).await
}

/// The entidades they work in, instead of those they had.
pub async fn set_entidades(tx: &mut Tx, id: i64, entidades: &[String]) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM usuario_entidad WHERE usuario_id = ?").bind(id).execute(&mut **tx).await?;
    for entidad in entidades {
        sqlx::query("INSERT INTO usuario_entidad (usuario_id, entidad) VALUES (?, ?)")
            .bind(id)
            .bind(entidad)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// The team of that name, made when it is not there.
pub async fn ensure_equipo(tx: &mut Tx, nombre: &str) -> Result<i64, sqlx::Error> {
    sqlx::query("INSERT INTO equipo (nombre) VALUES (?) ON CONFLICT (nombre) DO NOTHING")
        .bind(nombre)
        .execute(&mut **tx)
        .await?;
    sqlx::query_scalar("SELECT id FROM equipo WHERE nombre = ?").bind(nombre).fetch_one(&mut **tx).await
}

/// Another password.
pub async fn set_clave(tx: &mut Tx, id: i64, clave: &str) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE usuario SET clave = ? WHERE id = ?").bind(clave).bind(id).execute(&mut **tx).await?;
    Ok(())
}

/// A second factor, or none.
pub async fn set_totp(tx: &mut Tx, id: i64, secret: Option<&str>) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE usuario SET totp = ?, totp_paso = 0 WHERE id = ?")
        .bind(secret)
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Remembers the step of a one-time code; `false` when that step, or a later one, was used already. One used more than `ahead` steps
/// later was used while the clock ran ahead, and counts no more.
pub async fn use_totp_step(tx: &mut Tx, id: i64, paso: i64, ahead: i64) -> Result<bool, sqlx::Error> {
    let done =
        sqlx::query("UPDATE usuario SET totp_paso = ?1 WHERE id = ?2 AND (totp_paso < ?1 OR totp_paso > ?1 + ?3)")
            .bind(paso)
            .bind(id)
            .bind(ahead)
            .execute(&mut **tx)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// May sign in, or not.
pub async fn set_activo(tx: &mut Tx, id: i64, activo: bool) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE usuario SET activo = ? WHERE id = ?").bind(activo).bind(id).execute(&mut **tx).await?;
    Ok(())
}
