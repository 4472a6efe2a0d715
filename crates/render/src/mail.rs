//! An e-mail as text: who, to whom, when and about what, the body, and what was attached.
//!
//! HTML bodies are turned into text by the parser; nothing remote is ever fetched and no attachment is opened.

use std::fmt::Write as _;

use mail_parser::{Address, DateTime, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::{RenderError, comprimidos::tamano};

/// A media type longer than this is no media type.
const MAX_CLASE: usize = 80;

/// The message, ready to be laid out.
pub fn texto(bytes: &[u8]) -> Result<String, RenderError> {
    let mensaje = MessageParser::default().parse(bytes).ok_or(RenderError::Roto)?;
    let mut texto = String::new();
    let mut campo = |nombre: &str, valor: Option<String>| {
        if let Some(valor) = valor.filter(|v| !v.trim().is_empty()) {
            // A header is one line, whatever the sender put into it.
            let valor = valor.split_whitespace().collect::<Vec<_>>().join(" ");
            let _ = writeln!(texto, "{nombre:<8} {valor}");
        }
    };
    campo("De:", mensaje.from().map(direcciones));
    campo("Para:", mensaje.to().map(direcciones));
    campo("Copia:", mensaje.cc().map(direcciones));
    campo("Fecha:", mensaje.date().map(fecha));
    campo("Asunto:", mensaje.subject().map(str::to_owned));

    let adjuntos: Vec<String> = mensaje
        .attachments()
        .map(|parte| {
            let nombre = parte.attachment_name().unwrap_or("sin nombre");
            let nombre = nombre.split_whitespace().collect::<Vec<_>>().join(" ");
            match &parte.body {
                PartType::Message(dentro) => {
                    let asunto = dentro.subject().unwrap_or("sin asunto");
                    let asunto = asunto.split_whitespace().collect::<Vec<_>>().join(" ");
                    format!("  - mensaje «{asunto}» ({})", tamano(dentro.raw_message.len() as u64))
                }
                _ => format!("  - {nombre} ({}{})", clase(parte), tamano(parte.contents().len() as u64)),
            }
        })
        .collect();
    if !adjuntos.is_empty() {
        let _ = writeln!(texto, "\nAdjuntos:\n{}", adjuntos.join("\n"));
    }

    let _ = writeln!(texto, "\n{}\n", "-".repeat(72));
    for n in 0..mensaje.text_body_count() {
        if let Some(cuerpo) = mensaje.body_text(n) {
            let _ = writeln!(texto, "{}\n", cuerpo.trim_end());
        }
    }
    Ok(texto)
}

fn direcciones(lista: &Address<'_>) -> String {
    let una = |nombre: Option<&str>, direccion: Option<&str>| match (nombre, direccion) {
        (Some(nombre), Some(direccion)) => format!("{nombre} <{direccion}>"),
        (nombre, direccion) => nombre.or(direccion).unwrap_or_default().to_owned(),
    };
    lista.iter().map(|d| una(d.name(), d.address())).collect::<Vec<_>>().join(", ")
}

/// As the sender's clock showed it, with its zone: the reader's zone is not known here.
pub fn fecha(d: &DateTime) -> String {
    let signo = if d.tz_before_gmt { '-' } else { '+' };
    format!(
        "{:02}/{:02}/{} {:02}:{:02} (UTC{signo}{:02}:{:02})",
        d.day, d.month, d.year, d.hour, d.minute, d.tz_hour, d.tz_minute
    )
}

/// The media type that the sender gave an attachment, when it says anything.
fn clase(parte: &MessagePart<'_>) -> String {
    let Some(tipo) = parte.content_type() else { return String::new() };
    match tipo.subtype() {
        Some("octet-stream") | None => String::new(),
        Some(subtipo) => {
            let clase = format!("{}/{subtipo}", tipo.ctype());
            let corta: String = clase.chars().filter(char::is_ascii_graphic).take(MAX_CLASE).collect();
            format!("{corta}, ")
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    const CORREO: &str = "From: =?utf-8?q?Bego=C3=B1a?= <bego@ejemplo.es>\r\nTo: taller@ejemplo.es\r\n\
        Date: Tue, 3 Mar 2026 09:05:00 +0100\r\nSubject: Tu\r\n  coche\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=x\r\n\r\n\
        --x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hola,<br>ya est&aacute; listo.</p>\r\n\
        --x\r\nContent-Type: application/pdf; name=\"factura.pdf\"\r\nContent-Disposition: attachment\r\n\
        Content-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n\
        --x\r\nContent-Type: message/rfc822\r\n\r\nFrom: c@ejemplo.es\r\nSubject: Presupuesto\r\n\r\nVa.\r\n--x--\r\n";

    #[test]
    fn it_shows_headers_body_and_attachments() {
        let texto = texto(CORREO.as_bytes()).unwrap();
        for trozo in [
            "De:      Begoña <bego@ejemplo.es>\n",
            "Para:    taller@ejemplo.es\n",
            "Fecha:   03/03/2026 09:05 (UTC+01:00)\n",
            "Asunto:  Tu coche\n",
            "  - factura.pdf (application/pdf, 5 bytes)\n",
            "  - mensaje «Presupuesto» (",
            "ya está listo.",
        ] {
            assert!(texto.contains(trozo), "{trozo:?} is missing in\n{texto}");
        }
    }
}
