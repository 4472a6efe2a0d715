//! Pages and text of documents, drawn by worker processes and kept by content.

mod cache;
mod oficina;

pub use cache::{DIR, Drawn, MAX_BYTES, PageCache};

use crate::app::Actor;
use crate::app::documentos::{Original, original};
use crate::{AppError, AppResult, AppState};
use api::Codigo;
use domain::DocumentoId;
use render::{Peticion, RenderError};
use std::path::PathBuf;
use std::sync::Arc;

/// What is wanted of a document.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// One page as an image.
    Page(Peticion),
    /// The text of one page, or of all.
    Text(Option<u32>),
}

impl Wanted {
    /// Names it among all that can be wanted of the same content.
    fn name(&self) -> String {
        match self {
            Self::Page(p) => format!("p{}-{}x{}-{}-{}", p.pagina, p.ancho, p.alto, p.giro, p.calidad),
            Self::Text(None) => "texto".to_owned(),
            Self::Text(Some(page)) => format!("texto-{page}"),
        }
    }
}

/// A look at a document, allowed but not drawn yet.
#[derive(Debug, Clone)]
pub struct Look {
    original: Original,
    wanted: Wanted,
    /// Whether the office program has a part in it.
    oficina: bool,
}

/// Asks for a look; answers before anything is drawn, so that a client which has it already is told by [`Look::key`] alone.
pub async fn look(
    state: &AppState,
    actor: &Actor,
    id: DocumentoId,
    version: Option<u32>,
    wanted: Wanted,
) -> AppResult<Look> {
    let original = original(state, actor, id, version).await?;
    let oficina = oficina::wanted(state, &original);
    Ok(Look { original, wanted, oficina })
}

impl Look {
    /// The same for the same content drawn in the same way by the same program.
    pub fn key(&self) -> String {
        let way = if self.oficina { "-oficina" } else { "" };
        format!("{}-{}-{}{way}", self.original.sum, env!("CARGO_PKG_VERSION"), self.wanted.name())
    }

    /// Draws it, or finds it drawn.
    pub async fn draw(&self, state: &AppState) -> AppResult<Arc<Drawn>> {
        let key = self.key();
        if self.oficina
            && let Some(kept) = state.pages().kept(&key).await
        {
            return kept.map_err(refusal); // without asking whether the PDF it was drawn from is still there
        }
        let file = file_of(state, &self.original).await?;
        let oficina::Source { file, second_best } = oficina::source(state, &self.original, file).await;
        // What will be better another time is not kept as if it were that.
        let key = if second_best { Self { oficina: false, ..self.clone() }.key() } else { key };
        let draw = async {
            match &self.wanted {
                Wanted::Page(peticion) => {
                    let image = state.render.pagina(&file, peticion).await?;
                    Ok(Drawn { mime: image.mime.to_owned(), paginas: image.paginas, bytes: image.bytes.into() })
                }
                Wanted::Text(page) => {
                    let text = domain::texto::clean_block(&state.render.texto(&file, *page).await?);
                    Ok(Drawn { mime: "text/plain; charset=utf-8".to_owned(), paginas: 0, bytes: text.into() })
                }
            }
        };
        state.pages().get_or(&key, draw).await.map_err(refusal)
    }
}

async fn file_of(state: &AppState, original: &Original) -> AppResult<PathBuf> {
    match state.blobs.size(&original.sum).await? {
        Some(bytes) if bytes == original.bytes => Ok(state.blobs.path(&original.sum)),
        found => {
            Err(anyhow::anyhow!("original {} is damaged: {found:?} bytes of {}", original.sum, original.bytes).into())
        }
    }
}

/// Why there is nothing to show, as told to people.
fn refusal(error: RenderError) -> AppError {
    let codigo = match &error {
        RenderError::PaginaInexistente { .. } => Codigo::NoEncontrado,
        RenderError::Worker(cause) => {
            tracing::error!(%cause, "worker process failed");
            Codigo::NoDisponible
        }
        _ => Codigo::SinVistaPrevia,
    };
    AppError::refused(codigo, error.to_string())
}
