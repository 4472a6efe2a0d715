//! Text found in documents, with its place.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::time::Duration;

use common::*;
use pdf_writer::{Content, Name, Str, types::TextRenderingMode};
use render::{Busqueda, Hallazgos, buscar};

fn busqueda(texto: &str) -> Busqueda {
    Busqueda { texto: texto.into(), limite: 500, plazo: Duration::from_secs(600) }
}

fn hallar(doc: &[u8], texto: &str) -> Hallazgos {
    buscar(doc, &busqueda(texto)).unwrap()
}

/// A page of 200×100 points with these lines of 10 points, 12 points apart, from 20 points off the left upper corner.
fn renglones(lineas: &[&str]) -> Vec<u8> {
    let mut c = Content::new();
    c.begin_text().set_font(Name(b"F"), 10.0).set_leading(12.0).next_line(20.0, 70.0);
    for linea in lineas {
        c.show(Str(&linea.chars().map(|c| c as u8).collect::<Vec<_>>())).next_line_using_leading();
    }
    c.end_text();
    pdf_con(&c.finish(), 0)
}

#[test]
fn accents_case_and_spaces_make_no_difference() {
    let doc = renglones(&["Pedido  n.\u{ba} 7: MATRICULACIÓN", "del Señor Muñoz"]);
    for texto in ["matriculacion", "Matriculación", "MUNOZ", "  señor \t muñoz ", "pedido n", "matriculación del"] {
        assert_eq!(hallar(&doc, texto).hallazgos.len(), 1, "{texto}");
    }
    for texto in ["matriculaciones", "delseñor", "zz"] {
        assert!(hallar(&doc, texto).hallazgos.is_empty(), "{texto}");
    }
}

#[test]
fn a_box_lies_on_what_was_found() {
    let doc = renglones(&["Total 123 euros"]);
    let hechos = hallar(&doc, "123");
    let [hallazgo] = hechos.hallazgos.as_slice() else { panic!("{hechos:?}") };
    assert_eq!((hechos.paginas, hallazgo.pagina, hallazgo.linea.as_str()), (1, 1, "Total 123 euros"));
    let [[x0, y0, x1, y1]] = hallazgo.cajas[..] else { panic!("{hallazgo:?}") };
    // "Total " is 25.6 points wide in Helvetica of 10 points, three figures 16.7; the base line is 30 points from above.
    assert!(x0.abs_diff(2280) < 40 && x1.abs_diff(3114) < 40, "{x0} {x1}");
    assert!((2100..2400).contains(&y0) && (3000..3400).contains(&y1), "{y0} {y1}");
}

#[test]
fn a_hit_over_two_lines_has_two_boxes_and_a_parted_word_is_whole() {
    let doc = renglones(&["El compra-", "dor paga la entrada-salida"]);
    let hechos = hallar(&doc, "el comprador PAGA");
    let cajas = &hechos.hallazgos[0].cajas;
    assert_eq!(cajas.len(), 2);
    assert!(cajas[0][1] < cajas[1][1], "one below the other");
    assert_eq!(hallar(&doc, "entrada-salida").hallazgos.len(), 1);
    assert!(hallar(&doc, "entradasalida").hallazgos.is_empty(), "a hyphen within a line is one");
}

#[test]
fn boxes_are_those_of_the_page_as_it_is_turned() {
    let hoja = |giro| pdf(&[Hoja { giro, ..Hoja::default() }]);
    let caja = |giro| hallar(&hoja(giro), "pagina 1").hallazgos[0].cajas[0];
    let [x0, y0, x1, y1] = caja(0);
    // A quarter clockwise: what was left is above, what was below is left.
    let [gx0, gy0, gx1, gy1] = caja(90);
    assert!(gx0.abs_diff(10_000 - y1) < 3 && gx1.abs_diff(10_000 - y0) < 3, "{gx0} {gx1}");
    assert!(gy0.abs_diff(x0) < 3 && gy1.abs_diff(x1) < 3, "{gy0} {gy1}");
}

#[test]
fn invisible_text_of_a_recognised_scan_is_found() {
    let mut c = Content::new();
    c.begin_text().set_text_rendering_mode(TextRenderingMode::Invisible).set_font(Name(b"F"), 10.0);
    c.next_line(20.0, 70.0).show(Str(b"Bastidor VF1")).end_text();
    assert_eq!(hallar(&pdf_con(&c.finish(), 0), "bastidor vf1").hallazgos.len(), 1);
}

#[test]
fn values_of_forms_are_found_and_hidden_ones_are_not() {
    assert_eq!(hallar(&pdf_formulario(), "ommmm").hallazgos.len(), 0);
    assert_eq!(hallar(&pdf_formulario(), "ømmmm").hallazgos.len(), 1);
    assert!(hallar(&pdf_formulario(), "oculto").hallazgos.is_empty());
}

#[test]
fn text_and_mail_are_found_where_they_are_drawn() {
    let doc = "línea\n".repeat(70) + "aquí\n";
    let hechos = hallar(doc.as_bytes(), "AQUI");
    assert_eq!((hechos.paginas, hechos.hallazgos.len(), hechos.hallazgos[0].pagina), (2, 1, 2));
    let foto = jpeg(&cuadro(), 1);
    assert_eq!(hallar(&foto, "x"), Hallazgos { paginas: 1, ..Hallazgos::default() });
}

#[test]
fn hits_are_in_order_and_limited() {
    let doc = pdf(&[Hoja::default(); 12]);
    let hechos = hallar(&doc, "página");
    assert_eq!(hechos.hallazgos.iter().map(|h| h.pagina).collect::<Vec<_>>(), (1..=12).collect::<Vec<_>>());
    assert!(!hechos.mas);
    let hechos = buscar(&doc, &Busqueda { limite: 5, ..busqueda("página") }).unwrap();
    assert!(hechos.mas && hechos.hallazgos.len() == 5);
    let justo = buscar(&doc, &Busqueda { limite: 12, ..busqueda("página") }).unwrap();
    assert!(!justo.mas, "there are no more");
    let hechos = buscar(&doc, &Busqueda { plazo: Duration::ZERO, ..busqueda("página") }).unwrap();
    assert!(hechos.mas && hechos.hallazgos.len() == 1, "the first page, and no time for more");
}
