//! An e-mail as a mail program saves it: RFC 5322 headers, a Spanish body in quoted-printable, one attachment in base64.

use super::Datos;
use crate::azar::Azar;
use crate::nombres::slug;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

const BODIES: &[&str] = &[
    "Buenos días:\n\nLe adjunto {papel} de la operación {pedido} ({vehiculo}). El importe es de {importe}.\n\n\
     Si falta algo más para la matriculación, dígamelo, por favor. ¿Para cuándo estará?\n\nUn saludo,\n{cliente}\nTel. {movil}\n",
    "Hola, {asesor}:\n\nComo quedamos por teléfono, aquí va {papel}. La transferencia se hizo esta mañana desde nuestra cuenta, \
     así que mañana debería verla en la suya.\n\nGracias por todo.\n\n{cliente}\nNIF {nif}\n",
    "Estimados señores:\n\nEn relación con el expediente {numero}, les remitimos {papel} para su archivo.\n\
     Rogamos confirmen la recepción de este mensaje.\n\nAtentamente,\nDepartamento de Operaciones\n",
];

/// Writes the message with one PDF attached.
pub(super) fn mail(datos: &Datos, titulo: &str, pdf: &[u8], azar: &mut Azar) -> Vec<u8> {
    let body = azar
        .pick(BODIES)
        .replace("{papel}", &format!("el documento «{titulo}»"))
        .replace("{pedido}", &datos.num_pedido)
        .replace("{vehiculo}", &datos.vehiculo)
        .replace("{importe}", &super::euros(datos.importe_cent))
        .replace("{cliente}", &datos.cliente)
        .replace("{movil}", &datos.movil)
        .replace("{asesor}", datos.asesor.split(' ').next().unwrap_or_default())
        .replace("{nif}", &datos.nif)
        .replace("{numero}", &datos.numero);
    let boundary = format!("=_{}", azar.digits(20));
    let day = datos.fecha.strftime("%a, %d %b %Y");
    let (hour, minute, second) = (azar.between(8, 20), azar.below(60), azar.below(60));
    let mut out = String::new();
    out.push_str(&format!("Date: {day} {hour:02}:{minute:02}:{second:02} +0100\r\n"));
    out.push_str(&format!("From: {} <{}>\r\n", encoded_word(&datos.cliente), datos.email));
    let box_name = slug(&datos.asesor).replace('-', ".");
    out.push_str(&format!("To: {} <{box_name}@{}.example>\r\n", encoded_word(&datos.asesor), slug(&datos.entidad)));
    out.push_str(&format!("Subject: {}\r\n", encoded_word(&format!("{titulo} · {}", datos.num_pedido))));
    out.push_str(&format!("Message-ID: <{}.{}@correo.example>\r\n", azar.digits(10), azar.digits(6)));
    out.push_str("MIME-Version: 1.0\r\n");
    out.push_str(&format!("Content-Type: multipart/mixed; boundary=\"{boundary}\"\r\n\r\n"));
    out.push_str(&format!(
        "--{boundary}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    ));
    out.push_str(&quoted_printable(&body));
    let name = format!("{}.pdf", slug(titulo));
    out.push_str(&format!("\r\n--{boundary}\r\nContent-Type: application/pdf; name=\"{name}\"\r\n"));
    out.push_str(&format!(
        "Content-Disposition: attachment; filename=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    ));
    let data = STANDARD.encode(pdf);
    for line in data.as_bytes().chunks(76) {
        out.extend(line.iter().map(|b| char::from(*b)));
        out.push_str("\r\n");
    }
    out.push_str(&format!("--{boundary}--\r\n"));
    out.into_bytes()
}

/// A header's text after RFC 2047 when it is not plain ASCII; words are short enough for one piece of 75 characters each.
fn encoded_word(text: &str) -> String {
    if text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b' ') {
        return text.to_owned();
    }
    let mut pieces = vec![String::new()];
    for c in text.chars() {
        let mut bytes = [0; 4];
        let coded: String = c
            .encode_utf8(&mut bytes)
            .bytes()
            .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("={b:02X}") })
            .collect();
        match pieces.last_mut() {
            Some(piece) if piece.len() + coded.len() <= 60 => piece.push_str(&coded),
            _ => pieces.push(coded),
        }
    }
    let words: Vec<_> = pieces.iter().map(|piece| format!("=?utf-8?Q?{piece}?=")).collect();
    words.join("\r\n ")
}

/// RFC 2045, section 6.7: lines of 76 characters at most, ended by CRLF.
fn quoted_printable(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let mut width = 0;
        for byte in line.bytes() {
            let coded = match byte {
                b'=' | 0..=31 | 127.. => format!("={byte:02X}"),
                byte => char::from(byte).to_string(),
            };
            if width + coded.len() > 75 {
                out.push_str("=\r\n");
                width = 0;
            }
            width += coded.len();
            out.push_str(&coded);
        }
        out.push_str("\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_and_headers_are_seven_bit() {
        let text = quoted_printable(
            "¿Está? Sí = sí, con una línea que pasa de los setenta y seis caracteres que caben: años, niñas, 5 €.",
        );
        assert!(text.is_ascii() && text.lines().all(|line| line.len() <= 76), "{text}");
        assert!(text.contains("=C2=BFEst=C3=A1? S=C3=AD =3D"), "{text}");
        assert_eq!(encoded_word("Factura 12"), "Factura 12");
        assert_eq!(encoded_word("Peña"), "=?utf-8?Q?Pe=C3=B1a?=");
    }
}
