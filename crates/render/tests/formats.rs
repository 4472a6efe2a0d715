//! Each format through the renderers, in this process.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::*;
use image::{DynamicImage, GrayImage, ImageFormat};
use render::{Calidad, Peticion, RenderError, pagina, paginas, texto};

#[test]
fn pictures_are_drawn_at_their_size_or_smaller() {
    use ImageFormat::{Bmp, Gif, Jpeg, Png, Tiff, WebP};
    for formato in [Png, WebP, Tiff, Jpeg, Gif, Bmp] {
        let bytes = codificar(&DynamicImage::ImageRgb8(cuadro()), formato);
        assert_eq!(paginas(&bytes), Ok(1), "{formato:?}");
        assert_eq!(texto(&bytes, None).as_deref(), Ok(""));
        let grande = pixeles(&pagina(&bytes, &peticion(1, 4000, 4000)).unwrap());
        assert_eq!(grande.dimensions(), (48, 32), "{formato:?}");
        let pequena = pixeles(&pagina(&bytes, &peticion(1, 24, 24)).unwrap());
        assert_eq!(pequena.dimensions(), (24, 16), "{formato:?}");
        assert!(es(&pequena, (4, 4), ROJO) && es(&pequena, (20, 12), BLANCO), "{formato:?}");
        assert_eq!(pagina(&bytes, &peticion(2, 24, 24)), Err(RenderError::PaginaInexistente { paginas: 1 }));
        assert_eq!(texto(&bytes, Some(2)), Err(RenderError::PaginaInexistente { paginas: 1 }));
    }
}

#[test]
fn every_exif_orientation_is_turned_upright() {
    // Where the corner that is stored upper left has to be seen: (right, low).
    let esquinas = [
        (false, false),
        (true, false),
        (true, true),
        (false, true),
        (false, false),
        (true, false),
        (true, true),
        (false, true),
    ];
    for (n, (derecha, abajo)) in (1..=8).zip(esquinas) {
        let imagen = pagina(&jpeg(&cuadro(), n), &peticion(1, 36, 36)).unwrap();
        let (ancho, alto) = if n > 4 { (24, 36) } else { (36, 24) };
        assert_eq!((imagen.ancho, imagen.alto), (ancho, alto), "orientation {n}");
        let punto =
            |d: bool, a: bool| (if d { ancho * 3 / 4 } else { ancho / 4 }, if a { alto * 3 / 4 } else { alto / 4 });
        let rgb = pixeles(&imagen);
        assert!(es(&rgb, punto(derecha, abajo), ROJO), "orientation {n}");
        assert!(es(&rgb, punto(!derecha, !abajo), BLANCO), "orientation {n}");
    }
}

#[test]
fn a_turn_asked_for_comes_on_top() {
    let bytes = codificar(&DynamicImage::ImageRgb8(cuadro()), ImageFormat::Png);
    for (giro, (derecha, abajo)) in
        [(0, (false, false)), (90, (true, false)), (180, (true, true)), (270, (false, true))]
    {
        let imagen = pagina(&bytes, &Peticion { giro, ..peticion(1, 24, 24) }).unwrap();
        let (ancho, alto) = if giro % 180 == 0 { (24, 16) } else { (16, 24) };
        assert_eq!((imagen.ancho, imagen.alto), (ancho, alto), "{giro}");
        let punto = (if derecha { ancho - 4 } else { 3 }, if abajo { alto - 4 } else { 3 });
        assert!(es(&pixeles(&imagen), punto, ROJO), "{giro}");
    }
}

#[test]
fn transparent_pictures_lie_on_white() {
    let transparente = image::RgbaImage::from_pixel(8, 8, image::Rgba([0, 0, 0, 0]));
    let bytes = codificar(&DynamicImage::ImageRgba8(transparente), ImageFormat::Png);
    assert!(es(&pixeles(&pagina(&bytes, &peticion(1, 8, 8)).unwrap()), (4, 4), BLANCO));
}

#[test]
fn a_picture_that_declares_too_much_is_refused_before_it_is_decoded() {
    let mut png = codificar(&DynamicImage::ImageLuma8(GrayImage::new(1, 1)), ImageFormat::Png);
    for lado in [16, 20] {
        png[lado..lado + 4].copy_from_slice(&60_000_u32.to_be_bytes());
    }
    let crc = {
        let mut crc = flate2::Crc::new();
        crc.update(&png[12..29]);
        crc.sum()
    };
    png[29..33].copy_from_slice(&crc.to_be_bytes());
    assert_eq!(pagina(&png, &peticion(1, 100, 100)), Err(RenderError::DemasiadoGrande));
    assert_eq!(paginas(&png), Err(RenderError::DemasiadoGrande));

    let fax = tiff(&[(&[(256, 60_000), (257, 60_000), (258, 1), (259, 4), (262, 0), (278, 60_000)], b"\0")]);
    assert_eq!(pagina(&fax, &peticion(1, 100, 100)), Err(RenderError::DemasiadoGrande));
}

