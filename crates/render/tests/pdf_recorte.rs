//! The visible part of a page: the same pixels as in the whole one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::*;
use image::{DynamicImage, ImageFormat, RgbImage, imageops};
use proptest::prelude::*;
use render::{Peticion, Recorte, RenderError, pagina};

/// A picture in which no two places look alike.
fn foto() -> RgbImage {
    RgbImage::from_fn(310, 170, |x, y| image::Rgb([(x * 3 / 4) as u8, (y * 3 / 2) as u8, ((x * y) / 209) as u8]))
}

fn documentos() -> Vec<(&'static str, Vec<u8>)> {
    let foto = DynamicImage::ImageRgb8(foto());
    vec![
        ("PDF", pdf(&[Hoja::default()])),
        ("turned PDF", pdf(&[Hoja { giro: 90, ..Hoja::default() }])),
        ("form", pdf_formulario()),
        ("scan", pdf_escaneado(&jpeg(&foto.to_rgb8(), 1), (310, 170))),
        ("text", b"Contrato de compraventa.\n".repeat(50)),
        ("PNG", codificar(&foto, ImageFormat::Png)),
        ("lying JPEG", jpeg(&foto.to_rgb8(), 6)),
        ("mirrored JPEG", jpeg(&foto.to_rgb8(), 5)),
        ("TIFF", codificar(&foto, ImageFormat::Tiff)),
    ]
}

/// How many pixels differ by more than what an encoder with loss makes of them.
fn distintos(a: &RgbImage, b: &RgbImage, con_perdida: bool) -> usize {
    assert_eq!(a.dimensions(), b.dimensions());
    let tope = if con_perdida { 90 } else { 24 };
    a.pixels().zip(b.pixels()).filter(|(a, b)| a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > tope)).count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_part_is_that_part_of_the_whole(
        lado in 40..160_u32, cuartos in 0..4_u16,
        (x, y) in (0..100_u32, 0..100_u32), (ancho, alto) in (1..120_u32, 1..120_u32),
    ) {
        for (nombre, doc) in documentos() {
            let entera = Peticion { giro: cuartos * 90, ..peticion(1, lado, lado) };
            let todo = pagina(&doc, &entera).unwrap();
            prop_assert_eq!((todo.pagina_ancho, todo.pagina_alto), (todo.ancho, todo.alto));
            let parte = pagina(&doc, &Peticion { recorte: Some(Recorte { x, y, ancho, alto }), ..entera });
            if x >= todo.ancho || y >= todo.alto {
                prop_assert_eq!(parte, Err(RenderError::FueraDeLaPagina { ancho: todo.ancho, alto: todo.alto }));
                continue;
            }
            let parte = parte.unwrap();
            prop_assert_eq!((parte.pagina_ancho, parte.pagina_alto), (todo.ancho, todo.alto));
            let (ancho, alto) = (ancho.min(todo.ancho - x), alto.min(todo.alto - y));
            let esperado = imageops::crop_imm(&pixeles(&todo), x, y, ancho, alto).to_image();
            let con_perdida = [todo.mime, parte.mime].contains(&"image/jpeg");
            let distintos = distintos(&pixeles(&parte), &esperado, con_perdida);
            // What lies on the edge of a pixel may fall to either side.
            prop_assert!(distintos * 100 <= esperado.pixels().len(), "{}: {} pixels differ", nombre, distintos);
        }
    }
}

#[test]
fn a_part_is_enlarged_beyond_what_a_whole_page_may_be() {
    for (nombre, doc) in documentos() {
        let recorte = Some(Recorte { x: 600, y: 300, ancho: 200, alto: 100 });
        let parte = pagina(&doc, &Peticion { recorte, ..peticion(1, 16_384, 16_384) }).unwrap();
        assert_eq!((parte.ancho, parte.alto), (200, 100), "{nombre}");
        assert_eq!(parte.pagina_ancho.max(parte.pagina_alto), 16_384, "{nombre}");
    }
}

#[test]
fn a_corner_at_four_hundred_per_cent_is_that_corner() {
    let recorte = |x, y| Some(Recorte { x, y, ancho: 40, alto: 40 });
    let doc = pdf(&[Hoja::default()]);
    let en = |x, y| pixeles(&pagina(&doc, &Peticion { recorte: recorte(x, y), ..peticion(1, 8000, 8000) }).unwrap());
    // The red square covers a tenth of the width and a fifth of the height, below on the left.
    let esquina = en(780, 3180);
    assert!(es(&esquina, (10, 30), ROJO) && es(&esquina, (30, 30), BLANCO) && es(&esquina, (10, 10), BLANCO));
}
