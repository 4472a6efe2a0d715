//! Small files of each format.

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use std::io::{Cursor, Write};

/// A PDF of some pages, each with its number in text.
pub fn pdf(pages: usize) -> Vec<u8> {
    let kids: Vec<_> = (0..pages).map(|n| format!("{} 0 R", 4 + 2 * n)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {pages} >>", kids.join(" ")),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    for n in 0..pages {
        let text = format!("BT /F1 24 Tf 40 60 Td (Hoja {}) Tj ET", n + 1);
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
            5 + 2 * n
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()));
    }
    with_objects(&objects, "")
}

/// A PDF of these objects, the first its catalogue; `more` goes into the trailer.
fn with_objects(objects: &[String], more: &str) -> Vec<u8> {
    let mut out = "%PDF-1.4\n".to_owned();
    let mut offsets = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out += &format!("{} 0 obj\n{object}\nendobj\n", n + 1);
    }
    let start = out.len();
    out += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for offset in offsets {
        out += &format!("{offset:010} 00000 n \n");
    }
    out += &format!("trailer\n<< /Size {} /Root 1 0 R {more}>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    out.into_bytes()
}

/// A PDF for a password that nobody has: what its owner and its user are checked by are no sums of anything.
pub fn encrypted_pdf() -> Vec<u8> {
    let sum = "5a".repeat(32);
    let encrypt = format!("/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <{sum}> /U <{sum}> >> ");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] >>".to_owned(),
    ];
    with_objects(&objects, &format!("{encrypt}/ID [<{sum}> <{sum}>] "))
}

/// A PDF whose user's password is `usuario`.
pub fn password_pdf() -> Vec<u8> {
    include_bytes!("../../../render/tests/datos/clave-aes-256.pdf").to_vec()
}

/// A PDF with two signatures: one of a person, and over it one of a company.
pub fn signed_pdf() -> Vec<u8> {
    include_bytes!("../../../render/tests/datos/firma-dos.pdf").to_vec()
}

/// A PDF of some megabytes whose page inflates to a gigabyte of drawing.
pub fn swelling_pdf() -> Vec<u8> {
    let mut deflated = ZlibEncoder::new(Vec::new(), Compression::fast());
    let piece = b"0 0 m 9 9 l S ".repeat(75_000);
    for _ in 0..1_024 {
        deflated.write_all(&piece).unwrap();
    }
    // In hex digits, for the rest of the file is text.
    let content = server::blobs::hex(&deflated.finish().unwrap());
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R >>".to_owned(),
        format!("<< /Filter [/ASCIIHexDecode /FlateDecode] /Length {} >>\nstream\n{content}\nendstream", content.len()),
    ];
    with_objects(&objects, "")
}

/// A PDF that is no PDF after its first line.
pub fn broken_pdf() -> Vec<u8> {
    b"%PDF-1.4\nesto no es nada\n".to_vec()
}

/// A program, whatever it is called.
pub fn program() -> Vec<u8> {
    b"\x7fELF\x02\x01\x01\0\0\0%PDF-1.4".to_vec()
}

/// A PNG of a few bytes that says it has 60,000 by 60,000 pixels.
pub fn bomb() -> Vec<u8> {
    let mut out = picture(ImageFormat::Png);
    for at in [16, 20] {
        out[at..at + 4].copy_from_slice(&60_000_u32.to_be_bytes());
    }
    // The header's own sum, so that it is read at all: CRC-32 of ISO 3309 over its type and its data.
    let crc = out[12..29].iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    });
    out[29..33].copy_from_slice(&(!crc).to_be_bytes());
    out
}

/// A picture of 60 by 40 pixels, red with a blue left half.
pub fn picture(format: ImageFormat) -> Vec<u8> {
    let image = RgbImage::from_fn(60, 40, |x, _| if x < 30 { Rgb([0, 0, 200]) } else { Rgb([200, 0, 0]) });
    let mut out = Cursor::new(Vec::new());
    DynamicImage::from(image).write_to(&mut out, format).unwrap();
    out.into_inner()
}

pub const RTF: &str = r"{\rtf1\ansi \pard\outlinelevel0 Contrato\par}";

pub const TEXT: &str = "Matrícula 1234 BCD\nEntrega el martes\n";

pub const MAIL: &str =
    "From: cliente@example.com\r\nTo: ventas@example.com\r\nSubject: Reserva\r\n\r\nConfirmo la reserva.\r\n";

/// Bytes that no two files share, from a seed: text, so that every type of document takes them.
pub fn text_of(seed: u64, len: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    (0..len)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            b'a' + (state % 26) as u8
        })
        .collect()
}
