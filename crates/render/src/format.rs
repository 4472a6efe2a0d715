//! What a document is, told by its bytes and never by its name.
//!
//! Names lie, and the renderer chosen is the attack surface chosen. So the first bytes decide, strictly: whatever
//! announces itself as another format at offset 0 (a ZIP, a program, a picture) is that, even when a PDF header
//! stands a little further on. Only what begins with nothing known is searched for a late PDF header, as readers do.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use serde::{Deserialize, Serialize};

use crate::{contenedores, csv};

/// Only this much of a document is looked at.
const VENTANA: usize = 64 * 1024;
/// PDF readers accept the header anywhere in the first kilobyte (ISO 32000-1, annex H, implementation note 13).
const VENTANA_PDF: usize = 1024;

/// The formats that can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Formato {
    /// Portable Document Format, ISO 32000.
    Pdf,
    /// JPEG photograph or scan.
    Jpeg,
    /// Portable Network Graphics.
    Png,
    /// WebP.
    Webp,
    /// TIFF 6.0, of one or several pages; also BigTIFF.
    Tiff,
    /// GIF; its first frame.
    Gif,
    /// Windows bitmap.
    Bmp,
    /// Photograph of a telephone: HEIF with HEVC.
    Heic,
    /// Scalable Vector Graphics.
    Svg,
    /// Plain text in UTF-8 or Windows-1252 (which holds Latin-1).
    Texto,
    /// Text whose lines are rows of a table.
    Csv,
    /// One e-mail message, RFC 5322.
    Correo,
    /// One message as Outlook keeps it.
    Msg,
    /// Rich Text Format.
    Rtf,
    /// Word, since 2007.
    Docx,
    /// Excel, since 2007.
    Xlsx,
    /// PowerPoint, since 2007.
    Pptx,
    /// OpenDocument text.
    Odt,
    /// OpenDocument spreadsheet.
    Ods,
    /// OpenDocument presentation.
    Odp,
    /// Word, up to 2003.
    Doc,
    /// Excel, up to 2003.
    Xls,
    /// PowerPoint, up to 2003.
    Ppt,
    /// An office document that is encrypted whole, so that not even its kind is known.
    OficinaCifrada,
    /// ZIP archive.
    Zip,
    /// 7z archive.
    SieteZip,
    /// RAR archive.
    Rar,
    /// POSIX tar archive.
    Tar,
    /// One file, compressed by gzip.
    Gzip,
    /// Anything else.
    Desconocido,
}

impl Formato {
    /// All of them but the unknown one.
    pub const CONOCIDOS: [Self; 29] = [
        Self::Pdf,
        Self::Jpeg,
        Self::Png,
        Self::Webp,
        Self::Tiff,
        Self::Gif,
        Self::Bmp,
        Self::Heic,
        Self::Svg,
        Self::Texto,
        Self::Csv,
        Self::Correo,
        Self::Msg,
        Self::Rtf,
        Self::Docx,
        Self::Xlsx,
        Self::Pptx,
        Self::Odt,
        Self::Ods,
        Self::Odp,
        Self::Doc,
        Self::Xls,
        Self::Ppt,
        Self::OficinaCifrada,
        Self::Zip,
        Self::SieteZip,
        Self::Rar,
        Self::Tar,
        Self::Gzip,
    ];

