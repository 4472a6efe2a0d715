//! `admin`: sets up and looks after a service, on its machine.

use super::{CommandError, Outcome, output, serve, service};
use crate::cli::{AdminArgs, AdminCommand, AuditCommand, ConfigCommand, OriginalsCommand, UserCommand};
use server::Settings;
use server::admin::{self, Change, NewUser};
use server::store::Db;

/// Does what is said on the data folder of the settings.
pub async fn run(args: AdminArgs) -> Outcome {
    let settings = serve::settings(&args.config)?;
    match args.command {
        AdminCommand::Init { user } => init(&settings, user).await,
        AdminCommand::Config { command } => config(&settings, command).await,
        AdminCommand::User { command } => user(&open(&settings).await?, command).await,
        AdminCommand::Audit { command: AuditCommand::Verify } => verify(&open(&settings).await?).await,
        AdminCommand::Originals { command } => originals(&settings, command).await,
        AdminCommand::Backup { folder } => {
            admin::backup(&settings, &folder).await?;
            output::text_line(&format!("Copia hecha en {}.", folder.display()))
        }
        AdminCommand::Restore { folder } => {
            admin::restore(&settings, &folder).await?;
            output::text_line(&format!("Copia devuelta a {}.", settings.datos.display()))
        }
    }
}

async fn open(settings: &Settings) -> Result<Db, CommandError> {
    let file = settings.database_file();
    if !file.exists() {
        return Err(CommandError::Usage(format!(
            "No hay ningún servicio en {}: empiece por «expedientes admin init».",
            settings.datos.display()
        )));
    }
    Ok(Db::open(&file).await.map_err(anyhow::Error::from)?)
}

async fn init(settings: &Settings, user: String) -> Outcome {
    admin::init(settings).await?;
    let db = open(settings).await?;
    let clave = password(&user)?;
    let nuevo = NewUser {
        nombre: "Administrador".to_owned(),
        rol: domain::Rol::Administrador,
        equipo: None,
        entidades: Vec::new(),
        clave,
        usuario: user,
    };
    admin::add_user(&db, nuevo).await.map_err(|error| CommandError::Refused(sentence(&error)))?;
    output::text_line(&format!(
        "Hecho. Ajuste {} y póngala en vigor con «expedientes admin config apply».",
        settings.config_folder().display()
    ))
}

async fn config(settings: &Settings, command: ConfigCommand) -> Outcome {
    let folder = settings.config_folder();
    let loaded = server::config::load(&folder).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        CommandError::Refused(lines.join("\n"))
    })?;
    if matches!(command, ConfigCommand::Check) {
        return output::text_line("La configuración está bien.");
    }
    let db = open(settings).await?;
    let current = server::config::current(&db).await.map_err(anyhow::Error::from)?;
    let changes = server::config::diff(&current, &loaded);
    if changes.is_empty() {
        return output::text_line("Nada cambia.");
    }
    if matches!(command, ConfigCommand::Apply) {
        let version =
            server::config::apply(&db, &loaded).await.map_err(|error| CommandError::Refused(error.to_string()))?;
        output::text_line(&format!("En vigor la versión {version}:"))?;
    }
    changes.iter().try_for_each(|line| output::text_line(&format!("  {line}")))
}

async fn user(db: &Db, command: UserCommand) -> Outcome {
    let done = match command {
        UserCommand::List => return list(db).await,
        UserCommand::Add { user, name, role, team, entidades } => {
            let rol = rol(&role)?;
            let clave = password(&user)?;
            let nuevo = NewUser { usuario: user, nombre: name, rol, equipo: team, entidades, clave };
            admin::add_user(db, nuevo).await
        }
        UserCommand::Password { user } => admin::set_password(db, &user, &password(&user)?).await,
        UserCommand::Change { user, role, team, entidades } => {
            let entidades = (!entidades.is_empty()).then_some(entidades);
            let change = Change { rol: role.as_deref().map(rol).transpose()?, equipo: team, entidades };
            admin::change_user(db, &user, &change).await
        }
        UserCommand::Totp { user, off: true } => admin::disable_totp(db, &user).await,
        UserCommand::Totp { user, off: false } => match admin::enable_totp(db, &user).await {
            Ok(url) => return output::text_line(&url),
            Err(error) => Err(error),
        },
        UserCommand::Disable { user } => admin::set_active(db, &user, false).await,
        UserCommand::Enable { user } => admin::set_active(db, &user, true).await,
    };
    done.map_err(|error| CommandError::Refused(sentence(&error)))?;
    output::text_line("Hecho.")
}

fn rol(text: &str) -> Result<domain::Rol, CommandError> {
    text.parse().map_err(|()| {
        let known: Vec<&str> = domain::Rol::ALL.iter().map(|rol| rol.as_str()).collect();
        CommandError::Usage(format!("No hay ningún rol «{text}»; los hay: {}.", known.join(", ")))
    })
}

async fn list(db: &Db) -> Outcome {
    let users = admin::list_users(db).await.map_err(|error| CommandError::Refused(sentence(&error)))?;
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

async fn verify(db: &Db) -> Outcome {
    match admin::audit_verify(db).await.map_err(|error| CommandError::Refused(sentence(&error)))? {
        Ok(records) => output::text_line(&format!("La auditoría está entera: {records} asientos.")),
        Err(broken) => Err(CommandError::Refused(format!("La auditoría NO está entera: {broken}."))),
    }
}

async fn originals(settings: &Settings, command: OriginalsCommand) -> Outcome {
    let db = open(settings).await?;
    match command {
        OriginalsCommand::Verify => {
            let found = admin::verify_originals(settings, &db).await;
            let found = found.map_err(|error| CommandError::Refused(sentence(&error)))?;
            let lines = |how: &'static str, all: &[admin::Original]| -> Vec<String> {
                all.iter().map(|o| format!("{how} {} · {} · {}", o.sum, o.numero, o.nombre)).collect()
            };
            let wrong = [lines("falta", &found.missing), lines("cambiado", &found.changed)].concat();
            if wrong.is_empty() {
                return output::text_line(&format!("Los originales están enteros: {}.", found.whole));
            }
            Err(CommandError::Refused(format!(
                "{}\n{} originales enteros; los de arriba NO: devuélvalos de una copia, o suba otra vez esos documentos.",
                wrong.join("\n"),
                found.whole
            )))
        }
        OriginalsCommand::Clean => {
            let removed = admin::remove_orphans(settings, &db, std::time::SystemTime::now()).await;
            let removed = removed.map_err(|error| CommandError::Refused(sentence(&error)))?;
            output::text_line(&format!("Quitados {} sobrantes, {} bytes.", removed.originals, removed.bytes))
        }
    }
}

fn password(user: &str) -> Result<String, CommandError> {
    match std::env::var(service::PASSWORD_VAR) {
        Ok(clave) => Ok(clave),
        Err(_) => service::ask(&format!("Clave para {user}: "), true),
    }
}

fn sentence(error: &server::AppError) -> String {
    error.problem().detail.unwrap_or_else(|| error.to_string())
}
