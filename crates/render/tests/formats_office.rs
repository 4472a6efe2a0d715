//! Office files, tables and archives through the renderers, in this process.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{muestras::*, *};
use render::{Formato, RenderError, pagina, paginas, sniff, texto};

fn leido(bytes: &[u8]) -> String {
    texto(bytes, None).unwrap()
}

#[test]
fn every_sample_is_told_by_its_content_and_has_a_page() {
    for (formato, bytes) in todas() {
        assert_eq!(sniff(&bytes), formato);
        assert!(paginas(&bytes).unwrap() >= 1, "{formato}");
        let imagen = pagina(&bytes, &peticion(1, 300, 300)).unwrap_or_else(|e| panic!("{formato}: {e}"));
        assert!(imagen.ancho > 40 && imagen.alto > 30, "{formato}");
        let sin_texto = ["image/"].iter().any(|c| formato.mime().starts_with(c));
        assert_eq!(leido(&bytes).is_empty(), sin_texto, "{formato}");
    }
}

#[test]
fn telephone_photographs_and_drawings_have_their_colours() {
    let foto = pixeles(&pagina(&heic(), &peticion(1, 96, 96)).unwrap());
    assert_eq!(foto.dimensions(), (96, 64));
    assert!(es(&foto, (8, 8), ROJO) && es(&foto, (80, 50), BLANCO));
    let girada = pixeles(&pagina(&heic_girada(), &peticion(1, 96, 96)).unwrap());
    assert_eq!(girada.dimensions(), (64, 96));
    assert!(es(&girada, (8, 88), ROJO) && es(&girada, (8, 8), BLANCO), "a quarter anticlockwise");
    let dibujo = pixeles(&pagina(&svg(), &peticion(1, 480, 480)).unwrap());
    assert_eq!(dibujo.dimensions(), (480, 320), "drawings grow with the box");
    assert!(es(&dibujo, (100, 100), ROJO) && es(&dibujo, (400, 300), BLANCO));
}

#[test]
fn a_contract_in_word_is_readable() {
    let cuerpo = r#"
        <w:p><w:pPr><w:pStyle w:val="Ttulo1"/></w:pPr><w:r><w:t>Contrato de</w:t></w:r><w:r><w:t xml:space="preserve"> venta</w:t></w:r></w:p>
        <w:p><w:r><w:t>De una parte,</w:t><w:br/><w:t>el vendedor</w:t></w:r><w:del><w:r><w:delText>borrado</w:delText></w:r></w:del></w:p>
        <w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Objeto</w:t></w:r></w:p>
        <w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Precio</w:t></w:r></w:p>
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Matrícula</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1234 BCD</w:t></w:r></w:p></w:tc></w:tr>
        <w:tr><w:tc><w:p><w:r><w:t>Precio</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>18.500 €</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
        <w:p><w:r><w:br w:type="page"/><w:t>Firmas ☒ Ω</w:t></w:r></w:p>"#;
    let numeracion = br#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
    let encabezado = br#"<w:hdr xmlns:w="w"><w:p><w:r><w:t>Talleres Mu&#241;oz, S.L.</w:t></w:r></w:p></w:hdr>"#;
    let bytes = docx(cuerpo, &[("word/numbering.xml", numeracion), ("word/header1.xml", encabezado)]);
    let texto = leido(&bytes);
    for trozo in [
        "Talleres Muñoz, S.L.",
        "\nContrato de venta\n",
        "De una parte,\nel vendedor\n",
        "1. Objeto\n2. Precio\n",
        "\u{c}Firmas ☒ Ω",
    ] {
        assert!(texto.contains(trozo), "{trozo:?} is missing in\n{texto}");
    }
    let columnas: Vec<_> = texto.lines().filter_map(|l| l.find("1234").or(l.find("18.500"))).collect();
    assert_eq!(columnas, [11 + "í".len() - 1, 11], "columns line up:\n{texto}");
    assert!(!texto.contains("borrado"));
    assert_eq!(paginas(&bytes), Ok(2));
    assert!(pagina(&bytes, &peticion(2, 540, 765)).is_ok());
}

#[test]
fn workbooks_show_their_sheets() {
    let libro = leido(&xlsx());
    for trozo in ["Hoja «Ventas»\nCoche  Precio\n", "Ibiza  9500,5  03/03/2026", "Hoja «Otra»\n[vacía]"] {
        assert!(libro.contains(trozo), "{trozo:?} is missing in\n{libro}");
    }
    let antiguo = leido(&xls());
    assert!(antiguo.contains("Hoja «Ventas»\nIbiza  9500,5"), "{antiguo}");
    let ods = todas().into_iter().find(|(f, _)| *f == Formato::Ods).unwrap().1;
    assert!(leido(&ods).contains("Hoja «Ventas»\nIbiza  9.500"), "{}", leido(&ods));
    assert_eq!(paginas(&ods), Ok(2), "a million empty rows are no pages");
    let csv = todas().into_iter().find(|(f, _)| *f == Formato::Csv).unwrap().1;
    assert!(leido(&csv).contains("Ford   Kuga; FHEV      31.000"), "{}", leido(&csv));
}

#[test]
fn texts_and_slides_of_other_programs_are_readable() {
    let odt = odf(
        "text",
        "<text:h>Contrato</text:h><text:p>Se<text:span>ñor</text:span><text:s text:c=\"2\"/>cliente</text:p>\
         <text:list><text:list-item><text:p>uno</text:p></text:list-item></text:list>\
         <table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>\
         <table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>",
    );
    assert!(leido(&odt).contains("\nContrato\nSeñor  cliente\n• uno\na  b"), "{}", leido(&odt));
    let laminas = leido(&pptx());
    assert!(laminas.contains("\u{c}Diapositiva 1\nLa primera\u{c}Diapositiva 2\nLa última"), "{laminas}");
}

