//! Sessions, and failed attempts.

use super::Tx;
use sqlx::SqliteConnection;

/// Whose session a token is: one query for each request.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SesionActiva {
    /// Session.
    pub sesion: i64,
    /// Person.
    pub id: i64,
    /// User name.
    pub usuario: String,
    /// Full name.
    pub nombre: String,
    /// Role.
    pub rol: String,
    /// Team.
    pub equipo_id: Option<i64>,
    /// When it was last used, milliseconds since 1970.
    pub usada: i64,
    /// Entidades, JSON array.
    pub entidades: String,
}

/// A session of the list.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SesionRow {
    /// Id.
    pub id: i64,
    /// When it began.
    pub creada: i64,
    /// When it was last used.
    pub usada: i64,
    /// When it ends.
    pub caduca: i64,
    /// From where.
    pub direccion: String,
    /// What it said it was.
    pub dispositivo: String,
}

/// A new session.
#[derive(Debug, Clone)]
pub struct Nueva<'a> {
    /// SHA-256 of the token.
    pub token_sha256: &'a [u8],
    /// Person.
    pub usuario_id: i64,
    /// Now.
    pub ahora: i64,
    /// When it ends.
    pub caduca: i64,
    /// From where.
    pub direccion: &'a str,
    /// What it said it was.
    pub dispositivo: &'a str,
}

macro_rules! select_active {
    ($which:literal) => {
        concat!(
            "SELECT s.id AS sesion, u.id, u.usuario, u.nombre, u.rol, u.equipo_id, s.usada,
                    (SELECT json_group_array(entidad ORDER BY entidad) FROM usuario_entidad WHERE usuario_id = u.id) AS entidades
             FROM sesion s JOIN usuario u ON u.id = s.usuario_id
             WHERE s.caduca > ?1 AND u.activo = 1 AND ",
            $which
        )
    };
}

/// The session of a token, if it has not expired and its person may sign in.
pub async fn active(
    conn: &mut SqliteConnection,
    token_sha256: &[u8],
    now: i64,
) -> Result<Option<SesionActiva>, sqlx::Error> {
    sqlx::query_as(select_active!("s.token_sha256 = ?2")).bind(now).bind(token_sha256).fetch_optional(conn).await
}

/// Likewise, by the session's id.
pub async fn active_by_id(conn: &mut SqliteConnection, id: i64, now: i64) -> Result<Option<SesionActiva>, sqlx::Error> {
    sqlx::query_as(select_active!("s.id = ?2")).bind(now).bind(id).fetch_optional(conn).await
}

/// Inserts a session; answers its id.
pub async fn insert(tx: &mut Tx, nueva: &Nueva<'_>) -> Result<i64, sqlx::Error> {
    let done = sqlx::query(
        "INSERT INTO sesion (token_sha256, usuario_id, creada, usada, caduca, direccion, dispositivo) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(nueva.token_sha256)
    .bind(nueva.usuario_id)
    .bind(nueva.ahora)
    .bind(nueva.ahora)
    .bind(nueva.caduca)
    .bind(nueva.direccion)
    .bind(nueva.dispositivo)
    .execute(&mut **tx)
    .await?;
    Ok(done.last_insert_rowid())
}

/// Used just now: it lasts longer.
pub async fn touch(tx: &mut Tx, id: i64, now: i64, caduca: i64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE sesion SET usada = ?, caduca = ? WHERE id = ?")
        .bind(now)
        .bind(caduca)
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Open sessions of a person, last used first.
pub async fn of_usuario(conn: &mut SqliteConnection, usuario_id: i64, now: i64) -> Result<Vec<SesionRow>, sqlx::Error> {
    sqlx::query_as(
        "SELECT id, creada, usada, caduca, direccion, dispositivo FROM sesion WHERE usuario_id = ? AND caduca > ? ORDER BY usada DESC, id",
    )
    .bind(usuario_id)
    .bind(now)
    .fetch_all(conn)
    .await
}

/// Ends a session of that person; `false` when there is none.
pub async fn delete(tx: &mut Tx, usuario_id: i64, id: i64) -> Result<bool, sqlx::Error> {
    let done = sqlx::query("DELETE FROM sesion WHERE id = ? AND usuario_id = ?")
        .bind(id)
        .bind(usuario_id)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends all sessions of a person.
pub async fn delete_all(tx: &mut Tx, usuario_id: i64) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM sesion WHERE usuario_id = ?").bind(usuario_id).execute(&mut **tx).await?;
    Ok(())
}

/// Forgets sessions and attempts that ended before `now`.
pub async fn purge(tx: &mut Tx, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM sesion WHERE caduca <= ?").bind(now).execute(&mut **tx).await?;
    sqlx::query("DELETE FROM intento WHERE hasta <= ?").bind(now - 86_400_000).execute(&mut **tx).await?;
    Ok(())
}

/// Failed attempts in a row under a key, and until when it has to wait.
pub async fn attempts(conn: &mut SqliteConnection, clave: &str) -> Result<Option<(i64, i64)>, sqlx::Error> {
    sqlx::query_as("SELECT fallos, hasta FROM intento WHERE clave = ?").bind(clave).fetch_optional(conn).await
}

/// Sets them.
pub async fn set_attempts(tx: &mut Tx, clave: &str, fallos: i64, hasta: i64) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO intento (clave, fallos, hasta) VALUES (?, ?, ?)
         ON CONFLICT (clave) DO UPDATE SET fallos = excluded.fallos, hasta = excluded.hasta",
    )
    .bind(clave)
    .bind(fallos)
    .bind(hasta)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A sign-in that went well: starts counting afresh.
pub async fn clear_attempts(tx: &mut Tx, clave: &str) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM intento WHERE clave = ?").bind(clave).execute(&mut **tx).await?;
    Ok(())
}
