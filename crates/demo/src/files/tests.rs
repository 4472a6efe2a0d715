//! The files are what they say they are.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use hayro::hayro_syntax::Pdf;
use image::metadata::Orientation;
use image::{ImageDecoder, ImageReader};
use std::io::Cursor;
use std::sync::Arc;

fn sample(n: u64) -> Datos {
    Datos::invented(&mut Azar::new(5, Hilo::Archivo, n), jiff::civil::date(2026, 11, 3), Papel::Pedido)
}

fn made(papel: Papel, soporte: Soporte, n: u64) -> Vec<u8> {
    make(Receta { papel, soporte }, &sample(n), n, Tamano::Pequeno).expect("made")
}

fn page_count(pdf: Vec<u8>) -> usize {
    Pdf::new(Arc::new(pdf)).ok().map_or(0, |pdf| pdf.pages().len())
}

#[test]
fn digital_papers_are_whole_and_say_their_text() {
    for (papel, pages) in [
        (Papel::Pedido, 3),
        (Papel::Factura, 2),
        (Papel::Contrato, 2),
        (Papel::Oferta, 2),
        (Papel::Sepa, 1),
        (Papel::Ivtm, 1),
    ] {
        let pdf = made(papel, Soporte::Digital, 1);
        assert!(pdf.starts_with(b"%PDF-1.") && pdf.trim_ascii_end().ends_with(b"%%EOF"), "{papel:?}");
        assert_eq!(page_count(pdf.clone()), pages, "{papel:?}");
        let text = render::texto(&pdf, None).expect("text");
        assert!(text.contains(&sample(1).nif), "{papel:?}: {text}");
        if papel != Papel::Sepa {
            assert!(text.contains('€'), "{papel:?}: {text}");
        }
    }
}

#[test]
fn a_scan_is_a_pdf_of_one_jpeg_a_page() {
    let pdf = made(Papel::Pedido, Soporte::Escaneo, 2);
    let start = pdf.windows(3).position(|w| w == [0xFF, 0xD8, 0xFF]).expect("a JPEG inside");
    assert!(image::load_from_memory(&pdf[start..]).is_ok());
    assert_eq!(page_count(pdf), 2);
}

#[test]
fn photographs_say_how_to_turn_them_and_are_landscape_once_turned() {
    let held = [Orientation::NoTransforms, Orientation::Rotate90, Orientation::Rotate270, Orientation::Rotate180];
    let mut seen = Vec::new();
    for n in 0..100 {
        let jpeg = made(Papel::Identidad, Soporte::Foto, n);
        let mut decoder =
            ImageReader::with_format(Cursor::new(&jpeg), image::ImageFormat::Jpeg).into_decoder().expect("JPEG");
        let orientation = decoder.orientation().expect("orientation");
        let mut picture = image::DynamicImage::from_decoder(decoder).expect("pixels");
        picture.apply_orientation(orientation);
        assert!(picture.width() > picture.height());
        seen.push(orientation);
        if held.iter().all(|orientation| seen.contains(orientation)) {
            return;
        }
    }
    panic!("not every way of holding a telephone was drawn: {seen:?}");
}

#[test]
fn a_fax_has_all_its_pages_in_black_and_white() {
    let bytes = made(Papel::Contrato, Soporte::Fax, 3);
    let mut decoder = tiff::decoder::Decoder::new(Cursor::new(&bytes)).expect("TIFF");
    let mut pages = 0;
    loop {
        assert_eq!(decoder.dimensions().expect("dimensions").0, 620);
        assert_eq!(decoder.colortype().expect("type"), tiff::ColorType::Gray(1));
        let tiff::decoder::DecodingResult::U8(rows) = decoder.read_image().expect("pixels") else {
            panic!("not bilevel")
        };
        let black: u32 = rows.iter().map(|b| b.count_zeros().min(b.count_ones())).sum();
        assert!(black > 1_000, "page {pages} is empty");
        pages += 1;
        if !decoder.more_images() {
            break;
        }
        decoder.next_image().expect("next");
    }
    assert_eq!(pages, 3);
}

#[test]
fn a_screenshot_is_a_png_and_a_mail_has_its_attachment() {
    assert!(image::load_from_memory(&made(Papel::Recibo, Soporte::Captura, 4)).is_ok());
    let mail = String::from_utf8(made(Papel::Oferta, Soporte::Correo, 5)).expect("seven bit");
    assert!(mail.is_ascii() && mail.lines().all(|line| line.len() <= 998));
    assert!(mail.contains("MIME-Version: 1.0\r\n") && mail.contains("filename=\"oferta.pdf\""));
    let body = mail.split("base64\r\n\r\n").nth(1).and_then(|rest| rest.split("--=_").next()).expect("attachment");
    let data = body.replace("\r\n", "");
    let pdf = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, data).expect("base64");
    assert_eq!(page_count(pdf), 2);
}

#[test]
fn the_same_seed_makes_the_same_bytes_and_another_deal_makes_others() {
    for receta in receta::all() {
        let first = make(receta, &sample(1), 9, Tamano::Pequeno).expect("made");
        assert_eq!(first, make(receta, &sample(1), 9, Tamano::Pequeno).expect("made"), "{receta:?}");
        assert_ne!(first, make(receta, &sample(2), 9, Tamano::Pequeno).expect("made"), "{receta:?}");
    }
}

#[test]
fn recipes_add_up_to_a_hundred() {
    for tipo in [
        "oferta",
        "pedido",
        "factura",
        "dni",
        "reserva",
        "contrato",
        "sepa",
        "nominas",
        "ivtm",
        "permiso",
        "rgpd",
        "otra-cosa",
    ] {
        assert_eq!(recetas("venta-vn", tipo).iter().map(|(_, percent)| percent).sum::<u64>(), 100, "{tipo}");
    }
}

#[test]
fn the_service_takes_every_file_for_what_it_is_and_counts_its_pages() {
    for receta in receta::all() {
        let bytes = made(receta.papel, receta.soporte, 6);
        let formato = render::sniff(&bytes);
        assert_eq!(formato.mime(), receta.soporte.mime(), "{receta:?}");
        let pages = render::paginas(&bytes).expect("drawable");
        assert!((1..=4).contains(&pages), "{receta:?} has {pages} pages");
        if receta.soporte == Soporte::Fax {
            assert!(pages > 1, "{receta:?}");
        }
    }
}