#[test]
fn lists_of_opendocument_are_counted() {
    let estilo = "<text:list-style text:name=\"L1\"><text:list-level-style-number text:level=\"1\" text:num-format=\"1\" \
         text:num-suffix=\".\"/><text:list-level-style-number text:level=\"2\" text:num-format=\"a\" text:num-suffix=\")\" \
         text:display-levels=\"2\"/></text:list-style>";
    let punto =
        |texto: &str, dentro: &str| format!("<text:list-item><text:p>{texto}</text:p>{dentro}</text:list-item>");
    let dentro = format!("<text:list>{}{}</text:list>", punto("uno", ""), punto("otro", ""));
    let lista = |puntos: &str, mas: &str| format!("<text:list text:style-name=\"L1\"{mas}>{puntos}</text:list>");
    let cuerpo = [
        estilo.to_owned(),
        lista(&[punto("Objeto", &dentro), punto("Precio", "")].concat(), ""),
        "<text:p>Entre medias</text:p>".to_owned(),
        lista(&punto("Entrega", ""), " text:continue-numbering=\"true\""),
        lista(&punto("De nuevo", ""), ""),
        "<text:list text:style-name=\"X\"><text:list-item><text:p>sin estilo</text:p></text:list-item></text:list>"
            .to_owned(),
    ];
    let leido = leido(&odf("text", &cuerpo.concat()));
    let esperado =
        "1. Objeto\n   1.a) uno\n   1.b) otro\n2. Precio\nEntre medias\n3. Entrega\n1. De nuevo\n• sin estilo";
    assert!(leido.ends_with(esperado), "{leido}");
}

#[test]
fn encrypted_office_files_say_so() {
    let ooxml = compuesto(&[("/EncryptedPackage", b"x"), ("/EncryptionInfo", b"x")]);
    assert_eq!(sniff(&ooxml), Formato::OficinaCifrada);
    assert_eq!(pagina(&ooxml, &peticion(1, 99, 99)), Err(RenderError::Cifrado));
    let odf = zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", b"<manifest><encryption-data/></manifest>"),
        ("content.xml", b"\x80\x81"),
    ]);
    assert_eq!(pagina(&odf, &peticion(1, 99, 99)), Err(RenderError::Cifrado));
}

#[test]
fn a_package_that_bursts_is_refused() {
    let relleno = vec![b' '; 60 * 1024 * 1024];
    let parte = [b"<w:document>".as_slice(), &relleno, b"</w:document>"].concat();
    let bytes = zip(&[("[Content_Types].xml", b"x"), ("word/document.xml", &parte)]);
    assert!(bytes.len() < 200_000);
    assert_eq!(pagina(&bytes, &peticion(1, 99, 99)), Err(RenderError::DemasiadoGrande));
    let bytes = zip(&[("[Content_Types].xml", b"x"), ("xl/workbook.xml", b"<x/>"), ("xl/otra.xml", &parte)]);
    assert_eq!(pagina(&bytes, &peticion(1, 99, 99)), Err(RenderError::DemasiadoGrande));
}

#[test]
fn elements_in_elements_come_to_an_end() {
    for (antes, despues) in
        [("<w:sdt>", "</w:sdt>"), ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"), ("<w:p>", "</w:p>")]
    {
        let bytes = docx(&format!("{}{}", antes.repeat(3000), despues.repeat(3000)), &[]);
        let hecho = pagina(&bytes, &peticion(1, 99, 99));
        assert!(matches!(hecho, Ok(_) | Err(RenderError::Roto)), "{antes}: {hecho:?}");
    }
}

#[test]
fn archives_are_listed_and_never_opened() {
    let lista = leido(&zip(&[("fotos/frontal.jpg", b"1234"), ("a\u{202e}gpj.exe", b""), ("\u{1b}[31m\n.pdf", b"")]));
    assert!(lista.starts_with("Archivo comprimido ZIP: contiene 3 elementos"), "{lista}");
    assert!(lista.contains("fotos/frontal.jpg  4 bytes  03/03/2026 09:05"), "{lista}");
    assert!(!lista.contains(['\u{1b}', '\u{202e}']), "{lista:?}");

    let muchos: Vec<String> = (0..2500).map(|n| format!("{n}.txt")).collect();
    let muchos: Vec<(&str, &[u8])> = muchos.iter().map(|n| (n.as_str(), &b""[..])).collect();
    let lista = leido(&zip(&muchos));
    assert!(lista.contains("contiene 2.500 elementos") && lista.ends_with("… y 500 más."), "{lista}");

    assert!(leido(&tar()).contains("fotos/año.txt  4 bytes  03/03/2026 09:05"), "{}", leido(&tar()));
    assert!(leido(&gzip()).contains("copia.tar    2 kB  03/03/2026 09:05"), "{}", leido(&gzip()));
    assert!(leido(b"7z\xbc\xaf\x27\x1c\0\x04").contains("descárguelo"));
}

#[test]
fn what_needs_the_office_program_says_that_it_cannot_be_shown() {
    for flujo in ["/WordDocument", "/PowerPoint Document"] {
        let bytes = compuesto(&[(flujo, &[0; 5000])]);
        assert!(matches!(sniff(&bytes), Formato::Doc | Formato::Ppt), "{flujo}");
        assert_eq!(pagina(&bytes, &peticion(1, 99, 99)), Err(RenderError::FormatoDesconocido));
    }
}
