//! The main part of an office document, put into a package: a run that breaks bytes of a ZIP file hardly ever gets past its checksums.
//!
//! What must hold is what holds of `pagina`: own code does not panic, and text has no control characters.

#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use render::{Calidad, Peticion, pagina, paginas, texto};
use zip::{CompressionMethod, ZipWriter, result::ZipResult, write::SimpleFileOptions};

/// The first entry, which tells the format, and the part that is read.
const FORMATS: [(&str, &str, &str); 6] = [
    ("[Content_Types].xml", "", "word/document.xml"),
    ("[Content_Types].xml", "", "word/numbering.xml"),
    ("[Content_Types].xml", "", "ppt/slides/slide1.xml"),
    ("mimetype", "application/vnd.oasis.opendocument.text", "content.xml"),
    ("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml"),
    ("mimetype", "application/vnd.oasis.opendocument.presentation", "content.xml"),
];
const LISTS: &str = r#"<d><body><p><pPr><numPr><ilvl val="1"/><numId val="1"/></numPr></pPr></p></body></d>"#;

fuzz_target!(
    init: {
        // libFuzzer's own hook ends the process at every panic, caught or not.
        std::panic::set_hook(Box::new(|panic| {
            let file = panic.location().map_or("", |location| location.file());
            if file.contains("crates/render/") || file.contains("fuzz_targets/") {
                eprintln!("{panic}");
                std::process::abort();
            }
        }));
    },
    |bytes: &[u8]| {
        let Some((first, part)) = bytes.split_first() else { return };
        let (tells, told, name) = FORMATS[usize::from(*first) % FORMATS.len()];
        let mut parts = vec![(tells, told.as_bytes()), (name, part)];
        if name == "word/numbering.xml" {
            parts.push(("word/document.xml", LISTS.as_bytes()));
        }
        let Ok(document) = package(&parts) else { return };
        let count = paginas(&document);
        if let Ok(text) = texto(&document, None) {
            assert!(!text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\u{c}')), "{text:?}");
            let peticion = Peticion { pagina: 1, ancho: 48, alto: 64, giro: 0, calidad: Calidad::Gris2, recorte: None };
            assert_eq!(pagina(&document, &peticion).map(|imagen| imagen.paginas), count);
        }
    }
);

fn package(parts: &[(&str, &[u8])]) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored))?;
        zip.write_all(content)?;
    }
    Ok(zip.finish()?.into_inner())
}