#[test]
fn cut_pictures_are_broken_and_nothing_worse() {
    let imagen = DynamicImage::ImageRgb8(cuadro());
    for formato in [ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff] {
        let bytes = codificar(&imagen, formato);
        for n in [13, 30, bytes.len() / 2] {
            assert!(pagina(&bytes[..n], &peticion(1, 50, 50)).is_err(), "{formato:?} cut at {n}");
        }
    }
}

#[test]
fn every_page_of_a_tiff_is_a_page_but_not_its_thumbnails() {
    let gris = |v: u8| [v; 16];
    let (blanca, negra) = (gris(255), gris(0));
    let base = [(256, 4), (257, 4), (258, 8), (259, 1), (262, 1), (277, 1), (278, 4)];
    let miniatura: Vec<(u16, u32)> = [(254, 1)].into_iter().chain(base).collect();
    let bytes = tiff(&[(&base, &blanca), (&miniatura, &blanca), (&base, &negra)]);
    assert_eq!(paginas(&bytes), Ok(2));
    assert!(es(&pixeles(&pagina(&bytes, &peticion(1, 9, 9)).unwrap()), (1, 1), BLANCO));
    assert!(es(&pixeles(&pagina(&bytes, &peticion(2, 9, 9)).unwrap()), (1, 1), NEGRO));
    assert_eq!(pagina(&bytes, &peticion(3, 9, 9)), Err(RenderError::PaginaInexistente { paginas: 2 }));
}

#[test]
fn a_tiff_whose_pages_go_round_in_a_circle_ends() {
    let base = [(256, 4), (257, 4), (258, 8), (259, 1), (262, 1), (277, 1), (278, 4)];
    let mut bytes = tiff(&[(&base, &[9; 16]), (&base, &[200; 16])]);
    let (fin, primero) = (bytes.len() - 4, bytes[4..8].to_vec());
    bytes[fin..].copy_from_slice(&primero);
    assert_eq!(paginas(&bytes), Ok(2));
    assert!(pagina(&bytes, &peticion(1, 9, 9)).is_ok());
}

/// Four rows, each four white pixels and four black ones, in each of the fax codes.
#[test]
fn fax_pages_of_every_group_are_drawn() {
    let bits = |texto: &str| -> Vec<u8> {
        let texto: String = texto.chars().filter(|c| !c.is_whitespace()).collect();
        let relleno = "0".repeat(texto.len().next_multiple_of(8) - texto.len());
        (texto + &relleno).as_bytes().chunks(8).map(|b| b.iter().fold(0, |n, c| n << 1 | (c - b'0'))).collect()
    };
    let (fila, eol) = ("1011 011", "000000000001");
    let g4 = bits(&format!("001 {fila} 11 11 11 {eol} {eol}"));
    let g3 = bits(&format!("{}{}", format!("{eol} {fila}").repeat(4), eol.repeat(6)));
    let g3_2d = bits(&format!("{eol}1 {fila} {eol}0 11 {eol}0 11 {eol}1 {fila} {}", format!("{eol}1").repeat(6)));
    let huffman = bits(&format!("{fila} 0").repeat(4));
    for (nombre, compresion, t4, datos) in
        [("group 4", 4, 0, g4), ("group 3", 3, 0, g3), ("group 3, 2-D", 3, 1, g3_2d), ("huffman", 2, 0, huffman)]
    {
        let al_reves: Vec<u8> = datos.iter().map(|b| b.reverse_bits()).collect();
        for (orden, datos) in [(1, &datos), (2, &al_reves)] {
            for (foto, izquierda, derecha) in [(0, BLANCO, NEGRO), (1, NEGRO, BLANCO)] {
                let tags =
                    [(256, 8), (257, 4), (258, 1), (259, compresion), (262, foto), (266, orden), (278, 4), (292, t4)];
                let imagen = pixeles(&pagina(&tiff(&[(&tags, datos)]), &peticion(1, 99, 99)).unwrap());
                for y in 0..4 {
                    assert!(es(&imagen, (1, y), izquierda), "{nombre}, order {orden}, photometric {foto}, row {y}");
                    assert!(es(&imagen, (6, y), derecha), "{nombre}, order {orden}, photometric {foto}, row {y}");
                }
            }
        }
    }
}

