//! Containers told apart by what they hold: ZIP packages, compound files, HEIF brands, and text that is more than text.

use crate::Formato;

/// Local file headers are followed up to here; the parts that tell the format are always among the first.
const MAX_ENTRADAS: usize = 256;

/// What a ZIP file is: an office document when it holds the parts of one, else an archive.
pub fn zip(head: &[u8]) -> Formato {
    let (mut paquete, mut parte) = (false, None);
    for (n, (nombre, contenido)) in Entradas(head).take(MAX_ENTRADAS).enumerate() {
        if n == 0 && nombre == b"mimetype" {
            return opendocument(contenido);
        }
        paquete |= nombre == b"[Content_Types].xml" || nombre == b"_rels/.rels";
        for (raiz, formato) in
            [(&b"word/"[..], Formato::Docx), (&b"xl/"[..], Formato::Xlsx), (&b"ppt/"[..], Formato::Pptx)]
        {
            if nombre.starts_with(raiz) {
                parte = parte.or(Some(formato));
            }
        }
    }
    match parte {
        Some(formato) if paquete => formato,
        _ => Formato::Zip,
    }
}

/// ODF 1.2, part 3, section 3.3: the first entry is `mimetype`, stored, so that its content can be seen from outside.
fn opendocument(mimetype: &[u8]) -> Formato {
    let tipo = |mime: &str| mimetype.starts_with(mime.as_bytes());
    if tipo("application/vnd.oasis.opendocument.text") {
        Formato::Odt
    } else if tipo("application/vnd.oasis.opendocument.spreadsheet") {
        Formato::Ods
    } else if tipo("application/vnd.oasis.opendocument.presentation") {
        Formato::Odp
    } else {
        Formato::Zip
    }
}

/// The local file headers of a ZIP file in order: name, and what follows it. Nothing is inflated.
struct Entradas<'a>(&'a [u8]);

impl<'a> Iterator for Entradas<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        const CABECERA: usize = 30;
        let cabecera = self.0.get(..CABECERA).filter(|c| c.starts_with(b"PK\x03\x04"))?;
        let corto = |i: usize| usize::from(u16::from_le_bytes([cabecera[i], cabecera[i + 1]]));
        let tamano = corto(18) | corto(20) << 16;
        let (nombre, extra) = (corto(26), corto(28));
        let contenido = self.0.get(CABECERA + nombre..).and_then(|resto| resto.get(extra..)).unwrap_or_default();
        let nombre = self.0.get(CABECERA..CABECERA + nombre)?;
        // With bit 3 the size stands after the content, so that the next header has to be looked for.
        let sin_tamano = corto(6) & 8 != 0 && tamano == 0;
        self.0 = if sin_tamano {
            let lugar = contenido.windows(4).position(|w| w == b"PK\x03\x04");
            lugar.and_then(|i| contenido.get(i..)).unwrap_or_default()
        } else {
            contenido.get(tamano..).unwrap_or_default()
        };
        Some((nombre, contenido))
    }
}

