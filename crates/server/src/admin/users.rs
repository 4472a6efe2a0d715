//! People: added, changed, disabled, given another password or a second factor.

use crate::auth::{password, totp};
use crate::config;
use crate::store::usuarios::{self, Nuevo, UsuarioRow};
use crate::store::{Db, Tx, audit, sesiones};
use crate::{AppError, AppResult};
use api::Codigo;
use api::problem::CampoMalo;
use domain::texto::clean_line;
use domain::{EntidadId, Rol};

/// Shortest password, in characters (NIST SP 800-63B asks for 8; the demo's own are made past this check).
const CLAVE_MIN: usize = 8;

/// A person to add.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// User name: lower-case letters, digits, dots and hyphens.
    pub usuario: String,
    /// Full name.
    pub nombre: String,
    /// Role.
    pub rol: Rol,
    /// Team by name, made when it is not there.
    pub equipo: Option<String>,
    /// Entidades they work in.
    pub entidades: Vec<String>,
    /// Password.
    pub clave: String,
}

/// A person of the list.
#[derive(Debug, Clone)]
pub struct User {
    /// User name.
    pub usuario: String,
    /// Full name.
    pub nombre: String,
    /// Role.
    pub rol: Rol,
    /// Team by name.
    pub equipo: Option<String>,
    /// Entidades they work in.
    pub entidades: Vec<String>,
    /// Whether they may sign in.
    pub activo: bool,
}

/// Adds a person.
pub async fn add_user(db: &Db, new: NewUser) -> AppResult<()> {
    let clave = new.clave.clone();
    check_clave(&clave)?;
    let hash = hash(clave).await?;
    add_users(db, std::slice::from_ref(&new), &hash).await
}

/// Adds people who share one password hash: the demo's.
pub async fn add_users(db: &Db, all: &[NewUser], hash: &str) -> AppResult<()> {
    let now = jiff::Timestamp::now().as_millisecond();
    let entidades: Vec<String> = all.iter().flat_map(|new| new.entidades.iter().cloned()).collect();
    check_entidades(db, &entidades).await?;
    let mut tx = db.write().await?;
    for new in all {
        check(new)?;
        if usuarios::find(&mut tx, &new.usuario).await?.is_some() {
            return Err(wrong("usuario", format!("Ya hay un usuario «{}»: elija otro nombre.", new.usuario)));
        }
        let equipo_id = match &new.equipo {
            Some(equipo) => Some(usuarios::ensure_equipo(&mut tx, equipo).await?),
            None => None,
        };
        let nuevo = Nuevo {
            usuario: &new.usuario,
            nombre: &clean_line(&new.nombre),
            rol: new.rol.as_str(),
            equipo_id,
            clave: hash,
            entidades: &new.entidades,
            creado: now,
        };
        usuarios::insert(&mut tx, &nuevo).await?;
        record(&mut tx, now, "usuario-creado", &new.usuario).await?;
    }
    Ok(tx.commit().await?)
}

fn check(new: &NewUser) -> AppResult<()> {
    let shaped = !new.usuario.is_empty()
        && new.usuario.len() <= 60
        && new.usuario.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'_'));
    if !shaped {
        return Err(wrong(
            "usuario",
            "El usuario sólo lleva minúsculas sin acento, cifras, puntos y guiones.".to_owned(),
        ));
    }
    check_nombre(&new.nombre)?;
    check_team(new.rol.as_str(), new.equipo.is_some())
}

fn check_nombre(nombre: &str) -> AppResult<()> {
    if clean_line(nombre).trim().is_empty() {
        return Err(wrong("nombre", "Falta el nombre completo.".to_owned()));
    }
    Ok(())
}

