//! Signing in and out.

use super::Actor;
use crate::auth::attempts::Attempt;
use crate::auth::{token, totp};
use crate::state::rfc3339;
use crate::store::audit::{self, Registro};
use crate::store::sesiones::{self, Nueva};
use crate::store::usuarios::{self, UsuarioRow};
use crate::{AppError, AppResult, AppState};
use api::problem::CampoMalo;
use api::sesion::{Credenciales, Persona, SesionNueva, SesionVista};
use api::{Codigo, Problem};
use domain::texto::clean_line;
use domain::{Permiso, Rol, UsuarioId};
use std::time::Duration;

/// Longest device name kept, in characters.
const DEVICE_MAX: usize = 80;
/// Who tried, in the audit trail, when there is no such user.
const NOBODY: &str = "?";
/// How often a session's last use is written down, in milliseconds.
const TOUCH_EVERY: i64 = 60_000;
/// How long a request waits for that to be written.
const TOUCH_WAITS: Duration = Duration::from_millis(500);

/// Signs in: attempt limits, password, second factor; then a session.
pub async fn sign_in(state: &AppState, c: Credenciales, address: &str, peticion: &str) -> AppResult<SesionNueva> {
    let now = state.clock.now_ms();
    let usuario = c.usuario.trim().to_lowercase();
    let attempt = Attempt::new(&usuario, address, state.settings.intentos);
    let row = {
        let mut conn = state.db.read().await?;
        attempt.allowed(&mut conn, now).await?;
        usuarios::find(&mut conn, &usuario).await?
    };
    let known = row.as_ref().map(|row| row.usuario.clone());
    let refuse = async |error| refuse(state, &attempt, known.as_deref(), peticion, error).await;
    let row = row.filter(|row| row.activo);
    let fits = state.passwords().check(c.clave, row.as_ref().map(|row| row.clave.clone())).await?;
    let Some(row) = row.filter(|_| fits) else {
        return Err(refuse(wrong()).await);
    };
    let step = match second_factor(&row, c.codigo.as_deref(), now) {
        Ok(step) => step,
        Err(error @ AppError::Refused(_)) if c.codigo.is_some() => {
            return Err(refuse(error).await);
        }
        Err(error) => return Err(error),
    };
    let mut tx = state.db.write().await?;
    // Again, for others may have failed while this one was being checked: guesses at the same time do not get past the limit.
    attempt.allowed(&mut tx, now).await?;
    if let Some(step) = step
        && !usuarios::use_totp_step(&mut tx, row.id, step, totp::AHEAD).await?
    {
        drop(tx);
        return Err(refuse(wrong_code()).await);
    }
    attempt.succeeded(&mut tx).await?;
    let fresh = token::fresh();
    let caduca = now + lifetime(state);
    let dispositivo: String = clean_line(&c.dispositivo.unwrap_or_default()).chars().take(DEVICE_MAX).collect();
    let nueva = Nueva {
        token_sha256: &fresh.sha256,
        usuario_id: row.id,
        ahora: now,
        caduca,
        direccion: address,
        dispositivo: &dispositivo,
    };
    sesiones::insert(&mut tx, &nueva).await?;
    record(&mut tx, now, Some(row.id), &row.usuario, "sesion-iniciada", peticion).await?;
    tx.commit().await?;
    Ok(SesionNueva { token: fresh.token, caduca: rfc3339(caduca), persona: persona(&row)? })
}

fn lifetime(state: &AppState) -> i64 {
    i64::from(state.settings.horas_sesion) * 3_600_000
}

fn wrong() -> AppError {
    AppError::refused(Codigo::CredencialesMalas, "El usuario o la clave no son correctos; revíselos.")
}

/// Names the field: the password was right, and need not be typed again.
fn wrong_code() -> AppError {
    let mensaje = "El código no es correcto o ya se usó; escriba el que muestra ahora su autenticador.".to_owned();
    let mut problem = Problem::new(Codigo::CredencialesMalas, mensaje.clone());
    problem.campos = vec![CampoMalo { campo: "codigo".to_owned(), mensaje }];
    AppError::Refused(Box::new(problem))
}

/// The step of the one-time code; none for people without a second factor.
fn second_factor(row: &UsuarioRow, codigo: Option<&str>, now: i64) -> AppResult<Option<i64>> {
    let Some(secret) = &row.totp else { return Ok(None) };
    let Some(codigo) = codigo else {
        return Err(AppError::refused(Codigo::CodigoRequerido, "Escriba también el código de su autenticador."));
    };
    totp::step_of(secret, codigo, now)?.map(Some).ok_or_else(wrong_code)
}

