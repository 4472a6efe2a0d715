//! Digital signatures: who, when, and whether what was signed is what is there.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::*;
use render::{EstadoFirma, Firma, firmas, pagina};

const RSA: &[u8] = include_bytes!("datos/firma-rsa.pdf");
const DOS: &[u8] = include_bytes!("datos/firma-dos.pdf");
const QUIEN: &str = "MUÑOZ PÉREZ ANA - 12345678Z";

fn una(doc: &[u8]) -> Firma {
    let mut firmas = firmas(doc).unwrap();
    assert_eq!(firmas.len(), 1);
    firmas.remove(0)
}

fn cambiada(doc: &[u8], que: &[u8], por: &[u8]) -> Vec<u8> {
    assert_eq!(que.len(), por.len());
    let lugar = doc.windows(que.len()).position(|w| w == que).unwrap();
    let mut doc = doc.to_vec();
    doc[lugar..lugar + que.len()].copy_from_slice(por);
    doc
}

#[test]
fn a_signature_tells_who_when_why_and_where() {
    let firma = una(RSA);
    assert_eq!(firma.estado, EstadoFirma::Integra, "{}", firma.detalle);
    assert!(firma.cubre_todo && !firma.sellada && firma.detalle.is_empty());
    assert_eq!(
        (firma.campo.as_str(), firma.firmante.as_str(), firma.emisor.as_str()),
        ("Cliente", QUIEN, "AC DE PRUEBAS")
    );
    assert_eq!((firma.motivo.as_str(), firma.lugar.as_str()), ("Conforme con el pedido", "Oviedo"));
    let fecha = firma.fecha.unwrap();
    assert!(fecha.starts_with("2026-11-24T") && fecha.ends_with('Z'), "{fecha}");
}

#[test]
fn every_usual_way_of_signing_is_checked() {
    let casos: [(&str, &[u8]); 6] = [
        ("SHA-512", include_bytes!("datos/firma-sha512.pdf")),
        ("without attributes", include_bytes!("datos/firma-sin-atributos.pdf")),
        ("ECDSA", include_bytes!("datos/firma-p256.pdf")),
        ("RSA-PSS", include_bytes!("datos/firma-pss.pdf")),
        ("SHA-1 of SHA-1, in BER", include_bytes!("datos/firma-sha1.pdf")),
        ("stamped", include_bytes!("datos/firma-sellada.pdf")),
    ];
    for (nombre, doc) in casos {
        let firma = una(doc);
        assert_eq!((firma.estado, firma.detalle.as_str()), (EstadoFirma::Integra, ""), "{nombre}");
        assert!(firma.cubre_todo, "{nombre}");
        assert_eq!(firma.sellada, nombre == "stamped", "{nombre}");
        let alterada = una(&cambiada(doc, b"1 0 0 rg", b"0 1 0 rg"));
        assert_eq!(alterada.estado, EstadoFirma::Alterada, "{nombre}");
        assert!(
            !alterada.sellada && alterada.detalle.starts_with("El documento ha cambiado")
                || nombre.starts_with("without")
        );
    }
}

#[test]
fn a_stamp_of_the_document_is_a_signature_of_its_kind() {
    let doc = include_bytes!("datos/sello.pdf");
    let sello = una(doc);
    assert_eq!((sello.estado, sello.firmante.as_str(), sello.sellada), (EstadoFirma::Integra, "Sello de prueba", true));
    assert_eq!(una(&cambiada(doc, b"1 0 0 rg", b"0 1 0 rg")).estado, EstadoFirma::Alterada);
}

#[test]
fn a_second_signature_leaves_the_first_as_it_was() {
    let firmas = firmas(DOS).unwrap();
    let [primera, segunda] = firmas.as_slice() else { panic!("{firmas:?}") };
    assert_eq!((primera.campo.as_str(), segunda.campo.as_str()), ("Cliente", "Concesionario"), "as they were made");
    assert_eq!((primera.estado, primera.cubre_todo), (EstadoFirma::Integra, false));
    assert_eq!((segunda.estado, segunda.cubre_todo), (EstadoFirma::Integra, true), "{}", segunda.detalle);
    assert_eq!(segunda.firmante, "Concesionario de prueba", "without a common name, the organisation");
    assert_eq!(pagina(DOS, &peticion(1, 50, 50)).unwrap().firmas, 2);
    assert_eq!(pagina(&pdf(&[Hoja::default()]), &peticion(1, 50, 50)).unwrap().firmas, 0);
}