/// A person of an entidad that is not in force would sign in and find nothing.
async fn check_entidades(db: &Db, wanted: &[String]) -> AppResult<()> {
    let known = config::current(db).await?;
    let Some(unknown) = wanted.iter().find(|id| known.entidad(&EntidadId::from(id.as_str())).is_none()) else {
        return Ok(());
    };
    let ids: Vec<&str> = known.entidades.iter().map(|entidad| entidad.id.as_str()).collect();
    let unknown = clean_line(unknown);
    let mensaje = match ids.as_slice() {
        [] => format!(
            "No hay ninguna entidad «{unknown}»: aún no hay ninguna en vigor; póngalas con «expedientes admin config apply»."
        ),
        _ => format!("No hay ninguna entidad «{unknown}» en vigor; las hay: {}.", ids.join(", ")),
    };
    Err(wrong("entidad", mensaje))
}

fn check_team(rol: &str, has_team: bool) -> AppResult<()> {
    if rol == Rol::JefeVentas.as_str() && !has_team {
        return Err(wrong("equipo", "Un jefe de ventas necesita un equipo: dígalo con --equipo.".to_owned()));
    }
    Ok(())
}

fn check_clave(clave: &str) -> AppResult<()> {
    if clave.chars().count() >= CLAVE_MIN {
        return Ok(());
    }
    Err(wrong("clave", format!("La clave ha de tener {CLAVE_MIN} caracteres al menos.")))
}

fn wrong(campo: &str, mensaje: String) -> AppError {
    AppError::invalid(vec![CampoMalo { campo: campo.to_owned(), mensaje }])
}

async fn hash(clave: String) -> AppResult<String> {
    tokio::task::spawn_blocking(move || password::hash(&clave))
        .await
        .map_err(|error| AppError::Internal(error.into()))?
}

/// All, by user name.
pub async fn list_users(db: &Db) -> AppResult<Vec<User>> {
    let mut conn = db.snapshot().await?;
    let mut users = Vec::new();
    for row in usuarios::all(&mut conn).await? {
        let rol = row.rol.parse().map_err(|()| anyhow::anyhow!("unknown role in the database"))?;
        let entidades = usuarios::entidades(&mut conn, row.id).await?;
        users.push(User {
            usuario: row.usuario,
            nombre: row.nombre,
            rol,
            equipo: row.equipo,
            entidades,
            activo: row.activo,
        });
    }
    Ok(users)
}

/// Another password; open sessions end.
pub async fn set_password(db: &Db, usuario: &str, clave: &str) -> AppResult<()> {
    check_clave(clave)?;
    let hash = hash(clave.to_owned()).await?;
    let (mut tx, row) = open(db, usuario).await?;
    usuarios::set_clave(&mut tx, row.id, &hash).await?;
    sesiones::delete_all(&mut tx, row.id).await?;
    finish(tx, "usuario-clave", usuario).await
}

/// The teams there are, by name.
pub async fn list_teams(db: &Db) -> AppResult<Vec<String>> {
    Ok(usuarios::equipos(&mut *db.read().await?).await?)
}

/// A second factor; answers the `otpauth://` address for an authenticator, which shows it under the house's name.
pub async fn enable_totp(db: &Db, usuario: &str, house: &str) -> AppResult<String> {
    let (secret, url) = totp::new_secret(usuario, house);
    let (mut tx, row) = open(db, usuario).await?;
    usuarios::set_totp(&mut tx, row.id, Some(&secret)).await?;
    finish(tx, "usuario-totp", usuario).await?;
    Ok(url)
}

/// No second factor any more: for whoever has lost the authenticator.
pub async fn disable_totp(db: &Db, usuario: &str) -> AppResult<()> {
    let (mut tx, row) = open(db, usuario).await?;
    if row.totp.is_none() {
        return Err(AppError::refused(Codigo::Estado, format!("«{usuario}» no tiene segundo factor.")));
    }
    usuarios::set_totp(&mut tx, row.id, None).await?;
    finish(tx, "usuario-sin-totp", usuario).await
}