/// Counts a failed attempt, and says so in the audit trail: by whom only if there is such a user, for people type passwords there.
async fn refuse(state: &AppState, attempt: &Attempt, known: Option<&str>, peticion: &str, error: AppError) -> AppError {
    let now = state.clock.now_ms();
    let counted: AppResult<()> = async {
        let mut tx = state.db.write().await?;
        attempt.allowed(&mut tx, now).await?;
        attempt.failed(&mut tx, now).await?;
        record(&mut tx, now, None, known.unwrap_or(NOBODY), "sesion-rechazada", peticion).await?;
        Ok(tx.commit().await?)
    }
    .await;
    counted.err().unwrap_or(error)
}

async fn record(
    tx: &mut crate::store::Tx,
    cuando: i64,
    usuario_id: Option<i64>,
    quien: &str,
    accion: &str,
    peticion: &str,
) -> AppResult<()> {
    let registro = Registro {
        cuando,
        usuario_id,
        quien,
        accion,
        expediente_id: None,
        documento_id: None,
        peticion,
        detalle: "{}",
    };
    audit::append(tx, &registro).await?;
    Ok(())
}

fn persona(row: &UsuarioRow) -> AppResult<Persona> {
    let rol: Rol = row.rol.parse().map_err(|()| anyhow::anyhow!("unknown role in the database"))?;
    Ok(persona_of(UsuarioId(row.id), &row.usuario, &row.nombre, rol))
}

fn persona_of(id: UsuarioId, usuario: &str, nombre: &str, rol: Rol) -> Persona {
    let permisos = Permiso::ALL.into_iter().filter(|permiso| rol.puede(*permiso)).collect();
    Persona { id, usuario: usuario.to_owned(), nombre: nombre.to_owned(), rol, permisos }
}

/// Who has this session.
pub fn who(actor: &Actor) -> Persona {
    persona_of(actor.id, &actor.usuario, &actor.nombre, actor.rol)
}

/// Keeps a session that is used alive; writes at most once a minute. `usada` is when it was last written. Where nothing can be written
/// just now people can still read: the next request tries again.
pub async fn touch(state: &AppState, sesion: i64, usada: i64) {
    let now = state.clock.now_ms();
    // A use noted for later was noted by a clock that ran ahead.
    if (now - usada).abs() < TOUCH_EVERY {
        return;
    }
    let writing = async {
        let mut tx = state.db.write().await?;
        sesiones::touch(&mut tx, sesion, now, now + lifetime(state)).await?;
        tx.commit().await
    };
    match tokio::time::timeout(TOUCH_WAITS, writing).await {
        Ok(Ok(())) => {}
        Ok(Err(cause)) => tracing::warn!(%cause, "use of a session not written down"),
        Err(_) => tracing::debug!("use of a session not written down: others are writing"),
    }
}

/// Ends the session that asks.
pub async fn sign_out(state: &AppState, actor: &Actor) -> AppResult<()> {
    revoke(state, actor, actor.sesion).await
}

/// Open sessions of the person who asks.
pub async fn list(state: &AppState, actor: &Actor) -> AppResult<Vec<SesionVista>> {
    let mut conn = state.db.read().await?;
    let rows = sesiones::of_usuario(&mut conn, actor.id.0, state.clock.now_ms()).await?;
    let vista = |row: sesiones::SesionRow| SesionVista {
        id: row.id,
        creada: rfc3339(row.creada),
        usada: rfc3339(row.usada),
        caduca: rfc3339(row.caduca),
        direccion: row.direccion,
        dispositivo: row.dispositivo,
        actual: row.id == actor.sesion,
    };
    Ok(rows.into_iter().map(vista).collect())
}

/// Ends one of the person's own sessions.
pub async fn revoke(state: &AppState, actor: &Actor, id: i64) -> AppResult<()> {
    let now = state.clock.now_ms();
    let mut tx = state.db.write().await?;
    if !sesiones::delete(&mut tx, actor.id.0, id).await? {
        return Err(AppError::not_found("esa sesión"));
    }
    record(&mut tx, now, Some(actor.id.0), &actor.usuario, "sesion-cerrada", &actor.peticion).await?;
    Ok(tx.commit().await?)
}
