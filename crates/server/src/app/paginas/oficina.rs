//! Office documents: drawn from the PDF that the office program makes of them, once for everybody.

use crate::AppState;
use crate::app::documentos::{Original, formato_of};
use std::path::PathBuf;

/// What is drawn of a document.
pub struct Source {
    /// The file.
    pub file: PathBuf,
    /// Whether it is the original although a PDF of it was wanted: the next time may be better.
    pub second_best: bool,
}

/// Whether pages of that document come by way of the office program.
pub fn wanted(state: &AppState, original: &Original) -> bool {
    state.oficina.is_some() && formato_of(&original.mime).es_de_oficina()
}

/// The file to draw: a PDF made of the original, or the original itself.
pub async fn source(state: &AppState, original: &Original, file: PathBuf) -> Source {
    let Some(oficina) = state.oficina.as_ref().filter(|_| wanted(state, original)) else {
        return Source { file, second_best: false };
    };
    let formato = formato_of(&original.mime);
    let key = format!("{}-{}-oficina", original.sum, env!("CARGO_PKG_VERSION"));
    match state.pages().file_or(&key, oficina.convertir(&file, formato)).await {
        Ok(pdf) => Source { file: pdf, second_best: false },
        Err(failed) => {
            tracing::warn!(sum = %original.sum, codigo = failed.codigo(), cause = ?failed, "office document not converted");
            Source { file, second_best: !failed.es_del_documento() }
        }
    }
}
