//! What goes through the pipe between parent and worker.
//!
//! A frame is two little-endian lengths (32 bits for the header, 64 for the body), the header as JSON, and the body as
//! it is: the document on the way in, the image or the text on the way out. Lengths first, so that neither side ever
//! has to look for an end, and so that a document is never escaped or copied into a message.

use serde::{Deserialize, Serialize};

use crate::{Busqueda, Clave, Peticion, RenderError};

/// Bytes of the two lengths.
pub const PREAMBULO: usize = 12;
/// No header comes near this.
pub const MAX_CABECERA: u32 = 16 * 1024;
/// The longest answer: an image of the largest size in full colour seldom comes near it.
pub const MAX_RESPUESTA: u64 = 48 * 1024 * 1024;

/// Environment variable with the worker's address space, in bytes.
pub const ENV_MEMORIA: &str = "RENDER_WORKER_MEMORY";
/// Environment variable with the seconds of CPU that one request may use.
pub const ENV_CPU: &str = "RENDER_WORKER_CPU";

/// Header of a request; the body is the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pedido {
    /// What to do with it.
    pub orden: Orden,
    /// The document's password, if there is one.
    pub clave: Option<Clave>,
}

/// What to do with a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "orden")]
pub enum Orden {
    /// How many pages?
    Paginas,
    /// Draw one.
    Pagina(Peticion),
    /// The text of one, or of all.
    Texto {
        /// From 1; all when missing.
        pagina: Option<u32>,
        /// Whether it is laid out as on the page.
        maqueta: bool,
    },
    /// Where does a text stand?
    Buscar(Busqueda),
    /// Which signatures, and are they right?
    Firmas,
}

/// Header of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "respuesta")]
pub enum Respuesta {
    /// No body.
    Paginas {
        /// How many.
        paginas: u32,
    },
    /// The body is an image.
    Imagen {
        /// JPEG if so, PNG if not.
        jpeg: bool,
        /// In pixels.
        ancho: u32,
        /// In pixels.
        alto: u32,
        /// Of the whole page.
        pagina_ancho: u32,
        /// Of the whole page.
        pagina_alto: u32,
        /// Of the whole document.
        paginas: u32,
        /// Of the whole document.
        firmas: u32,
    },
    /// The body is text in UTF-8.
    Texto,
    /// The body is what was asked for, as JSON.
    Datos,
    /// No body.
    Error {
        /// What for people.
        error: RenderError,
        /// What a renderer said when it gave up, for the log.
        causa: Option<String>,
    },
}

/// The lengths that go ahead of a header and a body; `None` if the header is too long.
pub fn preambulo(cabecera: usize, cuerpo: u64) -> Option<[u8; PREAMBULO]> {
    let cabecera = u32::try_from(cabecera).ok().filter(|n| *n <= MAX_CABECERA)?;
    let mut bytes = [0; PREAMBULO];
    bytes[..4].copy_from_slice(&cabecera.to_le_bytes());
    bytes[4..].copy_from_slice(&cuerpo.to_le_bytes());
    Some(bytes)
}

/// The lengths of header and body; `None` if either is longer than allowed.
pub fn leer_preambulo(bytes: [u8; PREAMBULO], max_cuerpo: u64) -> Option<(usize, usize)> {
    let [a, b, c, d, resto @ ..] = bytes;
    let cabecera = u32::from_le_bytes([a, b, c, d]);
    let cuerpo = u64::from_le_bytes(resto);
    if cabecera > MAX_CABECERA || cuerpo > max_cuerpo {
        return None;
    }
    Some((cabecera as usize, usize::try_from(cuerpo).ok()?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn lengths_go_there_and_back_and_stop_at_their_limits() {
        let bytes = preambulo(300, 70_000).unwrap();
        assert_eq!(leer_preambulo(bytes, 70_000), Some((300, 70_000)));
        assert_eq!(leer_preambulo(bytes, 69_999), None);
        assert_eq!(leer_preambulo([0xff; PREAMBULO], u64::MAX), None);
        assert_eq!(preambulo(1 << 20, 0), None);
    }
}