    /// Its media type.
    pub fn mime(self) -> &'static str {
        self.nombres().0
    }

    /// The usual file name extension, without the dot.
    pub fn extension(self) -> &'static str {
        self.nombres().1
    }

    fn nombres(self) -> (&'static str, &'static str) {
        match self {
            Self::Pdf => ("application/pdf", "pdf"),
            Self::Jpeg => ("image/jpeg", "jpg"),
            Self::Png => ("image/png", "png"),
            Self::Webp => ("image/webp", "webp"),
            Self::Tiff => ("image/tiff", "tif"),
            Self::Gif => ("image/gif", "gif"),
            Self::Bmp => ("image/bmp", "bmp"),
            Self::Heic => ("image/heic", "heic"),
            Self::Svg => ("image/svg+xml", "svg"),
            Self::Texto => ("text/plain", "txt"),
            Self::Csv => ("text/csv", "csv"),
            Self::Correo => ("message/rfc822", "eml"),
            Self::Msg => ("application/vnd.ms-outlook", "msg"),
            Self::Rtf => ("application/rtf", "rtf"),
            Self::Docx => ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
            Self::Xlsx => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
            Self::Pptx => ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
            Self::Odt => ("application/vnd.oasis.opendocument.text", "odt"),
            Self::Ods => ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
            Self::Odp => ("application/vnd.oasis.opendocument.presentation", "odp"),
            Self::Doc => ("application/msword", "doc"),
            Self::Xls => ("application/vnd.ms-excel", "xls"),
            Self::Ppt => ("application/vnd.ms-powerpoint", "ppt"),
            Self::OficinaCifrada => ("application/x-ole-storage", "docx"),
            Self::Zip => ("application/zip", "zip"),
            Self::SieteZip => ("application/x-7z-compressed", "7z"),
            Self::Rar => ("application/vnd.rar", "rar"),
            Self::Tar => ("application/x-tar", "tar"),
            Self::Gzip => ("application/gzip", "gz"),
            Self::Desconocido => ("application/octet-stream", "bin"),
        }
    }

    /// Whether an office program could make real pages of it.
    pub fn es_de_oficina(self) -> bool {
        use Formato::{Doc, Docx, Odp, Ods, Odt, Ppt, Pptx, Rtf, Xls, Xlsx};
        matches!(self, Doc | Docx | Odp | Ods | Odt | Ppt | Pptx | Rtf | Xls | Xlsx)
    }
}

impl std::fmt::Display for Formato {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.mime())
    }
}

/// Tells the format from the first bytes; the first 64 KiB are enough, and more are not looked at.
pub fn sniff(head: &[u8]) -> Formato {
    let head = &head[..head.len().min(VENTANA)];
    if head.starts_with(b"%PDF-") {
        return Formato::Pdf;
    }
    if head.starts_with(b"II\x2b\0") || head.starts_with(b"MM\0\x2b") {
        return Formato::Tiff; // BigTIFF, which `infer` does not know
    }
    if let Some(formato) = contenedor(head) {
        return formato;
    }
    match infer::get(head).map(|kind| kind.mime_type()) {
        Some("image/jpeg") => Formato::Jpeg,
        Some("image/png") => Formato::Png,
        Some("image/webp") => Formato::Webp,
        Some("image/tiff") => Formato::Tiff,
        Some("image/gif") => Formato::Gif,
        // Two letters are not enough: a list of cars may begin with "BMW".
        Some("image/bmp") if contenedores::es_bmp(head) => Formato::Bmp,
        Some("image/bmp") => sin_firma(head),
        // Written for people to read, whatever else they are; drawn as text and never interpreted.
        Some(mime) if mime.starts_with("text/") => sin_firma(head),
        // `infer` finds the header anywhere; where it may stand is decided here.
        Some("message/rfc822" | "application/pdf") => sin_firma(head),
        Some(_) => Formato::Desconocido,
        None => sin_firma(head),
    }
}

/// Likewise, of a file that may not be whole yet. A compound file's kind stands in its directory, which the programs of today write at the
/// end: `None` when that has not come.
///
/// # Errors
/// Those of reading.
pub fn sniff_archivo(archivo: &mut (impl Read + Seek)) -> io::Result<Option<Formato>> {
    let mut head = Vec::new();
    archivo.by_ref().take(VENTANA as u64).read_to_end(&mut head)?;
    let formato = sniff(&head);
    let Some(lejos) = contenedores::directorio(&head).filter(|_| formato == Formato::Desconocido) else {
        return Ok(Some(formato));
    };
    let mut directorio = Vec::new();
    archivo.seek(SeekFrom::Start(lejos))?;
    archivo.take(VENTANA as u64).read_to_end(&mut directorio)?;
    Ok((!directorio.is_empty()).then(|| contenedores::compuesto(&directorio)))
}