/// What a compound file begins with ([MS-CFB] 2.2).
pub const COMPUESTO: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Where in a compound file its directory begins ([MS-CFB] 2.2: the sector's size as a power of two, and its number).
pub fn directorio(head: &[u8]) -> Option<u64> {
    let cabecera = head.get(..512).filter(|cabecera| cabecera.starts_with(COMPUESTO))?;
    let sector = match cabecera.get(30..32)? {
        [9, 0] => 512,
        [12, 0] => 4096,
        _ => return None,
    };
    let numero = u32::from_le_bytes(cabecera.get(48..52)?.try_into().ok()?);
    Some((u64::from(numero) + 1) * sector)
}

/// What a compound file (the old office formats, Outlook messages) is, by the names of its streams; they are in a
/// directory that may lie anywhere, so that the first bytes of the first stream count too.
pub fn compuesto(head: &[u8]) -> Formato {
    let nombra = |nombre: &str| {
        let utf16: Vec<u8> = nombre.encode_utf16().flat_map(u16::to_le_bytes).collect();
        head.windows(utf16.len()).any(|w| w == utf16)
    };
    let primero = head.get(512..).unwrap_or_default();
    if nombra("EncryptedPackage") {
        Formato::OficinaCifrada
    } else if nombra("__properties_version1.0") {
        Formato::Msg
    } else if nombra("WordDocument") || primero.starts_with(&[0xec, 0xa5]) {
        Formato::Doc
    } else if nombra("PowerPoint Document") {
        Formato::Ppt
    } else if nombra("Workbook") || primero.starts_with(&[0x09, 0x08, 0x10, 0x00]) {
        Formato::Xls
    } else {
        Formato::Desconocido
    }
}

/// Whether it is a HEIF file whose pictures are HEVC, by the brands of its first box (ISO/IEC 23008-12, annex B).
pub fn es_heic(head: &[u8]) -> bool {
    let Some((caja, _)) = head.split_first_chunk::<8>() else { return false };
    let largo = u32::from_be_bytes([caja[0], caja[1], caja[2], caja[3]]) as usize;
    if &caja[4..] != b"ftyp" {
        return false;
    }
    let marcas = head.get(8..largo.min(head.len())).unwrap_or_default();
    let de = |buscada: &[u8]| marcas.chunks_exact(4).any(|m| m == buscada);
    let hevc = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"].iter().any(|m| de(*m));
    hevc || (de(b"mif1") && !de(b"avif") && !de(b"avis"))
}

/// Whether the root element is `svg`, after declaration, comments and document type.
pub fn es_svg(texto: &[u8]) -> bool {
    let mut resto = texto.strip_prefix(b"\xef\xbb\xbf").unwrap_or(texto).trim_ascii_start();
    loop {
        let fin: &[u8] = match resto {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            // A DOCTYPE with definitions of its own ends after them, as drawing programs write it.
            [b'<', b'!', declaracion @ ..] => {
                let [cierre, corchete] = [b'>', b'['].map(|c| declaracion.iter().position(|b| *b == c));
                if corchete.is_some() && corchete < cierre { b"]>" } else { b">" }
            }
            _ => break,
        };
        let Some(lugar) = resto.windows(fin.len()).position(|w| w == fin) else { return false };
        resto = resto[lugar + fin.len()..].trim_ascii_start();
    }
    let nombre = resto.strip_prefix(b"<").unwrap_or_default();
    let nombre = nombre.strip_prefix(b"svg:").unwrap_or(nombre);
    nombre.strip_prefix(b"svg").is_some_and(|r| r.first().is_none_or(|c| c.is_ascii_whitespace() || *c == b'>'))
}

/// Whether what follows the letters "BM" is the header of a bitmap: reserved zeros, and one of the known lengths.
pub fn es_bmp(head: &[u8]) -> bool {
    let largo = head.get(14..18).and_then(|l| l.try_into().ok()).map(u32::from_le_bytes);
    head.get(6..10) == Some(&[0; 4]) && matches!(largo, Some(12 | 16 | 40 | 52 | 56 | 64 | 108 | 124))
}

/// Whether a file begins as a POSIX tar archive.
pub fn es_tar(head: &[u8]) -> bool {
    head.get(257..262) == Some(b"ustar")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    /// One entry as a local header and its content.
    fn entrada(nombre: &str, contenido: &[u8], con_tamano: bool) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04\x14\0".to_vec();
        bytes.extend([if con_tamano { 0 } else { 8 }, 0]);
        bytes.extend([0; 10]);
        let largo = if con_tamano { contenido.len() as u32 } else { 0 };
        bytes.extend(largo.to_le_bytes());
        bytes.extend(largo.to_le_bytes());
        bytes.extend((nombre.len() as u16).to_le_bytes());
        bytes.extend([0, 0]);
        bytes.extend(nombre.as_bytes());
        bytes.extend(contenido);
        bytes
    }

    #[test]
    fn a_package_is_told_by_its_parts() {
        for con_tamano in [true, false] {
            for (parte, formato) in [
                ("word/document.xml", Formato::Docx),
                ("xl/workbook.xml", Formato::Xlsx),
                ("ppt/presentation.xml", Formato::Pptx),
                ("notas/word/document.xml", Formato::Zip),
            ] {
                let bytes =
                    [entrada("[Content_Types].xml", b"x", con_tamano), entrada(parte, b"yy", con_tamano)].concat();
                assert_eq!(zip(&bytes), formato, "{parte}");
            }
        }
        assert_eq!(zip(&entrada("word/document.xml", b"", true)), Formato::Zip, "no package");
    }

    #[test]
    fn a_document_inside_an_archive_does_not_make_it_one() {
        let dentro = [entrada("_rels/.rels", b"x", true), entrada("word/document.xml", b"y", true)].concat();
        assert_eq!(zip(&entrada("contrato.docx", &dentro, true)), Formato::Zip);
    }

    #[test]
    fn opendocument_is_told_by_its_mimetype() {
        for (mime, formato) in [
            ("application/vnd.oasis.opendocument.text", Formato::Odt),
            ("application/vnd.oasis.opendocument.spreadsheet", Formato::Ods),
            ("application/vnd.oasis.opendocument.presentation", Formato::Odp),
            ("application/epub+zip", Formato::Zip),
        ] {
            assert_eq!(zip(&entrada("mimetype", mime.as_bytes(), true)), formato);
        }
    }

    #[test]
    fn brands_tell_heic_from_avif() {
        let ftyp = |marcas: &[u8]| [&(8 + marcas.len() as u32).to_be_bytes(), &b"ftyp"[..], marcas].concat();
        assert!(es_heic(&ftyp(b"heic\0\0\0\0mif1heic")));
        assert!(es_heic(&ftyp(b"mif1\0\0\0\0mif1heic")));
        assert!(!es_heic(&ftyp(b"avif\0\0\0\0mif1avif")));
        assert!(!es_heic(&ftyp(b"isom\0\0\0\0mp42")));
        assert!(!es_heic(b"\0\0\0\x02ftyp"));
    }

    #[test]
    fn the_root_element_makes_an_svg() {
        assert!(es_svg(
            b"<?xml version='1.0'?>\n<!-- x -->\n<!DOCTYPE svg>\n<svg xmlns='http://www.w3.org/2000/svg'/>"
        ));
        assert!(es_svg(b"<svg:svg xmlns:svg='x'>"));
        assert!(!es_svg(b"<html><svg></svg></html>") && !es_svg(b"<svgx>") && !es_svg(b"<!-- <svg>"));
    }
}
