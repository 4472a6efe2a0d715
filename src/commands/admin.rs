//! `admin`: sets up and looks after a service, on its machine.

use super::{CommandError, Outcome, output, serve, service};
use crate::cli::{AdminArgs, AdminCommand, AuditCommand, ConfigCommand, OriginalsCommand, UserCommand};
use server::Settings;
use server::admin::{self, Change, NewUser};
use server::store::Db;
use std::path::Path;

/// Does what is said on the data folder of the settings.
pub async fn run(args: AdminArgs) -> Outcome {
    let settings = serve::settings(&args.config)?;
    let json = args.json;
    let said = match args.command {
        AdminCommand::Init { user } => init(&settings, &args.config, user).await?,
        AdminCommand::Config { command } => return config(&settings, command, json).await,
        AdminCommand::User { command: UserCommand::List } => return list(&open(&settings).await?, json).await,
        AdminCommand::User { command } => user(&settings, &open(&settings).await?, command).await?,
        AdminCommand::Audit { command: AuditCommand::Verify } => verify(&open(&settings).await?).await?,
        AdminCommand::Originals { command: OriginalsCommand::Verify } => return originals(&settings, json).await,
        AdminCommand::Originals { command: OriginalsCommand::Clean } => clean(&settings).await?,
        AdminCommand::Backup { folder } => {
            admin::backup(&settings, &folder).await?;
            format!("Copia hecha en {}.", folder.display())
        }
        AdminCommand::Restore { folder } => {
            admin::restore(&settings, &folder).await?;
            format!("Copia devuelta a {}.", settings.datos.display())
        }
    };
    output::said(json, &said)
}

/// Said where a service should be and is none.
pub fn no_service(settings: &Settings) -> String {
    format!("No hay ningún servicio en {}: empiece por «expedientes admin init».", settings.datos.display())
}

/// What a command has to say when it is done.
type Said = Result<String, CommandError>;

async fn open(settings: &Settings) -> Result<Db, CommandError> {
    let file = settings.database_file();
    if !file.exists() {
        return Err(CommandError::Usage(no_service(settings)));
    }
    Ok(server::open(&file).await?)
}

async fn init(settings: &Settings, file: &Path, usuario: String) -> Said {
    admin::init(settings).await?;
    let db = open(settings).await?;
    let clave = password(&usuario)?;
    let nuevo = NewUser {
        nombre: "Administrador".to_owned(),
        rol: domain::Rol::Administrador,
        equipo: None,
        entidades: Vec::new(),
        clave,
        usuario: usuario.clone(),
    };
    admin::add_user(&db, nuevo).await?;
    let folder = settings.config_folder();
    let folder = std::path::absolute(&folder).unwrap_or(folder);
    Ok(format!(
        "Hecho. El primer usuario es «{usuario}», administrador, con la clave que ha puesto.\n\
         La configuración está en {folder}: ajuste entidades.toml y modelos/, y póngala en vigor con\n  \
         expedientes admin --config {file} config apply",
        folder = folder.display(),
        file = file.display()
    ))
}

async fn config(settings: &Settings, command: ConfigCommand, json: bool) -> Outcome {
    let folder = settings.config_folder();
    if !folder.exists() {
        return Err(CommandError::Usage(no_service(settings)));
    }
    let loaded = server::config::load(&folder).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        CommandError::Refused(lines.join("\n"))
    })?;
    if matches!(command, ConfigCommand::Check) {
        return output::said(json, "La configuración está bien.");
    }
    let db = open(settings).await?;
    let current = server::config::current(&db).await.map_err(anyhow::Error::from)?;
    let changes = server::config::diff(&current, &loaded);
    let mut version = current.version;
    if matches!(command, ConfigCommand::Apply) && !changes.is_empty() {
        version =
            server::config::apply(&db, &loaded).await.map_err(|error| CommandError::Refused(error.to_string()))?;
    }
    if json {
        return output::json(&serde_json::json!({ "version": version, "cambios": changes }));
    }
    if changes.is_empty() {
        return output::text_line("Nada cambia.");
    }
    if version != current.version {
        output::text_line(&format!("En vigor la versión {version}:"))?;
    }
    changes.iter().try_for_each(|line| output::text_line(&format!("  {line}")))
}

async fn user(settings: &Settings, db: &Db, command: UserCommand) -> Said {
    match command {
        UserCommand::List => {}
        UserCommand::Add(person) => {
            let teams = admin::list_teams(db).await?;
            let (Some(nombre), Some(rol)) = (person.nombre, person.rol.as_deref()) else {
                return Err(CommandError::Usage("Faltan el nombre o el rol: dígalos con --nombre y --rol.".to_owned()));
            };
            let rol = self::rol(rol)?;
            let clave = password(&person.user)?;
            let (equipo, entidades) = (person.equipo.clone(), person.entidades);
            admin::add_user(db, NewUser { usuario: person.user, nombre, rol, equipo, entidades, clave }).await?;
            return Ok(done_in_team(person.equipo.as_deref(), &teams));
        }
        UserCommand::Set { person, sin_equipo } => {
            let teams = admin::list_teams(db).await?;
            let change = Change {
                nombre: person.nombre,
                rol: person.rol.as_deref().map(rol).transpose()?,
                equipo: person.equipo.clone(),
                sin_equipo,
                entidades: (!person.entidades.is_empty()).then_some(person.entidades),
            };
            if change == Change::default() {
                return Err(CommandError::Usage(
                    "No ha dicho qué cambiar: use --nombre, --rol, --equipo, --sin-equipo o --entidad.".to_owned(),
                ));
            }
            admin::change_user(db, &person.user, &change).await?;
            return Ok(done_in_team(person.equipo.as_deref(), &teams));
        }
        UserCommand::Password { user } => admin::set_password(db, &user, &password(&user)?).await?,
        UserCommand::Totp { user, off: true } => admin::disable_totp(db, &user).await?,
        UserCommand::Totp { user, off: false } => return Ok(admin::enable_totp(db, &user, &settings.nombre).await?),
        UserCommand::Disable { user } => admin::set_active(db, &user, false).await?,
        UserCommand::Enable { user } => admin::set_active(db, &user, true).await?,
    }
    Ok("Hecho.".to_owned())
}

