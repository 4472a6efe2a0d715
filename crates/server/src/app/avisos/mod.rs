//! Avisos: giving one (`poner`), changing, doing and deleting it (`cambiar`), and whose they are (`leer`).

mod cambiar;
mod leer;
mod poner;

pub use cambiar::{borrar, cambiar};
pub use leer::{mios, personas};
pub use poner::poner;

use super::anotar::{MAX_POR_EXPEDIENTE, extracto};
use super::work::Noted;
use crate::app::Work;
use crate::store::avisos as store;
use crate::store::expedientes::ExpedienteRow;
use crate::store::personas::{Persona, who_see};
use crate::{AppError, AppResult};
use api::Codigo;
use api::aviso::AvisoVista;
use api::evento::Clase;
use api::problem::CampoMalo;
use domain::AvisoId;
use jiff::civil::Date;
use sqlx::SqliteConnection;

/// How an unknown aviso, and one that may not be seen, is named.
const WHAT: &str = "ese aviso";

/// Years in which an aviso may be due.
const ANOS: std::ops::RangeInclusive<i16> = 2000..=2100;

/// A day as it is stored; empty stays empty.
fn read_vence(vence: &str) -> Result<String, CampoMalo> {
    let vence = vence.trim();
    // Only the plain form: a day with a time or without hyphens would not be found again in order.
    let day = vence.parse::<Date>().ok().filter(|day| day.to_string() == vence);
    if vence.is_empty() || day.is_some_and(|day| ANOS.contains(&day.year())) {
        return Ok(vence.to_owned());
    }
    let mensaje = match day {
        Some(_) => "Ese día está demasiado lejos; escriba una fecha entre 2000 y 2100, o ninguna.".to_owned(),
        None => "Ese día no existe; escriba otra fecha, o ninguna.".to_owned(),
    };
    Err(CampoMalo { campo: "vence".to_owned(), mensaje })
}

/// The person of that user name, or 422 when they do not see the expediente.
async fn addressee(conn: &mut SqliteConnection, expediente: &ExpedienteRow, usuario: &str) -> AppResult<Persona> {
    let found = who_see(conn, expediente).await?.into_iter().find(|person| person.usuario == usuario);
    found.ok_or_else(|| {
        let mensaje = "Esa persona no existe o no ve este expediente; elija una de la lista.".to_owned();
        AppError::invalid(vec![CampoMalo { campo: "para".to_owned(), mensaje }])
    })
}

/// 409 when no more avisos may be open.
fn require_place(expediente: &ExpedienteRow) -> AppResult<()> {
    if expediente.avisos < MAX_POR_EXPEDIENTE {
        return Ok(());
    }
    let detail =
        format!("El expediente ya tiene {MAX_POR_EXPEDIENTE} avisos sin hacer; dé alguno por hecho o bórrelo.");
    Err(AppError::refused(Codigo::Estado, detail))
}

/// Counts again, and writes history, audit and event of a change.
async fn noted(
    work: &mut Work<'_>,
    expediente: &ExpedienteRow,
    clase: Clase,
    (para, texto): (&str, &str),
    detalle: serde_json::Value,
) -> AppResult<()> {
    let revision = store::recount(&mut work.tx, expediente).await?;
    let texto = format!("Para {para}: {}", extracto(texto));
    work.note(expediente, revision, Noted { clase, documento: None, texto: &texto, detalle }).await
}

/// Commits; answers the aviso as it now is.
async fn answer(mut work: Work<'_>, id: AvisoId, status: u16) -> AppResult<AvisoVista> {
    let row = store::by_id(&mut work.tx, id).await?.ok_or_else(|| AppError::not_found(WHAT))?;
    let vista = row.vista();
    work.commit_answer(status, &vista).await?;
    Ok(vista)
}

#[cfg(test)]
mod tests {
    use super::read_vence;

    #[test]
    fn a_day_is_plain_and_exists() {
        for day in ["", "2026-11-30", "2020-02-29", " 2026-11-30 "] {
            assert_eq!(read_vence(day).as_deref(), Ok(day.trim()));
        }
        for wrong in [
            "2026-02-30",
            "20261130",
            "2026-11-30T10:00",
            "30/11/2026",
            "mañana",
            "+002026-11-30",
            "1999-12-31",
            "2101-01-01",
            "9999-12-31",
        ] {
            assert!(read_vence(wrong).is_err_and(|campo| campo.campo == "vence"), "{wrong}");
        }
    }
}
