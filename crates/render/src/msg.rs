//! Messages as Outlook keeps them: a compound file whose streams are named by property (MS-OXMSG).

use std::{
    io::{Cursor, Read},
    path::{Path, PathBuf},
};

use cfb::CompoundFile;

use crate::{RenderError, comprimidos::tamano, plain};

type Fichero<'a> = CompoundFile<Cursor<&'a [u8]>>;

/// A body longer than this is cut.
const MAX_FLUJO: u64 = 4 * 1024 * 1024;
const MAX_ADJUNTOS: usize = 500;

// Property ids, MS-OXPROPS.
const ASUNTO: u16 = 0x0037;
const DE: u16 = 0x0c1a;
const DE_DIRECCION: u16 = 0x5d01;
const DE_DIRECCION_ANTIGUA: u16 = 0x0c1f;
const PARA: u16 = 0x0e04;
const COPIA: u16 = 0x0e03;
const CUERPO: u16 = 0x1000;
const HTML: u16 = 0x1013;
const CABECERAS: u16 = 0x007d;
const ADJUNTO_LARGO: u16 = 0x3707;
const ADJUNTO_CORTO: u16 = 0x3704;
const ADJUNTO_DATOS: &str = "__substg1.0_37010102";

/// The message, ready to be laid out.
pub fn texto(bytes: &[u8]) -> Result<String, RenderError> {
    let mut fichero = CompoundFile::open(Cursor::new(bytes)).map_err(|_| RenderError::Roto)?;
    let raiz = Path::new("/");
    let mut leer = |id| propiedad(&mut fichero, raiz, id);
    let direccion = leer(DE_DIRECCION).or_else(|| leer(DE_DIRECCION_ANTIGUA)).filter(|d| d.contains('@'));
    let de = match (leer(DE), direccion) {
        (Some(nombre), Some(direccion)) if nombre != direccion => Some(format!("{nombre} <{direccion}>")),
        (nombre, direccion) => nombre.or(direccion),
    };
    let fecha = leer(CABECERAS).and_then(|cabeceras| fecha(&cabeceras));
    let campos =
        [("De:", de), ("Para:", leer(PARA)), ("Copia:", leer(COPIA)), ("Fecha:", fecha), ("Asunto:", leer(ASUNTO))];
    let cuerpo = leer(CUERPO).unwrap_or_default();
    let cuerpo = if cuerpo.trim().is_empty() {
        let html = leer_bytes(&mut fichero, &flujo(raiz, HTML, "0102")).unwrap_or_default();
        mail_parser::decoders::html::html_to_text(&plain::decode(&html))
    } else {
        cuerpo
    };
    let adjuntos = adjuntos(&mut fichero);

    let mut texto: String = campos
        .into_iter()
        .filter_map(|(nombre, valor)| {
            let valor = valor?.split_whitespace().collect::<Vec<_>>().join(" ");
            (!valor.is_empty()).then(|| format!("{nombre:<8} {valor}\n"))
        })
        .collect();
    if !adjuntos.is_empty() {
        texto.push_str(&format!("\nAdjuntos:\n{}\n", adjuntos.join("\n")));
    }
    texto.push_str(&format!("\n{}\n\n{}\n", "-".repeat(72), cuerpo.trim_end()));
    Ok(texto)
}

fn adjuntos(fichero: &mut Fichero<'_>) -> Vec<String> {
    let Ok(entradas) = fichero.read_storage("/") else { return Vec::new() };
    let carpetas: Vec<PathBuf> = entradas
        .filter(|e| e.is_storage() && e.name().starts_with("__attach_version1.0_"))
        .map(|e| e.path().to_owned())
        .take(MAX_ADJUNTOS)
        .collect();
    let mut lineas = Vec::new();
    for carpeta in carpetas {
        let nombre =
            propiedad(fichero, &carpeta, ADJUNTO_LARGO).or_else(|| propiedad(fichero, &carpeta, ADJUNTO_CORTO));
        let nombre = nombre.unwrap_or_else(|| "sin nombre".to_owned());
        let nombre = nombre.split_whitespace().collect::<Vec<_>>().join(" ");
        let largo = fichero.entry(carpeta.join(ADJUNTO_DATOS)).ok().map(|e| tamano(e.len()));
        // One without data is a message or an object.
        lineas.push(format!("  - {nombre} ({})", largo.unwrap_or_else(|| "mensaje".to_owned())));
    }
    lineas
}