/// Teams are made by naming them: a new one is said, for it may be one that was mistyped.
fn done_in_team(equipo: Option<&str>, before: &[String]) -> String {
    match equipo.filter(|equipo| !before.iter().any(|known| known == equipo)) {
        None => "Hecho.".to_owned(),
        Some(equipo) if before.is_empty() => format!("Hecho. «{equipo}» es el primer equipo."),
        Some(equipo) => format!("Hecho. El equipo «{equipo}» es nuevo; los demás son: {}.", before.join(", ")),
    }
}

fn rol(text: &str) -> Result<domain::Rol, CommandError> {
    text.parse().map_err(|()| {
        let known: Vec<&str> = domain::Rol::ALL.iter().map(|rol| rol.as_str()).collect();
        CommandError::Usage(format!("No hay ningún rol «{text}»; los hay: {}.", known.join(", ")))
    })
}

async fn list(db: &Db, json: bool) -> Outcome {
    let users = admin::list_users(db).await?;
    if json {
        let each = |user: &admin::User| {
            serde_json::json!({
                "usuario": user.usuario,
                "nombre": user.nombre,
                "rol": user.rol.as_str(),
                "equipo": user.equipo,
                "entidades": user.entidades,
                "activo": user.activo,
            })
        };
        return output::json(&users.iter().map(each).collect::<Vec<_>>());
    }
    let rows = users.iter().map(|user| {
        let state = if user.activo { "" } else { "sin acceso" };
        let team = user.equipo.clone().unwrap_or_default();
        vec![
            user.usuario.clone(),
            user.nombre.clone(),
            user.rol.as_str().to_owned(),
            team,
            user.entidades.join(" "),
            state.to_owned(),
        ]
    });
    output::table(&rows.collect::<Vec<_>>())
}

async fn verify(db: &Db) -> Said {
    match admin::audit_verify(db).await? {
        Ok(records) => Ok(format!("La auditoría está entera: {records} asientos.")),
        Err(broken) => Err(CommandError::Refused(format!("La auditoría NO está entera: {broken}."))),
    }
}

/// Reads every original; those that are not what they were are listed, and the exit code says so.
async fn originals(settings: &Settings, json: bool) -> Outcome {
    let db = open(settings).await?;
    let found = admin::verify_originals(settings, &db).await?;
    let wrong = found.missing.iter().map(|one| ("falta", one)).chain(found.changed.iter().map(|one| ("cambiado", one)));
    let wrong: Vec<(&str, &admin::Original)> = wrong.collect();
    if json {
        let each = |(state, one): &(&str, &admin::Original)| serde_json::json!({ "estado": state, "sha256": one.sum.to_string(), "expediente": one.numero, "nombre": one.nombre });
        let list: Vec<serde_json::Value> = wrong.iter().map(each).collect();
        output::json(&serde_json::json!({ "enteros": found.whole, "mal": list }))?;
    } else if wrong.is_empty() {
        return output::text_line(&format!("Los originales están enteros: {}.", found.whole));
    } else {
        for (state, one) in &wrong {
            output::text_line(&format!("{state} {} · {} · {}", one.sum, one.numero, one.nombre))?;
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(CommandError::Refused(format!(
        "{} originales enteros; los que se han dicho ({}) NO: devuélvalos de una copia, o suba otra vez esos documentos.",
        found.whole,
        wrong.len()
    )))
}

async fn clean(settings: &Settings) -> Said {
    let removed = admin::remove_orphans(settings, &open(settings).await?, std::time::SystemTime::now()).await?;
    Ok(format!("Quitados {} sobrantes, {} bytes.", removed.originals, removed.bytes))
}

fn password(user: &str) -> Result<String, CommandError> {
    match service::scripted_password() {
        Some(clave) => Ok(clave),
        None => service::ask(&format!("Clave para {user}: "), true, service::NO_PASSWORD),
    }
}

impl From<server::AppError> for CommandError {
    fn from(error: server::AppError) -> Self {
        let error = match error {
            server::AppError::Internal(cause) => return Self::from(cause),
            server::AppError::Io(cause) => return Self::from(cause),
            server::AppError::Db(cause) => {
                return Self::Refused(format!("La base de datos: {}.", server::store::mistake::told(&cause)));
            }
            other => other,
        };
        let problem = error.problem();
        // A fault of this machine has no log to be looked up in: its cause is told.
        match problem.detail {
            Some(detail) if problem.status < 500 => Self::Refused(detail),
            _ => Self::Refused(error.to_string()),
        }
    }
}