/// What is to be different of a person; what is not said stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Full name.
    pub nombre: Option<String>,
    /// Role.
    pub rol: Option<Rol>,
    /// Team by name, made when it is not there.
    pub equipo: Option<String>,
    /// No team any more.
    pub sin_equipo: bool,
    /// Entidades they work in, instead of those they had.
    pub entidades: Option<Vec<String>>,
}

/// Another name, role, team or entidades, from their next request on. Expedientes stay with the team they were opened in.
pub async fn change_user(db: &Db, usuario: &str, change: &Change) -> AppResult<()> {
    check_entidades(db, change.entidades.as_deref().unwrap_or_default()).await?;
    let (mut tx, row) = open(db, usuario).await?;
    let rol = change.rol.map_or(row.rol.as_str(), |rol| rol.as_str());
    let equipo_id = match &change.equipo {
        Some(equipo) => Some(usuarios::ensure_equipo(&mut tx, equipo).await?),
        None => row.equipo_id.filter(|_| !change.sin_equipo),
    };
    check_team(rol, equipo_id.is_some())?;
    if rol != Rol::Administrador.as_str() {
        check_not_last(&mut tx, usuario).await?;
    }
    usuarios::set_puesto(&mut tx, row.id, rol, equipo_id).await?;
    if let Some(nombre) = &change.nombre {
        check_nombre(nombre)?;
        usuarios::set_nombre(&mut tx, row.id, &clean_line(nombre)).await?;
    }
    if let Some(entidades) = &change.entidades {
        usuarios::set_entidades(&mut tx, row.id, entidades).await?;
    }
    finish(tx, "usuario-cambiado", usuario).await
}

/// May sign in, or not; when not, open sessions end.
pub async fn set_active(db: &Db, usuario: &str, activo: bool) -> AppResult<()> {
    let (mut tx, row) = open(db, usuario).await?;
    if !activo {
        check_not_last(&mut tx, usuario).await?;
    }
    usuarios::set_activo(&mut tx, row.id, activo).await?;
    if !activo {
        sesiones::delete_all(&mut tx, row.id).await?;
    }
    finish(tx, if activo { "usuario-activado" } else { "usuario-desactivado" }, usuario).await
}

/// The last administrador who may sign in stays so: nobody else could look after the service from the panes.
async fn check_not_last(tx: &mut Tx, usuario: &str) -> AppResult<()> {
    let all = usuarios::all(tx).await?;
    let mut admins = all.iter().filter(|row| row.activo && row.rol == Rol::Administrador.as_str());
    let is_last = admins.next().is_some_and(|row| row.usuario == usuario) && admins.next().is_none();
    if is_last {
        let mensaje = format!("«{usuario}» es el último administrador: haga antes administrador a otra persona.");
        return Err(AppError::refused(Codigo::Estado, mensaje));
    }
    Ok(())
}

async fn open(db: &Db, usuario: &str) -> AppResult<(Tx, UsuarioRow)> {
    let mut tx = db.write().await?;
    let row = usuarios::find(&mut tx, usuario).await?.ok_or_else(|| {
        let mensaje = format!(
            "No hay ningún usuario «{}»; vea los que hay con «expedientes admin user list».",
            clean_line(usuario)
        );
        AppError::refused(Codigo::NoEncontrado, mensaje)
    })?;
    Ok((tx, row))
}

async fn finish(mut tx: Tx, accion: &str, usuario: &str) -> AppResult<()> {
    record(&mut tx, jiff::Timestamp::now().as_millisecond(), accion, usuario).await?;
    Ok(tx.commit().await?)
}

async fn record(tx: &mut Tx, cuando: i64, accion: &str, usuario: &str) -> AppResult<()> {
    let detalle = serde_json::json!({ "usuario": usuario }).to_string();
    let registro = audit::Registro {
        cuando,
        usuario_id: None,
        quien: audit::CONSOLE,
        accion,
        expediente_id: None,
        documento_id: None,
        peticion: "",
        detalle: &detalle,
    };
    audit::append(tx, &registro).await?;
    Ok(())
}
