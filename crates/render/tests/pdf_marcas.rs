//! What a page shows although the file has no drawing of it: marks, lists, fonts, sizes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::*;
use image::RgbImage;
use pdf_writer::Rect;
use render::{pagina, texto};

/// A page of 200×100 points, and objects from 5 on that `Annots` names.
fn con(anotaciones: &[&str], extra: &str) -> Vec<u8> {
    let numeros: Vec<String> = (0..anotaciones.len()).map(|n| format!("{} 0 R", n + 5)).collect();
    let contenido = "BT /F 10 Tf 10 90 Td (Texto) Tj ET";
    let mut objetos = vec![
        "<< /Type /Catalog /Pages 2 0 R /AcroForm << /NeedAppearances true /DA (/Helv 10 Tf 0 g) /Fields [] >> >>"
            .to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /Annots [{}] /Resources << /Font << /F \
             << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> {extra} >>",
            numeros.join(" ")
        ),
        format!("<< /Length {} >>\nstream\n{contenido}\nendstream", contenido.len()),
    ];
    objetos.extend(anotaciones.iter().map(|a| format!("<< /Type /Annot {a} >>")));
    let mut doc = b"%PDF-1.7\n".to_vec();
    for (n, objeto) in objetos.iter().enumerate() {
        doc.extend(format!("{} 0 obj\n{objeto}\nendobj\n", n + 1).bytes());
    }
    doc.extend(b"trailer << /Root 1 0 R >>");
    doc
}

fn dibujo(doc: &[u8]) -> RgbImage {
    pixeles(&pagina(doc, &peticion(1, 400, 400)).unwrap())
}

/// Pixels of that colour in a rectangle of points from the lower left corner.
fn cuantos(rgb: &RgbImage, [x0, y0, x1, y1]: [u32; 4], color: [u8; 3]) -> usize {
    let zona = (200 - 2 * y1..200 - 2 * y0).flat_map(|y| (2 * x0..2 * x1).map(move |x| (x, y)));
    zona.filter(|punto| es(rgb, *punto, color)).count()
}

#[test]
fn marks_without_appearance_are_drawn() {
    let todo = "/Rect [20 20 120 60] /C [1 0 0] /BS << /W 4 >>";
    let casos = [
        ("Ink", "/InkList [[20 20 120 60] [20 60 120 20]]", [60, 30, 80, 50]),
        ("Line", "/L [20 40 120 40] /LE [/None /ClosedArrow]", [60, 38, 80, 42]),
        ("PolyLine", "/Vertices [20 20 70 60 120 20]", [60, 50, 80, 62]),
        ("Polygon", "/Vertices [20 20 70 60 120 20] /IC [1 0 0]", [60, 20, 80, 40]),
        ("Squiggly", "", [30, 16, 110, 30]),
        ("Link", "", [40, 16, 100, 24]),
        ("Caret", "", [60, 22, 80, 40]),
        ("Stamp", "/Name /Approved", [20, 20, 120, 60]),
        ("Square", "", [40, 20, 100, 26]),
    ];
    for (clase, resto, zona) in casos {
        let rgb = dibujo(&con(&[&format!("/Subtype /{clase} {todo} {resto}")], ""));
        assert!(cuantos(&rgb, zona, ROJO) > 100, "{clase}: {}", cuantos(&rgb, zona, ROJO));
        let oculta = dibujo(&con(&[&format!("/Subtype /{clase} {todo} {resto} /F 2")], ""));
        assert_eq!(cuantos(&oculta, [0, 0, 200, 80], BLANCO), 400 * 160, "{clase}, hidden");
    }
}

#[test]
fn lines_have_arrows_and_need_no_rectangle() {
    let flecha = "/Subtype /Line /Rect [0 0 0 0] /C [1 0 0] /BS << /W 3 >> /L [20 40 120 40] /LE [/None /ClosedArrow] /IC [1 0 0]";
    let rgb = dibujo(&con(&[flecha], ""));
    let alto = |x| cuantos(&rgb, [x, 20, x + 2, 60], ROJO);
    assert!(alto(106) > 2 * alto(60), "{} {}", alto(106), alto(60));
}