#[test]
fn black_and_white_and_palette_tiffs_have_their_colours() {
    let bn = [(256, 8), (257, 2), (258, 1), (259, 1), (262, 1), (277, 1), (278, 2)];
    let imagen = pixeles(&pagina(&tiff(&[(&bn, &[0x0f, 0xf0])]), &peticion(1, 9, 9)).unwrap());
    assert!(es(&imagen, (0, 0), NEGRO) && es(&imagen, (7, 0), BLANCO) && es(&imagen, (0, 1), BLANCO));
    let orientada: Vec<(u16, u32)> = bn.into_iter().chain([(274, 6)]).collect();
    let imagen = pagina(&tiff(&[(&orientada, &[0x0f, 0xf0])]), &peticion(1, 9, 9)).unwrap();
    assert_eq!((imagen.ancho, imagen.alto), (2, 8));
}

#[test]
fn text_is_laid_out_as_pages_with_accents_and_euros() {
    let carta = "Precio: 18.500 € — año, camión, pingüino, ¿sí?\n".repeat(70);
    assert_eq!(paginas(carta.as_bytes()), Ok(2));
    assert!(texto(carta.as_bytes(), Some(2)).unwrap().starts_with("Precio: 18.500 € — año"));
    let hoja = pixeles(&pagina(carta.as_bytes(), &peticion(1, 540, 765)).unwrap());
    assert_eq!(hoja.dimensions(), (540, 764));
    let puntos = |x0: u32, x1: u32| (50..700).flat_map(move |y| (x0..x1).map(move |x| (x, y)));
    let tinta = |x0: u32, x1: u32| puntos(x0, x1).filter(|(x, y)| hoja.get_pixel(*x, *y).0[0] < 128).count();
    assert!(tinta(42, 300) > 1000, "letters are drawn");
    assert_eq!(tinta(400, 540), 0, "and nothing where there are none");
}

#[test]
fn a_character_looks_different_from_its_neighbour() {
    let dibujo = |letra: &str| pagina(letra.as_bytes(), &peticion(1, 540, 765)).unwrap().bytes;
    let todos: std::collections::HashSet<_> =
        ["a", "á", "n", "ñ", "u", "ü", "€", "¿", "?", "C", "Ç"].map(dibujo).into();
    assert_eq!(todos.len(), 11);
}

#[test]
fn an_email_shows_who_what_and_which_files() {
    let correo =
        b"From: Ana <ana@ejemplo.es>\r\nTo: b@ejemplo.es\r\nSubject: Factura\r\n\r\nAdjunto \x1b[31mla factura.\r\n";
    assert_eq!(paginas(correo), Err(RenderError::FormatoDesconocido), "an escape makes it no text at all");
    let correo = "From: Ana <ana@ejemplo.es>\r\nSubject: =?utf-8?q?a=1B[31mb?=\r\n\r\nVa la factura.\r\n";
    let leido = texto(correo.as_bytes(), None).unwrap();
    assert!(leido.contains("Ana <ana@ejemplo.es>") && leido.contains("Va la factura."), "{leido}");
    assert!(!leido.contains('\u{1b}'), "{leido:?}");
    assert!(pagina(correo.as_bytes(), &peticion(1, 300, 300)).is_ok());
}

#[test]
fn what_is_unknown_says_so() {
    for bytes in [&b"\0\x01 %PDF-1.4"[..], b"", b"\x7fELF"] {
        assert_eq!(pagina(bytes, &peticion(1, 9, 9)), Err(RenderError::FormatoDesconocido));
        assert_eq!(paginas(bytes), Err(RenderError::FormatoDesconocido));
        assert_eq!(texto(bytes, None), Err(RenderError::FormatoDesconocido));
    }
}

#[test]
fn a_noisy_scan_stays_within_its_bytes() {
    let escaneo = escaneo();
    let pdf = pdf_escaneado(&jpeg(&escaneo, 1), escaneo.dimensions());
    let tamano = |calidad| pagina(&pdf, &Peticion { calidad, ..peticion(1, 540, 765) }).unwrap().bytes.len();
    let (gris, color, completa) = (tamano(Calidad::Gris2), tamano(Calidad::Color16), tamano(Calidad::Completa));
    println!("gris2 {gris}, color16 {color}, completa {completa} bytes");
    assert!(gris <= 31_000, "{gris} bytes in four greys");
    assert!(color <= 70_000, "{color} bytes in 16 colours");
}
