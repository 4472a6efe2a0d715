//! What is known not to come out right, with a sample for each. `docs/formatos.md` tells people of it: whoever mends
//! one changes its row there.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{muestras::*, *};
use image::{Delay, Frame, RgbaImage, codecs::gif::GifEncoder};
use render::{Formato, RenderError, pagina, sniff, texto};

fn leido(bytes: &[u8]) -> String {
    texto(bytes, None).unwrap()
}

#[test]
fn pictures_in_word_documents_are_left_out() {
    let dibujo =
        "<w:p><w:r><w:t>Antes</w:t></w:r><w:r><w:drawing><pic/></w:drawing></w:r><w:r><w:t>después</w:t></w:r></w:p>";
    let bytes = docx(dibujo, &[("word/media/image1.png", b"\x89PNG")]);
    assert!(leido(&bytes).ends_with("\nAntesdespués"), "{}", leido(&bytes));
}

#[test]
fn footnotes_of_rtf_are_left_out() {
    let bytes = br"{\rtf1 Precio{\footnote IVA incluido}\par}";
    assert!(leido(bytes).contains("Precio") && !leido(bytes).contains("IVA"));
}

#[test]
fn number_formats_of_workbooks_are_lost() {
    assert!(leido(&xlsx()).contains("9500,5") && leido(&xls()).contains("9500,5"));
}

#[test]
fn old_word_needs_the_office_program() {
    let bytes = compuesto(&[("/WordDocument", &[0; 5000])]);
    assert_eq!(sniff(&bytes), Formato::Doc);
    assert_eq!(pagina(&bytes, &peticion(1, 99, 99)), Err(RenderError::FormatoDesconocido));
}

#[test]
fn avif_is_unknown() {
    assert_eq!(sniff(b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf"), Formato::Desconocido);
}

#[test]
fn compressed_drawings_are_archives() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut gzip, &svg()).unwrap();
    assert_eq!(sniff(&gzip.finish().unwrap()), Formato::Gzip);
}

#[test]
fn of_an_animation_the_first_frame_is_shown() {
    let mut gif = Vec::new();
    let cuadro = |c: [u8; 3]| {
        let imagen = RgbaImage::from_pixel(8, 8, image::Rgba([c[0], c[1], c[2], 255]));
        Frame::from_parts(imagen, 0, 0, Delay::from_numer_denom_ms(100, 1))
    };
    GifEncoder::new(&mut gif).encode_frames([cuadro(ROJO), cuadro(NEGRO)]).unwrap();
    assert!(es(&pixeles(&pagina(&gif, &peticion(1, 8, 8)).unwrap()), (4, 4), ROJO));
    assert_eq!(render::paginas(&gif), Ok(1));
}

#[test]
fn two_columns_with_commas_may_be_prose() {
    assert_eq!(sniff(b"Marca,Precio\nSeat,9000\nFord,8000\n"), Formato::Texto);
    assert_eq!(sniff(b"Marca;Precio\nSeat;9000\n"), Formato::Csv);
}

#[test]
fn names_in_old_code_pages_are_guessed() {
    let mut bytes = zip(&[("anyo.txt", b"")]);
    // "año" as Windows writes it in its own code page, without saying which.
    while let Some(lugar) = bytes.windows(4).position(|w| w == b"anyo") {
        bytes.splice(lugar..lugar + 4, *b"a\xf1o_");
    }
    assert!(!leido(&bytes).contains("año_"), "{}", leido(&bytes));
}

/// What a text view cannot draw is a box, and is there as text all the same.
#[test]
fn letters_that_no_font_here_has_are_boxes() {
    let dibujo = |texto: &str| pagina(texto.as_bytes(), &peticion(1, 540, 765)).unwrap().bytes;
    assert_eq!(dibujo("漢"), dibujo("字"));
    assert_ne!(dibujo("Ω"), dibujo("Ж"), "those it has are themselves");
    assert_eq!(leido("漢字".as_bytes()), "漢字");
}
