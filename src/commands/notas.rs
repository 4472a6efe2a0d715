//! `notas`, `anotar`, `avisar`, `avisos` and `hecho`.

use super::{CommandError, Outcome, output, service};
use crate::cli::{AnotarArgs, AvisarArgs, HechoArgs, OneArgs, ScriptArgs};
use crate::config::Config;
use crate::msg::Failure;
use crate::plazo;
use crate::state::notas::{Entrada, entradas, is_overdue};
use api::aviso::{AvisoCambio, AvisoNuevo, AvisoVista};
use api::nota::MAX_TEXTO;
use domain::AvisoId;
use domain::campo::show_fecha;
use domain::mistake::of_system;
use domain::texto::clean_line;
use jiff::civil::Date;
use std::io::{IsTerminal, Read};

/// Prints what there is to do, what was noted, and what is done.
pub async fn show(config: &Config, args: OneArgs) -> Outcome {
    let remote = service::signed_in(config, &args.script.service).await?;
    let id = service::find_expediente(&remote, &args.expediente).await?;
    let detalle = remote.detalle(id, None).await?.ok_or_else(Failure::broken)?;
    if args.script.json {
        return output::json(&serde_json::json!({ "notas": detalle.notas, "avisos": detalle.avisos }));
    }
    let today = today();
    for entrada in entradas(&detalle) {
        match entrada {
            Entrada::Aviso(aviso) => output::text_line(&aviso_line(aviso, today))?,
            Entrada::Nota(nota) => {
                output::text_line(&format!("nota {}  {}  {}", nota.id, nota.quien, day(&nota.cuando)))?
            }
        }
        for line in entrada.texto().lines() {
            output::text_line(&format!("  {}", clean_line(line)))?;
        }
    }
    Ok(())
}

/// Writes a note.
pub async fn note(config: &Config, args: AnotarArgs) -> Outcome {
    let texto = text(&args.texto)?;
    let remote = service::signed_in(config, &args.script.service).await?;
    let id = service::find_expediente(&remote, &args.expediente).await?;
    let nota = remote.add_nota(id, &texto, &service::new_key()).await?;
    if args.script.json { output::json(&nota) } else { output::text_line(&format!("Nota {} guardada.", nota.id)) }
}

/// Gives somebody something to do.
pub async fn give(config: &Config, args: AvisarArgs) -> Outcome {
    let texto = text(&args.texto)?;
    let vence = plazo::parse(args.vence.as_deref().unwrap_or_default(), today())
        .map_err(|wrong| CommandError::Usage(wrong.to_string()))?;
    let remote = service::signed_in(config, &args.script.service).await?;
    let id = service::find_expediente(&remote, &args.expediente).await?;
    let para = match args.para {
        Some(para) => para,
        None => remote.detalle(id, None).await?.ok_or_else(Failure::broken)?.asesor,
    };
    let nuevo = AvisoNuevo { texto, para, vence: vence.map(|day| day.to_string()) };
    let aviso = remote.add_aviso(id, &nuevo, &service::new_key()).await?;
    print(&aviso, args.script.json)
}

/// Prints what one has been given to do, by its day.
pub async fn mine(config: &Config, args: ScriptArgs) -> Outcome {
    let remote = service::signed_in(config, &args.service).await?;
    let mine = remote.avisos().await?;
    if args.json {
        return output::json(&mine);
    }
    let today = today();
    let rows = mine.items.iter().map(|one| {
        let texto = clean_line(&one.aviso.texto);
        vec![one.aviso.id.to_string(), by_when(&one.aviso, today), one.numero.clone(), one.cliente.clone(), texto]
    });
    output::table(&rows.collect::<Vec<_>>())?;
    let left = (mine.total as usize).saturating_sub(mine.items.len());
    if left > 0 {
        eprintln!("Hay {left} más.");
    }
    Ok(())
}

/// Says that an aviso is done.
pub async fn done(config: &Config, args: HechoArgs) -> Outcome {
    let remote = service::signed_in(config, &args.script.service).await?;
    let cambio = AvisoCambio { hecho: Some(true), ..Default::default() };
    let aviso = remote.change_aviso(AvisoId(args.aviso), &cambio, &service::new_key()).await?;
    print(&aviso, args.script.json)
}

fn print(aviso: &AvisoVista, json: bool) -> Outcome {
    if json { output::json(aviso) } else { output::text_line(&aviso_line(aviso, today())) }
}

fn aviso_line(aviso: &AvisoVista, today: Date) -> String {
    format!("aviso {}  para {}  {}", aviso.id, aviso.para_nombre, by_when(aviso, today))
}

/// `vence 05/12/2026`, `vencido 20/11/2026`, `hecho`.
fn by_when(aviso: &AvisoVista, today: Date) -> String {
    match &aviso.vence {
        _ if aviso.hecho.is_some() => "hecho".to_owned(),
        Some(day) if is_overdue(aviso, today) => format!("vencido {}", show_fecha(day)),
        Some(day) => format!("vence {}", show_fecha(day)),
        None => "sin día".to_owned(),
    }
}

/// The day of a time of the service.
fn day(cuando: &str) -> String {
    show_fecha(cuando.get(..10).unwrap_or(cuando))
}

fn today() -> Date {
    jiff::ZonedDateTime::now().date()
}

/// The text, or what comes on standard input.
fn text(said: &str) -> Result<String, CommandError> {
    let text = match said {
        "-" if std::io::stdin().is_terminal() => {
            return Err(CommandError::Usage("Dé el texto por la entrada estándar.".to_owned()));
        }
        "-" => {
            let mut text = String::new();
            let read = std::io::stdin().lock().take(64 * 1024).read_to_string(&mut text);
            read.map_err(|error| {
                CommandError::Usage(format!("No se puede leer la entrada estándar: {}.", of_system(&error)))
            })?;
            text
        }
        said => said.to_owned(),
    };
    let text = domain::texto::clean_block(&text.replace("\r\n", "\n")).trim().to_owned();
    match text.chars().count() {
        0 => Err(CommandError::Usage("El texto está vacío: escriba algo.".to_owned())),
        n if n > MAX_TEXTO => Err(CommandError::Usage(format!("El texto tiene {n} caracteres y caben {MAX_TEXTO}."))),
        _ => Ok(text),
    }
}