/// The format of a whole document.
pub fn sniff_todo(bytes: &[u8]) -> Formato {
    // Bytes in memory can always be read.
    sniff_archivo(&mut Cursor::new(bytes)).ok().flatten().unwrap_or(Formato::Desconocido)
}

/// What holds other things, told apart by them.
fn contenedor(head: &[u8]) -> Option<Formato> {
    let empieza = |firma: &[u8]| head.starts_with(firma);
    if empieza(b"PK\x03\x04") || empieza(b"PK\x05\x06") {
        Some(contenedores::zip(head))
    } else if empieza(contenedores::COMPUESTO) {
        Some(contenedores::compuesto(head))
    } else if contenedores::es_heic(head) {
        Some(Formato::Heic)
    } else if empieza(b"{\\rtf") {
        Some(Formato::Rtf)
    } else if empieza(b"7z\xbc\xaf\x27\x1c") {
        Some(Formato::SieteZip)
    } else if empieza(b"Rar!\x1a\x07\0") || empieza(b"Rar!\x1a\x07\x01\0") {
        Some(Formato::Rar)
    } else if empieza(b"\x1f\x8b\x08") {
        Some(Formato::Gzip)
    } else if contenedores::es_tar(head) {
        Some(Formato::Tar)
    } else {
        None
    }
}

/// The format of what has no signature at its beginning.
fn sin_firma(head: &[u8]) -> Formato {
    if es_texto(head) {
        if es_correo(head) {
            return Formato::Correo;
        }
        if contenedores::es_svg(head) {
            return Formato::Svg;
        }
        if !cabecera_pdf_tardia(head) {
            return if csv::es_tabla(head) { Formato::Csv } else { Formato::Texto };
        }
    }
    if cabecera_pdf_tardia(head) { Formato::Pdf } else { Formato::Desconocido }
}

/// A PDF header after some rubbish: at the start of a line or after a byte that is no text, so that a letter which
/// speaks of "%PDF-1.7" stays a letter.
fn cabecera_pdf_tardia(head: &[u8]) -> bool {
    let zona = &head[..head.len().min(VENTANA_PDF)];
    let tiene_objetos = || head.windows(4).any(|w| w == b" obj");
    zona.windows(7).enumerate().any(|(i, w)| {
        let antes = i.checked_sub(1).and_then(|j| zona.get(j)).copied();
        w.starts_with(b"%PDF-")
            && w[5].is_ascii_digit()
            && w[6] == b'.'
            && antes.is_none_or(|b| !(b' '..=b'~').contains(&b))
    }) && tiene_objetos()
}

/// Whether every byte can be read as text: UTF-8, else Windows-1252 that is mostly ASCII; no control characters.
fn es_texto(head: &[u8]) -> bool {
    if head.is_empty() {
        return false;
    }
    match std::str::from_utf8(head) {
        Ok(texto) => !texto.chars().any(control),
        // A character cut by the window's edge is no fault of the text.
        Err(e) if e.error_len().is_none() && head.len() == VENTANA => {
            std::str::from_utf8(&head[..e.valid_up_to()]).is_ok_and(|texto| !texto.chars().any(control))
        }
        Err(_) => {
            let altos = head.iter().filter(|b| **b >= 0x80).count();
            let legibles = head.iter().all(|b| match b {
                0x81 | 0x8d | 0x8f | 0x90 | 0x9d => false, // no letter in Windows-1252
                0x80.. => true,
                _ => !control(char::from(*b)),
            });
            legibles && altos * 10 <= head.len() * 3
        }
    }
}

/// A control character other than those that lay text out.
fn control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0c')
}

