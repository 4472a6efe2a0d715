//! What notes and avisos have in common: how their text is read, and how the history shows it.

use crate::AppResult;
use crate::app::documentos::require_open;
use crate::app::expedientes;
use crate::store::expedientes::ExpedienteRow;
use api::nota::MAX_TEXTO;
use api::problem::CampoMalo;
use domain::texto::{clean_block, clean_line};
use domain::{ExpedienteId, Scope};
use sqlx::SqliteConnection;

/// Most live notes, and most open avisos, of one expediente.
pub(crate) const MAX_POR_EXPEDIENTE: u32 = 200;
/// How much of a text the history shows, in characters.
const MAX_EXTRACTO: usize = 100;

/// A text as it is stored, or what is wrong with it.
pub(crate) fn read_texto(texto: &str) -> Result<String, CampoMalo> {
    let clean = clean_block(&texto.replace("\r\n", "\n").replace('\r', "\n")).trim().to_owned();
    let mensaje = match clean.chars().count() {
        0 => "Escriba el texto.".to_owned(),
        n if n > MAX_TEXTO => format!("El texto puede tener como mucho {MAX_TEXTO} caracteres; acórtelo."),
        _ => return Ok(clean),
    };
    Err(CampoMalo { campo: "texto".to_owned(), mensaje })
}

/// One line of a text for the history, cut when it is long.
pub(crate) fn extracto(texto: &str) -> String {
    let line = clean_line(texto);
    match line.char_indices().nth(MAX_EXTRACTO) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// An expediente that may be written in: 404 outside the scope, 409 when it is closed.
pub(crate) async fn find_open(
    conn: &mut SqliteConnection,
    scope: &Scope,
    id: ExpedienteId,
) -> AppResult<ExpedienteRow> {
    let expediente = expedientes::find(conn, scope, id).await?;
    require_open(&expediente)?;
    Ok(expediente)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_lines_and_nothing_a_terminal_obeys() {
        let read = |text: &str| read_texto(text).map_err(|wrong| wrong.mensaje);
        assert_eq!(read(" uno\r\ndos\rtres\n\u{1b}[31m\u{202e}\n").as_deref(), Ok("uno\ndos\ntres\n[31m"));
        assert_eq!(read(&"ñ".repeat(MAX_TEXTO)).map(|text| text.chars().count()), Ok(MAX_TEXTO));
        assert!(read(&"ñ".repeat(MAX_TEXTO + 1)).is_err_and(|message| message.contains("2000")));
        for empty in ["", " \n\t", "\u{200b}\u{7f}"] {
            assert_eq!(read(empty), Err("Escriba el texto.".to_owned()));
        }
    }

    #[test]
    fn the_history_shows_one_short_line() {
        assert_eq!(extracto("uno\ndos"), "uno dos");
        assert_eq!(extracto(&"ñ".repeat(101)), format!("{}…", "ñ".repeat(100)));
    }
}