#[test]
fn what_is_appended_is_told_and_a_line_end_is_nothing() {
    let firma = una(&[RSA, b"\r\n"].concat());
    assert_eq!((firma.estado, firma.cubre_todo), (EstadoFirma::Integra, true));
    let firma = una(&[RSA, b"% more\n"].concat());
    assert_eq!((firma.estado, firma.cubre_todo), (EstadoFirma::Integra, false));
}

#[test]
fn a_signature_with_another_key_than_its_certificates_is_no_signature() {
    let firma = una(include_bytes!("datos/firma-otra-clave.pdf"));
    assert_eq!((firma.estado, firma.firmante.as_str()), (EstadoFirma::Alterada, QUIEN));
    assert!(firma.detalle.contains("clave"));
}

#[test]
fn what_cannot_be_checked_is_not_called_altered() {
    let casos: [(&str, Vec<u8>); 5] = [
        ("without certificate", include_bytes!("datos/firma-sin-certificado.pdf").to_vec()),
        ("another salt", include_bytes!("datos/firma-pss-sal.pdf").to_vec()),
        ("another way", cambiada(RSA, b"adbe.pkcs7.detached", b"adbe.pkcs9.detached")),
        ("broken envelope", cambiada(RSA, b"/Contents <3082", b"/Contents <2082")),
        ("no such range", cambiada(RSA, b"/ByteRange [0 ", b"/ByteRange [1 ")),
    ];
    for (nombre, doc) in casos {
        let firma = una(&doc);
        assert_eq!(firma.estado, EstadoFirma::NoComprobada, "{nombre}");
        assert!(firma.detalle.starts_with("La firma ") && firma.detalle.ends_with('.'), "{nombre}: {}", firma.detalle);
    }
}

/// The document with another hole, whose numbers are the old ones changed by these.
fn con_rango(cambio: [i64; 3]) -> Vec<u8> {
    let lugar = RSA.windows(11).position(|w| w == b"/ByteRange ").unwrap() + 14;
    let antes = std::str::from_utf8(&RSA[lugar..lugar + 30]).unwrap();
    let numeros = antes.trim().split(' ').zip(cambio).map(|(n, d)| (n.parse::<i64>().unwrap() + d).to_string());
    cambiada(RSA, antes.as_bytes(), format!("{:30}", numeros.collect::<Vec<_>>().join(" ")).as_bytes())
}

#[test]
fn a_hole_that_is_not_the_signature_is_not_believed() {
    // Whoever widens the hole could hide something in it.
    for cambio in [[-10, 0, 0], [0, 10, -10], [10, 0, 0], [0, 0, 1], [0, 0, 1 << 40], [9000, 0, 0]] {
        assert_eq!(una(&con_rango(cambio)).estado, EstadoFirma::NoComprobada, "{cambio:?}");
    }
    let corta = una(&con_rango([0, 0, -4]));
    assert_eq!((corta.estado, corta.cubre_todo), (EstadoFirma::Alterada, false));
}

#[test]
fn no_byte_of_the_signature_can_be_changed_and_none_makes_it_panic() {
    let inicio = RSA.windows(11).position(|w| w == b"/Contents <").unwrap() + 11;
    let fin = inicio + RSA[inicio..].iter().position(|c| *c == b'>').unwrap();
    // The last 256 bytes are what was made with the key; what follows is filling.
    let ultima = inicio + RSA[inicio..fin].iter().rposition(|c| *c != b'0').unwrap();
    for n in (inicio..ultima).step_by(7) {
        let mut doc = RSA.to_vec();
        doc[n] = if doc[n] == b'0' { b'5' } else { b'0' };
        let estado = una(&doc).estado;
        assert!(n < ultima - 500 || estado == EstadoFirma::Alterada, "{n}: {estado:?}");
    }
}

#[test]
fn other_formats_bear_none() {
    assert_eq!(firmas(&jpeg(&cuadro(), 1)), Ok(Vec::new()));
    assert_eq!(firmas(b"hola".as_slice()), Ok(Vec::new()));
    assert_eq!(firmas(&pdf(&[Hoja::default()])), Ok(Vec::new()));
}
