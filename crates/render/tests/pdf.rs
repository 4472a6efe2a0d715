//! PDFs through the renderers, in this process: turned, cut out, encrypted, broken, endless.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::*;
use pdf_writer::Rect;
use render::{Peticion, RenderError, pagina, paginas, texto};

#[test]
fn a_page_fills_its_box_and_has_its_colours() {
    let doc = pdf(&[Hoja::default(); 3]);
    assert_eq!(paginas(&doc), Ok(3));
    let imagen = pagina(&doc, &peticion(2, 400, 400)).unwrap();
    assert_eq!((imagen.ancho, imagen.alto, imagen.paginas), (400, 200, 3));
    let rgb = pixeles(&imagen);
    assert!(es(&rgb, (20, 180), ROJO) && es(&rgb, (20, 20), BLANCO));
    for n in [0, 4] {
        assert_eq!(pagina(&doc, &peticion(n, 9, 9)), Err(RenderError::PaginaInexistente { paginas: 3 }));
    }
}

#[test]
fn turns_of_the_page_and_of_the_person_add_up() {
    // Where the corner that is low and left in the page's own space is seen after a turn clockwise: (right, low).
    let esquinas = [(false, true), (false, false), (true, false), (true, true)];
    for propio in 0..4_u16 {
        let doc = pdf(&[Hoja { giro: i32::from(propio) * 90, ..Hoja::default() }]);
        for pedido in 0..4_u16 {
            let imagen = pagina(&doc, &Peticion { giro: pedido * 90, ..peticion(1, 200, 200) }).unwrap();
            let cuartos = usize::from(propio + pedido) % 4;
            let (ancho, alto) = if cuartos % 2 == 0 { (200, 100) } else { (100, 200) };
            assert_eq!((imagen.ancho, imagen.alto), (ancho, alto), "{propio} + {pedido}");
            let (derecha, abajo) = esquinas[cuartos];
            let punto = (if derecha { ancho - 8 } else { 8 }, if abajo { alto - 8 } else { 8 });
            assert!(es(&pixeles(&imagen), punto, ROJO), "{propio} + {pedido}");
        }
    }
}

#[test]
fn only_the_crop_box_is_shown() {
    let doc = pdf(&[Hoja { recorte: Some(Rect::new(10.0, 10.0, 60.0, 60.0)), ..Hoja::default() }]);
    let rgb = pixeles(&pagina(&doc, &peticion(1, 100, 100)).unwrap());
    assert_eq!(rgb.dimensions(), (100, 100));
    assert!(es(&rgb, (10, 90), ROJO) && es(&rgb, (30, 90), BLANCO) && es(&rgb, (10, 70), BLANCO));
}

#[test]
fn the_text_of_one_page_and_of_all() {
    let doc = pdf(&[Hoja::default(); 3]);
    assert_eq!(texto(&doc, Some(2)).unwrap(), "Página 2");
    assert_eq!(texto(&doc, None).unwrap(), "Página 1\u{c}Página 2\u{c}Página 3");
    assert_eq!(texto(&doc, Some(4)), Err(RenderError::PaginaInexistente { paginas: 3 }));
}

#[test]
fn text_that_the_first_reader_fails_on_is_read_by_the_second() {
    let mut doc = pdf(&[Hoja::default(); 2]);
    let lugar = doc.windows(15).position(|w| w == b"WinAnsiEncoding").unwrap();
    // At an encoding it does not know, pdf-extract panics; in the standard one, that byte is an Æ.
    doc[lugar + 3] = b'T';
    assert_eq!(texto(&doc, None).unwrap(), "PÆgina 1\u{c}PÆgina 2");
}

#[test]
fn an_empty_password_opens_and_another_is_asked_for() {
    let abierto = pdf_cifrado("");
    assert_eq!(paginas(&abierto), Ok(2));
    assert_eq!(texto(&abierto, Some(1)).unwrap(), "Página 1");
    assert!(es(&pixeles(&pagina(&abierto, &peticion(1, 200, 200)).unwrap()), (8, 92), ROJO));

    let cerrado = pdf_cifrado("secreto");
    assert_eq!(paginas(&cerrado), Err(RenderError::ClaveNecesaria));
    assert_eq!(pagina(&cerrado, &peticion(1, 9, 9)), Err(RenderError::ClaveNecesaria));
    assert_eq!(texto(&cerrado, None), Err(RenderError::ClaveNecesaria));
}

#[test]
fn broken_files_are_repaired_or_refused() {
    let doc = pdf(&[Hoja::default()]);
    // Without its table of objects it can still be read.
    let tabla = doc.windows(4).rposition(|w| w == b"xref").unwrap() - 20;
    assert_eq!(paginas(&doc[..tabla]), Ok(1));
    for n in [8, 40, 100] {
        assert_eq!(paginas(&doc[..n]), Err(RenderError::Roto), "cut at {n}");
        assert_eq!(texto(&doc[..n], None), Err(RenderError::Roto), "cut at {n}");
    }
}

#[test]
fn no_cut_and_no_flipped_byte_makes_it_panic() {
    for doc in [pdf(&[Hoja::default(); 2]), pdf_formulario()] {
        for n in (0..doc.len()).step_by(29) {
            let _ = pagina(&doc[..n], &peticion(1, 40, 40));
            let mut otra = doc.clone();
            otra[n] ^= 0x15;
            let _ = pagina(&otra, &peticion(1, 40, 40));
            let _ = texto(&otra, None);
        }
    }
}

#[test]
fn twenty_thousand_pages_are_counted_and_the_last_one_drawn() {
    let doc = pdf(&vec![Hoja::default(); 20_000]);
    assert_eq!(paginas(&doc), Ok(20_000));
    assert_eq!(pagina(&doc, &peticion(20_000, 50, 50)).unwrap().paginas, 20_000);
    assert_eq!(texto(&doc, Some(20_000)).unwrap(), "Página 20000");
}

#[test]
fn form_values_and_marks_without_appearance_are_drawn() {
    let doc = pdf_formulario();
    let rgb = pixeles(&pagina(&doc, &peticion(1, 400, 400)).unwrap());
    let tinta = |x0: u32, y0: u32, lado: (u32, u32)| {
        let zona = (y0..y0 + lado.1).flat_map(|y| (x0..x0 + lado.0).map(move |x| (x, y)));
        zona.filter(|p| !es(&rgb, *p, BLANCO)).count()
    };
    assert!(tinta(20, 20, (200, 40)) > 300, "the value of the text field");
    assert!(rgb.enumerate_pixels().any(|(x, y, _)| y < 60 && x < 220 && es(&rgb, (x, y), ROJO)), "in its colour");
    assert!(tinta(240, 20, (40, 40)) > 100, "the tick");
    assert_eq!(tinta(320, 20, (40, 40)), 0, "no tick");
    assert!(es(&rgb, (60, 140), ROJO) && es(&rgb, (240, 140), ROJO), "box and highlighter");
    assert_eq!(tinta(300, 100, (80, 80)), 0, "the hidden field");
    assert_eq!(texto(&doc, None).unwrap(), "ØØØMMMMM ✔");
}