#[test]
fn what_is_half_transparent_hides_nothing() {
    let cuadro = |opacidad| format!("/Subtype /Square /Rect [0 80 200 100] /IC [1 0 0] {opacidad}");
    let opaco = dibujo(&con(&[&cuadro("")], ""));
    let claro = dibujo(&con(&[&cuadro("/CA 0.4")], ""));
    let oscuros = |rgb: &RgbImage| rgb.pixels().filter(|p| p.0[0] < 140).count();
    assert_eq!(oscuros(&opaco), 0);
    assert!(oscuros(&claro) > 100, "the text is seen through it");
}

#[test]
fn a_list_shows_its_options_with_the_chosen_one_marked() {
    let lista = "/Subtype /Widget /FT /Ch /Rect [20 10 120 60] /Opt [(Gasolina) [(d) (Diesel)] (Otro)] /V (d)";
    let doc = con(&[lista], "");
    assert_eq!(texto(&doc, None).unwrap(), "Texto\nGasolina\nDiesel\nOtro");
    let rgb = dibujo(&doc);
    assert!(cuantos(&rgb, [20, 30, 120, 48], [153, 191, 219]) > 1000, "the second row is blue");
    assert!(cuantos(&rgb, [20, 48, 120, 60], [153, 191, 219]) < 50, "and the first is not");
    let desplegable = lista.replace("/FT /Ch", "/FT /Ch /Ff 131072");
    assert_eq!(texto(&con(&[&desplegable], ""), None).unwrap(), "Texto\nDiesel");
}

#[test]
fn a_page_without_size_is_a_letter() {
    let doc = pdf(&[Hoja { recorte: Some(Rect::new(0.0, 0.0, 0.0, 0.0)), ..Hoja::default() }]);
    let imagen = pagina(&doc, &peticion(1, 792, 792)).unwrap();
    assert_eq!((imagen.ancho, imagen.alto), (612, 792));
    assert!(pixeles(&imagen).pixels().any(|p| p.0[0] < 100), "and its text is seen");
}

/// A page with a composite font that is not in the file: "Ł-ж" by its map to Unicode.
fn compuesta() -> Vec<u8> {
    let mapa = "/CIDInit /ProcSet findresource begin begincmap /CMapName /X def 1 begincodespacerange <0000> <ffff> \
                endcodespacerange 3 beginbfchar <0001> <0141> <0002> <002d> <0003> <0436> endbfchar endcmap end";
    let contenido = "BT /F 40 Tf 20 40 Td <000100020003> Tj ET";
    let objetos = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{contenido}\nendstream", contenido.len()),
        "<< /Type /Font /Subtype /Type0 /BaseFont /ArialMT /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>".to_owned(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ArialMT /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) \
         /Supplement 0 >> /FontDescriptor 8 0 R /DW 600 >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{mapa}\nendstream", mapa.len()),
        "<< /Type /FontDescriptor /FontName /ArialMT /Flags 32 >>".to_owned(),
    ];
    let mut doc = b"%PDF-1.7\n".to_vec();
    for (n, objeto) in objetos.iter().enumerate() {
        doc.extend(format!("{} 0 obj\n{objeto}\nendobj\n", n + 1).bytes());
    }
    doc.extend(b"trailer << /Root 1 0 R >>");
    doc
}

#[cfg(unix)]
#[tokio::test]
async fn fonts_of_the_machine_are_read_behind_the_fence_too() {
    let dir = tempfile::tempdir().unwrap();
    let ruta = dir.path().join("a");
    std::fs::write(&ruta, compuesta()).unwrap();
    let pool = render::Pool::new(render::PoolConfig::new(env!("CARGO_BIN_EXE_render-worker"), [], 1));
    let p = peticion(1, 200, 200);
    assert_eq!(pool.pagina(&ruta, None, &p).await, pagina(&compuesta(), &p));
    assert_eq!(texto(&compuesta(), None).unwrap(), "Ł-ж");
}
