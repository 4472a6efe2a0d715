//! A ZIP package and the parts in it, inflated within limits.

use std::io::{Cursor, Read};

use roxmltree::{Document, Node, ParsingOptions};
use zip::{ZipArchive, result::ZipError};

use crate::RenderError;

/// A part is never longer, nor are all that are read of one document.
const MAX_PARTE: u64 = 48 * 1024 * 1024;
const MAX_TOTAL: u64 = 96 * 1024 * 1024;
/// XML shrinks to a twentieth; what shrinks to less than this was made to burst, once it is not small any more.
const MAX_PROPORCION: u64 = 250;
const PEQUENO: u64 = 4 * 1024 * 1024;
const MAX_NODOS: u32 = 3_000_000;

/// An office document of the kinds that are ZIP files.
pub struct Paquete<'a> {
    archivo: ZipArchive<Cursor<&'a [u8]>>,
    queda: u64,
}

impl<'a> Paquete<'a> {
    /// Reads its list of parts.
    pub fn abrir(bytes: &'a [u8]) -> Result<Self, RenderError> {
        let archivo = ZipArchive::new(Cursor::new(bytes)).map_err(|_| RenderError::Roto)?;
        Ok(Self { archivo, queda: MAX_TOTAL })
    }

    /// The names of the parts that begin and end so, in order.
    pub fn nombres(&self, principio: &str, fin: &str) -> Vec<String> {
        let todos = self.archivo.file_names().filter_map(Result::ok);
        let mut nombres: Vec<String> = todos
            .filter(|nombre| nombre.starts_with(principio) && nombre.ends_with(fin))
            .map(std::borrow::Cow::into_owned)
            .collect();
        // slide2 before slide10.
        nombres.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
        nombres
    }

    /// A part as text, if it is there.
    pub fn parte(&mut self, nombre: &str) -> Result<Option<String>, RenderError> {
        let mut entrada = match self.archivo.by_name(nombre) {
            Ok(entrada) => entrada,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(RenderError::Cifrado),
            Err(_) => return Err(RenderError::Roto),
        };
        let comprimido = entrada.compressed_size();
        let tope = MAX_PARTE.min(self.queda).min(comprimido.saturating_mul(MAX_PROPORCION).max(PEQUENO));
        let mut bytes = Vec::new();
        let leidos = entrada.by_ref().take(tope + 1).read_to_end(&mut bytes).map_err(|_| RenderError::Roto)? as u64;
        if leidos > tope {
            return Err(RenderError::DemasiadoGrande);
        }
        self.queda -= leidos;
        Ok(Some(texto(bytes)))
    }

    /// Inflates every part that can be read and forgets it, for readers that inflate without limits themselves.
    pub fn medir(&mut self) -> Result<(), RenderError> {
        for nombre in self.nombres("", ".xml") {
            self.parte(&nombre)?;
        }
        Ok(())
    }
}

/// Parts are UTF-8 or, rarely, UTF-16 with its mark.
fn texto(bytes: Vec<u8>) -> String {
    let utf16 = |de: fn([u8; 2]) -> u16| {
        let unidades: Vec<u16> = bytes[2..].as_chunks().0.iter().map(|par| de(*par)).collect();
        String::from_utf16_lossy(&unidades)
    };
    match bytes.as_slice() {
        [0xff, 0xfe, ..] => utf16(u16::from_le_bytes),
        [0xfe, 0xff, ..] => utf16(u16::from_be_bytes),
        _ => String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned()),
    }
}

/// The elements of a part. No document type is allowed in any office format, so none is read.
pub fn xml(texto: &str) -> Result<Document<'_>, RenderError> {
    let opciones = ParsingOptions { nodes_limit: MAX_NODOS, ..ParsingOptions::default() };
    Document::parse_with_options(texto.trim_start_matches('\u{feff}'), opciones).map_err(|e| match e {
        roxmltree::Error::NodesLimitReached => RenderError::DemasiadoGrande,
        _ => RenderError::Roto,
    })
}

/// The elements directly in this one.
pub fn hijos<'a, 'i>(nodo: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    nodo.children().filter(Node::is_element)
}

/// The first element of that name directly in this one, whatever its name space.
pub fn hijo<'a, 'i>(nodo: Node<'a, 'i>, nombre: &str) -> Option<Node<'a, 'i>> {
    hijos(nodo).find(|n| n.tag_name().name() == nombre)
}

/// The attribute of that name, whatever its name space.
pub fn atributo<'a>(nodo: Node<'a, '_>, nombre: &str) -> Option<&'a str> {
    nodo.attributes().find(|a| a.name() == nombre).map(|a| a.value())
}

/// A number in an attribute, never above `tope`.
pub fn cuantos(nodo: Node<'_, '_>, nombre: &str, tope: usize) -> usize {
    atributo(nodo, nombre).and_then(|n| n.parse().ok()).unwrap_or(1).min(tope)
}
