//! Pages and text of documents, drawn by worker processes and kept by content; hits and signatures.

mod cache;
mod oficina;

pub use cache::{DIR, Drawn, MAX_BYTES, PageCache, Sheet};

use crate::app::Actor;
use crate::app::documentos::{Original, original};
use crate::{AppError, AppResult, AppState};
use api::Codigo;
use api::documento::{EstadoFirma, FirmaVista, Firmas, Hallazgo, Hallazgos};
use domain::DocumentoId;
use domain::texto::{clean_block, clean_line};
use render::{Busqueda, Clave, Imagen, Peticion, RenderError};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Hits told at most.
const MAX_HITS: u32 = 500;
/// How long a search goes on: long enough for a contract of hundreds of pages, short enough to wait for.
const SEARCH_TIME: Duration = Duration::from_secs(5);

/// What is wanted of a document.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// One page as an image.
    Page(Peticion),
    /// The text of one page, or of all.
    Text(Option<u32>),
    /// The same, laid out as on the page.
    Layout(Option<u32>),
    /// Its digital signatures, checked.
    Signatures,
}

impl Wanted {
    /// Names it among all that can be wanted of the same content.
    fn name(&self) -> String {
        match self {
            Self::Page(p) => {
                let part = p.recorte.map(|r| format!("-{}.{}.{}.{}", r.x, r.y, r.ancho, r.alto)).unwrap_or_default();
                format!("p{}-{}x{}-{}-{}{part}", p.pagina, p.ancho, p.alto, p.giro, p.calidad)
            }
            Self::Text(page) => format!("texto-{}", page.unwrap_or_default()),
            Self::Signatures => "firmas".to_owned(),
            Self::Layout(page) => format!("maqueta-{}", page.unwrap_or_default()),
        }
    }
}

/// A look at a document, allowed but not drawn yet.
#[derive(Debug, Clone)]
pub struct Look {
    original: Original,
    clave: Option<Clave>,
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
    clave: Option<Clave>,
    wanted: Wanted,
) -> AppResult<Look> {
    let original = original(state, actor, id, version).await?;
    let oficina = oficina::wanted(state, &original);
    Ok(Look { original, clave, wanted, oficina })
}

impl Look {
    /// The same for the same content drawn in the same way by the same program. None with a password: what it opens is
    /// kept nowhere, and nothing that is told may depend on it.
    pub fn key(&self) -> Option<String> {
        let way = if self.oficina { "-oficina" } else { "" };
        let key = || format!("{}-{}-{}{way}", self.original.sum, env!("CARGO_PKG_VERSION"), self.wanted.name());
        self.clave.is_none().then(key)
    }

    /// Draws it, or finds it drawn.
    pub async fn draw(&self, state: &AppState) -> AppResult<Arc<Drawn>> {
        let mut key = self.key();
        if self.oficina
            && let Some(key) = &key
            && let Some(kept) = state.pages().kept(key).await
        {
            return kept.map_err(refusal); // without asking whether the PDF it was drawn from is still there
        }
        let file = file_of(state, &self.original).await?;
        let oficina::Source { file, second_best } = oficina::source(state, &self.original, file).await;
        if second_best {
            // What will be better another time is not kept as if it were that.
            key = Self { oficina: false, ..self.clone() }.key();
        }
        let clave = self.clave.as_ref();
        let draw = async {
            match &self.wanted {
                Wanted::Page(peticion) => state.render.pagina(&file, clave, peticion).await.map(drawn),
                Wanted::Text(page) => {
                    let text = state.render.texto(&file, clave, *page).await?;
                    Ok(self::text(text, state.render.paginas(&file, clave).await?))
                }
                Wanted::Signatures => state.render.firmas(&file, clave).await.and_then(signatures),
                Wanted::Layout(page) => {
                    let text = state.render.maqueta(&file, clave, *page).await?;
                    Ok(self::text(text, state.render.paginas(&file, clave).await?))
                }
            }
        };
        let outcome = match key {
            Some(key) => state.pages().get_or(&key, draw).await,
            None => draw.await.map(Arc::new),
        };
        outcome.map_err(refusal)
    }
}

fn text(text: String, paginas: u32) -> Drawn {
    let sheet = Some(Sheet { paginas, ancho: 0, alto: 0, firmas: 0 });
    Drawn { mime: "text/plain; charset=utf-8".to_owned(), sheet, bytes: clean_block(&text).into() }
}

fn signatures(firmas: Vec<render::Firma>) -> Result<Drawn, RenderError> {
    let estado = |estado| match estado {
        render::EstadoFirma::Integra => EstadoFirma::Integra,
        render::EstadoFirma::Alterada => EstadoFirma::Alterada,
        render::EstadoFirma::NoComprobada => EstadoFirma::NoComprobada,
    };
    let vista = |f: render::Firma| FirmaVista {
        campo: clean_line(&f.campo),
        firmante: clean_line(&f.firmante),
        emisor: clean_line(&f.emisor),
        fecha: f.fecha,
        sellada: f.sellada,
        motivo: clean_line(&f.motivo),
        lugar: clean_line(&f.lugar),
        cubre_todo: f.cubre_todo,
        estado: estado(f.estado),
        detalle: f.detalle,
    };
    let told = Firmas { firmas: firmas.into_iter().map(vista).collect() };
    let bytes = serde_json::to_vec(&told).map_err(|cause| RenderError::Worker(cause.to_string()))?;
    Ok(Drawn { mime: "application/json".to_owned(), sheet: None, bytes: bytes.into() })
}

fn drawn(image: Imagen) -> Drawn {
    let Imagen { bytes, mime, ancho: _, alto: _, pagina_ancho: ancho, pagina_alto: alto, paginas, firmas } = image;
    Drawn { mime: mime.to_owned(), sheet: Some(Sheet { paginas, ancho, alto, firmas }), bytes: bytes.into() }
}

/// Where a text stands in a document. Not kept: people look for too many things to look twice for one.
pub async fn find(
    state: &AppState,
    actor: &Actor,
    id: DocumentoId,
    version: Option<u32>,
    clave: Option<&Clave>,
    text: String,
) -> AppResult<Hallazgos> {
    let original = original(state, actor, id, version).await?;
    let file = file_of(state, &original).await?;
    let file = oficina::source(state, &original, file).await.file;
    let wanted = Busqueda { texto: text, limite: MAX_HITS, plazo: SEARCH_TIME };
    let found = state.render.buscar(&file, clave, wanted).await.map_err(refusal)?;
    let hit = |h: render::Hallazgo| Hallazgo { pagina: h.pagina, cajas: h.cajas, texto: clean_line(&h.linea) };
    let hallazgos = found.hallazgos.into_iter().map(hit).collect();
    Ok(Hallazgos { paginas: found.paginas, hallazgos, mas: found.mas })
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
        RenderError::FueraDeLaPagina { .. } => Codigo::PeticionInvalida,
        RenderError::ClaveNecesaria => Codigo::ClaveNecesaria,
        RenderError::ClaveIncorrecta => Codigo::ClaveIncorrecta,
        RenderError::Worker(cause) => {
            tracing::error!(%cause, "worker process failed");
            Codigo::NoDisponible
        }
        _ => Codigo::SinVistaPrevia,
    };
    AppError::refused(codigo, error.to_string())
}
