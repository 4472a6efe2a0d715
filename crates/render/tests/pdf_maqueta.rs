//! Text laid out as on the page.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::*;
use pdf_writer::{Content, Name, Str};
use render::maqueta;

/// A page with texts at places (x, y from below), of this size.
fn en(textos: &[(f32, f32, f32, &str)], giro: i32) -> Vec<u8> {
    let mut c = Content::new();
    for (x, y, cuerpo, texto) in textos {
        c.begin_text().set_font(Name(b"F"), *cuerpo).next_line(*x, *y);
        c.show(Str(&texto.chars().map(|c| c as u8).collect::<Vec<_>>())).end_text();
    }
    pdf_con(&c.finish(), giro)
}

fn columna(linea: &str, trozo: &str) -> usize {
    linea[..linea.find(trozo).unwrap_or_else(|| panic!("{trozo} in {linea}"))].chars().count()
}

#[test]
fn columns_of_a_table_stand_below_each_other_whatever_their_order_in_the_file() {
    let doc = en(
        &[
            (10.0, 80.0, 8.0, "Concepto"),
            (100.0, 80.0, 8.0, "Uds."),
            (150.0, 80.0, 8.0, "Importe"),
            (10.0, 56.0, 8.0, "Mano de obra"),
            (10.0, 68.0, 8.0, "Aceite"),
            (150.0, 68.0, 8.0, "45,10"),
            (150.0, 56.0, 8.0, "120,00"),
            (100.0, 68.0, 8.0, "1"),
            (100.0, 56.0, 8.0, "2"),
        ],
        0,
    );
    let texto = maqueta(&doc, Some(1)).unwrap();
    let lineas: Vec<&str> = texto.lines().collect();
    let [cabeza, aceite, obra] = lineas[..] else { panic!("{texto}") };
    assert!(
        cabeza.starts_with("Concepto ") && aceite.starts_with("Aceite ") && obra.starts_with("Mano de obra "),
        "{texto}"
    );
    assert_eq!(columna(cabeza, "Uds."), columna(aceite, "1"), "{texto}");
    assert_eq!(columna(cabeza, "Uds."), columna(obra, "2"), "{texto}");
    assert_eq!(columna(cabeza, "Importe"), columna(aceite, "45,10"), "{texto}");
    assert_eq!(columna(cabeza, "Importe"), columna(obra, "120,00"), "{texto}");
}

#[test]
fn small_letters_close_together_do_not_run_into_the_next_column() {
    let doc = en(&[(10.0, 80.0, 4.0, "Una descripción muy larga en letra pequeña"), (100.0, 80.0, 8.0, "TOTAL")], 0);
    let texto = maqueta(&doc, Some(1)).unwrap();
    assert!(texto.starts_with("Una descripción muy larga en letra pequeña  "), "{texto}");
    assert!(texto.ends_with("  TOTAL"), "{texto}");
}

#[test]
fn one_empty_line_stands_for_much_room() {
    let doc = en(&[(10.0, 90.0, 8.0, "a"), (10.0, 80.0, 8.0, "b"), (10.0, 20.0, 8.0, "c")], 0);
    assert_eq!(maqueta(&doc, None).unwrap(), "a\nb\n\nc");
}

#[test]
fn raised_letters_stay_in_their_line_and_bold_ones_are_not_doubled() {
    let doc = en(&[(10.0, 50.0, 10.0, "Matr"), (29.6, 53.0, 6.0, "a"), (10.2, 50.0, 10.0, "Matr")], 0);
    let texto = maqueta(&doc, None).unwrap();
    assert_eq!(texto.replace(' ', ""), "Matra", "{texto}");
}

#[test]
fn turned_pages_read_upright() {
    let textos = [(10.0, 80.0, 8.0, "Uno"), (10.0, 68.0, 8.0, "Dos")];
    for giro in [0, 90, 180, 270] {
        assert_eq!(maqueta(&en(&textos, giro), None).unwrap(), "Uno\nDos", "{giro}");
    }
}

#[test]
fn pages_are_parted_and_other_formats_are_as_laid_out() {
    assert_eq!(maqueta(&pdf(&[Hoja::default(); 2]), None).unwrap(), "Página 1\u{c}Página 2");
    assert!(maqueta(&pdf(&[Hoja::default(); 2]), Some(3)).is_err());
    assert_eq!(maqueta(b"a   b".as_slice(), Some(1)).unwrap(), "a   b");
    assert_eq!(maqueta(&jpeg(&cuadro(), 1), None).unwrap(), "");
}
