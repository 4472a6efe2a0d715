//! Why a page could not be made, in the words shown to people.

use serde::{Deserialize, Serialize};

/// Why a document gave no page, no text or no page count. It crosses the pipe from worker to parent as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum RenderError {
    /// The document asks for a password other than the empty one.
    #[error("El documento está protegido con clave: escríbala para verlo.")]
    ClaveNecesaria,
    /// The password given is neither its user's nor its owner's.
    #[error("La clave no es la de este documento: revísela y vuelva a escribirla.")]
    ClaveIncorrecta,
    /// It is encrypted, but not with a password, or in a way that cannot be undone here.
    #[error("El documento está cifrado de un modo que aquí no se puede abrir: guárdelo sin cifrar y vuelva a subirlo.")]
    Cifrado,
    /// The format is known, but the bytes do not follow it far enough to draw anything.
    #[error("El documento está dañado y no se puede mostrar: descárguelo o súbalo de nuevo.")]
    Roto,
    /// None of the formats that can be drawn.
    #[error("Este tipo de archivo no tiene vista previa: descárguelo para verlo.")]
    FormatoDesconocido,
    /// The page asked for does not exist.
    #[error("Esa página no existe: el documento tiene {paginas}.")]
    PaginaInexistente {
        /// How many pages the document has.
        paginas: u32,
    },
    /// The part asked for lies outside the page.
    #[error("Esa parte queda fuera de la página, que mide {ancho}×{alto} píxeles.")]
    FueraDeLaPagina {
        /// Width of the page in its box.
        ancho: u32,
        /// Height of the page in its box.
        alto: u32,
    },
    /// The document, or the picture it declares, is larger than what is drawn.
    #[error("El documento es demasiado grande para la vista previa: descárguelo para verlo.")]
    DemasiadoGrande,
    /// Drawing took longer than allowed.
    #[error("La página tarda demasiado en dibujarse: descargue el documento para verlo.")]
    Tiempo,
    /// Drawing needed more memory than allowed.
    #[error("La página necesita demasiada memoria para dibujarse: descargue el documento para verlo.")]
    Memoria,
    /// The worker could not be started or spoken to. The text is for the log, not for people.
    #[error("La vista previa ha fallado: vuelva a intentarlo.")]
    Worker(String),
}

impl RenderError {
    /// A stable code for programs; it never changes, whatever happens to the sentence.
    pub fn codigo(&self) -> &'static str {
        match self {
            Self::ClaveNecesaria => "clave-necesaria",
            Self::ClaveIncorrecta => "clave-incorrecta",
            Self::Cifrado => "documento-cifrado",
            Self::Roto => "documento-roto",
            Self::FormatoDesconocido => "formato-desconocido",
            Self::PaginaInexistente { .. } => "pagina-inexistente",
            Self::FueraDeLaPagina { .. } => "fuera-de-la-pagina",
            Self::DemasiadoGrande => "documento-demasiado-grande",
            Self::Tiempo => "render-tiempo",
            Self::Memoria => "render-memoria",
            Self::Worker(_) => "render-fallo",
        }
    }

    /// Whether the same bytes will always give this answer, so that it may be remembered with them.
    ///
    /// Time and memory depend on the machine's load, and a failed worker says nothing about the document.
    pub fn es_del_documento(&self) -> bool {
        !matches!(self, Self::Tiempo | Self::Memoria | Self::Worker(_))
    }
}