/// Whether it begins with a header block of RFC 5322 that names its author and at least one field more.
fn es_correo(head: &[u8]) -> bool {
    const CONOCIDAS: [&str; 13] = [
        "to",
        "subject",
        "date",
        "message-id",
        "mime-version",
        "received",
        "return-path",
        "delivered-to",
        "cc",
        "reply-to",
        "content-type",
        "sender",
        "dkim-signature",
    ];
    let (mut autor, mut otras) = (false, 0);
    for (n, linea) in head.split(|b| *b == b'\n').enumerate() {
        let linea = linea.strip_suffix(b"\r").unwrap_or(linea);
        if linea.is_empty() {
            break;
        }
        if n == 0 && linea.starts_with(b"From ") {
            continue; // the separator line of a mailbox file
        }
        if n > 0 && matches!(linea.first(), Some(b' ' | b'\t')) {
            continue; // a folded field
        }
        let Some(dos_puntos) = linea.iter().position(|b| *b == b':') else { return false };
        let nombre = &linea[..dos_puntos];
        if nombre.is_empty() || !nombre.iter().all(u8::is_ascii_graphic) {
            return false;
        }
        let nombre = String::from_utf8_lossy(nombre).to_ascii_lowercase();
        autor |= nombre == "from";
        otras += usize::from(CONOCIDAS.contains(&nombre.as_str()));
    }
    autor && otras >= 1
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn the_bytes_decide() {
        let zip_con_pdf = [b"PK\x03\x04\x14\0\0\0\0\0".as_slice(), b"\n%PDF-1.4\n1 0 obj\n"].concat();
        let jpeg_con_pdf = [b"\xff\xd8\xff\xe0\0\x10JFIF\0".as_slice(), b"\n%PDF-1.4\n1 0 obj\n"].concat();
        let casos: Vec<(&str, Vec<u8>, Formato)> = vec![
            ("pdf", b"%PDF-1.7\n".to_vec(), Formato::Pdf),
            ("pdf after a byte order mark", b"\xef\xbb\xbf%PDF-1.7\n1 0 obj".to_vec(), Formato::Pdf),
            ("pdf after rubbish", b"\0\x01\x02basura\n%PDF-1.3\n1 0 obj".to_vec(), Formato::Pdf),
            ("pdf after a line of text", b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.3\n1 0 obj".to_vec(), Formato::Pdf),
            (
                "pdf header too far away",
                [vec![0; 1100], b"\n%PDF-1.3\n1 0 obj".to_vec()].concat(),
                Formato::Desconocido,
            ),
            ("letter that speaks of pdf", b"El formato %PDF-1.7 es 1 obj".to_vec(), Formato::Texto),
            ("zip that holds a pdf", zip_con_pdf, Formato::Zip),
            ("jpeg that holds a pdf", jpeg_con_pdf, Formato::Jpeg),
            ("png", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec(), Formato::Png),
            ("webp", b"RIFF\x24\0\0\0WEBPVP8 ".to_vec(), Formato::Webp),
            ("tiff, little endian", b"II*\0\x08\0\0\0\x0c\0\0\x01".to_vec(), Formato::Tiff),
            ("tiff, big endian", b"MM\0*\0\0\0\x08\0\x0c\x01\0".to_vec(), Formato::Tiff),
            ("bigtiff", b"II+\0\x08\0\0\0\x10\0\0\0\0\0\0\0".to_vec(), Formato::Tiff),
            ("gif", b"GIF89a\x01\0\x01\0".to_vec(), Formato::Gif),
            ("bmp", b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0".to_vec(), Formato::Bmp),
            ("text that begins like one", b"BMW X1 sDrive18d, 2019\n".to_vec(), Formato::Texto),
            ("rtf", b"{\\rtf1\\ansi Hola}".to_vec(), Formato::Rtf),
            ("rar 4", b"Rar!\x1a\x07\0".to_vec(), Formato::Rar),
            ("7z", b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(), Formato::SieteZip),
            ("gzip", b"\x1f\x8b\x08\0\0\0\0\0\0\x03".to_vec(), Formato::Gzip),
            ("table", b"Marca;Precio\nSeat;9.000\n".to_vec(), Formato::Csv),
            ("drawing", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), Formato::Svg),
            (
                "drawing with definitions",
                b"<?xml version='1.0'?><!DOCTYPE svg PUBLIC 'x' 'y' [ <!ENTITY a 'b>c'> ]>\n<svg>".to_vec(),
                Formato::Svg,
            ),
            ("program", b"\x7fELF\x02\x01\x01\0".to_vec(), Formato::Desconocido),
            ("empty", Vec::new(), Formato::Desconocido),
            ("text", "Matrícula 1234 BCD, 18.500 €\r\n".into(), Formato::Texto),
            ("latin-1 text", b"Cami\xf3n de ocasi\xf3n, a\xf1o 2019".to_vec(), Formato::Texto),
            ("text with an escape", b"hola \x1b[31mrojo".to_vec(), Formato::Desconocido),
            ("binary", vec![0x81; 40], Formato::Desconocido),
            ("html is text", b"<!DOCTYPE html><p>Hola".to_vec(), Formato::Texto),
            ("e-mail", b"From: a@b.es\r\nSubject: Hola\r\n\r\nTexto".to_vec(), Formato::Correo),
            ("e-mail with folded fields", b"Received: x\r\n\tby y\r\nFrom: a@b.es\r\n\r\n".to_vec(), Formato::Correo),
            ("e-mail with a pdf line", b"From: a@b.es\nTo: c@d.es\n\n%PDF-1.4\n1 0 obj".to_vec(), Formato::Correo),
            ("note that begins like one", b"From: the garage\nWe have the car.\n".to_vec(), Formato::Texto),
        ];
        for (nombre, bytes, esperado) in casos {
            assert_eq!(sniff(&bytes), esperado, "{nombre}");
        }
    }

    #[test]
    fn each_format_has_a_name_of_its_own() {
        let mimes: std::collections::HashSet<_> = Formato::CONOCIDOS.iter().map(|f| f.mime()).collect();
        assert_eq!(mimes.len(), Formato::CONOCIDOS.len());
    }

    #[test]
    fn a_character_cut_by_the_window_is_still_text() {
        let mut bytes = vec![b'a'; VENTANA - 1];
        bytes.extend("ñandú".as_bytes());
        assert_eq!(sniff(&bytes), Formato::Texto);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..2048)) {
            let _ = sniff(&bytes);
        }

        #[test]
        fn no_tail_makes_a_signature_panic(
            inicio in proptest::sample::select(vec![&b"%PDF-"[..], b"PK\x03\x04", b"\xff\xd8\xff", b"II*\0", b"RIFF", b"From: a\n"]),
            resto in proptest::collection::vec(proptest::num::u8::ANY, 0..256),
        ) {
            let _ = sniff(&[inicio, &resto].concat());
        }
    }

    #[test]
    fn a_compound_file_is_known_by_its_directory_wherever_it_lies() {
        let mut libro = vec![0; 512 * 400];
        libro[..8].copy_from_slice(contenedores::COMPUESTO);
        libro[30] = 9;
        libro[48..52].copy_from_slice(&380_u32.to_le_bytes());
        let nombre: Vec<u8> = "Workbook".encode_utf16().flat_map(u16::to_le_bytes).collect();
        libro[512 * 381..512 * 381 + nombre.len()].copy_from_slice(&nombre);
        assert_eq!(sniff(&libro), Formato::Desconocido);
        assert_eq!(sniff_todo(&libro), Formato::Xls);
        let llegado = &libro[..100_000];
        assert_eq!(sniff_archivo(&mut Cursor::new(llegado)).unwrap(), None, "its directory has not come yet");
        libro[48..52].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(sniff_todo(&libro), Formato::Desconocido);
    }
}