fn flujo(carpeta: &Path, id: u16, tipo: &str) -> PathBuf {
    carpeta.join(format!("__substg1.0_{id:04X}{tipo}"))
}

/// A text, in UTF-16 or in the code page of whoever wrote it.
fn propiedad(fichero: &mut Fichero<'_>, carpeta: &Path, id: u16) -> Option<String> {
    if let Some(bytes) = leer_bytes(fichero, &flujo(carpeta, id, "001F")) {
        let unidades: Vec<u16> = bytes.as_chunks().0.iter().map(|par| u16::from_le_bytes(*par)).collect();
        return Some(String::from_utf16_lossy(&unidades));
    }
    leer_bytes(fichero, &flujo(carpeta, id, "001E")).map(|bytes| plain::decode(&bytes))
}

fn leer_bytes(fichero: &mut Fichero<'_>, flujo: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    fichero.open_stream(flujo).ok()?.take(MAX_FLUJO).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// The date as the message's own headers have it.
fn fecha(cabeceras: &str) -> Option<String> {
    let linea = cabeceras.lines().find(|l| l.get(..5).is_some_and(|n| n.eq_ignore_ascii_case("date:")))?;
    mail_parser::DateTime::parse_rfc822(linea[5..].trim()).map(|d| crate::mail::fecha(&d))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use std::io::Write as _;

    use super::*;

    fn mensaje() -> Vec<u8> {
        let mut fichero = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        let utf16 = |t: &str| t.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        fichero.create_storage("/__attach_version1.0_#00000000").unwrap();
        for (flujo, datos) in [
            ("/__properties_version1.0", vec![0; 32]),
            ("/__substg1.0_0037001F", utf16("Tu  coche")),
            ("/__substg1.0_0C1A001F", utf16("Begoña")),
            ("/__substg1.0_5D01001F", utf16("bego@ejemplo.es")),
            ("/__substg1.0_0E04001E", b"Taller Mu\xf1oz".to_vec()),
            ("/__substg1.0_1000001F", utf16("Ya está listo.")),
            ("/__substg1.0_007D001F", utf16("From: x\r\nDate: Tue, 3 Mar 2026 09:05:00 +0100\r\n")),
            ("/__attach_version1.0_#00000000/__substg1.0_3707001F", utf16("factura.pdf")),
            ("/__attach_version1.0_#00000000/__substg1.0_37010102", b"%PDF-".to_vec()),
        ] {
            fichero.create_stream(flujo).unwrap().write_all(&datos).unwrap();
        }
        fichero.into_inner().into_inner()
    }

    #[test]
    fn it_shows_headers_body_and_attachments() {
        let bytes = mensaje();
        assert_eq!(crate::sniff(&bytes), crate::Formato::Msg);
        let texto = texto(&bytes).unwrap();
        for trozo in [
            "De:      Begoña <bego@ejemplo.es>\n",
            "Para:    Taller Muñoz\n",
            "Fecha:   03/03/2026 09:05 (UTC+01:00)\n",
            "Asunto:  Tu coche\n",
            "  - factura.pdf (5 bytes)\n",
            "Ya está listo.",
        ] {
            assert!(texto.contains(trozo), "{trozo:?} is missing in\n{texto}");
        }
    }

    #[test]
    fn a_message_cut_anywhere_is_an_error_or_a_text() {
        let bytes = mensaje();
        for n in (0..bytes.len()).step_by(97) {
            let _ = texto(&bytes[..n]);
        }
    }
}
